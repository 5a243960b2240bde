"""What the loss says: a critic's estimate against the exact distance while a generator is moved away."""

from typing import Any, Final

import numpy as np

from gan_playground.engine.shift_estimates import ESTIMATORS, SHIFTS, STEPS, penalised
from gan_playground.page.mathml import formula
from gan_playground.page.panels.panel import Answer, Panel, Values, number, numbers, whole
from gan_playground.page.panels.trainings import SHARED_TRAININGS
from gan_playground.serving.shared_trainings import Moved

AT: Final = number("at", "4", SHIFTS[0], SHIFTS[-1])
BITE: Final = whole("bite", "0", 0, STEPS // Moved.bite)
WEIGHT: Final = 10.0


def estimates(values: Values) -> Answer:
    """Return the three estimates along the shifts at a bite of their training, the truth, and every critic's values.

    Where the visitor is (``at``) is looked up by the page: nothing here depends on it.
    """
    seen = SHARED_TRAININGS(("moved",), values["bite"])
    return {
        **{key: seen[key] for key in ("step", "last", "bite", "nodes")},
        "shifts": list(SHIFTS),
        "soft": numbers(penalised(np.array(SHIFTS), WEIGHT)),
        **{name: _told(seen["kinds"][name]) for name in ESTIMATORS},
    }


def _told(kind: dict[str, Any]) -> Answer:
    return {key: numbers(value) for key, value in kind.items()}


PANEL: Final = Panel(
    "estimates",
    (AT, BITE),
    {"estimates": estimates},
    formulas={"wgan-gp": formula(r"E_p f - E_q f"), "gan": formula(r"\frac{1}{2} L + \log 2")},
)
