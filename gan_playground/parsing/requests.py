"""Fields by their keys: JSON requests of exactly those fields, forms that an address fills in, key=value items."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote

from gan_playground.parsing.domains import Choice, Domain, Real, Text, Whole
from gan_playground.parsing.values import shown
from gan_playground.words import Refusal

LONGEST: Final = 4000
"""Characters of an address."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a program asks: a mapping of exactly these fields, as JSON carries it."""

    fields: Mapping[str, Domain[Any]]

    def parse(self, request: object) -> dict[str, Any]:
        """Return the value of every field, in the order of declaration.

        Raises:
            Refusal: it is no mapping of exactly these fields, or a value that its field refuses.

        """
        if not isinstance(request, Mapping) or request.keys() != self.fields.keys():
            raise Refusal("errors.request", fields=", ".join(sorted(self.fields)))
        return {key: domain.parse(key, request[key], literal=True) for key, domain in self.fields.items()}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing an address says: its key, its text to begin with, and the values it may take."""

    key: str
    default: str
    domain: Domain[Any]

    def parse(self, text: str) -> Any:
        """Return the value of ``text``; as the domain's."""
        return self.domain.parse(self.key, text)

    def described(self) -> dict[str, Any]:
        """Return what a control is drawn from: the default, and the choices or the range where there are any."""
        match self.domain:
            case Choice(choices):
                accepted = {"choices": list(choices)}
            case Whole(low, high) | Real(low, high):
                accepted = {"low": low, "high": high}
            case _:
                accepted = {}
        return {"default": self.default, **accepted}


@dataclass(frozen=True, slots=True)
class Form:
    """Fields that an address fills in, ``KEY?field=value&field=value``; ``check`` refuses what can't stand together."""

    key: str
    fields: tuple[Field, ...]
    check: Callable[[Mapping[str, Any]], None] | None = None

    def parse(self, values: Mapping[str, object]) -> dict[str, Any]:
        """Return the value of every field, by default where it is not given.

        Raises:
            Refusal: a key that is no field, a value that is no text, one its field does not accept, or values that
                cannot stand together.

        """
        fields = {field.key: field for field in self.fields}
        for key in values:
            if key not in fields:
                raise Refusal("errors.key_unknown", value=shown(key), form=self.key, names=", ".join(fields))
        texts = {key: _TEXT.parse(key, values.get(key, field.default)) for key, field in fields.items()}
        parsed = {key: field.parse(texts[key]) for key, field in fields.items()}
        if self.check is not None:
            self.check(parsed)
        return parsed

    def defaults(self) -> dict[str, str]:
        """Return the text of every field to begin with."""
        return {field.key: field.default for field in self.fields}


_TEXT: Final = Text(LONGEST)
_ADDRESS: Final = Text(LONGEST, too_long="errors.query_too_long")


def read_address(
    text: object, forms: Mapping[str, Form], says: str = "errors.form_unknown"
) -> tuple[Form, dict[str, str]]:
    """Return the form an address names and the text of each of its fields: ``KEY?field=value&...``, checked.

    An empty address is the first form as it begins. In a value ``%2B`` and the like stand for their characters.
    ``says`` is the sentence that refuses another key.

    Raises:
        Refusal: no text, or too long; an unknown form or field, a field given twice, no ``=``, or a refused value.

    """
    name, _, query = _ADDRESS.parse("address", text).partition("?")
    form = forms[Choice(tuple(forms), says).parse("address", name or next(iter(forms), ""))]
    pairs = map(_split, query.split("&") if query else ())
    given = {key: unquote(value) for key, value in _once(pairs).items()}
    form.parse(given)
    return form, form.defaults() | given


def key_values(items: Iterable[str]) -> dict[str, str]:
    """Split ``key=value`` items as a person types them: spaces around a word don't count, and the last of two wins.

    Raises:
        Refusal: an item without ``=``.

    """
    return {key.strip(): value.strip() for key, value in map(_split, items)}


def _split(item: str) -> tuple[str, str]:
    key, equals, value = item.partition("=")
    if not equals:
        raise Refusal("errors.no_equals", value=shown(item))
    return key, value


def _once(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in pairs:
        if key in found:
            raise Refusal("errors.key_twice", value=shown(key))
        found[key] = value
    return found
