"""Laws in the plane that are sampled in torch and whose density is known exactly.

Every law has ``sample(n, generator)``, float32 ``[n, 2]`` on the generator's device, and
``log_density(x)``, float64 ``[..., 2] -> [...]``. Equal generator states give equal samples; one draw
of 2n points is not two draws of n.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import ClassVar, Final, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Generator, Tensor

Array = NDArray[np.float64]

BLOCK: Final = 1 << 20
"""Kernel values held at once (8 MB) while a density of many components is summed."""

FEW: Final = 64
"""So many bells are summed whole."""

TILED: Final = 100
"""Tiles on each side of the middle."""


class Plane(Protocol):
    """A law on the plane."""

    bounded: ClassVar[bool]
    """Whether its support is bounded."""

    @property
    def scale(self) -> float:
        """The least width of its features: where an integral must look more closely than this."""
        ...

    def sample(self, n: int, generator: Generator) -> Tensor:
        """Draw float32 ``[n, 2]``."""
        ...

    def log_density(self, x: Array) -> Array:
        """Return log p at ``x``, ``[..., 2] -> [...]``; -inf outside the support."""
        ...


@dataclass(frozen=True, eq=False)
class Blobs:
    """Equal isotropic Gaussians: p(x) = 1/k sum_i N(x; c_i, sd^2 I), ``centres`` ``[k, 2]``."""

    centres: Array
    sd: float

    bounded: ClassVar[bool] = False

    @property
    def scale(self) -> float:
        """The bells' standard deviation."""
        return self.sd

    def sample(self, n: int, generator: Generator) -> Tensor:
        """Draw float32 ``[n, 2]``: a centre by an even die, then the bell."""
        centres = _on(self, generator.device)
        which = torch.randint(len(centres), (n,), generator=generator, device=generator.device)
        return _bell(n, 2, generator).mul_(self.sd).add_(centres.index_select(0, which))

    def log_density(self, x: Array) -> Array:
        """Return log p, ``[..., 2] -> [...]``."""
        k = len(self.centres)
        return _log_bells(x, self.centres, np.full(k, 1 / k), self.sd)


@dataclass(frozen=True, eq=False)
class Ridge:
    r"""A curve seen through isotropic noise: x = c(u) + sd ε, u ~ U(0, 1), ε ~ N(0, I).

    p(x) = ∫ N(x; c(u), sd^2 I) du, summed by Gauss-Legendre with 16 nodes on each of ``panels`` equal
    parts of [0, 1] (``curve`` may jump only at their ends). Doubling the panels of every toy changes
    log p by less than 1e-8 within 6 sd of the curve; a test holds this.
    """

    curve: Callable[[Tensor], Tensor]
    sd: float
    panels: int
    nodes: Array = field(init=False)
    weights: Array = field(init=False)

    def __post_init__(self) -> None:
        t, w = np.polynomial.legendre.leggauss(16)
        u = ((t + 1) / 2 + np.arange(self.panels)[:, None]).ravel() / self.panels
        object.__setattr__(self, "nodes", self.curve(torch.from_numpy(u)).numpy())
        object.__setattr__(self, "weights", np.tile(w / 2 / self.panels, self.panels))

    bounded: ClassVar[bool] = False

    @property
    def scale(self) -> float:
        """The noise's standard deviation."""
        return self.sd

    def sample(self, n: int, generator: Generator) -> Tensor:
        """Draw float32 ``[n, 2]``."""
        u = torch.rand(n, generator=generator, device=generator.device)
        return _bell(n, 2, generator).mul_(self.sd).add_(self.curve(u))

    def log_density(self, x: Array) -> Array:
        """Return log p, ``[..., 2] -> [...]``."""
        return _log_bells(x, self.nodes, self.weights, self.sd)


@dataclass(frozen=True, eq=False)
class Cells:
    """Uniform on equal square cells with lower left ``corners`` ``[k, 2]``: p = 1 / (k side^2) inside."""

    corners: Array
    side: float

    bounded: ClassVar[bool] = True

    @property
    def scale(self) -> float:
        """A quarter of a cell."""
        return self.side / 4

    def sample(self, n: int, generator: Generator) -> Tensor:
        """Draw float32 ``[n, 2]``."""
        corners = _on(self, generator.device)
        which = torch.randint(len(corners), (n,), generator=generator, device=generator.device)
        inside = torch.rand(n, 2, generator=generator, device=generator.device)
        return inside.mul_(self.side).add_(corners.index_select(0, which))

    def log_density(self, x: Array) -> Array:
        """Return log p, ``[..., 2] -> [...]``: -inf outside the cells."""
        offset = x[..., None, :] - self.corners
        inside = ((offset >= 0) & (offset < self.side)).all(-1).any(-1)
        return np.where(inside, -math.log(len(self.corners) * self.side**2), -np.inf)


@dataclass(frozen=True, eq=False)
class Pinwheel:
    r"""Arms bent by their radius: x = R(2πk/arms + rate e^{r/size}) y, y ~ size N((1, 0), diag(along^2, across^2)).

    r = |y| = |x|, so that the twist turns circles, keeps area, and is undone in closed form:
    p(x) = 1/arms sum_k N(R(-2πk/arms - rate e^{r/size}) x). (Johnson et al. 2016 bend by the first
    coordinate of y instead of |y|: the same picture, but no closed density.)
    """

    arms: int
    size: float
    along: float
    across: float
    rate: float

    bounded: ClassVar[bool] = False

    @property
    def scale(self) -> float:
        """The arms' standard deviation across."""
        return self.across * self.size

    def sample(self, n: int, generator: Generator) -> Tensor:
        """Draw float32 ``[n, 2]``."""
        arm = torch.randint(self.arms, (n,), generator=generator, device=generator.device)
        a, b = _bell(n, 2, generator).unbind(1)
        a, b = a * self.along + 1, b * self.across
        turn = arm * (2 * math.pi / self.arms) + self.rate * torch.exp(torch.hypot(a, b))
        cos, sin = torch.cos(turn), torch.sin(turn)
        return torch.stack((cos * a - sin * b, sin * a + cos * b), 1).mul_(self.size)

    def log_density(self, x: Array) -> Array:
        """Return log p, ``[..., 2] -> [...]``."""
        radius = np.hypot(x[..., 0], x[..., 1])[..., None] / self.size
        with np.errstate(over="ignore"):  # far outside the window every arm is at -inf anyway
            turn = np.minimum(self.rate * np.exp(radius), 1e15)
        angle = np.arctan2(x[..., 1], x[..., 0])[..., None] - turn - np.arange(self.arms) * 2 * np.pi / self.arms
        a, b = radius * np.cos(angle), radius * np.sin(angle)
        exponent = -0.5 * (((a - 1) / self.along) ** 2 + (b / self.across) ** 2)
        constant = math.log(2 * math.pi * self.arms * self.along * self.across * self.size**2)
        return np.logaddexp.reduce(exponent, axis=-1) - constant


def _bell(n: int, dim: int, generator: Generator) -> Tensor:
    return torch.randn(n, dim, generator=generator, device=generator.device)


@lru_cache(maxsize=64)
def _on(law: Blobs | Cells, device: torch.device) -> Tensor:
    """The law's anchors as float32 on ``device`` (laws hash by identity, and are few)."""
    anchors = law.centres if isinstance(law, Blobs) else law.corners
    return torch.from_numpy(anchors).to(device, torch.float32)


def _log_bells(x: Array, centres: Array, weights: Array, sd: float) -> Array:
    """Log of sum_i w_i N(x; c_i, sd^2 I): ``x`` ``[..., 2]``, ``centres`` ``[k, 2]`` -> ``[...]``.

    Of many bells only those are summed that may add more than e^-40 of the whole in a tile of the plane.
    """
    points = np.asarray(x, np.float64).reshape(-1, 2)
    out = np.empty(len(points))
    for rows, near in _tiles(points, centres, sd) if len(centres) > FEW else [(np.arange(len(points)), slice(None))]:
        out[rows] = _log_sum(points[rows] / sd, centres[near] / sd, weights[near])
    return (out - math.log(2 * math.pi * sd**2)).reshape(np.shape(x)[:-1])


def _tiles(points: Array, centres: Array, sd: float) -> Iterator[tuple[NDArray[np.intp], NDArray[np.bool_] | slice]]:
    """Split points by tiles of 6 sd: (rows, centres that count there); beyond the tiled part every centre counts."""
    side, middle = 6 * sd, centres.mean(0)
    place = np.clip(np.nan_to_num(np.floor((points - middle) / side)), -TILED, TILED).astype(np.intp)
    order = np.lexsort(place.T)
    starts = np.flatnonzero(np.diff(place[order], axis=0, prepend=-TILED - 1).any(1))
    for rows in np.split(order, starts[1:]) if len(order) else []:
        tile = place[rows[0]]
        if np.abs(tile).max() == TILED:
            yield rows, slice(None)
            continue
        distance = np.hypot(*(centres - middle - (tile + 0.5) * side).T)
        half = side / math.sqrt(2)
        yield rows, distance <= half + math.hypot(distance.min() + half, math.sqrt(80) * sd)


def _log_sum(x: Array, centres: Array, weights: Array) -> Array:
    """Log of sum_i w_i exp(-|x - c_i|^2 / 2), ``[n, 2] -> [n]``, in blocks."""
    out = np.empty(len(x))
    rows = max(1, BLOCK // len(centres))
    for start in range(0, len(x), rows):
        part = x[start : start + rows]
        # Differences, not |x|^2 - 2 x.c + |c|^2: that form loses digits where sd is small beside |x|.
        square = (part[:, :1] - centres[:, 0]) ** 2 + (part[:, 1:] - centres[:, 1]) ** 2
        nearest = square.min(1)
        out[start : start + rows] = np.log(np.exp((nearest[:, None] - square) / 2) @ weights) - nearest / 2
    return out
