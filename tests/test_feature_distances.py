"""Scores in features against closed forms and slow twins."""

import numpy as np
import pytest

from gan_playground.metrics.feature_distances import balance, entropy, frechet, kid, precision_recall, rank_test


def test_frechet_of_gaussians_is_its_closed_form() -> None:
    """Diagonal covariances: |m - n|^2 + sum (s - t)^2."""
    rng = np.random.default_rng(0)
    s, t, gap = np.array([1.0, 2.0, 0.5]), np.array([1.5, 1.0, 0.5]), np.array([1.0, 0.0, -2.0])
    x, y = rng.normal(0, s, (200_000, 3)), rng.normal(gap, t, (200_000, 3))
    assert frechet(x, y) == pytest.approx(float(gap @ gap + np.square(s - t).sum()), rel=0.02)
    assert abs(frechet(x, x)) < 1e-9
    flat = np.concatenate((x, np.zeros((len(x), 1))), 1)  # a feature that never fires: a singular covariance
    assert frechet(flat, flat + 1) == pytest.approx(4, rel=1e-6)


def slow_mmd(x: np.ndarray, y: np.ndarray) -> float:
    """Binkowski et al. 2018, eq. 4, term by term."""

    def k(a: np.ndarray, b: np.ndarray) -> float:
        return (float(a @ b) / len(a) + 1) ** 3

    n, m = len(x), len(y)
    among_x = sum(k(x[i], x[j]) for i in range(n) for j in range(n) if i != j) / (n * (n - 1))
    among_y = sum(k(y[i], y[j]) for i in range(m) for j in range(m) if i != j) / (m * (m - 1))
    return among_x + among_y - 2 * sum(k(a, b) for a in x for b in y) / (n * m)


def test_the_kernel_distance_is_its_definition_over_blocks() -> None:
    rng = np.random.default_rng(4)
    x, y = rng.normal(0, 1, (37, 5)), rng.normal(0.5, 1.5, (31, 5))
    slow = [slow_mmd(x[start : start + 10], y[start : start + 10]) for start in (0, 10, 20)]
    mean, error = kid(x, y, block=10)
    assert mean == pytest.approx(np.mean(slow), rel=1e-9)
    assert error == pytest.approx(np.std(slow, ddof=1) / np.sqrt(3), rel=1e-9)
    with pytest.raises(ValueError, match="two blocks"):
        kid(x, y)


def test_the_kernel_distance_is_unbiased_and_its_error_is_honest() -> None:
    """Equal laws: 300 distances have mean 0, and spread as their own errors say; a shift shows."""
    rng = np.random.default_rng(5)
    found = np.array([kid(*rng.normal(0, 1, (2, 400, 4)), block=40) for _ in range(300)])
    spread = found[:, 0].std()
    assert abs(found[:, 0].mean()) < 4 * spread / np.sqrt(300)
    assert np.sqrt(np.square(found[:, 1]).mean()) == pytest.approx(spread, rel=0.2)
    mean, error = kid(rng.normal(0, 1, (400, 4)), rng.normal(1, 1, (400, 4)), block=40)
    assert mean > 5 * error


def test_entropy_is_most_where_classes_are_equal_and_0_where_one_is_left() -> None:
    assert entropy(np.full(10, 0.1)) == pytest.approx(np.log(10), rel=1e-12)
    assert entropy([0, 1, 0]) == 0
    assert entropy([0.5, 0.25, 0.25, 0]) == pytest.approx(1.5 * np.log(2), rel=1e-12)


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
    # 800 of 2,600 were an even tenth: the distance is that share's excess, its error the binomial one
    assert leaning.error == pytest.approx(np.sqrt(800 / 2600 * 1800 / 2600 / 2600), rel=0.06)


def test_the_rank_test_is_its_definition() -> None:
    rng = np.random.default_rng(3)
    a, b = rng.integers(0, 6, 40).astype(float), rng.integers(-1, 5, 30).astype(float)
    rank, p = rank_test(a, b)
    assert rank == pytest.approx(np.mean([(x > y) + (x == y) / 2 for x in a for y in b]), rel=1e-12)
    assert p < 0.05
    assert rank_test(b, a)[1] > 0.95
