"""The frame around the tabs: header, panels, theme, styles and words; what `app.py` hands to Gradio.

The tab bar is ours and drives plain columns by one attribute of the body: its labels change language
at once, every panel is mounted from the start, and nothing hangs on Gradio's own markup.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from gan_playground.page import theme
from gan_playground.page.gradio_import import Base, LocalFont
from gan_playground.page.gradio_import import gradio as gr
from gan_playground.page.tabs.tab import RunOf, Tab, component
from gan_playground.words import LANGUAGES, say

WEB: Final = Path(theme.__file__).parent.parent / "web"
"""The folder of scripts and styles, served under ``/playground/``."""

EARLY: Final = """<script type="module">
const root = (window.gradio_config && window.gradio_config.root || '').replace(/\\/$/, '');
import(root + '/playground/language.js').then((words) => words.offer(LANGUAGES));
</script>"""
"""Fetches the visitor's words while Gradio is still on its way: nothing is shown in another language first."""


def body(tabs: Sequence[Tab], run_of: RunOf) -> None:
    """The header and one panel a tab, inside the page's blocks."""
    component("header", book(tabs))
    for tab in tabs:
        with gr.Column(elem_id=f"panel-{tab.key}", elem_classes=["playground-panel"]):
            tab.component(run_of)


def book(tabs: Sequence[Tab]) -> dict[str, object]:
    """What the page's script must know: the tabs in order, and the languages by their own names."""
    return {"tabs": [tab.key for tab in tabs], "languages": _languages()}


def _languages() -> dict[str, str]:
    return {language: say("page.own_name", language) for language in LANGUAGES}


def head(tabs: Sequence[Tab]) -> str:
    """Styles for the document's head: the tokens as variables, then the sheets of ``web/``, later ones override."""
    named = dict.fromkeys(("page.css", *(sheet for tab in tabs for sheet in tab.sheets), "screens.css"))
    sheets = "".join((WEB / sheet).read_text(encoding="utf-8") for sheet in named)
    seen = ",".join(f'body[data-tab="{tab.key}"] #panel-{tab.key}' for tab in tabs)
    early = EARLY.replace("LANGUAGES", json.dumps(_languages(), ensure_ascii=False))
    return f"<style>{theme.variables()}{sheets}{seen}{{display:flex!important}}</style>{early}"


def look() -> Base:
    """Gradio's theme in our tokens: neutral hues, local fonts, two weights."""
    fonts = [LocalFont(name, theme.WEIGHTS) if name == theme.SANS[0] else name for name in theme.SANS]
    mono = [LocalFont(name, theme.WEIGHTS) if name == theme.MONO[0] else name for name in theme.MONO]
    neutral = Base(primary_hue="neutral", secondary_hue="neutral", neutral_hue="slate", font=fonts, font_mono=mono)
    return neutral.set(**theme.gradio_variables())
