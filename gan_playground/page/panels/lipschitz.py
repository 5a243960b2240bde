"""Lipschitz: critics at their best, clipped and penalised, trained while one watches; gradients through deep ones."""

from typing import Any, Final

import numpy as np

from gan_playground.data.fixed_pairs import PAIRS
from gan_playground.page.mathml import formula
from gan_playground.page.panels.panel import (
    Answer,
    Panel,
    Values,
    canvas,
    choice,
    numbers,
    segments,
    titled,
    whole,
    word,
)
from gan_playground.page.panels.train_bar import SHARED_TRAININGS, train_bar

MOST_BITES: Final = 40

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
    return {
        **{key: seen[key] for key in ("step", "last", "bite", "half", "side", "w1")},
        "real": numbers(seen["real"].ravel()),
        "generated": numbers(seen["generated"].ravel()),
        **{place: _told(seen["critics"][name]) for place, name in names.items()},
    }


def layers(values: Values) -> Answer:
    """Return the deep critics at a bite of their training: log10 of the gradient by layer, and weights in bins."""
    seen = SHARED_TRAININGS(("layers",), values["bite"])
    return {
        **{key: seen[key] for key in ("step", "last", "bite", "edge")},
        "critics": {name: _told(critic) for name, critic in seen["critics"].items()},
    }


def _told(critic: dict[str, Any]) -> Answer:
    return {key: numbers(value) if isinstance(value, np.ndarray) else value for key, value in critic.items()}


# --- markup -------------------------------------------------------------------------------------------------------


def controls() -> str:
    """What is shown; the data; how each critic is held."""
    data = segments("lipschitz", DATA, ("8-gaussians", "25-gaussians", "swiss-roll"))
    held = segments("lipschitz", CLIP, ("0.01", "0.1")) + segments("lipschitz", WEIGHT, ("10", "0.1"))
    return (
        segments("lipschitz", SCENE, ("surfaces", "layers"))
        + f'<div data-scene="surfaces">{data}<div class="two-of">{held}</div></div>'
        + train_bar("lipschitz")
    )


PENALTY: Final = r"\lambda (\|\nabla f\| - 1)^2"


def stage() -> str:
    """Two value surfaces, clipping above, the penalty below, each with its slopes; or the layers."""
    pairs = "".join(
        f"""
<div class="surface-row {which}"><div class="surface-of"><h3 class="name"></h3>
  {canvas("lipschitz", f"field-{which}", "square")}</div>
  <div class="slopes-of"><h3 {word("lipschitz.slopes")}</h3>{canvas("lipschitz", f"slopes-{which}")}
  <dl class="read-outs"></dl></div></div>"""
        for which in ("clip", "penalty")
    )
    return f"""
<article class="card first" data-scene="surfaces"><div class="line">
  <span class="chip-of"><i class="key real"></i><span {word("lipschitz.real")}</span></span>
  <span class="chip-of"><i class="key generated"></i><span {word("lipschitz.generated")}</span></span>
  <span class="far formula">{formula(PENALTY)}</span></div>{pairs}</article>
<div data-scene="layers" class="first">{
        titled(
            "lipschitz",
            "layer_norms",
            canvas("lipschitz", "norms", "tall") + '<div class="names-of"></div>',
            beside=f'<span class="unit far" {word("lipschitz.beside_names")}</span>',
        )
    }
  {titled("lipschitz", "weights", canvas("lipschitz", "weights-chart", "tall"))}</div>"""


PANEL: Final = Panel(
    "lipschitz",
    (SCENE, DATA, CLIP, WEIGHT, BITE),
    controls,
    stage,
    {"surfaces": surfaces, "layers": layers},
)
