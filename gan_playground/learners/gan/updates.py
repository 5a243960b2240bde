"""The moves, in the order of the papers; each acts on a whole stack of runs.

A move writes the losses and gradient norms into ``stack.stats``, checks that they are finite before anything is
updated, and leaves a run where they are not as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from gan_playground.learners.backpropagation import ActivationsRecord, backward, forward, to_input
from gan_playground.learners.gan.batched_players import Stack
from gan_playground.learners.gan.penalty_gradients import slope_gradient
from gan_playground.learners.mlp import Net

CRITIC, GENERATOR, EITHER = slice(0, 2), slice(2, 4), slice(0, 4)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one critic update consumes, ``[L, rows, features]``: the plan is the optimizer's ``(epsilon, -size)``."""

    real: Tensor
    mix: Tensor | None
    jitter: Tensor | None
    plan: tuple[Tensor, Tensor]


@dataclass(frozen=True, slots=True)
class Draw:
    """What one step consumes.

    ``noise`` ``[L, rows, latent]`` holds the latents of every critic update, then those of the generator's; in a
    single step both players see the same.
    """

    noise: Tensor
    batches: Sequence[Batch]
    jitter: Tensor | None
    plan: tuple[Tensor, Tensor]


def alternating(stack: Stack, draw: Draw) -> None:
    """Make k updates of the critic, then one of the generator on fresh noise (Goodfellow et al. 2014, alg. 1)."""
    fake = forward(stack.generator.net, draw.noise, stack.generated)
    B = stack.shape.batch
    for i, batch in enumerate(draw.batches):
        critic_move(stack, batch, fake[:, i * B : (i + 1) * B])
    generator_move(stack, draw, draw.batches[-1].real)


def single_step(stack: Stack, draw: Draw) -> None:
    """Both gradients at the same parameters and batch, then both applied (Nowozin et al. 2016, algorithm 1).

    In a zero-sum game one pass back serves both players. Otherwise the generator's loss has a cotangent of its own,
    pulled through the same forward pass.
    """
    (batch,) = draw.batches
    stack.critic.net.renew()
    fake = forward(stack.generator.net, draw.noise, stack.generated)
    _score(stack, batch, fake)
    v, B = stack.scored.out[..., 0], stack.shape.batch
    toward_generator = _generator_cotangent(stack, v[:, :B], v[:, B:])
    d = backward(stack.critic.net, stack.scored, stack.cotangent[..., None], stack.critic.gradient)
    to_samples = to_input(stack.critic.net, stack.scored, d) if stack.zero_sum else None
    _penalise(stack, batch)
    stack.critic.finish_gradient(stack.stats[1])
    pull = _pull_in_single_step(stack, to_samples, toward_generator)
    backward(stack.generator.net, stack.generated, pull, stack.generator.gradient)
    stack.generator.finish_gradient(stack.stats[3])
    stack.check(EITHER)
    broken = list(stack.broken)
    stack.critic.move(batch.plan, stack.scored, broken)
    stack.generator.move(draw.plan, stack.generated, broken)
    _project(stack)


def critic_move(stack: Stack, batch: Batch, fake: Tensor) -> None:
    """One update of the critic on real and generated samples, the latter taken as they are."""
    stack.critic.net.renew()
    _score(stack, batch, fake)
    backward(stack.critic.net, stack.scored, stack.cotangent[..., None], stack.critic.gradient)
    _penalise(stack, batch)
    stack.critic.finish_gradient(stack.stats[1])
    stack.check(CRITIC)
    stack.critic.move(batch.plan, stack.scored, list(stack.broken))
    _project(stack)


def generator_move(stack: Stack, draw: Draw, real: Tensor) -> None:
    """One update of the generator against the critic as it stands, by the newest part of what was generated.

    Where samples play in pairs, ``real`` are their opponents.
    """
    critic, B = stack.critic.net, stack.shape.batch
    critic.renew()
    fake = stack.generated.out[:, -B:]
    x = fake if draw.jitter is None else fake + draw.jitter
    v = forward(critic, x, stack.scored_alone)[..., 0]
    cotangent = _generator_cotangent(stack, _opponents(stack, real, v), v)
    pull = to_input(critic, stack.scored_alone, backward(critic, stack.scored_alone, cotangent[..., None]))
    newest = stack.generated.newest()
    backward(stack.generator.net, newest, pull, stack.generator.gradient)
    stack.generator.finish_gradient(stack.stats[3])
    stack.check(GENERATOR)
    stack.generator.move(draw.plan, newest, list(stack.broken))


# --- the parts of a move -------------------------------------------------------------------------


def _score(stack: Stack, batch: Batch, fake: Tensor) -> None:
    """Let the critic see both samples; leave its loss in the stats and the loss's derivative by v in the cotangent."""
    B = stack.shape.batch
    torch.cat((batch.real, fake), 1, out=stack.both)
    if batch.jitter is not None:
        stack.both.add_(batch.jitter)
    stack.values.copy_(forward(stack.critic.net, stack.both, stack.scored)[..., 0])
    for game in stack.games:
        loss, by_real, by_fake = game.objective.critic(game.real, game.fake)
        game.critic_loss.copy_(loss.mean(1))
        torch.div(by_real, B, out=game.by_real)
        torch.div(by_fake, B, out=game.by_fake)


def _generator_cotangent(stack: Stack, real_v: Tensor, fake_v: Tensor) -> Tensor:
    """Leave the generator's loss in the stats and return its derivative by the critic's values of generated samples."""
    fake = fake_v.double()
    real = fake if real_v is fake_v else real_v.double()
    for game in stack.games:
        loss, _, by_fake = game.objective.generator(real[game.rows], fake[game.rows])
        game.generator_loss.copy_(loss.mean(1))
        torch.div(by_fake, stack.shape.batch, out=game.pull)
    return stack.toward_generator


def _opponents(stack: Stack, real: Tensor, like: Tensor) -> Tensor:
    """The critic's values of real samples where the generator's loss needs them; elsewhere anything."""
    rows, index = stack.pairs
    if not rows:
        return like
    net, x = (stack.critic.net, real) if index is None else (stack.critic.net.runs(index), real[index])
    activations = ActivationsRecord(stack.shape.critic, len(x), x.shape[1], x)
    v = forward(net, x, activations)[..., 0]
    return v if index is None else like.index_copy(0, index[: len(rows)], v[: len(rows)])


def _pull_in_single_step(stack: Stack, to_samples: Tensor | None, cotangent: Tensor) -> Tensor:
    """The generator's loss pulled back to its samples: minus the critic's in a zero-sum game, else a second pass."""
    B = stack.shape.batch
    pull = torch.zeros_like(stack.both[:, B:]) if to_samples is None else to_samples[:, B:].neg()
    rows, index = stack.own_cotangent
    if not rows:
        return pull
    if stack.shape.critic.batch_norm:
        c = torch.cat((torch.zeros_like(cotangent), cotangent), 1)[..., None]
        own = to_input(stack.critic.net, stack.scored, backward(stack.critic.net, stack.scored, c))
        return pull.index_copy_(0, torch.tensor(rows, device=pull.device), own[rows, B:])
    net = stack.critic.net if index is None else stack.critic.net.runs(index)
    c = cotangent if index is None else cotangent[index]
    activations = stack.scored.part(slice(B, 2 * B), index)
    own = to_input(net, activations, backward(net, activations, c[..., None]))
    return own if index is None else pull.index_copy_(0, index[: len(rows)], own[: len(rows)])


def _penalise(stack: Stack, batch: Batch) -> None:
    """Add the gradients of the penalties on |grad V|, each run's own, to the critic's."""
    B = stack.shape.batch
    for penalty in stack.penalties:
        net = stack.critic.net if penalty.rows is None else stack.critic.net.runs(penalty.rows)
        if penalty.samples is None:
            activations = _between(stack, net, penalty.rows, batch)
        else:
            activations = stack.scored.part(penalty.samples, penalty.rows)
        slope_gradient(net, activations, lambda square, penalty=penalty: penalty.stretch(square) / B, penalty.gradient)
        stack.add_to_critic(penalty)


def _between(stack: Stack, net: Net, rows: Tensor | None, batch: Batch) -> ActivationsRecord:
    """Judge points e x + (1 - e) G(z) on the lines between the samples (Gulrajani et al. 2017, section 4)."""
    real, generated, mix = stack.both[:, : stack.shape.batch], stack.both[:, stack.shape.batch :], batch.mix
    assert mix is not None, "a penalty between samples needs its random places"
    x = torch.lerp(generated, real, mix)
    x = x if rows is None else x[rows]
    activations = ActivationsRecord(stack.shape.critic, len(x), x.shape[1], x)
    forward(net, x, activations)
    return activations


def _project(stack: Stack) -> None:
    """Clip every parameter of a WGAN's critic to [-c, c] (Arjovsky et al. 2017, algorithm 1)."""
    if stack.box is not None:
        stack.critic.parameters.clamp_(-stack.box, stack.box)
