"""The kernel density score against its definition, and both protocols against what they promise."""

import numpy as np
import pytest
from scipy.special import logsumexp

from gan_playground.metrics.parzen import FGAN_SIGMAS, GAN_2014_SIGMAS, ROWS, fgan, gan_2014, kde, nearest_distances

RNG = np.random.default_rng(0)


def twin(samples: np.ndarray, test: np.ndarray, sigma: float) -> np.ndarray:
    """Parzen's definition, one test image at a time."""
    dimension = samples.shape[1]
    return np.array(
        [
            logsumexp(-0.5 * np.square((x - samples) / sigma).sum(1))
            - np.log(len(samples))
            - dimension * np.log(sigma * np.sqrt(2 * np.pi))
            for x in test
        ]
    )


@pytest.mark.parametrize(("dtype", "rtol"), [(np.float32, 1e-5), (np.float64, 1e-6)])
def test_kde_is_its_definition(dtype: type, rtol: float) -> None:
    samples, test = RNG.random((60, 50)).astype(dtype), RNG.random((7, 50)).astype(dtype)
    found = kde(samples, test, [0.1, 0.2, 1.0])
    for row, sigma in enumerate((0.1, 0.2, 1.0)):
        np.testing.assert_allclose(
            found[row], twin(samples.astype(float), test.astype(float), sigma), rtol=rtol, atol=0
        )


def test_single_precision_moves_a_score_of_sharp_images_by_less_than_a_thousandth_of_a_nat() -> None:
    """As many dimensions as a digit, as dark: ink of 0 or 1 at a fifth of the pixels."""
    samples, test = (RNG.random((n, 784)) < 0.2 for n in (500, 200))
    single = kde(samples.astype(np.float32), test.astype(np.float32), [0.1, 0.2])
    double = kde(samples.astype(np.float64), test.astype(np.float64), [0.1, 0.2])
    assert np.abs(single.mean(1) - double.mean(1)).max() < 1e-3
    assert not np.array_equal(single, double)


def test_the_nearest_image_is_the_one_a_loop_finds() -> None:
    images, others = RNG.random((9, 30)).astype(np.float32), RNG.random((50, 30)).astype(np.float32)
    images[4] = others[17]
    found = nearest_distances(images, others)
    slow = [min(np.linalg.norm(x.astype(float) - y.astype(float)) for y in others) for x in images]
    np.testing.assert_allclose(found, slow, rtol=1e-12, atol=1e-12)
    assert found[4] == 0


def test_a_far_test_image_has_a_finite_likelihood() -> None:
    found = kde(np.zeros((3, 784)), np.ones((1, 784)), [0.1])
    assert abs(found[0, 0] - (-784 / 2 / 0.01 - 784 * np.log(0.1 * np.sqrt(2 * np.pi)))) < 1e-6


def test_blocks_do_not_show() -> None:
    samples, test = RNG.random((40, 6)), RNG.random((ROWS + 3, 6))
    whole = kde(samples, test, [0.3])[0]
    np.testing.assert_allclose(whole[-5:], kde(samples, test[-5:], [0.3])[0], rtol=1e-12, atol=0)


def test_the_2014_protocol_chooses_sigma_on_the_validation_images() -> None:
    samples, validation, test = (RNG.normal(0.5, 0.3, (n, 4)) for n in (400, 200, 300))
    score = gan_2014(samples, validation, test)
    means = [twin(samples, validation, sigma).mean() for sigma in GAN_2014_SIGMAS]
    assert score.sigma == GAN_2014_SIGMAS[int(np.argmax(means))]
    values = twin(samples, test, score.sigma)
    assert abs(score.nats - values.mean()) < 1e-6
    assert abs(score.error - values.std() / np.sqrt(300)) < 1e-6
    assert (score.samples, score.protocol) == (400, "gan-2014")


def test_the_fgan_protocol_chooses_sigma_by_folds_of_the_samples() -> None:
    samples, test = RNG.normal(0.5, 0.3, (90, 3)), RNG.normal(0.5, 0.3, (50, 3))
    score = fgan(samples, test)
    fold = np.arange(90) % 3
    means = [
        np.mean([twin(samples[fold != k], samples[fold == k], sigma).mean() for k in range(3)]) for sigma in FGAN_SIGMAS
    ]
    assert score.sigma == FGAN_SIGMAS[int(np.argmax(means))]
    assert abs(score.nats - twin(samples, test, score.sigma).mean()) < 1e-6


def test_the_score_sees_a_shift_and_rewards_blur() -> None:
    """What the page says of this score: samples drawn in towards the mean beat samples of the law itself."""
    rng = np.random.default_rng(4)
    test, validation = rng.normal(0.5, 0.2, (500, 8)), rng.normal(0.5, 0.2, (300, 8))
    right, shifted, blurred = (
        gan_2014(rng.normal(mean, sd, (1000, 8)), validation, test).nats
        for mean, sd in ((0.5, 0.2), (0.8, 0.2), (0.5, 0.02))
    )
    assert right > shifted + 1
    assert blurred > right + 0.1
