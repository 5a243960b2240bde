"""Scores of a sample against known modes.

The convention is that of DRS (Azadi et al. 2019): a point is of high quality within 4 sd of its
nearest mode, and a mode is found by 100 such points of 10,000. (VEEGAN counts 3 sd and one of 2,500.)
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from gan_playground.frames import Modes

WITHIN: Final = 4.0
"""Radius of a mode's disc, in sd."""

SHARE_FOUND: Final = 0.01
"""A mode is found by this share of the sample: 100 of 10,000."""

SAMPLE: Final = 10_000
"""Points of a score that is quoted."""


def score_modes(sample: NDArray[np.floating], modes: NDArray[np.float64], sd: float, step: int = 0) -> Modes:
    r"""Score ``sample`` ``[n, dim]`` against equal modes ``[k, dim]`` of standard deviation ``sd``.

    Each point counts for its nearest mode if it lies within 4 sd of it. With these counts n_i,
    ``high_quality`` is Σ n_i / n; ``kl`` = Σ f_i log(k f_i) with f_i = n_i / Σ n_i, in nats, log k for
    a collapse on one mode and nan where nothing is near any; ``sd_ratio`` the standard deviation, per
    axis, of these points about the mean of their own mode's points, over ``sd``: nan where no mode has
    two of them. In the plane a perfect sample gives .99966, nearly 0 and .9987, since 4 sd cut the
    bell's tail. Rows that are not finite are near no mode.
    """
    points = np.asarray(sample, np.float64)
    finite = points[np.isfinite(points).all(1)]
    square = ((finite[:, None, :] - modes) ** 2).sum(-1)
    nearest = square.argmin(1)
    near = square[np.arange(len(finite)), nearest] <= (WITHIN * sd) ** 2
    held, mode = finite[near], nearest[near]
    counts = np.bincount(mode, minlength=len(modes))
    return Modes(
        step=step,
        n=len(points),
        counts=counts,
        high_quality=len(held) / len(points),
        kl=_kl_from_uniform(counts),
        sd_ratio=_sd_within(held, mode, counts) / sd,
    )


def found(modes: Modes) -> int:
    """Number of modes that hold at least 1 % of the sample (100 of 10,000) within 4 sd."""
    return int((modes.counts >= SHARE_FOUND * modes.n).sum())


def _kl_from_uniform(counts: NDArray[np.int64]) -> float:
    total = counts.sum()
    if total == 0:
        return float("nan")
    share = counts[counts > 0] / total
    return float((share * np.log(share * len(counts))).sum())


def _sd_within(held: NDArray[np.float64], mode: NDArray[np.int64], counts: NDArray[np.int64]) -> float:
    """Pooled standard deviation per axis about each mode's own mean: sqrt(Σ |x - m|^2 / (dim Σ (n_i - 1)))."""
    dim = held.shape[1]
    freedom = dim * int(np.maximum(counts - 1, 0).sum())
    if freedom == 0:
        return float("nan")
    sums = np.stack([np.bincount(mode, held[:, axis], len(counts)) for axis in range(dim)], 1)
    means = sums / np.maximum(counts, 1)[:, None]
    return float(np.sqrt(((held - means[mode]) ** 2).sum() / freedom))
