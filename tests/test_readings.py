"""What is read of a run: the law of its generator, the bound of its critic, the exact value beside it."""

import math
from typing import Any

import numpy as np
import pytest
from bound_by_quadrature import bound_by_quadrature
from measured_runs import line, place, trained
from scipy import stats

from gan_playground.engine import engine
from gan_playground.engine.measurements import keep, observe, slow_metrics, snapshot
from gan_playground.engine.measurements.generator_laws import line_law, plane_law
from gan_playground.engine.measurements.readings import _bound_on_samples, bound, exact
from gan_playground.page.controls import declaration
from gan_playground.theory.densities import normal
from gan_playground.theory.divergences import DIVERGENCES, from_zero
from gan_playground.theory.f_divergence import divergence_between

# --- laws of generators ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "knobs",
    [
        {"generator": "linear", "latent": 1},
        {"generator": "linear", "latent": 1, "noise": "uniform"},
        {"generator": "linear", "latent": 4},
        {"generator": "mlp", "latent": 1},
        {"generator": "mlp", "latent": 1, "generator_activation": "tanh", "noise": "uniform"},
        {"generator": "mlp", "latent": 1, "generator_activation": "elu", "batch_norm": True},
    ],
)
def test_samples_agree_with_the_density_that_is_called_exact(knobs: dict[str, Any]) -> None:
    run = trained(30, data="fgan-mixture", **knobs)
    frame = observe(run)
    assert frame.generated_certainty == "exact"
    law = line_law(snapshot(run))
    assert law is not None
    sample = run.generate(run.latents(20_000, 9))[:, 0].double().numpy()
    edges: Any = np.sort(sample[::2])[500:10_000:500]
    share = np.diff(law.cdf(edges), prepend=0.0, append=1.0)
    counts = np.diff(np.searchsorted(np.sort(sample[1::2]), edges), prepend=0, append=10_000)
    # Even bins by the other half of the sample: their own noise doubles the variance.
    chance = stats.chi2.sf(((counts - 10_000 * share) ** 2 / (10_000 * share)).sum() / 2, 19)
    assert 1e-4 < chance < 1 - 1e-6
    assert frame.generated is not None
    x: Any = frame.axes[0]
    by_cdf = float(np.diff(law.cdf(x[[0, -1]]))[0])
    if knobs["generator"] == "linear" and "noise" not in knobs:  # without jumps the trapezoid is exact enough
        assert np.trapezoid(frame.generated, x) == pytest.approx(by_cdf, abs=2e-3)


def test_the_linear_map_of_the_plane_is_a_bell() -> None:
    run = trained(10, data="two-moons", generator="linear", latent=4)
    frame, oval = observe(run), plane_law(snapshot(run))
    assert oval is not None
    assert frame.generated_certainty == "exact"
    sample = run.generate(run.latents(40_000, 2)).double().numpy()
    assert np.abs(sample.mean(0) - oval.mean).max() < 5 * math.sqrt(oval.covariance.max() / 40_000)
    assert np.allclose(np.cov(sample.T), oval.covariance, atol=0.03 * oval.covariance.max())
    offset = sample[:99] - oval.mean
    direct = -(offset @ np.linalg.inv(oval.covariance) * offset).sum(1) / 2
    direct -= np.log(np.linalg.det(2 * np.pi * oval.covariance)) / 2
    assert np.allclose(oval.log_density(sample[:99]), direct, rtol=1e-9)


@pytest.mark.parametrize("knobs", [{"latent": 4}, {"data": "fgan-mixture", "latent": 2}, {"data": "ring", "latent": 1}])
def test_where_no_density_is_known_none_is_shown(knobs: dict[str, Any]) -> None:
    run = trained(5, **knobs)
    keep(run, slow_metrics(snapshot(run)))
    frame = observe(run)
    assert frame.generated is None
    assert frame.generated_certainty == "unknown"


# --- readings -------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [*DIVERGENCES, "weighted-js(0.3)", "alpha(0.5)"])
def test_the_bound_is_its_integral_and_lies_below_the_exact_value(key: str) -> None:
    run = line(0, objective=key, critic_activation="tanh", critic_rate=5e-3)
    place(run, 0.0, 1.5)  # wide enough for Pearson to be finite
    d = run.objective.divergence
    assert d is not None
    for _ in range(3):
        engine.advance([run], 40)
        taken = snapshot(run)
        law = line_law(taken)
        assert law is not None
        found, true = bound(taken), exact(taken, law)
        assert found.certainty == true.certainty == "exact"
        slow = bound_by_quadrature(d, taken.values, taken.line, law, 1e-6)
        assert found.value == pytest.approx(slow.value - d.at_one, rel=1e-4, abs=1e-5)
        assert found.value <= true.value + 1e-5 * (1 + abs(true.value))
        finest = divergence_between(d, taken.line, law).value - d.at_one
        assert true.value == pytest.approx(finest, rel=1e-4, abs=1e-6)


def test_fault_7e_a_wasserstein_critics_number_is_an_estimate() -> None:
    """A penalised critic may be steeper than 1, and so lie above W1: only a divergence's number is called a bound."""
    for key in ("wgan-gp", "wgan(0.01)"):
        assert bound(snapshot(line(20, objective=key))).certainty == "approximate"
        assert bound(snapshot(trained(3, objective=key))).certainty == "approximate"


def test_fault_1_gan_is_drawn_from_0_and_its_offset_told() -> None:
    objectives = declaration()["objectives"]
    for key, member in DIVERGENCES.items():
        about = objectives[key]
        assert about["range"] is not None
        assert about["range"][0] == 0.0
        assert bool(about["offset"]) == (member.at_one != 0.0)
        assert from_zero(member).at_one == 0.0
    assert objectives["gan"]["offset"] == "log 4"
    assert DIVERGENCES["gan"].at_one == -math.log(4)
    seen, law = snapshot(line(0, objective="gan")), normal(0.0, 1.5)
    whole = divergence_between(DIVERGENCES["gan"], seen.line, law).value
    assert exact(seen, law).value == pytest.approx(whole + math.log(4), rel=1e-6)


def test_the_bound_on_samples_is_the_integral_up_to_its_stated_error() -> None:
    for key in ("js", "kl", "wgan-gp"):
        taken = snapshot(line(60, objective=key))
        integral, sampled = bound(taken), _bound_on_samples(taken, taken.objective.divergence)
        assert sampled.certainty == "approximate"
        assert 0 < sampled.error < 0.5
        assert abs(sampled.value - integral.value) < 4 * sampled.error
        again = _bound_on_samples(taken, taken.objective.divergence)
        assert again.value == sampled.value


@pytest.mark.parametrize(
    ("key", "value"), [("js", 2 * math.log(2)), ("gan", 2 * math.log(2)), ("total-variation", 1.0), ("hellinger", 2.0)]
)
def test_a_curve_in_the_plane_shares_no_mass_with_the_data(key: str, value: float) -> None:
    frame = observe(trained(5, data="ring", latent=1, objective=key))
    assert frame.exact.certainty == "exact"
    assert frame.exact.value == pytest.approx(value, abs=1e-12)
    infinite = observe(trained(5, data="ring", latent=1, objective="kl")).exact
    assert infinite.certainty == "infinite"
    assert infinite.why is not None


def test_infinity_comes_with_its_reason_in_both_languages() -> None:
    frame = observe(line(20, noise="uniform"))
    assert frame.exact.certainty == "infinite"
    assert math.isinf(frame.exact.value)
    assert frame.note.key == "notes.infinite"
    for lang in ("en", "ko"):
        assert len(frame.note.say(lang).replace("**", "")) <= 140


def test_games_that_bound_nothing_show_nothing() -> None:
    for key in ("lsgan", "hinge", "relativistic"):
        frame = observe(trained(5, objective=key))
        assert frame.bound.certainty == frame.exact.certainty == "unknown"


def test_a_wasserstein_critic_stands_beside_exact_w1() -> None:
    frame = observe(line(30, objective="wgan-gp"))
    assert frame.exact.certainty == "exact"
    law = line_law(snapshot(line(30, objective="wgan-gp")))
    assert law is not None
    x = np.linspace(-60, 60, 400_001)
    data = snapshot(line(0)).line
    assert frame.exact.value == pytest.approx(np.trapezoid(np.abs(data.cdf(x) - law.cdf(x)), x), rel=1e-4)
