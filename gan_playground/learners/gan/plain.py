"""One run's updates in plain PyTorch, in the order of the papers: what `kernel` does, as it is read.

Gradients are autograd's, on any device and in any precision; a law holds the two together. Losses come from
`Objective` with their derivatives by the critic's values, which are stable where autograd's would not be.
"""

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.autograd import grad

from gan_playground.learners.gan.game import Player, Rules
from gan_playground.learners.gan.kernel import ALL_WELL, CRITIC_LOSS, GENERATOR_LOSS
from gan_playground.learners.gan.objectives import Penalty, zero_centred
from gan_playground.learners.mlp import MLP, Statistics, forward, power_iteration, remember
from gan_playground.learners.optimizers import OPTIMIZERS

Numbers = tuple[float, ...]
"""Losses and gradient norms in the order of `kernel.QUANTITIES`, or one player's part of them."""


class Match(NamedTuple):
    """Both shapes and players, generator first (None: its samples are drawn, as noise), and what is drawn for them.

    ``drawn`` is named and shaped as `Game.drawn`, one block an update.
    """

    shapes: tuple[MLP | None, MLP]
    players: tuple[Player | None, Player]
    rules: Rules
    drawn: Mapping[str, Tensor]


class Found(NamedTuple):
    """A player's loss and the norm of its gradient, the gradient, clipped, and what normalised layers met."""

    numbers: Numbers
    gradient: Tensor
    statistics: Statistics


def steps(match: Match, first: int, count: int, table: NDArray[np.float64]) -> tuple[int, int]:
    """Make steps of both players; takes, writes and returns what `kernel.alternating` and `kernel.together` do."""
    for row in range(count):
        step = single_step if match.rules.together else alternating_step
        numbers, broken = step(match, first + row)
        if broken != ALL_WELL:
            return row, broken
        table[row] = numbers
    return count, ALL_WELL


def alternating_step(match: Match, step: int) -> tuple[Numbers, int]:
    """Make k updates of the critic, then one of the generator on fresh noise (Goodfellow et al. 2014, algorithm 1)."""
    k, numbers = match.rules.critic_steps, ()
    for update in range(step * k, (step + 1) * k):
        numbers, broken = critic_update(match, update)
        if broken != ALL_WELL:
            return numbers, broken
    generators, broken = generator_update(match, step)
    return (*numbers, *generators), broken


def single_step(match: Match, step: int) -> tuple[Numbers, int]:
    """Both gradients at the same parameters and batch, then both applied (Nowozin et al. 2016, algorithm 1)."""
    renew(match)
    both, drawn = samples(match, step), match.drawn
    B = len(both) // 2
    jitter = drawn["critic_jitter"][step, B:] if match.rules.jitter else None
    critic = critic_gradient(match, both, step)
    generator = generator_gradient(match, drawn["noise"][step], jitter, both[:B])
    numbers = (*critic.numbers, *generator.numbers)
    broken = first_not_finite(numbers, CRITIC_LOSS)
    if broken == ALL_WELL:
        move(match, 1, critic, drawn["critic_plan"][step])
        move(match, 0, generator, drawn["generator_plan"][step])
    return numbers, broken


def critic_update(match: Match, update: int) -> tuple[Numbers, int]:
    """One update of the critic on real and generated samples, the latter taken as they are."""
    renew(match)
    found = critic_gradient(match, samples(match, update), update)
    broken = first_not_finite(found.numbers, CRITIC_LOSS)
    if broken == ALL_WELL:
        move(match, 1, found, match.drawn["critic_plan"][update])
    return found.numbers, broken


def generator_update(match: Match, step: int) -> tuple[Numbers, int]:
    """One update of the generator against the critic as it stands; where samples play in pairs, real ones oppose."""
    renew(match)
    drawn = match.drawn
    jitter = drawn["generator_jitter"][step] if match.rules.jitter else None
    opponents = drawn["real"][(step + 1) * match.rules.critic_steps - 1]
    found = generator_gradient(match, drawn["generator_noise"][step], jitter, opponents)
    broken = first_not_finite(found.numbers, GENERATOR_LOSS)
    if broken == ALL_WELL:
        move(match, 0, found, drawn["generator_plan"][step])
    return found.numbers, broken


# --- the two gradients -----------------------------------------------------------------------------------


def critic_gradient(match: Match, both: Tensor, update: int) -> Found:
    """By the critic's parameters: its loss at samples ``both`` ``[2B, dim]``, real ones first, and its penalties.

    A penalty on g = grad_x V is added through g's own gradient: its derivative by g is stretch * g.
    """
    critic, player, rules = match.shapes[1], match.players[1], match.rules
    flat, x, B = player.parameters.clone().requires_grad_(), both.clone().requires_grad_(), len(both) // 2
    V, statistics = forward(critic, flat, player.buffers, x, groups=2)
    loss, by_real, by_fake = rules.objective.critic(*V.detach().double()[:, 0].split(B))
    outputs, cotangents = [V], [torch.cat((by_real, by_fake))]

    def penalise(V: Tensor, x: Tensor, penalty: Penalty, *weights: float) -> None:
        (g,) = grad(V.sum(), x, create_graph=True)
        weight = torch.tensor(weights, dtype=torch.float64, device=x.device).repeat_interleave(len(x) // len(weights))
        outputs.append(g)
        cotangents.append(penalty(g.detach().square().sum(1).double(), weight)[1][:, None] * g.detach())

    if rules.r1 or rules.r2:
        penalise(V, x, zero_centred, rules.r1, rules.r2)
    if rules.objective.slope_penalty:  # at e x + (1 - e) G(z), Gulrajani et al. 2017, section 4
        between = torch.lerp(both[B:], both[:B], match.drawn["mix"][update]).requires_grad_()
        V_between, _ = forward(critic, flat, player.buffers, between)
        penalise(V_between, between, rules.objective.slope_penalty, rules.objective.penalty_weight)
    (gradient,) = grad(
        outputs, flat, [(c / B).to(flat).view_as(out) for c, out in zip(cotangents, outputs, strict=True)]
    )
    return finished(loss, gradient, statistics, rules)


def generator_gradient(match: Match, noise: Tensor, jitter: Tensor | None, opponents: Tensor) -> Found:
    """By the generator's parameters: its loss at G(noise), against real ``opponents`` where samples play in pairs."""
    (generator, critic), (player, judge), rules = match.shapes, match.players, match.rules
    assert generator is not None, "a critic alone has nobody to move"
    assert player is not None, "a critic alone has nobody to move"
    flat = player.parameters.clone().requires_grad_()
    fake, statistics = forward(generator, flat, player.buffers, noise)
    V, _ = forward(critic, judge.parameters, judge.buffers, fake if jitter is None else fake + jitter)
    of_real = forward(critic, judge.parameters, judge.buffers, opponents)[0] if rules.objective.pairs else V
    loss, _, by_fake = rules.objective.generator(*(v.detach().double()[:, 0] for v in (of_real, V)))
    (gradient,) = grad(V, flat, (by_fake / len(V)).to(flat).view_as(V))
    return finished(loss, gradient, statistics, rules)


def finished(loss: Tensor, gradient: Tensor, statistics: Statistics, rules: Rules) -> Found:
    """The mean loss and the gradient's norm, and the gradient no longer than the rules allow."""
    norm = gradient.norm()
    if rules.gradient_clip:
        gradient = gradient * (rules.gradient_clip / norm).clamp(max=1.0)
    return Found((float(loss.mean()), float(norm)), gradient, statistics)


# --- the parts of a move ---------------------------------------------------------------------------------


def samples(match: Match, update: int) -> Tensor:
    """Real and generated samples ``[2B, dim]`` as the critic sees them."""
    generator, player, fake = match.shapes[0], match.players[0], match.drawn["noise"][update]
    if generator is not None and player is not None:
        with torch.no_grad():
            fake, _ = forward(generator, player.parameters, player.buffers, fake)
    both = torch.cat((match.drawn["real"][update], fake))
    return both + match.drawn["critic_jitter"][update] if match.rules.jitter else both


def renew(match: Match) -> None:
    """Bring the singular values of the critic's weights up to date."""
    power_iteration(match.shapes[1], match.players[1].parameters, match.players[1].buffers)


def first_not_finite(numbers: Numbers, first: int) -> int:
    """The place of the first number that is not finite, counted from ``first``."""
    return next((place for place, number in enumerate(numbers, first) if not math.isfinite(number)), ALL_WELL)


def move(match: Match, which: int, found: Found, plan: Tensor) -> None:
    """Follow a gradient once; a WGAN's critic stays in its box [-c, c] (Arjovsky et al. 2017, algorithm 1)."""
    mlp, player, rules = match.shapes[which], match.players[which], match.rules
    assert mlp is not None, "a critic alone has nobody to move"
    assert player is not None, "a critic alone has nobody to move"
    epsilon, size = plan.tolist()
    state = player.parameters, found.gradient, player.first, player.second
    OPTIMIZERS[rules.optimizer].move(*state, epsilon, size, 1 - rules.beta1, 1 - rules.beta2)
    remember(mlp, player.buffers, found.statistics)
    if which == 1:
        player.parameters.clamp_(-rules.objective.clip, rules.objective.clip)
