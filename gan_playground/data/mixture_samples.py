"""Draws from typed laws on the line, in single precision on any device."""

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

import numpy as np

from gan_playground.theory.densities import Component, Laplace, Mixture, Normal, StudentT, Uniform

if TYPE_CHECKING:
    from torch import Generator, Tensor

Sampler = Callable[[int, "Generator"], "Tensor"]


def mixture_sampler(law: Mixture) -> Sampler:
    """Return a sampler of float32 [n, 1] on the generator's device."""
    import torch

    columns = [
        torch.tensor(values, dtype=torch.float32)[:, None] for values in zip(*map(_placed, law.parts), strict=True)
    ]
    tables = {torch.device("cpu"): (torch.tensor(np.cumsum(law.weights)[:-1], dtype=torch.float32), *columns)}
    shapes = {type(part): _SHAPES[type(part)] for part in law.parts}

    def sample(n: int, generator: "Generator") -> "Tensor":
        device = generator.device
        if device not in tables:
            cuts, centres, widths, frees = tables[torch.device("cpu")]
            tables[device] = (cuts.to(device), centres.to(device), widths.to(device), frees.to(device))
        cuts, centres, widths, frees = tables[device]
        which = torch.bucketize(torch.rand(n, generator=generator, device=device), cuts, right=True)
        free = frees.index_select(0, which)
        drawn = [shape(free, generator) for shape in shapes.values()]
        values = drawn[0]
        for kind, other in zip(list(shapes)[1:], drawn[1:], strict=True):
            own = torch.tensor([isinstance(part, kind) for part in law.parts], device=device)
            values = torch.where(own.index_select(0, which)[:, None], other, values)
        return values.mul_(widths.index_select(0, which)).add_(centres.index_select(0, which))

    return sample


def _placed(part: Component) -> tuple[float, float, float]:
    """A component's centre, width, and degrees of freedom where it has any."""
    return part.centre, part.scale, part.df if isinstance(part, StudentT) else math.inf


def _standard_normal(free: "Tensor", generator: "Generator") -> "Tensor":
    import torch

    return torch.randn(len(free), 1, generator=generator, device=free.device)


def _standard_uniform(free: "Tensor", generator: "Generator") -> "Tensor":
    import torch

    return torch.rand(len(free), 1, generator=generator, device=free.device).mul_(2).sub_(1)


def _standard_laplace(free: "Tensor", generator: "Generator") -> "Tensor":
    import torch

    pair = torch.empty(len(free), 2, device=free.device).exponential_(generator=generator)
    return pair[:, :1] - pair[:, 1:]  # the difference of two exponential variables is Laplace's law


def _standard_student(free: "Tensor", generator: "Generator") -> "Tensor":
    """Student's t by its quantiles, which every number of degrees of freedom has."""
    import torch
    from scipy.special import stdtrit

    u = torch.rand(len(free), 1, generator=generator, device=free.device, dtype=torch.float64).clamp_(min=2.0**-54)
    df = torch.where(free < math.inf, free, 2.0)
    return torch.from_numpy(stdtrit(df.double().cpu().numpy(), u.cpu().numpy())).to(free)


_SHAPES: Final[Mapping[type, Callable[["Tensor", "Generator"], "Tensor"]]] = {
    Normal: _standard_normal,
    Uniform: _standard_uniform,
    Laplace: _standard_laplace,
    StudentT: _standard_student,
}
"""How a law of centre 0 and width 1 is drawn, one draw for each row of degrees of freedom [n, 1]."""
