"""Critics alone against laws that stand still: slow twins, closed forms, and the pairs they are trained on."""

from math import log

import numpy as np
import pytest
import torch
from torch import nn

from gan_playground.data.fixed_pairs import PAIRS, line, shifted_normals
from gan_playground.engine.critic_only_training import CriticRecipe, Critics, grid
from gan_playground.engine.shift_estimates import ESTIMATORS, NET, SHIFTS, Estimates, penalised
from gan_playground.learners.mlp import MLP
from gan_playground.papers.clip_gradients import decades_a_layer
from gan_playground.papers.fgan_mixture import diagonal_lead
from gan_playground.papers.wgan_critics import straight
from gan_playground.theory.densities import normal
from gan_playground.theory.divergences import divergence
from gan_playground.theory.f_divergence import divergence_between

GAMES = ("wgan-gp(10)", "gan:exact", "wgan(0.01)", "wgan-gp(0.1)")
SMALL = MLP(2, 1, width=16, depth=2, activation="tanh")


def small(games=GAMES, steps=0, **more):
    critics = Critics(SMALL, games, PAIRS["8-gaussians"].pair, CriticRecipe(32, 1e-3), **more)
    critics.advance(steps)
    return critics


def twin(critics, row):
    """The same critic as plain modules in float64."""
    layers = []
    for W, b in critics.network(row).layers:
        linear = nn.Linear(*W.shape, dtype=torch.float64)
        linear.weight.data, linear.bias.data = W.T.double().clone(), b.double().clone()
        layers += [linear, nn.Tanh() if critics.mlp.activation == "tanh" else nn.ReLU()]
    return nn.Sequential(*layers[:-1])


@pytest.mark.parametrize("row", range(len(GAMES)))
def test_looking_shows_the_critic_of_its_row_and_its_slope(row):
    critics, x = small(steps=7), np.random.default_rng(0).normal(size=(50, 2))
    points = torch.tensor(x, requires_grad=True)
    v = twin(critics, row)(points)[:, 0]
    (gradient,) = torch.autograd.grad(v.sum(), points)
    value, slope = critics.look(row, x)
    np.testing.assert_allclose(value, v.detach(), rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(slope, gradient, rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(critics.slope(row, x), np.linalg.norm(gradient, axis=1), rtol=1e-4)
    assert (np.abs(critics.weights(row)).max() <= 0.01 * (1 + 1e-6)) == (GAMES[row] == "wgan(0.01)")


def test_a_step_of_the_penalised_critic_is_that_of_autograd():
    """One plain gradient step against the loss of Gulrajani et al., eq. 3, by autograd."""
    critics = Critics(SMALL, ["wgan-gp(10)"], PAIRS["8-gaussians"].pair, CriticRecipe(32, 1e-2, "sgd"), seed=3)
    slow = twin(critics, 0)
    (real,), (fake,) = (side.double() for side in critics.draw(0))
    from gan_playground.engine.random_streams import seeded

    mix = torch.rand(1, 32, 1, generator=seeded(3, "mix", 0))[0].double()
    between = (mix * real + (1 - mix) * fake).requires_grad_()
    (gradient,) = torch.autograd.grad(slow(between).sum(), between, create_graph=True)
    loss = slow(fake).mean() - slow(real).mean() + 10 * (gradient.norm(dim=1) - 1).square().mean()
    loss.backward()
    expected = [p.data - 1e-2 * p.grad for p in slow.parameters() if p.grad is not None]
    critics.advance(1)
    for found, wanted in zip(twin(critics, 0).parameters(), expected, strict=True):
        np.testing.assert_allclose(found.detach(), wanted, rtol=1e-4, atol=2e-6)


def test_a_critic_does_not_depend_on_its_company_nor_on_the_bites():
    alone, together = small(["wgan-gp(10)", "wgan-gp(10)"], 0), small(GAMES, 12)
    for _ in range(4):
        alone.advance(3)
    x = np.random.default_rng(1).normal(size=(20, 2))
    np.testing.assert_allclose(alone.look(0, x)[0], together.look(0, x)[0], rtol=2e-3, atol=1e-5)
    assert alone.step == together.step == 12


def test_equal_seeds_are_equal_and_others_are_not():
    x = np.zeros((1, 2))
    first, again, other = (small(steps=3, seed=seed).look(0, x)[0] for seed in (5, 5, 6))
    assert first == again
    assert first != other


def test_the_rate_falls_to_nothing():
    recipe = CriticRecipe(rate=0.1, decay=10)
    np.testing.assert_allclose(recipe.rates(0, 12), [0.1 * max(0, 1 - t / 10) for t in range(12)])
    np.testing.assert_array_equal(CriticRecipe(rate=0.1).rates(5, 3), [0.1] * 3)


def test_gradients_by_layer_are_those_of_autograd():
    net = MLP(2, 1, width=32, depth=5, activation="relu")
    critics = Critics(net, ["wgan(0.1)", "gan:exact"], PAIRS["swiss-roll"].pair, CriticRecipe(16), start="he")
    (real, fake) = (side[0] for side in critics.draw(0, 40))
    for row, loss in enumerate(
        (
            lambda r, f: f.mean() - r.mean(),
            lambda r, f: nn.functional.softplus(-r).mean() + nn.functional.softplus(f).mean(),
        )
    ):
        a, h = [], torch.cat([real, fake]).double()
        for module in twin(critics, row):
            h = module(h)
            if isinstance(module, nn.Linear):
                h.retain_grad()
                a.append(h)
        loss(h[:40, 0], h[40:, 0]).backward()
        norms = critics.layer_norms(row, real, fake)
        np.testing.assert_allclose(norms, [float(each.grad.norm()) for each in a], rtol=1e-4)
        assert len(norms) == net.depth + 1


def test_he_begins_as_the_authors_do():
    critics = Critics(
        MLP(2, 1, width=256, depth=2, activation="relu"),
        ["wgan(1)"],
        PAIRS["8-gaussians"].pair,
        CriticRecipe(8),
        start="he",
    )
    for (W, b), bound in zip(critics.network(0).layers, (np.sqrt(3), np.sqrt(6 / 256), np.sqrt(6 / 257)), strict=True):
        assert 0.95 * bound < float(W.abs().max()) <= bound * (1 + 1e-6)
        assert not b.any()


# --- the pairs ----------------------------------------------------------------------------------


@pytest.mark.parametrize("key", PAIRS)
def test_what_stands_against_the_data_is_the_data_and_noise(key):
    pair = PAIRS[key]
    (real,), (fake,) = pair.pair(40_000, torch.Generator().manual_seed(0))
    gap = (fake - real).double().numpy()
    assert np.abs(gap.mean(0)).max() < 0.02
    np.testing.assert_allclose(np.cov(gap.T), np.eye(2), atol=0.03)
    # E_q[p/q] cannot be sampled, p being so narrow; but q is, and E_q[h/q] = INT h for any h.
    x = fake.double().numpy()
    h = np.exp(-0.5 * (x**2).sum(1) / 0.64) / (2 * np.pi * 0.64)
    assert np.mean(h / np.exp(pair.q.log_density(x))) == pytest.approx(1.0, abs=0.05)
    assert pair.log_ratio(pair.ends[0]).min() > 0 > pair.log_ratio(pair.middles).max()


def test_neighbours_are_where_the_geometry_says():
    assert PAIRS["8-gaussians"].ends.shape == (2, 8, 2)
    assert PAIRS["25-gaussians"].ends.shape == (2, 40, 2)
    gaps = {key: np.linalg.norm(pair.ends[0] - pair.ends[1], axis=1) for key, pair in PAIRS.items()}
    np.testing.assert_allclose(gaps["8-gaussians"], 2 * np.sqrt(2) * np.sin(np.pi / 8), rtol=1e-9)
    np.testing.assert_allclose(gaps["25-gaussians"], 2 / 2.828, rtol=1e-9)
    np.testing.assert_allclose(gaps["swiss-roll"], 2 * np.pi / 7.5, rtol=1e-9)


@pytest.mark.parametrize("key", PAIRS)
def test_the_dip_is_1_for_the_steepest_critic_and_0_for_a_flat_one(key):
    pair = PAIRS[key]

    def steepest(x):
        return -np.linalg.norm(x[:, None] - pair.ends.reshape(-1, 2)[None], axis=2).min(1)

    assert pair.dip(steepest, 1.0) == pytest.approx(1.0, abs=0.05)
    assert pair.dip(lambda x: 2 * steepest(x), 2.0) == pytest.approx(pair.dip(steepest, 1.0), rel=1e-9)
    assert pair.dip(lambda x: np.zeros(len(x)), 1.0) == 0.0


def test_the_line_integrates_normals():
    for shift in SHIFTS:
        x, p, q = line(shift)
        np.testing.assert_allclose(
            [p.sum(), q.sum(), p @ x, q @ x, q @ (x - shift) ** 2], [1, 1, 0, shift, 1], atol=1e-9
        )
    real, fake = shifted_normals(SHIFTS)(20_000, torch.Generator().manual_seed(0))
    assert real.shape == (1, 20_000, 1)
    np.testing.assert_allclose(fake.mean((1, 2)) - fake[0].mean(), SHIFTS, atol=1e-5)


def test_a_grid_runs_over_x_first():
    axis, points = grid(2.0, 3)
    np.testing.assert_array_equal(axis, [-2, 0, 2])
    np.testing.assert_array_equal(points[:4], [[-2, -2], [0, -2], [2, -2], [-2, 0]])


# --- estimates ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ESTIMATORS)
def test_an_estimate_is_a_lower_bound_and_comes_near(name):
    estimates = Estimates(name, shifts=(0.0, 1.0, 3.0))
    estimates.critics.advance(250)
    read = estimates.read()
    assert (read.bound <= read.truth + 1e-3).all()
    assert (np.diff(read.estimate) > 0).all()
    if name == "gan":
        np.testing.assert_allclose(read.estimate, read.truth, atol=0.02)
        twice = [divergence_between(divergence("js"), normal(0.0, 1.0), normal(m, 1.0)).value for m in (0.0, 1.0, 3.0)]
        np.testing.assert_allclose(2 * read.truth, twice, atol=1e-8)
    else:
        np.testing.assert_allclose(read.truth, [0.0, 1.0, 3.0], rtol=1e-12)
        assert read.bound[1] > 0.6


def test_the_best_critics_read_the_truth():
    """V = log p/q gives the divergence exactly, and f = -x the distance."""
    for shift in (1.0, 4.0, 8.0):
        x, p, q = line(shift)
        ratio = shift * (shift / 2 - x)
        jsd = 0.5 * (p @ np.log(2 * p / (p + q)) + q @ np.log(2 * q / (p + q)))
        assert ESTIMATORS["gan"].read(ratio, p, q) == pytest.approx(jsd, abs=1e-9)
        assert jsd < log(2)
        assert ESTIMATORS["wgan"].read(-x, p, q) == pytest.approx(shift, rel=1e-9)


def test_what_a_soft_penalty_makes_of_w1_is_the_maximum_over_slopes():
    s = np.linspace(0, 3, 300_001)
    for theta, weight in ((0.5, 10.0), (8.0, 10.0), (1.0, 0.4)):
        best = s[np.argmax(s * theta - weight * (s - 1) ** 2)]
        assert penalised(np.array(theta), weight) == pytest.approx(best * theta, rel=1e-4)


def test_the_net_of_the_estimates_is_small():
    assert (NET.inputs, NET.outputs, NET.width, NET.depth) == (1, 1, 64, 2)


# --- small measures -----------------------------------------------------------------------------


def test_decades_a_layer_reads_a_geometric_row():
    assert decades_a_layer(np.power(10.0, 0.3 * np.arange(13.0))) == pytest.approx(0.3)
    assert decades_a_layer(np.full(5, 7.0)) == pytest.approx(0.0, abs=1e-12)


def test_a_straight_line_is_straight():
    x = np.linspace(-1, 1, 101)
    assert straight(x, 3 * x - 1) == pytest.approx(1.0)
    assert straight(x, x**2) == pytest.approx(0.0, abs=1e-9)


def test_the_diagonals_lead_is_its_worst_column():
    assert diagonal_lead(np.array([[1.0, 2.0], [2.0, 1.0]])) == 0.0
    assert diagonal_lead(np.array([[1.1, 2.0], [1.0, 1.0]])) == pytest.approx(0.1)
