"""One network in a run's arena, and the room for a pass through it: shapes, and where everything lies.

All numbers of a run lie in one flat array, its *arena* ``f``; a network or a pass is a handful of whole numbers that
say where. Functions that take an array and whole numbers compile in a tenth of the time of those that take many arrays.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gan_playground.learners.kernels.compiling import compiled, whole
from gan_playground.learners.mlp import ALIGN_ENTRY, MLP

Floats = NDArray[np.floating]

FIRST: Final = whole(0)
"""The first layer, or the first row."""
MEAN, VARIANCE, LEFT, RIGHT = map(whole, range(4))
"""What is kept of a layer: its running statistics, and its singular vectors."""

RELU, LEAKY_RELU, ELU, TANH = range(4)
CODES: Final = {"relu": RELU, "leaky-relu": LEAKY_RELU, "elu": ELU, "tanh": TANH}


class Net(NamedTuple):
    """A shape (see `MLP`), and where in the arena its parts begin.

    ``weights`` is what layers multiply by: the parameters' place, or under spectral normalisation that of W / sigma,
    in the parameters' layout; ``sigmas`` that of each layer's sigma. ``first`` and ``second`` are what its optimizer
    remembers. ``size`` is the number of parameters.
    """

    inputs: int
    outputs: int
    width: int
    depth: int
    activation: int
    frequencies: int
    batch_norm: int
    spectral_norm: int
    size: int
    parameters: int
    buffers: int
    weights: int
    sigmas: int
    gradient: int
    first: int
    second: int


class Pass(NamedTuple):
    """Room for a pass over ``rows`` rows: what each layer was fed, what comes back to it, and what came out.

    Batch normalisation takes its statistics over each of ``groups`` equal parts of the rows (real and generated
    samples are two batches): ``unit`` is normalised, ``scale`` 1 / sqrt(var + eps), ``mean`` and ``var`` as found.
    """

    rows: int
    groups: int
    h: int
    d: int
    out: int
    angle: int
    unit: int
    scale: int
    mean: int
    var: int


class Arena:
    """Takes places one after another; ``end`` is the size so far."""

    def __init__(self) -> None:
        self.end = 0

    def take(self, *shape: int) -> int:
        """A place for so many numbers, on a cache line of its own."""
        place, size = self.end, int(np.prod(shape))
        self.end += -(-size // 16) * 16
        return place

    def net(self, mlp: MLP) -> Net:
        """A network's place; its parameters, buffers and optimizer's memory are still to be filled."""
        size = mlp.parameters.size
        parameters = self.take(size)
        return Net(
            mlp.inputs,
            mlp.outputs,
            mlp.width,
            mlp.depth,
            CODES[mlp.activation],
            mlp.frequencies,
            int(mlp.batch_norm),
            int(mlp.spectral_norm),
            size,
            parameters,
            self.take(mlp.buffers.size),
            self.take(size) if mlp.spectral_norm else parameters,
            self.take(mlp.depth + 1),
            self.take(size),
            self.take(size),
            self.take(size),
        )

    def pass_(self, mlp: MLP, rows: int, groups: int = 1) -> Pass:
        """Room for passes over ``rows`` rows."""
        fed = rows * sum(mlp.widths[:-1])
        normed = mlp.depth * mlp.width if mlp.batch_norm else 0
        sizes = (fed, fed, rows * mlp.outputs, rows * mlp.frequencies, rows * normed, *[groups * normed] * 3)
        return Pass(rows, groups, *map(self.take, sizes))


# --- where things lie --------------------------------------------------------------------------------


@compiled
def matrix(f: Floats, start: int, rows: int, columns: int) -> Floats:
    """Part of the arena as a matrix."""
    return f[start : start + rows * columns].reshape(rows, columns)


@compiled
def aligned(size: int) -> int:
    """What a tensor of this size takes in a layout (see `mlp.Layout`)."""
    return (size + ALIGN_ENTRY - 1) // ALIGN_ENTRY * ALIGN_ENTRY


@compiled
def fed(net: Net, layer: int) -> int:
    """Features that a layer is fed."""
    return net.inputs + 2 * net.frequencies if layer == 0 else net.width


@compiled
def given(net: Net, layer: int) -> int:
    """Features that a layer gives."""
    return net.outputs if layer == net.depth else net.width


@compiled
def layer_start(net: Net, layer: int) -> int:
    """Where a layer's W begins in a flat row of parameters; its bias and gain follow."""
    if layer == 0:
        return 0
    vectors = aligned(net.width) * (2 if net.batch_norm else 1)
    return aligned(fed(net, FIRST) * net.width) + vectors + (layer - 1) * (aligned(net.width * net.width) + vectors)


@compiled
def weight(f: Floats, net: Net, base: int, layer: int) -> Floats:
    """A layer's matrix ``[fed, given]`` in the row that begins at ``base``: parameters, weights or a gradient."""
    return matrix(f, base + layer_start(net, layer), fed(net, layer), given(net, layer))


@compiled
def bias(f: Floats, net: Net, base: int, layer: int) -> Floats:
    """A layer's bias in the row that begins at ``base``."""
    start = base + layer_start(net, layer) + aligned(fed(net, layer) * given(net, layer))
    return f[start : start + given(net, layer)]


@compiled
def gain(f: Floats, net: Net, base: int, layer: int) -> Floats:
    """A normalised layer's gain in the row that begins at ``base``."""
    start = base + layer_start(net, layer) + aligned(fed(net, layer) * net.width) + aligned(net.width)
    return f[start : start + net.width]


@compiled
def frequencies(f: Floats, net: Net) -> Floats:
    """The frequencies F ``[inputs, k]``, times 2 pi."""
    return matrix(f, net.buffers, net.inputs, net.frequencies)


@compiled
def kept(f: Floats, net: Net, layer: int, which: int) -> Floats:
    """A layer's running mean or variance, or its singular vector u ``[fed]`` (left) or w ``[given]`` (right)."""
    vectors = 2 * aligned(net.width) if net.batch_norm else 0
    start = net.buffers + aligned(net.inputs * net.frequencies) + layer * vectors
    if net.spectral_norm and layer > 0:
        start += aligned(fed(net, FIRST)) + aligned(given(net, FIRST)) + (layer - 1) * 2 * aligned(net.width)
    if which >= LEFT and layer < net.depth:
        start += vectors
    size = net.width if which < LEFT else fed(net, layer) if which == LEFT else given(net, layer)
    if which == VARIANCE:
        start += aligned(net.width)
    elif which == RIGHT:
        start += aligned(fed(net, layer))
    return f[start : start + size]


@compiled
def rows_of(f: Floats, net: Net, base: int, total: int, layer: int, first: int, count: int) -> Floats:
    """Rows of what a layer is fed (or of what comes back to it), where a pass over ``total`` rows lies at ``base``."""
    start = base if layer == 0 else base + total * (fed(net, FIRST) + (layer - 1) * net.width)
    return matrix(f, start + first * fed(net, layer), count, fed(net, layer))
