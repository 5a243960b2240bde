"""How a player follows its gradient: Adam, RMSProp or plain gradient descent, for all runs in a handful of operations.

Rates are numbers that come with each update, one row a run, so that moving a slider rebuilds nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

Floats = NDArray[np.float64]

EPSILON: Final = 1e-8
FLOOR: Final = 1e-30
"""Far below epsilon squared: it only keeps the v of a silent unit out of the subnormal numbers, which are slow."""


@dataclass(frozen=True, slots=True)
class Moments:
    """What an optimizer remembers of the gradients so far, ``[runs, P]`` each, and room to compute in."""

    first: Tensor
    second: Tensor
    room: Tensor
    floor: Tensor


@dataclass(frozen=True, slots=True)
class Optimizer:
    """One rule.

    ``plan(rate, count, beta1, beta2)`` turns the rates of coming updates, and their numbers counted from 1, into
    ``(epsilon, -size)``. ``move(parameters, gradient, moments, plan, 1 - beta1, 1 - beta2)`` makes one update in place;
    plan and betas are ``[runs, 1]``.
    """

    plan: Callable[[Floats, Floats, float, float], tuple[Floats, Floats]]
    move: Callable[[Tensor, Tensor, Moments, tuple[Tensor, Tensor], Tensor, Tensor], None]


def _adam_plan(rate: Floats, count: Floats, beta1: float, beta2: float) -> tuple[Floats, Floats]:
    """m^/(sqrt(v^) + eps) = c m / (sqrt v + eps sqrt(1 - beta2^t)) with c = sqrt(1 - beta2^t) / (1 - beta1^t)."""
    root = np.sqrt(1 - beta2**count)
    return EPSILON * root, -rate * root / (1 - beta1**count)


def _adam(p: Tensor, g: Tensor, moments: Moments, plan: tuple[Tensor, Tensor], new1: Tensor, new2: Tensor) -> None:
    """Kingma and Ba 2015, algorithm 1, in the order of its section 2 (the corrections folded into the rate)."""
    moments.first.lerp_(g, new1)
    _scaled(p, moments.first, g, moments, plan, new2)


def _rmsprop(p: Tensor, g: Tensor, moments: Moments, plan: tuple[Tensor, Tensor], _: Tensor, new2: Tensor) -> None:
    """Tieleman and Hinton 2012: Adam without momentum and without corrections."""
    _scaled(p, g, g, moments, plan, new2)


def _scaled(p: Tensor, way: Tensor, g: Tensor, moments: Moments, plan: tuple[Tensor, Tensor], new2: Tensor) -> None:
    """Set p <- p - size * way / (sqrt(v) + eps), v the running mean of g^2 + `FLOOR`."""
    epsilon, size = plan
    room = torch.addcmul(moments.floor, g, g, out=moments.room)
    moments.second.lerp_(room, new2)
    torch.sqrt(moments.second, out=room).add_(epsilon)
    p.addcmul_(torch.div(way, room, out=room), size)


def _sgd(p: Tensor, g: Tensor, _: Moments, plan: tuple[Tensor, Tensor], __: Tensor, ___: Tensor) -> None:
    p.addcmul_(g, plan[1])


OPTIMIZERS: Final[Mapping[str, Optimizer]] = {
    "adam": Optimizer(_adam_plan, _adam),
    "rmsprop": Optimizer(lambda rate, count, *_: (np.full_like(count, EPSILON), -rate), _rmsprop),
    "sgd": Optimizer(lambda rate, count, *_: (np.zeros_like(count), -rate), _sgd),
}
"""The rules by the names of the knob ``optimizer``."""
