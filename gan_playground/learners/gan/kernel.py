"""One run's updates, compiled: in the order of the papers, over arrays that are the run's own (see `kernels`).

The same moves stand in `plain` as they are read; a law holds the two together to rounding. An update writes its loss
and its gradient's norm, checks that both are finite before anything moves, and leaves everything as it was if not.

A game lies in three arrays (see `game`): ``f``, all that is in the networks' precision; ``q``, what is in float64
whatever that is; and ``n``, whole numbers that say what lies where.
"""

import math
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from gan_playground.learners.gan.game import (
    ALONE,
    CRITIC,
    CRITIC_PLAY,
    FAKE,
    GENERATED,
    GENERATOR,
    GENERATOR_PLAY,
    MIXED,
    OPPONENTS,
    REAL,
    SCORED,
    SLOPE_PENALTY,
    SLOPES,
    SQUARE,
    WEIGHT,
    ZERO_CENTRED,
    Whole,
    net_at,
    numbers_at,
    pass_at,
    places_at,
    program_at,
    slopes_at,
)
from gan_playground.learners.kernels.batch_norms import remember
from gan_playground.learners.kernels.compiling import compiled
from gan_playground.learners.kernels.following import follow, norm
from gan_playground.learners.kernels.formulas import column, run
from gan_playground.learners.kernels.networks import Floats, Net, Pass
from gan_playground.learners.kernels.passes import backward, forward, to_input
from gan_playground.learners.kernels.slope_penalties import add_slope_gradient, find_slopes
from gan_playground.learners.kernels.spectral_norms import renew, through_norm

Array = NDArray[np.float64]
Quantity = Literal["critic_loss", "critic_gradient", "generator_loss", "generator_gradient"]
QUANTITIES: Final[tuple[Quantity, ...]] = (
    "critic_loss",
    "critic_gradient",
    "generator_loss",
    "generator_gradient",
)
"""What an update measures, in this order."""
CRITIC_LOSS, CRITIC_GRADIENT, GENERATOR_LOSS, GENERATOR_GRADIENT = range(4)
ALL_WELL: Final = -1
"""What an update returns that met no number that is not finite; otherwise it is that quantity's place."""


@compiled
def alternating(f: Floats, q: Array, n: Whole, first: int, count: int, table: Array) -> tuple[int, int]:
    """Make steps of k updates of the critic, then one of the generator (Goodfellow et al. 2014, algorithm 1).

    ``first`` is where in what is drawn they begin. Returns how many of ``count`` were made, a row of ``table`` each,
    and what broke the next, if anything.
    """
    places = places_at(n)
    k = places.critic_steps
    for step in range(first, first + count):
        for update in range(step * k, (step + 1) * k):
            broken = critic_update(f, q, n, update)
            if broken != ALL_WELL:
                return step - first, broken
        broken = generator_update(f, q, n, step)
        if broken != ALL_WELL:
            return step - first, broken
        for quantity in range(4):
            table[step - first, quantity] = q[places.stats + quantity]
    return count, ALL_WELL


@compiled
def together(f: Floats, q: Array, n: Whole, first: int, count: int, table: Array) -> tuple[int, int]:
    """Make steps in which both players move at once (Nowozin et al. 2016, algorithm 1); returns as `alternating`."""
    for step in range(first, first + count):
        broken = single_step(f, q, n, step)
        if broken != ALL_WELL:
            return step - first, broken
        for quantity in range(4):
            table[step - first, quantity] = q[places_at(n).stats + quantity]
    return count, ALL_WELL


@compiled
def single_step(f: Floats, q: Array, n: Whole, step: int) -> int:
    """Both gradients at the same parameters and batch, then both applied (Nowozin et al. 2016, algorithm 1).

    In a zero-sum game one pass back serves both players. Otherwise the generator's loss has a cotangent of its own,
    pulled through the same forward pass.
    """
    places, critic, generator = places_at(n), net_at(n, CRITIC), net_at(n, GENERATOR)
    scored, generated = pass_at(n, SCORED), pass_at(n, GENERATED)
    rows, dim = places.batch, places.dim
    renew(f, critic)
    score(f, q, n, step)
    play_generator(f, q, n, scored.out, scored.out + rows)
    backward(f, critic, scored, places.cotangent, critic.gradient)
    if places.zero_sum:
        to_input(f, critic, scored, places.cotangent, places.pulled)
        for i in range(rows * dim):
            f[places.pulled + i] = -f[places.pulled + rows * dim + i]
    penalise(f, q, n, step)
    finish(f, q, n, critic, places.stats + CRITIC_GRADIENT)
    if not places.zero_sum:
        for i in range(rows):
            f[places.cotangent + i] = 0
            f[places.cotangent + rows + i] = f[places.toward_generator + i]
        backward(f, critic, scored, places.cotangent, places.nowhere)
        to_input(f, critic, scored, places.cotangent, places.pulled)
        for i in range(rows * dim):
            f[places.pulled + i] = f[places.pulled + rows * dim + i]
    backward(f, generator, generated, places.pulled, generator.gradient)
    finish(f, q, n, generator, places.stats + GENERATOR_GRADIENT)
    for quantity in range(4):
        if not math.isfinite(q[places.stats + quantity]):
            return quantity
    move(f, q, n, critic, scored, places.critic_plan + 2 * step)
    move(f, q, n, generator, generated, places.generator_plan + 2 * step)
    project(f, critic, numbers_at(q, places.numbers).clip)
    return ALL_WELL


@compiled
def critic_update(f: Floats, q: Array, n: Whole, update: int) -> int:
    """One update of the critic on real and generated samples, the latter taken as they are."""
    places, critic, scored = places_at(n), net_at(n, CRITIC), pass_at(n, SCORED)
    renew(f, critic)
    score(f, q, n, update)
    backward(f, critic, scored, places.cotangent, critic.gradient)
    penalise(f, q, n, update)
    finish(f, q, n, critic, places.stats + CRITIC_GRADIENT)
    for quantity in range(CRITIC_LOSS, GENERATOR_LOSS):
        if not math.isfinite(q[places.stats + quantity]):
            return quantity
    move(f, q, n, critic, scored, places.critic_plan + 2 * update)
    project(f, critic, numbers_at(q, places.numbers).clip)
    return ALL_WELL


@compiled
def generator_update(f: Floats, q: Array, n: Whole, step: int) -> int:
    """One update of the generator against the critic as it stands; where samples play in pairs, real ones oppose."""
    places, critic, generator = places_at(n), net_at(n, CRITIC), net_at(n, GENERATOR)
    generated, alone, opponents = pass_at(n, GENERATED), pass_at(n, ALONE), pass_at(n, OPPONENTS)
    rows, dim = places.batch, places.dim
    renew(f, critic)
    forward(f, generator, places.generator_noise + step * rows * generator.inputs, generated)
    shaken = places.generator_jitter + step * rows * dim
    for i in range(rows * dim):
        f[places.both + i] = f[generated.out + i] + (f[shaken + i] if places.jitter else f.dtype.type(0.0))
    forward(f, critic, places.both, alone)
    if places.pairs:
        forward(f, critic, places.real + ((step + 1) * places.critic_steps - 1) * rows * dim, opponents)
    play_generator(f, q, n, opponents.out if places.pairs else alone.out, alone.out)
    backward(f, critic, alone, places.toward_generator, places.nowhere)
    to_input(f, critic, alone, places.toward_generator, places.pulled)
    backward(f, generator, generated, places.pulled, generator.gradient)
    finish(f, q, n, generator, places.stats + GENERATOR_GRADIENT)
    for quantity in range(GENERATOR_LOSS, 4):
        if not math.isfinite(q[places.stats + quantity]):
            return quantity
    move(f, q, n, generator, generated, places.generator_plan + 2 * step)
    return ALL_WELL


# --- the parts of a move ------------------------------------------------------------------------------


@compiled
def score(f: Floats, q: Array, n: Whole, update: int) -> None:
    """Let the critic see both samples; leave its loss in the stats and the loss's derivative by v in the cotangent."""
    places, generator, generated = places_at(n), net_at(n, GENERATOR), pass_at(n, GENERATED)
    scored, play = pass_at(n, SCORED), program_at(n, CRITIC_PLAY)
    rows, dim = places.batch, places.dim
    if places.moves_generator:
        forward(f, generator, places.noise + update * rows * generator.inputs, generated)
        for i in range(rows * dim):
            f[places.both + rows * dim + i] = f[generated.out + i]
    else:  # a critic alone: what is generated is drawn
        for i in range(rows * dim):
            f[places.both + rows * dim + i] = f[places.noise + update * rows * dim + i]
    for i in range(rows * dim):
        f[places.both + i] = f[places.real + update * rows * dim + i]
    if places.jitter:
        for i in range(2 * rows * dim):
            f[places.both + i] += f[places.critic_jitter + update * 2 * rows * dim + i]
    forward(f, net_at(n, CRITIC), places.both, scored)
    real, fake = column(q, play, REAL), column(q, play, FAKE)
    for i in range(rows):
        real[i] = f[scored.out + i]
        fake[i] = f[scored.out + rows + i]
    run(q, n, play)
    q[places.stats + CRITIC_LOSS] = mean(column(q, play, play.loss))
    by_real, by_fake = column(q, play, play.by_a), column(q, play, play.by_b)
    for i in range(rows):
        f[places.cotangent + i] = by_real[i] / rows
        f[places.cotangent + rows + i] = by_fake[i] / rows


@compiled
def play_generator(f: Floats, q: Array, n: Whole, real_v: int, fake_v: int) -> None:
    """Leave the generator's loss in the stats and its derivative by the critic's values of generated samples."""
    places, play = places_at(n), program_at(n, GENERATOR_PLAY)
    real, fake = column(q, play, REAL), column(q, play, FAKE)
    for i in range(places.batch):
        real[i] = f[real_v + i]
        fake[i] = f[fake_v + i]
    run(q, n, play)
    q[places.stats + GENERATOR_LOSS] = mean(column(q, play, play.loss))
    by_fake = column(q, play, play.by_b)
    for i in range(places.batch):
        f[places.toward_generator + i] = by_fake[i] / places.batch


@compiled
def mean(values: Array) -> float:
    """Return the mean."""
    total = 0.0
    for i in range(len(values)):
        total += values[i]
    return total / len(values)


@compiled
def penalise(f: Floats, q: Array, n: Whole, update: int) -> None:
    """Add the gradients of the penalties on |grad V| to the critic's."""
    places, critic = places_at(n), net_at(n, CRITIC)
    numbers = numbers_at(q, places.numbers)
    rows, dim = places.batch, places.dim
    if numbers.r1 > 0 or numbers.r2 > 0:  # R1 on real, R2 on generated samples: rows that lie together
        first, last = 0 if numbers.r1 > 0 else rows, 2 * rows if numbers.r2 > 0 else rows
        weights = column(q, program_at(n, ZERO_CENTRED), WEIGHT)
        for i in range(first, last):
            weights[i - first] = numbers.r1 if i < rows else numbers.r2
        stretch(f, q, n, places.zero_centred, pass_at(n, SCORED), first, last - first)
    if places.between:  # points e x + (1 - e) G(z) on the lines between the samples (Gulrajani et al. 2017, section 4)
        mixed, weights = pass_at(n, MIXED), column(q, program_at(n, SLOPE_PENALTY), WEIGHT)
        for i in range(rows):
            share = f[places.mix + update * rows + i]
            for j in range(dim):
                x, fake = f[places.both + i * dim + j], f[places.both + (rows + i) * dim + j]
                f[places.between_samples + i * dim + j] = fake + share * (x - fake)
            weights[i] = numbers.penalty_weight
        forward(f, critic, places.between_samples, mixed)
        stretch(f, q, n, places.slope_penalty, mixed, places.origin, rows)


@compiled
def stretch(f: Floats, q: Array, n: Whole, penalty: int, record: Pass, first: int, count: int) -> None:
    """Add a penalty's gradient at rows of a record, over the batch's size; its weights are in the program."""
    critic, room, play = net_at(n, CRITIC), slopes_at(n, SLOPES), program_at(n, penalty)
    find_slopes(f, critic, record, first, count, room)
    square = column(q, play, SQUARE)
    for i in range(count):
        square[i] = f[room.square + i]
    run(q, n, play)
    found = column(q, play, play.by_a)
    for i in range(count):
        f[room.stretch + i] = found[i] / places_at(n).batch
    add_slope_gradient(f, critic, record, first, count, room)


@compiled
def finish(f: Floats, q: Array, n: Whole, net: Net, stat: int) -> None:
    """Take the gradient through spectral normalisation, note its norm at ``stat``, then clip it."""
    through_norm(f, net)
    places, gradient = places_at(n), f[net.gradient : net.gradient + net.size]
    length, longest = norm(gradient), numbers_at(q, places.numbers).gradient_clip
    q[stat] = length
    if length > longest:
        shrink = f.dtype.type(longest / length)
        for i in range(len(gradient)):
            gradient[i] *= shrink


@compiled
def move(f: Floats, q: Array, n: Whole, net: Net, record: Pass, plan: int) -> None:
    """Follow the gradient once."""
    places = places_at(n)
    numbers = numbers_at(q, places.numbers)
    follow(f, net, places.optimizer, q[plan], q[plan + 1], numbers.new1, numbers.new2)
    remember(f, net, record)


@compiled
def project(f: Floats, critic: Net, clip: float) -> None:
    """Clip every parameter of a WGAN's critic to [-c, c] (Arjovsky et al. 2017, algorithm 1)."""
    if math.isfinite(clip):
        bound = f.dtype.type(clip)
        for i in range(critic.parameters, critic.parameters + critic.size):
            f[i] = min(max(f[i], -bound), bound)
