"""Saddle points: a quadratic game under its guarantee, xy, and the Dirac-GAN of each objective, as the hand moves."""

from typing import Final

import numpy as np

from gan_playground.learners.gan.dirac_gan import DIRAC_GANS, orbit
from gan_playground.page.mathml import formula
from gan_playground.page.panels.panel import Answer, Panel, Values, choice, number, numbers
from gan_playground.theory.quadratic_games import ORDERS, guarantee, isotropic, spread

REACH: Final = 2.5
"""The plane that is shown reaches so far from the saddle point on every side."""

STEPS: Final = 80
ORBIT: Final = 100
SIDE: Final = 15
FIELD: Final = np.linspace(-REACH, REACH, SIDE)

SCENE: Final = choice("scene", "theorem", "bilinear", "dirac")
DELTA: Final = number("delta", "0.5", 0.05, 2.0)
COUPLING: Final = number("coupling", "1", 0.0, 3.0)
ETA: Final = number("eta", "0.2", 0.01, 1.0)
ORDER: Final = choice("order", *ORDERS)
GAME: Final = choice("game", *DIRAC_GANS)
X: Final = number("x", "1", -REACH, REACH)
Y: Final = number("y", "1", -REACH, REACH)


def theorem(values: Values) -> Answer:
    """Return the path of the single-step method with steps of delta/L, J along it, and what Theorem 1 guarantees."""
    game = spread(values["delta"], values["coupling"])
    promise = guarantee(game)
    path = game.path(np.array([values["x"], values["y"]]), "single-step", promise.rate, STEPS)
    J, t = game.energy(path), np.arange(STEPS + 1)
    return {
        "path": numbers(path.ravel()),
        "J": numbers(J),
        "bound": numbers(J[0] * promise.factor**t),
        "sharper": numbers(J[0] * promise.sharper**t),
        "delta": game.convexity,
        "L": game.smoothness,
        "eta": promise.rate,
        "factor": promise.factor,
        "measured": float((J[-1] / J[0]) ** (1 / STEPS)) if J[0] > 0 else None,
    }


def bilinear(values: Values) -> Answer:
    """Return the paths of both orders on F = xy, and the factor of a single step."""
    game, start = isotropic(0.0, 1.0), np.array([values["x"], values["y"]])
    paths = {order: game.path(start, order, values["eta"], STEPS) for order in ORDERS}
    return {
        "paths": {order: numbers(path.ravel()) for order, path in paths.items()},
        "growth": float(np.hypot(1.0, values["eta"])),
        "end": {order: float(np.hypot(*path[-1])) for order, path in paths.items()},
    }


def dirac(values: Values) -> Answer:
    """Return the Dirac-GAN's vector field over the plane and one trajectory (theta, psi)."""
    game = DIRAC_GANS[values["game"]]
    path = orbit(game, (values["x"], values["y"]), values["order"], values["eta"], ORBIT)
    return {
        "field": numbers(game.field(FIELD, FIELD).ravel()),
        "path": numbers(path.ravel()),
        "clip": None if np.isinf(game.clip) else game.clip,
        "start": float(np.hypot(*path[0])),
        "end": float(np.hypot(*path[-1])),
    }


PANEL: Final = Panel(
    "saddle",
    (SCENE, DELTA, COUPLING, ETA, ORDER, GAME, X, Y),
    {"theorem": theorem, "bilinear": bilinear, "dirac": dirac},
    formulas={
        "theorem": formula(r"J(\pi^t) \le \left(1 - \frac{\delta^2}{2L}\right)^t J(\pi^0)"),
        "bilinear": formula(r"F(x, y) = x y"),
        "dirac": formula(r"V(x) = \psi x"),
    },
)
