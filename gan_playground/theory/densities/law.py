"""What a law on the line is: a value whose density is known, elementwise on float64 arrays of any shape."""

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


class Density(Protocol):
    """A law on the line with a known density."""

    @property
    def support(self) -> tuple[float, float]:
        """The closed interval outside which the density is 0."""
        ...

    @property
    def tails(self) -> Tails:
        """How the density falls to the left and to the right."""
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

    def log_density(self, x: Array) -> Array:
        """Return log p(x), -inf outside the support."""
        ...

    def cdf(self, x: Array) -> Array:
        """Return P(X <= x)."""
        ...

    def quantile(self, u: Array) -> Array:
        """Return the x with P(X <= x) = u, for 0 < u < 1."""
        ...

    def sample(self, n: int, rng: np.random.Generator) -> Array:
        """Return n independent draws."""
        ...
