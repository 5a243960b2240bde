"""What a panel of the Divergences tab is: its fields, what its script is told, and what it computes for it.

The tab's state is text: ``PANEL?key=value&key=value`` after ``#divergences/`` in the address. Every value passes
its field's strict parser, whether it comes from a link, from the page or from a program.
"""

import base64
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote

import numpy as np
from numpy.typing import NDArray

from gan_playground.parsing import shown
from gan_playground.settings import Knob, Value
from gan_playground.theory.densities import Mixture
from gan_playground.words import Refusal

LONGEST: Final = 4000
"""Characters of an address."""

Values = Mapping[str, Any]
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing an address says: its key, its text to begin with, and how text becomes a value (or is refused)."""

    key: str
    default: str
    parse: Callable[[str], Any]
    choices: tuple[str, ...] = ()
    low: float = -math.inf
    high: float = math.inf

    def described(self) -> dict[str, Any]:
        """Return what a control is drawn from: the default, and the choices or the range where there are any."""
        ends = {"low": self.low, "high": self.high}
        choices = {"choices": list(self.choices)} if self.choices else {}
        return {"default": self.default, **choices, **{key: end for key, end in ends.items() if math.isfinite(end)}}


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: adding one is one entry of `gan_playground.page.panels.PANELS`.

    ``key`` names it everywhere: in the address, in the words (a section with at least ``tab``, ``try`` and
    ``references``), and its script ``web/panels/KEY.js``, whose default export is a subclass of ``Panel`` in
    ``web/panel.js`` and holds its markup. ``answers`` are what the script may ask: functions of the parsed values,
    to plain values that JSON carries. ``check`` refuses values that cannot stand together. ``formulas``, typeset,
    and ``about``, plain values, are what the script must know besides the fields.
    """

    key: str
    fields: tuple[Field, ...]
    answers: Mapping[str, Callable[[Values], Answer]]
    check: Callable[[Values], None] | None = None
    formulas: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)

    def book(self) -> dict[str, Any]:
        """Return what the panel's script is told."""
        return {
            "fields": {field.key: field.described() for field in self.fields},
            "formulas": dict(self.formulas),
            "about": dict(self.about),
        }

    def parse(self, values: Mapping[str, object]) -> dict[str, Any]:
        """Return the value of every field, by default where it is not given.

        Raises:
            Refusal: a key that is no field, a value that is no text, one its field does not accept, or values that
                cannot stand together.

        """
        fields = {field.key: field for field in self.fields}
        for key in values:
            if key not in fields:
                raise Refusal("divergences.key_unknown", value=shown(key), panel=self.key, names=", ".join(fields))
        texts = {key: values.get(key, field.default) for key, field in fields.items()}
        for key, text in texts.items():
            if not isinstance(text, str):
                raise Refusal("divergences.not_text", key=key, value=shown(text))
        parsed = {key: field.parse(str(texts[key])) for key, field in fields.items()}
        if self.check is not None:
            self.check(parsed)
        return parsed

    def defaults(self) -> dict[str, str]:
        """Return the text of every field to begin with."""
        return {field.key: field.default for field in self.fields}


def read_address(text: str, panels: Mapping[str, Panel]) -> tuple[Panel, dict[str, str]]:
    """Return the panel an address names and the text of each of its fields: ``PANEL?key=value&...``, checked.

    An empty address is the first panel as it begins. In a value ``%2B`` and the like stand for their characters.

    Raises:
        Refusal: too long, an unknown panel or key, a key given twice, no ``=``, or a value that is refused.

    """
    if len(text) > LONGEST:
        raise Refusal("divergences.too_long", length=len(text), limit=LONGEST)
    name, _, query = text.partition("?")
    key = name or next(iter(panels))
    if key not in panels:
        raise Refusal("divergences.panel_unknown", value=shown(key), names=", ".join(panels))
    given: dict[str, str] = {}
    for pair in query.split("&") if query else ():
        field, equals, value = pair.partition("=")
        if not equals:
            raise Refusal("errors.no_equals", value=shown(pair))
        if field in given:
            raise Refusal("divergences.key_twice", value=field)
        given[field] = unquote(value)
    panels[key].parse(given)
    return panels[key], panels[key].defaults() | given


def numbers(values: NDArray[np.floating]) -> str:
    """Return values as base64 of little-endian float64, which carries infinities."""
    return base64.b64encode(np.asarray(values, "<f8").tobytes()).decode()


# --- kinds of fields ----------------------------------------------------------------------------------------------


def number(key: str, default: str, low: float, high: float) -> Field:
    """A number from ``low`` to ``high``."""
    return _knob(key, "number", default, low=low, high=high)


def whole(key: str, default: str, low: int, high: int) -> Field:
    """A whole number from ``low`` to ``high``."""
    return _knob(key, "integer", default, low=low, high=high)


def choice(key: str, *choices: str) -> Field:
    """One of some names, the first to begin with."""
    return _knob(key, "choice", choices[0], choices=choices)


def mixture(key: str, default: str) -> Field:
    """A mixture of normals as it is typed everywhere."""
    return Field(key, default, Mixture.parse)


def several(key: str, default: str, names: tuple[str, ...], most: int) -> Field:
    """One to ``most`` different names, separated by commas."""
    one = choice(key, *names)

    def parse(text: str) -> tuple[str, ...]:
        found = tuple(str(one.parse(name)) for name in text.split(","))
        if len(set(found)) < len(found) or len(found) > most:
            raise Refusal("divergences.several", value=shown(text), key=key, most=most)
        return found

    return Field(key, default, parse)


def _knob(key: str, kind: Any, default: Value, **bounds: Any) -> Field:
    """A field with the parser of every knob."""
    return Field(key, str(default), Knob(key, kind, default, restarts=False, group="", **bounds).parse, **bounds)
