"""The Train tab: controls, stage and charts as one piece of markup that the page's script brings to life."""

from html import escape
from typing import Final

from gan_playground.page.controls import controls, declaration
from gan_playground.page.icons import icon
from gan_playground.page.tabs.tab import Tab
from gan_playground.words import say

PLANE: Final = ("real", "generated", "critic", "undecided", "pull", "manifold", "density")
"""Layers of the 2-D stage, in the order of the keys 1 to 7."""

LINE: Final = ("p", "q", "critic_line", "best_critic", "samples")
"""Layers of the 1-D stage."""

OFF: Final = ("manifold", "density", "samples")
"""Layers that are off at first."""

SPEEDS: Final = ("full", "60", "10", "1")


def markup(_: str = "train") -> str:
    """The tab's HTML in English: the script puts it into the visitor's language and fills the values."""
    return f"""
<div class="train" data-state="opening" data-dim="2">
  <aside class="controls" id="controls" data-say-aria-label="page.settings">
    <div class="sheet-head"><b data-say="page.settings">{_say("settings")}</b>
      <button type="button" class="button square" data-do="close-controls" data-say-aria-label="page.close"
        data-say-title="page.close">{icon("close")}</button></div>
    {controls()}
  </aside>
  <section class="centre" data-say-aria-label="page.stage">
    {_transport()}
    <div class="card stage-card">
      <div class="presenter-title"><b class="data-name"></b> <span class="objective-name"></span>
        <span class="presenter-step"><span data-say="page.step_word">{_say("step_word")}</span>
          <b class="step-count"></b></span></div>
      <div class="legend plane" role="group" data-say-aria-label="page.layers">{_chips(PLANE)}</div>
      <div class="legend line" role="group" data-say-aria-label="page.layers">{_chips(LINE)}</div>
      <div class="stage">
        <canvas class="picture" role="img"></canvas>
        <div class="readout" hidden></div>
        <div class="veil" aria-hidden="true"></div>
        <div class="badge" hidden></div>
        <div class="place" hidden></div>
        <button type="button" class="big-play" data-do="play" data-say-aria-label="page.play">{icon("play")}</button>
        <div class="loading" aria-hidden="true"><i></i></div>
      </div>
      <div class="bar">
        <div class="ramp"><canvas class="ramp-picture" aria-hidden="true"></canvas>
          <b data-say="page.looks_generated">{_say("looks_generated")}</b>
          <b data-say="page.looks_real">{_say("looks_real")}</b></div>
        <div class="marks"><span class="low"></span><b class="middle"></b><span class="high"></span></div>
      </div>
    </div>
    <div class="card sentence">{icon("talk")}<p><b class="statement"></b> <span class="reason"></span></p></div>
    <p class="spoken" aria-live="polite"></p>
  </section>
  <section class="charts" data-say-aria-label="page.charts">
    {_apart()}{_distance()}{_modes()}{_path()}{_losses()}
  </section>
  <div class="presenter-numbers" aria-hidden="true"></div>
  <div class="presenter-keys" aria-hidden="true"></div>
</div>"""


def _say(key: str) -> str:
    return escape(say(f"page.{key}"))


def _transport() -> str:
    """Play or pause, step with its menu, reset, seed, the step counter with the speed."""
    players = "".join(
        f'<button type="button" role="menuitem" data-do="step" data-player="{player}" '
        f'data-say="page.step_{player}">{_say(f"step_{player}")}</button>'
        for player in ("both", "critic", "generator")
    )
    speeds = "".join(
        f'<option value="{speed}" data-say="page.speed_{speed}">{_say(f"speed_{speed}")}</option>' for speed in SPEEDS
    )
    return f"""
<div class="transport" role="toolbar" data-say-aria-label="page.transport">
  <button type="button" class="button main" data-do="toggle">
    <span class="when-paused">{icon("play")}<span data-say="page.play">{_say("play")}</span></span>
    <span class="when-running">{icon("pause")}<span data-say="page.pause">{_say("pause")}</span></span>
    <kbd data-say="page.space">{_say("space")}</kbd></button>
  <span class="split"><button type="button" class="button" data-do="step" data-player="both"
      data-say-title="page.step_both" data-say-aria-label="page.step_both">{icon("step")}<span
      class="word" data-say="page.step">{_say("step")}</span><kbd>S</kbd></button><button type="button"
      class="button more" data-do="step-menu" aria-haspopup="menu" aria-expanded="false"
      data-say-aria-label="page.step_menu" data-say-title="page.step_menu">{icon("down")}</button>
    <span class="popup" role="menu" hidden>{players}</span></span>
  <button type="button" class="button" data-do="reset" data-say-title="page.reset_title"
    data-say-aria-label="page.reset_title">{icon("reset")}<span class="word"
    data-say="page.reset">{_say("reset")}</span><kbd>R</kbd></button>
  <button type="button" class="button seed" data-do="new-seed"
    data-say-title="page.new_seed">{icon("dice")}<span class="word seed-word"></span><kbd>N</kbd></button>
  <span class="clock"><span class="steps"><span data-say="page.step_word">{_say("step_word")}</span>
      <b class="step-count">0</b></span>
    <label class="speed"><span class="rate"></span><span class="phone-word"
      data-say="page.step_word">{_say("step_word")}</span><select data-do="speed"
      data-say-aria-label="page.speed">{speeds}</select>{icon("down")}</label></span>
  <button type="button" class="button settings" data-do="open-controls" aria-controls="controls"
    aria-expanded="false">{icon("sliders")}<span data-say="page.settings">{_say("settings")}</span></button>
</div>"""


def _chips(layers: tuple[str, ...]) -> str:
    return "".join(
        f'<button type="button" class="layer" data-layer="{name}" aria-keyshortcuts="{place}" '
        f'aria-pressed="{"false" if name in OFF else "true"}" data-say-title="page.layer_{name}_title">'
        f'<i class="key {name}"></i><span data-say="page.layer_{name}">{_say(f"layer_{name}")}</span></button>'
        for place, name in enumerate(layers, 1)
    )


def _card(name: str, title: str, readouts: str, extra: str = "") -> str:
    return f"""
<article class="card chart" data-chart="{name}">
  <div class="chart-head"><h2>{title}</h2><span class="unit"></span><button type="button" class="fit"
    data-do="fit" hidden data-say="page.fit" data-say-title="page.fit_title">{_say("fit")}</button>{extra}</div>
  <div class="readouts">{readouts}</div>
  <div class="plot"><canvas role="img"></canvas></div>
</article>"""


def _readout(name: str, mark: str, key: str) -> str:
    return (
        f'<span class="value" data-value="{name}"><i class="key {mark}"></i>'
        f'<span data-say="page.{key}">{_say(key)}</span> <b></b></span>'
    )


def _apart() -> str:
    title = f'<span data-say="page.apart">{_say("apart")}</span>'
    return _card(
        "apart", title, _readout("bound", "estimate", "lower_bound") + _readout("exact", "exact", "exact_value")
    )


def _distance() -> str:
    title = f'<span data-say="page.distance">{_say("distance")}</span> <span class="order">W<sub>2</sub></span>'
    return _card("distance", title, _readout("now", "measured", "now") + _readout("floor", "floor", "noise_floor"))


def _modes() -> str:
    title = f'<span data-say="page.modes">{_say("modes")}</span>'
    readouts = "".join(
        f'<span class="value" data-value="{name}"><span data-say="page.{key}">{_say(key)}</span> <b></b></span>'
        for name, key in (
            ("found", "found"),
            ("share", "within_4_sd"),
            ("kl", "kl_of_modes"),
            ("sd", "sd_ratio"),
        )
    )
    return _card("modes", title, readouts)


def _path() -> str:
    title = f'<span data-say="page.path">{_say("path")}</span>'
    return _card("path", title, "")


def _losses() -> str:
    title = f'<span class="when-losses" data-say="page.losses">{_say("losses")}</span>'
    switch = "".join(
        f'<button type="button" data-show="{name}" aria-pressed="{"true" if name == "losses" else "false"}" '
        f'data-say="page.{name}">{_say(name)}</button>'
        for name in ("losses", "gradients")
    )
    return _card(
        "losses",
        title,
        _readout("critic", "critic_line", "critic") + _readout("generator", "q", "generator"),
        f'<span class="segments small" role="group" data-say-aria-label="page.losses_or_gradients">{switch}</span>',
    )


TRAIN: Final = Tab("train", book=declaration, markup=markup, sheets=("train.css",))
