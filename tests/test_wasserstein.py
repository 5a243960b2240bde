"""W1 against closed forms, and the transport of samples with its noise floor."""

from math import pi, sqrt

import numpy as np
import pytest
from numpy.typing import NDArray

from gan_playground.metrics.optimal_transport import noise_floor, transport
from gan_playground.theory.densities import (
    Mixture,
    StudentT,
    Uniform,
    bells,
    normal,
)
from gan_playground.theory.wasserstein import w1

Array = NDArray[np.float64]
FGAN = Mixture.parse("0.33*N(-1,0.255)+0.67*N(2,1.415)")


def test_w1_closed_forms() -> None:
    assert w1(normal(0.0, 1.0), normal(3.0, 1.0)).value == pytest.approx(3.0, rel=1e-9)
    assert w1(normal(0.0, 1.0), normal(0.0, 2.0)).value == pytest.approx(sqrt(2.0 / pi), rel=1e-9)
    assert w1(Uniform(0.0, 1.0), Uniform(0.0, 3.0)).value == pytest.approx(1.0, rel=1e-9)
    assert w1(FGAN, bells(FGAN.weights, (1.5, 4.5), (0.255, 1.415))).value == pytest.approx(2.5, rel=1e-8)
    assert w1(normal(0.0, 1.0), normal(1e-9, 1.0)).value == pytest.approx(1e-9, rel=1e-6)
    assert w1(StudentT(1.0), normal(0.0, 1.0)).infinite
    assert not w1(StudentT(1.5), normal(0.0, 1.0)).infinite
    quantiles = np.linspace(0.0, 1.0, 20_001)[1:-1]
    gap = np.abs(FGAN.quantile(quantiles) - normal(1.0, 1.9).quantile(quantiles)).mean()
    assert w1(FGAN, normal(1.0, 1.9)).value == pytest.approx(gap, rel=1e-3)


def test_transport_of_samples() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(120, 2))
    assert transport(x, x + np.array([3.0, 4.0])) == pytest.approx((5.0, 5.0), rel=1e-9)
    assert transport(x, x) == pytest.approx((0.0, 0.0), abs=1e-7)
    line, other = rng.normal(size=(90, 1)), 2.0 * rng.normal(size=(90, 1))
    padded = [np.concatenate([part, np.zeros_like(part)], axis=1) for part in (line, other)]
    assert transport(line, other) == pytest.approx(transport(*padded), rel=1e-9)
    by_w1, by_w2 = transport(x, rng.normal(size=(120, 2)))
    assert 0.0 < by_w1 <= by_w2
    with pytest.raises(ValueError, match="needed"):
        transport(x, line)


def test_noise_floor_falls_with_n_and_brackets_a_perfect_sampler() -> None:
    rng = np.random.default_rng(0)

    def draw(n: int) -> Array:
        return rng.normal(size=(n, 2))

    few, many = noise_floor(draw, 50), noise_floor(draw, 400)
    assert many.w2[1] < few.w2[0]
    assert few.w1[0] <= few.w1[1]
    found = transport(draw(400), draw(400))[1]
    assert 0.7 * many.w2[0] < found < 1.4 * many.w2[1]
    assert transport(draw(400), draw(400) + 1.0)[1] > 2.0 * many.w2[1]
