"""Multilayer perceptrons: their shapes, how their parameters lie in one flat row, and what they compute.

The pass here is the plain one, which autograd follows; `kernels.passes` is the same, compiled.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import torch
from torch import Tensor
from torch.nn.functional import normalize

from gan_playground.learners.activations import ACTIVATIONS

TINY: Final = 1e-5
"""What keeps the variance of batch normalisation from 0."""
MOMENTUM: Final = 0.1
"""Share of the newest batch in batch normalisation's running statistics."""
ALIGN_ENTRY: Final = 16
"""Every tensor in a flat row takes a multiple of this many numbers."""
ALIGN: Final = 64
"""A row is a multiple of this many numbers: so lie the runs that ship trained."""


# --- shapes and flat storage ---------------------------------------------------------------------


class Layout:
    """Named tensors side by side in one flat row, each aligned, the row a multiple of `ALIGN` floats."""

    def __init__(self, shapes: Mapping[str, tuple[int, ...]]) -> None:
        self.places: dict[str, tuple[int, int, tuple[int, ...]]] = {}
        end = 0
        for name, shape in shapes.items():
            self.places[name] = (end, end + math.prod(shape), shape)
            end += -(-math.prod(shape) // ALIGN_ENTRY) * ALIGN_ENTRY
        self.size = -(-end // ALIGN) * ALIGN

    def view(self, flat: Tensor, name: str) -> Tensor:
        """The tensor ``name`` inside ``flat`` ``[..., size]``, as a view."""
        start, stop, shape = self.places[name]
        return flat[..., start:stop].unflatten(-1, shape)

    def __contains__(self, name: str) -> bool:
        return name in self.places


@dataclass(frozen=True)
class MLP:
    """A shape: ``depth`` hidden layers of ``width``; depth 0 is the linear map x W + b.

    ``frequencies`` > 0 puts sin(2 pi f.x) and cos(2 pi f.x) of that many random f beside x (Tancik et al. 2020). With
    ``batch_norm`` a hidden layer is x W, normalised over its batch, times a gain plus the bias (Ioffe and Szegedy
    2015). With ``spectral_norm`` every W is divided by its largest singular value (Miyato et al. 2018).
    """

    inputs: int
    outputs: int
    width: int = 64
    depth: int = 2
    activation: str = "relu"
    batch_norm: bool = False
    spectral_norm: bool = False
    frequencies: int = 0

    @cached_property
    def widths(self) -> tuple[int, ...]:
        """Features fed to each layer, and those of the output."""
        return (self.inputs + 2 * self.frequencies, *(self.width,) * self.depth, self.outputs)

    @cached_property
    def parameters(self) -> Layout:
        """Where W, b and a normalised layer's gain g lie in a run's flat row."""
        shapes: dict[str, tuple[int, ...]] = {}
        for layer, (fan_in, fan_out) in enumerate(zip(self.widths, self.widths[1:], strict=False)):
            shapes |= {f"W{layer}": (fan_in, fan_out), f"b{layer}": (1, fan_out)}
            if self.batch_norm and layer < self.depth:
                shapes[f"g{layer}"] = (1, fan_out)
        return Layout(shapes)

    @cached_property
    def buffers(self) -> Layout:
        """Where what is not learned lies: frequencies F, running mean m and variance v, singular vectors u."""
        shapes: dict[str, tuple[int, ...]] = {"F": (self.inputs, self.frequencies)} if self.frequencies else {}
        for layer, (fan_in, fan_out) in enumerate(zip(self.widths, self.widths[1:], strict=False)):
            if self.batch_norm and layer < self.depth:
                shapes |= {f"m{layer}": (1, fan_out), f"v{layer}": (1, fan_out)}
            if self.spectral_norm:
                shapes |= {f"u{layer}": (1, fan_in), f"w{layer}": (fan_out, 1)}
        return Layout(shapes)

    def initialise(self, rng: torch.Generator, sigma: float = 1.0) -> tuple[Tensor, Tensor]:
        """Draw one run's parameters ``[P]``, uniform in ±1/sqrt(fan in) with gains 1, and its buffers ``[Q]``.

        Frequencies f are N(0, sigma^2) in cycles; the buffer holds 2 pi f.
        """
        flat, buffers = torch.zeros(self.parameters.size), torch.zeros(self.buffers.size)
        for layer, fan_in in enumerate(self.widths[:-1]):
            for name in (f"W{layer}", f"b{layer}"):
                self.parameters.view(flat, name).uniform_(-(fan_in**-0.5), fan_in**-0.5, generator=rng)
            if f"g{layer}" in self.parameters:
                self.parameters.view(flat, f"g{layer}").fill_(1.0)
                self.buffers.view(buffers, f"v{layer}").fill_(1.0)
            if self.spectral_norm:
                self.buffers.view(buffers, f"u{layer}").normal_(generator=rng)
        if self.frequencies:
            self.buffers.view(buffers, "F").normal_(0.0, 2 * math.pi * sigma, generator=rng)
        for _ in range(10):
            power_iteration(self, flat, buffers)
        return flat, buffers


# --- what it computes ----------------------------------------------------------------------------

Statistics = list[tuple[Tensor, Tensor]]
"""Mean and unbiased variance ``[1, width]`` in each normalised layer, averaged over the groups of a batch."""


def forward(mlp: MLP, flat: Tensor, buffers: Tensor, x: Tensor, groups: int = 1) -> tuple[Tensor, Statistics]:
    """Return one run's outputs at rows x ``[n, inputs]``, and what its normalised layers met; autograd follows it.

    Batch normalisation takes its statistics over each of ``groups`` equal parts of the rows.
    """
    h, statistics = x, []
    if mlp.frequencies:
        angle = x @ mlp.buffers.view(buffers, "F")
        h = torch.cat((x, angle.sin(), angle.cos()), 1)
    for layer in range(mlp.depth + 1):
        W, b = mlp.parameters.view(flat, f"W{layer}"), mlp.parameters.view(flat, f"b{layer}")
        if mlp.spectral_norm:  # W over sigma = u W w, with u and w held fixed
            W = W / (mlp.buffers.view(buffers, f"u{layer}") @ W @ mlp.buffers.view(buffers, f"w{layer}"))
        a = h @ W
        if mlp.batch_norm and layer < mlp.depth:
            parts = a.unflatten(0, (groups, -1))
            var, mean = torch.var_mean(parts, 1, correction=0, keepdim=True)
            a = ((parts - mean) / (var + TINY).sqrt()).flatten(0, 1) * mlp.parameters.view(flat, f"g{layer}")
            n = parts.shape[1]
            statistics.append((mean.detach().mean(0), var.detach().mean(0) * n / (n - 1)))
        h = a + b if layer == mlp.depth else ACTIVATIONS[mlp.activation].apply(a + b)
    return h, statistics


def remember(mlp: MLP, buffers: Tensor, statistics: Statistics) -> None:
    """Mix what normalised layers met into their running statistics, in place."""
    for layer, (mean, var) in enumerate(statistics):
        mlp.buffers.view(buffers, f"m{layer}").lerp_(mean, MOMENTUM)
        mlp.buffers.view(buffers, f"v{layer}").lerp_(var, MOMENTUM)


def power_iteration(mlp: MLP, flat: Tensor, buffers: Tensor) -> None:
    """Bring the singular vectors u and w of every W one step nearer, in place (Miyato et al. 2018, algorithm 1)."""
    for layer in range(mlp.depth + 1 if mlp.spectral_norm else 0):
        W = mlp.parameters.view(flat, f"W{layer}")
        u, w = mlp.buffers.view(buffers, f"u{layer}"), mlp.buffers.view(buffers, f"w{layer}")
        w.copy_(normalize(u @ W, dim=1).T)
        u.copy_(normalize(W @ w, dim=0).T)
