"""The Rejection tab: would this sample be kept? On images, and on a toy where the true ratio is known."""

from typing import Any, Final

from gan_playground.images.evaluators import read
from gan_playground.page.icons import icon
from gan_playground.page.tabs.samples import book, checkpoint_control, path_control, segments, sentence, word
from gan_playground.page.tabs.tab import Tab
from gan_playground.rejection import PERCENTILE, SAMPLERS
from gan_playground.serving import rejection_requests, toy_rejection_requests
from gan_playground.words import Refusal

STRICTEST: Final = 99
"""The slider's end: at 100 only the burn-in's best sample has a chance of one half."""

PARTS: Final = ("images", "toy")
RATIOS: Final = ("calibrated", "as-trained")


def _book() -> dict[str, Any]:
    """What the tab's script must know: of the checkpoints, those whose critics ship calibrated."""
    whole = book("samples", "rejection")
    try:
        calibrated = read()["ratios"]
    except Refusal as refusal:
        return whole | {"checkpoints": {}, "refused": {"en": str(refusal), "ko": refusal.say("ko")}}
    return whole | {"checkpoints": {name: of for name, of in whole["checkpoints"].items() if name in calibrated}}


def markup(_: str = "rejection") -> str:
    """The tab's HTML in English: the script puts it into the visitor's language and fills the images."""
    return f"""
<div class="pictures rejection" data-state="opening" data-part="images">
  <aside class="side">{_controls()}{_pair()}{_calibration()}</aside>
  {_images()}
  {_toy()}
</div>"""


def _controls() -> str:
    return f"""
<div class="card column">
  <div class="control"><div class="head"><label {word("rejection.part")}</label></div>
    {segments("part", "rejection", PARTS)}</div>
  <div class="for-images">{checkpoint_control()}</div>
  <div class="control for-toy"><div class="head"><label {word("rejection.source")}</label></div>
    {segments("source", "rejection", (*toy_rejection_requests.SOURCES[1:], toy_rejection_requests.MINE))}
    <p class="hint" {word("rejection.source_hint")}</p></div>
  <div class="control"><div class="head"><label {word("rejection.sampler")}</label></div>
    {segments("sampler", "rejection", tuple(SAMPLERS))}
    <p class="hint sampler-hint"></p></div>
  <div class="control strict"><div class="head"><label for="strictness" class="strictness-label"></label>
      <output class="percentile" for="strictness"></output></div>
    <input id="strictness" class="strictness" type="range" min="0" max="{STRICTEST}" step="1" value="{PERCENTILE:.0f}">
    <p class="hint strictness-hint"></p></div>
  <div class="control for-images"><div class="head"><label {word("rejection.ratio")}</label></div>
    {segments("ratio", "rejection", RATIOS)}</div>
  <div class="control for-images"><div class="head"><label {word("rejection.ends")}</label></div>
    {segments("ends", "rejection", rejection_requests.WALKS)}
    <p class="hint mine-hint" {word("rejection.mine_hint")}</p></div>
  <div class="for-images">{path_control()}</div>
</div>"""


def _pair() -> str:
    return f"""
<article class="card told pair"><h2 {word("rejection.pair")}</h2>
  <dl class="frozen">
    <div><dt>M</dt><dd><b class="maximum"></b> <span {word("rejection.maximum_is")}</span></dd></div>
    <div><dt class="gamma-name">γ</dt><dd><b class="gamma"></b> <span class="gamma-is"></span></dd></div></dl>
  <p class="hint" {word("rejection.pair_hint")}</p>
  <p class="hint capped"></p></article>"""


def _calibration() -> str:
    return f"""
<article class="card told calibration"><div class="sheet-head-line"><h2 {word("rejection.reliable")}</h2>
    <span class="unit" {word("rejection.reliable_unit")}</span></div>
  <div class="plot reliability"><canvas role="img" data-say-aria-label="rejection.reliable"></canvas></div>
  <table class="scores honesty"><thead></thead><tbody></tbody></table>
  <p class="hint ratio-note"></p><div class="cautions"></div></article>"""


def _images() -> str:
    return f"""
<section class="centre for-images" data-say-aria-label="rejection.title">
  <div class="transport" role="toolbar" data-say-aria-label="rejection.title">
    <button type="button" class="button main" data-do="new">{icon("dice")}<span
      {word("rejection.new")}</span><kbd>N</kbd></button>
    <button type="button" class="button" data-do="again" data-say-title="samples.again_title">{icon("reset")}<span
      class="again"></span><kbd>R</kbd></button>
    <button type="button" class="button" data-do="fill">{icon("play")}<span class="word"
      {word("rejection.fill")}</span></button>
    <span class="share"><span {word("rejection.kept_share")}</span> <b></b>
      <span class="word" {word("rejection.of_samples")}</span></span>
  </div>
  <div class="card walks-card">
    <div class="sheet-head-line"><h2 {word("rejection.title")}</h2>
      <span class="unit" {word("rejection.height")}</span><span class="unit far" {word("rejection.row")}</span></div>
    <div class="walks" role="group" data-say-aria-label="rejection.title"></div>
  </div>
  {sentence()}
  <article class="card told verdict">
    <div class="sheet-head-line"><h2 {word("rejection.verdict")}</h2><span class="unit verdict-unit"></span></div>
    <table class="scores verdicts"><thead></thead><tbody></tbody></table>
    <p class="verdict-says"></p><p class="hint verdict-note"></p><p class="hint rank-note"></p></article>
</section>
<section class="told-column for-images">
  <article class="card told plotted ratios">
    <div class="sheet-head-line"><h2 {word("rejection.ratios")}</h2>
      <span class="unit" {word("rejection.each")}</span>
      <span class="legend-end"><i class="key p"></i><span {word("rejection.real")}</span>
        <i class="key swatch"></i><span {word("rejection.generated")}</span></span></div>
    <div class="plot"><canvas role="img" data-say-aria-label="rejection.ratios"></canvas></div></article>
  <article class="card told plotted logits">
    <div class="sheet-head-line"><h2 {word("rejection.logits")}</h2>
      <span class="unit" {word("rejection.logits_unit")}</span></div>
    <div class="plot"><canvas role="img" data-say-aria-label="rejection.logits"></canvas></div></article>
  <article class="card told plotted chances">
    <div class="sheet-head-line"><h2 {word("rejection.chances")}</h2>
      <span class="unit" {word("rejection.burn_in")}</span></div>
    <div class="plot"><canvas role="img" data-say-aria-label="rejection.chances"></canvas></div></article>
  <article class="card told plotted confidence">
    <div class="sheet-head-line"><h2 {word("rejection.confidence")}</h2>
      <span class="unit" {word("rejection.confidence_unit")}</span>
      <span class="legend-end"><i class="key swatch"></i><span {word("rejection.kept")}</span>
        <i class="key hollow"></i><span {word("rejection.rejected")}</span></span></div>
    <div class="plot"><canvas role="img" data-say-aria-label="rejection.confidence"></canvas></div></article>
  <article class="card told galleries">
    <div class="kept"><div class="sheet-head-line"><i class="key swatch"></i><h2 {word("rejection.kept")}</h2>
      <span class="unit far kept-count"></span></div>
      <canvas role="img" data-say-aria-label="rejection.kept"></canvas></div>
    <div class="rejected"><div class="sheet-head-line"><i class="key hollow"></i><h2 {word("rejection.rejected")}</h2>
      <span class="unit far rejected-count"></span></div>
      <canvas role="img" data-say-aria-label="rejection.rejected"></canvas></div></article>
</section>"""


def _toy() -> str:
    return f"""
<section class="centre for-toy" data-say-aria-label="rejection.toy_title">
  <div class="transport" role="toolbar" data-say-aria-label="rejection.toy_title">
    <button type="button" class="button main" data-do="look">{icon("reset")}<span
      {word("rejection.look")}</span><kbd>R</kbd></button>
    <span class="share"><span {word("rejection.kept_share")}</span> <b></b>
      <span class="word" {word("rejection.of_samples")}</span></span>
  </div>
  <div class="card planes-card">
    <div class="sheet-head-line"><h2 {word("rejection.toy_title")}</h2><span class="unit toy-name"></span></div>
    <div class="planes">
      <figure><figcaption {word("rejection.before")}</figcaption>
        <canvas class="before" role="img" data-say-aria-label="rejection.before"></canvas></figure>
      <figure><figcaption {word("rejection.after")}</figcaption>
        <canvas class="after" role="img" data-say-aria-label="rejection.after"></canvas></figure></div>
    <div class="scale"><span {word("rejection.never")}</span><i></i><span {word("rejection.always")}</span>
      <span class="legend-end"><i class="key real"></i><span {word("rejection.real")}</span>
        <i class="key disc"></i><span {word("rejection.kept")}</span>
        <i class="key ring"></i><span {word("rejection.rejected")}</span></span></div>
  </div>
  <div class="toy-sentence">{sentence()}</div>
  <article class="card told toy-table">
    <div class="sheet-head-line"><h2 {word("rejection.table")}</h2><span class="unit table-unit"></span></div>
    <div class="wide"><table class="scores samplers"><thead></thead><tbody></tbody></table></div>
    <p class="hint table-note"></p></article>
</section>
<section class="told-column for-toy">
  <article class="card told plotted tall truth">
    <div class="sheet-head-line"><h2 {word("rejection.truth")}</h2>
      <span class="unit" {word("rejection.truth_unit")}</span></div>
    <div class="plot"><canvas role="img" data-say-aria-label="rejection.truth"></canvas></div>
    <p class="hint truth-note"></p></article>
  <article class="card told plotted toy-ratios">
    <div class="sheet-head-line"><h2 {word("rejection.ratios")}</h2>
      <span class="unit" {word("rejection.each")}</span>
      <span class="legend-end"><i class="key p"></i><span {word("rejection.real")}</span>
        <i class="key swatch"></i><span {word("rejection.generated")}</span></span></div>
    <div class="plot"><canvas role="img" data-say-aria-label="rejection.ratios"></canvas></div></article>
  <article class="card told plotted toy-chances">
    <div class="sheet-head-line"><h2 {word("rejection.chances")}</h2>
      <span class="unit" {word("rejection.burn_in")}</span></div>
    <div class="plot"><canvas role="img" data-say-aria-label="rejection.chances"></canvas></div></article>
</section>"""


REJECTION: Final = Tab(
    "rejection",
    book=_book,
    functions=lambda run_of: (
        rejection_requests.frozen,
        rejection_requests.walks,
        rejection_requests.candidates,
        rejection_requests.evaluation_queue(),
        toy_rejection_requests.toy_queue(run_of),
    ),
    markup=markup,
    sheets=("images.css",),
)
