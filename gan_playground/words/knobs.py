"""Labels and hints of the knobs, objectives and data."""

from typing import Final

SECTION: Final[dict[str, tuple[str, str]]] = {}
