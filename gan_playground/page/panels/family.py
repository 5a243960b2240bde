"""The family: every f-divergence between two typed or dragged mixtures, where it comes from, and its best normal."""

import threading
from functools import partial
from typing import Any, Final

import numpy as np

from gan_playground.page.mathml import formula
from gan_playground.page.panels.panel import Answer, Panel, Values, mixture, number, numbers, several
from gan_playground.parsing import Field, Grammar, finite, quoted
from gan_playground.theory.best_normals import FITTED, PAPERS_MIXTURE, PUBLISHED, nearest_normal
from gan_playground.theory.densities import Mixture
from gan_playground.theory.divergence_curves import T, U, V, along, interval, profile, window
from gan_playground.theory.divergence_table import exact_values
from gan_playground.theory.divergences import FAMILIES, KEYS, Divergence, divergence
from gan_playground.theory.exact import Exact
from gan_playground.words import Refusal, unsaid

POINTS: Final = 401
MOST: Final = 3
"""Divergences drawn at a time: at most three lines a chart."""


def view(text: str) -> tuple[float, float]:
    """Read the ends of the axis, ``low:high``.

    Raises:
        Refusal: no two numbers within a million, the first below the second.

    """
    start, _, end = text.partition(":")
    low, high = finite(start), finite(end)
    if low is None or high is None or not -1e6 <= low < high <= 1e6:
        raise Refusal("family.not_a_view", value=quoted(text))
    return low, high


P: Final = mixture("p", str(PAPERS_MIXTURE))
Q: Final = mixture("q", "N(1,1.8)")
SHOW: Final = several("show", "kl,reverse-kl,js", KEYS, MOST)
VIEW: Final = Field("view", "-6:8", Grammar(view))
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
    return {
        "text": str(exact),
        "value": None if exact.value == np.inf else exact.value,
        "why": unsaid(exact.reason),
    }


def _mirrored(p: Mixture, q: Mixture) -> bool:
    """Tell whether p and q are the same mixture: every divergence is then 0 (the GAN's -log 4)."""
    return p.shares == q.shares


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
        "fit": None if found is None else found._asdict(),
        "paper": None if paper is None else paper._asdict(),
    }


PAIRS: Final = {
    "paper": (P.default, Q.default),
    "far": ("N(0,1)", "N(4,1)"),
    "narrow": ("N(0,1)", "N(0,0.6)"),
    "one_mode": ("0.5*N(-2,0.5)+0.5*N(2,0.5)", "N(2,0.5)"),
}
"""Pairs to begin with."""

PANEL: Final = Panel(
    "family",
    (P, Q, SHOW, *PARAMETERS.values(), VIEW),
    {"pair": pair, "curves": curves, "table": table, "view": fit_view, "profiles": profiles}
    | {f"fit-{key}": partial(fit, key=key) for key in FITTED},
    formulas={
        "divergence": formula(r"D_f(P\|Q)=\int q(x)\,f(p/q)\,dx", block=True),
        "divergence_short": formula(r"D_f"),
        "mean": formula(r"\mu^*"),
        "sd": formula(r"\sigma^*"),
    },
    about={
        "keys": list(KEYS),
        "beside": ["jsd", "w1"],
        "fitted": list(FITTED),
        "most": MOST,
        "pairs": [{"key": key, "p": p, "q": q} for key, (p, q) in PAIRS.items()],
        "parameters": [{"key": field.key, "step": FAMILIES[key].step} for key, field in PARAMETERS.items()],
    },
)
