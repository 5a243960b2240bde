"""Trainings that pages watch: each is a function of its name alone, so that everybody watches the same one.

They run in a helper process at low priority, in bites. A bite that somebody has already asked for is remembered, so
that a classroom costs one training; and a page that comes back finds it where it was.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

import numpy as np

from gan_playground.data.fixed_pairs import PAIRS, line
from gan_playground.engine.critic_only_training import Critics, grid
from gan_playground.engine.shift_estimates import ESTIMATORS, STEPS, Estimates
from gan_playground.papers import clip_gradients, wgan_gp_surfaces
from gan_playground.papers.record import Array
from gan_playground.papers.wgan_gp_surfaces import held_out, measure
from gan_playground.serving.worker_process import WorkerProcess

Picture = dict[str, Any]
"""What is seen at a step: plain values and float32 arrays."""

KEPT: Final = 6
"""Trainings that are remembered; of more, the one longest unseen is forgotten."""


class Training(Protocol):
    """Something that moves in bites up to ``last`` steps."""

    bite: int
    last: int

    def advance(self) -> None:
        """Make one bite of steps."""
        ...

    def picture(self) -> Picture:
        """Return what is seen now."""
        ...


class Surfaces:
    """The four critics of ``wgan-gp-surfaces`` on one pair of laws: the same nets, seeds and steps as the command's."""

    bite, last = 50, wgan_gp_surfaces.STEPS
    SIDE: Final = 61
    BINS: Final = np.linspace(0.0, 2.0, 41)

    def __init__(self, data: str) -> None:
        self.pair = PAIRS[data]
        self.stacks = [
            Critics(wgan_gp_surfaces.NET, games, self.pair.pair, course, 0, "he")
            for games, course in wgan_gp_surfaces.COURSES.values()
        ]
        self.axis, self.points = grid(self.pair.half, self.SIDE)
        real, fake, self.between = held_out(self.pair, 0)
        self.real, self.fake = real[:220], fake[:220]
        self.w1 = wgan_gp_surfaces.exact_w1(real, fake)

    def advance(self) -> None:
        """Make one bite of every critic."""
        for critics in self.stacks:
            critics.advance(self.bite)

    def picture(self) -> Picture:
        """Return of every critic its values over the window, its slopes between samples in bins, and its measures."""
        seen = {}
        for critics in self.stacks:
            for row, game in enumerate(critics.games):
                slopes = critics.slope(row, self.between)
                seen[str(game.name)] = {
                    "field": critics.look(row, self.points)[0].astype(np.float32),
                    "slopes": np.histogram(slopes, self.BINS)[0].astype(np.float32) / slopes.size,
                    "beyond": float(np.mean(slopes > self.BINS[-1])),
                    "measures": measure(critics, row, self.pair),
                }
        return {
            "critics": seen,
            "half": self.pair.half,
            "w1": self.w1,
            "side": self.SIDE,
            "real": self.real.astype(np.float32),
            "generated": self.fake.astype(np.float32),
        }


class Layers:
    """The deep critics of ``clip-gradients``: gradients by layer, and weights in bins."""

    bite, last = 4, clip_gradients.STEPS
    EDGES: Final = np.linspace(-0.12, 0.12, 121)

    def __init__(self) -> None:
        pair = PAIRS["swiss-roll"]
        self.stacks = [
            Critics(clip_gradients.NET, games, pair.pair, course, 0, "he")
            for games, course in clip_gradients.COURSES.values()
        ]
        self.samples = [side[0] for side in self.stacks[0].draw(-1, clip_gradients.POINTS)]

    def advance(self) -> None:
        """Make one bite of every critic."""
        for critics in self.stacks:
            critics.advance(self.bite)

    def picture(self) -> Picture:
        """Return of every critic |d loss / d a_l| for each layer, its slope in decades a layer, and its weights."""
        seen = {}
        for critics in self.stacks:
            for row, game in enumerate(critics.games):
                norms, weights = critics.layer_norms(row, *self.samples), critics.weights(row)
                seen[str(game.name)] = {
                    "norms": np.log10(np.maximum(norms, 1e-300)).astype(np.float32),
                    "decades": clip_gradients.decades_a_layer(norms),
                    "weights": np.histogram(weights, self.EDGES)[0].astype(np.float32) / weights.size,
                }
        return {"critics": seen, "edge": float(self.EDGES[-1])}


class Moved:
    """The critics of ``wgan-estimates``: one a shift, three kinds."""

    bite, last = 50, STEPS
    NODES: Final = 161

    def __init__(self) -> None:
        self.kinds = {name: Estimates(name) for name in ESTIMATORS}

    def advance(self) -> None:
        """Make one bite of every critic."""
        for estimates in self.kinds.values():
            estimates.critics.advance(self.bite)

    def picture(self) -> Picture:
        """Return estimates, slopes, bounds and truth along the shifts, and every critic over the line."""
        seen = {}
        for name, estimates in self.kinds.items():
            read = estimates.read()
            values = [
                estimates.critics.look(row, self.axis(shift)[:, None])[0] for row, shift in enumerate(estimates.shifts)
            ]
            seen[name] = {
                "estimate": read.estimate.astype(np.float32),
                "slope": read.slope.astype(np.float32),
                "bound": read.bound.astype(np.float32),
                "truth": read.truth.astype(np.float32),
                "values": np.concatenate(values).astype(np.float32),
            }
        return {"kinds": seen, "nodes": self.NODES}

    def axis(self, shift: float) -> Array:
        """The places ``[NODES]`` where critics of this shift are shown: 4 sd beyond either centre."""
        return line(shift, 4.0, self.NODES - 1)[0]


KINDS: Final[Mapping[str, Callable[..., Training]]] = {"surfaces": Surfaces, "layers": Layers, "moved": Moved}


# --- in the helper process -----------------------------------------------------------------------

_trainings: OrderedDict[tuple[str, ...], tuple[Training, list[Picture]]] = OrderedDict()


def bite(name: tuple[str, ...], wanted: int) -> Picture:
    """Return the picture at bite ``wanted``, or at the first bite that is not yet made; ``step`` and ``last`` with it.

    At most one bite is made in a call, whatever is wanted.
    """
    if name not in _trainings:
        _trainings[name] = (KINDS[name[0]](*name[1:]), [])
        while len(_trainings) > KEPT:
            _trainings.popitem(last=False)
    _trainings.move_to_end(name)
    training, seen = _trainings[name]
    if not seen:
        seen.append(_dated(training, 0))
    if wanted >= len(seen) and len(seen) * training.bite <= training.last:
        training.advance()
        seen.append(_dated(training, len(seen) * training.bite))
    return seen[min(wanted, len(seen) - 1)]


def _dated(training: Training, step: int) -> Picture:
    return training.picture() | {"step": step, "last": training.last, "bite": training.bite}


# --- on the page's side --------------------------------------------------------------------------


class SharedTrainings:
    """The page's door to the trainings: pictures by name and bite, remembered on this side too."""

    def __init__(self, call: Callable[..., Any] | None = None) -> None:
        self._call = WorkerProcess(nice=10) if call is None else call
        self._kept: OrderedDict[tuple[tuple[str, ...], int], Picture] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, name: tuple[str, ...], wanted: int) -> Picture:
        """Return the picture of the training ``name`` at bite ``wanted``, or one bite beyond the newest there is."""
        with self._lock:
            kept = self._kept.get((name, wanted))
        if kept is not None:
            return kept
        picture = self._call(bite, name, wanted)
        with self._lock:
            self._kept[name, picture["step"] // picture["bite"]] = picture
            while len(self._kept) > 400:
                self._kept.popitem(last=False)
        return picture

    def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a function of this package in the same helper process."""
        return self._call(function, *arguments)
