"""Stable forms of the functions that several divergences share, for every real v."""

from math import inf

import torch
from torch import Tensor
from torch.nn.functional import logsigmoid

from gan_playground.theory.divergences.record import Domain, Map, Smooth


def within(domain: Domain, inside: Map) -> Map:
    """Return ``inside`` on the domain and +inf outside."""

    def conjugate(t: Tensor) -> Tensor:
        low = t >= domain.lo if domain.lo_closed else t > domain.lo
        high = t <= domain.hi if domain.hi_closed else t < domain.hi
        return torch.where(low & high, inside(t), inf)

    return conjugate


def log_mean_ratio(v: Tensor) -> Tensor:
    """Return log(2 sigmoid(v)) = log(2u / (1 + u)) at v = log u, with its digits near 0."""
    return v.clamp(max=0.0) - torch.log1p(torch.expm1(-v.abs()) / 2.0)


def log_softplus_minus(v: Tensor) -> Tensor:
    """Return log softplus(-v), which is -v (to e^-v / 2) once e^-v is lost beside 1."""
    return torch.where(v > 37.0, -v, torch.log(-logsigmoid(v.clamp(max=37.0))))


def jeffrey_root(t: Tensor) -> Tensor:
    """Return r = log u solving 1 + r - e^-r = t (the log of 1/W(e^(1-t))) by Newton's method.

    The left side is concave in r and the start lies left of the root, so the steps rise to it; from there five
    reach float64 rounding for every t. r - expm1(-r) keeps the digits of a small t.
    """
    r = torch.where(t < 0.0, -torch.log1p(-t.clamp(max=0.0)), torch.maximum(t / 2.0, t - 1.0))
    for _ in range(6):
        r = r + (t - r + torch.expm1(-r)) / (1.0 + torch.exp(-r))
    return torch.where(t == -inf, t, r)


jeffrey_log_ratio = Smooth(jeffrey_root, lambda v: torch.sigmoid(jeffrey_log_ratio(v)))

IDENTITY = Smooth(torch.clone, torch.ones_like)  # autograd wants its own output, not its input


def one_minus_sigmoid(v: Tensor) -> Tensor:
    """Return 1 - sigmoid(v): the slope of every activation that ends in -log(1 + e^-v)."""
    return torch.sigmoid(-v)


SOFTPLUS = Smooth(lambda v: -logsigmoid(-v), torch.sigmoid)
EXP_MINUS = Smooth(lambda v: -torch.exp(-v), lambda v: torch.exp(-v))
EXPM1_MINUS = Smooth(lambda v: -torch.expm1(-v), lambda v: torch.exp(-v))


def rounded(in_float64: Map) -> Map:
    """Return the map evaluated in float64 and rounded to its argument's dtype."""
    return lambda v: in_float64(v.double()).to(v.dtype)
