"""A pass through one perceptron and back, with the gradients written out.

With layer inputs h_0 = phi(x), h_l = s(a_l), a_l = h_(l-1) W_l + b_l and out = a_(D+1):

    backward:  d_l = s'(a_l) * (d_(l+1) W_(l+1)^T),   dW_l = h_(l-1)^T d_l,   db_l = sum d_l.
"""

from gan_playground.learners.activations import LEAK
from gan_playground.learners.kernels.batch_norms import normalise, normalise_back
from gan_playground.learners.kernels.compiling import compiled
from gan_playground.learners.kernels.networks import (
    ELU,
    FIRST,
    LEAKY_RELU,
    TANH,
    Floats,
    Net,
    Pass,
    bias,
    fed,
    frequencies,
    given,
    matrix,
    rows_of,
    weight,
)
from gan_playground.learners.kernels.products import (
    column_sums,
    elus,
    sines_and_cosines,
    tanhs,
    times,
    times_transposed,
    transposed_times,
)


@compiled
def activate(code: int, a: Floats) -> None:
    """Set a <- s(a), in place."""
    n, m = a.shape
    if code == TANH:
        tanhs(a)
    elif code == ELU:
        elus(a)
    else:
        leak = a.dtype.type(LEAK) if code == LEAKY_RELU else a.dtype.type(0.0)
        for i in range(n):
            for j in range(m):
                a[i, j] = a[i, j] if a[i, j] > 0 else a[i, j] * leak


@compiled
def pull(code: int, d: Floats, h: Floats) -> None:
    """Set d <- d * s'(a), in place, read off h = s(a)."""
    n, m = d.shape
    one, none = d.dtype.type(1.0), d.dtype.type(0.0)
    if code == TANH:
        for i in range(n):
            for j in range(m):
                d[i, j] *= one - h[i, j] * h[i, j]
    elif code == ELU:
        for i in range(n):
            for j in range(m):
                d[i, j] *= one + min(h[i, j], none)
    else:
        leak = d.dtype.type(LEAK) if code == LEAKY_RELU else none
        for i in range(n):
            for j in range(m):
                d[i, j] = d[i, j] if h[i, j] > 0 else d[i, j] * leak


@compiled
def add_row(a: Floats, row: Floats) -> None:
    """Set a_ij <- a_ij + row_j."""
    for i in range(a.shape[0]):
        for j in range(a.shape[1]):
            a[i, j] += row[j]


@compiled
def forward(f: Floats, net: Net, x: int, record: Pass) -> None:
    """Leave the outputs at the rows that lie at ``x`` in the record, and what `backward` needs."""
    rows, inputs = record.rows, net.inputs
    h, samples = rows_of(f, net, record.h, rows, FIRST, FIRST, rows), matrix(f, x, rows, inputs)
    for i in range(rows):
        for j in range(inputs):
            h[i, j] = samples[i, j]
    if net.frequencies:
        angle = matrix(f, record.angle, rows, net.frequencies)
        times(samples, frequencies(f, net), angle)
        sines_and_cosines(angle, h, inputs)
    for layer in range(net.depth):
        a = rows_of(f, net, record.h, rows, layer + 1, FIRST, rows)
        times(h, weight(f, net, net.weights, layer), a)
        if net.batch_norm:
            normalise(f, net, layer, a, record)
        else:
            add_row(a, bias(f, net, net.parameters, layer))
        activate(net.activation, a)
        h = a
    out = matrix(f, record.out, rows, net.outputs)
    times(h, weight(f, net, net.weights, net.depth), out)
    add_row(out, bias(f, net, net.parameters, net.depth))


@compiled
def backward(f: Floats, net: Net, record: Pass, cotangent: int, gradient: int) -> None:
    """Pull the ``[rows, outputs]`` at ``cotangent`` back to a_1, left in the record, and into a gradient (-1: none).

    Gradients by the weights are those of ``weights``; `through_norm` turns them into those of W.
    """
    rows = record.rows
    d = matrix(f, cotangent, rows, net.outputs)
    for layer in range(net.depth, -1, -1):
        if gradient >= 0:
            column_sums(d, bias(f, net, gradient, layer))
        if net.batch_norm and layer < net.depth:
            normalise_back(f, net, layer, d, record, gradient)
        h = rows_of(f, net, record.h, rows, layer, FIRST, rows)
        if gradient >= 0:
            transposed_times(h, d, weight(f, net, gradient, layer))
        if layer > 0:
            back = rows_of(f, net, record.d, rows, layer, FIRST, rows)
            times_transposed(d, weight(f, net, net.weights, layer), back)
            pull(net.activation, back, h)
            d = back


@compiled
def to_input(f: Floats, net: Net, record: Pass, cotangent: int, out: int) -> None:
    """Take what `backward` left on to x, ``[rows, inputs]`` at ``out``; a linear map begins at its cotangent."""
    rows = record.rows
    first = record.d + rows * fed(net, FIRST) if net.depth else cotangent
    d = matrix(f, first, rows, given(net, FIRST))
    features = rows_of(f, net, record.d, rows, FIRST, FIRST, rows)
    times_transposed(d, weight(f, net, net.weights, FIRST), features)
    features_back(
        f, net, rows_of(f, net, record.h, rows, FIRST, FIRST, rows), features, matrix(f, out, rows, net.inputs)
    )


@compiled
def features_back(f: Floats, net: Net, features: Floats, d: Floats, out: Floats) -> None:
    """From a cotangent of phi(x) = [x, sin(x F), cos(x F)] to that of x."""
    inputs, k, F = net.inputs, net.frequencies, frequencies(f, net)
    for i in range(len(out)):
        for j in range(inputs):
            out[i, j] = d[i, j]
        for j in range(k):
            by_sin, by_cos = d[i, inputs + j], d[i, inputs + k + j]
            by_angle = by_sin * features[i, inputs + k + j] - by_cos * features[i, inputs + j]
            for c in range(inputs):
                out[i, c] += by_angle * F[c, j]
