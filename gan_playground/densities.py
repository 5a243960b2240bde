"""Laws on the line whose density is known: what a run learns from, and what exact distances are taken between.

A `Density` is a value; its functions are elementwise on float64 arrays of any shape. ``breakpoints`` are where a
quadrature cuts its panels (the scales of every feature, and every kink); ``tails`` say how the density falls at
either end, which is what decides whether a divergence is infinite.
"""
# ruff: noqa: D102 -- the protocol says what the members of each law are

import re
from dataclasses import dataclass
from functools import cached_property
from math import inf, log, pi, sqrt
from typing import Final, Literal, NamedTuple, Protocol, Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, ndtr, ndtri, stdtr, stdtrit

from gan_playground.words import Refusal

Array = NDArray[np.float64]

_SPREAD: Final = np.array([-9.5, -6.0, -3.5, -1.5, 0.0, 1.5, 3.5, 6.0, 9.5])
"""Where a bell is cut into panels, in scales from its centre."""


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


# --- mixtures of normals ----------------------------------------------------------------------------------------

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_TERM: Final = re.compile(rf"(?:({_NUMBER})\*)?N\(({_NUMBER}),({_NUMBER})\)")
_MOST_COMPONENTS: Final = 64
_LONGEST_TEXT: Final = 4096


@dataclass(frozen=True)
class Mixture:
    """A mixture of normals, SUM_k w_k N(m_k, s_k^2), written ``0.33*N(-1,0.255)+0.67*N(2,1.415)`` with s_k the sd."""

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
        shown = text if len(text) <= 60 else text[:57] + "..."
        compact = "".join(text.split())
        if len(compact) > _LONGEST_TEXT or compact.count("N") > _MOST_COMPONENTS:
            raise Refusal("errors.mixture_size", value=shown, limit=_MOST_COMPONENTS)
        terms: list[re.Match[str]] = []
        at = 0
        while (term := _TERM.match(compact, at)) is not None:
            terms.append(term)
            at = term.end() + 1
            if at > len(compact) or compact[at - 1] != "+":
                break
        if not terms or terms[-1].end() != len(compact):
            raise Refusal("errors.mixture_shape", value=shown)
        if len(terms) > 1 and any(term[1] is None for term in terms):
            raise Refusal("errors.mixture_weightless", value=shown)
        weights = np.array([1.0 if term[1] is None else float(term[1]) for term in terms])
        means, sds = [float(term[2]) for term in terms], [float(term[3]) for term in terms]
        if not (weights > 0.0).all():
            raise Refusal("errors.mixture_weight", value=shown)
        if not abs(weights.sum() - 1.0) <= 1e-6:
            raise Refusal("errors.mixture_sum", value=shown, total=f"{weights.sum():.7g}")
        for term, mean, sd in zip(terms, means, sds, strict=True):
            if not 0.0 < sd < inf:
                raise Refusal("errors.mixture_sd", value=shown, sd=term[3])
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

    @cached_property
    def tails(self) -> Tails:
        right = min(Tail(0.5 / s**2, -m / s**2, 0.0) for m, s in zip(self.means, self.sds, strict=True))
        left = min(Tail(0.5 / s**2, m / s**2, 0.0) for m, s in zip(self.means, self.sds, strict=True))
        return left, right

    @cached_property
    def breakpoints(self) -> Array:
        return np.unique(self.table[1] + self.table[2] * _SPREAD)

    @cached_property
    def mean(self) -> float:
        return float(np.dot(self.weights, self.means))

    @cached_property
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


# --- other laws -------------------------------------------------------------------------------------------------


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


# --- generators and pairs ---------------------------------------------------------------------------------------

Latent = Literal["normal", "uniform"]
"""A generator's noise on the line: N(0, 1) or U(-1, 1)."""


def affine(shift: float, scale: float, latent: Latent = "normal") -> Mixture | Uniform:
    """Return the law of shift + scale z, exactly what a linear generator draws from.

    A scale of 0, whose law has no density, is taken as the least positive float64 beside the shift.
    """
    width = max(abs(scale), float(np.spacing(abs(shift))), 1e-150)
    return normal(shift, width) if latent == "normal" else Uniform(shift - width, shift + width)


def log_ratio(p: Density, q: Density, x: Array) -> Array:
    """Return log p(x) - log q(x); near-equal normals and mixtures keep the digits of their difference.

    For paired components with z = (x - m)/s, the log-ratio of one pair is log(w/w') + log(s'/s) - (z - z')(z + z')/2
    with z - z' = ((x - m)(s' - s) + s (m' - m)) / (s s'), and that of the mixtures log(1 + SUM_k r'_k (ratio_k - 1))
    with r'_k the responsibilities under q.
    """
    if not (isinstance(p, Mixture) and isinstance(q, Mixture) and p.table.shape == q.table.shape):
        return _plain_log_ratio(p, q, x)
    (w, m, s), (w2, m2, s2) = p.table, q.table
    moved = max(float(np.max(np.abs(d))) for d in ((w - w2) / w2, (m - m2) / s2, (s - s2) / s2))
    if len(w) > 1 and moved > 0.1:
        return _plain_log_ratio(p, q, x)
    flat = np.ravel(x)
    z, z2 = (flat - m) / s, (flat - m2) / s2
    difference = ((flat - m) * (s2 - s) + s * (m2 - m)) / (s * s2)
    pair = np.log1p((w - w2) / w2) + np.log1p((s2 - s) / s) - 0.5 * difference * (z + z2)
    if len(w) == 1:
        return pair.reshape(np.shape(x))
    log_q = q.log_density(flat)
    close = np.abs(pair).max(axis=0) < 1.0
    shares = np.exp(q.log_components(flat) - log_q)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        fine = np.log1p(np.sum(shares * np.expm1(np.where(close, pair, 0.0)), axis=0))
    return np.where(close, fine, p.log_density(flat) - log_q).reshape(np.shape(x))


def _plain_log_ratio(p: Density, q: Density, x: Array) -> Array:
    """Return log p - log q; nan where both vanish."""
    with np.errstate(invalid="ignore"):
        return p.log_density(x) - q.log_density(x)


def _bisect(cdf: "Cdf", u: Array, lo: Array, hi: Array) -> tuple[Array, Array]:
    """Return brackets of the quantiles of u, halved until float64 has no point between their ends."""
    for _ in range(80):
        middle = 0.5 * (lo + hi)
        below = cdf(middle) < u
        lo, hi = np.where(below, middle, lo), np.where(below, hi, middle)
    return lo, hi


class Cdf(Protocol):
    """A distribution function on arrays."""

    def __call__(self, x: Array, /) -> Array:
        """Return P(X <= x)."""
        ...
