"""Words of the command line."""

from typing import Final

SECTION: Final[dict[str, tuple[str, str]]] = {}
