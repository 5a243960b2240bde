"""How a player follows its gradient: Adam, RMSProp or plain gradient descent.

Rates are numbers that come with each update, so that moving a slider rebuilds nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

Floats = NDArray[np.float64]
Move = Callable[[Tensor, Tensor, Tensor, Tensor, float, float, float, float], None]

EPSILON: Final = 1e-8
FLOOR: Final = 1e-30
"""Far below epsilon squared: it only keeps the v of a silent unit out of the subnormal numbers, which are slow."""


@dataclass(frozen=True, slots=True)
class Optimizer:
    """One rule.

    ``plan(rate, count, beta1, beta2)`` turns the rates of coming updates, and their numbers counted from 1, into
    ``(epsilon, -size)``. ``move(p, g, m, v, epsilon, -size, 1 - beta1, 1 - beta2)`` makes one update of parameters p
    along a gradient g, with what it remembers, m and v, all ``[P]`` and in place.
    """

    plan: Callable[[Floats, Floats, float, float], tuple[Floats, Floats]]
    move: Move


def _adam_plan(rate: Floats, count: Floats, beta1: float, beta2: float) -> tuple[Floats, Floats]:
    """m^/(sqrt(v^) + eps) = c m / (sqrt v + eps sqrt(1 - beta2^t)) with c = sqrt(1 - beta2^t) / (1 - beta1^t)."""
    root = np.sqrt(1 - beta2**count)
    return EPSILON * root, -rate * root / (1 - beta1**count)


def _adam(p: Tensor, g: Tensor, m: Tensor, v: Tensor, epsilon: float, size: float, new1: float, new2: float) -> None:
    """Kingma and Ba 2015, algorithm 1, in the order of its section 2 (the corrections folded into the rate)."""
    m.lerp_(g, new1)
    v.lerp_(g.square() + FLOOR, new2)
    p.add_(m / (v.sqrt() + epsilon), alpha=size)


def _rmsprop(p: Tensor, g: Tensor, _: Tensor, v: Tensor, epsilon: float, size: float, __: float, new2: float) -> None:
    """Tieleman and Hinton 2012: Adam without momentum and without corrections."""
    v.lerp_(g.square() + FLOOR, new2)
    p.add_(g / (v.sqrt() + epsilon), alpha=size)


def _sgd(p: Tensor, g: Tensor, _: Tensor, __: Tensor, ___: float, size: float, *____: float) -> None:
    p.add_(g, alpha=size)


OPTIMIZERS: Final[Mapping[str, Optimizer]] = {
    "adam": Optimizer(_adam_plan, _adam),
    "rmsprop": Optimizer(lambda rate, count, *_: (np.full_like(count, EPSILON), -rate), _rmsprop),
    "sgd": Optimizer(lambda rate, count, *_: (np.zeros_like(count), -rate), _sgd),
}
"""The rules by the names of the knob ``optimizer``."""
