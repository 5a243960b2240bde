"""The panels of the Divergences tab, in the order of their list; a new one is one more entry."""

from typing import Final

from gan_playground.tabs.panels import boxes, family, shift
from gan_playground.tabs.panels.panel import Panel

PANELS: Final[dict[str, Panel]] = {
    family.PANEL.key: family.PANEL,
    shift.PANEL.key: shift.PANEL,
    boxes.PANEL.key: boxes.PANEL,
}
