"""The earth-mover's boxes: six boxes at 1, 2, 3 to be moved to 7, 8, 9, 10, and every way to do it.

gamma >= 0 with margins P and Q; its cost is SUM_ij gamma_ij c(x_i, y_j), and W1 the least of them for c = |x - y|
(Arjovsky, Chintala, Bottou 2017, definition of the Earth-Mover distance).
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from gan_playground.papers.record import Array, Beside, Check, Outcome, Progress, Published, Result, Row
from gan_playground.words import Note

SOURCES: Final = {1: 3, 2: 1, 3: 2}
TARGETS: Final = {7: 1, 8: 1, 9: 2, 10: 2}
SHOWN: Final = ((1, 7), (1, 10), (1, 10), (2, 8), (3, 9), (3, 9))
OTHER: Final = ((1, 10), (1, 9), (1, 9), (2, 10), (3, 8), (3, 7))
JOINT: Final = np.array([[4, 2, 1, 1], [2, 4, 1, 1], [2, 2, 2, 2], [8, 0, 0, 0]]) / 32
"""A joint law of two places whose margins are 1/2, 1/4, 1/8, 1/8 (columns) and 1/4 each (rows)."""


def table(moves: tuple[tuple[int, int], ...]) -> Array:
    """Return the plan gamma ``[sources, targets]``, in boxes, of a list of moves."""
    rows, columns = list(SOURCES), list(TARGETS)
    plan = np.zeros((len(rows), len(columns)))
    for start, end in moves:
        plan[rows.index(start), columns.index(end)] += 1
    return plan


def every_plan() -> Iterator[Array]:
    """Yield every whole plan with these margins: source by source, in every way that the targets still allow."""

    def rows(left: tuple[int, ...], boxes: int) -> Iterator[tuple[int, ...]]:
        if len(left) == 1:
            if boxes <= left[0]:
                yield (boxes,)
            return
        for taken in range(min(boxes, left[0]) + 1):
            for others in rows(left[1:], boxes - taken):
                yield taken, *others

    def plans(sources: tuple[int, ...], left: tuple[int, ...]) -> Iterator[list[tuple[int, ...]]]:
        if not sources:
            yield []
            return
        for row in rows(left, sources[0]):
            for below in plans(sources[1:], tuple(had - taken for had, taken in zip(left, row, strict=True))):
                yield [row, *below]

    for plan in plans(tuple(SOURCES.values()), tuple(TARGETS.values())):
        yield np.array(plan, np.float64)


def costs(power: int) -> Array:
    """Return c ``[sources, targets]`` = |x - y|^power."""
    return np.abs(np.subtract.outer(np.array([*SOURCES], float), np.array([*TARGETS], float))) ** power


def _run(_: int, progress: Progress) -> Outcome:
    import ot

    supplies, demands = (np.array([*side.values()], float) for side in (SOURCES, TARGETS))
    shown, other, whole = table(SHOWN), table(OTHER), list(every_plan())
    margins = all(
        np.array_equal(plan.sum(1), supplies) and np.array_equal(plan.sum(0), demands)
        for plan in (shown, other, *whole)
    )
    rows: list[Row] = []
    for power in (1, 2):
        cost = costs(power)
        cheapest, log = ot.emd(supplies, demands, cost, log=True)
        potentials = float(log["u"] @ supplies + log["v"] @ demands)
        every = [float((plan * cost).sum()) for plan in whole]
        rows.append(
            {
                "cost": "|x-y|" if power == 1 else "(x-y)^2",
                "plan_shown": float((shown * cost).sum()),
                "another_plan": float((other * cost).sum()),
                "cheapest": float((cheapest * cost).sum()),
                "dual": potentials,
                "cheapest_of_all": min(every),
                "dearest_of_all": max(every),
                "plans": len(every),
            }
        )
        progress(power / 2)
    near, square = rows
    columns, across = JOINT.sum(0), JOINT.sum(1)
    return Outcome(
        rows=tuple(rows),
        tables={
            "gamma": tuple(
                {"from": start, **{f"to {end}": float(shown[i, j]) for j, end in enumerate(TARGETS)}}
                for i, start in enumerate(SOURCES)
            )
        },
        beside=(
            Beside("gamma, |x-y|", float((shown * costs(1)).sum()), Published(42.0, "derived")),
            Beside("W1, |x-y|", float(near["cheapest"] or 0.0), Published(42.0, "derived")),
            Beside("gamma, (x-y)^2", float((shown * costs(2)).sum()), Published(306.0, "derived")),
            Beside("W2^2, (x-y)^2", float(square["cheapest"] or 0.0), Published(296.0, "derived")),
        ),
        checks=(
            Check(Note("papers.em_margins", {"plans": len(whole)}), margins),
            Check(
                Note("papers.em_every", {"plans": len(whole), "cost": near["dearest_of_all"]}),
                near["cheapest_of_all"] == near["dearest_of_all"] == 42.0,
            ),
            Check(
                Note("papers.em_dual", {"near": near["dual"], "square": square["dual"]}),
                all(abs(float(row["dual"] or 0.0) - float(row["cheapest_of_all"] or 0.0)) < 1e-9 for row in rows),
            ),
            Check(
                Note("papers.em_joint"),
                np.array_equal(columns, [1 / 2, 1 / 4, 1 / 8, 1 / 8]) and np.array_equal(across, np.full(4, 1 / 4)),
            ),
        ),
    )


RESULT: Final = Result(
    name="em-boxes",
    paper="Arjovsky, Chintala, Bottou 2017, Wasserstein GAN",
    place="eq. 1",
    seconds=1.0,
    run=_run,
)
