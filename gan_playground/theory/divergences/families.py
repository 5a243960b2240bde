"""The f-divergences with one parameter: the weighted Jensen-Shannon and the alpha family."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf, log
from typing import Final

import torch
from torch import Tensor
from torch.nn.functional import logsigmoid

from gan_playground.theory.divergences import excess
from gan_playground.theory.divergences.forms import IDENTITY, log_softplus_minus, one_minus_sigmoid, rounded, within
from gan_playground.theory.divergences.members import DIVERGENCES
from gan_playground.theory.divergences.record import Divergence, Domain, Formula, Growth, Smooth
from gan_playground.words import Refusal


@dataclass(frozen=True, slots=True)
class Family:
    """A divergence with one parameter: how it is built, the parameter's letter, default and closed range.

    ``name`` is the letter in plain text; pictures move the parameter over ``shown`` in steps of ``step``.
    """

    key: str
    build: Callable[[float], Divergence]
    symbol: str
    name: str
    default: float
    low: float
    high: float
    shown: tuple[float, float]
    step: float

    def check(self, parameter: float) -> None:
        """Raise a Refusal where the parameter is no number of the family's range."""
        if not self.low <= parameter <= self.high:
            low, high = f"{self.low:g}", f"{self.high:g}"
            raise Refusal(
                "errors.objective_parameter", value=parameter, symbol=self.symbol, name=self.key, low=low, high=high
            )


def weighted_js(pi: float = 0.25) -> Divergence:
    """Return the skew Jensen-Shannon divergence f(u) = pi u log u - (1 - pi + pi u) log(1 - pi + pi u).

    It is pi KL(P||M) + (1 - pi) KL(Q||M) with M = pi P + (1 - pi) Q, and js/2 at pi = 1/2.

    Raises:
        Refusal: pi lies outside [0.001, 0.999].

    """
    FAMILIES["weighted-js"].check(pi)
    log_pi, log_rest = log(pi), log(1.0 - pi)
    domain = Domain(hi=-pi * log_pi)

    def log_share(v: Tensor) -> Tensor:
        """Return log s: s = sigmoid(v)^(1/pi) = pi u / (1 - pi + pi u) is P's share of the mixture at x."""
        return logsigmoid(v) / pi

    def log_other(v: Tensor) -> Tensor:
        """Return log(1 - s), which is -v - log pi once e^-v is lost beside 1 (papers' erratum E6)."""
        return torch.where(v > 37.0, -v - log_pi, torch.log(-torch.expm1(log_share(v.clamp(max=37.0)))))

    def log_ratio(v: Tensor) -> Tensor:
        return log_rest - log_pi + log_share(v) - log_other(v)

    def optimal(r: Tensor) -> Tensor:
        log_power = -pi * torch.logaddexp(torch.zeros_like(r), log_rest - log_pi - r)  # log s^pi = log sigmoid(v)
        return log_power - torch.log(-torch.expm1(log_power))

    return Divergence(
        key="weighted-js",
        name="Weighted Jensen-Shannon",
        f=lambda u: pi * torch.xlogy(u, u) - (1.0 + pi * (u - 1.0)) * torch.log1p(pi * (u - 1.0)),
        f_prime=lambda u: pi * torch.log(u / (1.0 - pi + pi * u)),
        conjugate=within(domain, lambda t: (1.0 - pi) * (log_rest - torch.log1p(-pi * torch.exp(t / pi)))),
        domain=domain,
        activation=Smooth(lambda v: logsigmoid(v) - pi * log_pi, one_minus_sigmoid),
        dual=Smooth(
            lambda v: (1.0 - pi) * (log_rest - log_other(v)),
            lambda v: torch.exp(log_ratio(v) + logsigmoid(-v)),
        ),
        log_ratio=rounded(log_ratio),
        optimal=optimal,
        scaled_excess=excess.skew(pi),
        growth=Growth(up=0.0, down=0.0, at_zero=-(1.0 - pi) * log_rest, at_infinity=-pi * log_pi),
        slope_at_one=0.0,
        curvature=pi * (1.0 - pi),
        f_formula=Formula(
            "pi u log u - (1 - pi + pi u) log(1 - pi + pi u)", r"\pi u\log u-(1-\pi+\pi u)\log(1-\pi+\pi u)"
        ),
        slope_formula=Formula("pi log(u / (1 - pi + pi u))", r"\pi\log\frac{u}{1-\pi+\pi u}"),
        activation_formula=Formula("-pi log pi - log(1 + exp(-v))", r"-\pi\log\pi-\log(1+e^{-v})"),
        conjugate_formula=Formula(
            "(1 - pi) log((1 - pi) / (1 - pi exp(t / pi)))", r"(1-\pi)\log\frac{1-\pi}{1-\pi e^{t/\pi}}"
        ),
        parameter=pi,
    )


def alpha(a: float = 0.5) -> Divergence:
    """Return the alpha-divergence f(u) = (u^a - 1 - a (u - 1)) / (a (a - 1)); a = 0 and 1 are reverse-kl and kl.

    alpha(2) is pearson/2, alpha(1/2) is 2 hellinger, alpha(-1) is neyman/2.

    Raises:
        Refusal: a lies outside [-10, 10].

    """
    FAMILIES["alpha"].check(a)
    if a in (0.0, 1.0):
        return replace(DIVERGENCES["kl" if a else "reverse-kl"], key="alpha", name="Alpha", parameter=float(a))
    shared = Divergence(
        key="alpha",
        name="Alpha",
        f=lambda u: (torch.expm1(a * torch.log(u)) - a * (u - 1.0)) / (a * (a - 1.0)),
        f_prime=lambda u: torch.expm1((a - 1.0) * torch.log(u)) / (a - 1.0),
        conjugate=lambda t: torch.expm1(torch.log1p((t * (a - 1.0)).clamp(min=-1.0)) * (a / (a - 1.0))) / a,
        domain=Domain(),
        activation=IDENTITY,
        dual=IDENTITY,
        log_ratio=None,
        optimal=lambda r: torch.expm1((a - 1.0) * r) / (a - 1.0),
        scaled_excess=excess.alpha(a),
        growth=Growth(
            up=max(a - 1.0, 0.0),
            down=max(-a, 0.0),
            at_zero=1.0 / a if a > 0.0 else inf,
            at_infinity=1.0 / (1.0 - a) if a < 1.0 else inf,
        ),
        slope_at_one=0.0,
        curvature=1.0,
        f_formula=Formula("(u^a - 1 - a (u - 1)) / (a (a - 1))", r"\frac{u^a-1-a(u-1)}{a(a-1)}"),
        slope_formula=Formula("(u^(a - 1) - 1) / (a - 1)", r"\frac{u^{a-1}-1}{a-1}"),
        activation_formula=Formula("v", r"v"),
        conjugate_formula=Formula(
            "(max(0, t (a - 1) + 1)^(a / (a - 1)) - 1) / a", r"\tfrac1a\big(\max(0,\,t(a-1)+1)^{a/(a-1)}-1\big)"
        ),
        parameter=a,
    )
    return _alpha_above_one(shared, a) if a > 1.0 else _alpha_below_one(shared, a)


def _alpha_above_one(shared: Divergence, a: float) -> Divergence:
    """Complete the family for a > 1: T = v, u = max(0, 1 + (a - 1) v)^(1/(a-1))."""

    def log_base(v: Tensor) -> Tensor:
        return torch.log1p((v * (a - 1.0)).clamp(min=-1.0))

    def ratio(v: Tensor) -> Tensor:
        base = 1.0 + v * (a - 1.0)
        return torch.where(base > 0.0, base.clamp(min=1e-300) ** (1.0 / (a - 1.0)), 0.0)

    return replace(
        shared,
        dual=Smooth(lambda v: torch.expm1(log_base(v) * (a / (a - 1.0))) / a, ratio),
        log_ratio=rounded(lambda v: log_base(v) / (a - 1.0)),
    )


def _alpha_below_one(shared: Divergence, a: float) -> Divergence:
    """Complete the family for a < 1: T = 1/(1-a) - s with s = softplus(-v), u = ((1 - a) s)^(-1/(1-a))."""
    top, log_scale = 1.0 / (1.0 - a), log(1.0 - a)
    domain = Domain(hi=top, hi_closed=a < 0.0)

    def log_ratio(v: Tensor) -> Tensor:
        return -(log_scale + log_softplus_minus(v)) * top

    def optimal(r: Tensor) -> Tensor:
        s = top * torch.exp(-r / top)
        return -s - torch.log(-torch.expm1(-s))

    return replace(
        shared,
        conjugate=within(domain, shared.conjugate),
        domain=domain,
        activation=Smooth(lambda v: top + logsigmoid(v), one_minus_sigmoid),
        dual=Smooth(
            lambda v: torch.expm1(a * log_ratio(v)) / a,
            lambda v: torch.exp(log_ratio(v) + logsigmoid(-v)),
        ),
        log_ratio=rounded(log_ratio),
        optimal=optimal,
        activation_formula=Formula("1 / (1 - a) - log(1 + exp(-v))", r"\tfrac1{1-a}-\log(1+e^{-v})"),
        conjugate_formula=Formula(
            "((t (a - 1) + 1)^(a / (a - 1)) - 1) / a", r"\tfrac1a\big((t(a-1)+1)^{a/(a-1)}-1\big)"
        ),
    )


FAMILIES: Final[dict[str, Family]] = {
    family.key: family
    for family in (
        Family(
            "weighted-js", weighted_js, "π", "pi", default=0.25, low=0.001, high=0.999, shown=(0.001, 0.999), step=0.01
        ),
        Family("alpha", alpha, "α", "alpha", default=0.5, low=-10.0, high=10.0, shown=(-3.0, 3.0), step=0.05),
    )
}
