"""Scores in features against closed forms and slow twins."""

import numpy as np
import pytest

from gan_playground.feature_scores import balance, frechet, precision_recall, rank_test


def test_frechet_of_gaussians_is_its_closed_form() -> None:
    """Diagonal covariances: |m - n|^2 + sum (s - t)^2."""
    rng = np.random.default_rng(0)
    s, t, gap = np.array([1.0, 2.0, 0.5]), np.array([1.5, 1.0, 0.5]), np.array([1.0, 0.0, -2.0])
    x, y = rng.normal(0, s, (200_000, 3)), rng.normal(gap, t, (200_000, 3))
    assert frechet(x, y) == pytest.approx(float(gap @ gap + np.square(s - t).sum()), rel=0.02)
    assert abs(frechet(x, x)) < 1e-9
    flat = np.concatenate((x, np.zeros((len(x), 1))), 1)  # a feature that never fires: a singular covariance
    assert frechet(flat, flat + 1) == pytest.approx(4, rel=1e-6)


def slow_precision(real: np.ndarray, generated: np.ndarray, k: int) -> float:
    inside = 0
    for x in generated:
        for centre in real:
            radius = sorted(np.linalg.norm(real - centre, axis=1))[k]
            if np.linalg.norm(x - centre) <= radius:
                inside += 1
                break
    return inside / len(generated)


def test_precision_and_recall_are_their_slow_twins() -> None:
    rng = np.random.default_rng(1)
    real, generated = rng.normal(0, 1, (60, 4)), rng.normal(0.7, 1.4, (50, 4))
    precision, recall = precision_recall(real, generated)
    assert precision == pytest.approx(slow_precision(real, generated, 3), abs=1e-9)
    assert recall == pytest.approx(slow_precision(generated, real, 3), abs=1e-9)
    assert 0.2 < precision < 1
    narrow = precision_recall(rng.normal(0, 1, (800, 4)), rng.normal(0, 0.2, (800, 4)))
    assert narrow[0] > 0.99  # believable, but a corner of the data
    assert narrow[1] < 0.2


def test_balance_against_chance() -> None:
    shares = np.full(10, 0.1)
    fair = balance(np.random.default_rng(2).integers(0, 10, 4000), shares)
    assert fair.distance < fair.floor * 1.3
    assert 0.01 < fair.floor < 0.04
    leaning = balance(np.repeat(np.arange(10), [800] + [200] * 9), np.full(10, 0.1))
    assert leaning.distance == pytest.approx(800 / 2600 - 0.1, rel=1e-9)
    assert sum(leaning.shares) == pytest.approx(1)


def test_the_rank_test_is_its_definition() -> None:
    rng = np.random.default_rng(3)
    a, b = rng.integers(0, 6, 40).astype(float), rng.integers(-1, 5, 30).astype(float)
    rank, p = rank_test(a, b)
    assert rank == pytest.approx(np.mean([(x > y) + (x == y) / 2 for x in a for y in b]), rel=1e-12)
    assert p < 0.05
    assert rank_test(b, a)[1] > 0.95
