"""The panels of the Divergences tab, in the order of their list; a new one is one more entry."""

from typing import Final

from gan_playground.page.panels import boxes, estimates, family, lipschitz, results, saddle, shift
from gan_playground.page.panels.panel import Panel

PANELS: Final[dict[str, Panel]] = {
    module.PANEL.key: module.PANEL for module in (family, shift, boxes, lipschitz, saddle, estimates, results)
}
