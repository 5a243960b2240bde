"""What is seen on the stage, and why."""

from typing import Final

SECTION: Final[dict[str, tuple[str, str]]] = {}
