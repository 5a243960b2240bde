"""f-GAN's Theorem 1: the single-step method near a saddle point, its guaranteed rate, and where it guarantees nothing.

J(pi_t) <= (1 - delta^2 / (2 L))^t J(pi_0) with steps of delta / L, where F is strongly convex-concave with constant
delta and grad J is L-Lipschitz (Nowozin, Cseke, Tomioka 2016, theorem 1). Beside it the games without delta: xy, and
the Dirac-GAN of Mescheder, Geiger, Nowozin (2018).
"""

from math import sqrt
from typing import Final

import numpy as np

from gan_playground.learners.gan.dirac_gan import DIRAC_GANS, settles
from gan_playground.papers.record import Beside, Chart, Check, Curve, Outcome, Progress, Published, Result, Role, Row
from gan_playground.theory.quadratic_games import BILINEAR, ORDERS, Order, guarantee, isotropic, random_game
from gan_playground.words import Note

STEPS: Final = 300
ETA: Final = 0.1
DIRAC_STEPS: Final = 2000
START: Final = (1.0, 1.0)
ROUNDING: Final = 1e-9


def _run(seeds: int, progress: Progress) -> Outcome:
    rows, beside, worst, charts = [], [], 0.0, []
    for seed in range(seeds):
        game = random_game(seed)
        promise, n = guarantee(game), len(game.turn)
        start = np.random.default_rng([seed, 1]).normal(size=n)
        J = game.energy(game.path(start, "single-step", promise.rate, STEPS))
        bound = J[0] * promise.factor ** np.arange(STEPS + 1)
        measured = float((J[-1] / J[0]) ** (1 / STEPS))
        worst = max(worst, float((J / bound)[1:].max()))
        rows.append(
            {
                "seed": seed,
                "delta": game.convexity,
                "L": game.smoothness,
                "eta": promise.rate,
                "measured": measured,
                "guaranteed": promise.factor,
                "sharper": promise.sharper,
                "J_over_bound": float((J / bound)[1:].max()),
            }
        )
        beside.append(Beside(f"factor of J a step, seed {seed}", measured, Published(promise.factor, "notes")))
        t = np.arange(STEPS + 1.0)
        if seed == 0:
            charts.append(
                Chart(
                    "J = ½|∇F|²",
                    "t",
                    "J",
                    (
                        Curve("measured", t, J, "critic"),
                        Curve("(1 − δ²/2L)^t", t, bound, "ink", "dashed"),
                        Curve("(1 − δ²/L)^t", t, J[0] * promise.sharper**t, "ink3", "dotted"),
                    ),
                    log_y=True,
                )
            )
        progress(0.5 * (seed + 1) / seeds)
    even = isotropic(0.5, 1.0)
    promise = guarantee(even)
    J = even.energy(even.path(np.array(START), "single-step", promise.rate, 60))
    sharpest = float(np.abs(J[1:] / J[:-1] / promise.sharper - 1.0).max())
    radii = {order: _radii(order) for order in ORDERS}
    growth = float((radii["single-step"][-1] / radii["single-step"][0]) ** (1 / STEPS))
    ring = radii["alternating"]
    beside.append(Beside("xy, growth a single step", growth, Published(sqrt(1 + ETA**2), "derived")))
    dirac, paths = _dirac()
    progress(1.0)
    return Outcome(
        rows=tuple(rows),
        tables={"dirac-gan": dirac},
        beside=tuple(beside),
        checks=(
            Check(Note("papers.theorem_bound", {"steps": STEPS, "worst": worst}), worst <= 1.0 + ROUNDING),
            Check(Note("papers.theorem_sharp", {"factor": promise.sharper}), sharpest < ROUNDING),
            Check(
                Note("papers.theorem_spiral", {"growth": growth, "eta": ETA}),
                abs(growth / sqrt(1 + ETA**2) - 1) < ROUNDING,
            ),
            Check(
                Note("papers.theorem_ring", {"low": float(ring.min()), "high": float(ring.max())}),
                bool(ring.max() / ring[0] < 1.1 and ring.min() / ring[0] > 0.9),
            ),
            Check(
                Note("papers.theorem_dirac", {"steps": DIRAC_STEPS, "eta": ETA}),
                [row["game"] for row in dirac if row["settles"]] == ["r1"],
            ),
        ),
        charts=(*charts, _spirals(), *paths),
    )


def _radii(order: Order) -> np.ndarray:
    return np.hypot(*BILINEAR.path(np.array(START), order, ETA, STEPS).T)


def _spirals() -> Chart:
    roles: dict[Order, Role] = {"single-step": "generated", "alternating": "real"}
    curves = (
        Curve(order, *BILINEAR.path(np.array(START), order, ETA, STEPS).T, role=role) for order, role in roles.items()
    )
    return Chart("F = xy", "x", "y", tuple(curves))


def _dirac() -> tuple[tuple[Row, ...], tuple[Chart, ...]]:
    rows, charts = [], []
    for name, game in DIRAC_GANS.items():
        path = game.path(START, "single-step", ETA, DIRAC_STEPS)
        rows.append(
            {
                "game": name,
                "objective": game.name,
                "r1": game.r1,
                "start": float(np.hypot(*path[0])),
                "end": float(np.hypot(*path[-1])),
                "settles": settles(path),
            }
        )
        charts.append(Chart(f"Dirac-GAN: {name}", "θ", "ψ", (Curve("θ, ψ", *path.T, role="critic"),)))
    return tuple(rows), tuple(charts)


RESULT: Final = Result(
    name="theorem-1",
    paper="Nowozin, Cseke, Tomioka 2016, f-GAN",
    seconds=2.0,
    run=_run,
    seeds=3,
    random=True,
)
