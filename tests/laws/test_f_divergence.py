"""Exact distances: closed forms, a slow twin, near and far pairs, infinity from the tails alone."""

import json
from math import e, erf, exp, expm1, inf, isinf, log, pi, sqrt

import numpy as np
import pytest
import torch
from bound_by_quadrature import bound_by_quadrature
from numpy.typing import NDArray
from scipy.special import betaln, digamma

from gan_playground.theory.densities import (
    Density,
    Laplace,
    Mixture,
    StudentT,
    Uniform,
    bells,
    log_ratio,
    normal,
)
from gan_playground.theory.divergence_table import exact_table, render
from gan_playground.theory.divergences import KEYS, Divergence, alpha, divergence, weighted_js
from gan_playground.theory.f_divergence import divergence_between, optimal_critic
from gan_playground.theory.wasserstein import w1

Array = NDArray[np.float64]
MEMBERS = [*(divergence(key) for key in KEYS), weighted_js(0.7), alpha(-0.5), alpha(0.2), alpha(1.3)]
FGAN = Mixture.parse("0.33*N(-1,0.255)+0.67*N(2,1.415)")


def every(members: list[Divergence]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("d", members, ids=[member.label for member in members])


def gaussian_closed_forms(m: float, s: float) -> dict[str, float]:
    """N(0, 1) against N(m, s^2), 2 s^2 > 1 and s^2 < 2."""
    kl, reverse = log(s) + (1.0 + m * m) / (2.0 * s * s) - 0.5, -log(s) + (s * s + m * m) / 2.0 - 0.5
    affinity = sqrt(2.0 * s / (1.0 + s * s)) * exp(-m * m / (4.0 * (1.0 + s * s)))
    return {
        "kl": kl,
        "reverse-kl": reverse,
        "jeffrey": kl + reverse,
        "hellinger": 2.0 - 2.0 * affinity,
        "alpha": 4.0 - 4.0 * affinity,
        "pearson": s * s / sqrt(2.0 * s * s - 1.0) * exp(m * m / (2.0 * s * s - 1.0)) - 1.0,
        "neyman": exp(m * m / (2.0 - s * s)) / (s * sqrt(2.0 - s * s)) - 1.0,
    }


PAIRS = [(1.0, 1.0), (2.0, 1.0), (0.0, 1.25), (0.3, 0.8), (-3.0, 1.2), (6.0, 1.0), (0.0, 0.70711)]


@pytest.mark.parametrize(("m", "s"), PAIRS)
def test_closed_forms_of_gaussian_pairs(m: float, s: float) -> None:
    for key, expected in gaussian_closed_forms(m, s).items():
        found = divergence_between(divergence(key), normal(0.0, 1.0), normal(m, s))
        assert found.value == pytest.approx(expected, rel=1e-9), key
        assert found.error < 1e-8
        assert found.log_value == pytest.approx(log(expected), abs=1e-9)


@pytest.mark.parametrize("m", [1e-3, 1.0, 2.0, 9.0])
def test_total_variation_of_shifted_gaussians(m: float) -> None:
    found = divergence_between(divergence("total-variation"), normal(0.0, 1.0), normal(m, 1.0))
    assert found.value == pytest.approx(erf(m / sqrt(8.0)), rel=1e-9)


SHEET = {  # N(0,1) against N(m,s): total-variation, js, gan as the fact sheet prints them, to five digits
    (1.0, 1.0): (0.38292, 0.22284, -1.16345),
    (0.0, 1.25): (0.10754, 0.02391, 0.02391 - log(4.0)),
    (2.0, 1.0): (0.68269, 0.67366, -0.71263),
}


@pytest.mark.parametrize(("m", "s"), SHEET)
def test_printed_values(m: float, s: float) -> None:
    for key, expected in zip(("total-variation", "js", "gan"), SHEET[m, s], strict=True):
        found = divergence_between(divergence(key), normal(0.0, 1.0), normal(m, s)).value
        assert found == pytest.approx(expected, abs=1e-5), key


# --- the slow twin -------------------------------------------------------------------------------------------------


def slow_twin(d: Divergence, p: Density, q: Density) -> float:
    """INT q f(p/q) straight from the definition: the trapezoid rule on a very fine grid."""
    x, step = np.linspace(-45.0, 45.0, 600_001, retstep=True)
    log_p, log_q = p.log_density(x), q.log_density(x)
    seen = np.minimum(log_p, log_q) > -650.0
    u = torch.from_numpy(np.exp(log_p[seen] - log_q[seen]))
    return float((np.exp(log_q[seen]) * d.f(u).numpy()).sum() * step)


LAWS: list[tuple[Density, Density]] = [
    (FGAN, normal(1.0, 1.9)),
    (Mixture.parse("0.2*N(-3,0.5)+0.5*N(0,1)+0.3*N(4,0.8)"), Mixture.parse("0.6*N(-2,1.2)+0.4*N(3,1.5)")),
]


@every(MEMBERS)
def test_agrees_with_the_slow_twin(d: Divergence) -> None:
    for p, q in LAWS:
        found = divergence_between(d, p, q)
        if not found.infinite:
            assert found.value == pytest.approx(slow_twin(d, p, q), rel=1e-6)


@pytest.mark.parametrize("key", ["kl", "total-variation", "js", "hellinger", "reverse-kl"])
def test_a_live_pass_is_close_and_says_how_close(key: str) -> None:
    for p, q in LAWS:
        exact, live = divergence_between(divergence(key), p, q), divergence_between(divergence(key), p, q, rounds=1)
        assert abs(live.value / exact.value - 1.0) <= live.error + 1e-9
        assert live.value == pytest.approx(exact.value, rel=1e-5)


# --- identities ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("p", "q"), LAWS)
def test_cross_identities(p: Density, q: Density) -> None:
    def value(d: Divergence) -> float:
        return divergence_between(d, p, q).value

    assert value(weighted_js(0.5)) == pytest.approx(value(divergence("js")) / 2.0, rel=1e-9)
    assert value(alpha(0.5)) == pytest.approx(2.0 * value(divergence("hellinger")), rel=1e-9)
    assert value(alpha(0.0)) == pytest.approx(value(divergence("reverse-kl")), rel=1e-9)
    assert value(alpha(1.0)) == pytest.approx(value(divergence("kl")), rel=1e-9)
    assert value(divergence("jeffrey")) == pytest.approx(
        value(divergence("kl")) + value(divergence("reverse-kl")), rel=1e-9
    )
    assert value(divergence("gan")) == pytest.approx(value(divergence("js")) - log(4.0), rel=1e-9)
    for a, key in ((2.0, "pearson"), (-1.0, "neyman")):
        half = divergence_between(divergence(key), p, q)
        assert divergence_between(alpha(a), p, q).log_value == pytest.approx(half.log_value - log(2.0), abs=1e-9)
    for one, other in (("kl", "reverse-kl"), ("pearson", "neyman")):
        there, back = divergence_between(divergence(one), p, q), divergence_between(divergence(other), q, p)
        assert there.log_value == pytest.approx(back.log_value, abs=1e-9)
    for key in ("total-variation", "js", "hellinger", "jeffrey"):
        assert value(divergence(key)) == pytest.approx(divergence_between(divergence(key), q, p).value, rel=1e-9)


@every(MEMBERS)
def test_equal_laws(d: Divergence) -> None:
    for law in (normal(0.0, 1.0), FGAN, Uniform(-1.0, 2.0), StudentT(3.0)):
        assert divergence_between(d, law, law).value == pytest.approx(d.at_one, abs=1e-12)
        assert w1(law, law).value == 0.0


# --- near and far --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shift", [1e-4, 1e-8, 1e-12])
@every([member for member in MEMBERS if member.curvature is not None and member.key != "gan"])
def test_near_equal_laws_keep_their_digits(d: Divergence, shift: float) -> None:
    found = divergence_between(d, normal(0.0, 1.0), normal(shift, 1.0))
    assert d.curvature is not None
    assert found.value == pytest.approx(d.curvature / 2.0 * shift**2, rel=10.0 * shift + 1e-6)


def test_near_equal_mixtures_keep_their_digits() -> None:
    base, step = FGAN, 1e-10
    moved = bells(base.weights, (-1.0 + step, 2.0), (0.255, 1.415))
    x = np.linspace(-12.0, 14.0, 400_001)
    share = np.exp(base.log_components(x)[0])
    score = share / np.exp(base.log_density(x)) * (x + 1.0) / 0.255**2
    fisher = float(np.trapezoid(score**2 * np.exp(base.log_density(x)), x))
    assert divergence_between(divergence("kl"), base, moved).value == pytest.approx(fisher / 2.0 * step**2, rel=1e-6)
    assert w1(base, moved).value == pytest.approx(base.weights[0] * step, rel=1e-6)


def test_far_apart() -> None:
    p, q = normal(0.0, 1.0), normal(35.0, 1.0)
    pearson = divergence_between(divergence("pearson"), p, q)
    assert isinf(pearson.value)
    assert not pearson.infinite
    assert pearson.log_value == pytest.approx(1225.0, abs=1e-6)
    assert str(pearson) == "exp(1225.0)"
    assert divergence_between(divergence("kl"), p, q).value == pytest.approx(612.5, rel=1e-9)
    assert divergence_between(divergence("js"), p, q).value == pytest.approx(2.0 * log(2.0), rel=1e-12)
    assert divergence_between(divergence("total-variation"), p, q).value == pytest.approx(1.0, rel=1e-9)
    gan = divergence_between(divergence("gan"), p, q).value
    assert -1e-66 < gan < -1e-70  # not the rounding of js - log 4
    assert divergence_between(divergence("pearson"), p, normal(3e4, 1.0)).log_value == pytest.approx(9e8, rel=1e-9)


def test_gaussian_pairs_of_every_scale() -> None:
    rng = np.random.default_rng(1)
    for _ in range(40):
        s = 10.0 ** rng.uniform(-8.0, 8.0)
        t = s * 10.0 ** rng.choice([rng.uniform(-7.0, 7.0), rng.uniform(-0.2, 0.2)])
        m = float(rng.choice([0.0, s, t]) * rng.uniform(-30.0, 30.0))
        p, q = normal(0.0, s), normal(m, t)
        for key, a, b in (("kl", s, t), ("reverse-kl", t, s)):
            expected = log(b / a) + (a * a + m * m) / (2.0 * b * b) - 0.5
            assert divergence_between(divergence(key), p, q).value == pytest.approx(expected, rel=1e-6)
        for key, a, b in (("pearson", s, t), ("neyman", t, s)):
            found, room = divergence_between(divergence(key), p, q), 2.0 * b * b - a * a
            assert found.infinite == (room <= 0.0)
            if room > 0.0:
                log_plus_one = 2.0 * log(b) - log(a) - 0.5 * log(room) + m * m / room
                expected = log_plus_one if log_plus_one > 40.0 else log(expm1(log_plus_one))
                assert found.log_value == pytest.approx(expected, abs=1e-6, rel=1e-9)
        assert divergence_between(divergence("total-variation"), p, q).value <= 1.0
        assert divergence_between(divergence("js"), p, q).value <= 2.0 * log(2.0) * (1.0 + 1e-15)


def test_narrow_beside_broad() -> None:
    narrow = Mixture.parse("0.5*N(0.3,1e-7)+0.5*N(0,1)")
    js, kl = (divergence_between(divergence(key), narrow, normal(0.0, 1.0)) for key in ("js", "kl"))
    # In the spike (half the mass) p/q -> inf; elsewhere p = q/2 to within 1e-5.
    u = 0.5
    elsewhere = u * log(u) - (u + 1.0) * log((u + 1.0) / 2.0)
    assert js.value == pytest.approx(elsewhere + 0.5 * log(2.0), abs=1e-5)
    spike = 0.5 * (log(0.5) - log(1e-7) - 0.5 + 0.5 * 0.3**2)
    assert kl.value == pytest.approx(spike + 0.5 * log(0.5), abs=1e-5)


# --- infinity ------------------------------------------------------------------------------------------------------

INFINITE: list[tuple[str, Density, Density, set[str]]] = [
    ("equal tails", FGAN, normal(0.0, 1.415), set()),
    ("q a little too narrow", normal(0.0, 1.0), normal(0.0, 0.7071), {"pearson"}),
    ("q just wide enough", normal(0.0, 1.0), normal(0.0, 0.70711), set()),
    ("q too wide", normal(0.0, 1.0), normal(0.0, 1.4143), {"neyman"}),
    ("the widest component decides", Mixture.parse("0.999*N(0,1)+0.001*N(0,2)"), normal(0.0, 1.0), {"pearson"}),
    ("Laplace data", Laplace(0.0, 1.0), normal(0.0, 1.0), {"pearson"}),
    ("Student data", StudentT(3.0), normal(0.0, 1.0), {"pearson"}),
    ("Student data without variance", StudentT(2.0), normal(0.0, 1.0), {"pearson", "kl", "jeffrey"}),
    ("Student against Laplace, no mean", StudentT(1.0), Laplace(), {"pearson", "kl", "jeffrey"}),
    ("Student against Laplace", StudentT(1.5), Laplace(), {"pearson"}),
    ("Student generator", normal(0.0, 1.0), StudentT(2.0), {"neyman", "reverse-kl", "jeffrey"}),
    ("Student pair", StudentT(2.0), StudentT(5.1), {"pearson"}),
    ("close Student pair", StudentT(2.0), StudentT(3.9), set()),
    ("bounded generator", normal(0.0, 1.0), Uniform(-30.0, 30.0), {"pearson", "kl", "jeffrey"}),
    ("bounded data", Uniform(0.0, 1.0), normal(0.0, 1.0), {"neyman", "reverse-kl", "jeffrey"}),
    ("interval inside", Uniform(0.0, 1.0), Uniform(-1.0, 2.0), {"neyman", "reverse-kl", "jeffrey"}),
]


@pytest.mark.parametrize(("p", "q", "infinite"), [row[1:] for row in INFINITE], ids=[row[0] for row in INFINITE])
def test_infinite_exactly_where_the_tails_say_so(p: Density, q: Density, infinite: set[str]) -> None:
    for key in KEYS:
        found = divergence_between(divergence(key), p, q, 1e-7)
        assert found.infinite == (key in infinite), key
        if found.reason is not None:
            assert str(found) == "inf"
            assert found.reason.say("en") != found.reason.say("ko")
        else:
            assert np.isfinite(found.value)
            assert found.error < 1e-5, key


def test_alpha_meets_infinity_where_its_order_says() -> None:
    p, q = normal(0.0, 1.0), normal(0.0, 0.8)  # a/1 = (a - 1)/0.64 at a = 2.777...
    assert not divergence_between(alpha(2.77), p, q).infinite
    assert divergence_between(alpha(2.78), p, q).infinite
    assert divergence_between(alpha(1.125), normal(0.0, 3.0), normal(0.0, 1.0)).infinite  # the boundary itself


def test_disjoint_and_nested_intervals() -> None:
    inner, outer, apart = Uniform(0.0, 1.0), Uniform(-1.0, 2.0), Uniform(5.0, 6.0)
    assert divergence_between(divergence("kl"), inner, outer).value == pytest.approx(log(3.0), rel=1e-9)
    assert divergence_between(divergence("total-variation"), inner, outer).value == pytest.approx(2.0 / 3.0, rel=1e-9)
    js = divergence_between(divergence("js"), outer, inner).value
    assert js == pytest.approx(divergence_between(divergence("js"), inner, outer).value, rel=1e-9)
    for key, most in (("js", 2.0 * log(2.0)), ("hellinger", 2.0), ("total-variation", 1.0), ("gan", 0.0)):
        assert divergence_between(divergence(key), inner, apart).value == pytest.approx(most, abs=1e-12)
    assert divergence_between(weighted_js(0.25), inner, apart).value == pytest.approx(
        -0.25 * log(0.25) - 0.75 * log(0.75)
    )


def test_a_slowly_falling_tail_is_followed_to_its_end() -> None:
    found = divergence_between(divergence("kl"), StudentT(2.5), normal(0.0, 1.0))
    v = 2.5
    entropy = (v + 1.0) / 2.0 * (digamma((v + 1.0) / 2.0) - digamma(v / 2.0)) + log(sqrt(v)) + betaln(v / 2.0, 0.5)
    assert found.value == pytest.approx(0.5 * log(2.0 * pi) + 0.5 * v / (v - 2.0) - entropy, rel=1e-6)


# --- the bound -----------------------------------------------------------------------------------------------------


@every([member for member in MEMBERS if member.curvature is not None])
def test_the_optimal_critic_attains_the_divergence(d: Divergence) -> None:
    p, q = normal(0.3, 0.9), normal(0.0, 1.0)

    def best(x: Array) -> Array:
        return d.optimal(torch.from_numpy(log_ratio(p, q, x))).numpy()

    bound = bound_by_quadrature(d, best, p, q)
    assert bound.value == pytest.approx(divergence_between(d, p, q).value, rel=1e-6)


def test_total_variation_is_attained_in_the_limit() -> None:
    d, (p, q) = divergence("total-variation"), LAWS[0]
    exact = divergence_between(d, p, q).value
    bounds = [
        bound_by_quadrature(d, lambda x, c=c: c * np.sign(log_ratio(p, q, x)), p, q).value for c in (1.0, 3.0, 40.0)
    ]
    assert bounds[0] < bounds[1] < bounds[2]
    assert bounds[2] == pytest.approx(exact, rel=1e-6)


@every(MEMBERS)
def test_no_critic_exceeds_the_divergence(d: Divergence) -> None:
    p, q = normal(0.5, 0.9), normal(0.0, 1.0)
    exact = divergence_between(d, p, q).value
    rng = np.random.default_rng(0)
    for _ in range(8):
        a, b, c, k = rng.normal(size=4)
        bound = bound_by_quadrature(d, lambda x, a=a, b=b, c=c, k=k: a + b * np.tanh(c * x + k), p, q)
        assert bound.value <= exact + 1e-7 * (1.0 + abs(exact))


def test_the_bound_of_a_known_critic() -> None:
    bound = bound_by_quadrature(divergence("kl"), lambda x: x, normal(0.2, 1.0), normal(-1.0, 0.5))
    assert bound.value == pytest.approx(0.2 - exp(-1.0 - 1.0 + 0.125), rel=1e-9)
    assert bound.error < 1e-7
    kinked = bound_by_quadrature(divergence("pearson"), np.abs, normal(0.0, 1.0), normal(0.0, 1.0))
    assert kinked.value == pytest.approx(-0.25, rel=1e-7)  # E|x| - E x^2 / 4 - E|x|
    spoilt = bound_by_quadrature(divergence("kl"), lambda x: 1e4 + x, normal(0.0, 1.0), normal(0.0, 1.0))
    assert spoilt.value == -inf


def test_optimal_critic_never_overflows_to_nan() -> None:
    x = np.linspace(-60.0, 60.0, 241)
    for key in KEYS:
        T = optimal_critic(divergence(key), normal(0.0, 0.5), normal(10.0, 1.0), x)
        assert not np.isnan(T).any()
        assert (T[:60] >= T[180:240].min()).all()


# --- the table -------------------------------------------------------------------------------------------------------


def test_exact_table() -> None:
    table = exact_table(normal(0.0, 1.0), normal(0.0, 0.5))
    assert list(table) == [*KEYS, "jsd", "w1"]
    assert table["pearson"] == "inf"
    assert isinstance(table["js"], float)
    assert table["jsd"] == table["js"] / 2.0
    assert json.loads(json.dumps(table, allow_nan=False)) == table
    assert exact_table(normal(0.0, 1.0), normal(35.0, 1.0))["neyman"] == "exp(1225.0)"
    lines = render(table).splitlines()
    assert [line.split()[0] for line in lines] == list(table)
    assert exact_table(normal(0.0, 1.0), normal(1.0, 1.0))["pearson"] == pytest.approx(e - 1.0, rel=1e-9)
