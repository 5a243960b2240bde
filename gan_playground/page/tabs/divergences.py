"""The Divergences tab: the theory alive and exact, one panel at a time, without training anything first."""

from collections.abc import Mapping
from typing import Any, Final

from gan_playground.page.icons import icon
from gan_playground.page.panels import PANELS, results
from gan_playground.page.panels.panel import Answer, Panel, read_address, word
from gan_playground.page.tabs.tab import Tab
from gan_playground.parsing import shown
from gan_playground.words import CATALOGUES, Refusal

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
    return {"refused": {"en": str(refusal), "ko": refusal.say("ko")}}


def book() -> dict[str, Any]:
    """What the tab's script must know: its words, the panels in order, and the text of their fields to begin with."""
    kept = ("divergences.", *(f"{key}." for key in PANELS), "knobs.objective.", "notes.of_", *results.shown_keys())
    return {
        "words": {key: [said[key] for said in CATALOGUES.values()] for key in CATALOGUES["en"] if key.startswith(kept)},
        "panels": {key: panel.defaults() for key, panel in PANELS.items()},
    }


def markup(_: str = "divergences") -> str:
    """The tab's HTML in English: the script puts it into the visitor's language and draws."""
    listed = "".join(
        f'<button type="button" data-panel="{key}" aria-pressed="false" {word(f"{key}.tab")}</button>' for key in PANELS
    )
    return f"""
<div class="theory" data-state="opening">
  <nav class="card panels" data-say-aria-label="divergences.panels"><b {word("divergences.panels")}</b>{listed}</nav>
  <p class="card refused-link" role="alert" hidden></p>
  {"".join(_panel(panel) for panel in PANELS.values())}
</div>"""


def _panel(panel: Panel) -> str:
    """One panel: its controls and what to try, its stage, its sentence."""
    key = panel.key
    return f"""
<section class="panel {key}" data-of="{key}" data-say-aria-label="{key}.tab" hidden>
  <aside class="side">
    <div class="card column">{panel.controls()}</div>
    <article class="card told try"><b {word("divergences.try")}</b> <span {word(f"{key}.try")}</span>
      <p class="hint" {word(f"{key}.references")}</p></article>
  </aside>
  <div class="main">{panel.stage()}
    <div class="card sentence">{icon("talk")}<p><b class="statement"></b> <span class="reason"></span></p></div>
    <p class="spoken" aria-live="polite"></p>
  </div>
</section>"""


DIVERGENCES: Final = Tab(
    "divergences",
    book=book,
    functions=lambda _: (visit, answer),
    markup=markup,
    sheets=("divergences.css", "trained.css"),
)
