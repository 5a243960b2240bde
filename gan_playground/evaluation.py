"""What a checkpoint scores, and real images in its samples' place by the same code."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from gan_playground import image_scores
from gan_playground.checkpoints import Checkpoint
from gan_playground.data.images import Images, mnist

DATA: Final[Mapping[str, Callable[..., Images]]] = {"mnist": mnist}
"""Every data set that a recipe may name, and what reads it: (folder, split) -> images."""

SEED: Final = 1
"""Of the latents that are scored, never those that a page opens with; and of every choice of real images."""

VALIDATION: Final = np.arange(50_000, 51_000)
"""Goodfellow's: the first 1,000 of MNIST's last 10,000 training images. The generators here have seen them."""


def read(data: str, folder: Path | None) -> tuple[Images, Images]:
    """Return training and test images of a data set.

    Raises:
        Refusal: a file is missing or damaged.

    """
    return DATA[data](folder, "train"), DATA[data](folder, "test")


def score(checkpoint: Checkpoint, train: Images, test: Images) -> dict[str, Any]:
    """Return the checkpoint's kernel density scores by both protocols, each under its protocol's name."""
    samples = checkpoint.images(checkpoint.latents(SEED, image_scores.FGAN_SAMPLES)).numpy()
    return _scores(samples, train, test)


def yardstick(train: Images, test: Images) -> dict[str, Any]:
    """Return the same scores of real training images in the samples' place, none of them a validation image."""
    others = np.setdiff1d(np.arange(len(train.pixels)), VALIDATION)
    chosen = np.random.default_rng(SEED).permutation(others)[: image_scores.FGAN_SAMPLES]
    return _scores(train.flat()[chosen], train, test)


def _scores(samples: NDArray[np.float32], train: Images, test: Images) -> dict[str, Any]:
    validation = train.flat()[VALIDATION]
    found = image_scores.both(lambda n: samples[:n], validation, test.flat())
    return {likelihood.protocol: likelihood.record() for likelihood in found}
