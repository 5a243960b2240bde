"""What a checkpoint scores, and what real images score in its samples' place by the same code.

Kernel density by both protocols, on MNIST; distances, precision and recall in the features of our own classifier; its
class histogram; how far the page's first images are from the nearest training image; and whether the critic tells
training images from test images.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray

from gan_playground.data.image_sets import read
from gan_playground.data.mnist import Images
from gan_playground.engine.weight_files import PRETRAINED
from gan_playground.images import checkpoints, evaluators
from gan_playground.images.checkpoints import CHUNK, Checkpoint, Manifest
from gan_playground.images.evaluators import evaluator
from gan_playground.metrics import feature_distances, parzen

SEED: Final = 1
"""Of the latents that are scored, never those that a page opens with; and of every choice of real images."""

VALIDATION: Final[Mapping[str, NDArray[np.int64]]] = {"mnist": np.arange(50_000, 51_000)}
"""Data sets whose likelihood is estimated, and the training images that choose a bandwidth: Goodfellow's, the first
1,000 of MNIST's last 10,000. The generators here have seen them."""

BLOCKS: Final = 4
"""Of test images, at least, in a kernel distance: their spread is its error."""

FIRST_SEED: Final = 0
FIRST_IMAGES: Final = 64
"""What a page opens with: as many images of this seed are compared with the training images."""

Scores = dict[str, Any]


def evaluate(
    names: Sequence[str],
    data: Path | None = None,
    folder: Path = PRETRAINED,
    write: bool = False,
    progress: Callable[[], object] = lambda: None,
) -> Manifest:
    """Return the entries of checkpoints with their scores taken anew, and the yardsticks; ``write`` enters both.

    Raises:
        Refusal: no such checkpoint in ``folder``, a damaged one, or data that are missing.

    """
    entries, yardsticks = {}, {}
    for name in names:
        checkpoint = checkpoints.load(name, folder)
        kind = checkpoint.entry.data
        train, test = read(kind, data)
        if kind not in yardsticks:
            yardsticks[kind] = yardstick(train, test, kind)
        entries[name] = replace(checkpoint.entry, scores=score(checkpoint, train, test))
        if write:
            checkpoints.record(entries[name], yardsticks[kind], folder)
        progress()
    return Manifest(entries, yardsticks)


def score(checkpoint: Checkpoint, train: Images, test: Images) -> Scores:
    """Return what the manifest says of a checkpoint: every score by its name."""
    data = checkpoint.entry.data
    samples = checkpoint.images(checkpoint.latents(SEED, how_many(data, test))).numpy()
    shown = checkpoint.images(checkpoint.latents(FIRST_SEED, FIRST_IMAGES)).numpy()
    found = of_samples(samples, train, test, data) | {"nearest": memorised(shown, train, test)}
    return found | {"gap": gap(checkpoint, train, test)}


def yardstick(train: Images, test: Images, data: str) -> Scores:
    """Return the samples' scores of real training images in their place, none of them a validation image."""
    others = np.setdiff1d(np.arange(len(train.pixels)), VALIDATION.get(data, ()))
    chosen = np.random.default_rng(SEED).permutation(others)[: how_many(data, test)]
    return of_samples(flat(train, chosen), train, test, data)


def how_many(data: str, test: Images) -> int:
    """Return the number of samples that all scores of a data set ask for together."""
    return parzen.FGAN_SAMPLES if data in VALIDATION else len(test.pixels)


def of_samples(samples: NDArray[np.float32], train: Images, test: Images, data: str) -> Scores:
    """Return the scores that any images ``[n, pixels]`` in [0, 1] can have, against the test images.

    Likelihoods where they mean something, and feature scores where a classifier of this data ships: these compare as
    many samples as there are test images, taken in a random order.
    """
    real, found = test.flat(), {}
    if data in VALIDATION:
        likelihoods = (
            parzen.gan_2014(samples[: parzen.GAN_2014_SAMPLES], flat(train, VALIDATION[data]), real),
            parzen.fgan(samples[: parzen.FGAN_SAMPLES], real),
        )
        found = {likelihood.protocol: likelihood.record() for likelihood in likelihoods}
    has_classifier = data in evaluators.read()["classifiers"] and len(real) >= 2 * BLOCKS  # a block of one has no pairs
    return found | (scores_in_features(samples, real, data) if has_classifier else {})


def scores_in_features(samples: NDArray[np.float32], real: NDArray[np.float32], data: str) -> Scores:
    """Return distances, precision, recall and class histogram of samples in the features of the data's classifier."""
    network = evaluator(data)
    order = np.random.default_rng(SEED).permutation(len(real))
    theirs, _ = network(torch.from_numpy(real[order]))
    ours, classes = network(torch.from_numpy(samples[: len(real)]))
    mmd, error = feature_distances.kid(theirs, ours, min(feature_distances.BLOCK, len(theirs) // BLOCKS))
    found = feature_distances.fidelity(theirs, ours).record()
    shares = np.bincount(classes.argmax(1), minlength=classes.shape[1]) / len(classes)
    return {
        "features": {
            "extractor": f"{data}-classifier",
            "split": "test",
            "samples": len(ours),
            "frechet": found["frechet"],
            "kid": round(mmd, 4),
            "kid_error": round(error, 4),
            "precision": found["precision"],
            "recall": found["recall"],
        },
        "classes": {
            "shares": shares.round(4).tolist(),
            "entropy": round(feature_distances.entropy(shares), 4),
            "least": round(float(shares.min()), 4),
        },
    }


def memorised(shown: NDArray[np.float32], train: Images, test: Images) -> Scores:
    """Return the distance of each image shown to the nearest training image, and the median of as many test images."""
    fresh = np.random.default_rng(SEED).permutation(len(test.pixels))[: len(shown)]
    return {
        "seed": FIRST_SEED,
        "samples": len(shown),
        "distances": to_nearest(shown, train).round(3).tolist(),
        "real": round(float(np.median(to_nearest(flat(test, fresh), train))), 3),
    }


def to_nearest(images: NDArray[np.float32], train: Images) -> NDArray[np.float64]:
    """Return the distance of each image ``[n, pixels]`` to the nearest training image, these a part at a time."""
    parts = in_parts(np.arange(len(train.pixels)))
    return np.minimum.reduce([parzen.nearest_distances(images, flat(train, rows)) for rows in parts])


def gap(checkpoint: Checkpoint, train: Images, test: Images) -> Scores:
    """Return what the critic says of training images and of as many test images that neither player has seen.

    ``rank`` is P(V(train) > V(test)), with its one-sided p-value: .5 for a critic that has learnt nothing by heart.
    ``difference`` is E V(train) - E V(test), in the critic's own unit.
    """
    chosen = np.random.default_rng(SEED).permutation(len(train.pixels))[: len(test.pixels)]
    with torch.inference_mode():
        values = [
            torch.cat([checkpoint.critic(torch.from_numpy(flat(images, rows))) for rows in in_parts(places)]).numpy()
            for images, places in ((train, chosen), (test, np.arange(len(chosen))))
        ]
    rank, p = feature_distances.rank_test(*values)
    return {
        "samples": len(chosen),
        "rank": round(rank, 4),
        "p": float(f"{p:.2g}"),
        "difference": float(f"{values[0].mean(dtype=np.float64) - values[1].mean(dtype=np.float64):.3g}"),
    }


def flat(images: Images, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the chosen images in [0, 1] as ``[n, pixels]``, the others untouched."""
    return Images(images.pixels[rows], images.labels[rows]).flat()


def in_parts(rows: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Return rows a forward pass at a time."""
    return np.split(rows, range(CHUNK, len(rows), CHUNK))
