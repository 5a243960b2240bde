"""The Divergences tab: the theory alive and exact, one panel at a time, without training anything first."""

from typing import Any, Final

from gan_playground.page.panels import PANELS
from gan_playground.page.panels.panel import Answer
from gan_playground.page.tabs.tab import Tab
from gan_playground.parsing import LONGEST, Choice, Request, Table, Text, read_address
from gan_playground.serving.answers import refused
from gan_playground.words import Refusal

FORMS: Final = {key: panel.form for key, panel in PANELS.items()}
ASKED: Final = Request({"panel": Choice(tuple(PANELS), "errors.form_unknown"), "ask": Text(LONGEST), "values": Table()})


def visit(address: object) -> Answer:
    """Read the tab's part of a link: the panel it names and the text of each field, or the sentence that refuses."""
    try:
        panel, values = read_address(address, FORMS)
    except Refusal as refusal:
        return refused(refusal)
    return {"panel": panel.key, "values": values}


def answer(request: object) -> Answer:
    """Compute what a panel's script asks for: ``{"panel", "ask", "values"}``, every value through its parser."""
    try:
        asked = ASKED.parse(request)
        panel = PANELS[asked["panel"]]
        ask = Choice(tuple(panel.answers), "divergences.ask_unknown").parse("ask", asked["ask"])
        return panel.answers[ask](panel.form.parse(asked["values"]))
    except Refusal as refusal:
        return refused(refusal)


def book() -> dict[str, Any]:
    """What the tab's script must know: of every panel, in order, what its own script is told."""
    return {"panels": {key: panel.book() for key, panel in PANELS.items()}}


DIVERGENCES: Final = Tab(
    "divergences", book=book, functions=lambda _: (visit, answer), sheets=("divergences.css", "trained.css")
)
