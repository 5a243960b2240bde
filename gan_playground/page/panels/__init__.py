"""The panels of the Divergences tab, in the order of their list; a new one is one more entry."""

from typing import Final

from gan_playground.page.panels import boxes, estimates, family, lipschitz, results, saddle, shift
from gan_playground.page.panels.panel import Panel

PANELS: Final[dict[str, Panel]] = {
    family.PANEL.key: family.PANEL,
    shift.PANEL.key: shift.PANEL,
    boxes.PANEL.key: boxes.PANEL,
    lipschitz.PANEL.key: lipschitz.PANEL,
    saddle.PANEL.key: saddle.PANEL,
    estimates.PANEL.key: estimates.PANEL,
    results.PANEL.key: results.PANEL,
}
