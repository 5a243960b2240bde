"""The gradient, by a critic's parameters, of a penalty on the norm of its gradient at each sample.

For a penalty phi(|g|^2) with g = grad_x V(x), the chain rule gives d phi = stretch g . dg = d (u . g) with the vector
u = stretch g held fixed: the derivative of V along u, differentiated once more. So a penalty costs one pass back (g),
one pass forward along u, and the products that collect them; only a curved activation needs a second pass back
(Pearlmutter 1994). Every sample has its own norm: no batch is ever taken as one.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from gan_playground.learners.backpropagation import ActivationsRecord, features_along, features_back
from gan_playground.learners.mlp import Net, product

Stretch = Callable[[Tensor], Tensor]


def slopes(net: Net, activations: ActivationsRecord) -> tuple[Tensor, list[Tensor], list[Tensor]]:
    """Return g ``[L, n, dim]`` at the activations's rows, the cotangents e_l of V by h_l, and d_l = s'(a_l) e_l."""
    e = [net.turned[-1].expand(-1, activations.out.shape[1], -1)]
    d: list[Tensor] = []
    for layer in range(net.mlp.depth, 0, -1):
        d.append(net.activation.pull(e[-1].clone(), activations.h[layer]))
        e.append(product(d[-1], net.turned[layer - 1]))
    return features_back(net, activations.h[0], e[-1]), e[::-1], d[::-1]


def slope_gradient(net: Net, activations: ActivationsRecord, stretch: Stretch, gradient: Net) -> None:
    """Write into ``gradient`` the sum over rows of d phi(|g|^2), where ``stretch(|g|^2)`` is 2 phi' ``[L, n]``.

    The record holds a critic of one output without batch normalisation, whose samples do not touch one another.
    """
    g, e, d = slopes(net, activations)
    u = g * stretch(g.square().sum(2))[..., None]
    bend = net.activation.bend
    gradient.flat.zero_()
    along, curls = features_along(net, activations.h[0], u), []
    for layer in range(net.mlp.depth):
        product(along.transpose(1, 2), d[layer], out=gradient.raw[layer])
        along = product(along, net.weights[layer])
        if bend is not None:
            curls.append(bend(activations.h[layer + 1]) * along * e[layer + 1])
        along = net.activation.pull(along, activations.h[layer + 1])
    torch.sum(along, 1, out=gradient.raw[-1].squeeze(2))
    if bend is not None:
        _second_pass(net, activations, curls, gradient)


def _second_pass(net: Net, activations: ActivationsRecord, curls: list[Tensor], gradient: Net) -> None:
    """Add what reaches the weights through s'': r_l = s''(a_l) a'_l e_l + s'(a_l) (r_(l+1) W^T)."""
    r: Tensor | None = None
    for layer in range(net.mlp.depth - 1, -1, -1):
        if r is None:
            r = curls[layer]
        else:
            pulled = net.activation.pull(product(r, net.turned[layer + 1]), activations.h[layer + 1])
            r = curls[layer] + pulled
        gradient.raw[layer].baddbmm_(activations.h[layer].transpose(1, 2), r)
        gradient.biases[layer].add_(r.sum(1, keepdim=True))
