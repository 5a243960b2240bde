"""Products of matrices and curved functions, as the passes need them; thin ones are loops, the others are BLAS's."""

import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from gan_playground.learners.kernels.compiling import compiled, summing

Floats = NDArray[np.floating]

THIN: Final = 4
"""A product with a side of this length or less is a loop: BLAS would take longer to begin."""


@summing
def times(h: Floats, W: Floats, out: Floats) -> None:
    """Set out <- h W."""
    n, k = h.shape
    m = W.shape[1]
    if k <= THIN:
        for i in range(n):
            for j in range(m):
                out[i, j] = h[i, 0] * W[0, j]
            for c in range(1, k):
                for j in range(m):
                    out[i, j] += h[i, c] * W[c, j]
    elif m <= THIN:
        for i in range(n):
            for j in range(m):
                total = h.dtype.type(0.0)
                for c in range(k):
                    total += h[i, c] * W[c, j]
                out[i, j] = total
    else:
        np.dot(h, W, out)


@summing
def times_transposed(d: Floats, W: Floats, out: Floats) -> None:
    """Set out <- d W^T."""
    n, m = d.shape
    k = W.shape[0]
    if m <= THIN:
        for i in range(n):
            for j in range(k):
                total = d[i, 0] * W[j, 0]
                for c in range(1, m):
                    total += d[i, c] * W[j, c]
                out[i, j] = total
    elif k <= THIN:
        for i in range(n):
            for j in range(k):
                total = d.dtype.type(0.0)
                for c in range(m):
                    total += d[i, c] * W[j, c]
                out[i, j] = total
    else:
        np.dot(d, W.T, out)


@compiled
def transposed_times(h: Floats, d: Floats, out: Floats) -> None:
    """Set out <- h^T d."""
    n, k = h.shape
    m = d.shape[1]
    if k <= THIN or m <= THIN:
        for c in range(k):
            for j in range(m):
                out[c, j] = 0
        for i in range(n):
            for c in range(k):
                for j in range(m):
                    out[c, j] += h[i, c] * d[i, j]
    else:
        np.dot(h.T, d, out)


@compiled
def column_sums(d: Floats, out: Floats) -> None:
    """Set out_j <- sum_i d_ij."""
    for j in range(d.shape[1]):
        out[j] = 0
    for i in range(d.shape[0]):
        for j in range(d.shape[1]):
            out[j] += d[i, j]


# --- curved functions, in loops that the compiler turns into vector instructions --------------------


@compiled
def tanh(x: Any) -> Any:
    """Return tanh x: its continued fraction at x/4 (Lambert 1768), doubled twice by tanh 2y = 2t / (1 + t^2).

    In single precision; the fraction of seven levels is right to rounding below 2.3, and tanh 9.1 is 1.
    """
    one = np.float32(1.0)
    y = min(max(x, np.float32(-9.1)), np.float32(9.1)) * np.float32(0.25)
    s = y * y
    above = y * (np.float32(135135.0) + s * (np.float32(17325.0) + s * (np.float32(378.0) + s)))
    below = np.float32(135135.0) + s * (np.float32(62370.0) + s * (np.float32(3150.0) + s * np.float32(28.0)))
    t = above / below
    t = (t + t) / (one + t * t)
    return (t + t) / (one + t * t)


@compiled
def tanhs(a: Floats) -> None:
    """Set a <- tanh a, in place."""
    n, m = a.shape
    for i in range(n):
        for j in range(m):
            a[i, j] = tanh(a[i, j]) if a.itemsize == 4 else math.tanh(a[i, j])


@compiled
def elus(a: Floats) -> None:
    """Set a <- e^a - 1 where a < 0, in place; e^a - 1 = 2t / (1 - t) with t = tanh(a/2)."""
    n, m = a.shape
    one, half = a.dtype.type(1.0), a.dtype.type(0.5)
    for i in range(n):
        for j in range(m):
            below = min(a[i, j], a.dtype.type(0.0))
            if a.itemsize == 4:
                t = tanh(below * half)
                grown = (t + t) / (one - t)
            else:
                grown = math.expm1(below)
            a[i, j] = max(a[i, j], a.dtype.type(0.0)) + grown


@compiled
def sine(x: Any, turn: Any) -> Any:
    """Return sin(x + turn pi) for moderate x, in single precision: (-1)^k sin r by its series to the 11th power.

    r = x - (k - turn) pi with pi in two parts: adding to x itself would round it.
    """
    k = np.floor(x * np.float32(1 / np.pi) + turn + np.float32(0.5))
    m = k - turn
    r = (x - m * np.float32(3.140625)) - m * np.float32(np.pi - 3.140625)
    s = r * r
    series = np.float32(-1 / 39916800) * s + np.float32(1 / 362880)
    series = np.float32(-1 / 5040) + s * series
    series = np.float32(1 / 120) + s * series
    series = np.float32(-1 / 6) + s * series
    odd = k - np.float32(2.0) * np.floor(k * np.float32(0.5))
    return (np.float32(1.0) - np.float32(2.0) * odd) * (r + r * s * series)


@compiled
def sines_and_cosines(angle: Floats, features: Floats, first: int) -> None:
    """Write sin and cos of ``angle`` ``[n, k]`` into the columns of ``features`` from ``first`` on."""
    n, k = angle.shape
    for i in range(n):
        for j in range(k):
            if angle.itemsize == 4:
                features[i, first + j] = sine(angle[i, j], np.float32(0.0))
                features[i, first + k + j] = sine(angle[i, j], np.float32(0.5))
            else:
                features[i, first + j] = math.sin(angle[i, j])
                features[i, first + k + j] = math.cos(angle[i, j])
