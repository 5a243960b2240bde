"""Why Wasserstein: two equal shapes moved apart, every distance and its slope, and what each critic tells."""

from functools import lru_cache
from typing import Final

import numpy as np

from gan_playground.page.mathml import formula
from gan_playground.page.panels.panel import Answer, Panel, Values, choice, number, numbers
from gan_playground.theory.shifted_laws import DISTANCES, SHIFTED_LAWS, WIDTH, ShiftedDistance, shifted_distance

FARTHEST: Final = 35.0
STEP: Final = 0.1

AT: Final = number("at", "9", 0.0, FARTHEST)
SHAPE: Final = choice("shape", *SHIFTED_LAWS)
JS: Final = choice("js", "jsd", "js")
"""Jensen-Shannon as the papers on Wasserstein write it, or the f-GAN paper's, twice that."""

MEASURES: Final = tuple(key for key in DISTANCES if key not in ("js", "jsd", "w1"))
"""What may stand above the two that are always there."""

MEASURE: Final = choice("measure", *MEASURES)


ROWS: Final = ("measure", "js", "w1")
"""The distances in sight, one below another."""


def curves(values: Values) -> Answer:
    """Return the three distances in sight along shifts 0, 0.1, ..., 35: logarithms of values and of slopes."""
    keys = {"measure": values["measure"], "js": values["js"], "w1": "w1"}
    return {place: _along(values["shape"], key) for place, key in keys.items()}


@lru_cache(maxsize=64)
def _along(shape: str, distance: str) -> dict[str, str]:
    found: ShiftedDistance = shifted_distance(shape, distance, np.linspace(0.0, FARTHEST, round(FARTHEST / STEP) + 1))
    return {"value": numbers(found.log_value), "slope": numbers(found.log_slope)}


PANEL: Final = Panel(
    "shift",
    (AT, SHAPE, MEASURE, JS),
    {"curves": curves},
    formulas={
        "saturating": formula(r"\log(1-D^*)"),
        "non-saturating": formula(r"-\log D^*"),
        "critic": formula(r"-f^*"),
    },
    about={
        "rows": list(ROWS),
        "step": STEP,
        "width": WIDTH,
        "most": {key: SHIFTED_LAWS["lines"].distances[key](np.ones(1)).value.item() for key in ("js", "jsd")},
    },
)
