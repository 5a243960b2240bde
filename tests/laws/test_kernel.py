"""The compiled updates are the plain ones to rounding, for every game, penalty, optimizer, shape and scheme."""

import random
from dataclasses import replace

import numpy as np
import pytest
import torch
from matches import Case, Twins, case, critic, generator

from gan_playground.learners.activations import ACTIVATIONS
from gan_playground.learners.gan import kernel, plain
from gan_playground.learners.gan.game import Player, Rules, lay_out
from gan_playground.learners.gan.objectives import objective
from gan_playground.learners.optimizers import OPTIMIZERS
from gan_playground.objective_names import OBJECTIVES
from gan_playground.theory.divergences import DIVERGENCES, FAMILIES

EXACT = {torch.float64: 1e-9, torch.float32: 2e-4}
"""How far two players may lie apart after 20 steps: over the largest number, parameters over how far they came."""

PARAMETERS = {"alpha": (-2, -1, 0, 0.05, 0.5, 1, 1.5, 2, 3), "weighted-js": (0.05, 0.25, 0.5, 0.9)}
NAMED = [
    *DIVERGENCES,
    *(f"{family}({parameter})" for family in FAMILIES for parameter in PARAMETERS[family]),
]
GAMES = [
    *(f"{name}:{step}" for name in NAMED for step in ("exact", "practical")),
    *(name for name in OBJECTIVES if name not in (*DIVERGENCES, *FAMILIES)),
    *("wgan(0.05)", "wgan-gp(0.1)", "wgan-gp-one-sided(0.1)"),
]


def agree(case: Case) -> None:
    """Both make 20 steps, well, and end in one place.

    A critic that normalises its batches makes any difference grow tenfold in a few steps, so there the plain players
    begin every step where the compiled ones stand.
    """
    bites = 20 if case.critic.batch_norm else 1
    twins = Twins(case, steps=20 // bites)
    for _ in range(bites):
        twins.draw()
        fast, slow = twins.play()
        assert fast == slow == (twins.steps, kernel.ALL_WELL)
        apart = twins.differences()
        assert max(apart.values()) < EXACT[case.dtype], apart
        twins.meet()


@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize("name", GAMES)
def test_every_game(name, together):
    agree(case(name, together=together))


OPTIONS = [
    *(case(optimizer=kind) for kind in OPTIMIZERS),
    *(case(beta1=0.0, beta2=0.999), case(optimizer="rmsprop", beta2=0.99)),
    *(case(critic_steps=3), case("relativistic", critic_steps=2), case(jitter=True, critic_steps=2)),
    *(case("hinge", jitter=True, together=True), case("relativistic", jitter=True), case("js", gradient_clip=0.05)),
    *(case("relativistic", jitter=True, together=True), case("js:exact", jitter=True, together=True)),
    *(case(G=generator(inputs=latent)) for latent in (1, 2, 16)),
    *(case(G=generator(inputs=1, outputs=1), C=critic(inputs=1), r1=0.1, together=both) for both in (False, True)),
    *(case(G=generator(depth=depth), C=critic(depth=depth)) for depth in range(5)),
    *(case("js:exact", generator(depth=depth), critic(depth=4 - depth), together=True) for depth in range(5)),
    *(case(r1=r1, r2=r2, together=both) for r1, r2 in ((0.3, 0), (0, 0.2), (0.3, 0.1)) for both in (False, True)),
    *(case(C=critic(depth=depth, activation="elu"), r2=0.2) for depth in range(5)),
    *(case("wgan-gp(1)", C=critic(depth=depth, activation="tanh")) for depth in range(5)),
    *(case(G=generator(activation=a), C=critic(activation=a)) for a in ACTIVATIONS),
    *(case("wgan-gp(3)", C=critic(activation=a), r1=0.1, r2=0.2, jitter=True) for a in ACTIVATIONS),
    *(case(C=critic(activation=a, frequencies=8), r1=0.02, r2=0.02) for a in ACTIVATIONS),
    *(case("wgan-gp(1)", C=critic(activation=a, frequencies=8, spectral_norm=True)) for a in ACTIVATIONS),
    *(case(C=critic(spectral_norm=True), r2=0.1, together=both) for both in (False, True)),
    *(case(C=critic(depth=0, spectral_norm=True, frequencies=k), r1=0.1) for k in (0, 8)),
    *(
        case(G=generator(batch_norm=True), critic_steps=2, together=False),
        case(G=generator(batch_norm=True), jitter=True),
    ),
    *(case(name, generator(batch_norm=True), critic(batch_norm=True), together=True) for name in ("gan", "js:exact")),
    *(case(name, C=critic(batch_norm=True, depth=3), critic_steps=2) for name in ("hinge", "relativistic")),
    *(
        case(C=critic(batch_norm=True, spectral_norm=True, depth=depth, frequencies=k))
        for depth in (1, 3)
        for k in (0, 8)
    ),
    case(C=critic(batch_norm=True, spectral_norm=True, activation="tanh"), together=True, gradient_clip=0.1),
]


@pytest.mark.parametrize("case", OPTIONS, ids=str)
def test_every_option(case):
    agree(case)


def at_random(rng: random.Random) -> Case:
    """Any match that settings can describe; samples of a critic that normalises batches touch, so no penalty there."""
    normed, together = rng.random() < 0.25, rng.random() < 0.5
    name = rng.choice([game for game in GAMES if not (normed and "gp" in game)])
    G = generator(
        inputs=rng.choice((1, 2, 16)),
        depth=rng.randrange(5),
        activation=rng.choice(list(ACTIVATIONS)),
        batch_norm=rng.random() < 0.3,
    )
    C = critic(
        depth=rng.randrange(5),
        activation=rng.choice(list(ACTIVATIONS)),
        batch_norm=normed,
        spectral_norm=rng.random() < 0.3,
        frequencies=rng.choice((0, 8)),
    )
    return case(
        name,
        G,
        C,
        together=together,
        r1=0.0 if normed else rng.choice((0.0, 0.05)),
        r2=0.0 if normed else rng.choice((0.0, 0.05)),
        gradient_clip=rng.choice((0.0, 0.1)),
        optimizer=rng.choice(list(OPTIMIZERS)),
        critic_steps=1 if together else rng.choice((1, 2, 3)),
        jitter=rng.random() < 0.3,
    )


@pytest.mark.parametrize("seed", range(80))
def test_options_in_any_company(seed):
    agree(at_random(random.Random(seed)))


@pytest.mark.parametrize("case", [*map(case, GAMES), *OPTIONS], ids=str)
def test_in_single_precision(case):
    agree(replace(case, dtype=torch.float32))


# --- what a move does and does not ------------------------------------------------------------------------


def test_a_single_step_uses_both_players_as_they_were():
    """Where the critic goes in a single step is nothing to the generator; in an alternating one it is."""
    for together in (False, True):
        ends = []
        for reach in (0.0, 1.0):
            twins = Twins(case("js:exact", together=together), steps=1)
            twins.game.drawn["critic_plan"][:, 1] *= reach
            twins.share_draws()
            twins.play()
            ends.append([twins.compiled[0].parameters.clone(), twins.plain[0].parameters])
        for still, moved in zip(*ends, strict=True):
            assert torch.equal(still, moved) == together


@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize("c", [0.05, 0.2])
def test_the_clip_keeps_the_critic_in_its_box(c, together):
    twins = Twins(case(f"wgan({c})", together=together))
    twins.play()
    largest = twins.compiled[1].parameters.abs().max()
    assert largest == c


@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize("longest", [0.01, 0.1])
def test_a_clipped_gradient_is_as_long_as_is_allowed(longest, together):
    """Gradient descent by size 1 moves by the gradient itself; its norm is noted before it is clipped."""
    twins = Twins(case("hinge", optimizer="sgd", gradient_clip=longest, together=together), steps=1)
    for plan in ("critic_plan", "generator_plan"):
        twins.game.drawn[plan][:] = [0.0, -1.0]
    twins.share_draws()
    twins.play()
    for start, player, norm in zip(twins.start, twins.compiled, twins.tables[0][0, [3, 1]], strict=True):
        moved = float((player.parameters - start).norm())
        assert moved == pytest.approx(min(longest, norm), rel=1e-9)


def spoil(twins: Twins, name: str, block: int, number: float) -> None:
    twins.game.drawn[name][block, 0, 0] = number
    twins.share_draws()


HUGE = 1e200  # its square is infinite
BROKEN = [
    (case("wgan(10)", together=both), name, number, quantity)
    for both, name, number, quantity in (
        (False, "real", np.inf, kernel.CRITIC_LOSS),
        (False, "noise", np.nan, kernel.CRITIC_LOSS),
        (True, "real", np.nan, kernel.CRITIC_LOSS),
        (False, "real", HUGE, kernel.CRITIC_GRADIENT),
        (True, "real", HUGE, kernel.CRITIC_GRADIENT),
        (False, "generator_noise", np.inf, kernel.GENERATOR_LOSS),
        (False, "generator_noise", HUGE, kernel.GENERATOR_GRADIENT),
    )
]


@pytest.mark.parametrize(("case", "name", "number", "quantity"), BROKEN, ids=str)
def test_a_number_that_is_not_finite_stops_the_run_where_it_was(case, name, number, quantity):
    """Both name it after the steps that went well, and whoever had not moved in this step has not moved."""
    whole, cut = Twins(case, steps=5), Twins(case, steps=5)
    spoil(cut, name, 3, number)
    assert cut.play() == ((3, quantity), (3, quantity))
    assert cut.differences()["table"] < 1e-9
    whole.steps = 3
    whole.play()
    still = (0, 1) if quantity <= kernel.CRITIC_GRADIENT else (0,)
    for which in still:
        for attribute in ("parameters", "first", "second"):
            assert torch.equal(getattr(cut.compiled[which], attribute), getattr(whole.compiled[which], attribute))
            assert torch.equal(getattr(cut.plain[which], attribute), getattr(whole.plain[which], attribute))


@pytest.mark.parametrize("name", ["wgan(0.05)", "wgan-gp(1)", "gan"])
def test_a_critic_alone_moves_the_same_way(name):
    """Without a generator its samples are drawn, as noise."""
    C, rng, steps = critic(), torch.Generator().manual_seed(3), 10
    parameters, buffers = (tensor.double() for tensor in C.initialise(rng))
    fast, slow = (Player.new(parameters.clone(), buffers.clone()) for _ in range(2))
    rules = Rules(objective(name), r1=0.1)
    game = lay_out((None, C), (None, fast), rules, 32, steps)
    for key, numbers in game.drawn.items():
        numbers[:] = [1e-8, -1e-3] if key.endswith("plan") else torch.rand(numbers.shape, generator=rng).numpy()
    match = plain.Match((None, C), (None, slow), rules, {k: torch.from_numpy(v.copy()) for k, v in game.drawn.items()})
    for update in range(steps):
        assert kernel.critic_update(game.f, game.q, game.n, update) == kernel.ALL_WELL
        numbers, broken = plain.critic_update(match, update)
        assert broken == kernel.ALL_WELL
        assert numbers == pytest.approx(game.stats[:2], rel=1e-9)
    assert (fast.parameters - parameters).abs().max() > 1e-3
    assert torch.allclose(fast.parameters, slow.parameters, rtol=1e-9, atol=1e-10)
