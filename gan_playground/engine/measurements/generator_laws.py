"""What a generator draws, where that is known exactly: on the line, and for a linear map of the plane."""

import math
from dataclasses import dataclass

import numpy as np

from gan_playground.engine.snapshot import Array, Snapshot
from gan_playground.learners.activations import ACTIVATIONS
from gan_playground.theory.densities import Density, affine
from gan_playground.theory.pushforward_1d import PushForward


def is_linear(snapshot: Snapshot) -> bool:
    """Tell whether the generator is x = z W + b."""
    return len(snapshot.generator.layers) == 1


def linear_law(snapshot: Snapshot) -> Density | None:
    """Return the law of a linear generator on the line, or None: N(b, |W|^2), or uniform noise of one latent."""
    if snapshot.toy.dim != 1 or not is_linear(snapshot):
        return None
    W, b = snapshot.exact_generator.layers[0]
    if len(W) > 1 and snapshot.settings.noise != "normal":
        return None
    return affine(float(b), float(W.norm()), "normal" if snapshot.settings.noise == "normal" else "uniform")


def line_law(snapshot: Snapshot, cells: int = 256, tolerance: float = 1e-7) -> Density | None:
    """Return the generator's law on the line where it is known: a linear map, or any network of one latent.

    ``cells`` and ``tolerance`` say how closely a network is followed (see `PushForward.of`).
    """
    if snapshot.toy.dim != 1:
        return None
    if is_linear(snapshot):
        return linear_law(snapshot)
    if snapshot.settings.latent != 1:
        return None
    activation = ACTIVATIONS[snapshot.settings.generator_activation]
    return PushForward.of(
        snapshot.curve,
        "normal" if snapshot.settings.noise == "normal" else "uniform",
        piecewise_linear=activation.piecewise_linear,
        bounded=activation.bounded,
        cells=cells,
        tolerance=tolerance,
    )


@dataclass(frozen=True, eq=False)
class Oval:
    """N(mean, covariance) in the plane, ``mean`` [2], ``covariance`` [2, 2]: what a linear generator draws."""

    mean: Array
    covariance: Array

    def log_density(self, x: Array) -> Array:
        """Return log q at ``x`` ``[..., 2] -> [...]``."""
        offset = np.asarray(x, np.float64) - self.mean
        square = np.einsum("...i,ij,...j->...", offset, np.linalg.inv(self.covariance), offset)
        return -0.5 * (square + math.log(np.linalg.det(self.covariance))) - math.log(2 * math.pi)


def plane_law(snapshot: Snapshot) -> Oval | None:
    """Return the law of a linear generator in the plane under normal noise; None elsewhere, or where it has no area."""
    if snapshot.toy.dim != 2 or not is_linear(snapshot) or snapshot.settings.noise != "normal":
        return None
    W, b = (part.numpy() for part in snapshot.exact_generator.layers[0])
    covariance = W.T @ W
    flat = np.linalg.matrix_rank(W) < 2
    return None if flat else Oval(b, covariance)


def is_singular(snapshot: Snapshot) -> bool:
    """Tell whether the generator's law lives on a set without area: a curve in the plane, of one latent."""
    return snapshot.toy.dim == 2 and snapshot.settings.latent == 1
