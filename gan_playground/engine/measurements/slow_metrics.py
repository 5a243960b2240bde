"""The slow yardsticks: transport distances, modes, densities in the plane; for a thread beside the run."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import torch

from gan_playground.engine.measurements.generator_laws import is_linear, line_law
from gan_playground.engine.measurements.landscape import Landscape, landscape
from gan_playground.engine.measurements.latent_density import density
from gan_playground.engine.measurements.memory import memory
from gan_playground.engine.measurements.noise_floors import N, floor
from gan_playground.engine.measurements.readings import bound, exact, in_plane
from gan_playground.engine.run import Run
from gan_playground.engine.snapshot import Array, Snapshot
from gan_playground.engine.toy_scores import modes_of
from gan_playground.frames import Floats, Modes, Reading, Transport
from gan_playground.metrics.modes import SAMPLE
from gan_playground.metrics.optimal_transport import transport
from gan_playground.theory.densities import Density
from gan_playground.theory.wasserstein import w1

SEED: Final = 7_101
"""The data and the latents of every measurement: the same at every step, so that a line moves smoothly."""


GRID: Final = 64
"""Points a side of the density that slow metrics bring: that of a picture."""


@dataclass(frozen=True, slots=True)
class SlowMetrics:
    """What the slow metrics are at ``step``; ``objective`` names the game that the divergence and the bound belong to.

    ``density`` ``[GRID, GRID]`` is the generator's in the plane, to refinement. None: not to be had.
    """

    step: int
    objective: str
    bound: Reading
    transport: Transport | None
    modes: Modes | None
    density: Floats | None
    landscape: Landscape | None


def slow_metrics(snapshot: Snapshot) -> SlowMetrics:
    """Measure a snapshot: half a second in the plane, a few milliseconds on the line, seconds for a first landscape.

    W1 and W2 are taken between 1,000 generated and 1,000 real points, modes from 10,000 generated points.
    """
    with torch.inference_mode():
        generated = snapshot.image(snapshot.latents(N, SEED).double().numpy())
        shown = density(snapshot, GRID)
        return SlowMetrics(
            step=snapshot.step,
            objective=str(snapshot.objective.name),
            bound=bound(snapshot),
            transport=_transport(snapshot, generated),
            modes=_modes(snapshot),
            density=None if shown is None else shown.astype(np.float32),
            landscape=_landscape(snapshot),
        )


def keep(run: Run, finding: SlowMetrics) -> None:
    """File what was found; a finding no newer than the last one is dropped."""
    kept = memory(run)
    if finding.landscape is not None:
        kept.landscape = finding.landscape
    if finding.modes is not None and (not kept.modes or finding.step > kept.modes[-1].step):
        kept.modes.append(finding.modes)
    if finding.transport is not None and (not kept.transports or finding.step > kept.transports[-1].step):
        kept.transports.append(finding.transport)
        kept.bound_then, kept.truth_of, kept.density = finding.bound, finding.objective, finding.density


def _transport(snapshot: Snapshot, generated: Array) -> Transport | None:
    if not np.isfinite(generated).all():
        return None
    by_distance, by_square = transport(snapshot.real(N, SEED).numpy(), generated)
    noise = floor(snapshot.toy)
    law = line_law(snapshot)
    divergence = in_plane(snapshot)
    if law is not None and not is_linear(snapshot):
        divergence = exact(snapshot, law, rounds=2)
    told = divergence.certainty != "unknown" or divergence.why is not None
    return Transport(
        step=snapshot.step,
        n=N,
        w1=by_distance,
        w2=by_square,
        floor_w1=noise.w1,
        floor_w2=noise.w2,
        exact_w1=None if law is None else _exact_w1(snapshot, law),
        divergence=replace(divergence, step=snapshot.step) if told else None,
    )


def _exact_w1(snapshot: Snapshot, law: Density) -> float | None:
    """W1 by the distribution functions; None where it is infinite."""
    found = w1(snapshot.line, law, rounds=4)
    return None if found.infinite else found.value


def _modes(snapshot: Snapshot) -> Modes | None:
    if snapshot.toy.modes is None:  # then 10,000 points need not be drawn
        return None
    return modes_of(snapshot.toy, snapshot.generator(snapshot.latents(SAMPLE, SEED)).numpy(), snapshot.step)


def _landscape(snapshot: Snapshot) -> Landscape | None:
    """The landscape of a linear generator mu + sigma z on the line, under an f-divergence."""
    divergence = snapshot.objective.divergence
    if divergence is None or snapshot.toy.dim != 1 or not is_linear(snapshot) or snapshot.settings.latent != 1:
        return None
    return landscape(divergence, snapshot.line, snapshot.settings.noise)
