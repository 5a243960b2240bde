"""From a critic's logits to a ratio that can be believed: two calibrators, and what a third split says of them.

A logit l = log p/q claims that of equally many real and generated samples at that l, the share sigmoid(l) is real.
A calibrator is fitted on data the critic never saw; whether the claim then holds is measured on data that neither saw.
"""

from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import isotonic_regression
from scipy.special import expit, log_expit, logit

from gan_playground.rejection import Floats, known, level

ENOUGH: Final = 5000
"""Points from which an isotonic fit is considered: with fewer its steps are mostly noise."""

BINS: Final = 10
"""Points of a reliability curve, each over equally many samples."""


class Calibrator(Protocol):
    """A non-decreasing map of logits."""

    def __call__(self, logits: ArrayLike) -> Floats:
        """Return the calibrated log-ratio of logits ``[...]``."""
        ...

    def record(self) -> dict[str, Any]:
        """Return it as plain values."""
        ...


@dataclass(frozen=True, slots=True)
class Platt:
    """l -> slope l + intercept (Platt 1999): the logistic regression of real against generated on the logit."""

    slope: float = 1.0
    intercept: float = 0.0

    def __call__(self, logits: ArrayLike) -> Floats:
        """Return the calibrated log-ratio of logits ``[...]``."""
        return self.slope * np.asarray(logits, np.float64) + self.intercept

    def record(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"kind": "platt", "slope": self.slope, "intercept": self.intercept}


@dataclass(frozen=True, slots=True, eq=False)
class Isotonic:
    """The non-decreasing curve through ``knots`` (logits ``[k]``) and ``values`` ``[k]``, straight between them.

    Beyond its ends it goes on with slope 1: so that the best samples keep their order.
    """

    knots: Floats
    values: Floats

    def __call__(self, logits: ArrayLike) -> Floats:
        """Return the calibrated log-ratio of logits ``[...]``."""
        x = np.asarray(logits, np.float64)
        beyond = np.maximum(x - self.knots[-1], 0) + np.minimum(x - self.knots[0], 0)
        return np.interp(x, self.knots, self.values) + beyond

    def record(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"kind": "isotonic", "knots": self.knots.tolist(), "values": self.values.tolist()}


def calibrator(record: dict[str, Any]) -> Calibrator:
    """Return the calibrator of plain values."""
    if "knots" in record:
        return Isotonic(np.asarray(record["knots"], np.float64), np.asarray(record["values"], np.float64))
    return Platt(float(record["slope"]), float(record["intercept"]))


# --- fitting -------------------------------------------------------------------------------------


def cross_entropy(real: ArrayLike, generated: ArrayLike) -> float:
    """Return -E_P[log sigmoid(l)]/2 - E_G[log sigmoid(-l)]/2 in nats: log 2 for a critic that cannot tell."""
    real, generated = np.asarray(real, np.float64), np.asarray(generated, np.float64)
    return float(-(log_expit(real).mean() + log_expit(-generated).mean()) / 2)


def fit_platt(real: ArrayLike, generated: ArrayLike) -> Platt:
    """Return the Platt scaling with the least `cross_entropy`, both sides weighing the same: Newton's method.

    Targets are softened as Platt has it, (n + 1)/(n + 2) for n samples a side, so that separable logits have a fit.
    """
    real, generated = np.asarray(real, np.float64).ravel(), np.asarray(generated, np.float64).ravel()
    x = np.concatenate((real, generated))
    centre, spread = x.mean(), max(x.std(), 1e-12)
    design = np.stack(((x - centre) / spread, np.ones_like(x)), 1)
    target = np.concatenate(
        (np.full(len(real), 1 - 1 / (len(real) + 2)), np.full(len(generated), 1 / (len(generated) + 2)))
    )
    weight = np.concatenate((np.full(len(real), 0.5 / len(real)), np.full(len(generated), 0.5 / len(generated))))

    def loss(theta: NDArray[np.float64]) -> float:
        value = design @ theta
        return float(-(weight * (target * log_expit(value) + (1 - target) * log_expit(-value))).sum())

    theta = np.zeros(2)
    for _ in range(100):
        share = expit(design @ theta)
        gradient = design.T @ (weight * (share - target))
        curvature = (design * (weight * share * (1 - share))[:, None]).T @ design + 1e-12 * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        scale = 1.0
        while loss(theta - scale * step) > loss(theta) and scale > 1e-6:
            scale /= 2
        theta = theta - scale * step
        if np.abs(scale * step).max() < 1e-12:
            break
    return Platt(float(theta[0] / spread), float(theta[1] - theta[0] * centre / spread))


def fit_isotonic(real: ArrayLike, generated: ArrayLike) -> Isotonic:
    """Return the isotonic regression of "real" on the logit, each side weighing the same, as a curve of log-ratios.

    Shares are clipped to [1/(n + 2), 1 - 1/(n + 2)] for n samples in all; a step becomes one knot, at its mean logit.
    """
    real, generated = np.asarray(real, np.float64).ravel(), np.asarray(generated, np.float64).ravel()
    x = np.concatenate((real, generated))
    y = np.concatenate((np.ones(len(real)), np.zeros(len(generated))))
    weight = np.concatenate((np.full(len(real), 0.5 / len(real)), np.full(len(generated), 0.5 / len(generated))))
    # equal logits are one point: their order must not matter
    places, which = np.unique(x, return_inverse=True)
    total = np.bincount(which, weight)
    share = np.bincount(which, weight * y) / total
    fitted = np.asarray(isotonic_regression(share, weights=total).x)
    floor = 1 / (len(x) + 2)
    step = np.concatenate(([0], np.cumsum(np.diff(fitted) > 0)))
    knots = np.bincount(step, total * places) / np.bincount(step, total)
    values = logit(np.clip(fitted[np.concatenate(([True], np.diff(fitted) > 0))], floor, 1 - floor))
    return Isotonic(knots, values)


def fit(real: ArrayLike, generated: ArrayLike) -> Calibrator:
    """Return the calibrator that does better on halves it was not fitted on; Platt's below `ENOUGH` points."""
    real, generated = np.asarray(real, np.float64).ravel(), np.asarray(generated, np.float64).ravel()
    if len(real) + len(generated) < ENOUGH:
        return fit_platt(real, generated)

    def held_out(method: Any) -> float:
        losses = []
        for ours, theirs in ((slice(0, None, 2), slice(1, None, 2)), (slice(1, None, 2), slice(0, None, 2))):
            fitted = method(real[ours], generated[ours])
            losses.append(cross_entropy(fitted(real[theirs]), fitted(generated[theirs])))
        return sum(losses)

    return min((fit_platt, fit_isotonic), key=held_out)(real, generated)


# --- what a third split says ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Diagnosis:
    """What equally many real and generated samples, unseen till now, say of a log-ratio.

    ``brier`` is E (y - D)^2, D = sigmoid(log-ratio): 1/4 for a critic that cannot tell. ``z`` is Dawid's
    sum(y - D) / sqrt(sum D (1 - D)): N(0, 1) if calibrated in the mean, so beyond 2 it is not. ``mean_ratio`` is
    E_G[p/q] with its standard error: 1 for a true ratio, and off where Z is fine, since it hangs on the best samples
    alone. ``claimed`` and ``observed`` float64 ``[bins]`` are the reliability curve: mean D and the share that is real,
    over `BINS` bins of equally many samples; ``error`` is the standard error of ``observed``.
    """

    samples: int
    brier: float
    z: float
    cross_entropy: float
    accuracy: float
    mean_ratio: float
    mean_ratio_error: float
    claimed: Floats
    observed: Floats
    error: Floats

    def record(self) -> dict[str, Any]:
        """Return it as plain values, rounded to what its sampling error can carry."""
        return {
            "samples": self.samples,
            "brier": round(self.brier, 5),
            "z": round(self.z, 3),
            "cross_entropy": round(self.cross_entropy, 5),
            "accuracy": round(self.accuracy, 4),
            "mean_ratio": round(self.mean_ratio, 4),
            "mean_ratio_error": round(self.mean_ratio_error, 4),
            "claimed": self.claimed.round(4).tolist(),
            "observed": self.observed.round(4).tolist(),
            "error": self.error.round(4).tolist(),
        }


def diagnose(real: ArrayLike, generated: ArrayLike) -> Diagnosis:
    """Measure log-ratios of as many real as generated samples, ``[n]`` each (the longer one is cut).

    Raises:
        Refusal: a log-ratio is NaN, or no generated one is finite.

    """
    real, generated = known(real).ravel(), known(generated).ravel()
    n = min(len(real), len(generated))
    real, generated = real[:n], generated[:n]
    mean = float(np.exp(level(generated)))
    share = expit(np.concatenate((real, generated)))
    y = np.concatenate((np.ones(n), np.zeros(n)))
    spread = float((share * (1 - share)).sum())
    order = np.argsort(share, kind="stable")
    parts = np.array_split(order, min(BINS, n))
    observed = np.array([y[part].mean() for part in parts])
    sizes = np.array([len(part) for part in parts])
    ratios = np.exp(np.minimum(generated, 700.0))
    return Diagnosis(
        samples=n,
        brier=float(np.square(y - share).mean()),
        z=float((y - share).sum() / np.sqrt(max(spread, 1e-300))),
        cross_entropy=cross_entropy(real, generated),
        accuracy=float(((share > 0.5) == (y > 0.5)).mean()),
        mean_ratio=mean,
        mean_ratio_error=float(ratios.std(ddof=1) / np.sqrt(n)),
        claimed=np.array([share[part].mean() for part in parts]),
        observed=observed,
        error=np.sqrt(observed * (1 - observed) / sizes),
    )
