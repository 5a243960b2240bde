"""Calibrators recover what was distorted; diagnostics say what is off; a critic stops where it is best."""

import math

import numpy as np
import pytest
import torch
from scipy import stats
from scipy.special import expit
from torch import nn

from gan_playground.learners.gan.keep_training import Schedule, keep_training, keeps_head
from gan_playground.learners.gan.objectives import NAMES, objective
from gan_playground.objective_names import parse_objective
from gan_playground.rejection.calibration import (
    Isotonic,
    Platt,
    calibrator,
    cross_entropy,
    diagnose,
    fit,
    fit_isotonic,
    fit_platt,
)
from gan_playground.words import Refusal

N = 40_000


def sides(n=N, seed=0):
    """log p/q of n reals from N(1, 1) and n generated from N(0, 1): x - 1/2, exactly."""
    rng = np.random.default_rng(seed)
    return rng.normal(1, 1, n) - 0.5, rng.normal(0, 1, n) - 0.5


# --- calibrators ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("slope", "shift"), [(1.0, 0.0), (4.0, -2.0), (0.1, 7.0), (0.5, 0.0)])
def test_platt_undoes_a_slope_and_a_shift(slope, shift):
    real, generated = sides()
    fitted = fit_platt(slope * real + shift, slope * generated + shift)
    # standard errors of a logistic regression on 80,000 points are about .01
    assert abs(fitted.slope * slope - 1) < 0.04
    assert abs(fitted.intercept + fitted.slope * shift) < 0.04


def test_platt_is_the_least_cross_entropy():
    real, generated = sides(2000, 1)
    real = 3 * real
    fitted = fit_platt(real, generated)

    def loss(platt):
        n = len(real)
        target = 1 - 1 / (n + 2)
        a, b = platt(real), platt(generated)
        return (
            -(target * np.log(expit(a)) + (1 - target) * np.log(expit(-a))).mean()
            - (target * np.log(expit(-b)) + (1 - target) * np.log(expit(b))).mean()
        )

    for ds, di in ((1e-3, 0), (-1e-3, 0), (0, 1e-3), (0, -1e-3)):
        assert loss(Platt(fitted.slope + ds, fitted.intercept + di)) > loss(fitted)


def test_platt_of_separable_logits_is_finite():
    fitted = fit_platt(np.full(50, 3.0) + np.arange(50) / 50, np.full(50, -3.0))
    assert math.isfinite(fitted.slope)
    assert fitted.slope > 0
    assert fitted(10.0) < 50


def test_sides_of_unequal_size_weigh_the_same():
    real, generated = sides()
    fitted = fit_platt(real[:4000], generated)
    assert abs(fitted.intercept) < 0.12
    assert abs(fitted.slope - 1) < 0.12


def slow_isotonic(x, y, weight):
    """Pool adjacent violators, one block at a time."""
    blocks = [[y[k], weight[k], [k]] for k in np.argsort(x)]
    merged = []
    for block in blocks:
        merged.append(block)
        while len(merged) > 1 and merged[-2][0] >= merged[-1][0]:
            high, low = merged.pop(), merged.pop()
            total = low[1] + high[1]
            merged.append([(low[0] * low[1] + high[0] * high[1]) / total, total, low[2] + high[2]])
    return merged


def test_isotonic_is_its_slow_twin():
    rng = np.random.default_rng(2)
    real, generated = rng.normal(1, 1, 80), rng.normal(0, 1, 80)
    fitted = fit_isotonic(real, generated)
    x, y = np.concatenate((real, generated)), np.repeat([1.0, 0.0], 80)
    blocks = slow_isotonic(x, y, np.ones(160))
    assert len(fitted.knots) == len(blocks)
    for knot, value, (share, _, rows) in zip(fitted.knots, fitted.values, blocks, strict=True):
        assert abs(knot - x[rows].mean()) < 1e-9
        clipped = min(max(share, 1 / 162), 161 / 162)
        assert abs(value - math.log(clipped / (1 - clipped))) < 1e-9


def test_isotonic_never_falls_and_keeps_the_best_apart():
    real, generated = sides(3000, 3)
    fitted = fit_isotonic(real**3, generated**3)
    ladder = np.linspace(-200, 200, 4001)
    assert (np.diff(fitted(ladder)) >= 0).all()
    top = fitted.knots[-1]
    assert fitted(top + 2) - fitted(top) == pytest.approx(2)
    middle = np.linspace(-0.8, 0.8, 9)
    assert np.abs(fitted(middle**3) - middle).max() < 0.4  # it undoes the cube, as no straight line does


def test_the_better_one_is_taken():
    real, generated = sides(10_000, 4)
    assert isinstance(fit(real, generated), Platt)
    assert isinstance(fit(np.cbrt(real), np.cbrt(generated)), Isotonic)
    assert isinstance(fit(np.cbrt(real[:1000]), np.cbrt(generated[:1000])), Platt)  # too few for steps


@pytest.mark.parametrize("kind", [Platt(1.3, -0.2), Isotonic(np.array([-1.0, 0.5, 2.0]), np.array([-2.0, 0.1, 3.0]))])
def test_a_calibrator_comes_back_from_its_record(kind):
    x = np.linspace(-5, 5, 101)
    np.testing.assert_array_equal(calibrator(kind.record())(x), kind(x))


# --- diagnostics ---------------------------------------------------------------------------------


def test_a_true_ratio_passes_every_check():
    found = diagnose(*sides(N, 5))
    assert abs(found.z) < 3
    assert abs(found.mean_ratio - 1) < 4 * found.mean_ratio_error
    assert found.mean_ratio_error == pytest.approx(math.sqrt((math.e - 1) / N), rel=0.1)  # Var_q[p/q] = e - 1
    assert (np.abs(found.claimed - found.observed) < 4 * found.error + 1e-3).all()
    assert found.accuracy == pytest.approx(stats.norm.cdf(0.5), abs=0.01)
    assert cross_entropy([0.0], [0.0]) == pytest.approx(math.log(2))


@pytest.mark.parametrize(("slope", "shift", "caught"), [(1.0, 0.5, "z"), (1.6, 0.0, "curve"), (1.0, -0.5, "z")])
def test_a_wrong_ratio_is_caught(slope, shift, caught):
    real, generated = sides(N, 6)
    found = diagnose(slope * real + shift, slope * generated + shift)
    if caught == "z":
        assert abs(found.z) > 5
        assert np.sign(found.z) == -np.sign(shift)
    else:
        assert (np.abs(found.claimed - found.observed) > 4 * found.error).sum() >= 4
    assert abs(found.mean_ratio - 1) > 4 * found.mean_ratio_error


def test_diagnostics_are_their_definitions():
    real, generated = np.array([2.0, -1.0, 0.5]), np.array([-2.0, 1.0, -0.3])
    d = 1 / (1 + np.exp(-np.concatenate((real, generated))))
    y = np.array([1, 1, 1, 0, 0, 0])
    found = diagnose(real, generated)
    assert found.brier == pytest.approx(np.mean((y - d) ** 2), rel=1e-12)
    assert found.z == pytest.approx((y - d).sum() / math.sqrt((d * (1 - d)).sum()), rel=1e-12)
    assert found.mean_ratio == pytest.approx(np.exp(generated).mean(), rel=1e-12)
    with pytest.raises(Refusal, match="not numbers"):
        diagnose([np.nan], [0.0])


# --- keeping on training -------------------------------------------------------------------------


def draws(seed):
    rng = torch.Generator().manual_seed(seed)
    return (lambda n: torch.randn(n, 1, generator=rng) + 1), (lambda n: torch.randn(n, 1, generator=rng))


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Linear(1, 1)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def forward(self, x):
        return self.head(x).squeeze(-1)


def test_it_learns_the_log_ratio_and_leaves_the_first_critic_alone():
    real, generated = draws(0)
    first = Line()
    done = keep_training(
        first, real, generated, real(5000), generated(5000), Schedule(steps=600, batch=1024, rate=0.03)
    )
    learned = done.critic(torch.tensor([[0.0], [1.0]])).numpy()
    np.testing.assert_allclose(learned, [-0.5, 0.5], atol=0.06)  # log N(1,1)/N(0,1) = x - 1/2
    assert float(first.head.weight.detach().abs().sum()) == 0
    assert done.losses[0][1] == pytest.approx(math.log(2), rel=1e-6)
    assert min(loss for _, loss in done.losses) == dict(done.losses)[done.step]


def test_it_stops_where_the_held_out_loss_is_least():
    """Six training points learned by heart by a wide net: the held-out loss turns, and the turn is what comes back."""
    torch.manual_seed(0)
    real, generated = draws(1)
    few_real, few_generated = real(6), generated(6)
    wide = nn.Sequential(nn.Linear(1, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, 1), nn.Flatten(0))
    done = keep_training(
        wide, lambda n: few_real[torch.arange(n) % 6], lambda n: few_generated[torch.arange(n) % 6],
        real(2000), generated(2000), Schedule(steps=3000, batch=6, rate=0.01, every=20),
    )  # fmt: skip
    assert done.steps < 3000
    assert done.step < done.steps
    best = min(loss for _, loss in done.losses)
    assert done.losses[-1][1] > best + 0.01
    with torch.no_grad():
        held = [nn.functional.softplus(side) for side in (-done.critic(real(4000)), done.critic(generated(4000)))]
    assert abs(float(held[0].mean() + held[1].mean()) / 2 - best) < 0.05


@pytest.mark.parametrize("name", NAMES)
def test_a_head_goes_on_only_where_it_is_a_logit(name):
    rules = objective(parse_objective(name))
    keeps = keeps_head(rules)
    if rules.log_ratio is not None:
        v = torch.linspace(-2, 2, 9, dtype=torch.float64)
        slope = torch.diff(rules.log_ratio(v)) / torch.diff(v)
        assert keeps == bool((slope - 1).abs().max() < 1e-6)
    else:
        assert keeps == rules.pairs


def test_the_three_kinds_that_need_a_fresh_head():
    for name in ("hinge", "wgan-gp", "lsgan", "total-variation"):
        assert not keeps_head(objective(parse_objective(name))), name
    for name in ("gan", "kl", "relativistic"):
        assert keeps_head(objective(parse_objective(name))), name
