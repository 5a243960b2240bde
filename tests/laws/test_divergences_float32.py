"""The maps of every member in float32: right wherever they can be, beside the paper's table in 500 digits."""

from typing import Any

import mpmath
import numpy as np
import pytest
import torch
from divergence_members import MEMBERS, every, slope

from gan_playground.theory.divergences import Divergence, divergence


def exact_maps(d: Divergence, v: float) -> tuple[Any, ...]:
    """T, dT/dv, f*(T), d f*(T)/dv straight from the paper's table, in as many digits as they take."""
    x = mpmath.mpf(v)
    e, log = mpmath.exp, mpmath.log
    key = {"alpha(0)": "reverse-kl", "alpha(1)": "kl"}.get(d.label, d.key)
    p = mpmath.mpf(d.parameter or 0)
    falling = 1 / (1 + e(x))  # d/dv of -log(1 + e^-v)
    if key == "total-variation":
        T = mpmath.tanh(x) / 2
        return T, mpmath.sech(x) ** 2 / 2, T, mpmath.sech(x) ** 2 / 2
    if key == "kl":
        return x, mpmath.mpf(1), e(x - 1), e(x - 1)
    if key == "reverse-kl":
        return -e(-x), e(-x), x - 1, mpmath.mpf(1)
    if key == "pearson":
        return x, mpmath.mpf(1), x * x / 4 + x, x / 2 + 1
    if key == "neyman":
        return 1 - e(-x), e(-x), 2 - 2 * e(-x / 2), e(-x / 2)
    if key == "hellinger":
        return 1 - e(-x), e(-x), e(x) - 1, e(x)
    if key == "jeffrey":
        W = mpmath.lambertw(e(1 - x)).real
        return x, mpmath.mpf(1), W + 1 / W + x - 2, 1 / W
    if key == "js":
        T = log(2) - log(1 + e(-x))
        return T, falling, -log(2 - e(T)), e(T) / (2 - e(T)) * falling
    if key == "gan":
        T = -log(1 + e(-x))
        return T, falling, -log(1 - e(T)), e(T) / (1 - e(T)) * falling
    if key == "weighted-js":
        T = -p * log(p) - log(1 + e(-x))
        inner = 1 - p * e(T / p)
        return T, falling, (1 - p) * log((1 - p) / inner), (1 - p) * e(T / p) / inner * falling
    if d.parameter is not None and d.parameter < 1.0:
        base = (1 - p) * log(1 + e(-x))
        T = 1 / (1 - p) - log(1 + e(-x))
        return T, falling, (base ** (p / (p - 1)) - 1) / p, base ** (1 / (p - 1)) * falling
    base = max(mpmath.mpf(0), x * (p - 1) + 1)
    return x, mpmath.mpf(1), (base ** (p / (p - 1)) - 1) / p, base ** (1 / (p - 1))


def float32_points() -> list[float]:
    rng = np.random.default_rng(0)
    drawn = [*rng.uniform(-1000, 1000, 12), *rng.uniform(-110, 110, 24), *rng.normal(size=8)]
    tiny = [*10.0 ** rng.uniform(-20, -1, 4), *-(10.0 ** rng.uniform(-20, -1, 4))]
    kept = [0.0, 1.0, -2.0, -4.0, 0.8813735, 88.0, 89.0, -88.0, 104.5, -104.5, 1000.0, -1000.0]
    roots = [-2.0 + 2.0**-22, -4.0 + 2.0**-21]
    return np.array([*drawn, *tiny, *kept, *roots], dtype=np.float32).astype(np.float64).tolist()


@every(MEMBERS)
def test_float32_is_right_wherever_it_can_be(d: Divergence) -> None:
    points = float32_points()
    largest, least = float(np.finfo(np.float32).max), float(np.finfo(np.float32).tiny)
    v = torch.tensor(points, dtype=torch.float32)
    computed = [d.activation(v), slope(d.activation, v), d.dual(v), slope(d.dual, v)]
    assert all(part.dtype == torch.float32 for part in computed)
    found = torch.stack(computed, dim=1).double().numpy()
    assert not np.isnan(found).any()
    with mpmath.workdps(500):  # e^-1000 beside 1
        for row, point in zip(found, points, strict=True):
            for number, exact in zip(row.tolist(), exact_maps(d, point), strict=True):
                if abs(exact) > largest:
                    assert number == (np.inf if exact > 0 else -np.inf), point
                elif abs(exact) < least:
                    assert abs(number) <= 2.0 * least, point
                else:
                    assert abs(number - exact) <= 1e-5 * abs(exact), point


@pytest.mark.parametrize("key", ["total-variation", "js", "weighted-js", "gan"])
def test_these_are_finite_for_every_float32_score(key: str) -> None:
    d, v = divergence(key), torch.linspace(-1000.0, 1000.0, 8001)
    for part in (d.activation(v), d.dual(v), slope(d.activation, v), slope(d.dual, v)):
        assert torch.isfinite(part).all()


@every(MEMBERS)
def test_maps_bend_twice_and_vectorise(d: Divergence) -> None:
    v = torch.linspace(-2.0, 2.0, 7, dtype=torch.float64, requires_grad=True)
    for smooth in (d.activation, d.dual):
        assert torch.autograd.gradgradcheck(smooth, (v,))
        rows = torch.func.vmap(torch.func.grad(lambda s, f=smooth: f(s).sum()))(v.detach().expand(3, 7).clone())
        torch.testing.assert_close(rows[1], smooth.slope(v.detach()))
