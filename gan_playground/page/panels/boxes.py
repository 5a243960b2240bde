"""Moving boxes: plans edited by hand beside the cheapest, their prices, two clouds, and a joint distribution."""

from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

import numpy as np

from gan_playground.page.mathml import formula
from gan_playground.page.panels.panel import Answer, Panel, Values, choice, number, numbers, whole
from gan_playground.parsing import Field, Pair, Several, Whole, quoted
from gan_playground.theory.transport_plans import (
    ANOTHER_MOVES,
    CLOUDS,
    COSTS,
    CROSSING,
    CROSSING_MOVES,
    EARTH_MOVER,
    EARTH_MOVER_MOVES,
    JOINT,
    JOINT_UNIT,
    Boxes,
    bits,
    cheapest,
    cloud,
    costs,
    entropic,
    margins,
    mutual_information,
    plan_cost,
    price,
)
from gan_playground.words import Refusal

PLACES: Final = 12
"""Boxes and slots stand at whole places from 0 to this."""

MOST_BOXES: Final = 12
MOST_MOVES: Final = 60
MOST_BLUR: Final = 20.0
AXIS: Final = np.linspace(0.0, PLACES, 121)

PLACE: Final = Whole(0, PLACES)
STANDING: Final = Several(PLACE, 1, MOST_BOXES, says="boxes.too_many")
"""One place for each box."""

MOVES: Final = Several(Pair(PLACE, "-", "boxes.not_a_move"), 0, MOST_MOVES, says="boxes.too_many")
"""One move for each box that is carried."""

PARTS: Final = Several(Whole(0, JOINT_UNIT), JOINT.size, JOINT.size, says="boxes.not_a_table")
"""A 4 by 4 table of whole parts, row by row."""


def _listed(numbers: Any) -> str:
    return ",".join(str(int(value)) for value in numbers)


def _moved(pairs: Any) -> str:
    return ",".join(f"{start}-{end}" for start, end in pairs)


SCENE: Final = choice("scene", "boxes", "clouds", "joint")
BOXES: Final = Field("boxes", _listed(EARTH_MOVER.boxes), STANDING)
SLOTS: Final = Field("slots", _listed(EARTH_MOVER.slots), STANDING)
PLAN: Final = Field("plan", _moved(EARTH_MOVER_MOVES), MOVES)
COST: Final = choice("cost", *COSTS)
LOOK: Final = choice("look", "mine", "cheapest")
BLUR: Final = number("blur", "0", 0.0, MOST_BLUR)
REAL: Final = replace(choice("real", *CLOUDS), default="ring")
GENERATED: Final = choice("generated", *CLOUDS)
DX: Final = number("dx", "2.6", -4.0, 4.0)
DY: Final = number("dy", "0.5", -3.0, 3.0)
SEED: Final = whole("seed", "0", 0, 9999)
TABLE: Final = Field("joint", _listed(JOINT.ravel()), PARTS)


def check(values: Values) -> None:
    """Refuse boxes and slots of different numbers, moves between places where none are, and a table of zeros."""
    if len(values["boxes"]) != len(values["slots"]):
        raise Refusal("boxes.uneven", boxes=len(values["boxes"]), slots=len(values["slots"]))
    for start, end in values["plan"]:
        if start not in values["boxes"] or end not in values["slots"]:
            raise Refusal("boxes.nowhere", value=f"{start}-{end}")
    if not any(values["joint"]):
        raise Refusal("boxes.not_a_table", value=quoted(_listed(values["joint"])), most=JOINT.size)


def moving(values: Values) -> Answer:
    """Return the visitor's plan with its margins and cost, the cheapest with its prices, and the blurred one."""
    stand = Boxes(tuple(sorted(values["boxes"])), tuple(sorted(values["slots"])))
    (sources, supply), (targets, demand) = stand.sources, stand.targets
    cost = stand.costs(values["cost"])
    mine = stand.plan(values["plan"])
    sums = margins(mine, supply, demand)
    best = cheapest(supply, demand, cost)
    at_first = float(price(sources[:1].astype(float), targets.astype(float), best.psi, values["cost"])[0])
    zero = at_first - float(sources[0]) if values["cost"] == "distance" else at_first
    blurred = entropic(supply, demand, cost, values["blur"]) if values["blur"] > 0.0 else None
    delivery = (costs(sources.astype(float), AXIS, values["cost"]) - best.phi[:, None]).min(axis=0)
    return {
        "sources": sources.tolist(),
        "supply": supply.tolist(),
        "targets": targets.tolist(),
        "demand": demand.tolist(),
        "mine": mine.tolist(),
        "mine_cost": plan_cost(mine, cost),
        "rows": sums.rows.tolist(),
        "columns": sums.columns.tolist(),
        "met": sums.met,
        "best": best.plan.tolist(),
        "cost": best.cost,
        "dearest": best.dearest,
        "equal": best.all_equal,
        "side": stand.side if values["cost"] == "distance" and best.all_equal else "",
        "at_boxes": (-best.phi - zero).tolist(),
        "at_slots": (best.psi - zero).tolist(),
        "pick_up": numbers(price(AXIS, targets.astype(float), best.psi, values["cost"]) - zero),
        "delivery": numbers(delivery - zero),
        "blurred": None if blurred is None else blurred.plan.tolist(),
        "blurred_cost": None if blurred is None else blurred.cost,
    }


def clouds(values: Values) -> Answer:
    """Return two clouds, the cheapest plan between them as lines, what it costs, and the blurred one."""
    real = cloud(values["real"], 2 * values["seed"])
    fake = cloud(values["generated"], 2 * values["seed"] + 1) + np.array([values["dx"], values["dy"]])
    cost = costs(fake, real, values["cost"])
    share = np.full(len(real), 1.0 / len(real))
    best = cheapest(share, share, cost)
    blurred = entropic(share, share, cost, values["blur"]) if values["blur"] > 0.0 else None
    plan = best.plan if blurred is None else blurred.plan
    found = plan * len(real)
    lines = [[int(i), int(j), float(found[i, j])] for i, j in np.argwhere(found > 0.01)]
    return {
        "real": real.tolist(),
        "generated": fake.tolist(),
        "lines": lines,
        "cost": best.cost,
        "blurred_cost": None if blurred is None else blurred.cost,
    }


@lru_cache(maxsize=8)
def _targets() -> tuple[list[int], list[int]]:
    return JOINT.sum(axis=1).tolist(), JOINT.sum(axis=0).tolist()


def joint(values: Values) -> Answer:
    """Return the table's sums, what they ought to be, and how far it is from the product of its margins."""
    table = np.array(values["joint"]).reshape(JOINT.shape)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    wanted = _targets()
    return {
        "table": table.tolist(),
        "rows": rows.tolist(),
        "columns": columns.tolist(),
        "wanted_rows": wanted[0],
        "wanted_columns": wanted[1],
        "met": rows.tolist() == wanted[0] and columns.tolist() == wanted[1],
        "unit": JOINT_UNIT,
        "information": bits(mutual_information(table)),
        "product": (np.outer(rows, columns) / table.sum()).tolist(),
    }


STARTS: Final = {
    "earth_mover": (EARTH_MOVER, EARTH_MOVER_MOVES),
    "another": (EARTH_MOVER, ANOTHER_MOVES),
    "crossing": (CROSSING, CROSSING_MOVES),
}
"""Boxes, slots and plans to begin with."""


def _start(key: str, stand: Boxes, pairs: Any) -> dict[str, str]:
    return {"key": key, "boxes": _listed(stand.boxes), "slots": _listed(stand.slots), "plan": _moved(pairs)}


PANEL: Final = Panel(
    "boxes",
    (SCENE, BOXES, SLOTS, PLAN, COST, LOOK, BLUR, GENERATED, REAL, DX, DY, SEED, TABLE),
    {"boxes": moving, "clouds": clouds, "joint": joint},
    check,
    formulas={"dual": formula(r"\sum_{y}f(y)-\sum_{x}f(x)"), "information": formula(r"I(X;Y)=D(p(x,y)\|p(x)\,p(y))")},
    about={
        "last": PLACES,
        "most": MOST_MOVES,
        "starts": [_start(key, *start) for key, start in STARTS.items()],
        "product": _listed(np.outer(JOINT.sum(axis=1), JOINT.sum(axis=0)).ravel() // JOINT.sum()),
    },
)
