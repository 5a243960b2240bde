"""The family: every f-divergence between two typed or dragged mixtures, where it comes from, and its best normal."""

import threading
from functools import partial
from typing import Any, Final

import numpy as np

from gan_playground.page.icons import icon
from gan_playground.page.mathml import formula
from gan_playground.page.panels.panel import (
    Answer,
    Field,
    Panel,
    Values,
    canvas,
    hint,
    mixture,
    number,
    numbers,
    several,
    slider,
    typed,
    word,
)
from gan_playground.parsing import shown
from gan_playground.theory.best_normals import FITTED, PAPERS_MIXTURE, PUBLISHED, nearest_normal
from gan_playground.theory.densities import Mixture
from gan_playground.theory.divergence_curves import T, U, V, along, interval, profile, window
from gan_playground.theory.divergence_table import exact_values
from gan_playground.theory.divergences import FAMILIES, KEYS, Divergence, Family, divergence
from gan_playground.theory.exact import Exact
from gan_playground.words import Refusal

POINTS: Final = 401
MOST: Final = 3
"""Divergences drawn at a time: at most three lines a chart."""


def view(text: str) -> tuple[float, float]:
    """Read the ends of the axis, ``low:high``.

    Raises:
        Refusal: no two numbers within a million, the first below the second.

    """
    low, _, high = text.partition(":")
    try:
        ends = float(low), float(high)
    except ValueError:
        ends = np.nan, np.nan
    if not -1e6 <= ends[0] < ends[1] <= 1e6:
        raise Refusal("family.not_a_view", value=shown(text))
    return ends


P: Final = mixture("p", str(PAPERS_MIXTURE))
Q: Final = mixture("q", "N(1,1.8)")
SHOW: Final = several("show", "kl,reverse-kl,js", KEYS, MOST)
VIEW: Final = Field("view", "-6:8", view)
PARAMETERS: Final = {
    key: number(family.name, f"{family.default:g}", *family.shown) for key, family in reversed(FAMILIES.items())
}
"""The field that holds each family's parameter, in the order of the controls."""


def parameters(values: Values) -> dict[str, float]:
    """Return the families' parameters by their divergence."""
    return {key: values[field.key] for key, field in PARAMETERS.items()}


def drawn(values: Values) -> dict[str, Divergence]:
    """Return the divergences in sight, in their order."""
    given = parameters(values)
    return {key: divergence(key, given.get(key)) for key in values["show"]}


def curves(values: Values) -> Answer:
    """Return what stands above one axis: the integrand and T* of every divergence in sight, on `POINTS`."""
    low, high = values["view"]
    p, q, x = values["p"], values["q"], np.linspace(low, high, POINTS)
    found = {key: along(member, p, q, x) for key, member in drawn(values).items()}
    return {
        "view": list(values["view"]),
        "lines": {
            key: {"integrand": numbers(_held(line.integrand)), "critic": numbers(_held(line.critic))}
            for key, line in found.items()
        },
    }


def _held(values: Any) -> Any:
    """What a drawing can use: beyond it a line has left its frame long before."""
    return np.clip(values, -1e30, 1e30)


def table(values: Values) -> Answer:
    """Return every value, as the command line prints it, and why it is infinite where it is."""
    found = exact_values(values["p"], values["q"], parameters(values))
    return {
        "values": {key: _entry(exact) for key, exact in found.items()},
        "mirror": _mirrored(values["p"], values["q"]),
    }


def _entry(exact: Exact) -> dict[str, Any]:
    why = exact.reason
    return {
        "text": str(exact),
        "value": None if exact.value == np.inf else exact.value,
        "why": None if why is None else {"en": why.say("en"), "ko": why.say("ko")},
    }


def _mirrored(p: Mixture, q: Mixture) -> bool:
    """Tell whether p and q are the same mixture: every divergence is then 0 (the GAN's -log 4)."""
    return bool(p.table.shape == q.table.shape and np.array_equal(p.table, q.table))


def pair(values: Values) -> Answer:
    """Return what follows p and q while they are dragged: curves and table in one answer."""
    return curves(values) | table(values)


def fit_view(values: Values) -> Answer:
    """Return an axis that shows p and q: the one in force where it does, without being much too wide."""
    low, high = window(values["p"], values["q"])
    now = values["view"]
    fits = now[0] <= low + 0.1 * (high - low) and now[1] >= high - 0.1 * (high - low)
    if fits and now[1] - now[0] <= 2.0 * (high - low):
        low, high = now
    wanted = f"{low:.12g}:{high:.12g}"
    try:
        view(wanted)
    except Refusal:  # farther out, or narrower, than an axis can tell: the one in force stays
        wanted = f"{now[0]:.12g}:{now[1]:.12g}"
    return {"view": wanted}


def profiles(values: Values) -> Answer:
    """Return f, f', f*, g_f of every divergence in sight on their fixed axes, with formulas of the first of them."""
    found = {}
    for key, member in drawn(values).items():
        lines = profile(member)
        found[key] = {
            "f": numbers(_held(lines.f)),
            "slope": numbers(_held(lines.slope)),
            "conjugate": numbers(np.where(np.isfinite(lines.conjugate), lines.conjugate, np.nan)),
            "activation": numbers(_held(lines.activation)),
        }
    first = next(iter(drawn(values).values()))
    return {
        "u": [float(U[0]), float(U[-1])],
        "t": [float(T[0]), float(T[-1])],
        "v": [float(V[0]), float(V[-1])],
        "lines": found,
        "formulas": {
            "f": formula(f"f(u)={first.f_formula.latex}"),
            "slope": formula(f"f'(u)={first.slope_formula.latex}"),
            "conjugate": formula(f"f^*(t)={first.conjugate_formula.latex}"),
            "activation": formula(f"g_f(v)={first.activation_formula.latex}"),
            "domain": formula(interval(first)[1]),
        },
        "ends": [_end(first.domain.lo), _end(first.domain.hi)],
    }


def _end(value: float) -> float | None:
    return value if np.isfinite(value) else None


_one_at_a_time: Final = threading.Lock()


def fit(values: Values, key: str) -> Answer:
    """Return the best single normal for p under one divergence, beside the paper's where p is the paper's."""
    with _one_at_a_time:  # a search takes a core for half a second: a crowd of them would hold up every run
        found = nearest_normal(key, values["p"])
    paper = PUBLISHED.get(key) if values["p"] == PAPERS_MIXTURE else None
    return {
        "fit": None if found is None else list(found),
        "paper": None if paper is None else list(paper),
    }


def controls() -> str:
    """The two laws as text, the parameters of the two families, and a few pairs to begin with."""
    pairs = "".join(
        f'<button type="button" data-p="{p}" data-q="{q}" {word(f"family.pair_{name}")}</button>'
        for name, p, q in (
            ("paper", P.default, Q.default),
            ("far", "N(0,1)", "N(4,1)"),
            ("narrow", "N(0,1)", "N(0,0.6)"),
            ("one_mode", "0.5*N(-2,0.5)+0.5*N(2,0.5)", "N(2,0.5)"),
        )
    )
    return (
        typed("family", P)
        + typed("family", Q)
        + f'<div class="control"><div class="head"><label {word("family.pairs")}</label></div>'
        f'<div class="segments wrap pairs" role="group" data-say-aria-label="family.pairs">{pairs}</div></div>'
        + "".join(_slider(FAMILIES[key], field) for key, field in PARAMETERS.items())
    )


def _slider(family: Family, field: Field) -> str:
    """A slider of a family's parameter, from its first step within the range to its last."""
    low, high = (np.ceil(family.shown[0] / family.step), np.floor(family.shown[1] / family.step))
    return slider("family", field, low * family.step, high * family.step, family.step)


FUNCTIONS: Final = ("f", "slope", "conjugate", "activation")


def stage() -> str:
    """Densities, integrand and T* above one axis; the table of values; the four functions; the best normals."""
    chips = (
        f'<span class="chip-of"><i class="key p"></i><span {word("family.real")}</span></span>'
        f'<span class="chip-of"><i class="key q"></i><span {word("family.generated")}</span></span>'
        f'<span class="unit" {word("family.drag")}</span>'
    )
    rows = "".join(
        f'<tr data-row="{key}"><th scope="row"><button type="button" aria-pressed="false"><i class="tone"></i>'
        f"<span {word(f'knobs.objective.{key}')}</span></button></th><td></td></tr>"
        for key in KEYS
    )
    rest = "".join(
        f'<tr data-row="{key}"><th scope="row"><span {word(f"family.row_{key}")}</span></th><td></td></tr>'
        for key in ("jsd", "w1")
    )
    functions = "".join(
        f'<div class="function" data-function="{key}"><p class="formula"></p>'
        f"{canvas('family', f'of-{key}', 'low')}</div>"
        for key in FUNCTIONS
    )
    fits = "".join(
        f'<tr data-fit="{key}"><th scope="row"><span {word(f"knobs.objective.{key}")}</span></th>'
        + '<td class="ours"></td>' * 3
        + '<td class="paper"></td>' * 3
        + "</tr>"
        for key in FITTED
    )
    heads = "".join(f"<th>{formula(latex)}</th>" for latex in (r"D_f", r"\mu^*", r"\sigma^*")) * 2
    main = formula(r"D_f(P\|Q)=\int q(x)\,f(p/q)\,dx", block=True)
    return f"""
<div class="family-top first">
  <article class="card scenes"><div class="line">{chips}<span class="unit far" {word("divergences.exact")}</span></div>
    {canvas("family", "densities", "tall")}
    <h3 {word("family.integrand_title")}</h3>{canvas("family", "integrand")}
    <h3 {word("family.critic_title")}</h3>{canvas("family", "critic")}</article>
  <article class="card values"><div class="line"><h2 {word("family.values")}</h2>
      <span class="unit" {word("family.pick")}</span></div>{main}
    <table class="figures"><tbody>{rows}{rest}</tbody></table><p class="hint why"></p></article>
</div>
<article class="card"><div class="line"><h2 {word("family.functions")}</h2><span class="unit name-of"></span></div>
  <div class="functions">{functions}</div><p class="hint"></p></article>
<article class="card fits"><div class="line"><h2 {word("family.fits")}</h2>
    <span class="unit" {word("family.fits_unit")}</span><button type="button" class="button far" data-do="fit">
    {icon("play")}<span {word("family.find")}</span></button></div>
  <div class="pair-of"><div>{canvas("family", "fitted", "tall")}{hint("family", "fits")}</div>
  <div class="scroll"><table class="figures"><thead><tr><th></th><th colspan="3" {word("family.ours")}</th>
    <th colspan="3" {word("family.paper")}</th></tr><tr><th></th>{heads}</tr></thead>
    <tbody>{fits}</tbody></table></div></div>
</article>"""


PANEL: Final = Panel(
    "family",
    (P, Q, SHOW, *PARAMETERS.values(), VIEW),
    controls,
    stage,
    {"pair": pair, "curves": curves, "table": table, "view": fit_view, "profiles": profiles}
    | {f"fit-{key}": partial(fit, key=key) for key in FITTED},
)
