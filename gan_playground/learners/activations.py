"""The activations of the perceptrons: each function with its derivatives, and what is known of a network of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor
from torch.nn.functional import elu_, leaky_relu_

aten = torch.ops.aten
LEAK: Final = 0.2


@dataclass(frozen=True, slots=True)
class Activation:
    """A function s with its derivatives, read off its output h = s(a).

    ``apply(a)`` is s in place and ``slope(h)`` is s'(a). ``pull(d, h)`` is d * s'(a) in place by one kernel, which
    rounds otherwise than d * slope(h) does. ``piecewise_linear`` says whether s, and so a network of it, is straight
    between its kinks; ``bounded`` whether its values are.
    """

    apply: Callable[[Tensor], Tensor]
    slope: Callable[[Tensor], Tensor]
    pull: Callable[[Tensor, Tensor], Tensor]
    piecewise_linear: bool
    bounded: bool = False


ACTIVATIONS: Final[Mapping[str, Activation]] = {
    "relu": Activation(
        apply=torch.relu_,
        slope=lambda h: (h > 0).to(h),
        pull=lambda d, h: aten.threshold_backward.grad_input(d, h, 0.0, grad_input=d),
        piecewise_linear=True,
    ),
    "leaky-relu": Activation(
        apply=lambda a: leaky_relu_(a, LEAK),
        slope=lambda h: torch.where(h > 0, 1.0, LEAK).to(h),
        pull=lambda d, h: aten.leaky_relu_backward.grad_input(d, h, LEAK, True, grad_input=d),
        piecewise_linear=True,
    ),
    "elu": Activation(
        apply=elu_,
        slope=lambda h: torch.where(h > 0, 1.0, h + 1),
        pull=lambda d, h: aten.elu_backward.grad_input(d, 1.0, 1.0, 1.0, True, h, grad_input=d),
        piecewise_linear=False,
    ),
    "tanh": Activation(
        apply=torch.tanh_,
        slope=lambda h: 1 - h * h,
        pull=lambda d, h: aten.tanh_backward.grad_input(d, h, grad_input=d),
        piecewise_linear=False,
        bounded=True,
    ),
}
"""By the names of `settings.ACTIVATIONS`, which are listed there because settings know no tensors."""
