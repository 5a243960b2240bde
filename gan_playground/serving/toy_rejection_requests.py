"""What the Rejection tab asks of a toy run: its ratio learned, its samples judged, all in a process of its own.

A run is copied on the stepping thread, which takes a millisecond; everything after that happens elsewhere.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import torch

from gan_playground.engine.random_streams import seeded
from gan_playground.engine.run import Run
from gan_playground.engine.snapshot import Snapshot, snapshot
from gan_playground.learners.gan.keep_training import Schedule
from gan_playground.metrics.modes import WITHIN
from gan_playground.parsing import literal
from gan_playground.rejection import BurnIn, Options
from gan_playground.rejection.budgets import effective_size
from gan_playground.rejection.exact_ratio import has_density, log_true_ratio
from gan_playground.rejection.learned_ratio import ToyRatio, learn_ratio
from gan_playground.rejection.sampler_table import NONE, ToyRow, compare
from gan_playground.rejection.stored_runs import RUNS, stored
from gan_playground.serving.job_queue import JobQueue
from gan_playground.serving.live import Live
from gan_playground.serving.rejection_requests import rules
from gan_playground.serving.sample_requests import Answer, choice, numbers
from gan_playground.words import Refusal, unsaid

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


def toy_queue(run_of: Callable[[str], Snapshot | None]) -> Callable[[object], Answer]:
    """Return the function that answers for toys; ``run_of`` copies the run of a token, None where there is none."""
    queue = JobQueue(WAITING, kept=KEPT)

    def toy(request: object) -> Answer:
        """Return what the tab shows of a run: ``source`` is mine, with the run's token, or a stored run."""
        try:
            seen = asked(request, run_of)
            key = f"{seen.settings.query()} {seen.step}"
            return queue(key, analyse, seen)
        except Refusal as refusal:
            return {"refused": unsaid(refusal)}
        except TimeoutError:
            refusal = Refusal("rejection.busy")
            return {"refused": unsaid(refusal)}

    return toy


def asked(request: object, run_of: Callable[[str], Snapshot | None]) -> Snapshot:
    """Return the run a request names.

    Raises:
        Refusal: a request of other fields, no such run, or one that is not in the plane.

    """
    if not isinstance(request, Mapping) or set(request) != {"source", "token"}:
        raise Refusal("samples.request", fields="source, token")
    source, token = choice("source", request["source"], SOURCES), request["token"]
    if not isinstance(token, str):
        raise Refusal("samples.choice", field="token", value=literal(token), choices="text")
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
        "modes_of": None if seen.toy.modes is None else len(seen.toy.modes),
        "calibrated": ratio.diagnosis.record(),
        "uncalibrated": ratio.uncalibrated.record(),
        "as_trained": None if ratio.as_trained is None else ratio.as_trained.record(),
        "calibrator": ratio.calibrator.record()["kind"],
        "continued": ratio.continued.step,
        "cautions": cautions(ratio, burn, rows),
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


def cautions(ratio: ToyRatio, burn: BurnIn, rows: tuple[ToyRow, ...]) -> list[dict[str, Any]]:
    """Return why rejection may not help this run: keys of sentences, with their values."""
    found: list[dict[str, Any]] = []
    rules_ = ratio.snapshot.objective
    if rules_.log_ratio is None and rules_.divergence is not None:
        found.append({"key": "rejection.caution_sign"})
    before = next(row for row in rows if row.sampler == NONE)
    modes = ratio.snapshot.toy.modes
    if modes is not None and before.modes < len(modes):
        found.append({"key": "rejection.caution_modes", "missing": len(modes) - int(before.modes)})
    size = effective_size(burn.log_ratio)
    if ratio.diagnosis.accuracy > 0.98:
        found.append({"key": "rejection.caution_supports", "accuracy": ratio.diagnosis.accuracy})
    if size < 0.01:
        found.append({"key": "rejection.caution_few", "share": size})
    off = abs(ratio.diagnosis.mean_ratio - 1) / max(ratio.diagnosis.mean_ratio_error, 1e-9)
    if abs(ratio.diagnosis.z) > 3 or (off > 4 and abs(ratio.diagnosis.mean_ratio - 1) > 0.1):
        found.append(
            {"key": "rejection.caution_calibration", "z": ratio.diagnosis.z, "mean": ratio.diagnosis.mean_ratio}
        )
    return found
