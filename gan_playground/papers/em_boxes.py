"""The earth-mover's boxes: six boxes at 1, 2, 3 to be moved to 7, 8, 9, 10, and every way to do it.

gamma >= 0 with margins P and Q; its cost is SUM_ij gamma_ij c(x_i, y_j), and W1 the least of them for c = |x - y|
(Arjovsky, Chintala, Bottou 2017, eq. 1).
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from gan_playground.papers.record import Beside, Check, Outcome, Progress, Published, Result, Row
from gan_playground.theory.transport_plans import (
    ANOTHER_MOVES,
    EARTH_MOVER,
    EARTH_MOVER_MOVES,
    JOINT,
    JOINT_UNIT,
    Boxes,
    Counts,
    cheapest,
    margins,
    plan_cost,
)
from gan_playground.words import Note

COSTS: Final = {"distance": "|x-y|", "square": "(x-y)^2"}


def every_plan(boxes: Boxes) -> Iterator[Counts]:
    """Yield every whole plan ``[n, m]`` once: source by source, in every way that the slots still allow."""

    def rows(left: tuple[int, ...], many: int) -> Iterator[tuple[int, ...]]:
        if len(left) == 1:
            if many <= left[0]:
                yield (many,)
            return
        for taken in range(min(many, left[0]) + 1):
            for others in rows(left[1:], many - taken):
                yield taken, *others

    def plans(sources: tuple[int, ...], left: tuple[int, ...]) -> Iterator[list[tuple[int, ...]]]:
        if not sources:
            yield []
            return
        for row in rows(left, sources[0]):
            for below in plans(sources[1:], tuple(had - taken for had, taken in zip(left, row, strict=True))):
                yield [row, *below]

    for plan in plans(tuple(boxes.sources[1].tolist()), tuple(boxes.targets[1].tolist())):
        yield np.array(plan, np.int64)


def _run(_: int, progress: Progress) -> Outcome:
    (starts, supply), (ends, demand) = EARTH_MOVER.sources, EARTH_MOVER.targets
    shown, other = EARTH_MOVER.plan(EARTH_MOVER_MOVES), EARTH_MOVER.plan(ANOTHER_MOVES)
    whole = list(every_plan(EARTH_MOVER))
    rows: list[Row] = []
    for place, (cost, name) in enumerate(COSTS.items()):
        c = EARTH_MOVER.costs(cost)
        found, every = cheapest(supply, demand, c), [plan_cost(plan, c) for plan in whole]
        rows.append(
            {
                "cost": name,
                "plan_shown": plan_cost(shown, c),
                "another_plan": plan_cost(other, c),
                "cheapest": found.cost,
                "dual": float(found.phi @ supply + found.psi @ demand),
                "cheapest_of_all": min(every),
                "dearest_of_all": max(every),
                "plans": len(every),
            }
        )
        progress((place + 1) / len(COSTS))
    near, square = rows
    joint = JOINT / JOINT_UNIT
    return Outcome(
        rows=tuple(rows),
        tables={
            "gamma": tuple(
                {"from": int(start), **{f"to {end}": int(boxes) for end, boxes in zip(ends, row, strict=True)}}
                for start, row in zip(starts, shown, strict=True)
            )
        },
        beside=tuple(
            Beside(what, float(row[key] or 0.0), Published(value, "derived"))
            for what, row, key, value in (
                ("plan shown, |x-y|", near, "plan_shown", 42.0),
                ("W1 (cheapest, |x-y|)", near, "cheapest", 42.0),
                ("plan shown, (x-y)^2", square, "plan_shown", 306.0),
                ("cheapest, (x-y)^2", square, "cheapest", 296.0),
            )
        ),
        checks=(
            Check(
                Note("papers.em_margins", {"plans": len(whole)}),
                all(margins(plan, supply, demand).met for plan in (shown, other, *whole)),
            ),
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
                joint.sum(0).tolist() == [1 / 2, 1 / 4, 1 / 8, 1 / 8] and joint.sum(1).tolist() == [1 / 4] * 4,
            ),
        ),
    )


RESULT: Final = Result(
    name="em-boxes",
    paper="Arjovsky, Chintala, Bottou 2017, Wasserstein GAN",
    seconds=1.0,
    run=_run,
)
