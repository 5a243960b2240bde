"""Why rejection may not help: what the data, the critic and its ratio give reason to fear."""

from typing import Any

from gan_playground.learners.gan.objectives import Objective
from gan_playground.rejection.bars import BurnIn
from gan_playground.rejection.budgets import effective_size
from gan_playground.rejection.calibration import Diagnosis
from gan_playground.rejection.ratio import mean_ratio


def cautions(
    rules: Objective,
    burn: BurnIn,
    accuracy: float,
    *,
    missing_modes: int = 0,
    as_trained: bool = False,
    diagnosis: Diagnosis | None = None,
    steps: int = 0,
    best: int = 0,
) -> list[dict[str, Any]]:
    """Return keys of sentences, with their values, in the order in which they are told.

    ``accuracy`` is the ratio's own, on unseen samples; ``missing_modes`` counts what no sample comes from;
    ``as_trained`` says that the ratio is the critic's own; ``diagnosis`` is of a ratio that was just learned;
    a critic that was trained on went on for ``steps``, and had its least held-out loss at ``best``.
    """
    found: list[dict[str, Any]] = []
    size, mean, spread = effective_size(burn.log_ratio), mean_ratio(burn.log_ratio), float(burn.log_ratio.std())
    if rules.log_ratio is None and rules.divergence is not None:
        found.append({"key": "rejection.caution_sign"})
    if missing_modes:
        found.append({"key": "rejection.caution_modes", "missing": missing_modes})
    if accuracy > 0.98:
        found.append({"key": "rejection.caution_supports", "accuracy": accuracy})
    if size < 0.01:
        found.append({"key": "rejection.caution_few", "share": size})
    if as_trained and abs(mean - 1) < 0.5 and spread < 0.5:
        found.append({"key": "rejection.caution_flat", "spread": spread})
    if diagnosis is not None and _off(diagnosis):
        found.append({"key": "rejection.caution_calibration", "z": diagnosis.z, "mean": diagnosis.mean_ratio})
    if steps > 1.5 * best:
        found.append({"key": "rejection.caution_memorised", "steps": steps, "step": best})
    return found


def _off(diagnosis: Diagnosis) -> bool:
    """Whether a ratio is out of calibration: Dawid's z beyond 3, or a mean ratio 4 errors and a tenth away from 1."""
    away = abs(diagnosis.mean_ratio - 1)
    return abs(diagnosis.z) > 3 or (away > 4 * max(diagnosis.mean_ratio_error, 1e-9) and away > 0.1)
