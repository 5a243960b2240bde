"""The best single normals: the paper's table, and what mode-seeking and mass-covering mean."""

import pytest

from gan_playground.theory.best_normals import best_fit
from gan_playground.theory.densities import (
    Mixture,
    normal,
)
from gan_playground.theory.divergences import divergence
from gan_playground.theory.f_divergence import divergence_between

FGAN = Mixture.parse("0.33*N(-1,0.255)+0.67*N(2,1.415)")

BEST = {  # D_f(P||Q*), mu*, sigma*
    "kl": (0.2831, 1.0100, 1.8308),
    "reverse-kl": (0.2480, 1.5782, 1.6319),
    "js": (0.1280, 1.3070, 1.7542),
    "jeffrey": (0.5705, 1.3218, 1.7034),
    "pearson": (0.6457, 0.5737, 1.9274),
}


@pytest.mark.parametrize("key", BEST)
def test_best_normals_of_the_paper(key: str) -> None:
    mu, sigma, value = best_fit(divergence(key), FGAN)
    assert (value, mu, sigma) == pytest.approx(BEST[key], abs=5e-4)


def test_best_normals_elsewhere() -> None:
    mu, sigma, value = best_fit(divergence("kl"), FGAN)
    assert (mu, sigma) == pytest.approx((FGAN.mean, FGAN.sd), abs=1e-4)  # for KL, the moments
    assert divergence_between(divergence("kl"), FGAN, normal(mu + 0.01, sigma)).value > value
    mu, sigma, value = best_fit(divergence("neyman"), FGAN)
    assert (value, mu, sigma) == pytest.approx((0.4052, 1.8248, 1.5186), abs=1e-3)
    seeking = best_fit(divergence("reverse-kl"), Mixture.parse("0.4*N(-5,1)+0.6*N(5,0.7)"))
    assert seeking[:2] == pytest.approx((5.0, 0.7), abs=1e-2)
