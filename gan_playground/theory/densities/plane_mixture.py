"""Mixtures of normals in the plane, and how they are typed: ``0.5*N((0,0),0.3)+0.5*N((2,1),((1,.2),(.2,1)))``."""

import re
from dataclasses import dataclass
from functools import cached_property
from math import inf, log, pi
from typing import Final, Self

import numpy as np

from gan_playground.parsing.values import shown
from gan_playground.theory.densities.grammar import (
    LONGEST_TEXT,
    MOST_COMPONENTS,
    NUMBER,
    SIZE,
    plain,
    shares,
    terms,
    value,
)
from gan_playground.theory.densities.law import Array
from gan_playground.words import Refusal

_PAIR: Final = rf"\(({NUMBER}),({NUMBER})\)"
_TERM: Final = re.compile(rf"(-?{SIZE}(?:/{SIZE})?)?\*?[Nn]\({_PAIR},(?:({NUMBER})|\({_PAIR},{_PAIR}\))\)")


@dataclass(frozen=True, eq=False)
class PlaneMixture:
    """A mixture SUM_k w_k N(m_k, C_k) in the plane: weights [k], means [k, 2], covariances [k, 2, 2]."""

    weights: Array
    means: Array
    covariances: Array

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a mixture of normals, each of a mean and a standard deviation, or of a mean and a covariance.

        Raises:
            Refusal: text of another shape, weights that are not positive or do not sum to 1, a standard deviation that
                is not above 0, a matrix that is no covariance; the sentence names the part.

        """
        typed, compact = shown(text, 60), plain(text)
        if len(compact) > LONGEST_TEXT or compact.upper().count("N") > MOST_COMPONENTS:
            raise Refusal("errors.mixture_size", value=typed, limit=MOST_COMPONENTS)
        found = terms(compact, _TERM, typed)
        weights = shares([term[1] for term in found], typed)
        means = np.array([[value(term[2]), value(term[3])] for term in found])
        covariances = np.array([_covariance(term) for term in found])
        if not np.abs(means).max() <= 1e9 * np.sqrt(np.linalg.eigvalsh(covariances).min()):
            raise Refusal("errors.mixture_scale", value=typed)
        return cls(np.array(weights), means, covariances)

    @cached_property
    def precisions(self) -> Array:
        """The inverse covariances [k, 2, 2]."""
        return np.asarray(np.linalg.inv(self.covariances), np.float64)

    @cached_property
    def _log_heights(self) -> Array:
        return np.log(self.weights) - 0.5 * np.linalg.slogdet(self.covariances)[1] - log(2.0 * pi)

    def log_density(self, x: Array) -> Array:
        """Return log p, ``[..., 2] -> [...]``."""
        each = []
        for height, mean, precision in zip(self._log_heights, self.means, self.precisions, strict=True):
            a, b = x[..., 0] - mean[0], x[..., 1] - mean[1]
            square = precision[0, 0] * a * a + 2.0 * precision[0, 1] * a * b + precision[1, 1] * b * b
            each.append(height - 0.5 * square)
        return np.logaddexp.reduce(each, axis=0)

    def sample(self, n: int, rng: np.random.Generator) -> Array:
        """Return n independent draws [n, 2]."""
        which = rng.choice(len(self.weights), size=n, p=self.weights / self.weights.sum())
        roots = np.linalg.cholesky(self.covariances)
        return self.means[which] + np.einsum("nij,nj->ni", roots[which], rng.standard_normal((n, 2)))


def _covariance(term: re.Match[str]) -> Array:
    """Return the covariance of a typed normal: sd^2 on the diagonal, or the matrix."""
    if term[4] is not None:
        sd = value(term[4])
        if not 0.0 < sd < inf:
            raise Refusal("errors.mixture_sd", value=shown(term[0]), sd=shown(term[4]))
        return np.diag([sd * sd, sd * sd])
    matrix = np.array([[value(term[5]), value(term[6])], [value(term[7]), value(term[8])]])
    sound = np.isfinite(matrix).all() and matrix[0, 1] == matrix[1, 0]
    if not (sound and matrix[0, 0] > 0.0 and np.linalg.det(matrix) > 1e-12 * matrix[0, 0] * matrix[1, 1] > 0.0):
        raise Refusal("errors.mixture_covariance", value=shown(term[0], 60))
    return matrix
