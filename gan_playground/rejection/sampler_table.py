"""What each sampler does to a toy's generator: the table of Azadi et al. 2019, section 5.1, with more columns."""

import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np
import torch

from gan_playground.engine.measurements.noise_floors import N
from gan_playground.engine.random_streams import seeded
from gan_playground.engine.snapshot import Array, Snapshot
from gan_playground.engine.toy_scores import mode_scores, real_points
from gan_playground.metrics.modes import SAMPLE
from gan_playground.metrics.optimal_transport import transport
from gan_playground.rejection import SAMPLERS, USUAL, BurnIn, Drawn, Floats, Options, burn_in
from gan_playground.rejection.learned_ratio import ToyRatio, latents

NONE: Final = "none"
"""The row without rejection."""

FIRM: Final = "exact-99.9"
"""Exact rejection with the 99.9th percentile for M: a handful of samples above it are kept always, as if at M."""

KEYS: Final = (NONE, *SAMPLERS, FIRM)


@dataclass(frozen=True, slots=True)
class ToyRow:
    """One sampler's scores on ``n`` samples; nan where a score does not apply.

    ``modes`` found, share ``high_quality`` within 4 sd, ``kl_modes`` in nats, ``sd_ratio`` within a mode over the
    data's, ``w2`` between 1,000 samples and 1,000 of the data beside ``w2_floor`` of two draws of the data; ``rate``
    samples for one proposal, ``per_second`` samples, ``raised`` how often M rose, and the frozen and the last pair.
    """

    sampler: str
    n: int
    modes: float
    high_quality: float
    kl_modes: float
    sd_ratio: float
    w2: float
    w2_floor: float
    rate: float
    per_second: float
    raised: int
    capped: int
    complete: bool
    maximum: float
    maximum_last: float
    gamma: float
    gamma_last: float

    def record(self) -> dict[str, Any]:
        """Return it as plain values, null for nan."""
        return {
            key: None if isinstance(value, float) and not math.isfinite(value) else value
            for key, value in asdict(self).items()
        }


def compare(
    ratio: ToyRatio,
    n: int = SAMPLE,
    options: Options = USUAL,
    seed: int = 0,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[ToyRow, ...]:
    """Draw ``n`` samples without rejection and by each of the four samplers, and score them alike.

    Exact rejection comes twice: M as ``options.cap`` has it, and at the 99.9th percentile.
    """
    burn = ratio.burn_in(options, seed)
    rows = []
    for key in KEYS:
        progress(key)
        began = time.perf_counter()
        drawn = draw(ratio, burn, key, n, options, seed)
        rows.append(_scored(ratio.snapshot, key, drawn, time.perf_counter() - began, seed))
    return tuple(rows)


def draw(ratio: ToyRatio, burn: BurnIn, key: str, n: int, options: Options, seed: int) -> Drawn:
    """Draw ``n`` samples by the sampler of this name, or without one."""
    propose = ratio.proposer(seeded(seed, f"proposals of {key}"))
    if key == NONE:
        x, log_ratio = propose_alone(ratio.snapshot, seed, n)
        keep_all = SAMPLERS["exact"].rule(burn, options, ratio.real)
        return Drawn(x, log_ratio, n, keep_all, keep_all)
    if key == FIRM:
        return SAMPLERS["exact"](
            propose, burn_in(burn.log_ratio, "99.9"), n, np.random.default_rng(seed), replace(options, cap="99.9")
        )
    return SAMPLERS[key](propose, burn, n, np.random.default_rng(seed), options, ratio.real)


@torch.inference_mode()
def propose_alone(snapshot: Snapshot, seed: int, n: int) -> tuple[Array, Floats]:
    """Return samples of the generator without asking any critic; their log-ratios are nan."""
    x = snapshot.generator(latents(snapshot, n, seeded(seed, f"proposals of {NONE}")))
    return x.double().numpy(), np.full(n, np.nan)


def _scored(snapshot: Snapshot, key: str, drawn: Drawn, seconds: float, seed: int) -> ToyRow:
    x, draw_real = drawn.samples, real_points(snapshot.toy, seeded(seed, "yardstick"))
    scores = mode_scores(snapshot.toy, x)
    real, again = draw_real(N), draw_real(N)
    w2 = transport(x[:N], real)[1] if len(x) else math.nan
    _, floor = transport(again, real)
    first, last = drawn.first, drawn.last
    nan = math.nan
    return ToyRow(
        sampler=key,
        n=len(x),
        modes=float(scores["modes"]),
        high_quality=scores["high_quality"],
        kl_modes=scores["kl_modes"],
        sd_ratio=scores["sd_ratio"],
        w2=w2,
        w2_floor=floor,
        rate=drawn.rate,
        per_second=len(x) / max(seconds, 1e-9),
        raised=drawn.raised,
        capped=drawn.capped,
        complete=drawn.complete,
        maximum=nan if key == NONE else first.maximum,
        maximum_last=nan if key == NONE else last.maximum,
        gamma=nan if key == NONE else float(getattr(first, "gamma", nan)),
        gamma_last=nan if key == NONE else float(getattr(last, "gamma", nan)),
    )
