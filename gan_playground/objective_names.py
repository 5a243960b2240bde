"""The names of objectives: one grammar, ``name(param)[:exact|:practical]``, for every door."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gan_playground.parsing import finite, shown
from gan_playground.theory.divergences import DIVERGENCES, FAMILIES
from gan_playground.words import Refusal


@dataclass(frozen=True, slots=True)
class Parameter:
    """The one parameter an objective may take: its default and the closed range it must lie in."""

    symbol: str
    default: float
    low: float
    high: float


OTHER_OBJECTIVES: Final[Mapping[str, Parameter | None]] = {
    "lsgan": None,
    "hinge": None,
    "relativistic": None,
    "wgan": Parameter("c", 0.01, 1e-4, 10.0),
    "wgan-gp": Parameter("λ", 10.0, 1e-3, 1000.0),
    "wgan-gp-one-sided": Parameter("λ", 10.0, 1e-3, 1000.0),
}
"""The games that are not f-divergences, each with its parameter."""

OBJECTIVES: Final[Mapping[str, Parameter | None]] = (
    dict.fromkeys(DIVERGENCES, None)
    | {key: Parameter(family.symbol, family.default, family.low, family.high) for key, family in FAMILIES.items()}
    | OTHER_OBJECTIVES
)
"""Every objective's name, with the parameter it takes or None."""

GRAMMAR: Final = r"(?P<name>[a-z-]+)(?:\((?P<parameter>[^()]*)\))?(?::(?P<step>[a-z]+))?"
"""The text of an objective, as a regular expression."""

_OBJECTIVE = re.compile(GRAMMAR)


@dataclass(frozen=True, slots=True)
class ObjectiveName:
    """An objective as it is named at every door: ``name(param)[:exact|:practical]``."""

    name: str
    parameter: float | None
    practical: bool

    def __str__(self) -> str:
        """The shortest text that parses to this value."""
        parameter = "" if self.parameter is None else f"({self.parameter:g})"
        default = practical_by_default(self.name)
        step = "" if self.practical == default else (":practical" if self.practical else ":exact")
        return f"{self.name}{parameter}{step}"


def practical_by_default(name: str) -> bool:
    """Whether an objective without a step means the practical one."""
    return name == "gan"


def parse_objective(text: object) -> ObjectiveName:
    """Parse ``name(param)[:exact|:practical]``, filling in the default parameter and step.

    Raises:
        Refusal: unknown name, a parameter where none is taken or out of its range, or a step that
            this game does not have.

    """
    match = _OBJECTIVE.fullmatch(text.strip()) if isinstance(text, str) and len(text) <= 60 else None
    if match is None or match["name"] not in OBJECTIVES:
        names = ", ".join(OBJECTIVES)
        raise Refusal("errors.objective_unknown", knob="objective", value=shown(text), names=names)
    name, step = match["name"], match["step"]
    parameter = OBJECTIVES[name]
    value: float | None = None
    if parameter is None:
        if match["parameter"] is not None:
            raise Refusal("errors.objective_takes_no_parameter", knob="objective", value=shown(text), name=name)
    else:
        value = parameter.default if match["parameter"] is None else finite(match["parameter"])
        if value is None or not parameter.low <= value <= parameter.high:
            raise Refusal(
                "errors.objective_parameter",
                knob="objective",
                value=shown(match["parameter"]),
                name=name,
                symbol=parameter.symbol,
                low=f"{parameter.low:g}",
                high=f"{parameter.high:g}",
            )
    if step not in (None, "exact", "practical") or (step and name in OTHER_OBJECTIVES):
        key = "errors.objective_one_step" if name in OTHER_OBJECTIVES else "errors.objective_step"
        raise Refusal(key, knob="objective", value=shown(step), name=name)
    return ObjectiveName(name, value, practical_by_default(name) if step is None else step == "practical")
