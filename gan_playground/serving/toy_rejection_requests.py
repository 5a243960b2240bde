"""What the Rejection tab asks of a toy run: its ratio learned, its samples judged, all in a process of its own.

A run is copied on the stepping thread, which takes a millisecond; everything after that happens elsewhere.
"""

from collections.abc import Callable
from typing import Annotated, Any, Final

import numpy as np
import torch

from gan_playground.engine.random_streams import seeded
from gan_playground.engine.run import Run
from gan_playground.engine.snapshot import Snapshot, snapshot
from gan_playground.learners.gan.keep_training import Schedule
from gan_playground.metrics.modes import WITHIN
from gan_playground.parsing import LONGEST, Choice, Text
from gan_playground.rejection import Options
from gan_playground.rejection.cautions import cautions
from gan_playground.rejection.exact_ratio import has_density, log_true_ratio
from gan_playground.rejection.learned_ratio import ToyRatio, learn_ratio
from gan_playground.rejection.sampler_table import NONE, compare
from gan_playground.rejection.stored_runs import RUNS, stored
from gan_playground.serving.answers import Answer, Answered, answered
from gan_playground.serving.job_queue import JobQueue
from gan_playground.serving.live import Live
from gan_playground.serving.rejection_requests import rules
from gan_playground.serving.sample_requests import numbers
from gan_playground.words import Refusal

MINE: Final = "mine"
SOURCES: Final = (MINE, *RUNS)

SCHEDULE: Final = Schedule(steps=1500, batch=512, every=50, seconds=15.0)
"""What a visitor waits for."""

SAMPLES: Final = 4000
"""Samples of each row of the page's table."""

OPTIONS: Final = Options(length=100)
CANDIDATES: Final = 1500
SIDE: Final = 96
COMPARED: Final = 400
"""Samples at which the true ratio is computed."""

REALS: Final = 500
WAITING: Final = 3
"""Visitors who may wait for an answer at a time; the next is told to come again."""

KEPT: Final = 16
"""Answers kept."""


def copy_run(live: Live[Run], token: str) -> Snapshot | None:
    """Return a copy of the run of this token as it stands, made between two slices; None where there is none."""
    session = live.sessions.get(token)
    return None if session is None else live.scheduler.ask(lambda: snapshot(session.seat.run))


def toy_queue(run_of: Callable[[str], Snapshot | None]) -> Answered:
    """Return the function that answers for toys; ``run_of`` copies the run of a token, None where there is none."""
    queue = JobQueue(WAITING, kept=KEPT)

    @answered
    def toy(source: Annotated[str, Choice(SOURCES)], token: Annotated[str, Text(LONGEST)]) -> Answer:
        """Return what the tab shows of a run: ``source`` is mine, with the run's token, or a stored run."""
        try:
            seen = asked(source, token, run_of)
            return queue(f"{seen.settings.query()} {seen.step}", analyse, seen)
        except TimeoutError:
            raise Refusal("rejection.busy") from None

    return toy


def asked(source: str, token: str, run_of: Callable[[str], Snapshot | None]) -> Snapshot:
    """Return the run that is asked for.

    Raises:
        Refusal: no such run, or one that is not in the plane or not trained.

    """
    seen = run_of(token) if source == MINE else stored(source)
    if seen is None:
        raise Refusal("rejection.no_own_run")
    if seen.toy.dim != 2:
        raise Refusal("rejection.not_in_the_plane", name=seen.toy.key)
    if seen.step == 0:
        raise Refusal("rejection.not_trained")
    return seen


def analyse(seen: Snapshot) -> Answer:
    """Learn a run's ratio and return everything the tab draws, as plain values."""
    torch.set_num_threads(1)
    ratio = learn_ratio(seen, SCHEDULE)
    burn = ratio.burn_in(OPTIONS)
    rows = compare(ratio, SAMPLES, OPTIONS)
    window = [[float(low), float(high)] for low, high in seen.toy.window]
    middles = [low + (np.arange(SIDE) + 0.5) * (high - low) / SIDE for low, high in window]
    across, up = np.meshgrid(*middles)
    modes, before = seen.toy.modes, next(row for row in rows if row.sampler == NONE)
    x, log_ratio = ratio.proposer(seeded(0, "candidates"))(CANDIDATES)
    return {
        "data": seen.toy.key,
        "objective": f"knobs.objective.{seen.objective.name.name}",
        "step": seen.step,
        "window": window,
        **rules(burn, ratio.real),
        "points": numbers(x.ravel()),
        "log_ratio": numbers(log_ratio),
        "near": near(seen, x),
        "u": numbers(1.0 - np.random.default_rng(0).random(CANDIDATES)),
        "reals": numbers(seen.toy.sample(REALS, seeded(0, "reals")).double().numpy().ravel()),
        "field": numbers(ratio(np.stack((across.ravel(), up.ravel()), 1))),
        "side": SIDE,
        **compared(ratio),
        "rows": [row.record() for row in rows],
        "modes_of": None if modes is None else len(modes),
        "calibrated": ratio.diagnosis.record(),
        "uncalibrated": ratio.uncalibrated.record(),
        "as_trained": None if ratio.as_trained is None else ratio.as_trained.record(),
        "calibrator": ratio.calibrator.record()["kind"],
        "continued": ratio.continued.step,
        "cautions": cautions(
            seen.objective,
            burn,
            ratio.diagnosis.accuracy,
            missing_modes=0 if modes is None else len(modes) - int(before.modes),
            diagnosis=ratio.diagnosis,
        ),
    }


def near(seen: Snapshot, x: np.ndarray) -> str | None:
    """Return 1 for each point within 4 sd of a mode and 0 for others; None where the data has no modes."""
    if seen.toy.modes is None or seen.toy.mode_sd is None:
        return None
    square = ((x[:, None] - seen.toy.modes) ** 2).sum(-1).min(1)
    return numbers((square <= (WITHIN * seen.toy.mode_sd) ** 2).astype(np.float64))


def compared(ratio: ToyRatio) -> dict[str, Any]:
    """Return the true log-ratio beside the learned one at samples of the generator; nothing where q is not known."""
    snapshot = ratio.snapshot
    if not has_density(snapshot):
        return {"true": None, "learned": None}
    z = snapshot.latents(COMPARED, 7).double().numpy()
    true, learned = log_true_ratio(snapshot, z), ratio(snapshot.image(z))
    known = np.isfinite(true) & np.isfinite(learned)
    return {"true": numbers(true[known]), "learned": numbers(learned[known])}
