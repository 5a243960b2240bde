"""What a sample of a toy scores: its modes, and the real points beside it."""

import math
from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray

from gan_playground.data.toys import Toy
from gan_playground.frames import Modes
from gan_playground.metrics.modes import found, score_modes

Points = NDArray[np.float64]


def modes_of(toy: Toy, sample: NDArray[np.floating], step: int = 0) -> Modes | None:
    """Return how a sample ``[n, dim]`` sits on the toy's modes; None where it has none that can be told apart."""
    if toy.modes is None or toy.mode_sd is None or not len(sample):
        return None
    return score_modes(sample, toy.modes, toy.mode_sd, step)


def mode_scores(toy: Toy, sample: NDArray[np.floating]) -> dict[str, float]:
    """Return `modes_of` as the numbers that are quoted, by name; nan where they do not apply."""
    modes = modes_of(toy, sample)
    if modes is None:
        return dict.fromkeys(("modes", "high_quality", "kl_modes", "sd_ratio"), math.nan)
    return {
        "modes": found(modes),
        "high_quality": modes.high_quality,
        "kl_modes": modes.kl,
        "sd_ratio": modes.sd_ratio,
    }


def real_points(toy: Toy, rng: torch.Generator) -> Callable[[int], Points]:
    """Return a source of fresh points of the toy in float64, n -> ``[n, dim]``."""
    return lambda n: toy.sample(n, rng).double().numpy()
