"""What an f-divergence is: a frozen record of functions that travel together.

Functions act elementwise on torch tensors of any shape. Those of v (activation, dual, log-ratio) compute in float64
whatever the dtype and carry their derivative as a formula of its own, so that in float32 both are right to rounding
wherever they are representable, and are an infinity of the right sign, never NaN, where they are not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Any, cast

import numpy as np
import torch
from torch import Tensor

from gan_playground.theory.divergences.between_normals import Along
from gan_playground.theory.divergences.excess import Array, Excess

Map = Callable[[Tensor], Tensor]


class _WithSlope(torch.autograd.Function):
    """Elementwise v -> value(v) in float64, whose derivative is given, not traced."""

    generate_vmap_rule = True

    @staticmethod
    def forward(v: Tensor, value: Map, slope: Map) -> Tensor:
        del slope  # kept for the way back
        return value(v.double()).to(v.dtype)

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Tensor, Map, Map], output: Tensor) -> None:
        del output
        v, _, ctx.slope = inputs
        ctx.save_for_backward(v)

    @staticmethod
    def backward(ctx: Any, *cotangents: Tensor) -> tuple[Tensor, None, None]:
        (v,) = ctx.saved_tensors
        return (cotangents[0].double() * ctx.slope(v.double())).to(v.dtype), None, None


@dataclass(frozen=True, slots=True)
class Smooth:
    """A map of v together with its derivative, each in a form that is stable for every v."""

    value: Map
    slope: Map

    def __call__(self, v: Tensor) -> Tensor:
        """Return value(v) in v's dtype; autograd's derivative is slope(v)."""
        if not torch.is_grad_enabled():  # looking: the way back would cost as much as the value
            return self.value(v.double()).to(v.dtype)
        return cast(Tensor, _WithSlope.apply(v, self.value, self.slope))


@dataclass(frozen=True, slots=True)
class Domain:
    """The interval on which f* is finite."""

    lo: float = -inf
    hi: float = inf
    lo_closed: bool = False
    hi_closed: bool = False

    def __contains__(self, t: float) -> bool:
        above = t > self.lo or (self.lo_closed and t == self.lo)
        return above and (t < self.hi or (self.hi_closed and t == self.hi))


@dataclass(frozen=True, slots=True)
class Formula:
    """One function in plain text and in LaTeX."""

    plain: str
    latex: str


@dataclass(frozen=True, slots=True)
class Growth:
    """How q f(p/q) weighs the tails: as p^(1+up) / q^up where p/q -> inf, as q^(1+down) / p^down where p/q -> 0.

    ``at_zero`` and ``at_infinity`` are the limits of excess(u) at 0 and of excess(u)/u at infinity: what a unit of
    mass of Q where p = 0, and of P where q = 0, adds to the divergence.
    """

    up: float
    down: float
    at_zero: float
    at_infinity: float


@dataclass(frozen=True, slots=True)
class Divergence:
    """One f-divergence: functions that travel together.

    ``f``, ``f_prime`` act on u = p/q > 0 (``slope_formula`` writes f'); ``conjugate`` is f*(t), +inf outside
    ``domain``. ``activation`` is g_f, ``dual`` the fused v -> f*(g_f(v)). ``log_ratio`` reads log p/q off v (None
    where the critic only learns a sign), and ``optimal`` is its inverse: the v whose T is f'(p/q), from r = log p/q
    (for total variation a limit, +-inf).
    ``between_normals`` is the distance of two unit normals along their shift, where it is known in closed form.
    ``same_as`` names the divergence this one is up to a constant: what is best for that one is best for it, and it is
    drawn as that one, from 0; ``offset`` is what is added for it, in plain text.
    ``remark`` stands beside its value in a plain table.
    For quadrature, ``scaled_excess`` maps a float64 array of r to log(excess / max(u, 1)) with the excess
    f(u) - f(1) - f'(1)(u - 1); ``scaled_minus_f`` to log(-f(u) / max(u, 1)), where f < 0 vanishes at both ends (the
    GAN's) and digits count there.
    """

    key: str
    name: str
    f: Map
    f_prime: Map
    conjugate: Map
    domain: Domain
    activation: Smooth
    dual: Smooth
    log_ratio: Map | None
    optimal: Map
    scaled_excess: Excess
    growth: Growth
    slope_at_one: float
    curvature: float | None
    f_formula: Formula
    slope_formula: Formula
    activation_formula: Formula
    conjugate_formula: Formula
    at_one: float = 0.0
    parameter: float | None = None
    scaled_minus_f: Excess | None = None
    between_normals: Along | None = None
    same_as: str = ""
    offset: str = ""
    remark: str = ""

    @property
    def has_own_fit(self) -> bool:
        """Tell whether a best normal is searched under this divergence: of a family's members it is not."""
        return not self.same_as and self.parameter is None

    @property
    def label(self) -> str:
        """Return ``key`` or ``key(parameter)``, as the one grammar of objectives writes it."""
        return self.key if self.parameter is None else f"{self.key}({self.parameter:g})"

    def log_excess(self, log_ratio: Array) -> Array:
        """Return log(f(u) - f(1) - f'(1)(u - 1)) from an array of log u."""
        return self.scaled_excess(log_ratio) + np.maximum(log_ratio, 0.0)

    def optimal_critic(self, log_ratio: Tensor) -> Tensor:
        """Return T* = f'(p/q) from log p/q (f-GAN eq. 5), +-inf where it overflows, never NaN."""
        return self.activation.value(self.optimal(log_ratio.double())).to(log_ratio.dtype)
