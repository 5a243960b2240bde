"""Two Gaussians a shift apart: what KL, Jensen-Shannon and W1 say of the shift, and how fast they change with it.

The argument of Arjovsky, Chintala, Bottou (2017, section 2, example 1): Jensen-Shannon saturates and its gradient
dies, the Wasserstein distance stays straight.
"""

from math import exp, inf, log
from typing import Final

import numpy as np

from gan_playground.papers.record import Beside, Chart, Check, Curve, Outcome, Progress, Published, Result, Role, Value
from gan_playground.theory.divergences import divergence
from gan_playground.theory.f_divergence import divergence_between
from gan_playground.theory.shifted_laws import SHIFTED_LAWS, shifted_distance
from gan_playground.theory.wasserstein import w1
from gan_playground.words import Note

SHIFTS: Final = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 24.0, 35.0)
SHOWN: Final = ("kl", "js", "jsd", "w1", "pearson")
VECTORS: Final = {
    1.0: {"kl": 0.5, "js": 0.22284, "jsd": 0.11142, "pearson": 1.71828, "hellinger": 0.23501, "w1": 1.0},
    2.0: {"kl": 2.0, "js": 0.67366, "jsd": 0.33683, "pearson": 53.59815, "hellinger": 0.78694, "w1": 2.0},
}
"""Quadratures of N(0, 1) against N(1, 1) and N(2, 1), by the trapezoidal rule: another program's."""

TWIN: Final = 1e-6
"""Closed forms and quadrature of the same divergence agree to this share."""


def _run(_: int, progress: Progress) -> Outcome:
    theta = np.array(SHIFTS)
    along = {key: shifted_distance("gaussians", key, theta) for key in SHOWN}
    rows = tuple(
        {"shift": shift}
        | {key: _written(along[key].log_value[i]) for key in SHOWN}
        | {f"d_{key}": _written(along[key].log_slope[i]) for key in ("js", "w1")}
        for i, shift in enumerate(SHIFTS)
    )
    progress(0.3)
    beside = [
        Beside(
            f"{key}, shift {shift:g}",
            float(shifted_distance("gaussians", key, np.array([shift])).value[0]),
            Published(value, "derived"),
        )
        for shift, values in VECTORS.items()
        for key, value in values.items()
    ]
    lines = {key: shifted_distance("lines", key, np.array([1.0])) for key in ("jsd", "kl", "w1")}
    beside += [
        Beside("parallel lines: JS", float(lines["jsd"].value[0]), Published(log(2.0), "remembered")),
        Beside("parallel lines: W1 / |theta|", float(lines["w1"].value[0]), Published(1.0, "remembered")),
    ]
    apart = max(_twin(key, shift) for key in ("kl", "js", "pearson", "w1") for shift in (0.5, 2.0, 8.0))
    progress(0.8)
    far = {key: float(along[key].log_slope[-1]) for key in ("js", "w1")}
    top = float(along["js"].value[-1])
    checks = (
        Check(Note("papers.shift_twin", {"worst": apart}), apart < TWIN),
        Check(Note("papers.shift_top", {"js": top, "jsd": top / 2}), abs(top - 2 * log(2.0)) < 1e-9),
        Check(
            Note("papers.shift_dies", {"log": far["js"], "w1": exp(far["w1"])}), far["js"] < -100 and far["w1"] == 0.0
        ),
        Check(
            Note("papers.shift_pearson", {"log": float(along["pearson"].log_value[-1])}),
            abs(float(along["pearson"].log_value[-1]) - 1225.0) < 1e-6,
        ),
        Check(
            Note("papers.shift_lines"),
            float(lines["kl"].value[0]) == inf and float(np.exp(lines["jsd"].log_slope[0])) == 0.0,
        ),
    )
    progress(1.0)
    return Outcome(rows=rows, beside=tuple(beside), checks=checks, charts=_charts())


def _twin(key: str, shift: float) -> float:
    """How far a closed form is from the quadrature of `distances`, as a share."""
    laws = SHIFTED_LAWS["gaussians"].laws(shift)
    assert laws is not None
    exact = (w1(*laws) if key == "w1" else divergence_between(divergence(key), *laws)).log_value
    return abs(float(np.expm1(shifted_distance("gaussians", key, np.array([shift])).log_value[0] - exact)))


def _written(logarithm: float) -> Value:
    """A value by its logarithm: beyond float64, or below 1e-300, as exp(...)."""
    if logarithm in (-inf, inf):
        return exp(logarithm)
    return exp(logarithm) if abs(logarithm) < log(1e300) else f"exp({logarithm:.1f})"


def _charts() -> tuple[Chart, ...]:
    theta = np.linspace(0.0, 12.0, 241)
    roles: tuple[tuple[str, Role], ...] = (("jsd", "critic"), ("js", "ink3"), ("w1", "ink"))
    along = {key: shifted_distance("gaussians", key, theta) for key, _ in roles}
    return (
        Chart("D(N(0,1), N(θ,1))", "θ", "D", tuple(Curve(key, theta, along[key].value, role) for key, role in roles)),
        Chart("dD/dθ", "θ", "dD/dθ", tuple(Curve(key, theta, along[key].slope, role) for key, role in roles)),
    )


RESULT: Final = Result(
    name="gan-shift",
    paper="Arjovsky, Chintala, Bottou 2017, Wasserstein GAN",
    seconds=1.0,
    run=_run,
)
