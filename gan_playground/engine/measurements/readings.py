"""Readings: the critic's bound and the exact divergence, each with how sure it is."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
import torch
from torch import Tensor

from gan_playground.engine.measurements.generator_laws import Oval, is_singular, latent_law, line_law, plane_law
from gan_playground.engine.snapshot import Array, Snapshot
from gan_playground.frames import Certainty, Reading
from gan_playground.learners.gan.objectives import Objective
from gan_playground.theory.densities import Density, Uniform, normal
from gan_playground.theory.divergences import Divergence, from_zero
from gan_playground.theory.exact import Exact
from gan_playground.theory.f_divergence import divergence_between
from gan_playground.theory.plane_grid import divergence_on_grid
from gan_playground.theory.pushforward_2d import Estimate, LogRatios
from gan_playground.theory.quadrature import GAUSS, KRONROD, NODES
from gan_playground.theory.wasserstein import w1
from gan_playground.words import Note

SAMPLE: Final = 1024
"""Points on each side where a bound is measured on samples."""

REAL_SEED: Final = 7_001
LATENT_SEED: Final = 7_002
"""Samples of readings: none that a run ever trains on, and the same at every step, so that a line moves smoothly."""

POINTS: Final = 2048
"""Points of each law at which a divergence in the plane knows both densities."""

LATENT_PANELS: Final = 32
UNKNOWN: Final = Reading(math.nan)


def is_wasserstein(objective: Objective) -> bool:
    """Tell whether the game's critic estimates a transport distance: its slope is penalised or its weights clipped."""
    return objective.slope_penalty is not None or math.isfinite(objective.clip)


# --- the bound -----------------------------------------------------------------------------------


def bound(snapshot: Snapshot) -> Reading:
    """Return what the critic, frozen, says the two laws are apart.

    For an f-divergence E_P[g_f(V)] - E_Q[f*(g_f(V))] - f(1) (f-GAN eq. 6), a lower bound of D_f - f(1), which is drawn
    from 0. For a Wasserstein critic E_P[V] - E_Q[V], which is s W1 at most, s its largest slope: with that unknown, and
    above 1 under a penalty, it bounds nothing, and is an estimate: "approximate". Unknown for games that bound nothing.
    On the line with one latent both means are integrals, by Gauss-Kronrod panels over the data and over the latent:
    "exact", with the rules' difference as error. Elsewhere they are means over fresh samples of a fixed seed:
    "approximate", with one standard error.
    """
    divergence = snapshot.objective.divergence
    if divergence is None and not is_wasserstein(snapshot.objective):
        return UNKNOWN
    if snapshot.toy.dim == 1 and snapshot.settings.latent == 1:
        return _bound_by_panels(snapshot, divergence)
    return _bound_on_samples(snapshot, divergence)


def _plays(divergence: Divergence | None, real: Tensor, generated: Tensor) -> tuple[Array, Array]:
    """The two integrands, in float64."""
    if divergence is None:
        return real.double().numpy(), generated.double().numpy()
    return divergence.activation.value(real.double()).numpy(), divergence.dual.value(generated.double()).numpy()


def _bound_by_panels(snapshot: Snapshot, divergence: Divergence | None) -> Reading:
    x, p, half = _data_panels(snapshot.line)
    z, latent, latent_half = _latent_panels(snapshot.settings.noise)
    real = snapshot.exact_critic(torch.from_numpy(x.ravel())[:, None])[:, 0]
    generated = snapshot.exact_critic(snapshot.exact_generator(torch.from_numpy(z.ravel())[:, None]))[:, 0]
    on_real, on_generated = (
        values.reshape(nodes.shape) for values, nodes in zip(_plays(divergence, real, generated), (x, z), strict=True)
    )
    with np.errstate(over="ignore", invalid="ignore"):
        first, second = p * on_real, latent * on_generated
        value = half @ (first @ KRONROD) - latent_half @ (second @ KRONROD)
        error = np.abs(half * (first @ (KRONROD - GAUSS))).sum()
        error += np.abs(latent_half * (second @ (KRONROD - GAUSS))).sum()
    if not np.isfinite(value):
        return UNKNOWN
    if divergence is None:
        return Reading(float(value), "approximate", float(error))
    return Reading(float(value - divergence.at_one), "exact", float(error))


@lru_cache(maxsize=64)
def _data_panels(law: Density) -> tuple[Array, Array, Array]:
    """Nodes ``[panels, 15]`` over the data's law, its density there, and half the panels' widths."""
    edges = law.breakpoints
    edges = np.unique(np.concatenate([edges, 0.5 * (edges[1:] + edges[:-1])]))
    x, half = _nodes(edges)
    return x, np.exp(law.log_density(x)), half


@lru_cache(maxsize=4)
def _latent_panels(noise: str) -> tuple[Array, Array, Array]:
    law: Density = normal(0.0, 1.0) if noise == "normal" else Uniform(-1.0, 1.0)
    reach = 9.0 if noise == "normal" else 1.0
    z, half = _nodes(np.linspace(-reach, reach, LATENT_PANELS + 1))
    return z, np.exp(law.log_density(z)), half


def _nodes(edges: Array) -> tuple[Array, Array]:
    middle, half = 0.5 * (edges[1:] + edges[:-1]), 0.5 * np.diff(edges)
    return middle[:, None] + half[:, None] * NODES, half


def _bound_on_samples(snapshot: Snapshot, divergence: Divergence | None) -> Reading:
    real = snapshot.critic(snapshot.real(SAMPLE, REAL_SEED))[:, 0]
    generated = snapshot.critic(snapshot.generator(snapshot.latents(SAMPLE, LATENT_SEED)))[:, 0]
    on_real, on_generated = _plays(divergence, real, generated)
    with np.errstate(over="ignore", invalid="ignore"):
        value = on_real.mean() - on_generated.mean() - (0.0 if divergence is None else divergence.at_one)
        error = math.sqrt((on_real.var() + on_generated.var()) / (SAMPLE - 1))
    return Reading(float(value), "approximate", error) if np.isfinite(value) else UNKNOWN


# --- the truth -----------------------------------------------------------------------------------


def exact(snapshot: Snapshot, law: Density | None, rounds: int = 1) -> Reading:
    """Return the exact divergence of the game between the data and the generator's ``law`` on the line, from 0.

    For a Wasserstein critic it is W1 by the distribution functions. Unknown where the game has neither, or no law.
    """
    if law is None or snapshot.toy.dim != 1:
        return singular(snapshot)
    if snapshot.objective.divergence is not None:
        drawn = from_zero(snapshot.objective.divergence)
        return reading(divergence_between(drawn, snapshot.line, law, rounds=rounds))
    return reading(w1(snapshot.line, law, rounds=rounds)) if is_wasserstein(snapshot.objective) else UNKNOWN


def divergences(snapshot: Snapshot, members: Sequence[Divergence]) -> list[Reading]:
    """Return every member's divergence between the data and the generator, whatever game it plays."""
    if is_singular(snapshot):
        return [without_density(member) for member in members]
    if snapshot.toy.dim == 2:
        return all_in_plane(snapshot, members)
    law = line_law(snapshot)
    if law is None:
        return [UNKNOWN for _ in members]
    return [reading(divergence_between(member, snapshot.line, law)) for member in members]


def in_plane(snapshot: Snapshot) -> Reading:
    """Return the divergence of the game in the plane; unknown without one, or where q is not known there."""
    divergence = snapshot.objective.divergence
    return UNKNOWN if divergence is None else all_in_plane(snapshot, [from_zero(divergence)])[0]


def all_in_plane(snapshot: Snapshot, divergences: Sequence[Divergence]) -> list[Reading]:
    """Return divergences in the plane: by the midpoint rule for a linear map, else over points of both laws.

    "approximate", with a stated error, as they follow; unknown where q is not known.
    """
    if snapshot.toy.dim != 2:
        return [UNKNOWN for _ in divergences]
    data, law = snapshot.plane, plane_law(snapshot)
    if law is not None:
        box = _box(snapshot, law)
        found = (divergence_on_grid(d, data.log_density, law.log_density, box) for d in divergences)
        return [reading(one, "approximate") for one in found]
    ratios = log_ratios(snapshot)
    if ratios is None:
        return [UNKNOWN for _ in divergences]
    return [_estimated(ratios.divergence(d, bounded=data.bounded)) for d in divergences]


def log_ratios(snapshot: Snapshot) -> LogRatios | None:
    """Return log p/q at points of both laws, the same at every step; None where q is not known by its latents."""
    law = latent_law(snapshot)
    if law is None:
        return None
    real = snapshot.real(POINTS, REAL_SEED).double().numpy()
    return LogRatios.of(snapshot.plane.log_density, law, real, snapshot.latents(POINTS, LATENT_SEED).double().numpy())


def _estimated(found: Estimate) -> Reading:
    if math.isinf(found.value):
        return Reading(math.inf, "infinite", log_value=math.inf, why=found.reason)
    if math.isnan(found.value):
        return Reading(math.nan, why=found.reason)
    return Reading(found.value, "approximate", found.error, why=found.remark)


def _box(snapshot: Snapshot, law: Oval) -> tuple[tuple[float, float], tuple[float, float]]:
    """A box that holds the window, and 8 standard deviations of the bell on each side."""
    reach = 8 * np.sqrt(np.diag(law.covariance))
    (x0, x1), (y0, y1) = (
        (min(low, middle - r), max(high, middle + r))
        for (low, high), middle, r in zip(snapshot.toy.window, law.mean.tolist(), reach.tolist(), strict=True)
    )
    return (x0, x1), (y0, y1)


def singular(snapshot: Snapshot) -> Reading:
    """Return the game's divergence of a generator whose law has no area, from 0; unknown where it has one."""
    divergence = snapshot.objective.divergence
    if divergence is None or not is_singular(snapshot):
        return UNKNOWN
    return without_density(from_zero(divergence))


def without_density(divergence: Divergence) -> Reading:
    """Return the divergence of a law that shares no mass with the data.

    D_f = f(1) + lim excess(u) at 0 + lim excess(u)/u at infinity, whatever the generator draws.
    """
    value = divergence.at_one + divergence.growth.at_zero + divergence.growth.at_infinity
    if math.isinf(value):
        return Reading(math.inf, "infinite", why=Note("notes.of_no_area"))
    return Reading(value, "exact")


def reading(found: Exact, certainty: Certainty = "exact") -> Reading:
    """Return a distance as a reading of this certainty, or as "infinite" with its reason."""
    if found.infinite:
        return Reading(math.inf, "infinite", log_value=math.inf, why=found.reason)
    error = abs(found.value) * found.error if math.isfinite(found.value) else 0.0
    beyond = found.log_value if math.isinf(found.value) else math.nan
    return Reading(found.value, certainty, error, beyond)
