"""Spectral normalisation of one network: every W over its largest singular value (Miyato et al. 2018)."""

import math

from gan_playground.learners.kernels.compiling import summing
from gan_playground.learners.kernels.networks import LEFT, RIGHT, Floats, Net, kept, weight


@summing
def renew(f: Floats, net: Net) -> None:
    """Make one step of the power iteration for every W, then divide by the new sigma = u W w (algorithm 1)."""
    if not net.spectral_norm:
        return
    for layer in range(net.depth + 1):
        W, divided = weight(f, net, net.parameters, layer), weight(f, net, net.weights, layer)
        u, w = kept(f, net, layer, LEFT), kept(f, net, layer, RIGHT)
        rows, columns = W.shape
        for j in range(columns):
            w[j] = 0
        for i in range(rows):
            for j in range(columns):
                w[j] += u[i] * W[i, j]
        unit(w)
        for i in range(rows):
            u[i] = 0
            for j in range(columns):
                u[i] += W[i, j] * w[j]
        unit(u)
        sigma = W.dtype.type(0.0)
        for i in range(rows):
            for j in range(columns):
                sigma += u[i] * W[i, j] * w[j]
        f[net.sigmas + layer] = sigma
        for i in range(rows):
            for j in range(columns):
                divided[i, j] = W[i, j] / sigma


@summing
def unit(v: Floats) -> None:
    """Give a vector length 1, in place."""
    square = v.dtype.type(0.0)
    for i in range(len(v)):
        square += v[i] * v[i]
    norm = max(math.sqrt(square), 1e-12)
    for i in range(len(v)):
        v[i] /= norm


@summing
def through_norm(f: Floats, net: Net) -> None:
    """Turn gradients by W / sigma into gradients by W, in place: (g - <g, W/sigma> u w^T) / sigma."""
    if not net.spectral_norm:
        return
    for layer in range(net.depth + 1):
        g, W, sigma = weight(f, net, net.gradient, layer), weight(f, net, net.weights, layer), f[net.sigmas + layer]
        u, w = kept(f, net, layer, LEFT), kept(f, net, layer, RIGHT)
        along = g.dtype.type(0.0)
        for i in range(g.shape[0]):
            for j in range(g.shape[1]):
                along += g[i, j] * W[i, j]
        for i in range(g.shape[0]):
            for j in range(g.shape[1]):
                g[i, j] = (g[i, j] - along * u[i] * w[j]) / sigma
