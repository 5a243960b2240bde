"""The Samples tab: generators side by side on the same latents, a plane and a walk through them, and their scores."""

from html import escape
from typing import Any, Final

from gan_playground.images.checkpoints import IMAGE_MODELS, Entry, Manifest, manifest
from gan_playground.images.score_table import FGAN, GAN_2014, Figure
from gan_playground.learners.gan.objectives import objective
from gan_playground.page.icons import icon
from gan_playground.page.tabs.samples_link import CORNERS, SORTS, ordered, sets, visit
from gan_playground.page.tabs.tab import Tab
from gan_playground.serving import sample_requests
from gan_playground.words import CATALOGUES, Refusal, say

NOTHING: Final = Manifest({}, {})


def whole_book() -> dict[str, Any]:
    """What the Samples tab's script must know beside `book`: the fields of its link, curves, and published numbers."""
    try:
        found = manifest()
    except Refusal:
        found = NOTHING
    return {
        **book("samples", "scores", "papers.mark_"),
        "sets": {data: fields.defaults() for data, fields in sets(found).items()},
        "curves": {name: _curve(entry) for name, entry in found.entries.items()},
        "published": {
            "gan-2014": {"gan": _figure(GAN_2014)},
            "f-gan": {name: _figure(figure) for name, figure in FGAN.items()},
        },
        "sorts": SORTS,
        "corners": tuple(CORNERS),
        "frames": sample_requests.FRAMES,
        "shown": sample_requests.MOST,
        "side": sample_requests.SIDE,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {"nats": figure.nats, "error": figure.error, "mark": f"papers.mark_{figure.mark}"}


def _curve(entry: Entry) -> dict[str, list[float]]:
    """Return the training curve as three lists: less to send than a record a point."""
    keys = ("step", "critic_loss", "generator_loss")
    return {key: [float(f"{point[key]:.5g}") for point in entry.curve] for key in keys}


def book(*sections: str) -> dict[str, Any]:
    """What an image tab's script must know: its words, and the checkpoints with their recipes and scores."""
    try:
        found = manifest()
        refused = None
    except Refusal as refusal:
        found, refused = NOTHING, {"en": str(refusal), "ko": refusal.say("ko")}
    kept = (*(section if "." in section else f"{section}." for section in sections), "knobs.objective.")
    return {
        "words": {key: [said[key] for said in CATALOGUES.values()] for key in CATALOGUES["en"] if key.startswith(kept)},
        "checkpoints": {name: _described(found.entries[name]) for name in ordered(found)},
        "yardsticks": found.yardsticks,
        "refused": refused,
    }


def _described(entry: Entry) -> dict[str, Any]:
    name = objective(str(entry.recipe["objective"])).name
    return {
        "objective": f"knobs.objective.{name.name}",
        "practical": name.practical,
        "data": entry.data,
        "law": IMAGE_MODELS[entry.model].law,
        "side": IMAGE_MODELS[entry.model].shape[0],
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


def markup(_: str = "samples") -> str:
    """The tab's HTML in English: the script puts it into the visitor's language and fills the images."""
    return f"""
<div class="pictures samples" data-state="opening">
  <aside class="side"><div class="card column">{_controls()}</div></aside>
  <section class="centre" data-say-aria-label="samples.grid">
    <p class="card refused-link" role="alert" hidden></p>
    {_transport()}
    <div class="card columns-card">
      <div class="sheet-head-line"><h2 {word("samples.grid")}</h2><span class="unit count"></span>
        <span class="far letters"><span {word("samples.letter")}</span>{_letters()}</span></div>
      <div class="columns" role="group" tabindex="0" data-say-aria-label="samples.grid_keys"></div>
      <p class="hint near"></p>
    </div>
    {sentence()}
    <div class="latents">{_plane()}{_walk()}</div>
    {_scores()}
    {_lead()}
  </section>
</div>"""


def _controls() -> str:
    return f"""
<div class="control"><div class="head"><label {word("samples.data")}</label></div>
  <div class="segments datasets" role="group" data-say-aria-label="samples.data"></div></div>
<div class="control"><div class="head"><label {word("samples.checkpoints")}</label><span class="chip many"></span></div>
  <div class="checks" role="group" data-say-aria-label="samples.checkpoints"></div>
  <div class="segments"><button type="button" data-do="all" {word("samples.all")}</button>
    <button type="button" data-do="few" {word("samples.few")}</button></div>
  <p class="hint columns-hint"></p></div>
<div class="control"><div class="head"><label for="samples-seed" {word("samples.seed")}</label></div>
  <input id="samples-seed" class="seed" type="number" inputmode="numeric" min="0" max="{sample_requests.LAST_SEED}"
    step="1" value="0">
  <p class="refusal" role="alert" hidden></p>
  <p class="hint" {word("samples.seed_hint")}</p></div>
<div class="control"><div class="head"><label for="samples-psi" {word("samples.psi")}</label>
    <output class="psi" for="samples-psi"></output></div>
  <input id="samples-psi" class="psi" type="range" min="0" max="1" step="0.01" value="1">
  <p class="hint psi-hint"></p></div>
{path_control()}"""


def _transport() -> str:
    return f"""
<div class="transport" role="toolbar" data-say-aria-label="samples.grid">
  <button type="button" class="button main" data-do="new">{icon("dice")}<span
    {word("samples.new")}</span><kbd>N</kbd></button>
  <button type="button" class="button" data-do="again" data-say-title="samples.again_title">{icon("reset")}<span
    class="again"></span><kbd>R</kbd></button>
  <button type="button" class="button" data-do="toggle" aria-pressed="false" data-say-aria-label="samples.play_title"
    data-say-title="samples.play_title">{icon("play", "when-still")}{icon("pause", "when-playing")}<span
    class="word" {word("samples.walk")}</span><kbd>Space</kbd></button>
  <button type="button" class="button" data-do="png" data-say-title="samples.download_title"
    data-say-aria-label="samples.download_title">{icon("save")}<span {word("samples.download")}</span></button>
  <button type="button" class="button" data-do="gif" data-say-title="samples.gif_title"
    data-say-aria-label="samples.gif_title">{icon("save")}<span {word("samples.gif")}</span></button>
</div>"""


def _letters() -> str:
    buttons = "".join(
        f'<button type="button" data-letter="{corner}" aria-pressed="{str(corner == "a").lower()}">{corner.upper()}'
        "</button>"
        for corner in CORNERS
    )
    return f'<span class="segments small" role="group" data-say-aria-label="samples.letter">{buttons}</span>'


def _plane() -> str:
    return f"""
<article class="card told plane-card">
  <div class="sheet-head-line"><h2 {word("samples.plane")}</h2><span class="unit plane-unit"></span></div>
  <div class="plane-body">
    <div class="pad" tabindex="0" role="slider" aria-valuemin="0" aria-valuemax="1"
      data-say-aria-label="samples.plane_keys">
      <canvas></canvas><i class="spot"></i><b class="corner a">A</b>
      <b class="corner b">B</b><b class="corner c">C</b></div>
    <div class="here" role="group" data-say-aria-label="samples.here"></div>
  </div>
  <p class="hint outside"></p>
  <p class="hint" {word("samples.plane_hint")}</p></article>"""


def _walk() -> str:
    return f"""
<article class="card told walk-card">
  <div class="sheet-head-line"><h2 {word("samples.walk")}</h2><span class="unit walk-unit"></span></div>
  <div class="walk-rows"></div></article>"""


def _scores() -> str:
    blind = "".join(
        f'<div data-score="{key}"><dt {word(f"scores.score_{key}")}</dt><dd {word(f"scores.blind_{key}")}</dd></div>'
        for key in ("kde", "frechet", "kid", "precision", "recall", "classes", "nearest")
    )
    return f"""
<article class="card told scores-card">
  <div class="sheet-head-line"><h2 {word("scores.title")}</h2><span class="unit" {word("scores.sort_hint")}</span>
    <b class="amber" {word("scores.rewards_blur")}</b></div>
  <div class="wide"><table class="scores all"><thead></thead><tbody></tbody></table></div>
  <p class="hint measured"></p>
  <dl class="blind">{blind}</dl>
  <p class="hint papers-note"></p></article>"""


def _lead() -> str:
    return f"""
<div class="lead">
  <article class="card told plotted curve-card"><div class="sheet-head-line"><i class="key generated"></i>
      <h2 class="lead-name"></h2><span class="unit" {word("samples.curve_unit")}</span>
      <span class="legend-end"><i class="key critic_line"></i><span {word("samples.curve_critic")}</span>
        <i class="key q"></i><span {word("samples.curve_generator")}</span></span></div>
    <div class="plot"><canvas role="img" data-say-aria-label="samples.curve"></canvas></div>
    <p class="hint curve-note"></p></article>
  <article class="card told plotted nearest-card">
    <div class="sheet-head-line"><h2 {word("samples.nearest")}</h2>
      <span class="unit" {word("samples.nearest_unit")}</span></div>
    <div class="plot"><canvas role="img" data-say-aria-label="samples.nearest"></canvas></div>
    <p class="hint nearest-note"></p></article>
  <article class="card told plotted classes-card">
    <div class="sheet-head-line"><h2 {word("samples.classes")}</h2>
      <span class="unit" {word("samples.classes_unit")}</span></div>
    <div class="plot"><canvas role="img" data-say-aria-label="samples.classes"></canvas></div>
    <p class="hint classes-note"></p></article>
  <article class="card told recipe-card"><h2 {word("samples.recipe")}</h2>
    <dl class="recipe"></dl><p class="hint licence"></p></article>
</div>"""


SAMPLES: Final = Tab(
    "samples",
    book=whole_book,
    functions=lambda _: (
        sample_requests.sheet,
        sample_requests.walk,
        sample_requests.plane,
        sample_requests.point,
        sample_requests.animation,
        visit,
    ),
    markup=markup,
    sheets=("images.css",),
)
