"""Toys: laws on the line and in the plane, each with sampler, density and window."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import torch
from torch import Generator, Tensor

from gan_playground.data.planes import Array, Blobs, Cells, Pinwheel, Plane, Ridge
from gan_playground.settings import Settings
from gan_playground.theory.densities import Density, Laplace, Mixture, StudentT, Uniform

Window = tuple[tuple[float, float], ...]
Sampler = Callable[[int, Generator], Tensor]

SEPARATION: Final = 8.0
"""Modes are counted only where centres lie at least this many sd apart: discs of 4 sd stay disjoint."""


@dataclass(frozen=True, eq=False)
class Toy:
    """A law to learn.

    ``sample(n, generator)`` draws float32 ``[n, dim]`` on the generator's device; ``window`` is the
    part of space that is shown, (low, high) for each axis, and holds 99 % of the mass or more;
    ``density`` is exact. ``modes`` (float64 ``[k, dim]``) and ``mode_sd`` are there where the law is
    an even mixture of equal, well separated Gaussians, and None elsewhere.
    """

    key: str
    dim: int
    window: Window
    sample: Sampler
    density: Density | Plane
    modes: Array | None = None
    mode_sd: float | None = None


def toy(settings: Settings) -> Toy:
    """Return the toy that ``settings`` name; equal settings share one object."""
    return _toy(settings.data, settings.distance, settings.mixture)


@lru_cache(maxsize=256)
def _toy(data: str, distance: float, mixture: str) -> Toy:
    return TOYS[data](Settings(data=data, distance=distance, mixture=mixture))


# --- on the line ---------------------------------------------------------------------------------


def _fgan_mixture(_: Settings) -> Toy:
    """The mixture of the f-GAN paper's univariate experiment, as reconstructed from its table."""
    law = Mixture.parse("0.33*N(-1,0.255)+0.67*N(2,1.415)")
    return Toy("fgan-mixture", 1, ((-5.0, 8.0),), _mixture_sampler(law), law)


def _far_gaussians(settings: Settings) -> Toy:
    """Two even bells of sd 1/2 whose centres are ``distance`` apart."""
    half, sd = settings.distance / 2, 0.5
    law = Mixture((0.5, 0.5), (-half, half), (sd, sd))
    modes = np.array([[-half], [half]]) if settings.distance >= SEPARATION * sd else None
    window = ((-half - 3.0, half + 3.0),)
    return Toy("far-gaussians", 1, window, _mixture_sampler(law), law, modes, None if modes is None else sd)


def _uniform(_: Settings) -> Toy:
    def sample(n: int, generator: Generator) -> Tensor:
        return torch.rand(n, 1, generator=generator, device=generator.device).mul_(4).sub_(2)

    return Toy("uniform", 1, ((-4.0, 4.0),), sample, Uniform(-2.0, 2.0))


def _laplace(_: Settings) -> Toy:
    def sample(n: int, generator: Generator) -> Tensor:
        # The difference of two exponential variables is Laplace's law.
        pair = torch.empty(n, 2, device=generator.device).exponential_(generator=generator)
        return pair[:, :1] - pair[:, 1:]

    return Toy("laplace", 1, ((-6.0, 6.0),), sample, Laplace(0.0, 1.0))


def _student_t(_: Settings) -> Toy:
    """Student's t with 3 degrees of freedom: a variance, but tails that no bell covers."""

    def sample(n: int, generator: Generator) -> Tensor:
        bells = torch.randn(n, 4, generator=generator, device=generator.device)
        return bells[:, :1] * torch.rsqrt(bells[:, 1:].square().mean(1, keepdim=True))

    return Toy("student-t", 1, ((-7.0, 7.0),), sample, StudentT(3.0))


def _mixture(settings: Settings) -> Toy:
    """Any typed mixture of bells; the window reaches 4 sd beyond every centre, and shows where a generator starts."""
    law = Mixture.parse(settings.mixture)
    means, sds = np.asarray(law.means), np.asarray(law.sds)
    low, high = min(-3.0, float((means - 4 * sds).min())), max(3.0, float((means + 4 * sds).max()))
    return Toy("mixture", 1, ((low, high),), _mixture_sampler(law), law)


def _mixture_sampler(law: Mixture) -> Sampler:
    means, sds = (torch.tensor(list(values), dtype=torch.float32)[:, None] for values in (law.means, law.sds))
    edges = torch.tensor(np.cumsum(law.weights)[:-1], dtype=torch.float32)
    tables = {torch.device("cpu"): (edges, means, sds)}

    def sample(n: int, generator: Generator) -> Tensor:
        device = generator.device
        if device not in tables:
            tables[device] = (edges.to(device), means.to(device), sds.to(device))
        cuts, centres, widths = tables[device]
        which = torch.bucketize(torch.rand(n, generator=generator, device=device), cuts, right=True)
        return (
            torch.randn(n, 1, generator=generator, device=device)
            .mul_(widths.index_select(0, which))
            .add_(centres.index_select(0, which))
        )

    return sample


# --- in the plane --------------------------------------------------------------------------------


def _square(half: float) -> Window:
    return ((-half, half), (-half, half))


def _blobs(key: str, centres: Array, sd: float, half: float) -> Toy:
    law = Blobs(centres, sd)
    return Toy(key, 2, _square(half), law.sample, law, centres, sd)


def _circle(k: int, radius: float, start: float = 0.0) -> Array:
    angle = start + 2 * np.pi * np.arange(k) / k
    return radius * np.stack((np.cos(angle), np.sin(angle)), 1)


def _8_gaussians(_: Settings) -> Toy:
    """Eight bells of sd .16 on a circle of radius 2.

    Rounder than in improved_wgan_training (radius 1.414, sd .0141), where a mode is a dot on screen.
    """
    return _blobs("8-gaussians", _circle(8, 2.0), 0.16, 3.1)


def _25_gaussians(_: Settings) -> Toy:
    """The grid of improved_wgan_training: ±4 in steps of 2, sd .05, all divided by 2.828; fresh samples."""
    line = np.arange(-4.0, 5.0, 2.0)
    grid = np.stack(np.meshgrid(line, line, indexing="ij"), -1).reshape(-1, 2)
    return _blobs("25-gaussians", grid / 2.828, 0.05 / 2.828, 2.0)


def _two_gaussians(_: Settings) -> Toy:
    return _blobs("two-gaussians", np.array([[-1.5, 0.0], [1.5, 0.0]]), 0.3, 3.0)


def _three_blobs(_: Settings) -> Toy:
    return _blobs("three-blobs", _circle(3, 1.6, np.pi / 2), 0.3, 3.0)


def _ridge(key: str, curve: Callable[[Tensor], Tensor], sd: float, panels: int, half: float) -> Toy:
    law = Ridge(curve, sd, panels)
    return Toy(key, 2, _square(half), law.sample, law)


def _swiss_roll(_: Settings) -> Toy:
    """scikit-learn's roll as improved_wgan_training scales it: (t cos t, t sin t) + .25 ε, all / 7.5.

    t = 1.5 π (1 + 2u), u ~ U(0, 1).
    """

    def curve(u: Tensor) -> Tensor:
        t = 1.5 * math.pi * (1 + 2 * u)
        return torch.stack((t * torch.cos(t), t * torch.sin(t)), -1) / 7.5

    return _ridge("swiss-roll", curve, 0.25 / 7.5, 64, 2.4)


def _ring(_: Settings) -> Toy:
    """A circle of radius 2 in noise of sd .1."""

    def curve(u: Tensor) -> Tensor:
        t = 2 * math.pi * u
        return 2 * torch.stack((torch.cos(t), torch.sin(t)), -1)

    return _ridge("ring", curve, 0.1, 24, 3.0)


def _two_moons(_: Settings) -> Toy:
    """scikit-learn's two half circles, centred, 4/3 as large, in noise of sd .13."""

    def curve(u: Tensor) -> Tensor:
        # One half turn for each moon: the second, 1/2 right and 1/4 up of the first's mirror image.
        upper = u < 0.5
        t = 2 * math.pi * torch.where(upper, u, u - 0.5)
        side = torch.where(upper, 1.0, -1.0).to(u)
        return torch.stack((side * (torch.cos(t) - 0.5), side * (torch.sin(t) - 0.25)), -1) * (4 / 3)

    return _ridge("two-moons", curve, 0.13, 16, 3.0)


def _line(_: Settings) -> Toy:
    """A segment from (-2, -1) to (2, 1) in noise of sd .05: all but one-dimensional."""

    def curve(u: Tensor) -> Tensor:
        return torch.stack((4 * u - 2, 2 * u - 1), -1)

    return _ridge("line", curve, 0.05, 16, 3.0)


def _checkerboard(_: Settings) -> Toy:
    """The eight black fields, of side 1, of a board of 4 x 4."""
    corners = [(x, y) for x in range(-2, 2) for y in range(-2, 2) if (x + y) % 2 == 0]
    law = Cells(np.array(corners, np.float64), 1.0)
    return Toy("checkerboard", 2, _square(2.7), law.sample, law)


def _pinwheel(_: Settings) -> Toy:
    """Five bent arms with the shape of Johnson et al. (2016): along .3, across .1, rate .25; 1.5 times as large."""
    law = Pinwheel(arms=5, size=1.5, along=0.3, across=0.1, rate=0.25)
    return Toy("pinwheel", 2, _square(3.1), law.sample, law)


TOYS: Final[Mapping[str, Callable[[Settings], Toy]]] = {
    "fgan-mixture": _fgan_mixture,
    "far-gaussians": _far_gaussians,
    "uniform": _uniform,
    "laplace": _laplace,
    "student-t": _student_t,
    "mixture": _mixture,
    "8-gaussians": _8_gaussians,
    "25-gaussians": _25_gaussians,
    "swiss-roll": _swiss_roll,
    "ring": _ring,
    "two-moons": _two_moons,
    "checkerboard": _checkerboard,
    "pinwheel": _pinwheel,
    "two-gaussians": _two_gaussians,
    "line": _line,
    "three-blobs": _three_blobs,
}
"""Every toy by its key."""
