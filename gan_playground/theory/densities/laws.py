"""The laws of one centre and one scale, of which typed laws are made: normal, uniform, Laplace, Student's t."""
# ruff: noqa: D102 -- the protocol says what the members of a law are

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, log, pi, sqrt
from typing import Final

import numpy as np
from scipy.special import gammaln, ndtr, ndtri, stdtr, stdtrit

from gan_playground.theory.densities.law import LIGHT, Array, Connected, Interval, Tail, Tails, written

_BELL: Final = np.array([-9.5, -6.0, -3.5, -1.5, 0.0, 1.5, 3.5, 6.0, 9.5])
"""Where a bell is cut into panels, in scales from its centre."""

_DOUBLE_EXPONENTIAL: Final = np.array([-36.0, -18.0, -9.0, -4.0, -1.5, 0.0, 1.5, 4.0, 9.0, 18.0, 36.0])


class _Everywhere(Connected):
    """A law whose density is above 0 everywhere."""

    @property
    def support(self) -> Interval:
        return -inf, inf


@dataclass(frozen=True)
class Normal(_Everywhere):
    """The normal law of a mean and a standard deviation, written ``N(mean,sd)``."""

    mean: float = 0.0
    sd: float = 1.0

    @property
    def centre(self) -> float:
        return self.mean

    @property
    def scale(self) -> float:
        return self.sd

    @property
    def tails(self) -> Tails:
        square, shift = 0.5 / self.sd**2, self.mean / self.sd**2
        return Tail(square, shift, 0.0), Tail(square, -shift, 0.0)

    @property
    def breakpoints(self) -> Array:
        return np.unique(self.mean + self.sd * _BELL)

    def log_density(self, x: Array, past: Array | float = 0.0) -> Array:
        return -0.5 * np.square(((x - self.mean) + past) / self.sd) - (log(self.sd) + 0.5 * log(2.0 * pi))

    def cdf(self, x: Array) -> Array:
        return ndtr((x - self.mean) / self.sd)

    def survival(self, x: Array) -> Array:
        return ndtr((self.mean - x) / self.sd)

    def quantile(self, u: Array) -> Array:
        return self.mean + self.sd * ndtri(u)

    def sample(self, n: int, rng: np.random.Generator) -> Array:
        return rng.normal(self.mean, self.sd, n)

    def __str__(self) -> str:
        return f"N({written(self.mean)},{written(self.sd)})"


@dataclass(frozen=True)
class Uniform(Connected):
    """The uniform law on [lo, hi], written ``Uniform(lo,hi)``."""

    lo: float
    hi: float

    @property
    def support(self) -> Interval:
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
    def centre(self) -> float:
        return self.mean

    @property
    def scale(self) -> float:
        return 0.5 * (self.hi - self.lo)

    @property
    def sd(self) -> float:
        return (self.hi - self.lo) / sqrt(12.0)

    def log_density(self, x: Array, past: Array | float = 0.0) -> Array:
        inside = ((x - self.lo) + past >= 0.0) & ((x - self.hi) + past <= 0.0)
        return np.where(inside, -log(self.hi - self.lo), -inf)

    def cdf(self, x: Array) -> Array:
        return np.clip((x - self.lo) / (self.hi - self.lo), 0.0, 1.0)

    def survival(self, x: Array) -> Array:
        return np.clip((self.hi - x) / (self.hi - self.lo), 0.0, 1.0)

    def quantile(self, u: Array) -> Array:
        return self.lo + (self.hi - self.lo) * u

    def sample(self, n: int, rng: np.random.Generator) -> Array:
        return rng.uniform(self.lo, self.hi, n)

    def __str__(self) -> str:
        return f"Uniform({written(self.lo)},{written(self.hi)})"


@dataclass(frozen=True)
class Laplace(_Everywhere):
    """The Laplace law exp(-|x - centre| / scale) / (2 scale), of sd sqrt(2) scale, typed ``Laplace(centre,scale)``."""

    centre: float = 0.0
    scale: float = 1.0

    @property
    def tails(self) -> Tails:
        return Tail(0.0, 1.0 / self.scale, 0.0), Tail(0.0, 1.0 / self.scale, 0.0)

    @property
    def breakpoints(self) -> Array:
        return self.centre + self.scale * _DOUBLE_EXPONENTIAL

    @property
    def mean(self) -> float:
        return self.centre

    @property
    def sd(self) -> float:
        return sqrt(2.0) * self.scale

    def log_density(self, x: Array, past: Array | float = 0.0) -> Array:
        return -np.abs((x - self.centre) + past) / self.scale - log(2.0 * self.scale)

    def cdf(self, x: Array) -> Array:
        z = (x - self.centre) / self.scale
        half = 0.5 * np.exp(-np.abs(z))
        return np.where(z < 0.0, half, 1.0 - half)

    def survival(self, x: Array) -> Array:
        z = (x - self.centre) / self.scale
        half = 0.5 * np.exp(-np.abs(z))
        return np.where(z < 0.0, 1.0 - half, half)

    def quantile(self, u: Array) -> Array:
        return self.centre - self.scale * np.sign(u - 0.5) * np.log1p(-2.0 * np.abs(u - 0.5))

    def sample(self, n: int, rng: np.random.Generator) -> Array:
        return rng.laplace(self.centre, self.scale, n)

    def __str__(self) -> str:
        return f"Laplace({written(self.centre)},{written(self.scale)})"


@dataclass(frozen=True)
class StudentT(_Everywhere):
    """Student's t with ``df`` degrees of freedom, moved and stretched, written ``StudentT(df,centre,scale)``."""

    df: float
    centre: float = 0.0
    scale: float = 1.0

    @property
    def tails(self) -> Tails:
        return Tail(0.0, 0.0, self.df + 1.0), Tail(0.0, 0.0, self.df + 1.0)

    @property
    def meanless(self) -> Mapping[float, float]:
        return {self.df: self.scale**self.df} if self.df <= 1.0 else LIGHT

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

    def log_density(self, x: Array, past: Array | float = 0.0) -> Array:
        v = self.df
        height = gammaln((v + 1.0) / 2.0) - gammaln(v / 2.0) - 0.5 * log(v * pi) - log(self.scale)
        return height - 0.5 * (v + 1.0) * np.log1p(np.square(((x - self.centre) + past) / self.scale) / v)

    def cdf(self, x: Array) -> Array:
        return stdtr(self.df, (x - self.centre) / self.scale)

    def survival(self, x: Array) -> Array:
        return stdtr(self.df, (self.centre - x) / self.scale)

    def quantile(self, u: Array) -> Array:
        return self.centre + self.scale * stdtrit(self.df, u)

    def sample(self, n: int, rng: np.random.Generator) -> Array:
        return self.centre + self.scale * rng.standard_t(self.df, n)

    def __str__(self) -> str:
        return f"StudentT({written(self.df)},{written(self.centre)},{written(self.scale)})"
