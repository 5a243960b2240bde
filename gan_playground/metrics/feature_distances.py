"""Scores of image samples in a classifier's features: how near, how believable, how much of the data is covered."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import mannwhitneyu

from gan_playground.metrics.clouds import Floats, centred, finite_cloud, square_distances

NEIGHBOURS: Final = 3
"""k of the balls, as in Kynkäänniemi et al. 2019."""

ROWS: Final = 1000

BLOCK: Final = 1000
"""Features on each side of one block of the kernel distance, the customary number."""


def frechet(x: ArrayLike, y: ArrayLike) -> float:
    """Return |m - n|^2 + tr(C + D - 2 (C D)^(1/2)) of features ``[n, d]``, ``[m, d]`` (Heusel et al. 2017, eq. 6).

    It is 0 for equal means and covariances, and falls with the number of samples: compare equal numbers only.
    """
    x, y = centred(x, y)
    gap = x.mean(0) - y.mean(0)
    c, d = np.atleast_2d(np.cov(x, rowvar=False)), np.atleast_2d(np.cov(y, rowvar=False))
    # tr (C D)^(1/2) by the eigenvalues of the symmetric C^(1/2) D C^(1/2): no complex root to discard
    sizes, axes = np.linalg.eigh(c)
    root = axes * np.sqrt(np.maximum(sizes, 0)) @ axes.T
    values = np.linalg.eigvalsh(root @ d @ root)
    return float(gap @ gap + np.trace(c) + np.trace(d) - 2 * np.sqrt(np.maximum(values, 0)).sum())


def kid(x: ArrayLike, y: ArrayLike, block: int = BLOCK) -> tuple[float, float]:
    """Return the kernel distance of features ``[n, d]``, ``[m, d]`` and its standard error (Binkowski et al. 2018).

    The unbiased MMD^2 = mean_{i != j} k(x_i, x_j) + mean_{i != j} k(y_i, y_j) - 2 mean k(x_i, y_j) with
    k(a, b) = (a.b / d + 1)^3, averaged over blocks of ``block`` on each side. Blocks share no feature, so that their
    spread gives an honest error; features come in random order. 0 where the two have one law, then below 0 as often.
    Its kernel knows where 0 is: unlike the others it changes when both sides are moved or stretched together.
    """
    x, y = finite_cloud(x), finite_cloud(y)
    blocks = min(len(x), len(y)) // block
    if blocks < 2:
        raise ValueError(f"{min(len(x), len(y))} features make no two blocks of {block}")
    found = [_mmd(x[k * block : (k + 1) * block], y[k * block : (k + 1) * block]) for k in range(blocks)]
    return float(np.mean(found)), float(np.std(found, ddof=1) / np.sqrt(blocks))


def _mmd(x: Floats, y: Floats) -> float:
    def kernel(a: Floats, b: Floats) -> Floats:
        return (a @ b.T / a.shape[1] + 1) ** 3

    def among(a: Floats) -> float:
        values = kernel(a, a)
        return float((values.sum() - np.trace(values)) / (len(a) * (len(a) - 1)))

    return among(x) + among(y) - 2 * float(kernel(x, y).mean())


def precision_recall(real: ArrayLike, generated: ArrayLike, k: int = NEIGHBOURS) -> tuple[float, float]:
    """Return precision and recall of features ``[n, d]``, ``[m, d]`` (Kynkäänniemi et al. 2019, eq. 1 and 2).

    Precision is the share of generated samples that lie in the ball of some real one, whose radius reaches its k-th
    nearest real neighbour; recall the same with the sides swapped.
    """
    real, generated = centred(real, generated)
    return _covered(generated, real, k), _covered(real, generated, k)


@dataclass(frozen=True, slots=True)
class Fidelity:
    """How near generated features are to real ones, how believable they are, and how much of the data they cover."""

    frechet: float
    precision: float
    recall: float

    def record(self) -> dict[str, float]:
        """Return it as plain values, rounded."""
        return {
            "frechet": round(self.frechet, 3),
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
        }


def fidelity(real: ArrayLike, generated: ArrayLike) -> Fidelity:
    """Return Fréchet distance, precision and recall of generated features ``[n, d]`` beside as many real ones."""
    return Fidelity(frechet(real, generated), *precision_recall(real, generated))


def _covered(points: Floats, centres: Floats, k: int) -> float:
    radius = np.concatenate(
        [
            np.partition(square_distances(part, centres), k, axis=1)[:, k]
            for part in np.array_split(centres, _parts(centres))
        ]
    )
    radius += 1e-13 * (np.square(centres).sum(1).max() + radius)  # a point on the sphere is inside, rounded or not
    inside = [(square_distances(part, centres) <= radius).any(1) for part in np.array_split(points, _parts(points))]
    return float(np.concatenate(inside).mean())


def _parts(points: Floats) -> int:
    return max(1, -(-len(points) // ROWS))


@dataclass(frozen=True, slots=True)
class Balance:
    """How far a class histogram is from the data's: total variation, beside what as many real images would show.

    ``error`` is the distance's standard error over draws of the histogram found; ``floor`` the 95 % quantile of the
    same distance over draws of the data's histogram.
    """

    shares: tuple[float, ...]
    distance: float
    error: float
    floor: float

    def record(self) -> dict[str, Any]:
        """Return it as plain values, rounded."""
        return {
            "shares": [round(share, 4) for share in self.shares],
            "distance": round(self.distance, 4),
            "error": round(self.error, 4),
            "floor": round(self.floor, 4),
        }


def balance(labels: ArrayLike, shares: ArrayLike, draws: int = 2000, seed: int = 0) -> Balance:
    """Return the class balance of ``labels`` ``[n]`` against the data's ``shares`` ``[classes]``."""
    labels, shares = np.asarray(labels, np.int64), np.asarray(shares, np.float64)
    found = np.bincount(labels, minlength=len(shares)) / len(labels)
    rng = np.random.default_rng(seed)

    def distance(drawn: Floats) -> Floats:
        return np.abs(drawn - shares).sum(-1) / 2

    fair, again = (distance(rng.multinomial(len(labels), law, draws) / len(labels)) for law in (shares, found))
    return Balance(
        tuple(found.tolist()), float(distance(found)), float(again.std(ddof=1)), float(np.quantile(fair, 0.95))
    )


def entropy(shares: ArrayLike) -> float:
    """Return -sum s log s of class shares ``[classes]``, in nats: log(classes) where all are equal."""
    shares = np.asarray(shares, np.float64)
    return float((shares[shares > 0] * np.log(1 / shares[shares > 0])).sum())


def rank_test(higher: ArrayLike, lower: ArrayLike) -> tuple[float, float]:
    """Return P(a > b) + P(a = b)/2 for a of ``higher`` and b of ``lower``, and the one-sided p-value.

    Mann and Whitney 1947: .5 and a p-value near .5 where the two have one law.
    """
    higher, lower = finite_cloud(higher), finite_cloud(lower)
    test = mannwhitneyu(higher, lower, alternative="greater")
    return float(test.statistic / (len(higher) * len(lower))), float(test.pvalue)
