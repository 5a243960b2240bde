"""The Rejection tab: would this sample be kept? On images, and on a toy where the true ratio is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from gan_playground.images.evaluators import read
from gan_playground.page.tabs.samples import PATHS, book
from gan_playground.page.tabs.tab import Tab
from gan_playground.rejection import SAMPLERS, USUAL, Sampler
from gan_playground.serving import rejection_requests, toy_rejection_requests
from gan_playground.serving.answers import refused
from gan_playground.words import Refusal


@dataclass(frozen=True, slots=True)
class Slider:
    """How a sampler's option is moved: whole numbers from ``low`` to ``high``, ``per`` of them to one of the option."""

    low: int
    high: int
    per: int
    option: float

    @property
    def value(self) -> int:
        """Where it begins: at the option's usual value."""
        return round(self.option * self.per)


SLIDERS: Final[Mapping[str, Slider]] = {
    "percentile": Slider(0, 99, 1, USUAL.percentile),  # at 100 only the burn-in's best sample has a chance of one half
    "budget": Slider(1, 100, 100, USUAL.budget),
}
"""The slider of strictness, by the option it moves."""

SHOWN: Final = {"walks": 8, "candidates": 240, "more": 120, "most": 1200}
"""Rows of walks; candidates at first, how many more at a time while galleries fill, and how many at most."""

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "part": ("images", "toy"),
    "source": (*toy_rejection_requests.SOURCES[1:], toy_rejection_requests.MINE),
    "sampler": tuple(SAMPLERS),
    "ratio": ("calibrated", "as-trained"),
    "ends": rejection_requests.WALKS,
    "path": PATHS,
}
"""What is chosen by buttons, the first to begin with."""


def whole_book() -> dict[str, Any]:
    """What the tab's script must know: of the checkpoints, those whose critics ship calibrated."""
    whole = book() | {
        "choices": CHOICES,
        "samplers": {key: _strictness(one) for key, one in SAMPLERS.items()},
        "usual": {option: slider.option for option, slider in SLIDERS.items()},
        "show": SHOWN,
    }
    try:
        calibrated = read()["ratios"]
    except Refusal as refusal:
        return whole | {"checkpoints": {}, **refused(refusal)}
    return whole | {"checkpoints": {name: of for name, of in whole["checkpoints"].items() if name in calibrated}}


def _strictness(sampler: Sampler) -> dict[str, Any] | None:
    """Return what moves a sampler; None where nothing does."""
    if sampler.knob is None:
        return None
    slider = SLIDERS[sampler.knob]
    return {"option": sampler.knob, "low": slider.low, "high": slider.high, "per": slider.per, "value": slider.value}


REJECTION: Final = Tab(
    "rejection",
    book=whole_book,
    functions=lambda run_of: (
        rejection_requests.frozen,
        rejection_requests.walks,
        rejection_requests.candidates,
        rejection_requests.evaluation_queue(),
        toy_rejection_requests.toy_queue(run_of),
    ),
    sheets=("images.css",),
)
