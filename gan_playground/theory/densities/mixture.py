"""Mixtures of normals on the line, and the one grammar in which they are typed."""
# ruff: noqa: D102 -- the protocol says what the members of a law are

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import inf, log, pi, sqrt
from typing import Final, Self

import numpy as np
from scipy.special import ndtr, ndtri

from gan_playground.parsing.values import shown
from gan_playground.theory.densities.law import Array, Tail, Tails
from gan_playground.words import Refusal

_SPREAD: Final = np.array([-9.5, -6.0, -3.5, -1.5, 0.0, 1.5, 3.5, 6.0, 9.5])
"""Where a bell is cut into panels, in scales from its centre."""

_SIZE = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_TERM: Final = re.compile(rf"(?:({_SIZE})\*)?N\(([+-]?{_SIZE}),([+-]?{_SIZE})\)")
_MOST_COMPONENTS: Final = 64
_LONGEST_TEXT: Final = 4096


@dataclass(frozen=True)
class Mixture:
    """A mixture of normals, SUM_k w_k N(m_k, s_k^2), written ``0.33*N(-1,0.255)+0.67*N(2,1.415)`` with s_k the sd.

    >>> Mixture.parse("0.5*N(0,1)+0.5*N(4,1)").means
    (0.0, 4.0)
    """

    weights: tuple[float, ...]
    means: tuple[float, ...]
    sds: tuple[float, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a mixture: weights that sum to 1 (to 1e-6, then made exact), means, standard deviations; or ``N(0,1)``.

        Raises:
            Refusal: text of another shape, weights that are not positive or do not sum to 1, a standard deviation
                that is not positive, or one so small beside its mean that float64 cannot tell its points apart.

        """
        typed = shown(text, 60)
        compact = "".join(text.split())
        if len(compact) > _LONGEST_TEXT or compact.count("N") > _MOST_COMPONENTS:
            raise Refusal("errors.mixture_size", value=typed, limit=_MOST_COMPONENTS)
        terms: list[re.Match[str]] = []
        at = 0
        while (term := _TERM.match(compact, at)) is not None:
            terms.append(term)
            at = term.end() + 1
            if at > len(compact) or compact[at - 1] != "+":
                break
        if not terms or terms[-1].end() != len(compact):
            raise Refusal("errors.mixture_shape", value=typed)
        if len(terms) > 1 and any(term[1] is None for term in terms):
            raise Refusal("errors.mixture_weightless", value=typed)
        weights = np.array([1.0 if term[1] is None else float(term[1]) for term in terms])
        means, sds = [float(term[2]) for term in terms], [float(term[3]) for term in terms]
        if not (weights > 0.0).all():
            raise Refusal("errors.mixture_weight", value=typed)
        if not abs(weights.sum() - 1.0) <= 1e-6:
            raise Refusal("errors.mixture_sum", value=typed, total=f"{weights.sum():.7g}")
        for term, mean, sd in zip(terms, means, sds, strict=True):
            if not 0.0 < sd < inf:
                raise Refusal("errors.mixture_sd", value=typed, sd=term[3])
            if not (1e-12 <= sd <= 1e12 and abs(mean) <= 1e9 * sd):
                raise Refusal("errors.mixture_scale", value=f"N({term[2]},{term[3]})")
        return cls(tuple((weights / weights.sum()).tolist()), tuple(means), tuple(sds))

    def __str__(self) -> str:
        if len(self.weights) == 1:
            return f"N({self.means[0]:.15g},{self.sds[0]:.15g})"
        terms = zip(self.weights, self.means, self.sds, strict=True)
        return "+".join(f"{w:.15g}*N({m:.15g},{s:.15g})" for w, m, s in terms)

    @cached_property
    def table(self) -> Array:
        """Weights, means and standard deviations as rows [3, k, 1], components in order of mean."""
        order = np.lexsort((self.sds, self.means))
        return np.array([self.weights, self.means, self.sds])[:, order, None]

    @cached_property
    def _log_heights(self) -> Array:
        return np.log(self.table[0]) - np.log(self.table[2]) - 0.5 * log(2.0 * pi)

    @property
    def support(self) -> tuple[float, float]:
        return -inf, inf

    @property
    def tails(self) -> Tails:
        right = min(Tail(0.5 / s**2, -m / s**2, 0.0) for m, s in zip(self.means, self.sds, strict=True))
        left = min(Tail(0.5 / s**2, m / s**2, 0.0) for m, s in zip(self.means, self.sds, strict=True))
        return left, right

    @property
    def breakpoints(self) -> Array:
        return np.unique(self.table[1] + self.table[2] * _SPREAD)

    @property
    def mean(self) -> float:
        return float(np.dot(self.weights, self.means))

    @property
    def sd(self) -> float:
        w, m, s = self.table
        return sqrt(float((w * (s**2 + (m - self.mean) ** 2)).sum()))

    def log_components(self, x: Array) -> Array:
        """Return log(w_k N(x; m_k, s_k)), shape [k, x.size]."""
        _, m, s = self.table
        return self._log_heights - 0.5 * np.square((np.ravel(x) - m) / s)

    def log_density(self, x: Array) -> Array:
        each = self.log_components(x)
        if len(each) == 1:
            return each.reshape(np.shape(x))
        top = each.max(axis=0)
        return (top + np.log(np.exp(each - top).sum(axis=0))).reshape(np.shape(x))

    def cdf(self, x: Array) -> Array:
        w, m, s = self.table
        return (w * ndtr((np.ravel(x) - m) / s)).sum(axis=0).reshape(np.shape(x))

    def quantile(self, u: Array) -> Array:
        _, m, s = self.table
        each = m + s * ndtri(np.ravel(u))
        lo, hi = each.min(axis=0), each.max(axis=0)
        if len(each) > 1:
            lo, hi = _bisect(self.cdf, np.ravel(u), lo, hi)
        return (0.5 * (lo + hi)).reshape(np.shape(u))

    def sample(self, n: int, rng: np.random.Generator) -> Array:
        chosen = rng.choice(len(self.weights), size=n, p=self.weights)
        return np.take(self.means, chosen) + np.take(self.sds, chosen) * rng.standard_normal(n)


def normal(mean: float, sd: float) -> Mixture:
    """Return N(mean, sd^2)."""
    return Mixture((1.0,), (float(mean),), (float(sd),))


def _bisect(cdf: Callable[[Array], Array], u: Array, lo: Array, hi: Array) -> tuple[Array, Array]:
    """Return brackets of the quantiles of u, halved until float64 has no point between their ends."""
    for _ in range(80):
        middle = 0.5 * (lo + hi)
        below = cdf(middle) < u
        lo, hi = np.where(below, middle, lo), np.where(below, hi, middle)
    return lo, hi
