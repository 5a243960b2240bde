"""Domains: the values that a field may take, each with the one way in which it is read and refused.

``literal`` says how the door writes values: as JSON's own, where a number is a number and a list a list; or as text,
where a number is typed and a list has commas. ``says`` is the key of the sentence that refuses; every sentence may
use ``name`` (the field's key) and ``value`` (text with its quotes), and what its domain adds.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from gan_playground.parsing.values import finite, quoted, shown
from gan_playground.words import Refusal

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Name = str | int


class Domain(Protocol[T_co]):
    """The values a field may take."""

    def parse(self, key: str, value: object, *, literal: bool = False) -> T_co:
        """Return ``value``, which the field ``key`` was given, as one of this domain.

        Raises:
            Refusal: it is none; the sentence names the field, the value and what is accepted.

        """
        ...


def refusal(says: str, key: str, value: object, **accepted: object) -> Refusal:
    """Return the refusal of a field's value."""
    return Refusal(says, knob=key, name=key, value=quoted(value), **accepted)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from ``low`` to ``high``; a float counts where it is one (JSON's 3.0)."""

    low: int
    high: int
    says: str = "errors.knob_integer"

    def parse(self, key: str, value: object, *, literal: bool = False) -> int:
        """Return the number; the sentence may use ``low`` and ``high``."""
        number = finite(value, text=not literal)
        if number is None or number != int(number) or not self.low <= number <= self.high:
            raise refusal(self.says, key, value, low=self.low, high=self.high)
        return int(number)


@dataclass(frozen=True, slots=True)
class Real:
    """A number from ``low`` to ``high``; ``above``: beyond ``low``, which itself is left out."""

    low: float
    high: float
    above: bool = False
    says: str = "errors.knob_number"

    def parse(self, key: str, value: object, *, literal: bool = False) -> float:
        """Return the number; the sentence may use ``low`` and ``high``."""
        number = finite(value, text=not literal)
        if number is None or not self.low <= number <= self.high or (self.above and number == self.low):
            raise refusal(self.says, key, value, low=f"{self.low:g}", high=f"{self.high:g}")
        return number


N = TypeVar("N", str, int, Name)


@dataclass(frozen=True, slots=True)
class Choice(Generic[N]):
    """One of some names or whole numbers."""

    choices: Collection[N]
    says: str = "errors.knob_choice"

    def parse(self, key: str, value: object, *, literal: bool = False) -> N:
        """Return the choice itself; the sentence may use ``names``."""
        del literal
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            for choice in self.choices:
                if value == choice or (isinstance(value, str) and value == str(choice)):
                    return choice
        raise refusal(self.says, key, value, names=", ".join(map(str, self.choices)) or "–")


@dataclass(frozen=True, slots=True)
class Flag:
    """On or off: a truth value, and at a door of text 1, true or on, 0, false or off."""

    says: str = "errors.knob_flag"

    def parse(self, key: str, value: object, *, literal: bool = False) -> bool:
        """Return the truth value; the sentence may use ``names``."""
        if isinstance(value, bool):
            return value
        if not literal and isinstance(value, (str, int)):
            meaning = {"1": True, "true": True, "on": True, "0": False, "false": False, "off": False, 1: True, 0: False}
            found = meaning.get(value.lower() if isinstance(value, str) else value)
            if found is not None:
                return found
        raise refusal(self.says, key, value, names="true, false")


@dataclass(frozen=True, slots=True)
class Text:
    """Text of at most so many characters."""

    most: int
    says: str = "errors.not_text"
    too_long: str = "errors.text_too_long"

    def parse(self, key: str, value: object, *, literal: bool = False) -> str:
        """Return the text; the sentence for one that is too long may use ``length`` and ``limit``."""
        del literal
        if not isinstance(value, str):
            raise refusal(self.says, key, value)
        if len(value) > self.most:
            raise Refusal(self.too_long, knob=key, name=key, length=len(value), limit=self.most)
        return value


@dataclass(frozen=True, slots=True)
class Table:
    """Values by their names, which another declaration reads."""

    says: str = "errors.not_a_mapping"

    def parse(self, key: str, value: object, *, literal: bool = False) -> Mapping[str, object]:
        """Return the mapping."""
        del literal
        if not isinstance(value, Mapping):
            raise refusal(self.says, key, value)
        return value


@dataclass(frozen=True, slots=True)
class Several(Generic[T]):
    """From ``least`` to ``most`` values of one domain, all different where ``distinct``."""

    of: Domain[T]
    least: int
    most: int
    distinct: bool = False
    says: str = "errors.several"

    def parse(self, key: str, value: object, *, literal: bool = False) -> tuple[T, ...]:
        """Return the values in their order; the sentence may use ``least`` and ``most``."""
        items = value if literal else _split(value, ",") if value or self.least else []
        if not isinstance(items, list) or not self.least <= len(items) <= self.most:
            raise refusal(self.says, key, value, least=self.least, most=self.most)
        found = tuple(self.of.parse(key, item, literal=literal) for item in items)
        if self.distinct and len(set(found)) < len(found):
            raise refusal(self.says, key, value, least=self.least, most=self.most)
        return found


@dataclass(frozen=True, slots=True)
class Maybe(Generic[T]):
    """A value of a domain, or nothing (None)."""

    of: Domain[T]

    def parse(self, key: str, value: object, *, literal: bool = False) -> T | None:
        """Return the value, or None."""
        return None if value is None else self.of.parse(key, value, literal=literal)


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """Two values of one domain with a mark between them, as text."""

    of: Domain[T]
    mark: str
    says: str

    def parse(self, key: str, value: object, *, literal: bool = False) -> tuple[T, T]:
        """Return the two."""
        del literal
        first, mark, second = value.partition(self.mark) if isinstance(value, str) else ("", "", "")
        if not mark:
            raise refusal(self.says, key, value)
        return self.of.parse(key, first), self.of.parse(key, second)


@dataclass(frozen=True, slots=True)
class Grammar(Generic[T]):
    """Text in a grammar of its own, read by ``read``, which refuses by sentences of its own."""

    read: Callable[[str], T]

    def parse(self, key: str, value: object, *, literal: bool = False) -> T:
        """Return what the text says."""
        del literal
        try:
            return self.read(value if isinstance(value, str) else shown(value))
        except Refusal as refused:
            raise Refusal(refused.key, knob=key, **{"name": key, **refused.values}) from None


def _split(value: object, mark: str) -> list[str] | None:
    return value.split(mark) if isinstance(value, str) else None
