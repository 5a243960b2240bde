"""Every sentence of the product, in English and in Korean.

A sentence has a dotted key; its first part names the section file it stands in. ``say`` fills the
named places of a sentence with values; `Refusal` and `Note` carry a key and its values instead of
text, so that the same event reads in either language at whichever door it leaves by.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from gan_playground.words import (
    boxes,
    checkpoints,
    commands,
    divergences,
    errors,
    estimates,
    family,
    knobs,
    lipschitz,
    notes,
    page,
    papers,
    rejection,
    results,
    rooms,
    saddle,
    samples,
    scores,
    shift,
)

LANGUAGES: Final = ("en", "ko")

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    f"{section.__name__.rsplit('.', 1)[-1]}.{key}": pair
    for section in (
        boxes,
        checkpoints,
        commands,
        divergences,
        errors,
        estimates,
        family,
        knobs,
        lipschitz,
        notes,
        page,
        papers,
        rejection,
        results,
        rooms,
        saddle,
        samples,
        scores,
        shift,
    )
    for key, pair in section.SECTION.items()
}


def say(key: str, lang: str = "en", /, **values: object) -> str:
    """Return the sentence ``key`` in ``lang`` (``en`` for any language the product does not speak).

    A value that is a `Note` is said in the same language.

    Raises:
        KeyError: ``key`` names no sentence, or a place in it got no value.

    """
    spoken = {name: value.say(lang) if isinstance(value, Note) else value for name, value in values.items()}
    return WORDS[key][1 if lang == "ko" else 0].format(**spoken)


class Refusal(ValueError):
    """Input that was not accepted: one sentence that names the value and the remedy.

    ``key`` is a key of `WORDS`; ``knob`` names the setting at fault where there is one.

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
