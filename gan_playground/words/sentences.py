"""How a sentence is filled: numbers with a true minus sign, and particles by the sound that they follow.

``language.js`` fills the same sentences for the page; a test holds the two to each other.
"""

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypedDict

MINUS: Final = "\u2212"
"""Before a negative number that is read, not typed: what programs read, and what a person is to type, has a hyphen."""

_CLOSING: Final = "'\"’”)]}`*"
"""Marks that stand between a word and its particle without a sound."""


class Rule(TypedDict):
    """Particles of a language's file: each, as sentences write it, has two forms.

    The first form follows what ``after`` finds in the text before it, decomposed (NFD) and without closing marks; the
    second follows everything else.
    """

    after: str
    forms: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Particles:
    """A language's particles, by how sentences write them."""

    written: re.Pattern[str] | None
    forms: Mapping[str, tuple[re.Pattern[str], str, str]]

    @classmethod
    def of(cls, rules: Sequence[Rule]) -> "Particles":
        """Return the particles that a language's file lists."""
        forms = {}
        for rule in rules:
            after = re.compile(rule["after"])
            forms |= {written: (after, first, second) for written, (first, second) in rule["forms"].items()}
        return cls(re.compile(f"({'|'.join(map(re.escape, forms))})") if forms else None, forms)

    def fill(self, sentence: str, values: Mapping[str, object]) -> str:
        """Return the sentence with its places filled; a place without a value shows its name."""
        places = _Places({name: _readable(value) for name, value in values.items()})
        said = ""
        for k, part in enumerate(self.written.split(sentence) if self.written else (sentence,)):
            said += self._chosen(said, part) if k % 2 else part.format_map(places)
        return said

    def _chosen(self, before: str, particle: str) -> str:
        after, first, second = self.forms[particle]
        return first if after.search(unicodedata.normalize("NFD", before.rstrip(_CLOSING)[-12:])) else second


def signed(text: str) -> str:
    """Return a number's text with a true minus sign in the place of each hyphen."""
    return text.replace("-", MINUS)


class _Places(dict[str, object]):
    """The values of a sentence's places."""

    def __missing__(self, name: str) -> "_Unfilled":
        return _Unfilled(name)


class _Unfilled(str):
    """The name of a place without a value, in braces whatever its format."""

    def __format__(self, spec: str) -> str:
        return "{" + self + "}"


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as it is read."""

    value: float

    def __format__(self, spec: str) -> str:
        if math.isfinite(self.value):
            return signed(format(self.value, spec))
        return "–" if math.isnan(self.value) else "∞" if self.value > 0 else f"{MINUS}∞"


def _readable(value: object) -> object:
    """A value whose format is what a person reads: an unknown number (None) is a dash."""
    number = value.item() if hasattr(value, "item") else value  # type: ignore[attr-defined]
    if isinstance(number, (int, float)) and not isinstance(number, bool):
        return _Number(number)
    return _Number(math.nan) if number is None else number
