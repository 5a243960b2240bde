"""What a checkpoint scores, and what real images score in its samples' place by the same code.

Kernel density by both protocols; distances, precision and recall in the features of our own classifier; its class
histogram; how far the page's first images are from the nearest training image; and, for every data set, whether the
critic tells training images from test images.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray

from gan_playground import checkpoints, feature_scores, image_scores
from gan_playground.checkpoints import CHUNK, PRETRAINED, Checkpoint, Manifest
from gan_playground.data.images import Images, mnist
from gan_playground.data.rooms import rooms
from gan_playground.judges import judge

DATA: Final[Mapping[str, Callable[..., Images]]] = {"mnist": mnist, "rooms": rooms}
"""Every data set that a recipe may name, and what reads it: (folder, split) -> images."""

SEED: Final = 1
"""Of the latents that are scored, never those that a page opens with; and of every choice of real images."""

VALIDATION: Final[Mapping[str, NDArray[np.int64]]] = {"mnist": np.arange(50_000, 51_000)}
"""Data sets whose samples are scored, and the training images that choose a bandwidth: Goodfellow's, the first 1,000
of MNIST's last 10,000. The generators here have seen them."""

FIRST_SEED: Final = 0
FIRST_IMAGES: Final = 64
"""What a page opens with: as many images of this seed are compared with the training images."""

Scores = dict[str, Any]


def read(data: str, folder: Path | None) -> tuple[Images, Images]:
    """Return training and test images of a data set.

    Raises:
        Refusal: a file is missing or damaged.

    """
    return DATA[data](folder, "train"), DATA[data](folder, "test")


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
    found, data = {"gap": gap(checkpoint, train, test)}, checkpoint.entry.data
    if data not in VALIDATION:
        return found
    samples = checkpoint.images(checkpoint.latents(SEED, image_scores.FGAN_SAMPLES)).numpy()
    shown = checkpoint.images(checkpoint.latents(FIRST_SEED, FIRST_IMAGES)).numpy()
    return of_samples(samples, train, test, data) | {"nearest": nearest(shown, train, test)} | found


def yardstick(train: Images, test: Images, data: str) -> Scores:
    """Return the samples' scores of real training images in their place, none of them a validation image."""
    if data not in VALIDATION:
        return {}
    others = np.setdiff1d(np.arange(len(train.pixels)), VALIDATION[data])
    chosen = np.random.default_rng(SEED).permutation(others)[: image_scores.FGAN_SAMPLES]
    return of_samples(flat(train, chosen), train, test, data)


def of_samples(samples: NDArray[np.float32], train: Images, test: Images, data: str) -> Scores:
    """Return the scores that any images ``[n, pixels]`` in [0, 1] can have, against the test images.

    The feature scores compare as many samples as there are test images, these in a random order.
    """
    real = test.flat()
    found = (
        image_scores.gan_2014(samples[: image_scores.GAN_2014_SAMPLES], flat(train, VALIDATION[data]), real),
        image_scores.fgan(samples[: image_scores.FGAN_SAMPLES], real),
    )
    network = judge(data)
    order = np.random.default_rng(SEED).permutation(len(real))
    theirs, _ = network(torch.from_numpy(real[order]))
    ours, classes = network(torch.from_numpy(samples[: len(real)]))
    mmd, error = feature_scores.kid(theirs, ours)
    precision, recall = feature_scores.precision_recall(theirs, ours)
    shares = np.bincount(classes.argmax(1), minlength=classes.shape[1]) / len(classes)
    return {
        **{likelihood.protocol: likelihood.record() for likelihood in found},
        "features": {
            "extractor": f"{data}-classifier",
            "split": "test",
            "samples": len(ours),
            "frechet": round(feature_scores.frechet(theirs, ours), 3),
            "kid": round(mmd, 4),
            "kid_error": round(error, 4),
            "precision": round(precision, 4),
            "recall": round(recall, 4),
        },
        "classes": {
            "shares": shares.round(4).tolist(),
            "entropy": round(feature_scores.entropy(shares), 4),
            "least": round(float(shares.min()), 4),
        },
    }


def nearest(shown: NDArray[np.float32], train: Images, test: Images) -> Scores:
    """Return the distance of each image shown to the nearest training image, and the median of as many test images."""
    learnt = train.flat()
    fresh = np.random.default_rng(SEED).permutation(len(test.pixels))[: len(shown)]
    return {
        "seed": FIRST_SEED,
        "samples": len(shown),
        "distances": image_scores.nearest(shown, learnt).round(3).tolist(),
        "real": round(float(np.median(image_scores.nearest(test.flat()[fresh], learnt))), 3),
    }


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
    rank, p = feature_scores.rank_test(*values)
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
