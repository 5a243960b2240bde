"""The gradient, by a critic's parameters, of a penalty on the norm of its gradient at each sample.

For a penalty phi(|g|^2) with g = grad_x V(x), the chain rule gives d phi = stretch g . dg = d (u . g) with the vector
u = stretch g held fixed: the derivative of V along u, differentiated once more. So a penalty costs one pass back (g),
one pass forward along u, and the products that collect them; only a curved activation needs a second pass back
(Pearlmutter 1994). Every sample has its own norm: no batch is ever taken as one.
"""

from typing import NamedTuple

from gan_playground.learners.kernels.compiling import compiled
from gan_playground.learners.kernels.networks import (
    ELU,
    FIRST,
    TANH,
    Arena,
    Floats,
    Net,
    Pass,
    bias,
    fed,
    frequencies,
    matrix,
    rows_of,
    weight,
)
from gan_playground.learners.kernels.passes import features_back, pull
from gan_playground.learners.kernels.products import column_sums, times, times_transposed, transposed_times
from gan_playground.learners.mlp import MLP


class Slopes(NamedTuple):
    """Room for slopes at up to ``rows`` rows: e_l, s' e_l, the derivatives along u, g, |g|^2, stretch, a product."""

    rows: int
    e: int
    d: int
    along: int
    g: int
    square: int
    stretch: int
    product: int


def slopes_room(arena: Arena, mlp: MLP, rows: int) -> Slopes:
    """Room for the slopes of a critic of this shape."""
    size = rows * sum(mlp.widths)
    sizes = (size, size, size, rows * mlp.inputs, rows, rows, mlp.parameters.size if rows else 0)
    return Slopes(rows, *map(arena.take, sizes))


@compiled
def find_slopes(f: Floats, net: Net, record: Pass, first: int, count: int, room: Slopes) -> None:
    """Leave g = grad V and |g|^2 of ``count`` rows of the record in the room, with e_l and d_l = s'(a_l) e_l."""
    depth = net.depth
    top, W = rows_of(f, net, room.e, room.rows, depth, FIRST, count), weight(f, net, net.weights, depth)
    for i in range(count):
        for j in range(fed(net, depth)):
            top[i, j] = W[j, 0]
    for layer in range(depth, 0, -1):
        e = rows_of(f, net, room.e, room.rows, layer, FIRST, count)
        d = rows_of(f, net, room.d, room.rows, layer, FIRST, count)
        for i in range(count):
            for j in range(net.width):
                d[i, j] = e[i, j]
        pull(net.activation, d, rows_of(f, net, record.h, record.rows, layer, first, count))
        below = rows_of(f, net, room.e, room.rows, layer - 1, FIRST, count)
        times_transposed(d, weight(f, net, net.weights, layer - 1), below)
    features = rows_of(f, net, record.h, record.rows, FIRST, first, count)
    g = matrix(f, room.g, count, net.inputs)
    features_back(f, net, features, rows_of(f, net, room.e, room.rows, FIRST, FIRST, count), g)
    for i in range(count):
        square = 0.0
        for j in range(net.inputs):
            square += g[i, j] * g[i, j]
        f[room.square + i] = square


@compiled
def add_slope_gradient(f: Floats, net: Net, record: Pass, first: int, count: int, room: Slopes) -> None:
    """Add the sum over rows of d phi(|g|^2) to the gradient, after `find_slopes`; the room's ``stretch`` is 2 phi'.

    The record holds a critic of one output without batch normalisation, whose samples do not touch one another.
    """
    curved = net.activation == ELU or net.activation == TANH
    along = rows_of(f, net, room.along, room.rows, FIRST, FIRST, count)
    features_along(f, net, rows_of(f, net, record.h, record.rows, FIRST, first, count), room, along)
    for layer in range(net.depth):
        collect(f, net, layer, along, rows_of(f, net, room.d, room.rows, layer + 1, FIRST, count), room)
        onward = rows_of(f, net, room.along, room.rows, layer + 1, FIRST, count)
        times(along, weight(f, net, net.weights, layer), onward)
        h = rows_of(f, net, record.h, record.rows, layer + 1, first, count)
        if curved:
            curl(net.activation, h, onward, rows_of(f, net, room.e, room.rows, layer + 1, FIRST, count))
        pull(net.activation, onward, h)
        along = onward
    last = weight(f, net, net.gradient, net.depth)
    for i in range(count):
        for j in range(fed(net, net.depth)):
            last[j, 0] += along[i, j]
    if curved:
        second_pass(f, net, record, first, count, room)


@compiled
def features_along(f: Floats, net: Net, features: Floats, room: Slopes, along: Floats) -> None:
    """From the tangent u = stretch g of x to that of phi(x)."""
    inputs, k, F = net.inputs, net.frequencies, frequencies(f, net)
    for i in range(len(along)):
        for j in range(inputs):
            along[i, j] = f[room.stretch + i] * f[room.g + i * inputs + j]
        for j in range(k):
            angle = along[i, 0] * F[0, j]
            for c in range(1, inputs):
                angle += along[i, c] * F[c, j]
            along[i, inputs + j] = features[i, inputs + k + j] * angle
            along[i, inputs + k + j] = -features[i, inputs + j] * angle


@compiled
def collect(f: Floats, net: Net, layer: int, rows: Floats, d: Floats, room: Slopes) -> None:
    """Add rows^T d to a layer's part of the gradient."""
    found, into = matrix(f, room.product, rows.shape[1], d.shape[1]), weight(f, net, net.gradient, layer)
    transposed_times(rows, d, found)
    for i in range(into.shape[0]):
        for j in range(into.shape[1]):
            into[i, j] += found[i, j]


@compiled
def curl(code: int, h: Floats, along: Floats, e: Floats) -> None:
    """Set e <- s''(a) a' e: what reaches the weights through the bend of s."""
    n, m = h.shape
    one, two, none = h.dtype.type(1.0), h.dtype.type(2.0), h.dtype.type(0.0)
    if code == TANH:
        for i in range(n):
            for j in range(m):
                e[i, j] *= -two * h[i, j] * (one - h[i, j] * h[i, j]) * along[i, j]
    else:
        for i in range(n):
            for j in range(m):
                e[i, j] *= (h[i, j] + one) * along[i, j] if h[i, j] < none else none


@compiled
def second_pass(f: Floats, net: Net, record: Pass, first: int, count: int, room: Slopes) -> None:
    """Add what reaches the weights through s'': r_l = s''(a_l) a'_l e_l + s'(a_l) (r_(l+1) W^T)."""
    for layer in range(net.depth - 1, -1, -1):
        r = rows_of(f, net, room.e, room.rows, layer + 1, FIRST, count)
        if layer < net.depth - 1:
            above = rows_of(f, net, room.e, room.rows, layer + 2, FIRST, count)
            pulled = rows_of(f, net, room.d, room.rows, layer + 1, FIRST, count)
            times_transposed(above, weight(f, net, net.weights, layer + 1), pulled)
            pull(net.activation, pulled, rows_of(f, net, record.h, record.rows, layer + 1, first, count))
            for i in range(count):
                for j in range(net.width):
                    r[i, j] += pulled[i, j]
        collect(f, net, layer, rows_of(f, net, record.h, record.rows, layer, first, count), r, room)
        sums, shift = f[room.product : room.product + net.width], bias(f, net, net.gradient, layer)
        column_sums(r, sums)
        for j in range(net.width):
            shift[j] += sums[j]
