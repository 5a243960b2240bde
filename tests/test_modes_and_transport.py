import math

import numpy as np
import pytest

from gan_playground.metrics.modes import found, score_modes

GRID = np.stack(np.meshgrid([-2.0, 0.0, 2.0], [-2.0, 0.0, 2.0]), -1).reshape(-1, 2)
SD = 0.1


def perfect(n: int, seed: int, modes: np.ndarray = GRID, sd: float = SD) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return modes[rng.integers(len(modes), size=n)] + sd * rng.standard_normal((n, modes.shape[1]))


def slowly(sample: np.ndarray, modes: np.ndarray, sd: float) -> tuple[list[int], float, float, float]:
    """The same scores, one point at a time."""
    held: list[list[np.ndarray]] = [[] for _ in modes]
    for x in sample:
        distance = [math.dist(x, m) for m in modes]
        best = min(range(len(modes)), key=distance.__getitem__)
        if distance[best] <= 4 * sd:
            held[best].append(x)
    counts = [len(points) for points in held]
    total = sum(counts)
    kl = sum(c / total * math.log(c / total * len(modes)) for c in counts if c)
    square = freedom = 0.0
    for points in held:
        for x in points:
            square += math.dist(x, np.mean(points, 0)) ** 2
        freedom += modes.shape[1] * max(len(points) - 1, 0)
    return counts, total / len(sample), kl, math.sqrt(square / freedom) / sd


@pytest.mark.parametrize("shrink", [0.5, 1.0, 3.0])
def test_agrees_with_one_point_at_a_time(shrink: float) -> None:
    sample = perfect(700, seed=3, sd=SD * shrink)
    score = score_modes(sample, GRID, SD, step=7)
    counts, share, kl, ratio = slowly(sample, GRID, SD)
    assert (score.step, score.n) == (7, 700)
    assert score.counts.tolist() == counts
    assert score.high_quality == pytest.approx(share, rel=1e-12)
    assert score.kl == pytest.approx(kl, rel=1e-9, abs=1e-12)
    assert score.sd_ratio == pytest.approx(ratio, rel=1e-9)


def test_a_perfect_sample_scores_as_the_bell_says() -> None:
    n = 200_000
    score = score_modes(perfect(n, seed=0), GRID, SD)
    outside = math.exp(-8)  # P(|x| > 4 sd) in the plane
    assert abs(1 - score.high_quality - outside) < 4 * math.sqrt(outside / n)
    assert 0 <= score.kl < 2 * (len(GRID) - 1) / n  # 2n KL is chi-square with k - 1 degrees of freedom
    assert abs(score.sd_ratio - math.sqrt(1 - 8 * outside / (1 - outside))) < 4 / math.sqrt(4 * n)
    assert found(score) == len(GRID)


def test_a_collapse_is_of_high_quality_and_says_so_elsewhere() -> None:
    sample = perfect(10_000, seed=1, modes=GRID[4:5], sd=0.2 * SD)
    score = score_modes(sample, GRID, SD)
    assert score.high_quality == 1.0
    assert found(score) == 1
    assert score.kl == pytest.approx(math.log(9), rel=1e-12)
    assert score.sd_ratio == pytest.approx(0.2, rel=0.02)


def test_a_mode_is_found_by_100_of_10_000() -> None:
    modes = np.array([[0.0, 0.0], [10.0, 0.0], [20.0, 0.0]])
    sample = np.repeat(modes, [9_801, 100, 99], axis=0)
    score = score_modes(sample, modes, 1.0)
    assert score.counts.tolist() == [9_801, 100, 99]
    assert found(score) == 2


def test_the_disc_ends_at_4_sd() -> None:
    score = score_modes(np.array([[3.999], [4.001], [-3.999]]), np.array([[0.0]]), 1.0)
    assert score.counts.tolist() == [2]


def test_points_that_are_nowhere_give_no_frequencies() -> None:
    lost = score_modes(np.full((50, 2), 100.0), GRID, SD)
    assert lost.high_quality == 0
    assert math.isnan(lost.kl)
    assert math.isnan(lost.sd_ratio)
    broken = score_modes(np.vstack([np.full((50, 2), np.nan), GRID]), GRID, SD)
    assert broken.n == 59
    assert broken.counts.tolist() == [1] * 9
    assert math.isnan(broken.sd_ratio)


def test_moving_or_rescaling_the_picture_changes_nothing() -> None:
    sample = perfect(500, seed=5, sd=1.7 * SD)
    score, moved = score_modes(sample, GRID, SD), score_modes(3 * sample + 7, 3 * GRID + 7, 3 * SD)
    assert score.counts.tolist() == moved.counts.tolist()
    assert score.sd_ratio == pytest.approx(moved.sd_ratio, rel=1e-9)
