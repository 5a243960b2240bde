"""Frames: immutable snapshots of a run, all that a view ever sees of it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from gan_playground.settings import Settings
from gan_playground.words import Note

Floats = NDArray[np.floating]
Certainty = Literal["exact", "approximate", "infinite", "unknown"]


@dataclass(frozen=True, slots=True)
class Unit:
    """How the critic's field is to be read.

    ``name`` is T, V, D or f; ``midpoint`` the value of a critic that cannot tell, or where the game fixes none
    (``fixed`` is False) the field's median; the colour map reaches its ends at ``midpoint - reach`` and
    ``midpoint + reach`` and stays there.
    """

    name: str
    midpoint: float
    reach: float
    fixed: bool = True

    def levels(self, count: int = 12) -> Floats:
        """Levels of the critic's contours, ``[2 * count]``: midpoint -+ 2^k b, b the power of 2 below reach / 2.

        So a field of any height has a handful of lines, and they never move with the data.
        """
        steps = 2.0 ** (math.floor(math.log2(self.reach / 2)) + np.arange(count))
        return np.concatenate([self.midpoint - steps[::-1], self.midpoint + steps])


@dataclass(frozen=True, slots=True)
class Reading:
    """One number beside its truth: a value, how sure it is, and the sentence that says why.

    ``error`` is the stated error of an approximate value in the value's own unit; ``log_value`` is
    the natural logarithm of a finite value beyond float64 (nan otherwise); ``step`` that of a slow measurement,
    None where the reading is of the frame's own.
    """

    value: float
    certainty: Certainty = "unknown"
    error: float = 0.0
    log_value: float = float("nan")
    why: Note | None = None
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Transport:
    """W1 and W2 measured on samples, beside the noise floor of the same estimator.

    ``floor`` is the 10 % and 90 % quantile of the estimator between two draws of the target; ``n``
    the points on each side; ``exact_w1`` the value by CDFs where both laws are known (1-D).
    ``divergence`` is D_f of the same generator where it is too slow for every row of the history: the
    estimate in 2-D ("approximate"), that of a network's push-forward in 1-D ("exact").
    """

    step: int
    n: int
    w1: float
    w2: float
    floor_w1: tuple[float, float]
    floor_w2: tuple[float, float]
    exact_w1: float | None = None
    divergence: Reading | None = None


@dataclass(frozen=True, slots=True)
class Modes:
    """How a sample sits on the modes of a Gaussian grid.

    ``counts`` are the hits within 4 sd of each mode; ``high_quality`` the share of the sample within
    4 sd of any; ``kl`` is KL(mode frequencies || uniform) in nats; ``sd_ratio`` the within-mode
    standard deviation over the true one.
    """

    step: int
    n: int
    counts: NDArray[np.int64]
    high_quality: float
    kl: float
    sd_ratio: float


@dataclass(frozen=True, slots=True)
class History:
    """The run so far, one row a measured step; columns share one length, nan where unknown.

    ``columns`` holds ``step, critic_loss, generator_loss, critic_gradient, generator_gradient,
    bound, exact`` and, for a linear generator, ``mu, sigma``.
    """

    columns: Mapping[str, Floats]
    transports: tuple[Transport, ...] = ()
    modes: tuple[Modes, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What a run looks like at one step.

    Axes are 1-D float64 grids, one a dimension; fields over them are ``[n]`` or ``[n_y, n_x]``.
    Densities are None where they are not known exactly (the target) or not to a stated error (the
    generator); a kernel estimate never stands in for them. ``samples`` maps ``real`` and
    ``generated`` to ``[n, dim]``, ``pull`` to the generator's descent direction at the generated
    points ``[m, dim]``, and ``manifold`` to the image of a latent grid ``[g, g, 2]``. ``centres`` is the
    number of modes, 0 where they can't be told apart; ``modes`` how the points in hand sit on them, or the many that
    were counted at this very step.

    >>> from gan_playground import create, observe, recommended
    >>> frame = observe(create(recommended("fgan-mixture", "js"), "cpu"))
    >>> frame.exact.certainty, frame.generated_certainty
    ('exact', 'exact')
    """

    settings: Settings
    step: int
    axes: tuple[Floats, ...]
    unit: Unit
    critic: Floats
    optimal_critic: Floats | None
    target: Floats | None
    generated: Floats | None
    generated_certainty: Certainty
    samples: Mapping[str, Floats]
    history: History
    bound: Reading
    exact: Reading
    note: Note
    stopped: Note | None = None
    warnings: tuple[Note, ...] = ()
    best_fit: tuple[float, float, float] | None = None
    landscape: Mapping[str, Floats] = field(default_factory=dict)
    centres: int = 0
    modes: Modes | None = None
