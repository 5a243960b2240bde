"""Laws of saddle points: quadratic games, Theorem 1, and the Dirac-GAN."""

from itertools import pairwise

import numpy as np
import pytest

from gan_playground.learners.gan.dirac_gan import DIRAC_GANS, Dirac, settles
from gan_playground.papers import reproduce
from gan_playground.theory.quadratic_games import BILINEAR, ORDERS, Quadratic, guarantee, isotropic, random_game, spread

SEEDS = range(4)
GRID = np.linspace(-2.0, 2.0, 9)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_step_goes_down_in_theta_and_up_in_omega_by_the_gradient_of_f(seed):
    game, rate, h = random_game(seed, 3, 2), 0.05, 1e-6
    point = np.random.default_rng(seed).normal(size=5)
    gradient = np.array([(game.value(point + h * e) - game.value(point - h * e)) / (2 * h) for e in np.eye(5)])
    np.testing.assert_allclose(game.hessian @ point, gradient, rtol=1e-6, atol=1e-8)
    assert game.energy(point) == pytest.approx(0.5 * gradient @ gradient, rel=1e-6)
    signs = np.array([-1, -1, -1, 1, 1])
    single = game.path(point, "single-step", rate, 1)[1]
    np.testing.assert_allclose(single, point + rate * signs * gradient, rtol=1e-7, atol=1e-9)
    alternating = game.path(point, "alternating", rate, 1)[1]
    np.testing.assert_allclose(alternating[3:], single[3:], rtol=1e-12)
    seen = np.concatenate([point[:3], single[3:]])
    np.testing.assert_allclose(alternating[:3], point[:3] - rate * (game.hessian @ seen)[:3], rtol=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_constants_are_those_of_the_definitions(seed):
    game, rng = random_game(seed), np.random.default_rng(seed)
    for _ in range(50):
        u = rng.normal(size=8)
        u /= np.linalg.norm(u)
        stretch = np.linalg.norm(game.hessian @ (game.hessian @ u))  # |grad J(x + u) - grad J(x)| for a unit u
        assert stretch <= game.smoothness * (1 + 1e-12)
        theta, omega = np.concatenate([u[:4], np.zeros(4)]), np.concatenate([np.zeros(4), u[4:]])
        assert 2 * game.value(theta) >= game.convexity * (theta @ theta) * (1 - 1e-12)
        assert -2 * game.value(omega) >= game.convexity * (omega @ omega) * (1 - 1e-12)
    assert 0.5 <= game.convexity <= 2.0


@pytest.mark.parametrize("seed", range(20))
def test_the_guarantee_is_never_beaten_and_the_sharper_one_holds_too(seed):
    game = random_game(seed)
    promise = guarantee(game)
    J = game.energy(game.path(np.random.default_rng(seed).normal(size=8), "single-step", promise.rate, 300))
    t = np.arange(301)
    assert (J / J[0] <= promise.factor**t * (1 + 1e-9)).all()
    assert (J / J[0] <= promise.sharper**t * (1 + 1e-9)).all()
    assert promise.sharper < promise.factor < 1


@pytest.mark.parametrize("delta", [0.1, 0.5, 2.0])
@pytest.mark.parametrize("coupling", [0.0, 0.3, 3.0])
def test_the_sharper_rate_is_reached_exactly_by_the_isotropic_game(delta, coupling):
    game = isotropic(delta, coupling)
    promise = guarantee(game)
    assert game.smoothness == pytest.approx(delta**2 + coupling**2, rel=1e-12)
    J = game.energy(game.path(np.array([1.0, -0.4]), "single-step", promise.rate, 12))
    np.testing.assert_allclose(J[1:], J[0] * promise.sharper ** np.arange(1, 13), rtol=1e-9, atol=1e-12 * J[0])


@pytest.mark.parametrize("delta", [0.05, 0.5, 2.0])
@pytest.mark.parametrize("coupling", [0.0, 1.0, 3.0])
def test_the_panels_game_keeps_its_guarantee(delta, coupling):
    game = spread(delta, coupling)
    promise = guarantee(game)
    assert game.convexity == pytest.approx(delta, rel=1e-12)
    J = game.energy(game.path(np.array([1.0, -0.4]), "single-step", promise.rate, 80))
    assert (J / J[0] <= promise.sharper ** np.arange(81) * (1 + 1e-9)).all()


def test_the_guarantee_asks_for_strong_convexity():
    with pytest.raises(ValueError, match="strong convexity"):
        guarantee(BILINEAR)


@pytest.mark.parametrize("rate", [0.01, 0.1, 1.0])
def test_single_steps_on_xy_spiral_out_by_the_same_factor_each(rate):
    radius = np.hypot(*BILINEAR.path(np.array([0.6, -0.8]), "single-step", rate, 40).T)
    np.testing.assert_allclose(radius, np.sqrt(1 + rate**2) ** np.arange(41), rtol=1e-12)


@pytest.mark.parametrize("rate", [0.01, 0.1, 1.0])
def test_alternating_steps_on_xy_keep_an_ellipse(rate):
    """x^2 + y^2 + rate x y is the same after every step; it is an ellipse for rates below 2."""
    x, y = BILINEAR.path(np.array([0.6, -0.8]), "alternating", rate, 400).T
    kept = x**2 + y**2 + rate * x * y
    np.testing.assert_allclose(kept, kept[0], rtol=1e-10)
    assert np.linalg.det(BILINEAR.move("alternating", rate)) == pytest.approx(1.0, rel=1e-12)


def test_the_move_of_a_game_of_unequal_players_has_its_shape():
    game = Quadratic(np.eye(3), np.ones((3, 2)), np.eye(2))
    for order in ORDERS:
        assert game.move(order, 0.1).shape == (5, 5)
        assert game.path(np.ones(5), order, 0.1, 7).shape == (8, 5)


# --- the Dirac-GAN ------------------------------------------------------------------------------


def sigmoid(v):
    return 1 / (1 + np.exp(-v))


CLOSED = {
    "gan": lambda t, s: (s * sigmoid(t * s), -t * sigmoid(t * s)),
    "non-saturating": lambda t, s: (s * sigmoid(-t * s), -t * sigmoid(t * s)),
    "wgan": lambda t, s: (s, -t),
    "wgan-gp": lambda t, s: (s, -t - np.where(s == 0, 0, 2 * 0.3 * (s - np.sign(s)))),
    "r1": lambda t, s: (s * sigmoid(-t * s), -t * sigmoid(t * s) - 0.5 * s),
}


@pytest.mark.parametrize("name", DIRAC_GANS)
def test_the_pull_is_that_of_the_closed_form(name):
    theta, psi = np.meshgrid(GRID, GRID)
    for ours, closed in zip(DIRAC_GANS[name].pull(theta, psi), CLOSED[name](theta, psi), strict=True):
        np.testing.assert_allclose(ours, closed, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", DIRAC_GANS)
def test_the_field_is_the_pull_but_where_a_clip_forbids_it(name):
    way = DIRAC_GANS[name].field(GRID, GRID)
    by_theta, by_psi = DIRAC_GANS[name].pull(*np.meshgrid(GRID, GRID))
    np.testing.assert_array_equal(way[..., 0], by_theta)
    beyond = (np.abs(GRID)[:, None] >= DIRAC_GANS[name].clip) & (by_psi * GRID[:, None] > 0)
    np.testing.assert_array_equal(way[..., 1], np.where(beyond, 0.0, by_psi))
    assert beyond.any() == (name == "wgan")


@pytest.mark.parametrize("name", DIRAC_GANS)
@pytest.mark.parametrize("order", ORDERS)
def test_the_path_follows_the_pull(name, order):
    game, rate = DIRAC_GANS[name], 0.1
    path = game.path((1.0, 0.5), order, rate, 50)
    for (t, s), (t2, s2) in pairwise(path):
        assert s2 == pytest.approx(np.clip(s + rate * CLOSED[name](t, s)[1], -game.clip, game.clip), abs=1e-12)
        seen = s2 if order == "alternating" else s
        assert t2 == pytest.approx(t + rate * CLOSED[name](t, seen)[0], abs=1e-12)


def test_small_steps_of_the_gan_keep_their_distance_and_only_r1_arrives():
    """The minimax field turns at right angles to (theta, psi): the radius stays, in the limit of small steps."""
    radius = np.hypot(*DIRAC_GANS["gan"].path((1.0, 1.0), "single-step", 1e-3, 3000).T)
    assert 1.0 < radius[-1] / radius[0] < 1.001
    assert {name for name, game in DIRAC_GANS.items() if settles(game.path((1.0, 1.0), "single-step", 0.1, 1000))} == {
        "r1"
    }


def test_a_path_that_flies_off_ends():
    path = Dirac("lsgan").path((2.0, 2.0), "single-step", 3.0, 10_000)
    assert len(path) < 10_000
    assert np.isfinite(path).all()


def test_the_result_holds_and_its_numbers_are_those_of_the_modules():
    outcome = reproduce("theorem-1", 2).outcome
    assert outcome.holds
    promise = guarantee(random_game(1))
    assert outcome.rows[1]["guaranteed"] == promise.factor
    assert float(outcome.rows[1]["measured"] or 1.0) < promise.sharper
    assert outcome.beside[-1].ours == pytest.approx(np.sqrt(1.01), rel=1e-9)
