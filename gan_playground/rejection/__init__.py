"""From a density ratio to the chance that a sample is kept, and to samples: four samplers over one ratio.

Azadi, Olsson, Darrell, Goodfellow and Odena, "Discriminator Rejection Sampling", ICLR 2019 (exact rejection and DRS);
Verine et al., "Optimal Budgeted Rejection Sampling", 2023 (OBRS); Turner et al., "Metropolis-Hastings Generative
Adversarial Networks", ICML 2019 (MH). Everything is float64: in float32, 1 - exp(-1e-8) is 0.
"""

from gan_playground.rejection.bars import (
    BURN_IN,
    EPSILON,
    PERCENTILE,
    PERCENTILES,
    Bar,
    BurnIn,
    Cap,
    burn_in,
    kept,
    shifted_logit,
)
from gan_playground.rejection.budgets import SHARES, Budget, Moves, budget
from gan_playground.rejection.chains import Chains, run_chains
from gan_playground.rejection.ratio import Floats, known, level, levelled, log1mexp, mean_ratio
from gan_playground.rejection.samplers import SAMPLERS, USUAL, Drawn, Options, Propose, Rule, Sampler, sampler

__all__ = [
    "BURN_IN",
    "EPSILON",
    "PERCENTILE",
    "PERCENTILES",
    "SAMPLERS",
    "SHARES",
    "USUAL",
    "Bar",
    "Budget",
    "BurnIn",
    "Cap",
    "Chains",
    "Drawn",
    "Floats",
    "Moves",
    "Options",
    "Propose",
    "Rule",
    "Sampler",
    "budget",
    "burn_in",
    "kept",
    "known",
    "level",
    "levelled",
    "log1mexp",
    "mean_ratio",
    "run_chains",
    "sampler",
    "shifted_logit",
]
