"""The narrator: one true sentence about what is on the stage, and one clause of why.

`RULES` stand in the order of what matters most to a visitor; the first that has something to say is
heard. A rule reads `Seen` alone and returns None where its sentence would not be true.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from gan_playground.frames import Modes, Reading, Transport
from gan_playground.metrics.modes import found
from gan_playground.theory.divergences import Divergence
from gan_playground.words import Note

UNMEASURED: Final = Reading(math.nan)


@dataclass(frozen=True, slots=True)
class Bell:
    """A linear generator beside the best one: ``covered`` compares masses on the lesser of two peaks.

    ``best`` is the least exact divergence any bell reaches (None while unknown); ``covered`` is Q's mass
    over P's on the side of the valley where Q falls short, None where the target has not two peaks.
    """

    best: float | None
    covered: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the sentence may speak of; None where it was not measured, or does not exist.

    ``outside``: share of generated points outside the window; ``spread``: their standard deviation over
    the data's. Of the modes that hold no samples, ``marked`` is the share where the critic says "real"
    and ``near`` the share of all generated points that lie nearer to one of them than half way to the
    next mode. ``singular``: the generator's law has no area. ``modes`` are of this step; ``exact`` and ``transport``
    may be of another one, which they name: ``bound_then`` is the critic's bound at the step of ``exact``.
    """

    step: int
    dim: int
    stopped: Note | None = None
    divergence: Divergence | None = None
    practical: bool = False
    wasserstein: bool = False
    bound: Reading = UNMEASURED
    exact: Reading = UNMEASURED
    bound_then: Reading = UNMEASURED
    bell: Bell | None = None
    outside: float = 0.0
    spread: float = 1.0
    modes: Modes | None = None
    marked: float | None = None
    near: float | None = None
    transport: Transport | None = None
    singular: bool = False


EARLY: Final = 300
"""Before this step a small cloud is where the generator starts, not a collapse."""

Rule = Callable[[Seen], Note | None]


def narrate(seen: Seen) -> Note:
    """Return the sentence for what is seen, ``**Statement.** Reason.`` in either language."""
    spoken = (rule(seen) for rule in RULES)
    return next((note for note in spoken if note is not None), _moves(seen))


def name_of(divergence: Divergence) -> Note:
    """The divergence's name, in either language."""
    return Note(f"knobs.objective.{divergence.key}")


def _of_step(seen: Seen, step: int | None, key: str, **values: object) -> Note:
    """A sentence about this step, or its past tense about the one that was measured."""
    if step is None or step == seen.step:
        return Note(f"notes.{key}", values)
    return Note(f"notes.{key}_then", {**values, "step": step})


# --- rules, the most important first -------------------------------------------------------------


def _stopped(seen: Seen) -> Note | None:
    return seen.stopped


def _press_play(seen: Seen) -> Note | None:
    if seen.step > 0:
        return None
    return Note("notes.press_play_line" if seen.dim == 1 else "notes.press_play_plane")


def _flown(seen: Seen) -> Note | None:
    return Note("notes.flown", {"share": seen.outside}) if seen.outside >= 0.5 else None


def _negative_wasserstein(seen: Seen) -> Note | None:
    """Arjovsky's red flag: E_P[V] - E_Q[V] below zero by more than sampling explains."""
    negative = seen.wasserstein and seen.bound.value < -4 * seen.bound.error
    return Note("notes.negative_wasserstein") if negative else None


def _small(seen: Seen) -> Note | None:
    if seen.spread >= 0.1:
        return None
    if seen.step < EARLY:
        return Note("notes.small_cloud")
    return Note("notes.collapsed", {"spread": seen.spread})


def _collapsed_on_mode(seen: Seen) -> Note | None:
    if seen.modes is None or len(seen.modes.counts) < 2 or seen.modes.high_quality < 0.5:
        return None
    share = seen.modes.counts.max() / seen.modes.counts.sum()
    return Note("notes.collapsed_on_mode") if share > 0.99 else None


def _infinite(seen: Seen) -> Note | None:
    if seen.exact.certainty != "infinite" or seen.exact.why is None:
        return None
    return _of_step(seen, seen.exact.step, "infinite", why=seen.exact.why)


def _on_a_curve(seen: Seen) -> Note | None:
    if not seen.singular or seen.divergence is None or not math.isfinite(seen.exact.value):
        return None
    return Note("notes.on_a_curve", {"name": name_of(seen.divergence), "value": seen.exact.value})


def _floor_hides(seen: Seen) -> Note | None:
    """W2 inside its floor is not success: say so where the modes of the same step tell."""
    if seen.transport is None or seen.modes is None or seen.transport.step != seen.step:
        return None
    if seen.transport.w2 > seen.transport.floor_w2[1]:
        return None
    missing = len(seen.modes.counts) - found(seen.modes)
    values = {
        "missing": missing,
        "all": len(seen.modes.counts),
        "share": seen.modes.high_quality,
        "n": seen.transport.n,
    }
    if missing:
        return Note("notes.floor_hides_missing", values)
    return Note("notes.floor_hides_modes", values) if seen.modes.high_quality < 0.8 else None


def _missing_modes(seen: Seen) -> Note | None:
    if seen.modes is None:
        return None
    shares, everyone = seen.modes.counts / seen.modes.n, len(seen.modes.counts)
    missing = everyone - found(seen.modes)
    if not missing:
        return None
    if missing == everyone:
        what = Note("notes.of_none_found")
    else:
        thin = int(((shares >= 0.01) & (shares < 0.25 / everyone)).sum())
        key = "notes.of_" + ("one_missing" if missing == 1 else "missing") + ("_thin" if thin else "")
        what = Note(key, {"missing": missing, "all": everyone, "thin": thin})
    why = _why_missing(seen, missing)
    return None if why is None else Note("notes.modes", {"what": what, "why": why})


def _why_missing(seen: Seen, missing: int) -> Note | None:
    if seen.marked is None or seen.near is None:
        return None
    if seen.near >= 0.02:
        return Note("notes.of_near")
    if seen.marked >= 0.75:
        return Note("notes.of_far_one" if missing == 1 else "notes.of_far")
    return Note("notes.of_unmarked") if seen.marked <= 0.25 else None


def _modes_found(seen: Seen) -> Note | None:
    if seen.modes is None or found(seen.modes) < len(seen.modes.counts):
        return None
    everyone, share = len(seen.modes.counts), seen.modes.high_quality
    if share < 0.8:
        return Note("notes.bridges", {"all": everyone, "share": share})
    part = seen.modes.counts / seen.modes.counts.sum() * everyone
    if part.min() < 0.5 or part.max() > 2:
        return Note("notes.all_found_uneven", {"all": everyone, "most": part.max(), "least": part.min()})
    if _widths_tell(seen):
        values = {"all": everyone, "exact": seen.exact.value, "width": seen.modes.sd_ratio}
        return _of_step(seen, seen.exact.step, "all_found_apart", **values)
    return Note("notes.all_found", {"all": everyone, "share": share, "width": seen.modes.sd_ratio})


def _widths_tell(seen: Seen) -> bool:
    """Whether modes of another width than the data's stand beside a divergence that is far from 0."""
    if seen.modes is None or seen.divergence is None or seen.exact.certainty not in ("exact", "approximate"):
        return False
    most = seen.divergence.growth.at_zero + seen.divergence.growth.at_infinity
    far = seen.exact.value > 0.15 * (most if math.isfinite(most) else 2.0)
    return far and not 0.8 <= seen.modes.sd_ratio <= 1.25


def _bound_blind(seen: Seen) -> Note | None:
    """Below 0, which a critic reaches that says the same everywhere."""
    if seen.divergence is None or not seen.bound.value < -max(4 * seen.bound.error, 0.01):
        return None
    return Note("notes.bound_blind", {"bound": seen.bound.value})


def _almost_equal(seen: Seen) -> Note | None:
    """D_f ~ f''(1)/2 χ² near equality: a χ² of 2 % can't be seen on the stage."""
    if seen.divergence is None or seen.exact.certainty != "exact" or not seen.divergence.curvature:
        return None
    close = seen.exact.value < 0.01 * seen.divergence.curvature
    return _of_step(seen, seen.exact.step, "almost_equal", excess=max(seen.exact.value, 0.0)) if close else None


def _bound_far(seen: Seen) -> Note | None:
    share = _share_found(seen)
    if share is None or share >= 0.6:
        return None
    values = {"share": max(share, 0.0), "bound": _bound_beside(seen), "exact": seen.exact.value}
    return _of_step(seen, seen.exact.step, "bound_far", **values)


def _bell(seen: Seen) -> Note | None:
    if seen.bell is None or seen.bell.best is None or seen.divergence is None or seen.exact.certainty != "exact":
        return None
    if seen.exact.value > 1.15 * seen.bell.best:
        return Note("notes.bell_moves", {"exact": seen.exact.value, "best": seen.bell.best})
    if seen.bell.covered is None:
        return None
    what, expected = _shape(seen.bell.covered)
    blames = _blames(seen.divergence)
    if seen.practical:
        why = Note("notes.of_practical")
    elif blames == expected:
        why = Note(f"notes.{blames}", {"name": name_of(seen.divergence)})
    else:
        why = Note("notes.of_best_bell", {"best": seen.bell.best, "exact": seen.exact.value})
    return Note("notes.shape", {"what": Note(f"notes.{what}"), "why": why})


def _shape(covered: float) -> tuple[str, str]:
    """What a bell over two peaks looks like, and the kind of divergence that explains it."""
    if covered >= 0.56:
        return "of_broad", "of_missing_mass"
    if covered <= 0.42:
        return "of_leaning", "of_stray_mass"
    return "of_between", "of_both_masses"


def _blames(divergence: Divergence) -> str:
    """Which fault costs without limit: p where q is not, q where p is not, or neither more than the other."""
    missing, stray = math.isinf(divergence.growth.at_infinity), math.isinf(divergence.growth.at_zero)
    return {(True, False): "of_missing_mass", (False, True): "of_stray_mass"}.get((missing, stray), "of_both_masses")


def _bound_close(seen: Seen) -> Note | None:
    share = _share_found(seen)
    if share is None or share < 0.85:
        return None
    key = "bound_close" if seen.exact.certainty == "exact" else "bound_close_reference"
    return _of_step(seen, seen.exact.step, key)


def _share_found(seen: Seen) -> float | None:
    """The share of the divergence that the bound has found, where it is known and far enough from 0 to divide by."""
    if seen.divergence is None or seen.exact.certainty not in ("exact", "approximate"):
        return None
    value, found = seen.exact.value, _bound_beside(seen)
    return (
        found / value if math.isfinite(value) and math.isfinite(found) and value > 0.02 + 4 * seen.exact.error else None
    )


def _not_known(seen: Seen) -> Note | None:
    if seen.exact.certainty != "unknown" or seen.exact.why is None:
        return None
    return _of_step(seen, seen.exact.step, "not_known", why=seen.exact.why)


def _bound_beside(seen: Seen) -> float:
    """The bound at the step of the exact value."""
    return (seen.bound if seen.exact.step in (None, seen.step) else seen.bound_then).value


def _transport(seen: Seen) -> Note | None:
    if seen.transport is None:
        return None
    distance, floor = (
        (seen.transport.w1, seen.transport.floor_w1) if seen.dim == 1 else (seen.transport.w2, seen.transport.floor_w2)
    )
    order = "W₁" if seen.dim == 1 else "W₂"
    if distance <= floor[1]:
        return _of_step(seen, seen.transport.step, "within_floor", order=order, n=seen.transport.n)
    values = {"order": order, "distance": distance, "floor": floor[1]}
    return _of_step(seen, seen.transport.step, "transport", **values)


def _moves(seen: Seen) -> Note:
    return Note("notes.curve_moves" if seen.dim == 1 else "notes.arrows")


RULES: Final[tuple[Rule, ...]] = (
    _stopped,
    _press_play,
    _flown,
    _negative_wasserstein,
    _small,
    _collapsed_on_mode,
    _infinite,
    _on_a_curve,
    _bound_blind,
    _floor_hides,
    _missing_modes,
    _modes_found,
    _almost_equal,
    _bound_far,
    _bell,
    _bound_close,
    _not_known,
    _transport,
)
"""What may be said, in order of importance."""


def cover_of_two_peaks(x: np.ndarray, p: np.ndarray, q: np.ndarray) -> float | None:
    """Q's mass over P's on the side of P's one valley where Q falls short; None unless p has two peaks.

    ``x``, ``p``, ``q`` are an even grid and the densities on it, all ``[n]``. A peak counts from 1 % of the
    highest one.
    """
    inner = p[1:-1]
    peaks = np.flatnonzero((inner > p[:-2]) & (inner >= p[2:]) & (inner > 0.01 * p.max())) + 1
    if len(peaks) != 2:
        return None
    valley = peaks[0] + int(np.argmin(p[peaks[0] : peaks[1] + 1]))
    step = float(x[1] - x[0])
    sides = [(p[part].sum() * step, q[part].sum() * step) for part in (slice(None, valley), slice(valley, None))]
    return float(min(mass_q / mass_p for mass_p, mass_q in sides))
