"""Laws on the line whose density is known: what a run learns from, and what exact distances are taken between."""

from typing import Literal

import numpy as np

from gan_playground.theory.densities.law import Array, Component, Density, Interval, Tail, Tails
from gan_playground.theory.densities.laws import Laplace, Normal, StudentT, Uniform
from gan_playground.theory.densities.mixture import Mixture, bells, normal
from gan_playground.theory.densities.pairs import cdf_difference, log_densities, log_ratio

__all__ = [
    "Array",
    "Component",
    "Density",
    "Interval",
    "Laplace",
    "Latent",
    "Mixture",
    "Normal",
    "StudentT",
    "Tail",
    "Tails",
    "Uniform",
    "affine",
    "bells",
    "cdf_difference",
    "log_densities",
    "log_ratio",
    "normal",
]

Latent = Literal["normal", "uniform"]
"""A generator's noise on the line: N(0, 1) or U(-1, 1)."""


def affine(shift: float, scale: float, latent: Latent = "normal") -> Mixture | Uniform:
    """Return the law of shift + scale z, exactly what a linear generator draws from.

    A scale of 0, whose law has no density, is taken as the least positive float64 beside the shift.
    """
    width = max(abs(scale), float(np.spacing(abs(shift))), 1e-150)
    return normal(shift, width) if latent == "normal" else Uniform(shift - width, shift + width)
