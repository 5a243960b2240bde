"""The slow yardsticks: transport distances, modes, densities in the plane; for a thread beside the run."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import torch

from gan_playground.engine.measurements.generator_laws import is_linear, line_law
from gan_playground.engine.measurements.landscape import Landscape, landscape
from gan_playground.engine.measurements.latent_density import density, sheet
from gan_playground.engine.measurements.memory import memory
from gan_playground.engine.measurements.noise_floors import N, floor
from gan_playground.engine.measurements.readings import bound, exact, in_plane
from gan_playground.engine.run import Lane
from gan_playground.engine.snapshot import Array, Still
from gan_playground.frames import Floats, Modes, Reading, Transport
from gan_playground.metrics.modes import SAMPLE, score_modes
from gan_playground.metrics.optimal_transport import transport
from gan_playground.theory.densities import Density
from gan_playground.theory.distances import w1

SEED: Final = 7_101
"""The data and the latents of every survey: the same at every step, so that a line moves smoothly."""


GRID: Final = 64
"""Points a side of the density that a survey brings: that of a picture."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a survey found at ``step``; ``objective`` names the game that the divergence and the bound belong to.

    ``density`` ``[GRID, GRID]`` is the generator's in the plane, to refinement. None: not to be had.
    """

    step: int
    objective: str
    bound: Reading
    transport: Transport | None
    modes: Modes | None
    density: Floats | None
    landscape: Landscape | None


def survey(still: Still) -> Finding:
    """Measure a still: half a second in the plane, a few milliseconds on the line, seconds for a first landscape.

    W1 and W2 are taken between 1,000 generated and 1,000 real points, modes from 10,000 generated points.
    """
    with torch.inference_mode():
        generated = still.image(still.latents(N, SEED).double().numpy())
        shown = density(still, GRID)
        return Finding(
            step=still.step,
            objective=str(still.objective.name),
            bound=bound(still),
            transport=_transport(still, generated),
            modes=_modes(still),
            density=None if shown is None else shown.astype(np.float32),
            landscape=_landscape(still),
        )


def keep(lane: Lane, finding: Finding) -> None:
    """File what was found; a finding no newer than the last one is dropped."""
    kept = memory(lane)
    if finding.landscape is not None:
        kept.landscape = finding.landscape
    if finding.modes is not None and (not kept.modes or finding.step > kept.modes[-1].step):
        kept.modes.append(finding.modes)
    if finding.transport is not None and (not kept.transports or finding.step > kept.transports[-1].step):
        kept.transports.append(finding.transport)
        kept.bound_then, kept.truth_of, kept.density = finding.bound, finding.objective, finding.density


def _transport(still: Still, generated: Array) -> Transport:
    by_distance, by_square = transport(still.real(N, SEED).numpy(), generated)
    noise = floor(still.toy)
    law = line_law(still)
    divergence = in_plane(still, sheet(still))
    if law is not None and not is_linear(still):
        divergence = exact(still, law, rounds=2)
    return Transport(
        step=still.step,
        n=N,
        w1=by_distance,
        w2=by_square,
        floor_w1=noise.w1,
        floor_w2=noise.w2,
        exact_w1=None if law is None else _exact_w1(still, law),
        divergence=None if divergence.certainty == "unknown" else divergence,
    )


def _exact_w1(still: Still, law: Density) -> float | None:
    """W1 by the distribution functions; None where it is infinite."""
    found = w1(still.line, law, rounds=4)
    return None if found.infinite else found.value


def _modes(still: Still) -> Modes | None:
    if still.toy.modes is None or still.toy.mode_sd is None:
        return None
    sample = still.generator(still.latents(SAMPLE, SEED)).numpy()
    return score_modes(sample, still.toy.modes, still.toy.mode_sd, still.step)


def _landscape(still: Still) -> Landscape | None:
    """The landscape of a linear generator mu + sigma z on the line, under an f-divergence."""
    divergence = still.objective.divergence
    if divergence is None or still.toy.dim != 1 or not is_linear(still) or still.settings.latent != 1:
        return None
    return landscape(divergence, still.line, still.settings.noise)
