"""The Divergences tab: the theory alive and exact, one panel at a time, without training anything first."""

from collections.abc import Mapping
from typing import Any, Final

from gan_playground.page.panels import PANELS
from gan_playground.page.panels.panel import Answer, read_address
from gan_playground.page.tabs.tab import Tab
from gan_playground.parsing import shown
from gan_playground.words import Refusal, unsaid

FIELDS: Final = {"panel", "ask", "values"}
"""Of a request."""


def visit(address: object) -> Answer:
    """Read the tab's part of a link: the panel it names and the text of each field, or the sentence that refuses."""
    try:
        if not isinstance(address, str):
            raise Refusal("divergences.not_text", key="address", value=shown(address))
        panel, values = read_address(address, PANELS)
    except Refusal as refusal:
        return _refused(refusal)
    return {"panel": panel.key, "values": values}


def answer(request: object) -> Answer:
    """Compute what a panel's script asks for: ``{"panel", "ask", "values"}``, every value through its parser."""
    try:
        if not isinstance(request, Mapping) or set(request) != FIELDS or not isinstance(request["values"], Mapping):
            raise Refusal("divergences.request", fields=", ".join(sorted(FIELDS)))
        panel, ask = PANELS.get(str(request["panel"])), str(request["ask"])
        if panel is None:
            raise Refusal("divergences.panel_unknown", value=shown(request["panel"]), names=", ".join(PANELS))
        if ask not in panel.answers:
            raise Refusal("divergences.ask_unknown", value=shown(ask), names=", ".join(panel.answers))
        return panel.answers[ask](panel.parse(request["values"]))
    except Refusal as refusal:
        return _refused(refusal)


def _refused(refusal: Refusal) -> Answer:
    return {"refused": unsaid(refusal)}


def book() -> dict[str, Any]:
    """What the tab's script must know: of every panel, in order, what its own script is told."""
    return {"panels": {key: panel.book() for key, panel in PANELS.items()}}


DIVERGENCES: Final = Tab(
    "divergences", book=book, functions=lambda _: (visit, answer), sheets=("divergences.css", "trained.css")
)
