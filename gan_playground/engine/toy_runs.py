"""One toy run from start to scores, without a page: what the command line's ``toy`` does."""

import math
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from tqdm import tqdm

from gan_playground.engine.engine import Run, advance, create
from gan_playground.engine.measurements.generator_laws import linear_law
from gan_playground.engine.measurements.noise_floors import N
from gan_playground.engine.measurements.readings import bound, divergences, exact
from gan_playground.engine.random_streams import seeded
from gan_playground.engine.snapshot import snapshot
from gan_playground.engine.toy_scores import mode_scores, real_points
from gan_playground.metrics.modes import SAMPLE
from gan_playground.metrics.optimal_transport import noise_floor, transport
from gan_playground.settings import Settings
from gan_playground.theory.best_normals import best_fit
from gan_playground.theory.divergences import DIVERGENCES, from_zero

BITE: Final = 20
"""Steps between two looks at the clock."""

SEED: Final = 0
"""Scores are taken on latents of this seed, whatever the run's."""


def run_toy(
    settings: Settings,
    steps: int,
    device: str = "auto",
    progress: bool = False,
    move: Callable[[Sequence[Run], int], None] = advance,
) -> dict[str, Any]:
    """Train by ``settings`` for ``steps`` steps and return settings, link, `metrics` and `divergences_of` the run.

    ``progress`` draws a bar on stderr; ``move`` makes the steps, where they must take turns with others'. A run that
    meets a number that is not finite ends early: ``stopped`` is its sentence, and the metrics are those of its last
    finite state.

    Raises:
        Refusal: settings that cannot train, or a device that is not there.

    >>> from gan_playground import recommended
    >>> told = run_toy(recommended("8-gaussians", "kl"), steps=20, device="cpu")
    >>> told["step"], sorted(told["metrics"])[:3]
    (20, ['high_quality', 'kl_modes', 'modes'])

    """
    run = create(settings, device)
    began = time.perf_counter()
    with tqdm(total=steps, unit="step", disable=not progress, leave=False) as bar:
        while run.stopped is None and run.step < steps:
            before = run.step
            move([run], min(BITE, steps - run.step))
            bar.update(run.step - before)
    seconds = time.perf_counter() - began
    return {
        "query": settings.query(),
        "settings": {knob.key: value for knob, value in settings.items()},
        "step": run.step,
        "stopped": None if run.stopped is None else run.stopped.say("en").replace("**", ""),
        "divergences": divergences_of(run),
        "metrics": metrics(run) | {"seconds": round(seconds, 2), "steps_per_s": round(run.step / seconds, 1)},
    }


def metrics(run: Run) -> dict[str, Any]:
    """Score a run as it stands; null where a score does not apply, "inf" where a distance is infinite.

    ``modes`` found, the share ``high_quality`` within 4 sd, ``kl_modes`` in nats and ``sd_ratio`` on 10,000 samples;
    ``w1`` and ``w2`` between 1,000 samples and 1,000 of the data, beside the ``w1_floor`` and ``w2_floor`` (10 % and
    90 %) of two draws of the data. For a linear generator on the line also (mu, sigma), the exact divergence there
    and at the best fit, and the critic's bound.
    """
    scores = mode_scores(run.toy, run.generate(run.latents(SAMPLE, SEED)).cpu().numpy())
    real = real_points(run.toy, seeded(SEED, "yardstick"))
    generated = run.generate(run.latents(N, SEED)).double().cpu().numpy()
    by_distance, by_square = transport(generated, real(N))
    floor = noise_floor(real, N, pairs=4)
    quoted = {name: _plain(score) for name, score in scores.items()}
    distances = {
        "w1": _plain(by_distance),
        "w1_floor": list(map(_plain, floor.w1)),
        "w2": _plain(by_square),
        "w2_floor": list(map(_plain, floor.w2)),
    }
    return {**quoted, **distances, **_fit(run)}


def divergences_of(run: Run) -> dict[str, dict[str, Any]]:
    """Return each f-divergence of the trained model: ``value``, ``certainty``, ``error`` in the value's unit.

    ``value`` is null where it is not known; ``why`` says so, or why it is infinite, or what a value cannot see.
    """
    found = divergences(snapshot(run), list(DIVERGENCES.values()))
    return {
        key: {
            "value": _plain(one.value),
            "certainty": one.certainty,
            "error": _plain(one.error) if math.isfinite(one.value) else None,
        }
        | ({} if one.why is None else {"why": one.why.say("en")})
        for key, one in zip(DIVERGENCES, found, strict=True)
    }


def _fit(run: Run) -> dict[str, Any]:
    """What is known of a linear generator on the line under an f-divergence."""
    seen, divergence = snapshot(run), run.objective.divergence
    law = linear_law(seen)
    if law is None or divergence is None:
        return {}
    columns = run.history.columns()
    best_mu, best_sigma, best = best_fit(from_zero(divergence), seen.line)
    numbers = {
        "mu": columns["mu"][-1],
        "sigma": columns["sigma"][-1],
        "exact": exact(seen, law, rounds=40).value,
        "bound": bound(seen).value,
        "best_mu": best_mu,
        "best_sigma": best_sigma,
        "best": best,
    }
    return {name: _plain(number) for name, number in numbers.items()}


def _plain(number: float) -> float | int | str | None:
    """A number as JSON has it: null for nan, a word for infinity."""
    if isinstance(number, int) or math.isfinite(number):
        return number if isinstance(number, int) else float(number)
    return None if math.isnan(number) else str(float(number))
