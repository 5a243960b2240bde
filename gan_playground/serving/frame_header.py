"""What a frame's bytes say in words: the header, as JSON can say it."""

import math
from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from gan_playground.frames import Certainty, Frame, Modes, Reading, Transport
from gan_playground.metrics.modes import found
from gan_playground.words import Sentence, unsaid

SentNumber = float | Literal["inf", "-inf"] | None
"""A number as JSON can say it: nan is null, an infinity its name."""
Stored = Literal["i16", "f32"]
ArrayName = Literal[
    "x",
    "critic",
    "optimal",
    "target",
    "generated",
    "levels",
    "pull",
    "points.real",
    "points.generated",
    "points.manifold",
    "landscape.mu",
    "landscape.sigma",
    "landscape.value",
    "landscape.levels",
]
"""An array that a viewer keeps from one frame to the next; rows of the history are named ``history.COLUMN`` besides."""
ColumnName = Literal[
    "step",
    "critic_loss",
    "generator_loss",
    "critic_gradient",
    "generator_gradient",
    "bound",
    "exact",
    "mu",
    "sigma",
]
"""A column of the run's history."""


class SentReading(TypedDict):
    """One number, how sure it is, its stated error, its logarithm where it is beyond float64, and why.

    ``step`` is that of a slow measurement, null where it is the frame's.
    """

    value: SentNumber
    certainty: Certainty
    error: SentNumber
    log: SentNumber
    why: Sentence | None
    step: int | None


class SentUnit(TypedDict):
    """How the critic's field is to be read; where no level is ``fixed``, the midpoint is the field's median."""

    name: str
    midpoint: float
    reach: float
    fixed: bool


class SentTransport(TypedDict):
    """W1 and W2 measured on n points, the estimator's noise floors, and what is known exactly."""

    step: int
    n: int
    w1: SentNumber
    w2: SentNumber
    floor_w1: tuple[SentNumber, SentNumber]
    floor_w2: tuple[SentNumber, SentNumber]
    exact_w1: SentNumber
    divergence: SentReading | None


class SentModes(TypedDict):
    """Hits of each mode among n points, how many modes are found by them, and how well the points sit."""

    step: int
    n: int
    counts: list[int]
    found: int
    high_quality: SentNumber
    kl: SentNumber
    sd_ratio: SentNumber


class Entry(TypedDict):
    """One array: its bytes begin at ``at``; a stored number q reads zero + scale * (bend ? sinh(bend * q) : q)."""

    name: str
    dtype: Stored
    shape: list[int]
    at: int
    scale: NotRequired[float]
    zero: NotRequired[float]
    bend: NotRequired[float]


class Header(TypedDict):
    """Everything of a frame but its arrays; ``kept`` names those that the viewer holds already.

    ``modes`` are the history's new rows, ``modes_now`` those of the frame's own step.
    """

    step: int
    first: bool
    window: list[tuple[float, float]]
    unit: SentUnit
    certainty: Certainty
    bound: SentReading
    exact: SentReading
    note: Sentence
    stopped: Sentence | None
    warnings: list[Sentence]
    best_fit: tuple[SentNumber, SentNumber, SentNumber] | None
    centres: int
    transports: list[SentTransport]
    modes: list[SentModes]
    modes_now: SentModes | None
    kept: list[str]
    arrays: list[Entry]


def header(
    frame: Frame, first: bool, transports: Sequence[Transport], modes: Sequence[Modes], kept: list[str]
) -> Header:
    """The header of ``frame`` with these rows of its history; its arrays are yet to be listed."""
    unit, best = frame.unit, frame.best_fit
    return {
        "step": int(frame.step),
        "first": first,
        "window": [(float(axis[0]), float(axis[-1])) for axis in frame.axes],
        "unit": {"name": unit.name, "midpoint": unit.midpoint, "reach": unit.reach, "fixed": unit.fixed},
        "certainty": frame.generated_certainty,
        "bound": _reading(frame.bound),
        "exact": _reading(frame.exact),
        "note": unsaid(frame.note),
        "stopped": unsaid(frame.stopped),
        "warnings": [unsaid(note) for note in frame.warnings],
        "best_fit": None if best is None else (_number(best[0]), _number(best[1]), _number(best[2])),
        "centres": frame.centres,
        "transports": [_transport(row) for row in transports],
        "modes": [_modes(row) for row in modes],
        "modes_now": None if frame.modes is None else _modes(frame.modes),
        "kept": kept,
        "arrays": [],
    }


def _number(value: float | None) -> SentNumber:
    if value is None or math.isnan(value):
        return None
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return float(value)


def _reading(reading: Reading) -> SentReading:
    return {
        "value": _number(reading.value),
        "certainty": reading.certainty,
        "error": _number(reading.error),
        "log": _number(reading.log_value),
        "why": unsaid(reading.why),
        "step": reading.step,
    }


def _transport(row: Transport) -> SentTransport:
    return {
        "step": int(row.step),
        "n": int(row.n),
        "w1": _number(row.w1),
        "w2": _number(row.w2),
        "floor_w1": (_number(row.floor_w1[0]), _number(row.floor_w1[1])),
        "floor_w2": (_number(row.floor_w2[0]), _number(row.floor_w2[1])),
        "exact_w1": _number(row.exact_w1),
        "divergence": None if row.divergence is None else _reading(row.divergence),
    }


def _modes(row: Modes) -> SentModes:
    return {
        "step": int(row.step),
        "n": int(row.n),
        "counts": [int(count) for count in row.counts],
        "found": found(row),
        "high_quality": _number(row.high_quality),
        "kl": _number(row.kl),
        "sd_ratio": _number(row.sd_ratio),
    }
