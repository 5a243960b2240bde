"""What a critic's own game left behind of a log-ratio: the ratio that everyone has before it is continued."""

import numpy as np
from torch import Tensor

from gan_playground.learners.gan.objectives import Objective
from gan_playground.rejection import Floats, level
from gan_playground.rejection.calibration import Diagnosis, diagnose


def own_log_ratio(game: Objective, values: Tensor) -> Floats | None:
    """Return the log-ratio of raw values V ``[n]``, up to a constant where the game leaves V's level free.

    None for a divergence whose best critic knows only a sign.
    """
    if game.log_ratio is not None:
        return game.log_ratio(values.double()).numpy()
    return None if game.divergence is not None else values.double().numpy()


def diagnose_as_trained(game: Objective, real: Tensor, generated: Tensor) -> Diagnosis | None:
    """Return what raw values of real and of generated samples, ``[n]`` each, say of a critic as its game left it.

    A free constant is fixed by E_G[ratio] = 1. None for a critic that knows only a sign, or whose ratios are NaN or
    nowhere finite.
    """
    ours, theirs = own_log_ratio(game, real), own_log_ratio(game, generated)
    if (
        ours is None
        or theirs is None
        or np.isnan(ours).any()
        or np.isnan(theirs).any()
        or not np.isfinite(theirs).any()
    ):
        return None
    constant = 0.0 if game.log_ratio is not None else level(theirs)
    return diagnose(ours - constant, theirs - constant)
