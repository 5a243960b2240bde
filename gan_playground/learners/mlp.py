"""Stacked multilayer perceptrons: L nets of one shape, one product a layer for all of them.

Gradients are written out rather than traced, because a step is then a few dozen large operations on buffers that are
used again at every step. With layer inputs h_0 = phi(x), h_l = s(a_l), a_l = h_(l-1) W_l + b_l and out = a_(D+1):

    backward:  d_l = s'(a_l) * (d_(l+1) W_(l+1)^T),   dW_l = h_(l-1)^T d_l,   db_l = sum d_l.

Tensors are ``[runs, rows, features]``; a run's parameters are one flat row of ``[runs, P]``.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import torch
from torch import Tensor
from torch.nn.functional import elu_, leaky_relu_

aten = torch.ops.aten
LEAK: Final = 0.2
MOMENTUM: Final = 0.1
"""Share of the newest batch in batch normalisation's running statistics."""
TINY: Final = 1e-5
ALIGN: Final = 64
"""Every run's row is a multiple of this many floats: then no element's arithmetic depends on the runs beside it."""


@dataclass(frozen=True, slots=True)
class Activation:
    """A function s with its derivatives, read off its output h.

    ``pull(d, h)`` is d * s'(a) in place; ``bend(h)`` is s''(a), None where s is piecewise linear.
    """

    apply: Callable[[Tensor], Tensor]
    pull: Callable[[Tensor, Tensor], Tensor]
    bend: Callable[[Tensor], Tensor] | None = None


ACTIVATIONS: Final[Mapping[str, Activation]] = {
    "relu": Activation(torch.relu_, lambda d, h: aten.threshold_backward.grad_input(d, h, 0.0, grad_input=d)),
    "leaky-relu": Activation(
        lambda a: leaky_relu_(a, LEAK),
        lambda d, h: aten.leaky_relu_backward.grad_input(d, h, LEAK, True, grad_input=d),
    ),
    "elu": Activation(
        elu_,
        lambda d, h: aten.elu_backward.grad_input(d, 1.0, 1.0, 1.0, True, h, grad_input=d),
        lambda h: torch.where(h > 0, 0.0, h + 1),
    ),
    "tanh": Activation(
        torch.tanh_,
        lambda d, h: aten.tanh_backward.grad_input(d, h, grad_input=d),
        lambda h: -2 * h * (1 - h * h),
    ),
}


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


class ActivationsRecord:
    """Room for a pass of L nets over ``rows`` rows each: what went forward, and what comes back.

    ``h[l]`` is what layer l was fed, ``d[l]`` the way back to it. Batch normalisation takes its statistics over each
    of ``groups`` equal parts of the rows (real and generated samples are two batches), kept in ``normalised``.
    """

    def __init__(self, mlp: MLP, runs: int, rows: int, like: Tensor, groups: int = 1) -> None:
        self.groups = groups
        self.h = [like.new_empty(runs, rows, width) for width in mlp.widths[:-1]]
        self.d = [like.new_empty(runs, rows, width) for width in mlp.widths[:-1]]
        self.out = like.new_empty(runs, rows, mlp.outputs)
        self.normalised: list[tuple[Tensor, Tensor]] = []
        self.statistics: list[tuple[Tensor, Tensor]] = []
        self._newest: ActivationsRecord | None = None

    def part(self, rows: slice, runs: Tensor | None = None) -> "ActivationsRecord":
        """The tape of some rows (of some runs: then a copy); batch normalisation's records stay behind."""
        part = object.__new__(ActivationsRecord)
        part.groups, part.normalised, part.statistics, part._newest = 1, [], [], None
        part.h, part.d, part.out = self.h, self.d, self.out
        if runs is not None:
            part.h, part.d, part.out = [h[runs] for h in self.h], [d[runs] for d in self.d], self.out[runs]
        part.h, part.d = [h[:, rows] for h in part.h], [d[:, rows] for d in part.d]
        part.out = part.out[:, rows]
        return part

    def newest(self) -> "ActivationsRecord":
        """The tape of the last part of the batch, normalised by itself; the same object at every call."""
        rows = self.out.shape[1] // self.groups
        if self._newest is None:
            self._newest = self.part(slice(-rows, None))
        activations = self._newest
        activations.h[0] = self.h[0][:, -rows:]  # a pass puts its own samples there
        activations.normalised = [(unit[:, -1:], scale[:, -1:]) for unit, scale in self.normalised]
        activations.statistics = [(mean[:, -1:], var[:, -1:]) for mean, var in self.statistics]
        return activations


# --- forward and back ----------------------------------------------------------------------------


def forward(net: Net, x: Tensor, activations: ActivationsRecord, learning: bool = True) -> Tensor:
    """Return out ``[L, rows, outputs]`` and leave on the activations what `backward` needs.

    ``learning`` takes batch normalisation's statistics from the batch; otherwise they are the running ones.
    """
    h = activations.h[0] = x if net.frequencies is None else _features(x, net.frequencies, activations.h[0])
    activations.normalised, activations.statistics = [], []
    for layer in range(net.mlp.depth):
        a = activations.h[layer + 1]
        if net.gains:
            product(h, net.weights[layer], out=a)
            _normalise(net, layer, a, activations, learning)
        else:
            product(h, net.weights[layer], net.biases[layer], out=a)
        h = net.activation.apply(a)
    return product(h, net.weights[-1], net.biases[-1], out=activations.out, room=activations.d[-1])


def backward(net: Net, activations: ActivationsRecord, cotangent: Tensor, gradient: Net | None = None) -> Tensor:
    """Pull ``cotangent`` ``[L, rows, outputs]`` back, into ``gradient`` if given; return it at the first layer's a_1.

    Gradients by the weights are those of `Net.weights`; `Net.through_norm` turns them into those of W.
    """
    d = cotangent
    for layer in range(net.mlp.depth, -1, -1):
        if gradient is not None:
            torch.sum(d, 1, keepdim=True, out=gradient.biases[layer])
        if net.gains and layer < net.mlp.depth:
            d = _normalise_back(net, layer, d, activations, gradient)
        if gradient is not None:
            room = activations.d[layer].transpose(1, 2) if d.shape[2] == 1 else None
            product(activations.h[layer].transpose(1, 2), d, out=gradient.raw[layer], room=room)
        if layer > 0:
            d = net.activation.pull(product(d, net.turned[layer], out=activations.d[layer]), activations.h[layer])
    return d


def to_input(net: Net, activations: ActivationsRecord, d: Tensor) -> Tensor:
    """Take what `backward` returns on to x ``[L, rows, inputs]``."""
    return features_back(net, activations.h[0], product(d, net.turned[0]))


def _features(x: Tensor, frequencies: Tensor, out: Tensor) -> Tensor:
    """phi(x) = [x, sin(x F), cos(x F)]."""
    n, k = frequencies.shape[1:]
    angle = product(x, frequencies)
    out[..., :n] = x
    torch.sin(angle, out=out[..., n : n + k])
    torch.cos(angle, out=out[..., n + k :])
    return out


def features_back(net: Net, features: Tensor, d: Tensor) -> Tensor:
    """From a cotangent of phi(x) to that of x."""
    if net.frequencies is None:
        return d
    n, k = net.frequencies.shape[1:]
    sin, cos = features[..., n : n + k], features[..., n + k :]
    angle = d[..., n : n + k] * cos - d[..., n + k :] * sin
    return d[..., :n] + product(angle, net.frequencies.transpose(1, 2))


def features_along(net: Net, features: Tensor, u: Tensor) -> Tensor:
    """From a tangent of x to that of phi(x)."""
    if net.frequencies is None:
        return u
    n, k = net.frequencies.shape[1:]
    sin, cos = features[..., n : n + k], features[..., n + k :]
    angle = product(u, net.frequencies)
    return torch.cat((u, cos * angle, -sin * angle), -1)


def _normalise(net: Net, layer: int, a: Tensor, activations: ActivationsRecord, learning: bool) -> None:
    """Set a <- gain (a - mean) / sqrt(var + eps) + bias, in place."""
    if not learning:
        mean, var = net.running(layer)
        a.sub_(mean).mul_(torch.rsqrt(var + TINY) * net.gains[layer]).add_(net.biases[layer])
        return
    parts = a.unflatten(1, (activations.groups, -1))
    mean = parts.mean(2, keepdim=True)
    centred = parts - mean
    var = centred.square().mean(2, keepdim=True)
    scale = torch.rsqrt(var + TINY)
    unit = centred.mul_(scale)
    activations.normalised.append((unit, scale))
    activations.statistics.append((mean, var * (parts.shape[2] / (parts.shape[2] - 1))))
    torch.addcmul(net.biases[layer][:, None], unit, net.gains[layer][:, None], out=parts)


def _normalise_back(net: Net, layer: int, d: Tensor, activations: ActivationsRecord, gradient: Net | None) -> Tensor:
    """Return da = scale (e - mean e - unit mean(e unit)), e = gain d, a part; scale e by running ones."""
    if not activations.normalised:
        return d * (torch.rsqrt(net.running(layer)[1] + TINY) * net.gains[layer])
    unit, scale = activations.normalised[layer]
    parts = d.unflatten(1, (activations.groups, -1))
    if gradient is not None:
        gradient.gains[layer].copy_((parts * unit).sum((1, 2))[:, None])
    e = parts * net.gains[layer][:, None]
    return (e - e.mean(2, keepdim=True) - unit * (e * unit).mean(2, keepdim=True)).mul_(scale).flatten(1, 2)


def remember(net: Net, activations: ActivationsRecord) -> None:
    """Mix the statistics of the batch, the mean over its parts, into the running ones."""
    for layer, statistics in enumerate(activations.statistics):
        for running, newest in zip(net.running(layer), statistics, strict=True):
            running.lerp_(newest.mean(1), MOMENTUM)
