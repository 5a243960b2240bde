"""The games: what the critic and the generator each make of the critic's raw values.

An `Objective` is pointwise: it maps raw values v of real and generated samples to each player's loss and to that
loss's derivative, in closed form, so that no game needs a graph of its own. A player's loss is the mean over the
batch. Penalties act on the norm of the critic's gradient at one sample, never at a whole batch.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import torch
from torch import Tensor
from torch.nn.functional import logsigmoid

from gan_playground.objective_names import ObjectiveName, parse_objective
from gan_playground.theory.divergences import DIVERGENCES, FAMILIES, Divergence, Map, Smooth, divergence
from gan_playground.theory.divergences.forms import IDENTITY

Play = Callable[[Tensor, Tensor], tuple[Tensor, Tensor, Tensor]]
"""(real v, generated v) -> (loss, its derivative by real v, its derivative by generated v), elementwise."""

Penalty = Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]
"""(|g|^2, weight) -> (penalty, stretch), elementwise, g = grad_x V; the penalty's gradient by g is stretch * g."""


@dataclass(frozen=True, slots=True)
class Objective:
    """One game, with its parameter inside.

    Both players minimise the mean of their `Play`. ``zero_sum``: the generator's loss is minus the critic's, up to
    what does not depend on the generator. ``slope_penalty`` weighs |grad_x V| between real and generated samples by
    ``penalty_weight`` (lambda); ``clip`` bounds every parameter of the critic (c).

    For the eye: ``display`` turns v into what is shown, named ``unit``; a critic that cannot tell shows ``midpoint``
    (None: the median of what is shown, where the game leaves the critic's level free) and colours end ``reach`` away
    (None: taken from what is shown). ``optimum`` gives the best critic's displayed value from log p/q, where known.
    """

    name: ObjectiveName
    critic: Play
    generator: Play
    zero_sum: bool = False
    pairs: bool = False
    slope_penalty: Penalty | None = None
    penalty_weight: float = 0.0
    clip: float = math.inf
    divergence: Divergence | None = None
    log_ratio: Map | None = None
    display: Map = torch.clone
    unit: str = "V"
    midpoint: float | None = 0.0
    reach: float | None = 1.0
    optimum: Map | None = None


@lru_cache(maxsize=512)
def objective(name: ObjectiveName | str) -> Objective:
    """Return the game of this name; equal names share one object.

    Raises:
        Refusal: a text that `parse_objective` does not accept.

    """
    named = name if isinstance(name, ObjectiveName) else parse_objective(name)
    return OTHER_GAMES[named.name](named) if named.name in OTHER_GAMES else _divergence_game(named)


# --- two ways to play ----------------------------------------------------------------------------


def apart(on_real: Smooth | None, on_generated: Smooth) -> Play:
    """The loss on_real(v_real) + on_generated(v_generated), computed in float64 and rounded to v's dtype."""

    def play(real: Tensor, generated: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        dtype, g = generated.dtype, generated.double()
        if on_real is None:
            return on_generated.value(g).to(dtype), torch.zeros_like(real), on_generated.slope(g).to(dtype)
        r = real.double()
        loss = on_real.value(r) + on_generated.value(g)
        return loss.to(dtype), on_real.slope(r).to(dtype), on_generated.slope(g).to(dtype)

    return play


def paired(on_difference: Smooth, sign: float) -> Play:
    """The loss on_difference(sign * (v_real - v_generated)): sample i of one side plays sample i of the other."""

    def play(real: Tensor, generated: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        difference = sign * (real.double() - generated.double())
        slope = (sign * on_difference.slope(difference)).to(real.dtype)
        return on_difference.value(difference).to(real.dtype), slope, -slope

    return play


def minus(map_: Smooth) -> Smooth:
    """The map v -> -map(v)."""
    return Smooth(lambda v: -map_.value(v), lambda v: -map_.slope(v))


# --- penalties -----------------------------------------------------------------------------------


def zero_centred(square: Tensor, gamma: Tensor) -> tuple[Tensor, Tensor]:
    """R1 and R2: gamma/2 |grad V|^2, on real and on generated samples (Mescheder et al. 2018, eq. 9 and 10)."""
    return gamma / 2 * square, gamma.expand_as(square)


def two_sided(square: Tensor, weight: Tensor) -> tuple[Tensor, Tensor]:
    """Return lambda (|grad V| - 1)^2 (Gulrajani et al. 2017, eq. 3); a gradient of 0 has no direction to grow in."""
    norm = square.sqrt()
    return weight * (norm - 1).square(), 2 * weight * torch.where(norm > 0, 1 - 1 / norm, 0)


def one_sided(square: Tensor, weight: Tensor) -> tuple[Tensor, Tensor]:
    """Return lambda max(0, |grad V| - 1)^2 (Gulrajani et al. 2017, section 4)."""
    norm = square.sqrt()
    return weight * (norm - 1).clamp(min=0).square(), 2 * weight * torch.where(norm > 1, 1 - 1 / norm, 0)


# --- the games -----------------------------------------------------------------------------------

SOFTPLUS_MINUS: Final = Smooth(lambda v: -logsigmoid(v), lambda v: -torch.sigmoid(-v))


def _half_square(target: float) -> Smooth:
    return Smooth(lambda v: (v - target).square() / 2, lambda v: v - target)


def _margin(sign: float) -> Smooth:
    """max(0, 1 - sign v)."""
    return Smooth(lambda v: (1 - sign * v).clamp(min=0), lambda v: -sign * (1 - sign * v > 0).to(v))


def _divergence_game(name: ObjectiveName) -> Objective:
    """The bound E_P[g_f(V)] - E_Q[f*(g_f(V))] (Nowozin et al. 2016, eq. 6).

    The generator minimises it, or in practice maximises E_Q[g_f(V)] (section 3.2).
    """
    d = divergence(name.name, name.parameter)
    return Objective(
        name=name,
        critic=apart(minus(d.activation), d.dual),
        generator=apart(None, minus(d.activation if name.practical else d.dual)),
        zero_sum=not name.practical,
        divergence=d,
        log_ratio=d.log_ratio,
        display=d.activation,
        unit="T",
        midpoint=d.slope_at_one,
        reach=_reach(d),
        optimum=d.optimal_critic,
    )


def _reach(d: Divergence) -> float:
    """How far T = f'(p/q) lies from f'(1) at a ratio of e^4 or e^-4, whichever is nearer, to one figure."""
    low, high = d.optimal_critic(torch.tensor([-4.0, 4.0], dtype=torch.float64)).tolist()
    return float(f"{min(high - d.slope_at_one, d.slope_at_one - low):.0e}")


def _lsgan(name: ObjectiveName) -> Objective:
    """Least squares to labels 0 and 1 (Mao et al. 2017, eq. 9); the best critic is p / (p + q)."""
    return Objective(
        name=name,
        critic=apart(_half_square(1.0), _half_square(0.0)),
        generator=apart(None, _half_square(1.0)),
        unit="D",
        midpoint=0.5,
        reach=0.5,
        optimum=torch.sigmoid,
    )


def _hinge(name: ObjectiveName) -> Objective:
    """max(0, 1 - V) on real, max(0, 1 + V) on generated samples (Lim and Ye 2017); the best critic is sign(p - q)."""
    return Objective(
        name=name,
        critic=apart(_margin(1.0), _margin(-1.0)),
        generator=apart(None, minus(IDENTITY)),
        optimum=torch.sign,
    )


def _relativistic(name: ObjectiveName) -> Objective:
    """softplus(-(V(x_i) - V(G(z_i)))) and its mirror image (Jolicoeur-Martineau 2018, RpGAN); V's level is free."""
    return Objective(
        name=name,
        critic=paired(SOFTPLUS_MINUS, 1.0),
        generator=paired(SOFTPLUS_MINUS, -1.0),
        pairs=True,
        midpoint=None,
    )


def _wasserstein(
    name: ObjectiveName, slope_penalty: Penalty | None = None, penalty_weight: float = 0.0, clip: float = math.inf
) -> Objective:
    """E_Q[V] - E_P[V] for the critic, -E_Q[V] for the generator (Arjovsky et al. 2017, eq. 2 and 3)."""
    return Objective(
        name=name,
        critic=apart(minus(IDENTITY), IDENTITY),
        generator=apart(None, minus(IDENTITY)),
        zero_sum=True,
        slope_penalty=slope_penalty,
        penalty_weight=penalty_weight,
        clip=clip,
        unit="f",
        midpoint=None,
        reach=None,
    )


def _parameter(name: ObjectiveName) -> float:
    return name.parameter if name.parameter is not None else math.nan


OTHER_GAMES: Final[Mapping[str, Callable[[ObjectiveName], Objective]]] = {
    "lsgan": _lsgan,
    "hinge": _hinge,
    "relativistic": _relativistic,
    "wgan": lambda name: _wasserstein(name, clip=_parameter(name)),
    "wgan-gp": lambda name: _wasserstein(name, two_sided, _parameter(name)),
    "wgan-gp-one-sided": lambda name: _wasserstein(name, one_sided, _parameter(name)),
}
"""The games that are not f-divergences; each of `DIVERGENCES` and `FAMILIES` gives one more."""

NAMES: Final = (*DIVERGENCES, *FAMILIES, *OTHER_GAMES)
"""The name of every game."""
