"""The control column as it is declared to the page's script: every knob, how it is drawn, where it stands.

What a visitor sees first is the data, the objective, both rates, the critic's steps and one penalty
slot that follows the objective; every other knob stands in "Advanced", group by group in the order of
declaration. A knob that restarts the run carries a chip.
"""

from collections.abc import Mapping
from math import isfinite
from typing import Annotated, Final, Literal, TypedDict

from gan_playground.data.toys import TOYS, TOYS_1D, TOYS_2D
from gan_playground.knobs import Kind, Knob, Value
from gan_playground.objective_names import GRAMMAR, OBJECTIVES, OTHER_OBJECTIVES, Parameter, practical_by_default
from gan_playground.recommendations import recommended
from gan_playground.settings import KNOBS, Settings
from gan_playground.theory.divergences import DIVERGENCES, FAMILIES

VISIBLE: Final = ("data", "distance", "mixture", "objective", "generator_rate", "critic_rate", "critic_steps", "r1")
"""Knobs of the column itself; the others stand in Advanced."""

SHOWN_WHEN: Final[Mapping[str, tuple[str, str]]] = {
    "distance": ("data", "far-gaussians"),
    "mixture": ("data", "mixture"),
}
"""Knobs that mean nothing but for one value of another, and are out of sight elsewhere."""

IDLE_WHEN: Final[Mapping[str, tuple[str, str]]] = {
    "critic_steps": ("update", "single-step"),
    "generator_depth": ("generator", "linear"),
    "generator_width": ("generator", "linear"),
    "generator_activation": ("generator", "linear"),
    "batch_norm": ("generator", "linear"),
    "fourier_sigma": ("fourier", "0"),
    "beta1": ("optimizer", "sgd"),
    "beta2": ("optimizer", "sgd"),
}
"""Knobs that have no effect for one value of another, and are greyed there."""

IN_EFFECT: Final[Mapping[str, Value]] = {"critic_steps": 1}
"""What a greyed knob is in effect, where its control and a hint say so."""

PENALTY: Final = "r1"
"""The knob that goes to Advanced where the objective brings a penalty of its own: one penalty in sight."""

WIDE: Final = 1e4
"""A parameter whose range spans this ratio is laid out logarithmically."""

TYPED_ABOVE: Final = 1000
"""Whole numbers of a wider range than this are typed: a slider cannot hit one."""


Control = Literal["select", "slider", "typed", "text", "flag", "objective"]
"""What draws a knob: a menu, a slider, a typed number, a text, a box, or the objective's three inputs."""

Scale = Literal["whole", "linear", "log", "zero-log"]

Group = tuple[str, list[str]]
"""A name, or the key of a word, and what stands under it."""

Rule = tuple[str, str]
"""A knob, and one value of it."""


class DeclaredKnob(TypedDict):
    """What a page must know of a knob.

    ``low`` and ``high`` are None where nothing bounds it. Without ``shown`` it is out of sight; with ``idle`` it has
    no effect and is grey, and prints ``idle_value`` where it is in effect something.
    """

    kind: Kind
    control: Control
    default: Value
    restarts: bool
    group: str
    scale: Scale
    low: float | None
    high: float | None
    choices: list[Group]
    shown: Rule | None
    idle: Rule | None
    idle_value: Value | None


class DeclaredParameter(TypedDict):
    """The number an objective takes, and how a slider lays its range out."""

    symbol: str
    default: float
    scale: Scale
    low: float
    high: float


class DeclaredObjective(TypedDict):
    """An objective: its parameter, whether it has two generator steps, and how far its value may reach.

    ``practical`` says that the practical step is meant where none is named; ``range`` is None where nothing bounds it;
    ``offset`` is what is added so that it is drawn from 0.
    """

    title: str
    parameter: DeclaredParameter | None
    steps: bool
    practical: bool
    range: tuple[float, float | None] | None
    offset: str


_Some = Annotated[dict[str, Value], "Partial<Settings>"]


class Recommended(TypedDict):
    """What a choice of data sets besides, by data and by objective, over ``reset``."""

    data: dict[str, _Some]
    objective: dict[str, _Some]
    reset: _Some


class Declaration(TypedDict):
    """The knobs and objectives as plain data.

    ``visible`` and ``advanced`` say where each knob stands, ``penalty`` which one leaves the column where the objective
    brings a penalty of its own; ``grammar`` is an objective's text as a regular expression; ``dimensions`` are those
    of the toys.
    """

    knobs: dict[str, DeclaredKnob]
    visible: list[str]
    advanced: list[Group]
    penalty: str
    grammar: str
    objectives: dict[str, DeclaredObjective]
    dimensions: dict[str, int]
    recommended: Recommended


def declaration() -> Declaration:
    """What the page's script must know of the knobs and objectives, as plain data."""
    return {
        "knobs": {key: _declared(knob) for key, knob in KNOBS.items()},
        "visible": list(VISIBLE),
        "advanced": _advanced(),
        "penalty": PENALTY,
        "grammar": GRAMMAR.replace("?P<", "?<"),
        "objectives": {name: _objective(name, parameter) for name, parameter in OBJECTIVES.items()},
        "dimensions": {key: record.dim for key, record in TOYS.items()},
        "recommended": _recommended(),
    }


def _recommended() -> Recommended:
    """What a choice of data sets besides: the knobs it trains well with, the others of these back to their defaults."""
    plain = KNOBS["objective"].default
    by_data = {data: _apart(recommended(data, str(plain))) for data in TOYS}
    by_objective = {name: _apart(recommended(str(KNOBS["data"].default), name)) for name in OBJECTIVES}
    keys = {key for values in (*by_data.values(), *by_objective.values()) for key in values}
    return {"data": by_data, "objective": by_objective, "reset": {key: KNOBS[key].default for key in sorted(keys)}}


def _apart(settings: Settings) -> dict[str, Value]:
    """The knobs that differ from their defaults, but for the data and the objective themselves."""
    chosen = ("data", "objective")
    return {knob.key: value for knob, value in settings.items() if value != knob.default and knob.key not in chosen}


def _advanced() -> list[Group]:
    """The groups of Advanced, each with its knobs."""
    groups: dict[str, list[str]] = {}
    for key, knob in KNOBS.items():
        if key not in VISIBLE:
            groups.setdefault(knob.group, []).append(key)
    return list(groups.items())


def _declared(knob: Knob) -> DeclaredKnob:
    return {
        "kind": knob.kind,
        "control": _control(knob),
        "default": knob.default,
        "restarts": knob.restarts,
        "group": knob.group,
        "scale": "whole" if knob.kind == "integer" else knob.scale,
        "low": _bound(knob.low),
        "high": _bound(knob.high),
        "choices": _choices(knob),
        "shown": SHOWN_WHEN.get(knob.key),
        "idle": IDLE_WHEN.get(knob.key),
        "idle_value": IN_EFFECT.get(knob.key),
    }


_DRAWN: Final[Mapping[Kind, Control]] = {
    "choice": "select",
    "integer": "slider",
    "number": "slider",
    "flag": "flag",
    "mixture": "text",
    "objective": "objective",
}


def _control(knob: Knob) -> Control:
    """What draws a knob: a menu, a slider, a typed number or text, a box, or the objective's three inputs."""
    if knob.kind == "integer" and knob.high - knob.low > TYPED_ABOVE:
        return "typed"
    return _DRAWN[knob.kind]


def _choices(knob: Knob) -> list[Group]:
    """The groups of a knob's menu, each under the key of its word; one group has none."""
    if knob.key == "data":
        return [("knobs.data.dim1", list(TOYS_1D)), ("knobs.data.dim2", list(TOYS_2D))]
    if knob.key == "objective":
        divergences = [name for name in OBJECTIVES if name not in OTHER_OBJECTIVES]
        return [
            ("knobs.objective.family.divergence", divergences),
            ("knobs.objective.family.game", list(OTHER_OBJECTIVES)),
        ]
    return [("", [str(choice) for choice in knob.choices])]


def _bound(value: float) -> float | None:
    return value if isfinite(value) else None


def _objective(name: str, parameter: Parameter | None) -> DeclaredObjective:
    """How the objective is written and how far its value may reach above 0; ``range`` is None where nothing does."""
    divergence = DIVERGENCES.get(name)
    bounds = None
    if divergence is not None:
        high = divergence.growth.at_zero + divergence.growth.at_infinity
        bounds = 0.0, high if high < float("inf") else None
    return {
        "title": name if divergence is None else divergence.name,
        "parameter": None if parameter is None else _parameter(parameter),
        "steps": divergence is not None or name in FAMILIES,
        "practical": practical_by_default(name),
        "range": bounds,
        "offset": "" if divergence is None else divergence.offset,
    }


def _parameter(parameter: Parameter) -> DeclaredParameter:
    wide = parameter.low > 0 and parameter.high / parameter.low >= WIDE
    return {
        "symbol": parameter.symbol,
        "default": parameter.default,
        "scale": "log" if wide else "linear",
        "low": parameter.low,
        "high": parameter.high,
    }
