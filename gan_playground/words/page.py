"""Words of the page's frame: buttons, charts, states."""

from typing import Final

SECTION: Final[dict[str, tuple[str, str]]] = {}
