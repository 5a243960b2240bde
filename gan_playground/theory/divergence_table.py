"""Every exact distance between two laws on the line, as a plain table."""

from collections.abc import Mapping
from typing import Final

from gan_playground.theory.densities import Density
from gan_playground.theory.distances import Exact, divergence_between, w1
from gan_playground.theory.divergences import DIVERGENCES, FAMILIES, KEYS, divergence

_REMARKS: Final = {"jsd": "half of js, at most log 2", "w1": "Wasserstein-1"}
"""Of what is no member of the family: a member's own remark stands in its record."""


def exact_table(p: Density, q: Density) -> dict[str, float | str]:
    """Return D_f(P||Q) for every divergence by its bare key, then ``jsd`` = js/2 and ``w1``.

    Families stand at their default parameter. Infinite is the string "inf"; a finite value beyond float64 is
    written by its logarithm, as "exp(1225.0)".
    """
    table = {key: _entry(divergence_between(divergence(key), p, q)) for key in KEYS}
    js = table["js"]
    return table | {"jsd": js / 2.0 if isinstance(js, float) else js, "w1": _entry(w1(p, q))}


def render(table: Mapping[str, float | str]) -> str:
    """Return the table as aligned lines: key, value, and what the key means where that is not plain."""
    shown = {key: value if isinstance(value, str) else f"{value:.7g}" for key, value in table.items()}
    width, column = (max(len(text) for text in part) for part in (shown, shown.values()))
    lines = (f"{key:<{width}}  {text:<{column}}  {_remark(key)}" for key, text in shown.items())
    return "\n".join(line.rstrip() for line in lines)


def _remark(key: str) -> str:
    if key in FAMILIES:
        return f"{FAMILIES[key].name} = {FAMILIES[key].default:g}"
    return DIVERGENCES[key].remark if key in DIVERGENCES else _REMARKS[key]


def _entry(exact: Exact) -> float | str:
    return str(exact) if exact.value == float("inf") else exact.value
