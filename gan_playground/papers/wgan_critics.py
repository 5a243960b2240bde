"""WGAN's figure 2: the best discriminator and the best critic on the same two Gaussians, exact and trained.

N(0, 1) real, N(6, 1) generated; which two Gaussians the figure shows is not known here (Arjovsky et al. 2017,
figure 2). What a generator feels is the slope: of log(1 - D) and -log D, or of the critic.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from scipy.special import expit

from gan_playground.data.fixed_pairs import shifted_normals
from gan_playground.engine.critic_only_training import Array, CriticRecipe, Critics
from gan_playground.learners.gan.objectives import objective
from gan_playground.learners.mlp import MLP
from gan_playground.papers.record import Beside, Chart, Check, Curve, Outcome, Progress, Published, Result, Row
from gan_playground.theory.shifted_laws import TOLD, Told, discriminator
from gan_playground.words import Note

SHIFT: Final = 6.0
NET: Final = MLP(1, 1, width=64, depth=2, activation="leaky-relu")
STEPS, BITE = 1500, 50
COURSES: Final = {
    "descent": (("gan:exact", "wgan-gp(10)"), CriticRecipe(256, 2e-3, decay=STEPS)),
    "clip": (("wgan(0.01)",), CriticRecipe(256, 1e-3, "rmsprop", decay=STEPS)),
}
PLACES: Final = (-2.0, 0.0, 1.5, 3.0, 4.5, 6.0, 8.0)
LINEAR: Final = 0.99
"""R^2 of a line. A clipped critic puts its few kinks where they serve its box, and bends: reported without a bar."""


def _run(seeds: int, progress: Progress) -> Outcome:
    x = np.linspace(-3.0, SHIFT + 3.0, 241)
    places = np.array(PLACES)
    trained: dict[str, list[Critics]] = {}
    bites, done = seeds * len(COURSES) * STEPS // BITE, 0
    for seed in range(seeds):
        for games, recipe in COURSES.values():
            critics = Critics(NET, games, shifted_normals([SHIFT] * len(games)), recipe, seed)
            for _ in range(STEPS // BITE):
                critics.advance(BITE)
                done += 1
                progress(done / bites)
            for game in games:
                trained.setdefault(game, []).append(critics)
    first = {game: look(critics[0], game, x) for game, critics in trained.items()}
    at = {game: look(critics[0], game, places) for game, critics in trained.items()}
    exact = {key: told(SHIFT, places) for key, told in TOLD.items()}
    best, minimax = discriminator(SHIFT, places).value, minimax_slope(at["gan:exact"])
    unit = float(first["wgan(0.01)"].slope.mean())
    rows: list[Row] = [
        {
            "x": place,
            "D*": float(best[i]),
            "D": float(expit(at["gan:exact"].value[i])),
            "d log(1-D*)": float(exact["saturating"].slope[i]),
            "d log(1-D)": float(minimax[i]),
            "d -log D*": float(exact["non-saturating"].slope[i]),
            "d -f*": float(exact["critic"].slope[i]),
            "d -f gp": float(-at["wgan-gp(10)"].slope[i]),
            "d -f clip, scaled": float(at["wgan(0.01)"].slope[i] / unit),
        }
        for i, place in enumerate(PLACES)
    ]
    return Outcome(
        rows=tuple(rows),
        beside=(
            Beside(
                "slope of log(1-D) at the generated mean", float(minimax[PLACES.index(SHIFT)]), Published(0.0, "notes")
            ),
            *(
                Beside(f"R^2 of a line, {game}", straight(x, first[game].value), Published(1.0, "notes"))
                for game in ("wgan-gp(10)", "wgan(0.01)")
            ),
        ),
        checks=_checks(x, trained),
        charts=_charts(x, first),
    )


def look(critics: Critics, game: str, x: Array) -> Told:
    """Return V and dV/dx ``[n]`` of one trained critic at points ``[n]``."""
    row = [each.name for each in critics.games].index(objective(game).name)
    value, gradient = critics.look(row, x[:, None])
    return Told(value, gradient[:, 0])


def minimax_slope(seen: Told) -> Array:
    """Return d log(1 - sigmoid(V)) / dx = -D V': what the minimax generator feels."""
    return -expit(seen.value) * seen.slope


def straight(x: Array, y: Array) -> float:
    """Return R^2 of the least-squares line through y(x)."""
    left = y - np.polyval(np.polyfit(x, y, 1), x)
    return float(1.0 - left.var() / y.var())


def _checks(x: Array, trained: Mapping[str, Sequence[Critics]]) -> tuple[Check, ...]:
    mean = np.array([SHIFT])
    exact = float(TOLD["saturating"](SHIFT, mean).slope[0])
    felt = max(abs(float(minimax_slope(look(each, "gan:exact", mean))[0])) for each in trained["gan:exact"])
    lines = {
        game: min(straight(x, look(each, game, x).value) for each in trained[game])
        for game in ("wgan-gp(10)", "wgan(0.01)")
    }
    slopes = [float(-look(each, "wgan-gp(10)", mean).slope[0]) for each in trained["wgan-gp(10)"]]
    soft = 1.0 + SHIFT / 20.0
    return (
        Check(Note("papers.critics_dead", {"exact": exact, "felt": felt}), exact < 1e-6 and felt < 0.05),
        Check(
            Note("papers.critics_alive", {"slope": slopes[0], "soft": soft}),
            all(abs(slope - soft) < 0.2 for slope in slopes),
        ),
        *(
            Check(
                Note("papers.critics_linear", {"game": game, "fit": fit}), fit > LINEAR, binding=game == "wgan-gp(10)"
            )
            for game, fit in lines.items()
        ),
    )


def _charts(x: Array, first: Mapping[str, Told]) -> tuple[Chart, ...]:
    density = [np.exp(-0.5 * np.square(x - mean)) / np.sqrt(2 * np.pi) for mean in (0.0, SHIFT)]
    penalised, clipped = first["wgan-gp(10)"].value, first["wgan(0.01)"].value
    scale = float(np.ptp(penalised) / np.ptp(clipped))
    return (
        Chart(
            "D, f",
            "x",
            "",
            (
                Curve("p", x, 4 * density[0], "real", "dotted"),
                Curve("q", x, 4 * density[1], "generated", "dotted"),
                Curve("D*", x, discriminator(SHIFT, x).value, "ink", "dashed"),
                Curve("D", x, expit(first["gan:exact"].value), "ink3"),
                Curve("f*", x, -TOLD["critic"](SHIFT, x).value, "ink", "dashed"),
                Curve("f, wgan-gp(10)", x, penalised - penalised.mean(), "critic"),
                Curve("f, wgan(0.01), scaled", x, scale * (clipped - clipped.mean()), "critic", "dotted"),
            ),
        ),
        Chart(
            "slopes",
            "x",
            "d/dx",
            (
                Curve("log(1 − D*)", x, TOLD["saturating"](SHIFT, x).slope, "ink", "dashed"),
                Curve("log(1 − D)", x, minimax_slope(first["gan:exact"]), "ink3"),
                Curve("−log D*", x, TOLD["non-saturating"](SHIFT, x).slope, "real", "dashed"),
                Curve("−f*", x, TOLD["critic"](SHIFT, x).slope, "critic", "dashed"),
                Curve("−f, wgan-gp(10)", x, -first["wgan-gp(10)"].slope, "critic"),
            ),
        ),
    )


RESULT: Final = Result(
    name="wgan-critics",
    paper="Arjovsky, Chintala, Bottou 2017, Wasserstein GAN",
    seconds=6.0,
    run=_run,
    random=True,
    one_thread=True,
)
