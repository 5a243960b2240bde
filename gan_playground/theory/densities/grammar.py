"""The grammar of typed laws: ``0.33*N(-1,0.255)+0.67*Laplace(2,1)``, read where unambiguous, else refused by part."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import fsum, inf
from typing import Final

from gan_playground.parsing.values import shown
from gan_playground.theory.densities.law import Component
from gan_playground.theory.densities.laws import Laplace, Normal, StudentT, Uniform
from gan_playground.words import Refusal

MOST_COMPONENTS: Final = 64
LONGEST_TEXT: Final = 4096

SIZE: Final = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
NUMBER: Final = rf"[+-]?{SIZE}(?:/{SIZE})?"
_TERM: Final = re.compile(rf"(-?{SIZE}(?:/{SIZE})?)?(\*?)([A-Za-z]+)\(([^()]*)\)")
_SAME: Final = str.maketrans({"−": "-", "–": "-", "‐": "-", "‑": "-", "×": "*", "·": "*", "⋅": "*", "∗": "*"})
"""What a word processor or a formula makes of - and *."""


DF: Final = (0.1, 1000.0)
"""Degrees of freedom that can be typed: below, a sample of a thousand has points beyond 1e30."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A law that can be typed: its name, the numbers it takes, how many of them at least, how it is made of them."""

    name: str
    numbers: tuple[str, ...]
    least: int
    made: Callable[..., Component]

    def read(self, numbers: str, part: str) -> Component:
        """Return the law of these numbers.

        Raises:
            Refusal: too few or too many, text that is none, or values that this law does not take.

        """
        given = numbers.split(",")
        if not self.least <= len(given) <= len(self.numbers):
            raise Refusal("errors.mixture_numbers", value=part, form=f"{self.name}({','.join(self.numbers)})")
        for text in given:
            if not re.fullmatch(NUMBER, text):
                raise Refusal("errors.mixture_number", value=part, part=shown(text) or "–")
        law = dict(zip(self.numbers, map(value, given), strict=False))
        if "df" in law and not DF[0] <= law["df"] <= DF[1]:
            raise Refusal("errors.mixture_df", value=part, df=shown(given[0]), low=f"{DF[0]:g}", high=f"{DF[1]:g}")
        if "high" in law and not law["low"] < law["high"]:
            raise Refusal("errors.mixture_ends", value=part)
        for width in law.keys() & {"sd", "scale"}:
            if not 0.0 < law[width] < inf:
                raise Refusal("errors.mixture_sd", value=part, sd=shown(given[self.numbers.index(width)]))
        made = self.made(*law.values())
        if not (1e-12 <= made.scale <= 1e12 and abs(made.centre) <= 1e9 * made.scale):
            raise Refusal("errors.mixture_scale", value=part)
        return made


_KINDS: Final = (
    _Kind("N", ("mean", "sd"), 2, Normal),
    _Kind("Laplace", ("centre", "scale"), 2, Laplace),
    _Kind("Uniform", ("low", "high"), 2, Uniform),
    _Kind("StudentT", ("df", "centre", "scale"), 1, StudentT),
)
_BY_NAME: Final[Mapping[str, _Kind]] = {kind.name.lower(): kind for kind in _KINDS}


def read_law(text: str) -> tuple[tuple[float, ...], tuple[Component, ...]]:
    """Return the weights, which sum to 1 to rounding, and the components of a typed law.

    Names in any case, ``1/2`` for a number, no ``*`` between weight and name, a typographer's minus, and a space for
    the ``+`` between components (as a link reads it) are all understood. Weights may be rounded: they are read as
    the ones in proportion that sum to 1, where these round to what is typed (three times 0.333).

    Raises:
        Refusal: text of another shape, weights that are not positive or do not sum to 1, numbers that a law does not
            take, a scale so small beside its centre that float64 cannot tell its points apart.

    """
    typed, compact = shown(text, 60), plain(text)
    if len(compact) > LONGEST_TEXT or compact.count("(") > MOST_COMPONENTS:
        raise Refusal("errors.mixture_size", value=typed, limit=MOST_COMPONENTS)
    weights: list[str | None] = []
    parts: list[Component] = []
    for term in terms(compact, _TERM, typed):
        weight, times, name, numbers = term.groups()
        if weight is None and times:
            raise Refusal("errors.mixture_shape", part=shown(term[0]), value=typed)
        weights.append(weight)
        parts.append(_component(name, numbers, shown(term[0])))
    return shares(weights, typed), tuple(parts)


def plain(text: str) -> str:
    """Return the text without spaces, every minus and times sign as ASCII's."""
    return "".join(text.translate(_SAME).split())


def tidy(text: str) -> str:
    """Return a typed law without spaces, in ASCII, with a ``+`` between its components."""
    return re.sub(r"\)(?=[0-9.A-Za-z])", ")+", plain(text))


def terms(compact: str, grammar: re.Pattern[str], typed: str) -> list[re.Match[str]]:
    """Return the components of a mixture, one match of ``grammar`` each, with one ``+`` or none between them.

    Raises:
        Refusal: something else stands between, before or after; the sentence names it.

    """
    found: list[re.Match[str]] = []
    at = 0
    while at < len(compact) or not found:
        start = at + 1 if found and compact[at] == "+" else at
        term = grammar.match(compact, start)
        if term is None:
            end = compact.find(")", start) + 1 or len(compact)
            part = typed if end - at == len(compact) else shown(compact[at:end])
            raise Refusal("errors.mixture_shape", part=part, value=typed)
        found.append(term)
        at = term.end()
    return found


def shares(weights: Sequence[str | None], typed: str) -> tuple[float, ...]:
    """Return typed weights as numbers that sum to 1 to rounding; one component needs none.

    Raises:
        Refusal: a weight is missing, not above 0, or they neither sum to 1 nor round to what is typed when they do.

    """
    if len(weights) == 1 and weights[0] is None:
        return (1.0,)
    found: list[float] = []
    for weight in weights:
        if weight is None:
            raise Refusal("errors.mixture_weightless", value=typed)
        if not 0.0 < value(weight) < inf:
            raise Refusal("errors.mixture_weight", value=typed, part=shown(weight))
        found.append(value(weight))
    total = fsum(found)
    rounded = all(_rounds_to(share / total, typed) for share, typed in zip(found, weights, strict=True) if typed)
    if not (abs(total - 1.0) <= 1e-6 or rounded):
        raise Refusal("errors.mixture_sum", value=typed, total=f"{total:.7g}")
    return tuple(share / total for share in found)


def _rounds_to(number: float, typed: str) -> bool:
    """Tell whether a number is the typed one at the decimals it is typed with."""
    if "/" in typed:
        return False
    place = Decimal(1).scaleb(int(Decimal(typed).as_tuple().exponent))
    return place > Decimal("1e-17") and Decimal(number).quantize(place) == Decimal(typed)


def value(number: str) -> float:
    """Return what `NUMBER` says; inf where float64 does not hold it, nan where it divides by 0."""
    over, _, under = number.partition("/")
    try:
        return float(Fraction(over) / Fraction(under or "1"))
    except OverflowError:
        return inf
    except ZeroDivisionError:
        return float("nan")


def _component(name: str, numbers: str, part: str) -> Component:
    kind = _BY_NAME.get(name.lower())
    if kind is None:
        raise Refusal("errors.mixture_name", value=part, name=shown(name), names=", ".join(k.name for k in _KINDS))
    return kind.read(numbers, part)
