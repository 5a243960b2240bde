"""Every exact distance between two laws on the line, as a plain table."""

from collections.abc import Mapping
from functools import lru_cache
from math import isinf, log
from types import MappingProxyType
from typing import Final

from gan_playground.theory.densities import Density
from gan_playground.theory.densities.plane_mixture import PlaneMixture
from gan_playground.theory.divergences import DIVERGENCES, FAMILIES, KEYS, divergence
from gan_playground.theory.exact import Exact
from gan_playground.theory.f_divergence import divergence_between
from gan_playground.theory.plane_divergence import plane_divergence_between
from gan_playground.theory.wasserstein import w1
from gan_playground.words import Refusal
from gan_playground.words.sentences import signed

Law = Density | PlaneMixture
"""A typed law, on the line or in the plane."""

_REMARKS: Final = {"jsd": "half of js, at most log 2", "w1": "Wasserstein-1"}
"""Of what is no member of the family: a member's own remark stands in its record."""


def exact_values(p: Density, q: Density, parameters: Mapping[str, float] = MappingProxyType({})) -> dict[str, Exact]:
    """Return D_f(P||Q) for every divergence by its bare key, then ``jsd`` = js/2 and ``w1``.

    ``parameters`` are those of families, by key; the others stand at their default.
    """
    found = {key: _value(key, parameters.get(key), p, q) for key in KEYS}
    js = found["js"]
    return found | {"jsd": Exact(js.value / 2.0, js.log_value - log(2.0), js.error, js.reason), "w1": _w1(p, q)}


def plane_values(p: PlaneMixture, q: PlaneMixture) -> dict[str, Exact]:
    """Return D_f(P||Q) in the plane for every divergence by its bare key, then ``jsd`` = js/2; to a stated error."""
    found = {key: plane_divergence_between(divergence(key), p, q) for key in KEYS}
    js = found["js"]
    return found | {"jsd": Exact(js.value / 2.0, js.log_value - log(2.0), js.error, js.reason)}


@lru_cache(maxsize=512)  # while alpha is dragged, all but one of the values stand still
def _value(key: str, parameter: float | None, p: Density, q: Density) -> Exact:
    return divergence_between(divergence(key, parameter), p, q)


_w1 = lru_cache(maxsize=64)(w1)


def exact_table(p: Law, q: Law) -> dict[str, float | str]:
    """Return `exact_values`, or `plane_values`, as plain values, families at their default parameter.

    Infinite is the string "inf"; a finite value beyond float64 is written by its logarithm, as "exp(1225.0)".
    """
    return {key: _entry(exact) for key, exact in _values(p, q)[0].items()}


def _values(p: Law, q: Law) -> tuple[dict[str, Exact], str]:
    """Return every distance between two laws of one dimension, and how sure a finite one is.

    Raises:
        Refusal: one law is on the line, the other in the plane.

    """
    if isinstance(p, PlaneMixture) and isinstance(q, PlaneMixture):
        return plane_values(p, q), "approximate"
    if isinstance(p, PlaneMixture) or isinstance(q, PlaneMixture):
        raise Refusal("errors.mixture_dimensions")
    return exact_values(p, q), "exact"


def error_table(p: Law, q: Law) -> dict[str, dict[str, float | str]]:
    """Return `exact_table` with how sure each value is: {key: {value, certainty, error}}.

    ``certainty`` is "exact" (in the plane "approximate") or "infinite"; ``error`` bounds |value - truth| as estimated,
    of a value written by its logarithm |log value - log truth|.
    """
    found, certainty = _values(p, q)
    return {key: _with_error(exact, certainty) for key, exact in found.items()}


def _with_error(exact: Exact, certainty: str) -> dict[str, float | str]:
    size = 1.0 if isinf(exact.value) else abs(exact.value)
    return {
        "value": _entry(exact),
        "certainty": "infinite" if exact.infinite else certainty,
        "error": 0.0 if exact.infinite else size * exact.error,
    }


def render_errors(table: Mapping[str, Mapping[str, float | str]]) -> str:
    """Return the table of errors as aligned lines: key, value to 12 digits, error, certainty."""
    rows = [
        (
            key,
            row["value"] if isinstance(row["value"], str) else f"{row['value']:.12g}",
            "" if row["certainty"] == "infinite" else f"± {row['error']:.1e}",
            str(row["certainty"]),
        )
        for key, row in table.items()
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def render(table: Mapping[str, float | str]) -> str:
    """Return the table as aligned lines: key, value, and what the key means where that is not plain."""
    shown = {key: value if isinstance(value, str) else signed(f"{value:.7g}") for key, value in table.items()}
    width, column = (max(len(text) for text in part) for part in (shown, shown.values()))
    lines = (f"{key:<{width}}  {text:<{column}}  {_remark(key)}" for key, text in shown.items())
    return "\n".join(line.rstrip() for line in lines)


def _remark(key: str) -> str:
    if key in FAMILIES:
        return f"{FAMILIES[key].name} = {FAMILIES[key].default:g}"
    return DIVERGENCES[key].remark if key in DIVERGENCES else _REMARKS[key]


def _entry(exact: Exact) -> float | str:
    return str(exact) if exact.value == float("inf") else exact.value
