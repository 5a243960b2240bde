"""Mixtures on the line: of normals, and of any laws of one centre and one scale."""
# ruff: noqa: D102 -- the protocol says what the members of a law are

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import fsum, inf, log, pi, sqrt
from typing import Self

import numpy as np
from scipy.special import ndtr

from gan_playground.theory.densities.crossings import bends
from gan_playground.theory.densities.law import Array, Component, Interval, Tails, written
from gan_playground.theory.densities.laws import Normal


@dataclass(frozen=True)
class Mixture:
    """A mixture SUM_k w_k P_k, written ``0.33*N(-1,0.255)+0.67*Laplace(2,1)``; its weights sum to 1 to rounding.

    >>> str(Mixture.parse("1/2*n(0,1) + .5*N(4,1)"))
    '0.5*N(0,1)+0.5*N(4,1)'
    """

    weights: tuple[float, ...]
    parts: tuple[Component, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a law as it is typed; `grammar.read_law` says how.

        Raises:
            Refusal: it is none; the sentence names the part at fault.

        """
        from gan_playground.theory.densities.grammar import read_law

        return cls(*read_law(text))

    def __str__(self) -> str:
        if len(self.weights) == 1:
            return str(self.parts[0])
        return "+".join(f"{written(w)}*{part}" for w, part in zip(self.weights, self.parts, strict=True))

    # --- its components, each once, in one order whatever the order of typing --------------------------------

    @cached_property
    def shares(self) -> tuple[tuple[float, Component], ...]:
        """Weights, which sum to 1 exactly but for their own rounding, with different components in one order."""
        found: defaultdict[Component, list[float]] = defaultdict(list)
        for weight, part in zip(self.weights, self.parts, strict=True):
            found[part].append(weight)
        total = fsum(self.weights)
        order = sorted(found, key=lambda part: (part.centre, part.scale, str(part)))
        return tuple((fsum(found[part]) / total, part) for part in order)

    @cached_property
    def bells(self) -> Array | None:
        """Weights, means and standard deviations as rows [3, k, 1] where every component is normal, else None."""
        if not all(isinstance(part, Normal) for _, part in self.shares):
            return None
        return np.array([(weight, part.centre, part.scale) for weight, part in self.shares]).T[:, :, None]

    @cached_property
    def _log_heights(self) -> Array:
        assert self.bells is not None
        return np.log(self.bells[0]) - np.log(self.bells[2]) - 0.5 * log(2.0 * pi)

    def log_components(self, x: Array, past: Array | float = 0.0) -> Array:
        """Return log(w_k p_k(x + past)), shape [k, x.size]."""
        x, past = (np.ravel(part) for part in np.broadcast_arrays(x, past))
        if self.bells is not None:
            _, m, s = self.bells
            return self._log_heights - 0.5 * np.square(((x - m) + past) / s)
        return np.stack([log(weight) + part.log_density(x, past) for weight, part in self.shares])

    # --- the law ---------------------------------------------------------------------------------------------

    @cached_property
    def _supports(self) -> tuple[Interval, ...]:
        """The closed intervals of the support, ascending and apart."""
        found: list[Interval] = []
        for lo, hi in sorted(part.support for _, part in self.shares):
            if found and lo <= found[-1][1]:
                found[-1] = found[-1][0], max(found[-1][1], hi)
            else:
                found.append((lo, hi))
        return tuple(found)

    @property
    def support(self) -> Interval:
        return self._supports[0][0], self._supports[-1][1]

    @property
    def gaps(self) -> tuple[Interval, ...]:
        return tuple((left[1], right[0]) for left, right in zip(self._supports, self._supports[1:], strict=False))

    @cached_property
    def _tails(self) -> Tails:
        sides = zip(*(part.tails for _, part in self.shares), strict=True)
        left, right = (min((tail for tail in side if tail is not None), default=None) for side in sides)
        return left, right

    @property
    def tails(self) -> Tails:
        return self._tails

    @property
    def meanless(self) -> Mapping[float, float]:
        found: defaultdict[float, list[float]] = defaultdict(list)
        for weight, part in self.shares:
            for power, coefficient in part.meanless.items():
                found[power].append(weight * coefficient)
        return {power: fsum(coefficients) for power, coefficients in found.items()}

    @property
    def breakpoints(self) -> Array:
        return self._breakpoints

    @cached_property
    def _breakpoints(self) -> Array:
        own = np.concatenate([part.breakpoints for _, part in self.shares])
        if len(self.shares) == 1:
            return np.unique(own)
        centres, scales = np.array([(part.centre, part.scale) for _, part in self.shares]).T
        return np.unique(np.concatenate([own, bends(self.log_components, centres, scales)]))

    @property
    def mean(self) -> float:
        return fsum(weight * part.mean for weight, part in self.shares)

    @property
    def sd(self) -> float:
        return sqrt(fsum(weight * (part.sd**2 + (part.mean - self.mean) ** 2) for weight, part in self.shares))

    def log_density(self, x: Array, past: Array | float = 0.0) -> Array:
        shape = np.broadcast_shapes(np.shape(x), np.shape(past))
        each = self.log_components(x, past)
        if len(each) == 1:
            return each.reshape(shape)
        top = each.max(axis=0)
        held = np.where(top > -inf, top, 0.0)
        with np.errstate(divide="ignore"):  # beside the support every component is 0
            return (held + np.log(np.exp(each - held).sum(axis=0))).reshape(shape)

    def cdf(self, x: Array) -> Array:
        return self._summed(x, lambda part, at: part.cdf(at), 1.0)

    def survival(self, x: Array) -> Array:
        return self._summed(x, lambda part, at: part.survival(at), -1.0)

    def _summed(self, x: Array, of: Callable[[Component, Array], Array], sign: float) -> Array:
        flat = np.ravel(np.asarray(x, np.float64))
        if self.bells is not None:
            w, m, s = self.bells
            return (w * ndtr(sign * (flat - m) / s)).sum(axis=0).reshape(np.shape(x))
        total = np.zeros_like(flat)
        for weight, part in self.shares:
            total += weight * of(part, flat)
        return total.reshape(np.shape(x))

    def quantile(self, u: Array) -> Array:
        flat = np.ravel(u)
        each = np.stack([part.quantile(flat) for _, part in self.shares])
        lo, hi = each.min(axis=0), each.max(axis=0)
        if len(each) > 1:
            lo, hi = quantile_brackets(self.cdf, flat, lo, hi)
        return (0.5 * (lo + hi)).reshape(np.shape(u))

    def sample(self, n: int, rng: np.random.Generator) -> Array:
        weights, parts = zip(*self.shares, strict=True)
        chosen = rng.choice(len(parts), size=n, p=weights)
        drawn = np.empty(n)
        for k, part in enumerate(parts):
            own = np.flatnonzero(chosen == k)
            drawn[own] = part.sample(len(own), rng)
        return drawn


def normal(mean: float, sd: float) -> Mixture:
    """Return N(mean, sd^2)."""
    return Mixture((1.0,), (Normal(float(mean), float(sd)),))


def bells(weights: tuple[float, ...], means: tuple[float, ...], sds: tuple[float, ...]) -> Mixture:
    """Return SUM_k w_k N(m_k, s_k^2)."""
    return Mixture(tuple(weights), tuple(Normal(m, s) for m, s in zip(means, sds, strict=True)))


def quantile_brackets(cdf: Callable[[Array], Array], u: Array, lo: Array, hi: Array) -> tuple[Array, Array]:
    """Return brackets of the quantiles of u, halved until float64 has no point between their ends."""
    for _ in range(100):
        middle = 0.5 * (lo + hi)
        below = cdf(middle) < u
        lo, hi = np.where(below, middle, lo), np.where(below, hi, middle)
    return lo, hi
