"""The control column, drawn from the declaration of the knobs: a label, a native input, its value and one hint.

What a visitor sees first is the data, the objective, both rates, the critic's steps and one penalty
slot that follows the objective; every other knob stands in "Advanced", group by group in the order of
declaration. A knob that restarts the run carries a chip. The page's script reads the ``data-``
attributes written here; it knows no knob by name but the objective.
"""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Annotated, Final, TypedDict

from gan_playground.objective_names import GAMES, OBJECTIVES, Parameter
from gan_playground.page.icons import icon
from gan_playground.settings import (
    KNOBS,
    TOYS_1D,
    TOYS_2D,
    Kind,
    Knob,
    Settings,
    Value,
    recommended,
)
from gan_playground.theory.divergences import DIVERGENCES, FAMILIES
from gan_playground.words import knows, say

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

TYPED_ABOVE: Final = 1000
"""Whole numbers of a wider range than this are typed: a slider cannot hit one."""


def controls() -> str:
    """The column's markup, in English; the page's script puts it into the visitor's language."""
    groups: dict[str, list[Knob]] = {}
    for key, knob in KNOBS.items():
        if key not in VISIBLE:
            groups.setdefault(knob.group, []).append(knob)
    first = "".join(_visible(KNOBS[key]) for key in VISIBLE)
    advanced = "".join(_group(name, knobs) for name, knobs in groups.items())
    return (
        f'<div class="card column">{first}<div class="warnings" role="status"></div></div>'
        f'<details class="card advanced"><summary>{icon("right", "turns")}'
        f'<span class="summary"><b {_word("page.advanced")}</b><span class="digest"></span></span></summary>'
        f"{advanced}</details>"
        f'<p class="hint footnote"><span class="chip restarts">↻ <span {_word("page.restarts")}</span></span> '
        f"<span {_word('page.restarts_means')}</span></p>"
    )


class DeclaredKnob(TypedDict):
    """What the script must know of a knob."""

    kind: Kind
    default: Value
    restarts: bool


class DeclaredParameter(TypedDict):
    """The number an objective takes."""

    symbol: str
    default: float


class DeclaredObjective(TypedDict):
    """An objective: its parameter, whether it has two generator steps, and how far its value may reach.

    ``practical`` says that the practical step has a form of its own; ``range`` is None where nothing bounds it.
    """

    parameter: DeclaredParameter | None
    steps: bool
    practical: bool
    range: tuple[float, float | None] | None


_Some = Annotated[dict[str, Value], "Partial<Settings>"]


class Recommended(TypedDict):
    """What a choice of data sets besides, by data and by objective, over ``reset``."""

    data: dict[str, _Some]
    objective: dict[str, _Some]
    reset: _Some


class Declaration(TypedDict):
    """The knobs and objectives as plain data; ``dimensions`` are those of the toys."""

    knobs: dict[str, DeclaredKnob]
    objectives: dict[str, DeclaredObjective]
    dimensions: dict[str, int]
    recommended: Recommended


def declaration() -> Declaration:
    """What the page's script must know of the knobs and objectives, as plain data."""
    return {
        "knobs": {key: _declared(knob) for key, knob in KNOBS.items()},
        "objectives": {name: _objective(name, parameter) for name, parameter in OBJECTIVES.items()},
        "dimensions": dict.fromkeys(TOYS_1D, 1) | dict.fromkeys(TOYS_2D, 2),
        "recommended": _recommended(),
    }


def _recommended() -> Recommended:
    """What a choice of data sets besides: the knobs it trains well with, the others of these back to their defaults."""
    plain = KNOBS["objective"].default
    by_data = {data: _apart(recommended(data, str(plain))) for data in (*TOYS_1D, *TOYS_2D)}
    by_objective = {name: _apart(recommended(str(KNOBS["data"].default), name)) for name in OBJECTIVES}
    keys = {key for values in (*by_data.values(), *by_objective.values()) for key in values}
    return {"data": by_data, "objective": by_objective, "reset": {key: KNOBS[key].default for key in sorted(keys)}}


def _apart(settings: Settings) -> dict[str, Value]:
    """The knobs that differ from their defaults, but for the data and the objective themselves."""
    chosen = ("data", "objective")
    return {knob.key: value for knob, value in settings.items() if value != knob.default and knob.key not in chosen}


def _declared(knob: Knob) -> DeclaredKnob:
    return {"kind": knob.kind, "default": knob.default, "restarts": knob.restarts}


def _objective(name: str, parameter: Parameter | None) -> DeclaredObjective:
    """How the objective is written and how far its value may reach; ``range`` is None where nothing bounds it."""
    divergence = DIVERGENCES.get(name)
    bounds = None
    if divergence is not None:
        low = divergence.at_one
        high = low + divergence.growth.at_zero + divergence.growth.at_infinity
        bounds = low, high if high < float("inf") else None
    written = None if parameter is None else {"symbol": parameter.symbol, "default": parameter.default}
    steps = divergence is not None or name in FAMILIES
    return {"parameter": written, "steps": steps, "practical": name == "gan", "range": bounds}


# --- one control ---------------------------------------------------------------------------------


def _visible(knob: Knob) -> str:
    if knob.key == "objective":
        return _objective_control(knob)
    return _control(knob)


def _group(name: str, knobs: Iterable[Knob]) -> str:
    inner = "".join(_control(knob) for knob in knobs)
    key = f"knobs.group.{name}"
    return f'<fieldset class="group" data-group="{name}"><legend {_word(key)}</legend>{inner}</fieldset>'


def _control(knob: Knob) -> str:
    draw = {
        "choice": _choice,
        "integer": _typed if knob.high - knob.low > TYPED_ABOVE else _slider,
        "number": _slider,
        "flag": _flag,
        "mixture": _text,
    }[knob.kind]
    return _wrap(knob, draw(knob))


def _wrap(knob: Knob, field: str, extra: str = "") -> str:
    """A control with its label, restart chip, hint and the place of its refusal."""
    rules = "".join(
        f' data-{name}="{other}={value}"'
        for name, table in (("shown", SHOWN_WHEN), ("idle", IDLE_WHEN))
        for other, value in [table.get(knob.key, ("", ""))]
        if other
    )
    hint = f"knobs.{knob.key}_hint"
    shown = _word(hint) if knows(hint) else ">"
    chip = f'<span class="chip restarts">↻ <span {_word("page.restarts")}</span></span>' if knob.restarts else ""
    output = (
        "" if knob.kind in ("choice", "flag", "objective", "mixture") else f'<output for="knob-{knob.key}"></output>'
    )
    label = f'<label for="knob-{knob.key}" {_word(f"knobs.{knob.key}")}</label>'
    if knob.kind == "flag":
        head, field = f'<span class="head">{field}{label}{chip}</span>', ""
    else:
        head = f'<span class="head">{label}{output}{chip}</span>'
    return (
        f'<div class="control {knob.kind}" data-knob="{knob.key}"{rules}>{head}{field}'
        f'<p class="hint" id="hint-{knob.key}" {shown}</p>{extra}<p class="refusal" role="alert" hidden></p></div>'
    )


def _choice(knob: Knob) -> str:
    if knob.key == "data":
        return _select(knob, {"knobs.data.dim1": _data(TOYS_1D), "knobs.data.dim2": _data(TOYS_2D)})
    return _select(knob, {"": [(str(choice), _choice_word(choice)) for choice in knob.choices]})


def _data(keys: Iterable[str]) -> list[tuple[str, str]]:
    return [(key, f"knobs.data.{key}") for key in keys]


def _choice_word(choice: Value) -> str:
    key = f"knobs.value.{choice}"
    return key if knows(key) else str(choice)


def _select(knob: Knob, groups: Mapping[str, Iterable[tuple[str, str]]]) -> str:
    """A native select; an option's text is a word of the product, or stands as it is."""
    inner = ""
    for group, options in groups.items():
        listed = "".join(
            f'<option value="{escape(value)}" {_word(text) if knows(text) else ">" + escape(text)}</option>'
            for value, text in options
        )
        inner += f"<optgroup {_word(group, 'label')}{listed}</optgroup>" if group else listed
    return (
        f'<span class="select"><select id="knob-{knob.key}" aria-describedby="hint-{knob.key}">{inner}</select>'
        f"{icon('down')}</span>"
    )


def _slider(knob: Knob) -> str:
    """A range of 1000 places (whole numbers: their own) that the script maps onto the knob's scale.

    On a logarithmic scale an arrow key moves by ten: by one, a value of two digits would stay what it is.
    """
    whole = knob.kind == "integer"
    low, high = (knob.low, knob.high) if whole else (0, 1000)
    step = 1 if whole or knob.scale == "linear" else 10
    return (
        f'<input type="range" id="knob-{knob.key}" min="{low:g}" max="{high:g}" step="{step}" '
        f'data-scale="{"whole" if whole else knob.scale}" data-low="{knob.low:g}" data-high="{knob.high:g}" '
        f'aria-describedby="hint-{knob.key}">'
    )


def _typed(knob: Knob) -> str:
    return (
        f'<input type="number" id="knob-{knob.key}" min="{knob.low:.0f}" max="{knob.high:.0f}" step="1" '
        f'inputmode="numeric" aria-describedby="hint-{knob.key}">'
    )


def _text(knob: Knob) -> str:
    return (
        f'<input type="text" id="knob-{knob.key}" spellcheck="false" autocomplete="off" maxlength="200" '
        f'aria-describedby="hint-{knob.key}">'
    )


def _flag(knob: Knob) -> str:
    return f'<input type="checkbox" id="knob-{knob.key}" aria-describedby="hint-{knob.key}">'


# --- the objective -------------------------------------------------------------------------------


def _objective_control(knob: Knob) -> str:
    """Name, step and parameter: three inputs for one value of the grammar ``name(param)[:step]``."""
    families = {
        "knobs.objective.family.divergence": [name for name in OBJECTIVES if name not in GAMES],
        "knobs.objective.family.game": list(GAMES),
    }
    groups = {group: [(name, _objective_word(name)) for name in names] for group, names in families.items()}
    steps = "".join(
        f'<button type="button" data-step="{step}" aria-pressed="false" {_word(f"knobs.step_{step}")}</button>'
        for step in ("practical", "exact")
    )
    named = f'<div class="segments" role="group" hidden>{steps}</div><p class="hint step-hint"></p>'
    return _wrap(knob, _select(knob, groups), named) + "".join(map(_parameter, _parameters()))


def _objective_word(name: str) -> str:
    """The objective's word; a divergence that has none yet shows its own name."""
    key = f"knobs.objective.{name}"
    return key if knows(key) else DIVERGENCES[name].name if name in DIVERGENCES else name


def _parameters() -> list[Parameter]:
    """One parameter for each symbol, with the widest range any objective gives it."""
    by_symbol: dict[str, Parameter] = {}
    for parameter in OBJECTIVES.values():
        if parameter is not None:
            by_symbol.setdefault(parameter.symbol, parameter)
    return list(by_symbol.values())


def _parameter(parameter: Parameter) -> str:
    """The slot of an objective's own parameter, out of sight until the objective has it."""
    key = f"parameter.{parameter.symbol}"
    scale = "log" if parameter.low > 0 and parameter.high / parameter.low >= 1e4 else "linear"
    identity = f"knob-{key}"
    return (
        f'<div class="control number" data-parameter="{parameter.symbol}" hidden><span class="head">'
        f'<label for="{identity}" {_word(f"knobs.{key}")}</label><output for="{identity}"></output></span>'
        f'<input type="range" id="{identity}" min="0" max="1000" step="1" data-scale="{scale}" '
        f'data-low="{parameter.low:g}" data-high="{parameter.high:g}">'
        f'<p class="hint" {_word(f"knobs.{key}_hint")}</p></div>'
    )


def _word(key: str, attribute: str = "") -> str:
    """The end of an opening tag whose text (or ``attribute``) is the sentence ``key``."""
    text = escape(say(key))
    if attribute:
        return f'data-say-{attribute}="{key}" {attribute}="{text}">'
    return f'data-say="{key}">{text}'
