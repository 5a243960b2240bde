"""Distances against a shift: another quadrature, finite differences, and values beyond float64."""

import math

import numpy as np
import pytest
import torch

from gan_playground.theory.divergences import DIVERGENCES
from gan_playground.theory.f_divergence import divergence_between
from gan_playground.theory.shifted_laws import (
    DISTANCES,
    SHIFTED_LAWS,
    WIDTH,
    critic,
    discriminator,
    logit,
    members,
    non_saturating,
    saturating,
    shifted_distance,
)
from gan_playground.theory.wasserstein import w1

SHIFTS = (0.05, 0.4, 1.0, 2.0, 5.0, 9.0)


def member(key):
    return DIVERGENCES["js" if key == "jsd" else key]


def laws(shape, theta):
    found = SHIFTED_LAWS[shape].laws(theta)
    assert found is not None
    return found


def exact(shape, key, theta):
    """The log of the distance by the adaptive quadrature that the command line prints."""
    p, q = laws(shape, theta)
    found = w1(p, q) if key == "w1" else divergence_between(member(key), p, q)
    return found.log_value - (math.log(2.0) if key == "jsd" else 0.0)


def test_every_member_of_the_family_is_moved_or_is_another_up_to_a_constant():
    """A new divergence says in its record how far two normals are under it, and is then drawn and chosen here."""
    assert {key for key, each in DIVERGENCES.items() if not each.same_as} == members().keys()
    for shape in SHIFTED_LAWS.values():
        assert tuple(shape.distances) == DISTANCES == (*members(), "jsd", "w1")
    for each in DIVERGENCES.values():
        if each.same_as:
            u = torch.linspace(0.1, 5.0, 50, dtype=torch.float64)
            difference = each.f(u) - DIVERGENCES[each.same_as].f(u)
            slope = (difference[-1] - difference[0]) / (u[-1] - u[0])
            # A multiple of u - 1 integrates to 0, so that a constant is left.
            assert (difference - difference[0] - slope * (u - u[0])).abs().max() < 1e-12


def test_what_grows_without_end_stands_before_what_saturates():
    assert [key for key in DISTANCES if key not in ("js", "jsd", "w1")] == [
        "kl",
        "reverse-kl",
        "jeffrey",
        "pearson",
        "neyman",
        "hellinger",
        "total-variation",
    ]


@pytest.mark.parametrize("key", DISTANCES)
@pytest.mark.parametrize("theta", [*SHIFTS, 35.0])
def test_the_normals_agree_with_the_quadrature_of_the_command_line(key, theta):
    ours = shifted_distance("gaussians", key, np.array([theta])).log_value[0]
    assert abs(ours - exact("gaussians", key, theta)) < 1e-8 * max(1.0, abs(ours))


@pytest.mark.parametrize("key", DISTANCES)
@pytest.mark.parametrize("theta", [0.5, 3.0])
def test_the_uniforms_agree_with_it_too(key, theta):
    ours = shifted_distance("uniforms", key, np.array([theta])).log_value[0]
    other = exact("uniforms", key, theta)
    assert ours == other if math.isinf(other) else abs(ours - other) < 1e-7


@pytest.mark.parametrize("key", DISTANCES)
@pytest.mark.parametrize("theta", SHIFTS)
def test_a_slope_is_the_difference_of_values(key, theta):
    step = 1e-5 * max(theta, 0.3)
    low, here, high = (shifted_distance("gaussians", key, np.array([theta + d])) for d in (-step, 0.0, step))
    difference = (high.value[0] - low.value[0]) / (2.0 * step)
    # A central difference errs by the step's square, and by the values' own rounding over the step.
    assert abs(difference - here.slope[0]) < 1e-5 * here.slope[0] + 1e-14 * high.value[0] / step


def test_jensen_shannon_against_gauss_hermite():
    theta = np.array([0.3, 1.0, 2.5])
    nodes, weights = np.polynomial.hermite_e.hermegauss(120)
    weights = weights / weights.sum()
    log_u = theta[:, None] * (theta[:, None] / 2.0 - (nodes + theta[:, None]))  # x drawn from q = N(theta, 1)
    u = np.exp(log_u)
    js = ((u * log_u - (u + 1.0) * np.log((u + 1.0) / 2.0)) * weights).sum(axis=1)
    slope = theta * ((u / (1.0 + u)) * weights).sum(axis=1)
    ours = shifted_distance("gaussians", "js", theta)
    assert np.abs(ours.value - js).max() < 1e-8
    assert np.abs(ours.slope - slope).max() < 1e-8
    half = shifted_distance("gaussians", "jsd", theta)
    assert np.abs(2.0 * half.value - ours.value).max() < 1e-14


def test_jensen_shannon_saturates_and_its_slope_dies_while_w1_goes_on():
    theta = np.array([9.0, 20.0, 35.0])
    js, transport = shifted_distance("gaussians", "js", theta), shifted_distance("gaussians", "w1", theta)
    assert np.abs(js.value - 2.0 * math.log(2.0)).max() < 1e-4
    assert np.abs(js.value[1:] - 2.0 * math.log(2.0)).max() < 1e-13
    assert 1e-6 < js.slope[0] < 1e-4
    assert 1e-68 < js.slope[2] < 1e-66
    assert np.array_equal(transport.slope, np.ones(3))
    assert np.allclose(transport.value, theta, rtol=1e-14, atol=0.0)


def test_values_beyond_float64_are_known_by_their_logarithm():
    found = shifted_distance("gaussians", "pearson", np.array([35.0]))
    assert np.isinf(found.value[0])
    assert abs(found.log_value[0] - 1225.0) < 1e-9
    assert abs(found.log_slope[0] - (1225.0 + math.log(70.0))) < 1e-9


def test_jensen_shannons_slope_keeps_its_digits_where_float64_would_end():
    """log of theta INT p q / (p + q), whose integrand is even about theta/2: half the Gaussian times a sech."""
    theta = 35.0
    y = np.linspace(-2.0, 2.0, 400_001)
    # p q / (p + q) = exp(-theta^2/8 - y^2/2) / (2 sqrt(2 pi) cosh(theta y / 2))
    integral = np.trapezoid(np.exp(-np.square(y) / 2.0) / np.cosh(theta * y / 2.0), y) / (
        2.0 * math.sqrt(2.0 * math.pi)
    )
    expected = math.log(theta) - theta**2 / 8.0 + math.log(integral)
    assert abs(shifted_distance("gaussians", "js", np.array([theta])).log_slope[0] - expected) < 1e-9


@pytest.mark.parametrize("shape", SHIFTED_LAWS)
@pytest.mark.parametrize("key", DISTANCES)
def test_nothing_is_far_from_itself(shape, key):
    assert shifted_distance(shape, key, np.array([0.0])).value[0] == 0.0


def test_lines_jump_at_once_and_only_w1_says_how_far():
    theta = np.array([0.0, 1e-6, 1.0, 30.0])
    assert np.array_equal(shifted_distance("lines", "kl", theta).value, [0.0, np.inf, np.inf, np.inf])
    jsd = shifted_distance("lines", "jsd", theta)
    assert np.abs(jsd.value - [0.0, *[math.log(2.0)] * 3]).max() < 1e-15
    assert np.array_equal(jsd.slope, [np.inf, 0.0, 0.0, 0.0])
    assert np.allclose(shifted_distance("lines", "w1", theta).value, theta, rtol=1e-14, atol=0.0)
    assert np.isnan(shifted_distance("lines", "kl", theta).slope[1:]).all()


def test_uniforms_change_only_while_they_overlap():
    tv = shifted_distance("uniforms", "total-variation", np.array([1.0, WIDTH, 2.0 * WIDTH]))
    assert np.abs(tv.value - [1.0 / WIDTH, 1.0, 1.0]).max() < 1e-15
    assert np.abs(tv.slope - [1.0 / WIDTH, 0.0, 0.0]).max() < 1e-15


# --- what a critic tells -----------------------------------------------------------------------------------------

X = np.linspace(-6.0, 15.0, 85)


@pytest.mark.parametrize("theta", [0.0, 1.0, 9.0])
@pytest.mark.parametrize("told", [discriminator, saturating, non_saturating, critic])
def test_told_slopes_are_the_differences_of_what_is_told(told, theta):
    step = 1e-5
    difference = (told(theta, X + step).value - told(theta, X - step).value) / (2.0 * step)
    assert np.abs(difference - told(theta, X).slope).max() < 1e-6 * max(1.0, theta)


def test_the_discriminator_is_p_over_p_plus_q_and_its_logs_agree():
    p, q = laws("gaussians", 3.0)
    at_p, at_q = np.exp(p.log_density(X)), np.exp(q.log_density(X))
    d = at_p / (at_p + at_q)
    assert np.abs(discriminator(3.0, X).value - d).max() < 1e-12
    middle = (d > 1e-8) & (d < 1.0 - 1e-8)
    assert np.abs(saturating(3.0, X).value - np.log1p(-d))[middle].max() < 1e-7
    assert np.abs(non_saturating(3.0, X).value + np.log(d))[middle].max() < 1e-7
    assert np.abs(logit(3.0, X) - (p.log_density(X) - q.log_density(X))).max() < 1e-12


def test_the_saturating_slope_dies_on_q_where_the_others_do_not():
    at = np.array([9.0])
    assert 0.0 < saturating(9.0, at).slope[0] < 1e-15
    assert abs(non_saturating(9.0, at).slope[0] - 9.0) < 1e-9
    assert critic(9.0, at).slope[0] == 1.0


def test_the_critic_earns_w1_and_no_lipschitz_rival_earns_more():
    theta = 4.0
    p, q = laws("gaussians", theta)
    x = np.linspace(-10.0, 14.0, 4001)
    weight = np.exp(p.log_density(x)) - np.exp(q.log_density(x))

    def earns(f):
        return float(np.trapezoid(f * weight, x))

    best = earns(-critic(theta, x).value)
    assert abs(best - theta) < 1e-9
    rivals = [np.abs(x - 2.0), -np.abs(x - 2.0), np.sin(x), np.cos(x), np.tanh(-x), -np.clip(x, 0.0, theta)]
    assert all(earns(f) < best for f in rivals)
