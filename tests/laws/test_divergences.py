"""The laws of an f-divergence, looped over every member of the family."""

import numpy as np
import pytest
import torch
from divergence_members import MEMBERS, SMOOTH, every, slope, u_grid, v_grid
from torch import Tensor

from gan_playground.theory.divergences import DIVERGENCES, FAMILIES, KEYS, Divergence, alpha, divergence, weighted_js
from gan_playground.words import Refusal


def domain_grid(d: Divergence) -> Tensor:
    """Values of t inside dom f*, up to near its ends."""
    lo, hi = max(d.domain.lo, -30.0), min(d.domain.hi, 6.0)
    inner = torch.linspace(lo + 1e-3, hi - 1e-3, 301, dtype=torch.float64)
    return inner[inner >= -2.0] if d.key == "pearson" else inner  # below -2 the paper's f* is that of f on all of R


# --- f -----------------------------------------------------------------------------------------------------------


@every(MEMBERS)
def test_f_is_convex(d: Divergence) -> None:
    u = u_grid()
    chord = (d.f(u[2:]) - d.f(u[1:-1])) / (u[2:] - u[1:-1]) - (d.f(u[1:-1]) - d.f(u[:-2])) / (u[1:-1] - u[:-2])
    assert (chord >= -1e-9 * (1.0 + d.f(u[1:-1]).abs() / u[1:-1])).all()


@every(MEMBERS)
def test_f_at_one(d: Divergence) -> None:
    one = torch.ones(1, dtype=torch.float64)
    assert d.f(one).item() == pytest.approx(d.at_one, abs=1e-15)
    assert d.f_prime(one).item() == pytest.approx(d.slope_at_one, abs=1e-15)


@every(SMOOTH)
def test_curvature_at_one(d: Divergence) -> None:
    assert slope(d.f_prime, torch.ones(1, dtype=torch.float64)).item() == pytest.approx(d.curvature, rel=1e-12)


@every(MEMBERS)
def test_f_prime_is_the_derivative_of_f(d: Divergence) -> None:
    u = u_grid()
    torch.testing.assert_close(d.f_prime(u), slope(d.f, u), rtol=1e-7, atol=1e-9)


# --- f* ----------------------------------------------------------------------------------------------------------


@every(MEMBERS)
def test_fenchel_young(d: Divergence) -> None:
    u, t = u_grid(200), domain_grid(d)
    gap = d.f(u)[:, None] + d.conjugate(t)[None, :] - u[:, None] * t[None, :]
    assert (gap >= -1e-9 * (1.0 + (u[:, None] * t[None, :]).abs())).all()


@every(MEMBERS)
def test_fenchel_young_is_tight_at_the_derivative(d: Divergence) -> None:
    u = u_grid(200, 5.0)
    t = d.f_prime(u)
    torch.testing.assert_close(d.f(u) + d.conjugate(t), u * t, rtol=1e-8, atol=1e-8)


@every(MEMBERS)
def test_conjugate_is_the_numerical_legendre_transform(d: Divergence) -> None:
    u = torch.exp(torch.linspace(-16.0, 16.0, 64_001, dtype=torch.float64))
    u = torch.cat([u, torch.ones(1, dtype=torch.float64)])
    t = d.f_prime(u_grid(15, 4.0)) if d.curvature is not None else torch.linspace(-0.5, 0.5, 11, dtype=torch.float64)
    supremum = (u[:, None] * t - d.f(u)[:, None]).amax(dim=0)
    torch.testing.assert_close(d.conjugate(t), supremum, rtol=1e-6, atol=1e-6)


@every(MEMBERS)
def test_conjugate_is_infinite_outside_its_domain(d: Divergence) -> None:
    for end, beyond in ((d.domain.lo, -1e-6), (d.domain.hi, 1e-6)):
        if np.isfinite(end):
            outside = torch.tensor([end + beyond], dtype=torch.float64)
            assert d.conjugate(outside).item() == np.inf
            assert end + beyond not in d.domain
            assert end - beyond in d.domain


# --- the critic's maps -------------------------------------------------------------------------------------------


@every(MEMBERS)
def test_activation_increases_into_the_domain(d: Divergence) -> None:
    v = v_grid()
    T = d.activation(v)
    assert (T.diff() > 0.0).all()
    assert (slope(d.activation, v) > 0.0).all()
    assert all(t in d.domain for t in T[(v > -6.0) & (v < 6.0)].tolist())


@every(MEMBERS)
def test_fused_dual_is_the_composition(d: Divergence) -> None:
    v = v_grid()
    composed = d.conjugate(d.activation(v))
    torch.testing.assert_close(d.dual(v), composed, rtol=1e-9, atol=1e-10)
    inner = v[(v.abs() < 5.0)]
    torch.testing.assert_close(
        slope(d.dual, inner), slope(lambda s: d.conjugate(d.activation(s)), inner), rtol=1e-7, atol=1e-9
    )


@every(MEMBERS)
def test_slopes_are_the_derivatives_of_the_values(d: Divergence) -> None:
    v, h = v_grid(101, 5.0) + 0.0123, 1e-5  # clear of the corner of alpha > 1
    for smooth in (d.activation, d.dual):
        central = (smooth.value(v + h) - smooth.value(v - h)) / (2.0 * h)
        torch.testing.assert_close(smooth.slope(v), central, rtol=1e-6, atol=1e-6)


@every(SMOOTH)
def test_log_ratio_inverts_the_optimal_critic(d: Divergence) -> None:
    r = torch.linspace(-3.0, 3.0, 121, dtype=torch.float64)
    assert d.log_ratio is not None
    torch.testing.assert_close(d.log_ratio(d.optimal(r)), r, rtol=1e-8, atol=1e-8)


@every(SMOOTH)
def test_optimal_critic_is_f_prime_of_the_ratio(d: Divergence) -> None:
    r = torch.linspace(-3.0, 3.0, 121, dtype=torch.float64)
    torch.testing.assert_close(d.optimal_critic(r), d.f_prime(torch.exp(r)), rtol=1e-9, atol=1e-10)
    far = d.optimal_critic(torch.tensor([-1e4, -800.0, 800.0, 1e4], dtype=torch.float64))
    assert not far.isnan().any()
    assert (far.diff()[torch.isfinite(far.diff())] >= 0.0).all()


def test_total_variation_is_optimal_at_the_limit() -> None:
    d = divergence("total-variation")
    r = torch.tensor([-2.0, -1e-9, 0.0, 1e-9, 2.0], dtype=torch.float64)
    assert d.optimal_critic(r).tolist() == [-0.5, -0.5, 0.0, 0.5, 0.5]
    assert d.log_ratio is None


@every(MEMBERS)
def test_optimum_at_equal_laws_is_f_at_one(d: Divergence) -> None:
    at_best = d.optimal(torch.zeros(1, dtype=torch.float64))
    best = (d.activation(at_best) - d.dual(at_best)).item()
    assert best == pytest.approx(d.at_one, abs=1e-12)
    v = v_grid(4001, 12.0)
    assert (d.activation(v) - d.dual(v)).max().item() <= d.at_one + 1e-12


def test_ratios_below_the_reach_of_a_linear_activation_are_zero_not_nan() -> None:
    for d in (divergence("pearson"), alpha(1.5), alpha(3.0)):
        assert d.log_ratio is not None
        assert d.log_ratio(torch.tensor([-1000.0, -2.5, -2.0 / (d.parameter or 2.0) * 2.0])).tolist()[0] == -np.inf
        assert not d.log_ratio(torch.linspace(-1000.0, 1000.0, 4001)).isnan().any()


# --- the excess, for quadrature ----------------------------------------------------------------------------------


@every(MEMBERS)
def test_log_excess_is_f_beyond_its_tangent(d: Divergence) -> None:
    r = np.concatenate([np.linspace(-5.0, -0.5, 40), np.linspace(0.5, 5.0, 40)])
    u = torch.exp(torch.from_numpy(r))
    excess = d.f(u) - d.at_one - d.slope_at_one * (u - 1.0)
    np.testing.assert_allclose(np.exp(d.log_excess(r)), excess.numpy(), rtol=1e-9)


@every(SMOOTH)
def test_log_excess_keeps_its_digits_near_one(d: Divergence) -> None:
    r = np.array([-1e-3, -1e-6, -1e-9, 1e-12, 1e-8, 1e-4])
    assert d.curvature is not None
    leading = np.log(d.curvature / 2.0) + 2.0 * np.log(np.abs(r))
    np.testing.assert_allclose(d.log_excess(r), leading, atol=4e-3 * np.abs(r).max() / 1e-3)
    np.testing.assert_allclose(d.log_excess(r)[1:-1], leading[1:-1], atol=4e-6)


@every(MEMBERS)
def test_log_excess_far_out_and_at_its_limits(d: Divergence) -> None:
    far = np.array([-1e4, -700.0, 700.0, 1e4])
    value = d.log_excess(far)
    assert np.isfinite(value).all()
    assert np.isfinite(d.scaled_excess(np.array([-1e300, 1e300]))).all()
    with np.errstate(divide="ignore"):
        assert d.log_excess(np.array([-np.inf]))[0] == pytest.approx(np.log(d.growth.at_zero), abs=1e-12)
    for at, order, limit in ((1, d.growth.down, d.growth.at_zero), (2, d.growth.up, d.growth.at_infinity)):
        per_ratio = value[at] - (1.0 + order) * far[at] if at == 2 else value[at] - order * abs(far[at])
        if np.isfinite(limit):
            assert per_ratio == pytest.approx(np.log(limit), abs=2e-2)
        elif order == 0.0:
            assert 5.0 < per_ratio < 7.0  # log 700: the logarithm in u log u
        else:
            assert abs(per_ratio) < 3.0  # a power, with no logarithm


def test_minus_gan_is_minus_its_f() -> None:
    d, r = divergence("gan"), np.linspace(-6.0, 6.0, 121)
    assert d.scaled_minus_f is not None
    np.testing.assert_allclose(
        -np.exp(d.scaled_minus_f(r) + np.maximum(r, 0.0)), d.f(torch.exp(torch.from_numpy(r))).numpy(), rtol=1e-12
    )
    assert d.scaled_minus_f(np.array([-np.inf]))[0] == -np.inf
    np.testing.assert_allclose(d.scaled_minus_f(np.array([-500.0, 500.0])), -500.0 + np.log(501.0))


# --- identities and names ----------------------------------------------------------------------------------------

IDENTITIES = {
    "weighted-js(1/2) = js/2": (weighted_js(0.5), [(0.5, divergence("js"))]),
    "alpha(2) = pearson/2": (alpha(2.0), [(0.5, divergence("pearson"))]),
    "alpha(1/2) = 2 hellinger": (alpha(0.5), [(2.0, divergence("hellinger"))]),
    "alpha(-1) = neyman/2": (alpha(-1.0), [(0.5, divergence("neyman"))]),
    "alpha(0) = reverse-kl": (alpha(0.0), [(1.0, divergence("reverse-kl"))]),
    "alpha(1) = kl": (alpha(1.0), [(1.0, divergence("kl"))]),
    "jeffrey = kl + reverse-kl": (divergence("jeffrey"), [(1.0, divergence("kl")), (1.0, divergence("reverse-kl"))]),
    "gan = js": (divergence("gan"), [(1.0, divergence("js"))]),
    "alpha near 0": (alpha(1e-7), [(1.0, divergence("reverse-kl"))]),
    "alpha near 1": (alpha(1.0 - 1e-7), [(1.0, divergence("kl"))]),
}


@pytest.mark.parametrize("name", IDENTITIES)
def test_identities_of_the_excess(name: str) -> None:
    one, others = IDENTITIES[name]
    r = np.concatenate([np.linspace(-8.0, 8.0, 400), [1e-7, -1e-9]])
    total = sum(weight * np.exp(other.log_excess(r)) for weight, other in others)
    np.testing.assert_allclose(np.exp(one.log_excess(r)), total, rtol=1e-5 if "near" in name else 1e-11)


def test_names() -> None:
    assert set(KEYS) == set(DIVERGENCES) | set(FAMILIES)
    assert [divergence(key).key for key in KEYS] == list(KEYS)
    assert divergence("weighted-js").parameter == 0.25
    assert divergence("alpha").parameter == 0.5
    assert divergence("alpha", 2.0).label == "alpha(2)"
    assert divergence("kl").label == "kl"


@pytest.mark.parametrize(
    ("key", "parameter"),
    [("kullback", None), ("kl", 1.0), ("weighted-js", 0.0), ("weighted-js", 1.0), ("alpha", np.nan), ("alpha", 99.0)],
)
def test_bad_names_are_refused_in_a_sentence(key: str, parameter: float | None) -> None:
    with pytest.raises(Refusal) as refusal:
        divergence(key, parameter)
    assert refusal.value.say("ko") != refusal.value.say("en")
