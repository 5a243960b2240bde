"""What the loss says: a critic's estimate against the exact distance while a generator is moved away."""

from typing import Any, Final

import numpy as np

from gan_playground.engine.shift_estimates import ESTIMATORS, SHIFTS, STEPS, penalised
from gan_playground.page.mathml import formula
from gan_playground.page.panels.panel import Answer, Panel, Values, canvas, number, numbers, slider, titled, whole, word
from gan_playground.page.panels.train_bar import SHARED_TRAININGS, train_bar
from gan_playground.serving.shared_trainings import Moved

AT: Final = number("at", "4", SHIFTS[0], SHIFTS[-1])
BITE: Final = whole("bite", "0", 0, STEPS // Moved.bite)
WEIGHT: Final = 10.0

FAR: Final = {"wgan-gp": r"E_p f - E_q f", "gan": r"\frac{1}{2} L + \log 2"}


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


# --- markup -------------------------------------------------------------------------------------------------------


def controls() -> str:
    """How far the generator is moved, and the training."""
    return slider("estimates", AT, SHIFTS[0], SHIFTS[-1], 0.5) + train_bar("estimates")


def stage() -> str:
    """The two laws with the critics of this shift; the Wasserstein estimates, and the Jensen-Shannon one."""
    chips = "".join(
        f'<span class="chip-of"><i class="key {role}"></i><span {word(f"estimates.{key}")}</span></span>'
        for key, role in (("real", "p"), ("generated", "q"), ("critic", "line-critic"), ("discriminator", "line-ink"))
    )
    legend = "".join(
        f'<span class="chip-of"><i class="key {role}"></i><span {word(f"estimates.{key}")}</span></span>'
        for key, role in (
            ("exact", "exact"),
            ("estimate_gp", "line-critic"),
            ("bound_gp", "line-real"),
            ("bound_clip", "line-generated"),
        )
    )
    far = {key: f'<span class="far formula">{formula(latex)}</span>' for key, latex in FAR.items()}
    return f"""
<article class="card first"><div class="line">{chips}<span class="unit far at-now"></span></div>
  {canvas("estimates", "scene", "tall")}</article>
<div class="pair-of">
  {
        titled(
            "estimates",
            "wasserstein",
            canvas("estimates", "w1", "tall")
            + f'<div class="names-of">{legend}</div>'
            + '<dl class="read-outs of-w1"></dl>',
            beside=far["wgan-gp"],
        )
    }
  {
        titled(
            "estimates",
            "jensen_shannon",
            canvas("estimates", "jsd", "tall") + '<dl class="read-outs of-jsd"></dl>',
            beside=far["gan"],
        )
    }
</div>"""


PANEL: Final = Panel("estimates", (AT, BITE), controls, stage, {"estimates": estimates})
