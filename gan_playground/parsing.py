"""What every strict parser begins with: a number that is one, and a refused value as a sentence may show it."""

import math


def shown(value: object) -> str:
    """Return a value as it may stand in a sentence, cut short."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 40 else text[:39] + "…"


def literal(value: object) -> str:
    """Return a value of a program's request as it was written, quotes and all: where "3" is refused, 3 may be right."""
    return repr(value)[:40]


def finite(value: object) -> float | None:
    """Return ``value`` as a finite float, or None where it is no number (a truth value is none)."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    if isinstance(value, str) and (len(value) > 40 or "_" in value):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
