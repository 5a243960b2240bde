"""A pass through stacked perceptrons and back, with the gradients written out.

They are written out rather than traced, because a step is then a few dozen large operations on buffers that are used
again at every step. With layer inputs h_0 = phi(x), h_l = s(a_l), a_l = h_(l-1) W_l + b_l and out = a_(D+1):

    backward:  d_l = s'(a_l) * (d_(l+1) W_(l+1)^T),   dW_l = h_(l-1)^T d_l,   db_l = sum d_l.
"""

from typing import Final

import torch
from torch import Tensor

from gan_playground.learners.mlp import MLP, TINY, Net, product

MOMENTUM: Final = 0.1
"""Share of the newest batch in batch normalisation's running statistics."""


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
        """The record of some rows (of some runs: then a copy); batch normalisation's part stays behind."""
        part = object.__new__(ActivationsRecord)
        part.groups, part.normalised, part.statistics, part._newest = 1, [], [], None
        part.h, part.d, part.out = self.h, self.d, self.out
        if runs is not None:
            part.h, part.d, part.out = [h[runs] for h in self.h], [d[runs] for d in self.d], self.out[runs]
        part.h, part.d = [h[:, rows] for h in part.h], [d[:, rows] for d in part.d]
        part.out = part.out[:, rows]
        return part

    def newest(self) -> "ActivationsRecord":
        """The record of the last part of the batch, normalised by itself; the same object at every call."""
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
    """Return out ``[L, rows, outputs]`` and leave in the record what `backward` needs.

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
