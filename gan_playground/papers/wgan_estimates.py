"""WGAN's figures 3 and 4 on Gaussians: the critic's estimate follows W1, the discriminator's stays near log 2.

A generator N(theta, 1) is moved away from N(0, 1); at every shift a critic is trained to its best (Arjovsky et al.
2017, section 4.2).
"""

from math import log
from typing import Final

import numpy as np

from gan_playground.engine.shift_estimates import ESTIMATORS, SHIFTS, STEPS, Estimates, Read, penalised
from gan_playground.papers.record import Beside, Chart, Check, Curve, Outcome, Progress, Published, Result, Row
from gan_playground.words import Note

BITE: Final = 50
ABOVE: Final = 1e-3
"""A lower bound may lie this much above the truth: its largest slope is looked for on a grid."""


def _run(seeds: int, progress: Progress) -> Outcome:
    rows: list[Row] = []
    reads: dict[tuple[str, int], Read] = {}
    bites, done = seeds * len(ESTIMATORS) * STEPS // BITE, 0
    for seed in range(seeds):
        for name in ESTIMATORS:
            estimates = Estimates(name, seed)
            for _ in range(STEPS // BITE):
                estimates.critics.advance(BITE)
                done += 1
                progress(done / bites)
            read = reads[name, seed] = estimates.read()
            rows += [
                {
                    "critic": estimates.estimator.game,
                    "seed": seed,
                    "shift": shift,
                    "estimate": float(read.estimate[i]),
                    "slope": float(read.slope[i]),
                    "lower_bound": float(read.bound[i]),
                    "exact": float(read.truth[i]),
                    "of": estimates.estimator.truth,
                }
                for i, shift in enumerate(SHIFTS)
            ]
    first = {name: reads[name, 0] for name in ESTIMATORS}
    return Outcome(
        rows=tuple(rows),
        beside=(
            Beside("JS estimate at the largest shift", float(first["gan"].estimate[-1]), Published(log(2.0), "notes")),
            *(
                Beside(
                    f"W1 / shift at {shift:g}, wgan-gp by slope",
                    float(first["wgan-gp"].bound[i] / shift),
                    Published(1.0, "derived"),
                )
                for i, shift in enumerate(SHIFTS)
                if shift > 0
            ),
        ),
        checks=_checks(reads),
        charts=_charts(first),
        remarks=(Note("papers.estimates_soft"),),
    )


def _checks(reads: dict[tuple[str, int], Read]) -> tuple[Check, ...]:
    shifts = np.array(SHIFTS)
    moved = shifts > 0
    js, penalty, clip = (
        [read for (name, _), read in reads.items() if name == key] for key in ("gan", "wgan-gp", "wgan")
    )
    above = max(float((read.bound - read.truth).max()) for read in reads.values())
    law = max(float(np.abs(read.estimate[moved] / penalised(shifts, 10.0)[moved] - 1.0).max()) for read in penalty)
    close = min(float((read.bound[moved] / read.truth[moved]).min()) for read in penalty)
    short = max(float((read.truth - read.estimate).max()) for read in js)
    late = max(float(read.estimate[-1] - read.estimate[SHIFTS.index(4.0)]) for read in js)
    growing = all(bool((np.diff(read.estimate) > 0).all()) for read in (*penalty, *clip))
    return (
        Check(Note("papers.estimates_below", {"above": above}), above <= ABOVE),
        Check(Note("papers.estimates_near", {"share": 100 * close}), close > 0.85),
        Check(Note("papers.estimates_law", {"off": 100 * law}), law < 0.05),
        Check(Note("papers.estimates_grow"), growing),
        Check(Note("papers.estimates_stuck", {"late": late, "short": short}), late < 0.07 and short < 0.01),
    )


def _charts(first: dict[str, Read]) -> tuple[Chart, ...]:
    shifts = np.array(SHIFTS)
    return (
        Chart(
            "W₁",
            "θ",
            "E_p f − E_q f",
            (
                Curve("W₁ = θ", shifts, shifts, "ink", "dashed"),
                Curve("wgan-gp(10)", shifts, first["wgan-gp"].estimate, "critic"),
                Curve("θ (1 + θ/2λ)", shifts, penalised(shifts, 10.0), "ink3", "dotted"),
                Curve("wgan-gp / max slope", shifts, first["wgan-gp"].bound, "real"),
                Curve("wgan(0.01) / max slope", shifts, first["wgan"].bound, "generated"),
            ),
        ),
        Chart(
            "JSD",
            "θ",
            "½L + log 2",
            (
                Curve("jsd", shifts, first["gan"].truth, "ink", "dashed"),
                Curve("gan", shifts, first["gan"].estimate, "critic"),
                Curve("log 2", shifts, np.full_like(shifts, log(2.0)), "ink3", "dotted"),
            ),
        ),
    )


RESULT: Final = Result(
    name="wgan-estimates",
    paper="Arjovsky, Chintala, Bottou 2017, Wasserstein GAN",
    seconds=25.0,
    run=_run,
    random=True,
    one_thread=True,
)
