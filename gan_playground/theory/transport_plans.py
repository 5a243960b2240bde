"""Transport plans that can be held in the hand: integer boxes, tables with margins, two small clouds of points.

A plan gamma [n, m] moves gamma_ij boxes from place x_i to place y_j; its rows sum to the boxes, its columns to the
slots, and it costs SUM gamma_ij c(x_i, y_j). The cheapest plan's cost is W_c (Kantorovich 1942); its dual is a price
list phi, psi with phi_i + psi_j <= c_ij whose worth SUM a_i phi_i + SUM b_j psi_j is the same number.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Counts = NDArray[np.int64]

COSTS: Final[Mapping[str, Callable[[Array], Array]]] = {"distance": lambda d: d, "square": np.square}
"""What it costs to carry one box over a distance d >= 0: c = d, or d^2."""


def costs(x: Array, y: Array, cost: str) -> Array:
    """Return c(x_i, y_j) [n, m] between places x [n] and y [m] on the line, or points [n, 2] and [m, 2]."""
    gap = np.asarray(x, np.float64)[:, None] - np.asarray(y, np.float64)[None]
    return COSTS[cost](np.abs(gap) if gap.ndim == 2 else np.linalg.norm(gap, axis=2))


def stacks(places: tuple[int, ...]) -> tuple[Counts, Counts]:
    """Return the distinct places, ascending, and how many boxes (or slots) stand at each."""
    found, many = np.unique(np.array(places, np.int64), return_counts=True)
    return found, many.astype(np.int64)


@dataclass(frozen=True, slots=True)
class Boxes:
    """Boxes at whole places, and as many slots: where mass is, and where it must go; each in ascending order."""

    boxes: tuple[int, ...]
    slots: tuple[int, ...]

    @property
    def sources(self) -> tuple[Counts, Counts]:
        """Places with boxes, and how many."""
        return stacks(self.boxes)

    @property
    def targets(self) -> tuple[Counts, Counts]:
        """Places with slots, and how many."""
        return stacks(self.slots)

    def costs(self, cost: str) -> Array:
        """Return c [n, m] between the places of boxes and of slots."""
        return costs(self.sources[0].astype(float), self.targets[0].astype(float), cost)

    def plan(self, moves: tuple[tuple[int, int], ...]) -> Counts:
        """Return moves (from, to) as a table of counts [n, m].

        Raises:
            ValueError: a move starts where no box is, or ends where no slot is.

        """
        rows, columns = (list(side[0]) for side in (self.sources, self.targets))
        table = np.zeros((len(rows), len(columns)), np.int64)
        for start, end in moves:
            table[rows.index(start), columns.index(end)] += 1
        return table

    @property
    def side(self) -> str:
        """Say where the slots lie: all to the "right" of every box, all to the "left", or "" where neither holds.

        On one side every plan costs |SUM y - SUM x| under c = |x - y|: no box can save a step.
        """
        if min(self.slots) > max(self.boxes):
            return "right"
        return "left" if max(self.slots) < min(self.boxes) else ""


@dataclass(frozen=True, slots=True)
class Margins:
    """How far a table's row and column sums are from what they must be: above 0, too many."""

    rows: Array
    columns: Array

    @property
    def met(self) -> bool:
        """Tell whether the table is a plan: every sum is what it must be."""
        return not (np.abs(self.rows).max() > 1e-9 or np.abs(self.columns).max() > 1e-9)


def margins(plan: NDArray[np.number], supply: NDArray[np.number], demand: NDArray[np.number]) -> Margins:
    """Return the excess of each row sum of the plan [n, m] over the supply [n], and of columns over the demand [m]."""
    return Margins(np.asarray(plan.sum(axis=1) - supply, np.float64), np.asarray(plan.sum(axis=0) - demand, np.float64))


def plan_cost(plan: NDArray[np.number], cost: Array) -> float:
    """Return SUM gamma_ij c_ij."""
    return float((plan * cost).sum())


@dataclass(frozen=True, slots=True)
class Cheapest:
    """The cheapest plan [n, m], its cost, its prices phi [n] and psi [m], and what the dearest plan costs.

    phi_i + psi_j <= c_ij everywhere, with equality where the plan moves something. Where ``dearest`` equals ``cost``
    every plan costs the same.
    """

    plan: Array
    cost: float
    phi: Array
    psi: Array
    dearest: float

    @property
    def all_equal(self) -> bool:
        """Tell whether every plan with these margins costs the same."""
        return self.dearest - self.cost <= 1e-9 * max(1.0, abs(self.cost))


def cheapest(supply: NDArray[np.number], demand: NDArray[np.number], cost: Array) -> Cheapest:
    """Return the cheapest plan of these margins by POT's network simplex; whole margins give whole numbers.

    The dearest plan is the cheapest under -c. The prices are POT's, made tight: psi_j = min_i c_ij - phi_i and
    again for phi, so that they hold at places without mass as well.

    Raises:
        ValueError: the margins have different sums.

    """
    import ot

    a, b = np.asarray(supply, np.float64), np.asarray(demand, np.float64)
    if abs(a.sum() - b.sum()) > 1e-9 * a.sum():
        raise ValueError(f"{a.sum():g} cannot be moved to {b.sum():g}")
    found, told = ot.emd(a, b, cost, log=True, numItermax=1_000_000)
    worst = np.asarray(ot.emd(a, b, cost.max() - cost, numItermax=1_000_000))
    psi = (cost - np.asarray(told["u"])[:, None]).min(axis=0)
    phi = (cost - psi[None]).min(axis=1)
    psi = (cost - phi[:, None]).min(axis=0)
    whole = all(np.array_equal(side, np.round(side)) for side in (a, b))
    plan, dearest = np.asarray(found, np.float64), np.asarray(worst, np.float64)
    if whole:
        plan, dearest = np.round(plan), np.round(dearest)
    return Cheapest(plan, plan_cost(plan, cost), phi, psi, plan_cost(dearest, cost))


def price(x: Array, targets: Array, psi: Array, cost: str) -> Array:
    """Return f(x) = max_j (psi_j - c(x, y_j)) at places x [k]: what a box is worth there, by the price list.

    On the boxes' places it is -phi. For c = |x - y| it is the 1-Lipschitz f of Kantorovich and Rubinstein, equal to
    psi on the slots, and SUM b f(y) - SUM a f(x) is the cheapest cost.
    """
    return (psi[None] - costs(x, targets, cost)).max(axis=1)


@dataclass(frozen=True, slots=True)
class Entropic:
    """A plan blurred by entropy: its table [n, m], its own cost (without the entropy), and how many rounds it took."""

    plan: Array
    cost: float
    rounds: int


def entropic(supply: NDArray[np.number], demand: NDArray[np.number], cost: Array, blur: float) -> Entropic:
    """Return argmin SUM gamma c - blur H(gamma) over plans of these margins, H = -SUM gamma log gamma (Cuturi 2013).

    Sinkhorn's rounds on logarithms, the blur halved down to its value; the table that is reached is then put
    exactly on its margins (Altschuler, Weed, Rigollet 2017, algorithm 2).
    """
    a, b = np.asarray(supply, np.float64), np.asarray(demand, np.float64)
    log_a, log_b = np.log(a), np.log(b)
    f, g = np.zeros_like(a), np.zeros_like(b)
    step, rounds = max(blur, float(np.ptp(cost))), 0
    while True:
        last = step <= blur
        for _ in range(400 if last else 8):
            f = step * (log_a - _log_sum((g[None] - cost) / step, 1))
            g = step * (log_b - _log_sum((f[:, None] - cost) / step, 0))
            rounds += 1
            if last and rounds % 8 == 0:
                plan = np.exp((f[:, None] + g[None] - cost) / step)
                if np.abs(plan.sum(axis=1) - a).sum() <= 1e-7 * a.sum():
                    break
        if last:
            break
        step = max(blur, step / 2.0)
    plan = _on_margins(np.exp((f[:, None] + g[None] - cost) / blur), a, b)
    return Entropic(plan, plan_cost(plan, cost), rounds)


def _log_sum(rows: Array, axis: int) -> Array:
    top = rows.max(axis=axis, keepdims=True)
    return np.squeeze(top, axis) + np.log(np.exp(rows - top).sum(axis=axis))


def _on_margins(plan: Array, a: Array, b: Array) -> Array:
    """Return the plan with its rows and columns cut to a and b, and what is missing spread as a product."""
    plan = plan * np.minimum(1.0, a / plan.sum(axis=1))[:, None]
    plan = plan * np.minimum(1.0, b / plan.sum(axis=0))[None]
    rows, columns = a - plan.sum(axis=1), b - plan.sum(axis=0)
    missing = rows.sum()
    return plan + np.outer(rows, columns) / missing if missing > 0.0 else plan


# --- the examples -------------------------------------------------------------------------------------------------

EARTH_MOVER: Final = Boxes((1, 1, 1, 2, 3, 3), (7, 8, 9, 9, 10, 10))
"""Boxes at 1, 2, 3 for slots at 7, 8, 9, 10: every plan costs 42 under |x - y|."""

EARTH_MOVER_MOVES: Final = ((1, 7), (1, 10), (1, 10), (2, 8), (3, 9), (3, 9))

ANOTHER_MOVES: Final = ((1, 8), (1, 9), (1, 9), (2, 7), (3, 10), (3, 10))
"""Another plan of the same boxes."""

CROSSING: Final = Boxes((2, 2, 5, 6), (1, 4, 7, 9))
"""Slots on both sides of the boxes: plans differ under |x - y| as well."""

CROSSING_MOVES: Final = ((2, 7), (2, 9), (5, 1), (6, 4))

JOINT_UNIT: Final = 32
JOINT: Final[Counts] = np.array([[4, 2, 1, 1], [2, 4, 1, 1], [2, 2, 2, 2], [8, 0, 0, 0]])
"""A joint distribution in 32nds with column sums 1/2, 1/4, 1/8, 1/8 and even rows (Cover, Thomas, example 2.2.1)."""


def mutual_information(joint: NDArray[np.number]) -> float:
    """Return KL(joint || product of its margins) in nats, from a table [n, m] of any total: 0 where independent."""
    table = np.asarray(joint, np.float64) / np.sum(joint)
    product = np.outer(table.sum(axis=1), table.sum(axis=0))
    held = table > 0.0
    return float((table[held] * np.log(table[held] / product[held])).sum())


def bits(nats: float) -> float:
    """Return nats as bits."""
    return nats / log(2.0)


# --- two clouds ---------------------------------------------------------------------------------------------------

CLOUD_POINTS: Final = 24


def _disc(rng: np.random.Generator, n: int) -> Array:
    return rng.normal(0.0, 0.45, (n, 2))


def _ring(rng: np.random.Generator, n: int) -> Array:
    turn = 2.0 * np.pi * (np.arange(n) + rng.uniform(0.0, 1.0)) / n
    return 1.6 * np.stack([np.cos(turn), np.sin(turn)], axis=1) + rng.normal(0.0, 0.06, (n, 2))


def _pair(rng: np.random.Generator, n: int) -> Array:
    sides = np.where(np.arange(n) % 2, 1.0, -1.0)
    return np.stack([1.4 * sides, np.zeros(n)], axis=1) + rng.normal(0.0, 0.28, (n, 2))


def _line(rng: np.random.Generator, n: int) -> Array:
    return np.stack([np.zeros(n), np.linspace(-1.6, 1.6, n)], axis=1) + rng.normal(0.0, 0.05, (n, 2))


CLOUDS: Final[Mapping[str, Callable[[np.random.Generator, int], Array]]] = {
    "disc": _disc,
    "ring": _ring,
    "pair": _pair,
    "line": _line,
}


def cloud(kind: str, seed: int, n: int = CLOUD_POINTS) -> Array:
    """Return ``n`` points [n, 2] of the cloud of this name, the same for the same seed."""
    return CLOUDS[kind](np.random.default_rng(seed), n)
