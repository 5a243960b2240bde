"""Words of the Rejection tab."""

from typing import Final

SECTION: Final[dict[str, tuple[str, str]]] = {}
