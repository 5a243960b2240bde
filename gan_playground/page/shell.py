"""The frame around the tabs: header, tab bar, theme, styles and words; what `app.py` hands to Gradio.

The tab bar is ours and drives plain columns by one attribute of the body: its labels change language
at once, every panel is mounted from the start, and nothing hangs on Gradio's own markup.
"""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final

import gradio as gr
from gradio.themes import Base
from gradio.themes.utils.fonts import LocalFont

from gan_playground.page import theme
from gan_playground.page.controls import declaration
from gan_playground.page.icons import icon, mark
from gan_playground.words import WORDS, say

WEB: Final = Path(theme.__file__).parent.parent / "web"
"""The folder of scripts and styles, served under ``/playground/``."""

SHEETS: Final = ("page.css", "train.css", "images.css", "divergences.css", "trained.css", "screens.css")
"""Style sheets in their order: later ones override."""

TABS: Final = ("train", "samples", "rejection", "divergences")

BOOT: Final = """
const root = (window.gradio_config && window.gradio_config.root || '').replace(/\\/$/, '');
import(root + '/playground/page.js').then((page) => page.open(element, props.book));
"""
"""Runs when a component of ours is mounted: loads the page's script once and hands it the element."""


def head() -> str:
    """Styles for the document's head: the tokens as variables, then the sheets of ``web/``."""
    sheets = "".join((WEB / sheet).read_text(encoding="utf-8") for sheet in SHEETS)
    return f"<style>{theme.variables()}{sheets}</style>"


def look() -> Base:
    """Gradio's theme in our tokens: neutral hues, local fonts, two weights."""
    fonts = [LocalFont(name, theme.WEIGHTS) if name == theme.SANS[0] else name for name in theme.SANS]
    mono = [LocalFont(name, theme.WEIGHTS) if name == theme.MONO[0] else name for name in theme.MONO]
    neutral = Base(primary_hue="neutral", secondary_hue="neutral", neutral_hue="slate", font=fonts, font_mono=mono)
    return neutral.set(**theme.gradio_variables())


def header(tabs: Sequence[str] = TABS) -> gr.HTML:
    """Name, language, theme, link, presenter, help, and the tab bar; carries the page's words."""
    return gr.HTML(
        header_markup(tabs),
        js_on_load=BOOT,
        elem_id="playground-header",
        elem_classes=["playground"],
        apply_default_css=False,
        book=book(),
    )


def panel(name: str) -> gr.Column:
    """The column one tab shows; use as a context."""
    return gr.Column(elem_id=f"panel-{name}", elem_classes=["playground-panel"])


def book() -> dict[str, object]:
    """What the script needs to know: words of the page, and the declaration of the knobs."""
    spoken = {key: list(pair) for key, pair in WORDS.items() if key.split(".", 1)[0] in ("page", "knobs", "notes")}
    return {"words": spoken, **declaration()}


def header_markup(tabs: Sequence[str] = TABS) -> str:
    """The header's HTML in English."""
    listed = "".join(_tab(name, chosen=name == tabs[0]) for name in tabs)
    return f"""
<header class="masthead">
  {mark()}<h1>GAN Playground</h1><span class="tagline" data-say="page.tagline">{escape(say("page.tagline"))}</span>
  <div class="actions">
    <div class="switch" role="group" data-say-aria-label="page.language">
      <button type="button" data-language="en" lang="en" aria-pressed="true">EN</button>
      <button type="button" data-language="ko" lang="ko" aria-pressed="false">한국어</button>
    </div>
    <button type="button" class="button square" data-do="theme" data-say-aria-label="page.theme"
      data-say-title="page.theme">{icon("moon", "for-light")}{icon("sun", "for-dark")}</button>
    <button type="button" class="button" data-do="copy">{icon("link")}<span
      data-say="page.copy_link">{escape(say("page.copy_link"))}</span></button>
    <button type="button" class="button" data-do="present">{icon("present")}<span
      data-say="page.present">{escape(say("page.present"))}</span><kbd>P</kbd></button>
    <button type="button" class="button square" data-do="help" data-say-aria-label="page.help"
      data-say-title="page.help">{icon("help")}</button>
    <button type="button" class="button square menu" data-do="menu" aria-expanded="false"
      data-say-aria-label="page.menu" data-say-title="page.menu">{icon("menu")}</button>
  </div>
</header>
<div class="tabs" role="tablist" data-say-aria-label="page.tabs">{listed}</div>
<dialog class="help" aria-labelledby="help-title">
  <div class="help-head"><h2 id="help-title" data-say="page.help">{escape(say("page.help"))}</h2>
    <button type="button" class="button square" data-do="close-help" data-say-aria-label="page.close"
      data-say-title="page.close">{icon("close")}</button></div>
  <div class="help-body">
    <dl class="reading">{"".join(_reading(key) for key in _READINGS)}</dl>
    <h3 data-say="page.keys">{escape(say("page.keys"))}</h3>
    <dl class="keys">{"".join(_key(cap, key) for cap, key in _KEYS.items())}</dl>
  </div>
</dialog>"""


def _tab(name: str, *, chosen: bool) -> str:
    key = f"page.tab_{name}"
    return (
        f'<button type="button" role="tab" id="tab-{name}" aria-controls="panel-{name}" data-tab="{name}" '
        f'aria-selected="{str(chosen).lower()}" tabindex="{0 if chosen else -1}" '
        f'data-say="{key}">{escape(say(key))}</button>'
    )


_READINGS: Final = ("real", "generated", "critic", "field", "exact", "reference", "floor", "gap")
_KEYS: Final = {
    "Space": "play_or_pause",
    "S": "step",
    "R": "reset",
    "N": "new_seed",
    "O": "next_objective",
    "D": "next_data",
    "1–7": "layers",
    "P": "present",
    "L": "language",
    "T": "theme",
    "?": "help",
    "Esc": "leave",
}


def _reading(name: str) -> str:
    key = f"page.reads_{name}"
    return f'<div><dt><i class="key {name}"></i></dt><dd data-say="{key}">{escape(say(key))}</dd></div>'


def _key(cap: str, name: str) -> str:
    key = f"page.key_{name}"
    return f'<div><dt><kbd>{cap}</kbd></dt><dd data-say="{key}">{escape(say(key))}</dd></div>'
