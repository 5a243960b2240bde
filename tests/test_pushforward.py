"""What a generator draws on the line, exactly: branches, folds, kinks and atoms."""

from collections.abc import Callable
from math import inf, log, pi, sqrt

import numpy as np
import pytest
import torch
from bound_by_quadrature import bound_by_quadrature
from numpy.typing import NDArray
from scipy import stats

from gan_playground.theory.densities import Latent, Mixture, StudentT, affine, log_ratio, normal
from gan_playground.theory.divergences import alpha, divergence
from gan_playground.theory.f_divergence import divergence_between
from gan_playground.theory.pushforward_1d import Curve, PushForward
from gan_playground.theory.wasserstein import w1

Array = NDArray[np.float64]
FGAN = Mixture.parse("0.33*N(-1,0.255)+0.67*N(2,1.415)")
BOUNDED_KEYS = ("js", "hellinger", "total-variation", "weighted-js", "gan")


def network(activation: Callable[[torch.Tensor], torch.Tensor], seed: int, width: int = 48) -> Curve:
    """A random network of two hidden layers, with its derivative."""
    rng = torch.Generator().manual_seed(seed)
    scales = ((1, width, 1.5), (width, width, 1.5 / width**0.5), (width, 1, 2.0 / width**0.5))
    layers = [
        (torch.randn(a, b, generator=rng, dtype=torch.float64) * s, torch.randn(b, generator=rng, dtype=torch.float64))
        for a, b, s in scales
    ]

    def curve(z: Array) -> tuple[Array, Array]:
        at = torch.from_numpy(z)[:, None].requires_grad_(True)
        h = at
        for W, b in layers[:-1]:
            h = activation(h @ W + b)
        x = h @ layers[-1][0] + layers[-1][1]
        return x.detach().numpy()[:, 0], torch.autograd.grad(x.sum(), at)[0].numpy()[:, 0]

    return curve


NETWORKS: dict[str, tuple[Curve, dict[str, bool]]] = {
    "tanh": (network(torch.tanh, 0), {"bounded": True}),
    "relu": (network(torch.relu, 0), {"piecewise_linear": True}),
    "leaky-relu": (network(torch.nn.functional.leaky_relu, 1), {"piecewise_linear": True}),
    "elu": (network(torch.nn.functional.elu, 2), {}),
}


def square(z: Array) -> tuple[Array, Array]:
    return z**2, 2.0 * z


def law(name: str, latent: Latent) -> PushForward:
    curve, how = NETWORKS[name]
    return PushForward.of(curve, latent, **how)


# --- the line ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("latent", ["normal", "uniform"])
def test_the_chain_meets_the_network_everywhere(name: str, latent: Latent) -> None:
    q = law(name, latent)
    z = np.linspace(max(q.z[0], -8.0), min(q.z[-1], 8.0), 20_001)
    x, _ = NETWORKS[name][0](z)
    assert np.abs(q.forward(z) - x).max() < (1e-5 if name in ("tanh", "elu") else 1e-12) * np.ptp(x)


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("latent", ["normal", "uniform"])
def test_density_is_the_sum_over_branches(name: str, latent: Latent) -> None:
    q = law(name, latent)
    x = q.sample(400, np.random.default_rng(0))
    z, weight = q.inverse(x)
    found = np.isfinite(z) & (np.abs(np.nan_to_num(z)) < 6.0)
    slopes = NETWORKS[name][0](z[found])[1]
    assert found.any(axis=0).all()
    np.testing.assert_allclose(q.forward(z[found]), np.broadcast_to(x, z.shape)[found], atol=1e-10)
    flat = np.abs(slopes) < 1e-2  # close to a fold the slope itself is ill-conditioned
    np.testing.assert_allclose(1.0 / weight[found][~flat], np.abs(slopes[~flat]), rtol=5e-3)
    each = np.where(np.isfinite(z), np.exp(q.latent.log_density(np.nan_to_num(z))) * weight, 0.0)
    np.testing.assert_allclose(np.exp(q.log_density(x)), each.sum(axis=0), rtol=1e-9)


@pytest.mark.parametrize("name", NETWORKS)
def test_cdf_agrees_with_samples_of_the_network(name: str) -> None:
    q, n = law(name, "normal"), 100_000
    x = np.sort(NETWORKS[name][0](np.random.default_rng(0).standard_normal(n))[0])
    assert np.abs(q.cdf(x) - (np.arange(n) + 0.5) / n).max() < 1.95 / sqrt(n)  # Kolmogorov at 0.1 %
    assert q.mean == pytest.approx(x.mean(), abs=5.0 * x.std() / sqrt(n))
    assert q.sd == pytest.approx(x.std(), rel=0.02)
    u = np.array([0.1, 0.5, 0.9])
    np.testing.assert_allclose(q.cdf(q.quantile(u)), u, atol=1e-9)


def test_density_of_a_fold_is_chi_squared() -> None:
    q, x = PushForward.of(square), np.geomspace(1e-6, 40.0, 60)
    np.testing.assert_allclose(q.log_density(x), stats.chi2.logpdf(x, 1), atol=1e-6)
    np.testing.assert_allclose(q.cdf(x), stats.chi2.cdf(x, 1), atol=1e-9)
    assert q.log_density(np.array([-1e-9]))[0] == -inf
    assert q.support[0] == 0.0
    assert q.folds == (0.0,)
    assert (q.mean, q.sd) == pytest.approx((1.0, sqrt(2.0)), rel=1e-6)


@pytest.mark.parametrize("key", ["js", "hellinger", "total-variation", "reverse-kl", "weighted-js"])
def test_divergence_from_a_folded_law(key: str) -> None:
    p, d = normal(1.0, 1.0), divergence(key)
    z, step = np.linspace(-9.0, 9.0, 2_000_000, retstep=True)
    r = p.log_density(z**2) - stats.chi2.logpdf(np.maximum(z**2, 1e-300), 1)
    inside = float((np.exp(normal(0.0, 1.0).log_density(z)) * np.exp(d.log_excess(r))).sum() * step)
    expected = inside + stats.norm.cdf(-1.0) * d.growth.at_infinity
    found = divergence_between(d, p, PushForward.of(square))
    assert found.value == pytest.approx(expected, rel=1e-5)
    live = divergence_between(d, p, PushForward.of(square), rounds=1)
    assert abs(live.value - found.value) <= live.error * found.value + 1e-9


@pytest.mark.parametrize("latent", ["normal", "uniform"])
@pytest.mark.parametrize("straight", [True, False])
def test_a_linear_network_is_the_affine_law(latent: Latent, straight: bool) -> None:
    q = PushForward.of(lambda z: (1.0 - 0.8 * z, np.full_like(z, -0.8)), latent, piecewise_linear=straight)
    exact = affine(1.0, -0.8, latent)
    x = np.linspace(-1.0, 3.0, 41)
    np.testing.assert_allclose(q.log_density(x), exact.log_density(x), atol=1e-12)
    assert q.support == pytest.approx(exact.support)
    for key in ("kl", "pearson", "js", "total-variation", "neyman"):
        one, other = (divergence_between(divergence(key), normal(1.2, 0.9), law) for law in (q, exact))
        assert one.infinite == other.infinite
        if not one.infinite:
            assert one.value == pytest.approx(other.value, rel=1e-7)
    assert w1(normal(1.2, 0.9), q).value == pytest.approx(w1(normal(1.2, 0.9), exact).value, rel=1e-7)


def test_a_kink_makes_a_half_normal() -> None:
    q = PushForward.of(lambda z: (np.abs(z - 0.3), np.sign(z - 0.3)), piecewise_linear=True)
    x = np.linspace(0.01, 4.0, 50)
    np.testing.assert_allclose(np.exp(q.log_density(x)), stats.norm.pdf(0.3 + x) + stats.norm.pdf(0.3 - x), rtol=1e-10)
    assert q.folds == ()  # a kink leaves the density bounded
    assert not divergence_between(divergence("neyman"), normal(0.0, 2.0), q).infinite


def test_a_dead_stretch_is_an_atom() -> None:
    q = PushForward.of(lambda z: (np.maximum(z, 0.0), (z > 0.0).astype(float)), piecewise_linear=True)
    assert q.atoms == ((0.0, pytest.approx(0.5)),)
    assert q.cdf(np.array([-1e-9, 0.0, 1e-3])).tolist() == pytest.approx([0.0, 0.5, 0.5 + 1e-3 / sqrt(2.0 * pi)])
    # P = N(0,1): half of P is missed, half of Q is alone on a point, and the halves beside each other agree.
    tv = divergence_between(divergence("total-variation"), normal(0.0, 1.0), q)
    assert tv.value == pytest.approx(0.5, rel=1e-7)
    assert divergence_between(divergence("js"), normal(0.0, 1.0), q).value == pytest.approx(log(2.0), rel=1e-7)
    reason = divergence_between(divergence("reverse-kl"), normal(0.0, 1.0), q).reason
    assert reason is not None
    assert reason.key == "notes.of_atom"


def test_infinite_where_and_only_where_the_generator_makes_it_so() -> None:
    reasons = {
        ("tanh", "kl"): "notes.of_stops_short",
        ("tanh", "pearson"): "notes.of_stops_short",
        ("tanh", "jeffrey"): "notes.of_stops_short",
        ("tanh", "neyman"): "notes.of_fold",
    }
    for (name, key), expected in reasons.items():
        reason = divergence_between(divergence(key), FGAN, law(name, "normal")).reason
        assert reason is not None
        assert reason.key == expected
    for name in NETWORKS:
        for key in BOUNDED_KEYS:
            found = divergence_between(divergence(key), FGAN, law(name, "uniform"), 1e-6)
            assert np.isfinite(found.value)
            assert found.error < 1e-4
    assert divergence_between(alpha(-1.0), StudentT(3.0), PushForward.of(square)).infinite
    assert not divergence_between(alpha(-0.5), StudentT(3.0), PushForward.of(square)).infinite


def test_unbounded_networks_have_the_tails_of_their_ends() -> None:
    steep = PushForward.of(
        lambda z: (np.where(z > 0.0, 2.0 * z, z), np.where(z > 0.0, 2.0, 1.0)), piecewise_linear=True
    )
    assert steep.support == (-inf, inf)
    kl = divergence_between(divergence("kl"), normal(0.0, 1.0), steep)
    assert kl.value == pytest.approx(0.5 * (log(2.0) + 0.125 - 0.5), rel=1e-8)
    assert not divergence_between(divergence("pearson"), normal(0.0, 1.4), steep).infinite
    assert divergence_between(divergence("pearson"), normal(0.0, 1.42), steep).infinite  # the left side, of sd 1
    assert divergence_between(divergence("neyman"), normal(0.0, 1.4), steep).infinite  # the right side, of sd 2


def test_the_optimal_critic_attains_the_divergence_of_a_network() -> None:
    d, q = divergence("js"), law("tanh", "normal")

    def best(x: Array) -> Array:
        return np.clip(np.nan_to_num(log_ratio(FGAN, q, x), nan=0.0), -60.0, 60.0)

    bound = bound_by_quadrature(d, best, FGAN, q)
    exact = divergence_between(d, FGAN, q, 1e-7)
    assert bound.value == pytest.approx(exact.value, rel=1e-4)
    assert bound.value <= exact.value + bound.error
    assert bound.error < 1e-3
    blunt = bound_by_quadrature(d, lambda x: np.tanh(x), FGAN, q)
    assert blunt.value < exact.value
