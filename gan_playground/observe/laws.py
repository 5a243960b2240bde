"""What a generator draws, where that is known exactly: on the line, and for a linear map of the plane."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from gan_playground.densities import Density, affine
from gan_playground.latent_plane import LatentPlane, density_on_grid, latent_plane
from gan_playground.observe.still import Array, Still
from gan_playground.pushforward import PushForward

STRAIGHT: Final = ("relu", "leaky-relu")
"""Activations whose networks are piecewise linear."""

SATURATING: Final = ("tanh",)
"""Activations whose networks are bounded, whatever the noise."""


def is_linear(still: Still) -> bool:
    """Tell whether the generator is x = z W + b."""
    return len(still.generator.layers) == 1


def linear_law(still: Still) -> Density | None:
    """Return the law of a linear generator on the line, or None: N(b, |W|^2), or uniform noise of one latent."""
    if still.toy.dim != 1 or not is_linear(still):
        return None
    W, b = still.exact_generator.layers[0]
    if len(W) > 1 and still.settings.noise != "normal":
        return None
    return affine(float(b), float(W.norm()), "normal" if still.settings.noise == "normal" else "uniform")


def line_law(still: Still, cells: int = 256, tolerance: float = 1e-7) -> Density | None:
    """Return the generator's law on the line where it is known: a linear map, or any network of one latent.

    ``cells`` and ``tolerance`` say how closely a network is followed (see `PushForward.of`).
    """
    if still.toy.dim != 1:
        return None
    if is_linear(still):
        return linear_law(still)
    if still.settings.latent != 1:
        return None
    return PushForward.of(
        still.curve,
        "normal" if still.settings.noise == "normal" else "uniform",
        piecewise_linear=still.settings.generator_activation in STRAIGHT,
        bounded=still.settings.generator_activation in SATURATING,
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


def plane_law(still: Still) -> Oval | None:
    """Return the law of a linear generator in the plane under normal noise; None elsewhere, or where it has no area."""
    if still.toy.dim != 2 or not is_linear(still) or still.settings.noise != "normal":
        return None
    W, b = (part.numpy() for part in still.exact_generator.layers[0])
    covariance = W.T @ W
    flat = np.linalg.matrix_rank(W) < 2
    return None if flat else Oval(b, covariance)


CELLS: Final = 96
"""Cells a side of the triangulated latent plane: errors of a percent or so, in half a second."""

FINE: Final = 192
"""Cells a side for a picture of the density, which needs no sums over overlapping sheets."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """The latent plane and its image ``x`` ``[(cells + 1)^2, 2]``: the law of a network of two latents, to refinement.

    ``bounded``: the image is bounded, by the noise or by a saturating activation.
    """

    plane: LatentPlane
    x: Array
    bounded: bool


def density(still: Still, grid: int) -> Array | None:
    """Return q ``[grid, grid]``, each the mean over a pixel around a point of the window's grid, or None as `sheet`."""
    known = sheet(still, FINE)
    if known is None:
        return None
    (left, right), (bottom, top) = still.toy.window
    across, up = (right - left) / (grid - 1) / 2, (top - bottom) / (grid - 1) / 2
    around = ((left - across, right + across), (bottom - up, top + up))
    return density_on_grid(known.plane, known.x, around, grid)


def sheet(still: Still, cells: int = CELLS) -> Sheet | None:
    """Return the generator's image of the latent plane, where its law is known to refinement: two latents, two axes."""
    if still.toy.dim != 2 or still.settings.latent != 2 or plane_law(still) is not None:
        return None
    plane = latent_plane("normal" if still.settings.noise == "normal" else "uniform", cells)
    saturating = still.settings.generator_activation in SATURATING and not is_linear(still)
    return Sheet(plane, still.image(plane.z), still.settings.noise == "uniform" or saturating)


def is_singular(still: Still) -> bool:
    """Tell whether the generator's law lives on a set without area: a curve in the plane, of one latent."""
    return still.toy.dim == 2 and still.settings.latent == 1
