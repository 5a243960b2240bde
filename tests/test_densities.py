"""Laws on the line agree with themselves, and the grammar of mixtures."""

import numpy as np
import pytest
from numpy.typing import NDArray

from gan_playground.theory.densities import (
    Density,
    Laplace,
    Mixture,
    Normal,
    StudentT,
    Uniform,
    affine,
    bells,
    cdf_difference,
    log_ratio,
    normal,
)
from gan_playground.words import Refusal

Array = NDArray[np.float64]
FGAN = Mixture.parse("0.33*N(-1,0.255)+0.67*N(2,1.415)")

EVERY_LAW: list[Density] = [normal(-2.0, 0.5), FGAN, Uniform(-1.0, 3.0), Laplace(1.0, 0.7), StudentT(4.0, 1.0, 2.0)]


@pytest.mark.parametrize("law", EVERY_LAW, ids=lambda law: type(law).__name__)
def test_a_law_agrees_with_itself(law: Density) -> None:
    u = np.linspace(0.01, 0.99, 99)
    x = law.quantile(u)
    np.testing.assert_allclose(law.cdf(x), u, rtol=1e-10)
    h = 1e-5
    np.testing.assert_allclose((law.cdf(x + h) - law.cdf(x - h)) / (2.0 * h), np.exp(law.log_density(x)), rtol=1e-4)
    drawn = law.sample(200_000, np.random.default_rng(0))
    assert np.abs((drawn[:, None] <= x[::7]).mean(axis=0) - u[::7]).max() < 0.005
    assert drawn.mean() == pytest.approx(law.mean, abs=0.02)
    assert drawn.std() == pytest.approx(law.sd, rel=0.03)
    assert law.log_density(np.zeros((2, 3))).shape == (2, 3)
    assert (np.diff(law.breakpoints) > 0.0).all()


def test_linear_generators() -> None:
    assert affine(1.0, -2.0) == normal(1.0, 2.0)
    assert affine(1.0, -2.0, "uniform") == Uniform(-1.0, 3.0)
    assert np.isfinite(affine(0.0, 0.0).log_density(np.array([0.0, 1.0]))[0])


def test_pairs_keep_the_digits_of_their_difference() -> None:
    x = np.linspace(-5.0, 5.0, 11)
    p, q = normal(1e-13, 1.0), normal(0.0, 1.0)
    np.testing.assert_allclose(log_ratio(p, q, x)[x != 0.0], 1e-13 * x[x != 0.0], rtol=1e-9)
    np.testing.assert_allclose(cdf_difference(p, q, x)[0], -1e-13 * np.exp(q.log_density(x)), rtol=1e-9)
    far = log_ratio(FGAN, bells(FGAN.weights, (-1.01, 2.0), (0.255, 1.415)), np.array([-40.0, 0.0, 40.0]))
    plain = FGAN.log_density(np.array([-40.0, 0.0, 40.0])) - bells(
        FGAN.weights, (-1.01, 2.0), (0.255, 1.415)
    ).log_density(np.array([-40.0, 0.0, 40.0]))
    np.testing.assert_allclose(far, plain, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("text", "weights", "means", "sds"),
    [
        ("N(0,1)", (1.0,), (0.0,), (1.0,)),
        ("0.33*N(-1,0.255)+0.67*N(2,1.415)", (0.33, 0.67), (-1.0, 2.0), (0.255, 1.415)),
        (" .5*N( +1e0, .5 ) + 0.5 * N(-2.,1E-2)", (0.5, 0.5), (1.0, -2.0), (0.5, 0.01)),
    ],
)
def test_mixtures_are_read_and_written(text: str, weights: Array, means: Array, sds: Array) -> None:
    law = Mixture.parse(text)
    assert law.weights == weights
    assert law.parts == tuple(Normal(m, s) for m, s in zip(means, sds, strict=True))
    assert Mixture.parse(str(law)) == law


BAD_MIXTURES = ["", "N", "N(0,1", "N(0,1)+", "+N(0,1)", "0.3N(0,1)", "N(0,1)+N(1,1)", "0.3*N(0,1)+0.6*N(1,1)", "N(0,0)"]
BAD_MIXTURES += ["N(0,-1)", "N(nan,1)", "N(inf,1)", "N(1e400,1)", "N(0,1e400)", "-1*N(0,1)+2*N(0,1)", "1e400*N(0,1)"]
BAD_MIXTURES += ["0*N(0,1)+1*N(1,1)", "N(0,1);N(1,1)", "0.5*N(0,1)++0.5*N(0,1)", "N(1e12,1)", "x" * 9000]
BAD_MIXTURES += ["+".join(["0.01*N(0,1)"] * 100), "2*N(0,1)", "N(0,1)N(0,1)", "N(٣,1)"]


@pytest.mark.parametrize("text", BAD_MIXTURES, ids=lambda text: text[:20])
def test_bad_mixtures_are_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Refusal) as refusal:
        Mixture.parse(text)
    assert len(str(refusal.value)) < 250
    assert refusal.value.say("ko") != str(refusal.value)
