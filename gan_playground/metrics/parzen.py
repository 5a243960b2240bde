"""Scores of image samples: the kernel density (Parzen) log-likelihood by the two protocols in the literature.

log p(x) = logmeanexp_i(-|x - x_i|^2 / (2 sigma^2)) - d log(sigma sqrt(2 pi)), samples x_i and test images x
``[n, d]`` with pixels in [0, 1]; in nats, mean and standard error over the test images. The same code on real
training images in the samples' place is the yardstick. It rewards blur, and is blind to what 16,384 Gaussians in 784
dimensions are blind to.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gan_playground.metrics.clouds import Floats, check_finite

GAN_2014_SAMPLES: Final = 10_000
FGAN_SAMPLES: Final = 16_384

GAN_2014_SIGMAS: Final[Floats] = np.logspace(-1, 0, 10)
"""The grid in the authors' own code (goodfeli/adversarial, parzen_ll.py)."""

FGAN_SIGMAS: Final[Floats] = np.logspace(-1, 0, 21)
"""The f-GAN paper names no grid: the same range in steps half as wide."""

ROWS: Final = 64
"""Test images per block: 64 x 16,384 distances in single precision take 4 MB."""


@dataclass(frozen=True, slots=True)
class LogLikelihood:
    """A kernel density score: ``nats`` and its standard error over the test images, at bandwidth ``sigma``."""

    nats: float
    error: float
    sigma: float
    samples: int
    protocol: str

    def record(self) -> dict[str, float | int | str]:
        """Return the score as plain values, rounded to what its error can carry."""
        return asdict(self) | {
            "nats": round(self.nats, 2),
            "error": round(self.error, 2),
            "sigma": round(self.sigma, 4),
        }


def kde(samples: NDArray[np.floating], test: NDArray[np.floating], sigmas: Sequence[float] | Floats) -> Floats:
    """Return log p of every test image ``[n, d]`` under the samples ``[m, d]``, for each bandwidth: ``[sigmas, n]``.

    Distances are taken in the samples' own precision, but for the nearest sample's, which alone can weigh thousands of
    nats: single precision moves a mean by less than .001 nats.

    Raises:
        Refusal: a point is not finite.

    """
    check_finite(samples, test)
    centre = samples.mean(0, dtype=np.float64).astype(samples.dtype)  # nearer 0, |x|^2 + |y|^2 - 2xy cancels less
    y = samples - centre
    y_squared = np.square(y).sum(1)
    sigmas = np.asarray(sigmas, np.float64)
    dimension = samples.shape[1]
    found = np.empty((len(sigmas), len(test)))
    weights = np.empty((ROWS, len(samples)), np.float32)
    for start in range(0, len(test), ROWS):
        here = test[start : start + ROWS]
        distance = (here - centre) @ y.T
        distance *= -2
        distance += y_squared
        places = distance.argmin(1)
        # beyond the nearest sample, single precision is enough: the sum is at least 1, its terms at most 1
        farther = (distance - np.take_along_axis(distance, places[:, None], 1)).astype(np.float32)
        shortest = np.square(here.astype(np.float64) - samples[places]).sum(1)
        terms = weights[: len(here)]
        for row, sigma in enumerate(sigmas):
            np.exp(np.multiply(farther, np.float32(-0.5 / sigma**2), out=terms), out=terms)
            found[row, start : start + len(here)] = np.log(terms.sum(1)) - 0.5 * shortest / sigma**2
    normaliser = np.log(len(samples)) + dimension * np.log(sigmas * np.sqrt(2 * np.pi))
    return found - normaliser[:, None]


def nearest_distances(images: NDArray[np.floating], others: NDArray[np.floating]) -> Floats:
    """Return the Euclidean distance of each of ``images`` ``[n, d]`` to the nearest of ``others`` ``[m, d]``: ``[n]``.

    The nearest is found by products, its distance by differences: a copy is at 0.
    """
    check_finite(images, others)
    centre = others.mean(0, dtype=np.float64)  # nearer 0, what is compared cancels less
    moved, shifted = (others - centre).astype(others.dtype), (images - centre).astype(images.dtype)
    scores = np.square(moved).sum(1) - 2 * (shifted @ moved.T)
    return np.linalg.norm(images.astype(np.float64) - others[scores.argmin(1)], axis=1)


def gan_2014(
    samples: NDArray[np.floating], validation: NDArray[np.floating], test: NDArray[np.floating]
) -> LogLikelihood:
    """Score by the protocol of Goodfellow et al. 2014: sigma is the best of ten on the validation images.

    Published for the original GAN: 225 +- 2 nats, from 10,000 samples, 1,000 validation images (the first of the last
    10,000 training images) and the 10,000 test images.
    """
    sigma = float(GAN_2014_SIGMAS[kde(samples, validation, GAN_2014_SIGMAS).mean(1).argmax()])
    return _score(samples, test, sigma, "gan-2014")


def fgan(samples: NDArray[np.floating], test: NDArray[np.floating]) -> LogLikelihood:
    """Score by the protocol of the f-GAN paper: sigma by 3-fold cross-validation within the samples themselves."""
    folds = np.arange(len(samples)) % 3
    held_out = [kde(samples[folds != k], samples[folds == k], FGAN_SIGMAS).mean(1) for k in range(3)]
    return _score(samples, test, float(FGAN_SIGMAS[np.mean(held_out, axis=0).argmax()]), "f-gan")


def _score(samples: NDArray[np.floating], test: NDArray[np.floating], sigma: float, protocol: str) -> LogLikelihood:
    values = kde(samples, test, [sigma])[0]
    error = float(values.std() / np.sqrt(len(values)))
    return LogLikelihood(float(values.mean()), error, sigma, len(samples), protocol)
