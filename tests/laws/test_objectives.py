"""Laws that every game obeys, and the penalties on a critic whose slope is known."""

import math

import pytest
import torch
from slow_twin import losses

from gan_playground.learners.gan.game import Player, Rules
from gan_playground.learners.gan.objectives import NAMES, OTHER_GAMES, objective, one_sided, two_sided, zero_centred
from gan_playground.learners.gan.plain import Match, critic_gradient
from gan_playground.learners.mlp import MLP
from gan_playground.objective_names import OBJECTIVES, parse_objective
from gan_playground.words import Refusal

EVERY = [
    *NAMES,
    *(f"{name}:practical" for name in NAMES if name not in OTHER_GAMES and name != "gan"),
    *("gan:exact", "weighted-js(0.7)", "alpha(2)", "alpha(-1)", "alpha(0)", "alpha(1)", "wgan(1)", "wgan-gp(0.1)"),
]
PENALTIES = (zero_centred, two_sided, one_sided)


def values(n=64, seed=0, spread=1.5):
    rng = torch.Generator().manual_seed(seed)
    return (spread * torch.randn(2, n, generator=rng, dtype=torch.float64)).unbind()


def test_every_name_of_the_settings_is_a_game_and_no_other():
    assert set(NAMES) == set(OBJECTIVES)
    assert len(NAMES) == len(set(NAMES))


def test_a_name_becomes_one_object_once():
    assert objective("kl") is objective("kl")
    assert str(objective("wgan-gp(3)").name) == "wgan-gp(3)"
    with pytest.raises(Refusal, match="wgna"):
        objective("wgna")


@pytest.mark.parametrize("name", EVERY)
def test_derivatives_are_those_of_the_loss(name):
    real, fake = (v.clone().requires_grad_() for v in values())
    for play in (objective(name).critic, objective(name).generator):
        loss, by_real, by_fake = play(real, fake)
        slow = torch.autograd.grad(loss.sum() + 0 * (real + fake).sum(), (real, fake))
        for ours, theirs in zip((by_real, by_fake), slow, strict=True):
            assert torch.allclose(ours, theirs, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("name", [name for name in EVERY if parse_objective(name).parameter is None])
def test_both_players_lose_what_the_paper_writes(name):
    """The equations as they stand, each function by itself, and their derivatives by autograd."""
    named, game = parse_objective(name), objective(name)
    real, fake = (v.clone().requires_grad_() for v in values(seed=5))
    slow = losses(named.name, named.practical, real, fake)
    for play, loss in ((game.critic, slow.critic), (game.generator, slow.generator)):
        found, by_real, by_fake = play(real.detach(), fake.detach())
        # What does not depend on the generator may be left out of its loss; what samples do not share, of a gradient.
        assert found.mean().item() == pytest.approx(loss.item(), rel=1e-9)
        gradients = torch.autograd.grad(loss, (real, fake), materialize_grads=True)
        for ours, theirs in zip((by_real, by_fake), gradients, strict=True):
            assert torch.allclose(ours / len(ours), theirs, rtol=1e-7, atol=1e-11)


@pytest.mark.parametrize("name", EVERY)
def test_finite_or_infinite_but_never_nan(name):
    real, fake = (torch.linspace(-1000, 1000, 4001).roll(shift) for shift in (0, 1234))
    for play in (objective(name).critic, objective(name).generator):
        for result in play(real, fake):
            assert result.dtype == torch.float32
            assert not result.isnan().any()


@pytest.mark.parametrize("name", EVERY)
def test_an_undecided_critic_raises_the_real_and_the_generator_climbs(name):
    game = objective(name)
    even = (
        game.divergence.optimal(torch.zeros(1, dtype=torch.float64))
        if game.divergence
        else torch.full((1,), 0.5).double()
    )
    _, by_real, by_fake = game.critic(even, even)
    assert by_real < 0 < by_fake
    assert game.generator(even, even)[2] < 0


@pytest.mark.parametrize("name", EVERY)
def test_a_zero_sum_generator_undoes_the_critic(name):
    game = objective(name)
    real, fake = values(seed=1)
    opposed = torch.allclose(game.generator(real, fake)[2], -game.critic(real, fake)[2], rtol=1e-12, atol=0)
    # Total variation's f* is the identity: there the practical step is the exact one.
    assert opposed == (game.zero_sum or game.name.name == "total-variation")


def test_practical_steps_maximise_the_activation():
    """E_Q[g_f(V)] (Nowozin et al. 2016, section 3.2): the exact gradient without its weight p/q."""
    real, fake = values(seed=2, spread=0.5)  # v > -2 throughout: below, Pearson's ratio is 0 and its f* decreases
    for name in NAMES:
        log_ratio = objective(name).log_ratio
        if log_ratio is None:
            continue
        exact, practical = objective(f"{name}:exact"), objective(f"{name}:practical")
        ratio = torch.exp(log_ratio(fake))
        assert torch.allclose(
            exact.generator(real, fake)[2], ratio * practical.generator(real, fake)[2], rtol=1e-9, atol=1e-12
        )


def test_non_saturating_gan_is_the_practical_step():
    _, fake = values(seed=3)
    loss, _, _ = objective("gan").generator(fake, fake)
    assert torch.allclose(loss, -torch.log(torch.sigmoid(fake)), rtol=1e-12)


@pytest.mark.parametrize("name", EVERY)
def test_what_is_shown_names_its_middle(name):
    game = objective(name)
    assert game.unit == {"lsgan": "D", "hinge": "V", "relativistic": "V"}.get(
        game.name.name, "T" if game.divergence else "f"
    )
    assert game.reach is None or game.reach > 0
    if game.optimum is not None:
        even = game.optimum(torch.zeros(1, dtype=torch.float64))
        assert float(even) == pytest.approx(game.midpoint, abs=1e-12)
        ends = game.optimum(torch.tensor([-30.0, 30.0], dtype=torch.float64))
        assert ends[0] < even < ends[1]


def test_relativistic_pairs_and_the_others_do_not():
    real, fake = values(seed=4)
    for name in EVERY:
        game = objective(name)
        moved = [play(real + 1, fake + 1)[0] - play(real, fake)[0] for play in (game.critic, game.generator)]
        invariant = all(difference.abs().max() < 1e-12 for difference in moved)
        assert invariant == game.pairs, name


# --- penalties -----------------------------------------------------------------------------------


@pytest.mark.parametrize("penalty", PENALTIES)
def test_stretch_is_twice_the_derivative(penalty):
    square = torch.linspace(0.05, 4, 50, dtype=torch.float64).requires_grad_()
    weight = torch.tensor(0.7, dtype=torch.float64)
    value, stretch = penalty(square, weight)
    (slope,) = torch.autograd.grad(value.sum(), square)
    assert torch.allclose(stretch, 2 * slope, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("penalty", PENALTIES)
def test_a_flat_critic_has_no_nan(penalty):
    value, stretch = penalty(torch.zeros(3), torch.tensor(10.0))
    assert value.isfinite().all()
    assert stretch.isfinite().all()


def test_values_of_a_known_slope():
    """|g| = 3 and 1/2 at weight 10: R1 45 and 1.25; two-sided 40 and 2.5; one-sided 40 and 0."""
    square, weight = torch.tensor([9.0, 0.25], dtype=torch.float64), torch.tensor(10.0, dtype=torch.float64)
    expected = ([45.0, 1.25], [40.0, 2.5], [40.0, 0.0])
    for penalty, values_ in zip(PENALTIES, expected, strict=True):
        assert penalty(square, weight)[0].tolist() == pytest.approx(values_, rel=1e-12)


@pytest.mark.parametrize(
    ("penalty", "name", "r1", "r2"),
    [
        (zero_centred, "wgan", 10.0, 0.0),
        (zero_centred, "wgan", 0.0, 10.0),
        (two_sided, "wgan-gp(10)", 0.0, 0.0),
        (one_sided, "wgan-gp-one-sided(10)", 0.0, 0.0),
    ],
)
def test_a_linear_critic_is_penalised_for_its_slope_whatever_the_batch(penalty, name, r1, r2):
    """V = w x + b has |g| = |w| at every sample: the mean penalty has gradient stretch(|w|^2) w, for any batch size."""
    mlp, rng = MLP(2, 1, depth=0), torch.Generator().manual_seed(5)
    flat = torch.zeros(mlp.parameters.size, dtype=torch.float64)
    w = torch.tensor([[1.2], [-0.9]], dtype=torch.float64)
    mlp.parameters.view(flat, "W0").copy_(w)
    expected = penalty(torch.tensor(2.25, dtype=torch.float64), torch.tensor(10.0, dtype=torch.float64))[1] * w
    critic = Player.new(flat, torch.zeros(0, dtype=torch.float64))
    for rows in (32, 64, 256):
        both = torch.randn(2 * rows, 2, generator=rng, dtype=torch.float64)
        drawn = {"mix": torch.rand(1, rows, 1, generator=rng, dtype=torch.float64)}
        with_it, without = (
            critic_gradient(Match((None, mlp), (None, critic), rules, drawn), both, 0).gradient
            for rules in (Rules(objective(name), r1=r1, r2=r2), Rules(objective("wgan")))
        )
        assert torch.allclose(mlp.parameters.view(with_it - without, "W0"), expected, rtol=1e-9, atol=1e-12)


def test_the_weights_of_the_penalties_come_from_the_name():
    assert objective("wgan-gp(3)").penalty_weight == 3
    assert objective("wgan-gp-one-sided").slope_penalty is one_sided
    assert objective("wgan(0.02)").clip == 0.02
    assert objective(parse_objective("hinge")).clip == math.inf
