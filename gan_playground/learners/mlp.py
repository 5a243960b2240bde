"""Stacked multilayer perceptrons: L nets of one shape, one product a layer for all of them.

Tensors are ``[runs, rows, features]``; a run's parameters are one flat row of ``[runs, P]``. A pass through them, and
back, is `backpropagation`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import torch
from torch import Tensor

from gan_playground.learners.activations import ACTIVATIONS

TINY: Final = 1e-5
"""What keeps the variance of batch normalisation from 0."""
ALIGN: Final = 64
"""Every run's row is a multiple of this many floats: then no element's arithmetic depends on the runs beside it."""


# --- shapes and flat storage ---------------------------------------------------------------------


class Layout:
    """Named tensors side by side in one flat row, each aligned, the row a multiple of `ALIGN` floats."""

    def __init__(self, shapes: Mapping[str, tuple[int, ...]]) -> None:
        self.places: dict[str, tuple[int, int, tuple[int, ...]]] = {}
        end = 0
        for name, shape in shapes.items():
            self.places[name] = (end, end + math.prod(shape), shape)
            end += -(-math.prod(shape) // 16) * 16
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
        if self.spectral_norm:
            net = Net(self, flat[None], buffers[None])
            for _ in range(10):
                net.renew()
        return flat, buffers


# --- stacked nets --------------------------------------------------------------------------------


class Net:
    """L nets of one shape: views into flat parameters ``[L, P]`` and buffers ``[L, Q]``, always current.

    ``weights`` are those the layers multiply by (``turned``: transposed): under spectral normalisation W / sigma, made
    by `renew`.
    """

    def __init__(self, mlp: MLP, flat: Tensor, buffers: Tensor) -> None:
        self.mlp, self.flat, self.buffers = mlp, flat, buffers
        layers = range(mlp.depth + 1)
        self.raw = [mlp.parameters.view(flat, f"W{layer}") for layer in layers]
        self.biases = [mlp.parameters.view(flat, f"b{layer}") for layer in layers]
        self.gains = [mlp.parameters.view(flat, f"g{layer}") for layer in layers if f"g{layer}" in mlp.parameters]
        self.frequencies = mlp.buffers.view(buffers, "F") if mlp.frequencies else None
        self.activation = ACTIVATIONS[mlp.activation]
        self.weights = self.raw
        self.turned = [W.transpose(1, 2) for W in self.weights]
        self.sigmas: list[Tensor] = []
        if mlp.spectral_norm:
            self._divide()

    def running(self, layer: int) -> tuple[Tensor, Tensor]:
        """Running mean and variance ``[L, 1, features]`` of a normalised layer."""
        return self.mlp.buffers.view(self.buffers, f"m{layer}"), self.mlp.buffers.view(self.buffers, f"v{layer}")

    def renew(self) -> None:
        """Make one step of the power iteration for every W, then divide by the new sigma = u W w."""
        if not self.mlp.spectral_norm:
            return
        for layer, W in enumerate(self.raw):
            u, w = self._singular(layer)
            _normalised(product(u, W).transpose(1, 2), w)
            _normalised(product(W, w).transpose(1, 2), u)
        self._divide()

    def _singular(self, layer: int) -> tuple[Tensor, Tensor]:
        return self.mlp.buffers.view(self.buffers, f"u{layer}"), self.mlp.buffers.view(self.buffers, f"w{layer}")

    def _divide(self) -> None:
        self.sigmas = []
        for layer, W in enumerate(self.raw):
            u, w = self._singular(layer)
            self.sigmas.append(product(product(u, W), w))
        self.weights = [W / sigma for W, sigma in zip(self.raw, self.sigmas, strict=True)]
        self.turned = [W.transpose(1, 2) for W in self.weights]

    def through_norm(self, gradient: "Net") -> None:
        """Turn gradients by W / sigma into gradients by W, in place: (g - <g, W/sigma> u w^T) / sigma."""
        for layer, (g, W, sigma) in enumerate(zip(gradient.raw, self.weights, self.sigmas, strict=False)):
            u, w = self._singular(layer)
            along = (g * W).sum((1, 2), keepdim=True)
            g.sub_(along * u.transpose(1, 2) * w.transpose(1, 2)).div_(sigma)

    def runs(self, rows: Tensor) -> "Net":
        """The nets of some runs, their parameters copied."""
        return Net(self.mlp, self.flat[rows], self.buffers[rows])


def _normalised(vector: Tensor, out: Tensor) -> None:
    torch.div(vector, vector.norm(dim=(1, 2), keepdim=True).clamp(min=1e-12), out=out)


def product(
    a: Tensor, b: Tensor, bias: Tensor | None = None, out: Tensor | None = None, room: Tensor | None = None
) -> Tensor:
    """Return a @ b (+ bias) for each run, rounded alike whoever shares it.

    A product with a side of 1 would fall to another kernel for a lone run than in company, so such a one is written
    as multiplication and sum; ``room`` may hold its terms, shaped as a.
    """
    if a.shape[2] == 1:
        return torch.mul(a, b, out=out) if bias is None else torch.addcmul(bias, a, b, out=out)
    if b.shape[2] == 1:
        total = torch.sum(torch.mul(a, b.transpose(1, 2), out=room), 2, keepdim=True, out=out)
        return total if bias is None else total.add_(bias)
    if a.shape[1] == 1:
        total = torch.sum(torch.mul(a.transpose(1, 2), b), 1, keepdim=True, out=out)
        return total if bias is None else total.add_(bias)
    return torch.bmm(a, b, out=out) if bias is None else torch.baddbmm(bias, a, b, out=out)
