"""The Samples tab: a seeded grid, a walk between two of its latents, and what the checkpoint's scores can't see."""

from html import escape
from typing import Any, Final

import gradio as gr

from gan_playground import gallery
from gan_playground.checkpoints import IMAGE_MODELS, Entry, Manifest, manifest
from gan_playground.objectives import objective
from gan_playground.views.icons import icon
from gan_playground.words import WORDS, Refusal, say

BOOT: Final = """
const root = (window.gradio_config && window.gradio_config.root || '').replace(/\\/$/, '');
import(root + '/playground/SCRIPT').then((tab) => tab.open(element, props.book, server));
"""
"""Runs when one of the image tabs is mounted; ``SCRIPT`` is its own script."""


def samples() -> gr.HTML:
    """The tab's one component; use inside its panel."""
    return gr.HTML(
        markup(),
        js_on_load=BOOT.replace("SCRIPT", "samples.js"),
        elem_id="playground-samples",
        elem_classes=["playground"],
        apply_default_css=False,
        server_functions=[gallery.sheet, gallery.walk],
        book=book("samples"),
    )


def book(*sections: str) -> dict[str, Any]:
    """What an image tab's script must know: its words, and the checkpoints with their recipes and scores."""
    try:
        found = manifest()
        refused = None
    except Refusal as refusal:
        found, refused = Manifest({}, {}), {"en": str(refusal), "ko": refusal.say("ko")}
    kept = (*(f"{section}." for section in sections), "knobs.objective.")
    return {
        "words": {key: list(pair) for key, pair in WORDS.items() if key.startswith(kept)},
        "checkpoints": {name: _described(entry) for name, entry in found.entries.items()},
        "yardsticks": found.yardsticks,
        "refused": refused,
    }


def _described(entry: Entry) -> dict[str, Any]:
    name = objective(str(entry.recipe["objective"])).name
    return {
        "objective": f"knobs.objective.{name.name}",
        "practical": name.practical,
        "data": entry.data,
        "generator": IMAGE_MODELS[entry.model].generator_plan,
        "critic": IMAGE_MODELS[entry.model].critic_plan,
        "licence": entry.licence,
        "recipe": entry.recipe,
        "steps": entry.steps,
        "minutes": entry.seconds / 60,
        "megabytes": round(sum(part.bytes for part in entry.parts.values()) / 1e6, 1),
        "scores": entry.scores,
    }


def word(key: str) -> str:
    """An attribute that keeps an element in the visitor's language, and its English text, as ``attribute>text``."""
    return f'data-say="{key}">{escape(say(key))}'


def segments(name: str, section: str, values: tuple[str, ...]) -> str:
    """A row of buttons of which one is pressed, the first to begin with."""
    buttons = "".join(
        f'<button type="button" data-choice="{name}" data-value="{value}" '
        f'aria-pressed="{"true" if place == 0 else "false"}" {word(f"{section}.{value}")}</button>'
        for place, value in enumerate(values)
    )
    return f'<div class="segments" role="group" data-say-aria-label="{section}.{name}">{buttons}</div>'


def checkpoint_control() -> str:
    """The menu of checkpoints; the script fills it."""
    return f"""
<div class="control"><div class="head"><label {word("samples.checkpoint")}</label></div>
  <span class="select"><select class="checkpoint"
    data-say-aria-label="samples.checkpoint"></select>{icon("down")}</span>
  <p class="hint" {word("samples.checkpoint_hint")}</p></div>"""


def path_control() -> str:
    """Linear or spherical."""
    return f"""
<div class="control"><div class="head"><label {word("samples.path")}</label></div>
  {segments("path", "samples", ("spherical", "linear"))}
  <p class="hint" {word("samples.path_hint")}</p></div>"""


def sentence() -> str:
    """The card of the one sentence, and the place where it is spoken."""
    return f"""
<div class="card sentence">{icon("talk")}<p><b class="statement"></b> <span class="reason"></span></p></div>
<p class="spoken" aria-live="polite"></p>"""


def markup() -> str:
    """The tab's HTML in English: the script puts it into the visitor's language and fills the images."""
    return f"""
<div class="pictures samples" data-state="opening">
  <aside class="side">
    <div class="card column">
      {checkpoint_control()}
      <div class="control"><div class="head"><label for="samples-seed" {word("samples.seed")}</label></div>
        <input id="samples-seed" class="seed" type="number" inputmode="numeric" min="0" max="{gallery.LAST_SEED}"
          step="1" value="0">
        <p class="hint" {word("samples.seed_hint")}</p></div>
      {path_control()}
    </div>
  </aside>
  <section class="centre" data-say-aria-label="samples.grid">
    <div class="transport" role="toolbar" data-say-aria-label="samples.grid">
      <button type="button" class="button main" data-do="new">{icon("dice")}<span
        {word("samples.new")}</span><kbd>N</kbd></button>
      <button type="button" class="button" data-do="again" data-say-title="samples.again_title">{icon("reset")}<span
        class="again"></span><kbd>R</kbd></button>
      <button type="button" class="button" data-do="more"
        data-say-aria-label="samples.more">{icon("down")}<span class="word" {word("samples.more")}</span></button>
      <button type="button" class="button" data-do="download" data-say-title="samples.download_title"
        data-say-aria-label="samples.download_title">{icon("save")}<span class="word"
        {word("samples.download")}</span></button>
    </div>
    <div class="card sheet-card">
      <div class="sheet-head-line"><i class="key generated"></i><h2 class="name"></h2>
        <span class="unit count"></span></div>
      <div class="sheet" role="group" data-say-aria-label="samples.grid"></div>
      <p class="hint" {word("samples.pick")}</p>
    </div>
    <div class="card walk-card">
      <div class="sheet-head-line"><h2 {word("samples.walk")}</h2><span class="unit walk-unit"></span></div>
      <div class="strip" role="group" data-say-aria-label="samples.walk"></div>
    </div>
    {sentence()}
  </section>
  <section class="told-column">
    <article class="card told">
      <div class="sheet-head-line"><h2 {word("samples.scores")}</h2>
        <span class="unit" {word("samples.scores_unit")}</span></div>
      <table class="scores"><thead></thead><tbody></tbody></table>
      <p class="remark"><b class="amber" {word("samples.rewards_blur")}</b> <span {word("samples.blind")}</span></p>
    </article>
    <article class="card told"><h2 {word("samples.recipe")}</h2>
      <dl class="recipe"></dl><p class="hint licence"></p></article>
  </section>
</div>"""
