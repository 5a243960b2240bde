"""How a network follows its gradient, one update in place; the rules are those of `optimizers`."""

import math
from typing import Final

from gan_playground.learners.kernels.compiling import compiled, summing
from gan_playground.learners.kernels.networks import Floats, Net
from gan_playground.learners.optimizers import FLOOR

ADAM, RMSPROP, SGD = range(3)
CODES: Final = {"adam": ADAM, "rmsprop": RMSPROP, "sgd": SGD}


@summing
def norm(gradient: Floats) -> float:
    """Return |gradient|."""
    square = 0.0
    for i in range(len(gradient)):
        square += gradient[i] * gradient[i]
    return math.sqrt(square)


@compiled
def follow(f: Floats, net: Net, rule: int, epsilon: float, size: float, new1: float, new2: float) -> None:
    """Make one update with ``epsilon`` and ``size`` (below 0) as the rule plans them, and 1 - beta1, 1 - beta2."""
    p, g = f[net.parameters : net.parameters + net.size], f[net.gradient : net.gradient + net.size]
    m, v = f[net.first : net.first + net.size], f[net.second : net.second + net.size]
    kind = f.dtype.type
    floor, tiny, reach, share1, share2 = kind(FLOOR), kind(epsilon), kind(size), kind(new1), kind(new2)
    if rule == SGD:
        for i in range(net.size):
            p[i] += reach * g[i]
    elif rule == RMSPROP:
        for i in range(net.size):
            v[i] += share2 * (g[i] * g[i] + floor - v[i])
            p[i] += reach * g[i] / (math.sqrt(v[i]) + tiny)
    else:
        for i in range(net.size):
            m[i] += share1 * (g[i] - m[i])
            v[i] += share2 * (g[i] * g[i] + floor - v[i])
            p[i] += reach * m[i] / (math.sqrt(v[i]) + tiny)
