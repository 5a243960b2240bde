"""The Rejection tab: would this image be kept? Walks with bars, the frozen pair, histograms, galleries."""

from typing import Final

import gradio as gr

from gan_playground import gallery
from gan_playground.rejection import PERCENTILE
from gan_playground.tabs.samples import BOOT, book, checkpoint_control, path_control, segments, sentence, word
from gan_playground.views.icons import icon

STRICTEST: Final = 99
"""The slider's end: at 100 only the burn-in's best sample has a chance of one half."""


def rejection() -> gr.HTML:
    """The tab's one component; use inside its panel."""
    return gr.HTML(
        markup(),
        js_on_load=BOOT.replace("SCRIPT", "rejection.js"),
        elem_id="playground-rejection",
        elem_classes=["playground"],
        apply_default_css=False,
        server_functions=[gallery.frozen, gallery.walks, gallery.candidates],
        book=book("samples", "rejection"),
    )


def markup() -> str:
    """The tab's HTML in English: the script puts it into the visitor's language and fills the images."""
    return f"""
<div class="pictures rejection" data-state="opening">
  <aside class="side">
    <div class="card column">
      {checkpoint_control()}
      <div class="control"><div class="head"><label for="strictness" {word("rejection.strictness")}</label>
          <output class="percentile" for="strictness"></output></div>
        <input id="strictness" class="strictness" type="range" min="0" max="{STRICTEST}" step="1"
          value="{PERCENTILE:.0f}">
        <p class="hint" {word("rejection.strictness_hint")}</p></div>
      <div class="control"><div class="head"><label {word("rejection.ends")}</label></div>
        {segments("ends", "rejection", gallery.WALKS)}</div>
      {path_control()}
    </div>
    <article class="card told pair"><h2 {word("rejection.pair")}</h2>
      <dl class="frozen">
        <div><dt>M</dt><dd><b class="maximum"></b> <span {word("rejection.maximum_is")}</span></dd></div>
        <div><dt>γ</dt><dd><b class="gamma"></b> <span {word("rejection.gamma_is")}</span></dd></div></dl>
      <p class="hint" {word("rejection.pair_hint")}</p>
      <p class="hint capped"></p><p class="hint ratio-note"></p></article>
  </aside>
  <section class="centre" data-say-aria-label="rejection.title">
    <div class="transport" role="toolbar" data-say-aria-label="rejection.title">
      <button type="button" class="button main" data-do="new">{icon("dice")}<span
        {word("rejection.new")}</span><kbd>N</kbd></button>
      <button type="button" class="button" data-do="again" data-say-title="samples.again_title">{icon("reset")}<span
        class="again"></span><kbd>R</kbd></button>
      <span class="share"><span {word("rejection.kept_share")}</span> <b></b>
        <span class="word" {word("rejection.of_samples")}</span></span>
    </div>
    <div class="card walks-card">
      <div class="sheet-head-line"><h2 {word("rejection.title")}</h2>
        <span class="unit" {word("rejection.height")}</span><span class="unit far" {word("rejection.row")}</span></div>
      <div class="walks" role="group" data-say-aria-label="rejection.title"></div>
    </div>
    {sentence()}
  </section>
  <section class="told-column">
    <article class="card told plotted ratios">
      <div class="sheet-head-line"><h2 {word("rejection.ratios")}</h2>
        <span class="unit" {word("rejection.each")}</span>
        <span class="legend-end"><i class="key p"></i><span {word("rejection.real")}</span>
          <i class="key swatch"></i><span {word("rejection.generated")}</span></span></div>
      <div class="plot"><canvas role="img" data-say-aria-label="rejection.ratios"></canvas></div></article>
    <article class="card told plotted chances">
      <div class="sheet-head-line"><h2 {word("rejection.chances")}</h2>
        <span class="unit" {word("rejection.burn_in")}</span></div>
      <div class="plot"><canvas role="img" data-say-aria-label="rejection.chances"></canvas></div></article>
    <article class="card told galleries">
      <div class="kept"><div class="sheet-head-line"><i class="key swatch"></i><h2 {word("rejection.kept")}</h2>
        <span class="unit far kept-count"></span></div>
        <canvas role="img" data-say-aria-label="rejection.kept"></canvas></div>
      <div class="rejected"><div class="sheet-head-line"><i class="key hollow"></i><h2 {word("rejection.rejected")}</h2>
        <span class="unit far rejected-count"></span></div>
        <canvas role="img" data-say-aria-label="rejection.rejected"></canvas></div></article>
  </section>
</div>"""
