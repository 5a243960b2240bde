"""A knob: one setting of a run as every door sees it, the richest of the declared fields."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from gan_playground.objective_names import parse_objective
from gan_playground.parsing import Choice, Domain, Flag, Grammar, Real, Whole
from gan_playground.theory.densities import Mixture
from gan_playground.theory.densities.grammar import plain, tidy
from gan_playground.theory.densities.plane_mixture import PlaneMixture

Value = str | int | float | bool
Kind = Literal["choice", "integer", "number", "flag", "mixture", "objective"]
Scale = Literal["linear", "log", "zero-log"]


def _as_typed(text: str) -> str:
    Mixture.parse(text)
    return tidy(text)


MIXTURE: Final = Grammar(Mixture.parse)
"""A law on the line, as it is typed everywhere."""

LAW: Final = Grammar(lambda text: PlaneMixture.parse(text) if "((" in plain(text) else Mixture.parse(text))
"""A law on the line or in the plane, where both are compared alike."""

MIXTURE_TEXT: Final = Grammar(_as_typed)
"""The same, kept as text."""

OBJECTIVE_TEXT: Final = Grammar(lambda text: str(parse_objective(text)))
"""An objective's name in its shortest form."""

SEED: Final = Whole(0, 2**31 - 1)


@dataclass(frozen=True, slots=True)
class Knob:
    """One setting as every door sees it: the values it takes, where it begins, and how it is laid out.

    ``scale`` tells a slider how to lay the range out (``zero-log``: logarithmic above ``low``'s first tick, with 0
    meaning off); ``restarts`` is True where a change begins the run again at step 0.
    """

    key: str
    domain: Domain[Value]
    default: Value
    group: str
    restarts: bool
    scale: Scale = "linear"

    def parse(self, value: object) -> Value:
        """Return ``value`` as this knob's type.

        Raises:
            Refusal: not a value of this knob; the sentence names the value and what is accepted.

        """
        return self.domain.parse(self.key, value)

    @property
    def kind(self) -> Kind:
        """What it is drawn as."""
        return _KINDS[self.domain if isinstance(self.domain, Grammar) else type(self.domain)]

    @property
    def low(self) -> float:
        """The least number it takes."""
        return self.domain.low if isinstance(self.domain, (Whole, Real)) else -math.inf

    @property
    def high(self) -> float:
        """The greatest number it takes."""
        return self.domain.high if isinstance(self.domain, (Whole, Real)) else math.inf

    @property
    def choices(self) -> tuple[str | int, ...]:
        """What it offers; nothing where it is not one of some."""
        return tuple(self.domain.choices) if isinstance(self.domain, Choice) else ()


_KINDS: Final[Mapping[Any, Kind]] = {
    Choice: "choice",
    Whole: "integer",
    Real: "number",
    Flag: "flag",
    MIXTURE_TEXT: "mixture",
    OBJECTIVE_TEXT: "objective",
}


def written(value: Value) -> str:
    """Return the text that a knob of this value parses to it again."""
    if isinstance(value, bool):
        return "1" if value else "0"
    return repr(value) if isinstance(value, float) else str(value)
