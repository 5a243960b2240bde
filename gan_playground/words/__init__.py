"""Every sentence of the product: one catalogue a language, a file beside this one; English is the reference.

A sentence has a dotted key, whose first part names its section in the file. It travels as its key and its values,
as a `Note` or a `Refusal`, and is said where it is read: on the page by ``language.js``, on a terminal and in an
error by `say`. A further language is one more file: it carries its own name (``page.own_name``) and, where the
language has some, its particles (`Rule`).
"""

import json
import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypedDict, overload

from gan_playground.words.sentences import Particles

FOLDER_VARIABLE: Final = "GAN_PLAYGROUND_WORDS"
"""The environment variable that names a folder of further catalogues, to look at a translation in the making."""


def _files() -> dict[str, Path]:
    """Each language's catalogue, English first."""
    folders = [Path(__file__).parent]
    if further := os.environ.get(FOLDER_VARIABLE):
        folders.append(Path(further))
    found = {file.stem: file for folder in folders for file in sorted(folder.glob("*.json"))}
    return {"en": found.pop("en"), **found}


def _read(file: Path) -> tuple[dict[str, str], Particles]:
    """A catalogue's sentences by their keys, and its particles."""
    sections: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    particles = Particles.of(sections.pop("particles", []))
    return {f"{section}.{name}": said for section, names in sections.items() for name, said in names.items()}, particles


FILES: Final[Mapping[str, Path]] = _files()
_READ: Final = {language: _read(file) for language, file in FILES.items()}
CATALOGUES: Final[Mapping[str, Mapping[str, str]]] = {language: said for language, (said, _) in _READ.items()}
LANGUAGES: Final = tuple(CATALOGUES)


def wanted(tag: str) -> str | None:
    """Return the language of a tag as systems and browsers write it (``ko_KR.UTF-8``, ``ko-KR``); None if unknown."""
    plain = re.split(r"[.@]", tag)[0].replace("_", "-")
    return next((language for language in (plain, plain.split("-")[0]) if language in CATALOGUES), None)


def knows(key: str) -> bool:
    """Tell whether there is a sentence ``key``."""
    return key in CATALOGUES["en"]


def say(key: str, lang: str = "en", /, **values: object) -> str:
    """Return the sentence ``key`` in ``lang`` (``en`` for any language the product does not speak).

    A value that is a `Note` is said in the same language. A sentence or a value that is missing shows its name.
    """
    catalogue, particles = _READ.get(lang, _READ["en"])
    spoken = {name: value.say(lang) if isinstance(value, Note) else value for name, value in values.items()}
    return particles.fill(catalogue.get(key, key), spoken)


class Refusal(ValueError):
    """Input that was not accepted: one sentence that names the value and the remedy.

    ``key`` is a key of the catalogues; ``knob`` names the setting at fault where there is one.

    >>> from gan_playground import Settings
    >>> try:
    ...     Settings.parse({"critic_rate": "fast"})
    ... except Refusal as refusal:
    ...     print(refusal.knob)
    critic_rate
    """

    def __init__(self, key: str, /, *, knob: str = "", **values: object) -> None:
        self.key, self.knob, self.values = key, knob, values
        super().__init__(say(key, "en", **values))

    def say(self, lang: str) -> str:
        """Return the sentence in ``lang``."""
        return say(self.key, lang, **self.values)


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence for the visitor, kept as its key and values until a language is known."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def say(self, lang: str) -> str:
        """Return the sentence in ``lang``."""
        return say(self.key, lang, **self.values)


class Sentence(TypedDict):
    """A sentence on its way to a screen; a value may be such a sentence itself."""

    key: str
    values: "dict[str, str | float | bool | Sentence | None]"


@overload
def unsaid(sentence: None) -> None: ...
@overload
def unsaid(sentence: Note | Refusal) -> Sentence: ...
@overload
def unsaid(sentence: Note | Refusal | None) -> Sentence | None: ...
def unsaid(sentence: Note | Refusal | None) -> Sentence | None:
    """Return a sentence as it travels, a `Note` among its values likewise."""
    if sentence is None:
        return None
    return {"key": sentence.key, "values": {name: _plain(value) for name, value in sentence.values.items()}}


def _plain(value: object) -> str | float | bool | Sentence | None:
    """A value as JSON has it: nan is null, an infinity its name, and what is no number or text its text."""
    if isinstance(value, Note):
        return unsaid(value)
    number = value.item() if hasattr(value, "item") else value  # type: ignore[attr-defined]
    if isinstance(number, float) and not math.isfinite(number):
        return None if math.isnan(number) else "inf" if number > 0 else "-inf"
    return number if isinstance(number, (bool, int, float, str)) else str(value)
