"""Why Wasserstein: two equal shapes moved apart, every distance and its slope, and what each critic tells."""

from functools import lru_cache
from typing import Final

import numpy as np

from gan_playground.page.icons import icon
from gan_playground.page.mathml import formula
from gan_playground.page.panels.panel import (
    Answer,
    Panel,
    Values,
    canvas,
    choice,
    control,
    hint,
    number,
    numbers,
    segments,
    slider,
    titled,
    word,
)
from gan_playground.theory.shifted_laws import DISTANCES, SHAPES, Moved, moved

FARTHEST: Final = 35.0
STEP: Final = 0.1

AT: Final = number("at", "9", 0.0, FARTHEST)
SHAPE: Final = choice("shape", *SHAPES)
JS: Final = choice("js", "jsd", "js")
"""Jensen-Shannon as the papers on Wasserstein write it, or the f-GAN paper's, twice that."""

MEASURES: Final = tuple(key for key in DISTANCES if key not in ("js", "jsd", "w1"))
"""What may stand above the two that are always there."""

MEASURE: Final = choice("measure", *MEASURES)


def curves(values: Values) -> Answer:
    """Return the three distances in sight along shifts 0, 0.1, ..., 35: logarithms of values and of slopes."""
    keys = {"measure": values["measure"], "js": values["js"], "w1": "w1"}
    return {place: _along(values["shape"], key) for place, key in keys.items()}


@lru_cache(maxsize=64)
def _along(shape: str, distance: str) -> dict[str, str]:
    found: Moved = moved(shape, distance, np.linspace(0.0, FARTHEST, round(FARTHEST / STEP) + 1))
    return {"value": numbers(found.log_value), "slope": numbers(found.log_slope)}


def controls() -> str:
    """The distance, the shapes, which divergence stands above, and the convention of Jensen-Shannon."""
    options = "".join(f'<option value="{key}" {word(f"knobs.objective.{key}")}</option>' for key in MEASURES)
    name = 'data-field="measure" data-say-aria-label="shift.measure"'
    menu = f'<span class="select"><select {name}>{options}</select>{icon("down")}</span>'
    return (
        slider("shift", AT, 0.0, FARTHEST, STEP)
        + segments("shift", SHAPE, tuple(SHAPES))
        + control("shift", "measure", menu + hint("shift", "measure"))
        + segments("shift", JS, ("jsd", "js"))
    )


ROWS: Final = ("measure", "js", "w1")


def stage() -> str:
    """The two shapes; distances and slopes as small charts; what each critic tells the generator; the trick."""
    rows = "".join(
        f'<div class="cell-of {row} of-{kind}"><div class="line"><h3 class="name"></h3>'
        f'<span class="formula"></span><b class="now"></b></div>'
        f"{canvas('shift', f'{kind}-{row}')}</div>"
        for row in ROWS
        for kind in ("value", "slope")
    )
    chips = (
        f'<span class="chip-of"><i class="key p"></i><span {word("shift.real")}</span></span>'
        f'<span class="chip-of"><i class="key q"></i><span {word("shift.generated")}</span></span>'
        f'<span class="unit" {word("shift.drag")}</span><span class="unit far" {word("divergences.exact")}</span>'
    )
    told = "".join(
        f'<tr data-told="{key}"><th scope="row">{formula(latex)}</th><td class="at"></td><td class="slope"></td></tr>'
        for key, latex in (
            ("saturating", r"\log(1-D^*)"),
            ("non-saturating", r"-\log D^*"),
            ("critic", r"-f^*"),
        )
    )
    table = f"""
<table class="figures told-table"><thead><tr><th {word("shift.lowers")}</th><th {word("shift.at_q")}</th>
  <th {word("shift.slope_at_q")}</th></tr></thead><tbody>{told}</tbody></table>"""
    return f"""
<article class="card first"><div class="line">{chips}</div>{canvas("shift", "scene", "tall")}</article>
<div class="pair-of">
  <article class="card"><div class="heads"><h2 {word("shift.far")}</h2>
    <h2><span {word("shift.steep")}</span> <span class="unit" {word("shift.steep_unit")}</span></h2></div>
    <div class="six">{rows}</div></article>
  <div class="stack-of">
    <article class="card"><div class="line"><h2 {word("shift.tells")}</h2><span class="unit at-now"></span></div>
      <h3 {word("shift.discriminator")}</h3>{canvas("shift", "discriminator", "low")}
      <h3 {word("shift.critic")}</h3>{canvas("shift", "critic", "low")}{table}</article>
    {titled("shift", "trick", canvas("shift", "trick-chart", "low") + hint("shift", "trick"))}
  </div>
</div>"""


PANEL: Final = Panel("shift", (AT, SHAPE, MEASURE, JS), controls, stage, {"curves": curves})
