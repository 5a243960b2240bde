"""What panels share that are trained while one watches: the door to the trainings, and the bar with its button."""

from typing import Final

from gan_playground.page.icons import icon
from gan_playground.page.panels.panel import word
from gan_playground.serving.shared_trainings import SharedTrainings

SHARED_TRAININGS: Final = SharedTrainings()
"""One helper process for all pages; started by the first question."""


def train_bar(panel: str) -> str:
    """The button that trains or holds, and how far the training is."""
    return f"""
<div class="control training"><div class="head"><label {word(f"{panel}.training")}</label>
  <output class="steps-of"></output></div>
  <div class="bar-of" role="progressbar" aria-valuemin="0" aria-valuemax="100" aria-valuenow="0"
    data-say-aria-label="{panel}.training"><i></i></div>
  <div class="buttons-of"><button type="button" class="button go" data-do="train">{icon("play", "for-train")}
    {icon("pause", "for-hold")}<span {word(f"{panel}.train")}</span></button>
  <button type="button" class="button" data-do="again">{icon("reset")}<span
    {word(f"{panel}.again")}</span></button></div>
  <p class="hint" {word(f"{panel}.training_hint")}</p></div>"""
