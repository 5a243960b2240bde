"""Lipschitz: critics at their best, clipped and penalised, trained while one watches; gradients through deep ones."""

from typing import Any, Final

import numpy as np

from gan_playground.data.fixed_pairs import PAIRS
from gan_playground.page.mathml import formula
from gan_playground.page.panels.panel import Answer, Panel, Values, choice, numbers, whole
from gan_playground.page.panels.trainings import SHARED_TRAININGS
from gan_playground.papers.clip_gradients import COURSES
from gan_playground.papers.wgan_gp_surfaces import WITHIN
from gan_playground.serving.shared_trainings import Layers, Surfaces
from gan_playground.theory.densities import Array

MOST_BITES: Final = 40

LEVELS: Final = 16
"""Level lines of a critic's surface."""

DEEP: Final = tuple(name for names, _ in COURSES.values() for name in names)
"""The deep critics, in the order of their strokes."""

SCENE: Final = choice("scene", "surfaces", "layers")
DATA: Final = choice("data", "8-gaussians", "25-gaussians", "swiss-roll")
CLIP: Final = choice("clip", "0.01", "0.1")
WEIGHT: Final = choice("weight", "10", "0.1")
BITE: Final = whole("bite", "0", 0, MOST_BITES)

assert set(PAIRS) == {"25-gaussians", "8-gaussians", "swiss-roll"}


def surfaces(values: Values) -> Answer:
    """Return both critics in sight at a bite of their training: fields, slopes between samples, measures."""
    seen = SHARED_TRAININGS(("surfaces", values["data"]), values["bite"])
    names = {"clip": f"wgan({values['clip']})", "penalty": f"wgan-gp({values['weight']})"}
    critics = {place: seen["critics"][name] for place, name in names.items()}
    return {
        **{key: seen[key] for key in ("step", "last", "bite", "half", "side", "w1")},
        "real": numbers(seen["real"].ravel()),
        "generated": numbers(seen["generated"].ravel()),
        **{place: _told(critic) | {"levels": numbers(levels(critic["field"]))} for place, critic in critics.items()},
    }


def levels(field: Array) -> Array:
    """Return the levels of a surface's lines: the middles of `LEVELS` equal steps from its least to its greatest."""
    edges = np.linspace(float(field.min()), float(field.max()), LEVELS + 1)
    return 0.5 * (edges[1:] + edges[:-1])


def layers(values: Values) -> Answer:
    """Return the deep critics at a bite of their training: log10 of the gradient by layer, and weights in bins."""
    seen = SHARED_TRAININGS(("layers",), values["bite"])
    return {
        **{key: seen[key] for key in ("step", "last", "bite")},
        "critics": {name: _told(critic) for name, critic in seen["critics"].items()},
    }


def _told(critic: dict[str, Any]) -> Answer:
    return {key: numbers(value) if isinstance(value, np.ndarray) else value for key, value in critic.items()}


PANEL: Final = Panel(
    "lipschitz",
    (SCENE, DATA, CLIP, WEIGHT, BITE),
    {"surfaces": surfaces, "layers": layers},
    formulas={"penalty": formula(r"\lambda (\|\nabla f\| - 1)^2")},
    about={
        "steepest": float(Surfaces.BINS[-1]),
        "within": WITHIN,
        "edge": float(Layers.EDGES[-1]),
        "deep": list(DEEP),
    },
)
