"""Fields: what is drawn over the axes of the stage, the critic above all."""

from functools import lru_cache
from typing import Final

import numpy as np
import torch
from torch import Tensor

from gan_playground.data.toys import Toy
from gan_playground.engine.measurements.memory import Memory
from gan_playground.engine.snapshot import Array, Snapshot
from gan_playground.frames import Floats, Unit
from gan_playground.learners.gan.objectives import Objective
from gan_playground.theory.densities import Density, log_ratio

FINER: Final = 4
"""A curve on the line has this many points for each of a side of the plane's grid."""

COARSE: Final = 16
"""Points a side where only the range of the field is wanted."""

SETTLED: Final = 512
"""After this step a colour map that is taken from the critic's values changes on Reset alone."""


@lru_cache(maxsize=256)
def axes(toy: Toy, grid: int) -> tuple[Array, ...]:
    """Return the axes of the window: one of ``4 grid + 1`` points on the line, two of ``grid`` in the plane."""
    count = FINER * grid + 1 if toy.dim == 1 else grid
    return tuple(np.linspace(low, high, count) for low, high in toy.window)


@lru_cache(maxsize=64)
def points(toy: Toy, grid: int) -> Tensor:
    """Return the grid's points ``[n, dim]`` in float32, rows of the plane from the bottom up."""
    mesh = np.stack(np.meshgrid(*axes(toy, grid)), -1).reshape(-1, toy.dim)
    return torch.from_numpy(mesh).float()


@lru_cache(maxsize=64)
def target(toy: Toy, grid: int) -> Floats:
    """Return the data's density over the axes, ``[n]`` or ``[n_y, n_x]``."""
    return np.exp(log_target(toy, grid)).astype(np.float32)


@lru_cache(maxsize=64)
def log_target(toy: Toy, grid: int) -> Array:
    """Return the logarithm of the data's density over the axes."""
    along = axes(toy, grid)
    return toy.density.log_density(along[0] if toy.dim == 1 else np.stack(np.meshgrid(*along), -1))


def critic(snapshot: Snapshot, grid: int) -> Floats:
    """Return the critic as its objective shows it (T, D, V or f) over the axes, ``[n]`` or ``[n_y, n_x]``."""
    flat = snapshot.objective.display(snapshot.critic(points(snapshot.toy, grid))[:, 0]).numpy()
    return flat if snapshot.toy.dim == 1 else flat.reshape(grid, grid)


def unit(snapshot: Snapshot, shown: Floats, reach: float) -> Unit:
    """Return how the field is to be read; where the game fixes no level it is the field's median."""
    objective = snapshot.objective
    if objective.midpoint is None:
        return Unit(objective.unit, median(shown), reach, fixed=False)
    return Unit(objective.unit, objective.midpoint, reach)


def reach(snapshot: Snapshot, memory: Memory) -> float:
    """Return how far the colour map goes: as the game fixes it, else as `settle` last took it from the field."""
    if snapshot.objective.reach is not None:
        return snapshot.objective.reach
    if memory.reach is None or memory.reach_of != str(snapshot.objective.name):
        memory.reach, memory.reach_of = reach_of(critic(snapshot, COARSE)), str(snapshot.objective.name)
    return memory.reach


def settle(snapshot: Snapshot, memory: Memory) -> None:
    """Take the colour map's range anew while the run is young (asked at fixed steps, so that it depends on no look).

    It is the 80th percentile of the distance from the median, rounded up to 1, 2 or 5.
    """
    young = snapshot.step <= SETTLED or memory.reach_of != str(snapshot.objective.name)
    if snapshot.objective.reach is None and young:
        memory.reach, memory.reach_of = reach_of(critic(snapshot, COARSE)), str(snapshot.objective.name)


def median(values: Floats) -> float:
    """Return the median of the finite values; 0 where there is none."""
    finite = values[np.isfinite(values)]
    return float(np.median(finite)) if finite.size else 0.0


def reach_of(values: Floats) -> float:
    """Return the 80th percentile of the distance from the median, rounded up to 1, 2 or 5 times a power of ten."""
    finite = values[np.isfinite(values)]
    width = float(np.quantile(np.abs(finite - np.median(finite)), 0.8)) if finite.size else 0.0
    if not 1e-12 < width < 1e12:
        return 1.0
    power = 10.0 ** np.floor(np.log10(width))
    return float(next(step * power for step in (1, 2, 5, 10) if step * power >= width * (1 - 1e-9)))


def optimum(objective: Objective, data: Density, law: Density, x: Array) -> Floats | None:
    """Return the best critic as it is shown, from log p/q at ``x`` ``[n]``; None where the game has no such rule."""
    if objective.optimum is None:
        return None
    with np.errstate(over="ignore"):
        return objective.optimum(torch.from_numpy(log_ratio(data, law, x))).numpy().astype(np.float32)
