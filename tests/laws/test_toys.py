import math
from itertools import pairwise
from typing import cast

import numpy as np
import pytest
import torch
from scipy import integrate, special, stats

from gan_playground.data.planes import Ridge, _log_sum
from gan_playground.data.toys import SEPARATION, TOYS, TOYS_1D, TOYS_2D, Toy, toy
from gan_playground.metrics.modes import found, score_modes
from gan_playground.settings import Settings
from gan_playground.theory.densities import Density

ALL = TOYS_1D + TOYS_2D
CELL = 0.5


def of(key: str, **more: object) -> Toy:
    return toy(Settings.parse({"data": key, **more}))


def draw(law: Toy, n: int, seed: int = 0) -> np.ndarray:
    return law.sample(n, torch.Generator().manual_seed(seed)).numpy()


def cells(law: Toy) -> tuple[list[np.ndarray], np.ndarray]:
    """Edges of a coarse grid that reaches beyond the window, and the mass of each cell by the density alone."""
    reach = [(math.floor(low / CELL) * CELL - 1, math.ceil(high / CELL) * CELL + 1) for low, high in law.window]
    edges = [np.arange(low, high + CELL / 2, CELL) for low, high in reach]
    order = 60 if law.key == "25-gaussians" else 24
    t, w = np.polynomial.legendre.leggauss(order)
    nodes = [(e[:-1, None] + CELL * (t + 1) / 2).ravel() for e in edges]
    weight = np.tile(w * CELL / 2, 1)
    if law.dim == 1:
        p = np.exp(law.density.log_density(nodes[0])).reshape(-1, order)
        return edges, p @ weight
    x, y = np.meshgrid(*nodes, indexing="ij")
    p = np.exp(law.density.log_density(np.stack((x, y), -1)))
    p = p.reshape(len(edges[0]) - 1, order, len(edges[1]) - 1, order)
    return edges, np.einsum("aibj,i,j->ab", p, weight, weight)


LINKED = {
    *("fgan-mixture", "far-gaussians", "uniform", "laplace", "student-t", "mixture", "8-gaussians", "25-gaussians"),
    *("ring", "line", "swiss-roll", "two-moons", "checkerboard", "three-blobs"),
}
"""Toys that stand in links which people have: they may never go."""


def test_no_toy_of_an_old_link_has_gone() -> None:
    assert set(TOYS) >= LINKED


@pytest.mark.parametrize("key", ALL)
def test_a_toy_is_its_key_and_has_its_dimension(key: str) -> None:
    law = of(key)
    assert law.key == key
    assert law.dim == Settings(data=key).dim == len(law.window) == draw(law, 2).shape[1]
    assert of(key) is law


@pytest.mark.parametrize("key", ALL)
def test_samples_agree_with_the_density(key: str) -> None:
    law, n = of(key), 40_000
    edges, mass = cells(law)
    outside = 1 - mass.sum()
    assert abs(outside) < (0.005 if key in ("student-t", "laplace") else 1e-6)  # those two have mass beyond the grid
    counts, _ = np.histogramdd(draw(law, n, seed=11), edges)
    observed, expected = np.append(counts, n - counts.sum()), n * np.append(mass, max(outside, 0))
    rare = expected < 20
    observed = np.append(observed[~rare], observed[rare].sum())
    expected = np.append(expected[~rare], expected[rare].sum())
    if expected[-1] < 5:  # too few for chi-square: by Poisson's law instead
        assert stats.poisson.sf(observed[-1] - 1, expected[-1] + 1e-9) > 1e-5
        observed, expected = observed[:-1], expected[:-1] * observed[:-1].sum() / expected[:-1].sum()
    chance = stats.chi2.sf(((observed - expected) ** 2 / expected).sum(), len(expected) - 1)
    assert 1e-4 < chance < 1 - 1e-4


@pytest.mark.parametrize("key", TOYS_1D)
def test_density_on_the_line_integrates_to_one(key: str) -> None:
    density = cast(Density, of(key).density)
    ends = sorted({-np.inf, np.inf, *(x for x in density.breakpoints if math.isfinite(x))})
    mass = sum(
        integrate.quad(lambda x: float(np.exp(density.log_density(np.array([x]))[0])), a, b, epsabs=1e-12)[0]
        for a, b in pairwise(ends)
    )
    assert mass == pytest.approx(1, abs=1e-8)


@pytest.mark.parametrize("key", ALL)
def test_the_window_holds_99_percent(key: str) -> None:
    law = of(key)
    low, high = np.array(law.window).T
    x = draw(law, 100_000, seed=2)
    assert ((x >= low) & (x <= high)).all(1).mean() >= 0.99


@pytest.mark.parametrize("key", ALL)
def test_a_seed_fixes_the_samples_and_nothing_else_moves_them(key: str) -> None:
    law = of(key)
    before = torch.random.get_rng_state()
    first, again, other = draw(law, 300, 5), draw(law, 300, 5), draw(law, 300, 6)
    assert first.dtype == np.float32
    assert first.shape == (300, law.dim)
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert torch.equal(before, torch.random.get_rng_state())


@pytest.mark.parametrize("key", [key for key in ALL if of(key).modes is not None])
def test_modes_are_apart_and_a_sample_of_the_toy_finds_them_all(key: str) -> None:
    law = of(key)
    assert law.modes is not None
    assert law.mode_sd is not None
    gaps = np.linalg.norm(law.modes[:, None] - law.modes, axis=-1)
    assert gaps[gaps > 0].min() >= SEPARATION * law.mode_sd
    score = score_modes(draw(law, 10_000), law.modes, law.mode_sd)
    assert found(score) == len(law.modes)
    assert score.high_quality > 0.998
    assert score.sd_ratio == pytest.approx(0.9987, abs=0.025)


@pytest.mark.parametrize("key", [key for key in TOYS_2D if isinstance(of(key).density, Ridge)])
def test_twice_the_nodes_give_the_same_density(key: str) -> None:
    law = of(key).density
    assert isinstance(law, Ridge)
    rng = np.random.default_rng(0)
    angle, reach = rng.uniform(0, 2 * np.pi, 1500), rng.uniform(0, 6 * law.sd, 1500)
    on = law.curve(torch.from_numpy(rng.random(1500))).numpy()
    x = on + np.stack((np.cos(angle), np.sin(angle)), 1) * reach[:, None]
    finer = Ridge(law.curve, law.sd, 2 * law.panels)
    assert np.abs(finer.log_density(x) - law.log_density(x)).max() < 1e-8


@pytest.mark.parametrize("key", [key for key in TOYS_2D if isinstance(of(key).density, Ridge)])
def test_summing_by_tiles_leaves_nothing_out(key: str) -> None:
    law = of(key).density
    assert isinstance(law, Ridge)
    x = np.random.default_rng(4).uniform(-3, 3, (3000, 2)) * np.repeat([[1.0], [0.3], [30.0]], 1000, 0)
    whole = _log_sum(x / law.sd, law.nodes / law.sd, law.weights) - math.log(2 * math.pi * law.sd**2)
    assert np.allclose(law.log_density(x), whole, rtol=1e-13, atol=1e-13)
    assert law.log_density(x.reshape(30, 100, 2)).shape == (30, 100)


def test_ring_and_line_agree_with_their_closed_forms() -> None:
    x = np.random.default_rng(1).uniform(-2.6, 2.6, (400, 2))
    ring = of("ring").density
    r, s = np.hypot(*x.T), 0.1
    bessel = np.log(special.i0e(2 * r / s**2)) - (r - 2) ** 2 / (2 * s**2) - math.log(2 * math.pi * s**2)
    assert np.abs(ring.log_density(x) - bessel).max() < 1e-8
    line, s, length = of("line").density, 0.05, math.sqrt(20)
    along, across = (2 * x[:, 0] + x[:, 1]) / math.sqrt(5), (2 * x[:, 1] - x[:, 0]) / math.sqrt(5)
    near = np.abs(along) < length / 2 + 4 * s
    inside = special.ndtr((along + length / 2) / s) - special.ndtr((along - length / 2) / s)
    exact = np.log(inside[near] / length) + stats.norm.logpdf(across[near], scale=s)
    assert np.abs(line.log_density(x[near]) - exact).max() < 1e-7


def test_published_scales() -> None:
    grid = of("25-gaussians")
    assert grid.modes is not None
    assert grid.mode_sd == pytest.approx(0.01768, abs=5e-6)
    assert np.abs(np.unique(grid.modes) - 0.7072 * np.arange(-2, 3)).max() < 1e-4
    roll = of("swiss-roll").density
    assert isinstance(roll, Ridge)
    assert roll.sd == pytest.approx(0.25 / 7.5)
    radius = roll.curve(torch.tensor([0.0, 0.25, 1.0], dtype=torch.float64)).norm(dim=1)
    assert radius.tolist() == pytest.approx([1.5 * math.pi / 7.5, 2.25 * math.pi / 7.5, 4.5 * math.pi / 7.5])


def test_knobs_of_the_data_reach_the_law() -> None:
    for distance in (0.0, 2.0, 9.5):
        law = of("far-gaussians", distance=distance)
        x = draw(law, 20_000)
        assert x.std() == pytest.approx(math.sqrt(0.25 + distance**2 / 4), rel=0.03)
        assert (law.modes is None) == (distance < 4)
    typed = of("mixture", mixture="0.5*N(10,0.1)+0.5*N(30,2)")
    x = draw(typed, 20_000)
    assert x.mean() == pytest.approx(20, abs=0.3)
    assert np.median(np.abs(x[x < 15] - 10)) == pytest.approx(0.0674, rel=0.05)
    assert typed.window == ((-3.0, 38.0),)


def test_far_from_every_centre_the_logarithm_stays_finite() -> None:
    far = np.array([[40.0, -40.0]])
    for key in TOYS_2D:
        if key != "checkerboard":
            value = of(key).density.log_density(far)
            assert np.isfinite(value).all()
            assert value[0] < -500
    assert of("checkerboard").density.log_density(far)[0] == -np.inf
