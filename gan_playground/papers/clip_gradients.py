"""WGAN-GP's figure 1b: gradients through the 12 layers of a critic, clipped at c or penalised, and where weights end.

The Swiss roll against itself plus unit noise, nets 512 wide, ReLU, no normalisation (Gulrajani et al. 2017, section
4.1): |d loss / d a_l| at each layer's output a_l, from the critic's value (layer 13) back to its first layer.
"""

from typing import Final

import numpy as np

from gan_playground.data.fixed_pairs import PAIRS
from gan_playground.engine.critic_only_training import CriticRecipe, Critics
from gan_playground.learners.mlp import MLP
from gan_playground.papers.record import (
    Array,
    Beside,
    Chart,
    Check,
    Curve,
    Outcome,
    Progress,
    Published,
    Result,
    Role,
    Row,
    Style,
    Value,
)
from gan_playground.words import Note

NET: Final = MLP(2, 1, width=512, depth=12, activation="relu")
STEPS, BITE, POINTS = 100, 5, 512
COURSES: Final = {
    "clip": (("wgan(0.1)", "wgan(0.01)", "wgan(0.001)"), CriticRecipe(64, 5e-5, "rmsprop")),
    "penalty": (("wgan-gp(10)",), CriticRecipe(64, 1e-4, "adam", beta1=0.0)),
}
"""RMSProp and its rate as in WGAN; Adam, its rate and betas as in WGAN-GP."""

SIGNS: Final = {"wgan(0.1)": -1.0, "wgan(0.01)": 1.0, "wgan(0.001)": 1.0}
"""Of the slope of log |gradient| over the layers: below 0 it explodes on its way back, above 0 it vanishes."""

FLAT: Final = 0.05
"""A slope below this many decades a layer is flat."""


def decades_a_layer(norms: Array) -> float:
    """Return the least-squares slope of log10 of the norms ``[layers]`` over the layers."""
    layers = np.arange(1.0, len(norms) + 1)
    return float(np.polyfit(layers, np.log10(np.maximum(norms, 1e-300)), 1)[0])


def _run(seeds: int, progress: Progress) -> Outcome:
    rows: list[Row] = []
    norms: dict[str, Array] = {}
    weights: dict[str, Array] = {}
    pair, done = PAIRS["swiss-roll"], 0
    bites = seeds * len(COURSES) * STEPS // BITE
    for seed in range(seeds):
        for games, recipe in COURSES.values():
            critics = Critics(NET, games, pair.pair, recipe, seed, "he")
            for _ in range(STEPS // BITE):
                critics.advance(BITE)
                done += 1
                progress(done / bites)
            real, fake = (side[0] for side in critics.draw(-1, POINTS))
            for row, game in enumerate(games):
                found, flat = critics.layer_norms(row, real, fake), critics.weights(row)
                rows.append(
                    {"critic": game, "seed": seed, **_row(found), "at_clip": _at_clip(flat, critics.games[row].clip)}
                )
                if seed == 0:
                    norms[game], weights[game] = found, flat
    return Outcome(
        rows=tuple(rows),
        beside=tuple(
            Beside(
                f"sign of the slope, {game}, seed {seed}",
                float(np.sign(_slope(rows, game, seed))),
                Published(sign, "notes"),
            )
            for game, sign in SIGNS.items()
            for seed in range(seeds)
        ),
        checks=_checks(rows, seeds),
        charts=_charts(norms, weights),
        remarks=(Note("papers.clip_signs"),),
    )


def _row(norms: Array) -> dict[str, Value]:
    return {
        "log10_first": float(np.log10(max(norms[0], 1e-300))),
        "log10_last": float(np.log10(max(norms[-1], 1e-300))),
        "decades_a_layer": decades_a_layer(norms),
    }


def _at_clip(weights: Array, clip: float) -> float:
    """The share of weights within 1 % of the clip."""
    return float(np.mean(np.abs(weights) >= 0.99 * clip)) if np.isfinite(clip) else 0.0


def _slope(rows: list[Row], game: str, seed: int) -> float:
    (slope,) = (float(row["decades_a_layer"] or 0.0) for row in rows if row["critic"] == game and row["seed"] == seed)
    return slope


def _checks(rows: list[Row], seeds: int) -> tuple[Check, ...]:
    slopes = {game: [_slope(rows, game, seed) for seed in range(seeds)] for game in (*SIGNS, "wgan-gp(10)")}
    signs = [
        Check(
            Note(
                "papers.clip_explodes" if sign < 0 else "papers.clip_vanishes", {"game": game, "slope": slopes[game][0]}
            ),
            all(sign * slope > FLAT for slope in slopes[game]),
        )
        for game, sign in SIGNS.items()
    ]
    flat = max(map(abs, slopes["wgan-gp(10)"]))
    piled = min(float(row["at_clip"] or 0.0) for row in rows if row["critic"] == "wgan(0.01)")
    return (
        *signs,
        Check(Note("papers.clip_flat", {"slope": flat}), flat < FLAT),
        Check(Note("papers.clip_piled", {"share": 100 * piled}), piled > 0.5),
    )


def _charts(norms: dict[str, Array], weights: dict[str, Array]) -> tuple[Chart, ...]:
    looks: tuple[tuple[Role, Style], ...] = (
        ("generated", "solid"),
        ("generated", "dashed"),
        ("generated", "dotted"),
        ("real", "solid"),
    )
    layers = np.arange(1.0, NET.depth + 2)
    edges = np.linspace(-0.12, 0.12, 241)
    curves = tuple(
        Curve(game, layers, norms[game], role, style) for game, (role, style) in zip(norms, looks, strict=True)
    )
    piles = tuple(
        Curve(game, (edges[1:] + edges[:-1]) / 2, np.histogram(flat, edges)[0] / flat.size, role, style)
        for (game, flat), (role, style) in zip(weights.items(), looks, strict=True)
    )
    return (
        Chart("|∂L/∂a|", "l", "|∂L/∂a|", curves, log_y=True),
        Chart("w", "w", "%", tuple(Curve(c.name, c.x, 100 * c.y, c.role, c.style) for c in piles)),
    )


RESULT: Final = Result(
    name="clip-gradients",
    paper="Gulrajani, Ahmed, Arjovsky, Dumoulin, Courville 2017, Improved training of Wasserstein GANs",
    seconds=30.0,
    run=_run,
    random=True,
    one_thread=True,
)
