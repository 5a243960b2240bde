"""What a panel of the Divergences tab is: its fields, what its script is told, and what it computes for it.

The tab's state is text: ``PANEL?key=value&key=value`` after ``#divergences/`` in the address. Every value passes
its field's strict parser, whether it comes from a link, from the page or from a program.
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gan_playground.knobs import MIXTURE
from gan_playground.parsing import Choice, Field, Form, Real, Several, Whole

Values = Mapping[str, Any]
Answer = dict[str, Any]


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

    @property
    def form(self) -> Form:
        """What its part of the address may say."""
        return Form(self.key, self.fields, self.check)


def numbers(values: NDArray[np.floating]) -> str:
    """Return values as base64 of little-endian float64, which carries infinities."""
    return base64.b64encode(np.asarray(values, "<f8").tobytes()).decode()


# --- kinds of fields ----------------------------------------------------------------------------------------------


def number(key: str, default: str, low: float, high: float) -> Field:
    """A number from ``low`` to ``high``."""
    return Field(key, default, Real(low, high))


def whole(key: str, default: str, low: int, high: int) -> Field:
    """A whole number from ``low`` to ``high``."""
    return Field(key, default, Whole(low, high))


def choice(key: str, *choices: str) -> Field:
    """One of some names, the first to begin with."""
    return Field(key, choices[0], Choice(choices))


def mixture(key: str, default: str) -> Field:
    """A mixture of normals as it is typed everywhere."""
    return Field(key, default, MIXTURE)


def several(key: str, default: str, names: tuple[str, ...], most: int) -> Field:
    """One to ``most`` different names, separated by commas."""
    return Field(key, default, Several(Choice(names), 1, most, distinct=True))
