"""What a generator of one latent draws on the line, exactly: the push-forward of its noise.

    q(x) = SUM over z with G(z) = x of pi(z) / |G'(z)|.

G is held as a chain of cubic cells through exact values and slopes (straight ones where G is piecewise linear, cut
at its kinks), refined until it meets G between the nodes as well. Folds end a branch; a stretch on which G is
constant is an atom, whose density is inf. Beyond the grid G goes on as a straight line.
"""
# ruff: noqa: D102 -- the protocol of densities says what the members of a law are

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Final, Self

import numpy as np

from gan_playground.theory.densities import Array, Density, Latent, Mixture, Tail, Tails, Uniform, normal
from gan_playground.theory.densities.law import Connected
from gan_playground.theory.densities.mixture import quantile_brackets
from gan_playground.theory.quadrature import integrate

Curve = Callable[[Array], tuple[Array, Array]]
"""A generator on the line: latents z [n] -> its values x [n] and slopes dx/dz [n], in float64."""

_REACH: Final = 8.5
"""How far N(0, 1) is followed: 2e-17 of its mass lies beyond, where G is continued as a straight line."""
_FAR: Final = 1e6
_MOST_CELLS: Final = 8192


@dataclass(frozen=True, eq=False)
class PushForward(Connected):
    """The law of G(z): cells between ``z`` [n + 1] with values ``x`` [n + 1] and end slopes ``starts``, ``ends`` [n].

    Each cell is the cubic with those values and slopes, and monotone.
    """

    z: Array
    x: Array
    starts: Array
    ends: Array
    latent: Mixture | Uniform

    @classmethod
    def of(
        cls,
        generator: Curve,
        latent: Latent = "normal",
        *,
        piecewise_linear: bool = False,
        bounded: bool = False,
        cells: int = 256,
        tolerance: float = 1e-7,
    ) -> Self:
        """Follow ``generator`` over its latent, halving cells until it is met to ``tolerance`` of its range.

        ``piecewise_linear`` for ReLU-like networks, ``bounded`` where a saturating activation bounds the range.
        """
        reach = _REACH if latent == "normal" else 1.0
        even = np.linspace(-1.0, 1.0, cells + 1)
        z = reach * (0.35 * even + 0.65 * even**3 if latent == "normal" else even)
        x, slope = generator(z)
        trial, fresh = _trial_kinks if piecewise_linear else _trial_cubics, np.arange(cells)
        for _ in range(12):
            at, guess = trial(z[fresh], z[fresh + 1], x[fresh], x[fresh + 1], slope[fresh], slope[fresh + 1])
            seen, seen_slope = (part.reshape(at.shape) for part in generator(at.ravel()))
            missed = (np.abs(guess - seen) > tolerance * max(float(np.ptp(x)), 1e-300)).any(axis=0)
            if not missed.any() or len(z) > _MOST_CELLS:
                break
            inserted, kept = np.unique(at[:, missed], return_index=True)
            order = np.argsort(np.concatenate([z, inserted]), kind="stable")
            z = np.concatenate([z, inserted])[order]
            x = np.concatenate([x, seen[:, missed].ravel()[kept]])[order]
            slope = np.concatenate([slope, seen_slope[:, missed].ravel()[kept]])[order]
            new = np.flatnonzero(order >= len(order) - len(inserted))
            fresh = np.union1d(new, new - 1)
        z, x, starts, ends = _cut_at_kinks(z, x, slope) if piecewise_linear else _cut_at_folds(z, x, slope)
        if latent == "normal" and not bounded:
            left, right = starts[0], ends[-1]
            z = np.concatenate([[-_FAR], z, [_FAR]])
            x = np.concatenate([[x[0] - left * (_FAR - reach)], x, [x[-1] + right * (_FAR - reach)]])
            starts, ends = np.concatenate([[left], starts, [right]]), np.concatenate([[left], ends, [right]])
        return cls(z, x, starts, ends, normal(0.0, 1.0) if latent == "normal" else Uniform(-1.0, 1.0))

    # --- the map ---------------------------------------------------------------------------------------------

    def forward(self, z: Array) -> Array:
        """Return G(z)."""
        cell = np.clip(np.searchsorted(self.z, z, side="right") - 1, 0, len(self.starts) - 1)
        width = self.z[cell + 1] - self.z[cell]
        return self.x[cell] + _rise(
            z - self.z[cell], width, self.x[cell + 1] - self.x[cell], (self.starts[cell], self.ends[cell])
        )

    @cached_property
    def straight(self) -> bool:
        """Tell whether every cell is a straight line."""
        return np.array_equal(self.starts, self.ends)

    @cached_property
    def branches(self) -> tuple[tuple[int, int, int], ...]:
        """Runs of cells (first, past the last, sign) on which G rises (1), falls (-1) or is constant (0)."""
        sign = np.sign(np.diff(self.x)).astype(int)
        cuts = np.flatnonzero(np.diff(sign)) + 1
        starts, stops = [0, *cuts.tolist()], [*cuts.tolist(), len(sign)]
        return tuple((first, stop, int(sign[first])) for first, stop in zip(starts, stops, strict=True))

    def inverse(self, x: Array) -> tuple[Array, Array]:
        """Return the preimages z [branches, n] of points x [n] and |dz/dx| there, nan and 0 where there is none.

        Constant stretches have no preimage of their own.
        """
        rows = [self._inverse_on(first, stop, sign, x) for first, stop, sign in self.branches if sign]
        if not rows:
            return np.empty((0, len(x))), np.empty((0, len(x)))
        return np.stack([z for z, _ in rows]), np.stack([w for _, w in rows])

    def _inverse_on(self, first: int, stop: int, sign: int, x: Array) -> tuple[Array, Array]:
        nodes = self.x[first : stop + 1][::sign]
        below, above = (4.0 * np.spacing(np.abs(pair).max()) for pair in (nodes[:2], nodes[-2:]))
        found = np.flatnonzero((x >= nodes[0] - below) & (x <= nodes[-1] + above))
        inside = x[found]
        place = np.minimum(np.maximum(np.searchsorted(nodes, inside, side="right") - 1, 0), stop - first - 1)
        cell = first + place if sign > 0 else stop - 1 - place
        height, width = self.x[cell + 1] - self.x[cell], self.z[cell + 1] - self.z[cell]
        share, slope = (inside - self.x[cell]) / height, np.ones(len(inside))
        if not self.straight:
            share, slope = _solve_cubic(self.starts[cell] * width / height, self.ends[cell] * width / height, share)
        z, weight = np.full(len(x), np.nan), np.zeros(len(x))
        z[found], weight[found] = self.z[cell] + share * width, width / np.abs(height * slope)
        return z, weight

    # --- the law ---------------------------------------------------------------------------------------------

    @property
    def reach(self) -> tuple[float, float]:
        """The interval of latents that is followed; it holds all but 2e-17 of their mass."""
        return float(self.z[0]), float(self.z[-1])

    @property
    def support(self) -> tuple[float, float]:
        left, right = self.tails
        return float(self.x.min()) if left is None else -inf, float(self.x.max()) if right is None else inf

    @property
    def tails(self) -> Tails:
        ends: dict[int, list[Tail]] = {-1: [], 1: []}
        if self.z[-1] == _FAR:
            for side, node, slope in ((-1, 0, self.starts[0]), (1, -1, self.ends[-1])):
                if slope != 0.0:
                    towards, mean = int(side * np.sign(slope)), self.x[node] - slope * self.z[node]
                    ends[towards].append(Tail(0.5 / slope**2, -towards * mean / slope**2, 0.0))
        return min(ends[-1], default=None), min(ends[1], default=None)

    @cached_property
    def atoms(self) -> tuple[tuple[float, float], ...]:
        """Points that carry mass, where G is constant: (x, mass)."""
        flat = [(first, stop) for first, stop, sign in self.branches if not sign]
        return tuple((float(self.x[a]), float(self._between(self.z[a], self.z[b]))) for a, b in flat)

    @cached_property
    def folds(self) -> tuple[float, ...]:
        """Points at which G turns smoothly, so that the density is infinite there."""
        ends = [stop for _, stop, sign in self.branches[:-1] if sign]
        return tuple(float(self.x[i]) for i in ends if self.ends[i - 1] == 0.0 == self.starts[i])

    @cached_property
    def _turns(self) -> Array:
        """Latents at which a branch begins or ends, or a straight chain has a kink."""
        if self.straight:
            return self.z
        return self.z[[0, *(stop for _, stop, _ in self.branches)]]

    @property
    def breakpoints(self) -> Array:
        return np.unique(self.forward(np.concatenate([self._inner(self.latent.breakpoints), self._inner(self._turns)])))

    def latent_edges(self, p: Density) -> Array:
        """Return where to cut the latent for integrals against p: its own scales, turns, and the preimages of p's."""
        ends = np.unique(self.x[[0, *(stop for _, stop, _ in self.branches)]])
        back = self.inverse(np.concatenate([p.breakpoints, ends]))[0].ravel()
        steady = self.z[:: max(1, len(self.z) // 24)]
        every = np.concatenate([self.latent.breakpoints, self._turns, steady, back[np.isfinite(back)]])
        return np.unique(self._inner(every))

    def _inner(self, z: Array) -> Array:
        lo, hi = max(self.z[0], -10.0), min(self.z[-1], 10.0)
        return z[(z >= lo) & (z <= hi)]

    @property
    def mean(self) -> float:
        return self._moments[0]

    @property
    def sd(self) -> float:
        return self._moments[1]

    @cached_property
    def _moments(self) -> tuple[float, float]:
        mean = self._expect(lambda x: x)
        return mean, self._expect(lambda x: np.square(x - mean)) ** 0.5

    def _expect(self, value: Callable[[Array], Array]) -> float:
        edges = np.unique(self._inner(np.concatenate([self.latent.breakpoints, self._turns, self.z[::16]])))
        return integrate(lambda z: np.exp(self.latent.log_density(z)) * value(self.forward(z)), edges).value

    def log_density(self, x: Array, past: Array | float = 0.0) -> Array:
        flat = np.ravel(x := np.asarray(x + past))
        z, weight = self.inverse(flat)
        with np.errstate(divide="ignore"):
            each = np.where(weight > 0.0, self.latent.log_density(np.nan_to_num(z)) + np.log(weight), -inf)
        total = np.logaddexp.reduce(each, axis=0, initial=-inf)
        for place, _ in self.atoms:
            total = np.where(flat == place, inf, total)
        return total.reshape(np.shape(x))

    def cdf(self, x: Array) -> Array:
        return self._mass(x, above=False)

    def survival(self, x: Array) -> Array:
        return self._mass(x, above=True)

    def _mass(self, x: Array, *, above: bool) -> Array:
        """Return P(X > x) where ``above``, else P(X <= x): of every branch the latents on that side of the preimage."""
        flat = np.ravel(x)
        total = np.zeros_like(flat)
        for first, stop, sign in self.branches:
            start, end = self.z[[first, stop]]
            if not sign:
                total += self._between(start, end) * ((flat >= self.x[first]) != above)
                continue
            at = self._inverse_on(first, stop, sign, np.clip(flat, *np.sort(self.x[[first, stop]])))[0]
            total += self._between(start, at) if (sign > 0) != above else self._between(at, end)
        return total.reshape(np.shape(x))

    def _between(self, start: Array, end: Array) -> Array:
        """Return the mass of latents between, from the side on which they are rarer."""
        before, until = self.latent.cdf(start), self.latent.cdf(end)
        after, beyond = self.latent.survival(start), self.latent.survival(end)
        return np.where(before + until < after + beyond, until - before, after - beyond)

    def quantile(self, u: Array) -> Array:
        flat = np.ravel(u)
        lo, hi = np.full_like(flat, self.x.min()), np.full_like(flat, self.x.max())
        return quantile_brackets(self.cdf, flat, lo, hi)[1].reshape(np.shape(u))

    def sample(self, n: int, rng: np.random.Generator) -> Array:
        return self.forward(np.clip(self.latent.sample(n, rng), *self.reach))


# --- cells ------------------------------------------------------------------------------------------------------


def _rise(past: Array, width: Array, height: Array, slopes: tuple[Array, Array]) -> Array:
    """Return how far the cubic with those end slopes has risen ``past`` its start; it rises ``height`` in all."""
    t = past / width
    a, e = slopes[0] * width, slopes[1] * width
    return t * (a + t * (3.0 * height - 2.0 * a - e + t * (a + e - 2.0 * height)))


def _solve_cubic(a: Array, e: Array, share: Array) -> tuple[Array, Array]:
    """Return t in [0, 1] where the monotone cubic from (0, 0) to (1, 1) with slopes a, e is ``share``, and its slope.

    Newton's method, held inside a bracket, from the parabola that shares the flatter end's slope: at a fold, where
    that slope is 0, the start is already right to first order.
    """
    b, c = 3.0 - 2.0 * a - e, a + e - 2.0
    share = np.minimum(np.maximum(share, 0.0), 1.0)
    flat, far = np.minimum(a, e), np.where(a <= e, share, 1.0 - share)
    t = 2.0 * far / np.maximum(flat + np.sqrt(np.maximum(flat * flat + 4.0 * (1.0 - flat) * far, 0.0)), 1e-300)
    t = np.minimum(np.maximum(np.where(a <= e, t, 1.0 - t), 0.0), 1.0)
    lo, hi = np.zeros_like(share), np.ones_like(share)
    for _ in range(50):
        miss = t * (a + t * (b + t * c)) - share
        slope = a + t * (2.0 * b + 3.0 * t * c)
        lo, hi = np.where(miss <= 0.0, t, lo), np.where(miss >= 0.0, t, hi)
        step = t - np.divide(miss, slope, out=np.full_like(t, inf), where=slope > 0.0)
        after = np.where((step >= lo) & (step <= hi), step, 0.5 * (lo + hi))
        moved = np.max(np.abs(after - t) * np.minimum(1.0, slope), initial=0.0)
        t = after
        if moved < 1e-15:
            break
    return t, np.maximum(a + t * (2.0 * b + 3.0 * t * c), 1e-16)  # at a fold the density stays finite


def _trial_cubics(z: Array, z2: Array, x: Array, x2: Array, slope: Array, slope2: Array) -> tuple[Array, Array]:
    """Return two latents inside each cubic cell, and the values that the cell gives there: [2, cells] each."""
    at = z + (z2 - z) * np.array([[0.35], [0.7]])
    return at, x + _rise(at - z, z2 - z, x2 - x, (slope, slope2))


def _trial_kinks(z: Array, z2: Array, x: Array, x2: Array, slope: Array, slope2: Array) -> tuple[Array, Array]:
    """Return seven latents inside each straight cell, and the values expected there: [7, cells] each.

    They stand on the kink, if there is one, and near it on both sides: a second kink close by shows there first.
    """
    kink = _kinks(z, z2, x, x2, slope, slope2)
    bent = ~np.isnan(kink)
    apart = np.array([[0.0], [-0.01], [0.01], [-0.06], [0.06], [-0.3], [0.3]])
    at = np.where(bent, kink, 0.5 * (z + z2)) + (z2 - z) * apart
    at = np.minimum(np.maximum(at, z + 0.003 * (z2 - z)), z2 - 0.003 * (z2 - z))
    before = x + np.where(bent, slope, (x2 - x) / (z2 - z)) * (at - z)
    return at, np.where(bent & (at > kink), x2 + slope2 * (at - z2), before)


def _kinks(z: Array, z2: Array, x: Array, x2: Array, slope: Array, slope2: Array) -> Array:
    """Return for each cell where the lines through its ends meet, nan where they do not meet inside."""
    turn, meet = slope - slope2, x2 - x + slope * z - slope2 * z2
    steepest = np.abs(slope).max(initial=0.0)
    at = np.divide(meet, turn, out=np.full_like(meet, np.nan), where=np.abs(turn) > 1e-12 * steepest)
    return np.where((at > z) & (at < z2), at, np.nan)


def _cut_at_kinks(z: Array, x: Array, slope: Array) -> tuple[Array, Array, Array, Array]:
    """Return the chain of straight cells with a node at every kink and none elsewhere."""
    at = _kinks(z[:-1], z[1:], x[:-1], x[1:], slope[:-1], slope[1:])
    found = ~np.isnan(at)
    at_x = x[:-1][found] + slope[:-1][found] * (at[found] - z[:-1][found])
    order = np.argsort(np.concatenate([z, at[found]]), kind="stable")
    z, x = np.concatenate([z, at[found]])[order], np.concatenate([x, at_x])[order]
    slopes = np.diff(x) / np.diff(z)
    bent = np.abs(np.diff(slopes)) > 1e-9 * np.abs(slopes).max()
    keep = np.concatenate([[True], bent, [True]])
    z, x = z[keep], x[keep]
    slopes = np.diff(x) / np.diff(z)
    for cell in np.flatnonzero(np.abs(slopes) <= 1e-11 * np.abs(slopes).max()):
        x[cell + 1] = x[cell]  # a dead stretch is an atom, whatever its last bits say
    slopes = np.diff(x) / np.diff(z)
    return z, x, slopes, slopes


def _cut_at_folds(z: Array, x: Array, slope: Array) -> tuple[Array, Array, Array, Array]:
    """Return the chain of cubic cells, cut where a cell's slope passes through 0."""
    width, height = np.diff(z), np.diff(x)
    a, e = slope[:-1] * width, slope[1:] * width
    square, linear = 3.0 * (a + e - 2.0 * height), 3.0 * height - 2.0 * a - e
    root = np.sqrt(np.maximum(linear**2 - square * a, 0.0))
    pivot = -(linear + np.where(linear < 0.0, -root, root))
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.stack([pivot / square, a / pivot])
    inside = (shares > 1e-9) & (shares < 1.0 - 1e-9) & (linear**2 > square * a)
    row, cell = np.nonzero(inside)
    past = shares[row, cell] * width[cell]
    fold = x[cell] + _rise(past, width[cell], height[cell], (slope[cell], slope[cell + 1]))
    order = np.argsort(np.concatenate([z, z[cell] + past]), kind="stable")
    z, x = np.concatenate([z, z[cell] + past])[order], np.concatenate([x, fold])[order]
    slope = np.concatenate([slope, np.zeros(len(cell))])[order]
    return z, x, slope[:-1], slope[1:]
