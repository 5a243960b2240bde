"""Saddle points: quadratic games in which every step is known, and the rate that f-GAN's Theorem 1 guarantees.

    F(theta, omega) = 1/2 theta'A theta + theta'B omega - 1/2 omega'C omega,    min over theta, max over omega.

With A and C positive definite F is strongly convex-concave and its saddle point is 0; with A = C = 0 and B = 1 it is
the bilinear game xy, whose single steps spiral out.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

Order = Literal["single-step", "alternating"]
ORDERS: Final[tuple[Order, ...]] = ("single-step", "alternating")
"""Both players at once from the same point (Nowozin et al. 2016, algorithm 1), or omega first and theta after it."""


@dataclass(frozen=True, eq=False)
class Quadratic:
    """A game by its A ``[n, n]``, C ``[m, m]``, both symmetric, and B ``[n, m]``; points (theta, omega) ``[n + m]``."""

    A: Array
    B: Array
    C: Array

    @cached_property
    def hessian(self) -> Array:
        """H = [[A, B], [B', -C]] ``[n + m, n + m]``: grad F(pi) = H pi."""
        return np.block([[self.A, self.B], [self.B.T, -self.C]])

    @cached_property
    def turn(self) -> Array:
        """M = [[A, B], [-B', C]]: what a step goes along, theta downhill and omega uphill."""
        return np.block([[self.A, self.B], [-self.B.T, self.C]])

    @property
    def convexity(self) -> float:
        """delta: the least eigenvalue of A and C, the constant of strong convexity and concavity."""
        return float(min(np.linalg.eigvalsh(self.A)[0], np.linalg.eigvalsh(self.C)[0]))

    @property
    def smoothness(self) -> float:
        """L: the Lipschitz constant of grad J = H^2 pi, the largest eigenvalue of H^2."""
        return float(np.max(np.square(np.linalg.eigvalsh(self.hessian))))

    def value(self, point: Array) -> Array:
        """F ``[...]`` at points ``[..., n + m]``."""
        return 0.5 * np.einsum("...i,ij,...j->...", point, self.hessian, point)

    def energy(self, point: Array) -> Array:
        """J = 1/2 |grad F|^2 ``[...]`` at points ``[..., n + m]``."""
        return 0.5 * np.square(point @ self.hessian).sum(-1)

    def move(self, order: Order, rate: float) -> Array:
        """The matrix ``[n + m, n + m]`` of one step of size ``rate``: pi -> move pi.

        Single: I - rate M. Alternating: omega moves first, and theta sees it where it has come to.
        """
        eye, n = np.eye(len(self.turn)), len(self.A)
        step = eye - rate * self.turn
        if order == "single-step":
            return step
        first, second = eye.copy(), eye.copy()
        first[n:], second[:n] = step[n:], step[:n]
        return second @ first

    def path(self, start: Array, order: Order, rate: float, steps: int) -> Array:
        """The points ``[steps + 1, n + m]`` from ``start`` on."""
        move, points = self.move(order, rate), [np.asarray(start, np.float64)]
        for _ in range(steps):
            points.append(move @ points[-1])
        return np.stack(points)


@dataclass(frozen=True, slots=True)
class Guarantee:
    """Theorem 1: with steps of ``rate`` = delta / L, J(pi_t) <= ``factor``^t J(pi_0), factor = 1 - delta^2 / (2 L).

    ``sharper`` = 1 - delta^2 / L is what the proof gives without its last estimate; where A = C = delta I and B is
    delta's multiple of an orthogonal matrix it is reached exactly.
    """

    rate: float
    factor: float
    sharper: float


def guarantee(game: Quadratic) -> Guarantee:
    """Return what f-GAN's Theorem 1 promises of the single-step method (Nowozin et al. 2016, theorem 1).

    Raises:
        ValueError: the game is not strongly convex-concave.

    """
    delta, L = game.convexity, game.smoothness
    if not delta > 0.0:
        raise ValueError(f"Theorem 1 asks for strong convexity, but its constant is {delta:g}")
    return Guarantee(delta / L, 1.0 - delta**2 / (2.0 * L), 1.0 - delta**2 / L)


def isotropic(delta: float, coupling: float) -> Quadratic:
    """F = delta/2 x^2 + coupling x y - delta/2 y^2: one number each; ``delta`` = 0 and ``coupling`` = 1 is xy."""
    one = np.eye(1)
    return Quadratic(delta * one, coupling * one, delta * one)


def spread(delta: float, coupling: float) -> Quadratic:
    """F = delta/2 x^2 + coupling x y - delta y^2: strongly convex-concave with delta, but not isotropic.

    Its measured rate lies below the sharper guarantee, as a game's does in general.
    """
    one = np.eye(1)
    return Quadratic(delta * one, coupling * one, 2.0 * delta * one)


BILINEAR: Final = isotropic(0.0, 1.0)
"""F = xy."""


def random_game(seed: int, n: int = 4, m: int = 4) -> Quadratic:
    """Return a strongly convex-concave game: eigenvalues of A and C in [1/2, 2], entries of B normal."""
    rng = np.random.default_rng(seed)

    def definite(size: int) -> Array:
        frame = np.linalg.qr(rng.normal(size=(size, size)))[0]
        return frame @ np.diag(rng.uniform(0.5, 2.0, size)) @ frame.T

    return Quadratic(definite(n), rng.normal(size=(n, m)), definite(m))
