"""Every triangle that holds a point, by plain loops, compiled."""

import numba
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.intp]


@numba.njit
def _width(a: Array, b: Array, c: Array, bottom: float, height: float) -> tuple[float, float]:
    """Return from where to where a triangle reaches between two heights."""
    left, right = np.inf, -np.inf
    for p, q in ((a, b), (b, c), (c, a)):
        lo, hi = (p, q) if p[1] <= q[1] else (q, p)
        if hi[1] < bottom or lo[1] > bottom + height:
            continue
        for y in (max(lo[1], bottom), min(hi[1], bottom + height)):
            x = lo[0] if hi[1] == lo[1] else lo[0] + (y - lo[1]) * (hi[0] - lo[0]) / (hi[1] - lo[1])
            left, right = min(left, x), max(right, x)
        if hi[1] == lo[1]:
            left, right = min(left, hi[0]), max(right, hi[0])
    return left, right


@numba.njit
def roots(
    z: Array,
    x: Array,
    index: Index,
    points: Array,
    order: Index,
    first: Index,
    low: Array,
    step: Array,
    buckets: int,
) -> tuple[Index, Array, Array, Array]:
    """Return (point, log of latents' area over image's, z) of every triangle that holds a point, one by one."""
    owner, share, at_u, at_v = [0], [0.0], [0.0], [0.0]
    for t in range(len(index)):
        i, j, k = index[t]
        ax, ay = x[i]
        bx, by = x[j, 0] - ax, x[j, 1] - ay
        cx, cy = x[k, 0] - ax, x[k, 1] - ay
        area = bx * cy - by * cx
        if area == 0.0:
            continue
        bottom, top = min(0.0, by, cy) + ay, max(0.0, by, cy) + ay
        if top < low[1] or bottom > low[1] + buckets * step[1]:
            continue
        latent = abs((z[j, 0] - z[i, 0]) * (z[k, 1] - z[i, 1]) - (z[j, 1] - z[i, 1]) * (z[k, 0] - z[i, 0]))
        for row in range(max(int((bottom - low[1]) / step[1]), 0), min(int((top - low[1]) / step[1]), buckets - 1) + 1):
            left, right = _width(x[i], x[j], x[k], low[1] + row * step[1], step[1])
            if right < low[0] or left > low[0] + buckets * step[0]:
                continue
            start = max(int((left - low[0]) / step[0]), 0)
            stop = min(int((right - low[0]) / step[0]), buckets - 1)
            for m in range(first[row * buckets + start], first[row * buckets + stop + 1]):
                p = order[m]
                px, py = points[p, 0] - ax, points[p, 1] - ay
                u, v = (px * cy - py * cx) / area, (bx * py - by * px) / area
                if u >= 0.0 and v >= 0.0 and u + v < 1.0:
                    owner.append(p)
                    share.append(np.log(latent / abs(area)))
                    at_u.append(z[i, 0] + u * (z[j, 0] - z[i, 0]) + v * (z[k, 0] - z[i, 0]))
                    at_v.append(z[i, 1] + u * (z[j, 1] - z[i, 1]) + v * (z[k, 1] - z[i, 1]))
    return np.array(owner[1:]), np.array(share[1:]), np.array(at_u[1:]), np.array(at_v[1:])
