"""A refused value as a sentence may show it, and a number that is one."""

import math

LONGEST_NUMBER = 40
"""Characters of a number: more are never meant."""


def shown(value: object, most: int = 40) -> str:
    """Return a value as it may stand in a sentence: cut short, and of letters that can be printed and sent."""
    text = value if isinstance(value, str) else _written(value)
    cut = text if len(text) <= most else text[: most - 1] + "…"
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in cut)


def quoted(value: object) -> str:
    """Return a value as `shown`, text in quotes and nothing else: where '3' is refused, 3 may be right."""
    return f"'{shown(value)}'" if isinstance(value, str) else shown(value)


def _written(value: object) -> str:
    try:
        return repr(value)
    except (ValueError, RecursionError):  # a whole number of thousands of digits; lists within lists within lists
        return type(value).__name__


def finite(value: object, *, text: bool = True) -> float | None:
    """Return ``value`` as a finite float, or None where it is no number; a truth value is none, text where ``text``."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str) if text else (int, float)):
        return None
    if isinstance(value, str) and (len(value) > LONGEST_NUMBER or "_" in value):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
