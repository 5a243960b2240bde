"""Every member of the family, and the grids that its laws are looked at on."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from gan_playground.theory.divergences import DIVERGENCES, Divergence, alpha, weighted_js

MEMBERS = [
    *DIVERGENCES.values(),
    *(weighted_js(pi) for pi in (0.05, 0.25, 0.5, 0.9)),
    *(alpha(a) for a in (-2.0, -1.0, 0.0, 0.05, 0.5, 0.9, 1.0, 1.5, 2.0, 3.0)),
]
SMOOTH = [member for member in MEMBERS if member.curvature is not None]


def every(members: list[Divergence]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("d", members, ids=[member.label for member in members])


def u_grid(n: int = 400, reach: float = 6.0) -> Tensor:
    return torch.exp(torch.linspace(-reach, reach, n, dtype=torch.float64))


def v_grid(n: int = 401, reach: float = 8.0) -> Tensor:
    return torch.linspace(-reach, reach, n, dtype=torch.float64)


def slope(function: Callable[[Tensor], Tensor], at: Tensor) -> Tensor:
    at = at.clone().requires_grad_(True)
    return torch.autograd.grad(function(at).sum(), at)[0]
