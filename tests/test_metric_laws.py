"""Laws of every metric: moved, stretched or shuffled clouds keep their distance; a point that is none is a sentence."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from gan_playground.metrics.feature_distances import frechet, kid, precision_recall, rank_test
from gan_playground.metrics.modes import score_modes
from gan_playground.metrics.optimal_transport import transport
from gan_playground.metrics.parzen import kde, nearest_distances
from gan_playground.words import Refusal

Array = NDArray[np.float64]
DIM = 6


def clouds(seed: int) -> tuple[Array, Array]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(150, DIM)), 1.1 * rng.normal(size=(150, DIM)) + 0.4


def by_modes(x: Array, y: Array, unit: float) -> Array:
    found = score_modes(x, y[:5], 0.5 * unit)
    return np.array([found.high_quality, found.sd_ratio, *found.counts])


def by_kde(x: Array, y: Array, unit: float) -> Array:
    return kde(x, y, [0.3 * unit, unit])[:, :20].ravel() + DIM * np.log(unit)


METRICS: dict[str, tuple[Callable[[Array, Array, float], Array], float]] = {
    "transport": (lambda x, y, _: np.array(transport(x, y)), 1.0),
    "transport of unequal numbers": (lambda x, y, _: np.array(transport(x[:90], y)), 1.0),
    "transport on the line": (lambda x, y, _: np.array(transport(x[:, :1], y[:, :1])), 1.0),
    "precision and recall": (lambda x, y, _: np.array(precision_recall(x, y)), 0.0),
    "frechet": (lambda x, y, _: np.array([frechet(x, y)]), 2.0),
    "frechet of one feature": (lambda x, y, _: np.array([frechet(x[:, :1], y[:, :1])]), 2.0),
    "kde": (by_kde, 0.0),
    "nearest": (lambda x, y, _: nearest_distances(x, y), 1.0),
    "modes": (by_modes, 0.0),
}
"""Each metric of clouds x, y [n, d] and a unit of length, with the power of that unit it is measured in."""

every = pytest.mark.parametrize("key", METRICS)


@every
@pytest.mark.parametrize("shift", [1e3, 1e6, -3e5])
def test_a_translation_of_both_clouds_leaves_it(key: str, shift: float) -> None:
    metric, _ = METRICS[key]
    x, y = clouds(0)
    x, y = np.round(x * 2**16) / 2**16, np.round(y * 2**16) / 2**16  # so that moving them is itself exact
    np.testing.assert_allclose(metric(x + shift, y + shift, 1.0), metric(x, y, 1.0), rtol=1e-9, atol=1e-9)


@every
@pytest.mark.parametrize("scale", [1e-6, 0.3, 1e6])
def test_a_scale_of_both_clouds_carries_it(key: str, scale: float) -> None:
    metric, power = METRICS[key]
    x, y = clouds(1)
    np.testing.assert_allclose(metric(scale * x, scale * y, scale), scale**power * metric(x, y, 1.0), rtol=1e-6)


@pytest.mark.parametrize(
    "key", [key for key in METRICS if key not in ("kde", "nearest", "modes", "transport of unequal numbers")]
)
def test_a_permutation_of_either_cloud_leaves_it(key: str) -> None:
    metric, _ = METRICS[key]
    (x, y), rng = clouds(2), np.random.default_rng(3)
    np.testing.assert_allclose(metric(rng.permutation(x), rng.permutation(y), 1.0), metric(x, y, 1.0), rtol=1e-9)


def test_a_permutation_carries_what_is_told_of_each_point() -> None:
    (x, y), order = clouds(2), np.random.default_rng(3).permutation(150)
    np.testing.assert_allclose(kde(x[order], y, [0.7]), kde(x, y, [0.7]), rtol=1e-6)
    np.testing.assert_allclose(kde(x, y[order], [0.7]), kde(x, y, [0.7])[:, order], rtol=1e-6)
    np.testing.assert_allclose(nearest_distances(x[order], y), nearest_distances(x, y)[order], rtol=1e-12)
    np.testing.assert_array_equal(score_modes(x[order], y[:5], 0.5).counts, score_modes(x, y[:5], 0.5).counts)


@every
def test_a_cloud_is_at_no_distance_from_itself(key: str) -> None:
    metric, _ = METRICS[key]
    for shift in (0.0, 1e6):
        x = clouds(4)[0] + shift
        if key.startswith(("transport", "frechet", "nearest")) and "unequal" not in key:
            np.testing.assert_allclose(metric(x, x, 1.0), 0.0, atol=1e-7)
        if key == "precision and recall":
            np.testing.assert_array_equal(metric(x, x, 1.0), [1.0, 1.0])


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("key", [key for key in METRICS if key != "modes"])
def test_fault_2_a_point_that_is_not_finite_is_a_sentence(key: str, side: int, bad: float) -> None:
    metric, _ = METRICS[key]
    pair = list(clouds(5))
    pair[side] = pair[side].copy()
    pair[side][7, 0] = bad
    with pytest.raises(Refusal, match="1 of ") as refused:
        metric(pair[0], pair[1], 1.0)
    assert refused.value.say("ko") != str(refused.value)


def test_modes_count_a_point_that_is_not_finite_as_near_none() -> None:
    x, y = clouds(5)
    spoilt = np.concatenate([x, np.full((150, DIM), np.nan)])
    assert score_modes(spoilt, y[:5], 0.5).high_quality == score_modes(x, y[:5], 0.5).high_quality / 2


def test_fault_2_transport_of_clouds_moved_by_a_million() -> None:
    x = np.random.default_rng(6).normal(size=(200, 2))
    assert transport(x + 1e6, x + 1e6) == (0.0, 0.0)


def test_fault_2_precision_of_features_moved_by_a_thousand() -> None:
    rng = np.random.default_rng(7)
    real, generated = rng.normal(size=(400, 64)), 0.9 * rng.normal(size=(400, 64))
    there = precision_recall(real, generated)
    assert 0.0 < there[0] < 1.0
    assert precision_recall(real + 1000.0, generated + 1000.0) == there


# --- the kernel distance, whose kernel knows where 0 is -------------------------------------------------------------


def exact_kid(x: Array, y: Array) -> float:
    """The unbiased MMD^2 of (a.b / d + 1)^3 in exact arithmetic."""

    def rows(cloud: Array) -> list[list[Fraction]]:
        return [[Fraction(float(v)) for v in row] for row in cloud]

    def k(a: list[Fraction], b: list[Fraction]) -> Fraction:
        return (sum(map(Fraction.__mul__, a, b), Fraction(0)) / len(a) + 1) ** 3

    u, v = rows(x), rows(y)
    among = [
        sum(k(a, b) for i, a in enumerate(c) for j, b in enumerate(c) if i != j) / (len(c) * (len(c) - 1))
        for c in (u, v)
    ]
    return float(among[0] + among[1] - 2 * sum(k(a, b) for a in u for b in v) / (len(u) * len(v)))


@pytest.mark.parametrize("shift", [0.0, 1000.0])
def test_kid_is_the_exact_one_wherever_the_features_stand(shift: float) -> None:
    rng = np.random.default_rng(8)
    x, y = rng.normal(size=(24, 3)) + shift, 1.2 * rng.normal(size=(24, 3)) + 0.5 + shift
    found = kid(x, y, 12)[0]
    right = (exact_kid(x[:12], y[:12]) + exact_kid(x[12:], y[12:])) / 2
    assert found == pytest.approx(right, rel=1e-7)
    assert kid(y, x, 12)[0] == pytest.approx(found, rel=1e-7)
    order = np.concatenate([rng.permutation(12), 12 + rng.permutation(12)])
    assert kid(x[order], y, 12)[0] == pytest.approx(found, rel=1e-7)


@pytest.mark.parametrize("side", [0, 1])
def test_kid_and_ranks_refuse_what_is_not_finite(side: int) -> None:
    pair = [clouds(9)[k][:, 0].copy() for k in (0, 1)]
    pair[side][3] = np.nan
    with pytest.raises(Refusal):
        rank_test(*pair)
    with pytest.raises(Refusal):
        kid(pair[0][:, None], pair[1][:, None], 50)
