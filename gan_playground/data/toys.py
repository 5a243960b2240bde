"""Toys: laws on the line and in the plane, each with sampler, density and window.

A toy is one entry of `TOYS`; menus, links, recommendations and tests take their lists from there. What samples needs
torch, and imports it when a toy is built: who only asks which toys there are does not wait for it.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from gan_playground.data.mixture_samples import Sampler, mixture_sampler
from gan_playground.theory.densities import Density, Laplace, Mixture, StudentT, Uniform, bells

if TYPE_CHECKING:
    from torch import Generator, Tensor

    from gan_playground.data.planes import Plane

Array = NDArray[np.float64]
Window = tuple[tuple[float, float], ...]

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
    density: "Density | Plane"
    modes: Array | None = None
    mode_sd: float | None = None


class Parameters(Protocol):
    """What a toy may be given: the settings' two knobs that only some toys use."""

    @property
    def data(self) -> str:
        """The toy's key."""
        ...

    @property
    def distance(self) -> float:
        """Between the centres of two bells."""
        ...

    @property
    def mixture(self) -> str:
        """A typed mixture of normals."""
        ...


@dataclass(frozen=True, slots=True)
class ToyRecord:
    """What can be said of a toy before it is built: its dimension, and the function that builds it."""

    dim: int
    build: Callable[[float, str], Toy]


def toy(settings: Parameters) -> Toy:
    """Return the toy that ``settings`` name; equal settings share one object."""
    return _toy(settings.data, settings.distance, settings.mixture)


@lru_cache(maxsize=256)
def _toy(data: str, distance: float, mixture: str) -> Toy:
    return TOYS[data].build(distance, mixture)


# --- on the line ---------------------------------------------------------------------------------


def _fgan_mixture(_distance: float, _mixture: str) -> Toy:
    """The mixture of the f-GAN paper's univariate experiment, as reconstructed from its table."""
    law = Mixture.parse("0.33*N(-1,0.255)+0.67*N(2,1.415)")
    return Toy("fgan-mixture", 1, ((-5.0, 8.0),), mixture_sampler(law), law)


def _far_gaussians(distance: float, _mixture: str) -> Toy:
    """Two even bells of sd 1/2 whose centres are ``distance`` apart."""
    half, sd = distance / 2, 0.5
    law = bells((0.5, 0.5), (-half, half), (sd, sd))
    modes = np.array([[-half], [half]]) if distance >= SEPARATION * sd else None
    window = ((-half - 3.0, half + 3.0),)
    return Toy("far-gaussians", 1, window, mixture_sampler(law), law, modes, None if modes is None else sd)


def _uniform(_distance: float, _mixture: str) -> Toy:
    import torch

    def sample(n: int, generator: "Generator") -> "Tensor":
        return torch.rand(n, 1, generator=generator, device=generator.device).mul_(4).sub_(2)

    return Toy("uniform", 1, ((-4.0, 4.0),), sample, Uniform(-2.0, 2.0))


def _laplace(_distance: float, _mixture: str) -> Toy:
    import torch

    def sample(n: int, generator: "Generator") -> "Tensor":
        # The difference of two exponential variables is Laplace's law.
        pair = torch.empty(n, 2, device=generator.device).exponential_(generator=generator)
        return pair[:, :1] - pair[:, 1:]

    return Toy("laplace", 1, ((-6.0, 6.0),), sample, Laplace(0.0, 1.0))


def _student_t(_distance: float, _mixture: str) -> Toy:
    """Student's t with 3 degrees of freedom: a variance, but tails that no bell covers."""
    import torch

    def sample(n: int, generator: "Generator") -> "Tensor":
        bells = torch.randn(n, 4, generator=generator, device=generator.device)
        return bells[:, :1] * torch.rsqrt(bells[:, 1:].square().mean(1, keepdim=True))

    return Toy("student-t", 1, ((-7.0, 7.0),), sample, StudentT(3.0))


def _mixture(_distance: float, mixture: str) -> Toy:
    """Any typed law; the window reaches 4 widths beyond every centre, and shows where a generator starts."""
    law = Mixture.parse(mixture)
    low = min(-3.0, *(part.centre - 4 * part.scale for part in law.parts))
    high = max(3.0, *(part.centre + 4 * part.scale for part in law.parts))
    return Toy("mixture", 1, ((low, high),), mixture_sampler(law), law)


# --- in the plane --------------------------------------------------------------------------------


def _square(half: float) -> Window:
    return ((-half, half), (-half, half))


def _blobs(key: str, centres: Array, sd: float, half: float) -> Toy:
    from gan_playground.data.planes import Blobs

    law = Blobs(centres, sd)
    return Toy(key, 2, _square(half), law.sample, law, centres, sd)


def _circle(k: int, radius: float, start: float = 0.0) -> Array:
    angle = start + 2 * np.pi * np.arange(k) / k
    return radius * np.stack((np.cos(angle), np.sin(angle)), 1)


def _8_gaussians(_distance: float, _mixture: str) -> Toy:
    """Eight bells of sd .16 on a circle of radius 2.

    Rounder than in improved_wgan_training (radius 1.414, sd .0141), where a mode is a dot on screen.
    """
    return _blobs("8-gaussians", _circle(8, 2.0), 0.16, 3.1)


def _25_gaussians(_distance: float, _mixture: str) -> Toy:
    """The grid of improved_wgan_training: ±4 in steps of 2, sd .05, all divided by 2.828; fresh samples."""
    line = np.arange(-4.0, 5.0, 2.0)
    grid = np.stack(np.meshgrid(line, line, indexing="ij"), -1).reshape(-1, 2)
    return _blobs("25-gaussians", grid / 2.828, 0.05 / 2.828, 2.0)


def _two_gaussians(_distance: float, _mixture: str) -> Toy:
    return _blobs("two-gaussians", np.array([[-1.5, 0.0], [1.5, 0.0]]), 0.3, 3.0)


def _three_blobs(_distance: float, _mixture: str) -> Toy:
    return _blobs("three-blobs", _circle(3, 1.6, np.pi / 2), 0.3, 3.0)


def _ridge(key: str, curve: "Callable[[Tensor], Tensor]", sd: float, panels: int, half: float) -> Toy:
    from gan_playground.data.planes import Ridge

    law = Ridge(curve, sd, panels)
    return Toy(key, 2, _square(half), law.sample, law)


def _swiss_roll(_distance: float, _mixture: str) -> Toy:
    """scikit-learn's roll as improved_wgan_training scales it: (t cos t, t sin t) + .25 ε, all / 7.5.

    t = 1.5 π (1 + 2u), u ~ U(0, 1).
    """

    def curve(u: "Tensor") -> "Tensor":
        import torch

        t = 1.5 * math.pi * (1 + 2 * u)
        return torch.stack((t * torch.cos(t), t * torch.sin(t)), -1) / 7.5

    return _ridge("swiss-roll", curve, 0.25 / 7.5, 64, 2.4)


def _ring(_distance: float, _mixture: str) -> Toy:
    """A circle of radius 2 in noise of sd .1."""

    def curve(u: "Tensor") -> "Tensor":
        import torch

        t = 2 * math.pi * u
        return 2 * torch.stack((torch.cos(t), torch.sin(t)), -1)

    return _ridge("ring", curve, 0.1, 24, 3.0)


def _two_moons(_distance: float, _mixture: str) -> Toy:
    """scikit-learn's two half circles, centred, 4/3 as large, in noise of sd .13."""

    def curve(u: "Tensor") -> "Tensor":
        import torch

        # One half turn for each moon: the second, 1/2 right and 1/4 up of the first's mirror image.
        upper = u < 0.5
        t = 2 * math.pi * torch.where(upper, u, u - 0.5)
        side = torch.where(upper, 1.0, -1.0).to(u)
        return torch.stack((side * (torch.cos(t) - 0.5), side * (torch.sin(t) - 0.25)), -1) * (4 / 3)

    return _ridge("two-moons", curve, 0.13, 16, 3.0)


def _line(_distance: float, _mixture: str) -> Toy:
    """A segment from (-2, -1) to (2, 1) in noise of sd .05: all but one-dimensional."""

    def curve(u: "Tensor") -> "Tensor":
        import torch

        return torch.stack((4 * u - 2, 2 * u - 1), -1)

    return _ridge("line", curve, 0.05, 16, 3.0)


def _checkerboard(_distance: float, _mixture: str) -> Toy:
    """The eight black fields, of side 1, of a board of 4 x 4."""
    from gan_playground.data.planes import Cells

    corners = [(x, y) for x in range(-2, 2) for y in range(-2, 2) if (x + y) % 2 == 0]
    law = Cells(np.array(corners, np.float64), 1.0)
    return Toy("checkerboard", 2, _square(2.7), law.sample, law)


def _pinwheel(_distance: float, _mixture: str) -> Toy:
    """Five bent arms with the shape of Johnson et al. (2016): along .3, across .1, rate .25; 1.5 times as large."""
    from gan_playground.data.planes import Pinwheel

    law = Pinwheel(arms=5, size=1.5, along=0.3, across=0.1, rate=0.25)
    return Toy("pinwheel", 2, _square(3.1), law.sample, law)


TOYS: Final[Mapping[str, ToyRecord]] = {
    "fgan-mixture": ToyRecord(1, _fgan_mixture),
    "far-gaussians": ToyRecord(1, _far_gaussians),
    "uniform": ToyRecord(1, _uniform),
    "laplace": ToyRecord(1, _laplace),
    "student-t": ToyRecord(1, _student_t),
    "mixture": ToyRecord(1, _mixture),
    "8-gaussians": ToyRecord(2, _8_gaussians),
    "25-gaussians": ToyRecord(2, _25_gaussians),
    "swiss-roll": ToyRecord(2, _swiss_roll),
    "ring": ToyRecord(2, _ring),
    "two-moons": ToyRecord(2, _two_moons),
    "checkerboard": ToyRecord(2, _checkerboard),
    "pinwheel": ToyRecord(2, _pinwheel),
    "two-gaussians": ToyRecord(2, _two_gaussians),
    "line": ToyRecord(2, _line),
    "three-blobs": ToyRecord(2, _three_blobs),
}
"""Every toy by its key, in the order of the menu."""

TOYS_1D: Final = tuple(key for key, record in TOYS.items() if record.dim == 1)
TOYS_2D: Final = tuple(key for key, record in TOYS.items() if record.dim == 2)
