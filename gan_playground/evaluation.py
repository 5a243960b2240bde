"""What a checkpoint scores, and what real images score in its samples' place by the same code.

Kernel density by both protocols; distances, precision and recall in the features of our own classifier; its class
histogram; and how far the page's first images are from the nearest training image.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray

from gan_playground import checkpoints, feature_scores, image_scores
from gan_playground.checkpoints import PRETRAINED, Checkpoint
from gan_playground.data.images import Images, mnist
from gan_playground.data.rooms import rooms
from gan_playground.judges import judge

DATA: Final[Mapping[str, Callable[..., Images]]] = {"mnist": mnist, "rooms": rooms}
"""Every data set that a recipe may name, and what reads it: (folder, split) -> images."""

SEED: Final = 1
"""Of the latents that are scored, never those that a page opens with; and of every choice of real images."""

VALIDATION: Final = np.arange(50_000, 51_000)
"""Goodfellow's: the first 1,000 of MNIST's last 10,000 training images. The generators here have seen them."""

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
    progress: Callable[[int], None] = lambda _done: None,
) -> tuple[dict[str, Scores], dict[str, Scores]]:
    """Return the scores of checkpoints (no name: of all) and of their data's real images; ``write`` enters both.

    Raises:
        Refusal: no such checkpoint in ``folder``, a damaged one, or data that are missing.

    """
    found, real = {}, {}
    for name in names or checkpoints.manifest(folder).entries:
        checkpoint = checkpoints.load(name, folder)
        kind = checkpoint.entry.data
        train, test = read(kind, data)
        if kind not in real:
            real[kind] = yardstick(train, test, kind)
        found[name] = score(checkpoint, train, test)
        if write:
            checkpoints.record(replace(checkpoint.entry, scores=found[name]), real[kind], folder)
        progress(len(found))
    return found, real


def score(checkpoint: Checkpoint, train: Images, test: Images) -> Scores:
    """Return what the manifest says of a checkpoint: every score by its name."""
    samples = checkpoint.images(checkpoint.latents(SEED, image_scores.FGAN_SAMPLES)).numpy()
    shown = checkpoint.images(checkpoint.latents(FIRST_SEED, FIRST_IMAGES)).numpy()
    return of_samples(samples, train, test, checkpoint.entry.data) | {"nearest": nearest(shown, train, test)}


def yardstick(train: Images, test: Images, data: str) -> Scores:
    """Return the same scores of real training images in the samples' place, none of them a validation image."""
    others = np.setdiff1d(np.arange(len(train.pixels)), VALIDATION)
    chosen = np.random.default_rng(SEED).permutation(others)[: image_scores.FGAN_SAMPLES]
    return of_samples(train.flat()[chosen], train, test, data)


def of_samples(samples: NDArray[np.float32], train: Images, test: Images, data: str) -> Scores:
    """Return the scores that any images ``[n, pixels]`` in [0, 1] can have, against the test images.

    The feature scores compare as many samples as there are test images, these in a random order.
    """
    real = test.flat()
    found = (
        image_scores.gan_2014(samples[: image_scores.GAN_2014_SAMPLES], train.flat()[VALIDATION], real),
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
