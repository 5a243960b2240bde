"""What a law on the line is: a value whose density is known, elementwise on float64 arrays of any shape."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Tail(NamedTuple):
    """How fast a density falls: -log p(x) ~ square x^2 + linear |x| + power log|x| as |x| grows.

    Compared in this order: the lesser tail is the heavier one.
    """

    square: float
    linear: float
    power: float


Tails = tuple[Tail | None, Tail | None]
"""The left and the right tail; None where the support ends."""

Interval = tuple[float, float]

LIGHT: Mapping[float, float] = MappingProxyType({})
"""No tail too heavy for a mean."""


class Connected:
    """A law whose support is one interval, with tails that have a mean."""

    @property
    def gaps(self) -> tuple[Interval, ...]:
        """Open intervals within the support on which the density is 0: none."""
        return ()

    @property
    def meanless(self) -> Mapping[float, float]:
        """The tails without a mean: none."""
        return LIGHT


def written(number: float) -> str:
    """Return the shortest text that is read as this number again."""
    text = f"{number:.15g}"
    return text if float(text) == number else repr(number)


class Density(Protocol):
    """A law on the line with a known density.

    Points are given as ``x + past``: where a panel begins and how far into it, so that a narrow law far from 0 keeps
    the digits that their sum would round away.
    """

    @property
    def support(self) -> Interval:
        """The least closed interval outside which the density is 0."""
        ...

    @property
    def gaps(self) -> tuple[Interval, ...]:
        """Open intervals within the support, ascending, on which the density is 0."""
        ...

    @property
    def tails(self) -> Tails:
        """How the density falls to the left and to the right."""
        ...

    @property
    def meanless(self) -> Mapping[float, float]:
        """The tails without a mean, P(|X| > x) ~ SUM_a coefficient_a x^-a with a <= 1: coefficients by a.

        Up to a factor that depends on a alone; the same to the left and to the right.
        """
        ...

    @property
    def breakpoints(self) -> Array:
        """Points, ascending, between which the log-density is smooth and on one scale."""
        ...

    @property
    def mean(self) -> float:
        """The mean; nan where there is none."""
        ...

    @property
    def sd(self) -> float:
        """The standard deviation; inf or nan where there is none."""
        ...

    def log_density(self, x: Array, past: Array | float = 0.0) -> Array:
        """Return log p(x + past), -inf outside the support."""
        ...

    def cdf(self, x: Array) -> Array:
        """Return P(X <= x)."""
        ...

    def survival(self, x: Array) -> Array:
        """Return P(X > x), with its own digits where it is small."""
        ...

    def quantile(self, u: Array) -> Array:
        """Return the x with P(X <= x) = u, for 0 < u < 1."""
        ...

    def sample(self, n: int, rng: np.random.Generator) -> Array:
        """Return n independent draws."""
        ...


class Component(Density, Protocol):
    """A law of one centre and one scale, of which mixtures are made."""

    @property
    def centre(self) -> float:
        """Where it stands: its peak, or its middle."""
        ...

    @property
    def scale(self) -> float:
        """Its width."""
        ...
