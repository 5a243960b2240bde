"""The other one-dimensional toys: uniform, Laplace, Student's t."""
# ruff: noqa: D102 -- the protocol says what the members of a law are

from dataclasses import dataclass
from math import inf, log, pi, sqrt

import numpy as np
from scipy.special import gammaln, stdtr, stdtrit

from gan_playground.theory.densities.law import Array, Tail, Tails


@dataclass(frozen=True)
class Uniform:
    """The uniform law on [lo, hi]."""

    lo: float
    hi: float

    @property
    def support(self) -> tuple[float, float]:
        return self.lo, self.hi

    @property
    def tails(self) -> Tails:
        return None, None

    @property
    def breakpoints(self) -> Array:
        return np.linspace(self.lo, self.hi, 5)

    @property
    def mean(self) -> float:
        return 0.5 * (self.lo + self.hi)

    @property
    def sd(self) -> float:
        return (self.hi - self.lo) / sqrt(12.0)

    def log_density(self, x: Array) -> Array:
        return np.where((x >= self.lo) & (x <= self.hi), -log(self.hi - self.lo), -inf)

    def cdf(self, x: Array) -> Array:
        return np.clip((x - self.lo) / (self.hi - self.lo), 0.0, 1.0)

    def quantile(self, u: Array) -> Array:
        return self.lo + (self.hi - self.lo) * u

    def sample(self, n: int, rng: np.random.Generator) -> Array:
        return rng.uniform(self.lo, self.hi, n)


@dataclass(frozen=True)
class Laplace:
    """The Laplace law exp(-|x - centre| / scale) / (2 scale), of standard deviation sqrt(2) scale."""

    centre: float = 0.0
    scale: float = 1.0

    @property
    def support(self) -> tuple[float, float]:
        return -inf, inf

    @property
    def tails(self) -> Tails:
        return Tail(0.0, 1.0 / self.scale, 0.0), Tail(0.0, 1.0 / self.scale, 0.0)

    @property
    def breakpoints(self) -> Array:
        return self.centre + self.scale * np.array([-36.0, -18.0, -9.0, -4.0, -1.5, 0.0, 1.5, 4.0, 9.0, 18.0, 36.0])

    @property
    def mean(self) -> float:
        return self.centre

    @property
    def sd(self) -> float:
        return sqrt(2.0) * self.scale

    def log_density(self, x: Array) -> Array:
        return -np.abs(x - self.centre) / self.scale - log(2.0 * self.scale)

    def cdf(self, x: Array) -> Array:
        z = (x - self.centre) / self.scale
        half = 0.5 * np.exp(-np.abs(z))
        return np.where(z < 0.0, half, 1.0 - half)

    def quantile(self, u: Array) -> Array:
        return self.centre - self.scale * np.sign(u - 0.5) * np.log1p(-2.0 * np.abs(u - 0.5))

    def sample(self, n: int, rng: np.random.Generator) -> Array:
        return rng.laplace(self.centre, self.scale, n)


@dataclass(frozen=True)
class StudentT:
    """Student's t with ``df`` degrees of freedom, moved to ``centre`` and stretched by ``scale``."""

    df: float
    centre: float = 0.0
    scale: float = 1.0

    @property
    def support(self) -> tuple[float, float]:
        return -inf, inf

    @property
    def tails(self) -> Tails:
        return Tail(0.0, 0.0, self.df + 1.0), Tail(0.0, 0.0, self.df + 1.0)

    @property
    def breakpoints(self) -> Array:
        side = np.concatenate([[0.7, 1.5, 3.0], 6.0 * 3.0 ** np.arange(6)])
        return self.centre + self.scale * np.concatenate([-side[::-1], [0.0], side])

    @property
    def mean(self) -> float:
        return self.centre if self.df > 1.0 else np.nan

    @property
    def sd(self) -> float:
        return self.scale * sqrt(self.df / (self.df - 2.0)) if self.df > 2.0 else inf

    def log_density(self, x: Array) -> Array:
        v = self.df
        height = gammaln((v + 1.0) / 2.0) - gammaln(v / 2.0) - 0.5 * log(v * pi) - log(self.scale)
        return height - 0.5 * (v + 1.0) * np.log1p(np.square((x - self.centre) / self.scale) / v)

    def cdf(self, x: Array) -> Array:
        return stdtr(self.df, (x - self.centre) / self.scale)

    def quantile(self, u: Array) -> Array:
        return self.centre + self.scale * stdtrit(self.df, u)

    def sample(self, n: int, rng: np.random.Generator) -> Array:
        return self.centre + self.scale * rng.standard_t(self.df, n)
