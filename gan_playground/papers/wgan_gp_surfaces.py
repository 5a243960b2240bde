"""WGAN-GP's figure 1a: critics trained to their best on data against itself plus unit noise, clipped and penalised.

Value surfaces on 8 Gaussians, 25 Gaussians and Swiss roll (Gulrajani et al. 2017, section 4.1). Corollary 1 says that
the best critic's gradient has norm 1 on the segments between paired samples; a soft penalty holds it near
1 + W1 / (2 lambda).
"""

from typing import Final

import numpy as np
import torch
from scipy.stats import rankdata

from gan_playground.data.fixed_pairs import PAIRS, FixedPair
from gan_playground.engine.critic_only_training import CriticRecipe, Critics, grid
from gan_playground.learners.mlp import MLP
from gan_playground.metrics.optimal_transport import transport
from gan_playground.papers.record import Array, Beside, Chart, Check, Outcome, Progress, Published, Result, Row, Surface
from gan_playground.words import Note

NET: Final = MLP(2, 1, width=128, depth=3, activation="relu")
STEPS: Final = 2000
BITE: Final = 50
COURSES: Final = {
    "clip": (("wgan(0.01)", "wgan(0.1)"), CriticRecipe(256, 1e-3, "rmsprop", decay=STEPS)),
    "penalty": (("wgan-gp(10)", "wgan-gp(0.1)"), CriticRecipe(256, 1e-3, "adam", decay=STEPS)),
}
"""Clipped critics follow RMSProp, as WGAN's authors advise; penalised ones Adam."""

POINTS: Final = 4096
TRANSPORTED: Final = 1500
SIDE: Final = 81
WITHIN: Final = 0.1
SHARE: Final = 0.9
COROLLARY: Final = Published(1.0, "read")
"""Corollary 1's gradient norm."""

BARRED: Final = ("25-gaussians", "swiss-roll")


def measure(critics: Critics, row: int, pair: FixedPair) -> dict[str, float]:
    """Return what is known of one critic.

    ``within``: the share of points on the segments between paired samples where |grad f| is 1 ± .1, and the ``slope``
    there (median); the ``estimate`` E_P f - E_Q f; the ``dip`` between neighbours; Spearman's ``rank`` correlation of f
    with the exact log p/q over samples of both.
    """
    real, fake, between = held_out(pair, critics.seed)
    slopes = critics.slope(row, between)
    on_real, on_fake = (critics.look(row, side)[0] for side in (real, fake))
    both = np.concatenate([real, fake])
    slope = float(np.median(slopes))
    return {
        "within": float(np.mean(np.abs(slopes - 1.0) <= WITHIN)),
        "slope": slope,
        "estimate": float(on_real.mean() - on_fake.mean()),
        "estimate_by_slope": float(on_real.mean() - on_fake.mean()) / float(slopes.max()),
        "dip": pair.dip(lambda x: critics.look(row, x)[0], slope),
        "rank": rank_correlation(np.concatenate([on_real, on_fake]), pair.log_ratio(both)),
    }


def exact_w1(real: Array, fake: Array) -> float:
    """Return W1 between `TRANSPORTED` held-out samples a side, none of them the other's twin: the noise floor is in."""
    return transport(real[:TRANSPORTED], fake[-TRANSPORTED:])[0]


def rank_correlation(a: Array, b: Array) -> float:
    """Return Spearman's correlation of two rows ``[n]`` without ties: Pearson's of their ranks."""
    return float(np.corrcoef(rankdata(a), rankdata(b))[0, 1])


def held_out(pair: FixedPair, seed: int) -> tuple[Array, Array, Array]:
    """Return samples that no critic trains on, real, generated, and between each two ``[POINTS, 2]``."""
    rng = torch.Generator().manual_seed(1_000_003 + seed)
    (real,), (fake,) = pair.pair(POINTS, rng)
    mix = torch.rand(POINTS, 1, generator=rng)
    real, fake, between = (side.double().numpy() for side in (real, fake, torch.lerp(fake, real, mix)))
    return real, fake, between


def _run(seeds: int, progress: Progress) -> Outcome:
    rows: list[Row] = []
    charts: list[Chart] = []
    bites, done = seeds * len(PAIRS) * len(COURSES) * STEPS // BITE, 0
    for seed in range(seeds):
        for key, pair in PAIRS.items():
            real, fake, _ = held_out(pair, seed)
            w1 = exact_w1(real, fake)
            for games, recipe in COURSES.values():
                critics = Critics(NET, games, pair.pair, recipe, seed, "he")
                for _ in range(STEPS // BITE):
                    critics.advance(BITE)
                    done += 1
                    progress(done / bites)
                for row, game in enumerate(games):
                    found = measure(critics, row, pair)
                    reached = found["estimate_by_slope"] / w1
                    rows.append({"data": key, "critic": game, "seed": seed, **found, "w1": w1, "reached": reached})
                    if seed == 0:
                        charts.append(_surface(critics, row, pair, f"{key}: {game}", real[:200], fake[:200]))
    beside = tuple(
        Beside(f"slope, {row['data']}, {row['critic']}, seed {row['seed']}", float(row["slope"] or 0.0), COROLLARY)
        for row in rows
        if row["critic"] == "wgan-gp(10)"
    )
    return Outcome(tuple(rows), beside, _checks(rows), charts=tuple(charts), remarks=(Note("papers.surfaces_soft"),))


def _checks(rows: list[Row]) -> tuple[Check, ...]:
    def of(data: str, critic: str, key: str) -> list[float]:
        return [float(row[key] or 0.0) for row in rows if row["data"] == data and row["critic"] == critic]

    shares = [
        Check(
            Note("papers.surfaces_within", {"data": data, "share": 100 * min(of(data, "wgan-gp(10)", "within"))}),
            min(of(data, "wgan-gp(10)", "within")) >= SHARE,
            binding=data in BARRED,
        )
        for data in PAIRS
    ]
    weak = max(share for data in PAIRS for share in of(data, "wgan-gp(0.1)", "within"))
    reached = [
        Check(
            Note(
                "papers.surfaces_reached",
                {
                    "data": data,
                    "penalty": 100 * float(np.mean(penalty := of(data, "wgan-gp(10)", "reached"))),
                    "clip": 100 * float(np.mean(clip := of(data, "wgan(0.01)", "reached"))),
                },
            ),
            all(one > other for one, other in zip(penalty, clip, strict=True)),
        )
        for data in PAIRS
    ]
    dips = [
        Check(
            Note(
                "papers.surfaces_dip",
                {
                    "data": data,
                    "penalty": (penalty := min(of(data, "wgan-gp(10)", "dip"))),
                    "clip": (clip := max(*of(data, "wgan(0.01)", "dip"), *of(data, "wgan(0.1)", "dip"))),
                },
            ),
            penalty > 0.25 and penalty > 2 * clip,
            binding=data == "8-gaussians",
        )
        for data in PAIRS
    ]
    return (*shares, Check(Note("papers.surfaces_weak", {"share": 100 * weak}), weak < 0.1), *reached, *dips)


def _surface(critics: Critics, row: int, pair: FixedPair, title: str, real: Array, fake: Array) -> Chart:
    axis, points = grid(pair.half, SIDE)
    values = critics.look(row, points)[0].reshape(SIDE, SIDE)
    return Chart(title, "x", "y", field=Surface(axis, axis, values, real, fake))


RESULT: Final = Result(
    name="wgan-gp-surfaces",
    paper="Gulrajani, Ahmed, Arjovsky, Dumoulin, Courville 2017, Improved training of Wasserstein GANs",
    seconds=90.0,
    run=_run,
    random=True,
    one_thread=True,
)
