"""Batch normalisation of one network's hidden layers, and the way back through it (Ioffe and Szegedy 2015)."""

import math

from gan_playground.learners.kernels.compiling import compiled
from gan_playground.learners.kernels.networks import (
    MEAN,
    VARIANCE,
    Floats,
    Net,
    Pass,
    bias,
    gain,
    kept,
    matrix,
)
from gan_playground.learners.kernels.products import column_sums
from gan_playground.learners.mlp import MOMENTUM, TINY


@compiled
def statistic(f: Floats, net: Net, record: Pass, base: int, layer: int, group: int) -> Floats:
    """One group's mean, variance or scale in a layer."""
    start = base + (layer * record.groups + group) * net.width
    return f[start : start + net.width]


@compiled
def normalise(f: Floats, net: Net, layer: int, a: Floats, record: Pass) -> None:
    """Set a <- gain (a - mean) / sqrt(var + eps) + bias in each group of rows, in place."""
    width, size = net.width, record.rows // record.groups
    unit = matrix(f, record.unit + layer * record.rows * width, record.rows, width)
    stretch, shift = gain(f, net, net.parameters, layer), bias(f, net, net.parameters, layer)
    for group in range(record.groups):
        mean = statistic(f, net, record, record.mean, layer, group)
        var = statistic(f, net, record, record.var, layer, group)
        scale = statistic(f, net, record, record.scale, layer, group)
        first, last = group * size, (group + 1) * size
        column_sums(a[first:last], mean)
        for j in range(width):
            mean[j] /= size
            var[j] = 0
        for i in range(first, last):
            for j in range(width):
                unit[i, j] = a[i, j] - mean[j]
                var[j] += unit[i, j] * unit[i, j]
        for j in range(width):
            var[j] /= size
            scale[j] = 1 / math.sqrt(var[j] + TINY)
        for i in range(first, last):
            for j in range(width):
                unit[i, j] *= scale[j]
                a[i, j] = unit[i, j] * stretch[j] + shift[j]


@compiled
def remember(f: Floats, net: Net, record: Pass) -> None:
    """Mix the statistics of the batch, the mean over its groups, into the running ones."""
    if not net.batch_norm:
        return
    size = record.rows // record.groups
    for layer in range(net.depth):
        running_mean, running_var = kept(f, net, layer, MEAN), kept(f, net, layer, VARIANCE)
        for j in range(net.width):
            mean, var = 0.0, 0.0
            for group in range(record.groups):
                mean += statistic(f, net, record, record.mean, layer, group)[j] / record.groups
                var += statistic(f, net, record, record.var, layer, group)[j] / record.groups
            running_mean[j] += MOMENTUM * (mean - running_mean[j])
            running_var[j] += MOMENTUM * (var * size / (size - 1) - running_var[j])


@compiled
def normalise_back(f: Floats, net: Net, layer: int, d: Floats, record: Pass, gradient: int) -> None:
    """Set d <- scale (e - mean e - unit mean(e unit)), e = gain d, in each group of rows."""
    width, size = net.width, record.rows // record.groups
    unit = matrix(f, record.unit + layer * record.rows * width, record.rows, width)
    stretch = gain(f, net, net.parameters, layer)
    if gradient >= 0:
        by_gain = gain(f, net, gradient, layer)
        for j in range(width):
            by_gain[j] = 0
        for i in range(record.rows):
            for j in range(width):
                by_gain[j] += d[i, j] * unit[i, j]
    for group in range(record.groups):
        scale = statistic(f, net, record, record.scale, layer, group)
        for j in range(width):
            mean, along = 0.0, 0.0
            for i in range(group * size, (group + 1) * size):
                d[i, j] *= stretch[j]
                mean += d[i, j]
                along += d[i, j] * unit[i, j]
            mean /= size
            along /= size
            for i in range(group * size, (group + 1) * size):
                d[i, j] = (d[i, j] - mean - unit[i, j] * along) * scale[j]
