"""One perceptron as nothing but products: for looking at, in any precision, with or without a graph.

The passes stand beside those that train (`kernels.passes`), which normalise by the batch: here normalisations are
weights, and nothing is kept.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from gan_playground.learners.activations import ACTIVATIONS, Activation
from gan_playground.learners.mlp import MLP, TINY

Array = NDArray[np.float64]

ROWS: Final = 1024
"""Points that a network is evaluated at together."""


@dataclass(frozen=True, eq=False)
class FoldedNetwork:
    """A multilayer perceptron whose normalisations are folded into its weights.

    ``layers`` are (W ``[in, out]``, b ``[out]``); ``activation`` is its name; ``frequencies`` ``[inputs, k]`` or None
    puts sin and cos of x F beside x.
    """

    layers: tuple[tuple[Tensor, Tensor], ...]
    activation: str
    frequencies: Tensor | None

    def __reduce__(self) -> "tuple[Callable[..., FoldedNetwork], tuple[object, ...]]":
        """Travel between processes as plain arrays: tensors would bring along the whole rows they are views of."""
        layers = [(W.numpy(), b.numpy()) for W, b in self.layers]
        return _from_arrays, (layers, self.activation, None if self.frequencies is None else self.frequencies.numpy())

    @property
    def s(self) -> Activation:
        """The activation with its derivatives."""
        return ACTIVATIONS[self.activation]

    def __call__(self, x: Tensor) -> Tensor:
        """Return the outputs at ``x``: ``[n, inputs] -> [n, outputs]``, in the network's precision."""
        if len(x) > ROWS:  # what fits the cache takes half the time
            return torch.cat([self.at_once(part) for part in x.split(ROWS)])
        return self.at_once(x)

    def at_once(self, x: Tensor) -> Tensor:
        """Return the outputs at ``x``, all in one pass."""
        h = x
        for h in self._fed(x):  # noqa: B007 -- the last one is wanted, and the others need not be kept
            pass
        W, b = self.layers[-1]
        return torch.addmm(b, h, W)

    def _fed(self, x: Tensor) -> Iterator[Tensor]:
        """What each layer is fed at ``x``, from the first to the last."""
        h = x
        if self.frequencies is not None:
            angle = x @ self.frequencies
            h = torch.cat((x, torch.sin(angle), torch.cos(angle)), -1)
        yield h
        for W, b in self.layers[:-1]:
            h = self.s.apply(torch.addmm(b, h, W))
            yield h

    def outputs(self, x: Tensor) -> list[Tensor]:
        """Return what each layer puts out before its activation, ``[n, features]`` each, with a graph."""
        fed, found = x, []
        for W, b in self.layers:
            found.append(torch.addmm(b, fed, W))
            fed = self.s.apply(found[-1].clone())
        return found

    def slope(self, x: Tensor, by_output: Callable[[Tensor], Tensor] = torch.ones_like) -> Tensor:
        """Return the gradient ``[n, inputs]`` by each point of a function of its outputs ``[n, outputs]``.

        ``by_output`` maps the outputs to that function's derivative by them; by default it is their sum's.
        """
        fed = list(self._fed(x))
        W, b = self.layers[-1]
        d = by_output(torch.addmm(b, fed[-1], W)) @ W.T
        for (W, _), h in zip(self.layers[-2::-1], fed[:0:-1], strict=True):
            d = (d * self.s.slope(h)) @ W.T
        if self.frequencies is None:
            return d
        n, k = self.frequencies.shape
        sin, cos = fed[0][:, n : n + k], fed[0][:, n + k :]
        return d[:, :n] + (d[:, n : n + k] * cos - d[:, n + k :] * sin) @ self.frequencies.T

    def along(self, x: Tensor, direction: Tensor) -> tuple[Tensor, Tensor]:
        """Return the outputs ``[n, outputs]`` and their derivatives along ``direction`` ``[n, inputs]``."""
        assert self.frequencies is None, "only generators are differentiated, and they have no Fourier features"
        h, *others = self._fed(x)
        d = direction
        for (W, _), h in zip(self.layers[:-1], others, strict=True):
            d = (d @ W).mul_(self.s.slope(h))
        W, b = self.layers[-1]
        return torch.addmm(b, h, W), d @ W

    def double(self) -> "FoldedNetwork":
        """Return the same network in float64."""
        layers = tuple((W.double(), b.double()) for W, b in self.layers)
        return FoldedNetwork(layers, self.activation, None if self.frequencies is None else self.frequencies.double())


def _from_arrays(layers: Sequence[tuple[Array, Array]], activation: str, frequencies: Array | None) -> FoldedNetwork:
    pairs = tuple((torch.from_numpy(W), torch.from_numpy(b)) for W, b in layers)
    return FoldedNetwork(pairs, activation, None if frequencies is None else torch.from_numpy(frequencies))


def folded(mlp: MLP, parameters: Tensor, buffers: Tensor) -> FoldedNetwork:
    """Fold one run's normalisations (batch norm by its running statistics) into weights of their own.

    Spectral: W / (u W w). Batch: gain (x W - m) / sqrt(v + eps) + b = x (W s) + (b - m s), s = gain / sqrt(v + eps).
    ``parameters`` ``[P]`` and ``buffers`` ``[Q]`` are copied.
    """
    learned, kept = parameters.detach().cpu().clone(), buffers.detach().cpu().clone()
    layers = []
    for layer in range(mlp.depth + 1):
        W, b = mlp.parameters.view(learned, f"W{layer}"), mlp.parameters.view(learned, f"b{layer}")[0]
        if mlp.spectral_norm:
            u, w = (mlp.buffers.view(kept, f"{name}{layer}") for name in "uw")
            W = W / (u @ W @ w + 1e-12)
        if mlp.batch_norm and layer < mlp.depth:
            gain = mlp.parameters.view(learned, f"g{layer}")[0]
            mean, variance = (mlp.buffers.view(kept, f"{name}{layer}")[0] for name in "mv")
            scale = gain * torch.rsqrt(variance + TINY)
            W, b = W * scale, b - mean * scale
        layers.append((W, b))
    frequencies = mlp.buffers.view(kept, "F") if mlp.frequencies else None
    return FoldedNetwork(tuple(layers), mlp.activation, frequencies)
