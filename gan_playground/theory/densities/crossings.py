"""Where one component of a mixture takes over from another: log SUM_k exp(l_k) bends there, however far out."""

from collections.abc import Callable
from typing import Final

import numpy as np

from gan_playground.theory.densities.law import Array

_GRADES: Final = np.concatenate([np.arange(0.0, 4.0, 0.5), 4.0 * 1.25 ** np.arange(36.0)])
"""Distances at which components are compared, in scales from each centre: a component that wins is seen to win."""

_HALVINGS: Final = 24

_BEND: Final = np.array([-40.0, -15.0, -5.0, -1.5, 0.0, 1.5, 5.0, 15.0, 40.0])
"""Where a bend is cut, in units of its width: log(1 + e^-t) is lost beyond 40."""


def bends(components: Callable[[Array], Array], centres: Array, scales: Array) -> Array:
    """Return where the largest of the components' log-densities [k, n] changes, and cuts beside on its own scale.

    Components cross where l_i = l_j; the sum passes from one to the other within a width of 1 / |l_i' - l_j'|. Found
    by halving from a graded grid about every centre [k], in its scale [k].
    """
    side = scales[:, None] * _GRADES
    grid = np.unique(np.concatenate([(centres[:, None] - side).ravel(), (centres[:, None] + side).ravel()]))
    left, right = grid[:-1], grid[1:]
    first, last = components(left).argmax(axis=0), components(right).argmax(axis=0)
    for _ in range(_HALVINGS):
        changed = np.flatnonzero(first != last)
        left, right, first, last = left[changed], right[changed], first[changed], last[changed]
        middle = 0.5 * (left + right)
        between = components(middle).argmax(axis=0)
        left, right = np.concatenate([left, middle]), np.concatenate([middle, right])
        first, last = np.concatenate([first, between]), np.concatenate([between, last])
    changed = np.flatnonzero(first != last)
    left, right, first, last = left[changed], right[changed], first[changed], last[changed]
    rows = np.arange(len(left))
    at_left, at_right = components(left), components(right)
    with np.errstate(invalid="ignore"):  # where a support ends, one of the two is -inf
        before = at_left[first, rows] - at_left[last, rows]
        after = at_right[last, rows] - at_right[first, rows]
    smooth = np.isfinite(before) & np.isfinite(after) & (before + after > 0.0)
    left, right, before, after = (part[smooth] for part in (left, right, before, after))
    at = left + (right - left) * (before / (before + after))
    width = (right - left) / (before + after)
    return np.unique(at[:, None] + width[:, None] * _BEND)
