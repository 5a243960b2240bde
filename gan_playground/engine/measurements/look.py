"""One look at a run: everything that is quick enough to be measured for every picture."""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import torch
from torch import Tensor

from gan_playground.engine.measurements import fields
from gan_playground.engine.measurements.generator_laws import is_linear, is_singular, line_law, linear_law, plane_law
from gan_playground.engine.measurements.landscape import Landscape
from gan_playground.engine.measurements.memory import Memory, memory
from gan_playground.engine.measurements.narrator import UNMEASURED, Bell, Seen, cover_of_two_peaks, narrate
from gan_playground.engine.measurements.readings import bound, exact, is_wasserstein, singular
from gan_playground.engine.run import Run
from gan_playground.engine.snapshot import Snapshot, snapshot
from gan_playground.engine.toy_scores import modes_of
from gan_playground.frames import Certainty, Floats, Frame, History, Modes, Reading, Transport
from gan_playground.metrics.modes import SHARE_FOUND
from gan_playground.settings import warnings
from gan_playground.theory.densities import Density
from gan_playground.words import Note

ARROWS: Final = 34
MANIFOLD: Final = 17
"""Lines of the manifold's grid each way."""
SEED: Final = 1
"""Latents and real points of the picture: the same at every look, so that dots move and do not flicker."""
FOLLOWED: Final = (128, 1e-5)
"""How closely a network on the line is followed for a picture (cells, tolerance): finer than a pixel."""


@dataclass(frozen=True, eq=False, slots=True)
class Look:
    """A run as it is to be shown: what `frame` makes a picture of, in any thread, while the run goes on.

    ``readings`` are (bound, exact); what is too slow for a picture (transport distances, modes, densities in the plane)
    are the last that the slow metrics found, ``bound_then`` the critic's bound at that step.
    """

    snapshot: Snapshot
    stopped: Note | None
    reach: float
    readings: tuple[Reading, Reading]
    bound_then: Reading | None
    history: History
    modes: Modes | None
    transport: Transport | None
    density: Floats | None
    landscape: Landscape | None


def look(run: Run, since: int = -1, fresh: bool = True) -> Look:
    """Take what a picture of ``run`` needs, quickly; of its history the rows later than ``since``.

    Where ``fresh`` is not asked for, as of a run that moves on, bound and divergence are those of the history's last
    row. The run is left as it was, and nothing is drawn from its streams.
    """
    with torch.inference_mode():
        kept, seen = memory(run), snapshot(run)
        readings = _readings(run, seen, kept, fresh)
        columns = kept.history(run)
        new = columns["step"] > since
        return Look(
            snapshot=seen,
            stopped=run.stopped,
            reach=fields.reach(seen, kept),
            readings=readings,
            bound_then=kept.bound_then,
            history=History(
                columns if new.all() else {name: rows[new] for name, rows in columns.items()},
                tuple(row for row in kept.transports if row.step > since),
                tuple(row for row in kept.modes if row.step > since),
            ),
            modes=next((row for row in kept.modes[-1:] if row.step <= run.step), None),
            transport=kept.transports[-1] if kept.transports else None,
            density=kept.density,
            landscape=_ground(seen, kept),
        )


def observe(run: Run, grid: int = 64, points: int = 260, since: int = -1, fresh: bool = True) -> Frame:
    """Return a picture of ``run`` at once: the `frame` of a `look`.

    >>> from gan_playground import create, recommended
    >>> sorted(observe(create(recommended("8-gaussians", "kl"), "cpu")).samples)
    ['generated', 'manifold', 'pull', 'real']
    """
    return frame(look(run, since, fresh), grid, points)


@torch.inference_mode()
def frame(look: Look, grid: int = 64, points: int = 260) -> Frame:
    """Return the picture: fields on ``grid`` points a side, ``points`` samples."""
    seen = look.snapshot
    law = line_law(seen, *FOLLOWED)
    shown = fields.critic(seen, grid)
    density, certainty = _generated(seen, law, look.density, grid)
    samples = _samples(seen, points)
    ground, modes = look.landscape, _modes(look, samples["generated"])
    return Frame(
        settings=seen.settings,
        step=seen.step,
        axes=fields.axes(seen.toy, grid),
        unit=fields.unit(seen, shown, look.reach),
        critic=shown,
        optimal_critic=None if law is None else _best_critic(seen, law, grid),
        target=fields.target(seen.toy, grid),
        generated=density,
        generated_certainty=certainty,
        samples=samples,
        history=look.history,
        bound=look.readings[0],
        exact=look.readings[1],
        note=narrate(_seen(look, samples, density, modes)),
        stopped=look.stopped,
        warnings=tuple(Note(key) for key in warnings(seen.settings)),
        best_fit=None if ground is None else ground.best,
        landscape={} if ground is None else _drawn(ground),
        centres=0 if seen.toy.modes is None else len(seen.toy.modes),
        modes=modes,
    )


# --- fields --------------------------------------------------------------------------------------


def _best_critic(seen: Snapshot, law: Density, grid: int) -> Floats | None:
    return fields.optimum(seen.objective, seen.line, law, fields.axes(seen.toy, grid)[0])


def _generated(
    seen: Snapshot, law: Density | None, approximate: Floats | None, grid: int
) -> tuple[Floats | None, Certainty]:
    """The generator's density over the axes, and how sure it is."""
    if law is not None:
        return np.exp(law.log_density(fields.axes(seen.toy, grid)[0])).astype(np.float32), "exact"
    oval = plane_law(seen)
    if oval is not None:
        mesh = np.stack(np.meshgrid(*fields.axes(seen.toy, grid)), -1)
        return np.exp(oval.log_density(mesh)).astype(np.float32), "exact"
    if approximate is not None and approximate.shape == (grid, grid):
        return approximate, "approximate"
    return None, "unknown"


def _drawn(ground: Landscape) -> dict[str, Floats]:
    return {"mu": ground.mu, "sigma": ground.sigma, "value": ground.value, "levels": ground.levels()}


def _ground(seen: Snapshot, kept: Memory) -> Landscape | None:
    """The landscape of the divergence in force; the one before it is none of its business."""
    game, known = seen.objective.divergence, kept.landscape
    return known if known is not None and game is not None and known.divergence == game.label else None


# --- points --------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _lattice(noise: str) -> Tensor:
    """Latents ``[MANIFOLD^2, 2]`` on an even grid that holds all of uniform noise, and 97 % of normal noise."""
    line = torch.linspace(-1, 1, MANIFOLD) * (1.0 if noise == "uniform" else 2.5)
    return torch.stack(torch.meshgrid(line, line, indexing="xy"), -1).reshape(-1, 2)


def _samples(seen: Snapshot, points: int) -> dict[str, Floats]:
    """Real and generated points, where the generator pulls the first of them, and its manifold."""
    generated = seen.generator(seen.latents(points, SEED))
    samples = {
        "real": seen.shown(points, SEED),
        "generated": generated.numpy(),
        "pull": seen.pull(generated[:ARROWS]).numpy(),
    }
    if seen.toy.dim == 2 and seen.settings.latent == 2:
        image = seen.generator(_lattice(seen.settings.noise))
        samples["manifold"] = image.numpy().reshape(MANIFOLD, MANIFOLD, 2)
    return samples


def _modes(look: Look, generated: Floats) -> Modes | None:
    """How the points in hand sit on the modes; those that were counted at this step, where they were."""
    if look.modes is not None and look.modes.step == look.snapshot.step:
        return look.modes
    return modes_of(look.snapshot.toy, generated, look.snapshot.step)


# --- readings ------------------------------------------------------------------------------------


def _readings(run: Run, seen: Snapshot, kept: Memory, fresh: bool) -> tuple[Reading, Reading]:
    """The bound and the truth now, or the newest of this game; where the truth is slow, the newest there is."""
    version = (run.critic_player.count, run.generator_player.count, str(run.objective.name))
    readings = kept.readings
    if readings is None or readings[0][-1] != version[-1] or (fresh and readings[0] != version):
        law = linear_law(seen)
        readings = version, bound(seen), exact(seen, law) if law is not None else singular(seen)
        kept.readings = readings
    _, found, true = readings
    if true.certainty == "unknown" and kept.transports and kept.truth_of == str(run.objective.name):
        true = kept.transports[-1].divergence or true
    return found, true


# --- the sentence --------------------------------------------------------------------------------


def _seen(look: Look, samples: dict[str, Floats], density: Floats | None, modes: Modes | None) -> Seen:
    """Gather what the sentence may speak of."""
    seen, (found, true) = look.snapshot, look.readings
    low, high = np.array(seen.toy.window).T
    real, generated = samples["real"], samples["generated"]
    inside = ((generated >= low) & (generated <= high)).all(1)
    spread = math.sqrt(generated.var(0).sum() / real.var(0).sum())
    marked, near = (None, None) if modes is None else _missing(seen, modes, generated)
    return Seen(
        step=seen.step,
        dim=seen.toy.dim,
        stopped=look.stopped,
        divergence=seen.objective.divergence,
        practical=seen.objective.name.practical,
        wasserstein=is_wasserstein(seen.objective),
        bound=found,
        exact=true,
        bound_then=look.bound_then or UNMEASURED,
        bell=_bell(look, density),
        outside=1 - float(inside.mean()),
        spread=spread if math.isfinite(spread) else 1.0,
        modes=modes,
        marked=marked,
        near=near,
        transport=look.transport,
        singular=is_singular(seen),
    )


def _bell(look: Look, density: Floats | None) -> Bell | None:
    seen, ground = look.snapshot, look.landscape
    if seen.toy.dim != 1 or not is_linear(seen) or density is None or ground is None:
        return None
    grid = (len(density) - 1) // fields.FINER
    best = ground.best
    cover = cover_of_two_peaks(fields.axes(seen.toy, grid)[0], fields.target(seen.toy, grid), density)
    return Bell(None if best is None else best[2], cover)


def _missing(seen: Snapshot, newest: Modes, generated: Floats) -> tuple[float | None, float | None]:
    """Of the modes without samples: the share the critic calls real, and the share of points near one of them."""
    modes = seen.toy.modes
    if modes is None:
        return None, None
    missing = modes[newest.counts < SHARE_FOUND * newest.n]
    if not len(missing):
        return None, None
    level = seen.objective.midpoint
    at = seen.objective.display(seen.critic(torch.from_numpy(missing).float())[:, 0]).numpy()
    undecided = level if level is not None else fields.median(fields.critic(seen, 16))
    gaps = np.linalg.norm(modes[:, None] - modes, axis=-1)
    half = gaps[gaps > 0].min() / 2
    distance = np.linalg.norm(generated[:, None] - missing, axis=-1).min(1)
    return float((at > undecided).mean()), float((distance < half).mean())
