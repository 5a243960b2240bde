"""What a sentence on its way says when it arrives."""

from collections.abc import Mapping
from typing import Any

from gan_playground.words import say


def spoken(sentence: Mapping[str, Any], lang: str = "en") -> str:
    """The text of ``{"key", "values"}``."""
    assert {"key", "values"} <= set(sentence)
    values = {
        name: spoken(value, lang) if isinstance(value, dict) else value for name, value in sentence["values"].items()
    }
    return say(sentence["key"], lang, **values)
