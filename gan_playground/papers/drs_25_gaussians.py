"""The toy table of Azadi et al. 2019, section 5.1: 25 Gaussians before and after rejection, from training to table."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from gan_playground.engine.engine import Run, advance, create
from gan_playground.engine.snapshot import snapshot
from gan_playground.papers.record import Beside, Check, Outcome, Progress, Published, Result, Row
from gan_playground.recommendations import recommended
from gan_playground.rejection import Options
from gan_playground.rejection.learned_ratio import learn_ratio
from gan_playground.rejection.sampler_table import ToyRow, compare
from gan_playground.settings import Settings
from gan_playground.words import Note

STEPS: Final = 6000
"""Steps of training: the recommended rates fall to 0 here."""

OPTIONS: Final = Options(percentile=80, budget=0.5, length=200)
"""DRS at the 80th percentile, OBRS at half; chains of 200, where the paper of MH-GAN has 640."""

LEAST: Final = 0.99
"""The share within 4 sd that DRS and OBRS have to reach."""

MODES: Final = 25

COLUMNS: Final = ("modes", "high_quality", "kl_modes", "sd_ratio", "w2", "w2_floor", "rate", "per_second")

PAPER: Final = {
    ("none", "modes"): 24.8,
    ("none", "high_quality"): 0.70,
    ("drs", "modes"): 24.8,
    ("drs", "high_quality"): 0.90,
}
"""Means of five runs; their spreads are 0.4, 9 %, 0.4 and 2 %."""

TRAINED: Final = 0.7
"""Share of the time that training takes."""

BITE: Final = 50


def train(seeds: Sequence[int], steps: int, progress: Progress) -> list[Run]:
    """Train one run a seed, all in one stack."""
    start = recommended("25-gaussians", "relativistic")
    runs = [create(Settings.parse({"seed": seed, "decay": steps}, base=start)) for seed in seeds]
    for done in range(0, steps, BITE):
        advance(runs, min(BITE, steps - done))
        progress(TRAINED * done / steps)
    return runs


def table(runs: Sequence[Run], progress: Progress) -> dict[int, tuple[ToyRow, ...]]:
    """Learn each run's ratio, and draw 10,000 samples by every sampler; by seed."""
    found: dict[int, tuple[ToyRow, ...]] = {}
    for place, run in enumerate(runs):
        ratio = learn_ratio(snapshot(run), seed=run.settings.seed)
        found[run.settings.seed] = compare(ratio, options=OPTIONS, seed=run.settings.seed)
        progress(TRAINED + (1 - TRAINED) * (place + 1) / len(runs))
    return found


def _run(seeds: int, progress: Progress) -> Outcome:
    return outcome(table(train(range(seeds), STEPS, progress), progress))


def outcome(found: dict[int, tuple[ToyRow, ...]]) -> Outcome:
    """The table of means and spreads over the seeds, beside the paper's, and what has to hold."""
    samplers = [row.sampler for row in next(iter(found.values()))]
    values = {
        (sampler, column): np.array([getattr(rows[place], column) for rows in found.values()])
        for place, sampler in enumerate(samplers)
        for column in COLUMNS
    }
    rows: list[Row] = []
    for sampler in samplers:
        row: dict[str, float | int | str] = {"sampler": sampler}
        for column in COLUMNS:
            row[column] = float(values[sampler, column].mean())
            if len(found) > 1 and column in ("modes", "high_quality", "rate"):
                row[f"{column} ±"] = float(values[sampler, column].std(ddof=1))
        rows.append(row)

    def least(sampler: str, column: str) -> float:
        return float(values[sampler, column].min())

    def mean(sampler: str, column: str) -> float:
        return float(values[sampler, column].mean())

    checks = [
        Check(
            Note(
                f"papers.drs_{sampler}",
                {
                    "share": mean(sampler, "high_quality"),
                    "lowest": least(sampler, "high_quality"),
                    "modes": round(least(sampler, "modes")),
                    "rate": mean(sampler, "rate"),
                    "bar": LEAST,
                },
            ),
            mean(sampler, "high_quality") >= LEAST and least(sampler, "modes") == MODES,
        )
        for sampler in ("drs", "obrs")
    ]
    by_seed: tuple[Row, ...] = tuple(
        {
            "seed": seed,
            "sampler": row.sampler,
            **{column: getattr(row, column) for column in COLUMNS},
            "M": _or_none(row.maximum_last),
            "M raised": row.raised,
            "n": row.n,
        }
        for seed, rows in found.items()
        for row in rows
    )
    return Outcome(
        rows=tuple(rows),
        beside=tuple(
            Beside(f"{column}, {sampler}", mean(sampler, column), Published(value, "remembered"))
            for (sampler, column), value in PAPER.items()
        ),
        checks=tuple(checks),
        tables={"by seed": by_seed},
        remarks=(Note("papers.drs_networks"), Note("papers.drs_percentile"), Note("papers.drs_perfect")),
    )


def _or_none(value: float) -> float | None:
    return value if math.isfinite(value) else None


RESULT: Final = Result(
    name="drs-25-gaussians",
    paper="Azadi, Olsson, Darrell, Goodfellow, Odena 2019, Discriminator Rejection Sampling",
    seconds=600.0,
    run=_run,
    seeds=5,
    random=True,
)
