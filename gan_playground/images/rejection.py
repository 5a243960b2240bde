"""Rejection on a checkpoint's images: one ratio, one burn-in, any sampler, and what evaluators say before and after."""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

import numpy as np
import torch
from torch import Tensor

from gan_playground.images.checkpoints import CHUNK, Checkpoint, load
from gan_playground.images.evaluators import Evaluator, evaluator, image_ratio, read
from gan_playground.metrics.feature_distances import balance, fidelity, rank_test
from gan_playground.parsing import shown
from gan_playground.rejection import (
    BURN_IN,
    USUAL,
    BurnIn,
    Drawn,
    Floats,
    Options,
    Rule,
    burn_in,
    kept,
    mean_ratio,
    sampler,
)
from gan_playground.words import Refusal

Which = Literal["calibrated", "as-trained"]
RATIOS: Final[tuple[Which, ...]] = ("calibrated", "as-trained")
"""The critic continued and calibrated, or its log-ratio as its game left it."""

BURN_IN_SEED: Final = 0
SCORED: Final = 5000
"""Images of a score, before and after: as many as there are real ones to compare with."""


@dataclass(frozen=True, eq=False)
class CheckpointRatio:
    """A checkpoint under one ratio: log p/q of images, and of real test images ``real`` ``[n]``."""

    checkpoint: Checkpoint
    which: Which
    log_ratio: Callable[[Tensor], Floats]
    real: Floats

    def proposer(self, rng: torch.Generator) -> Callable[[int], tuple[Any, Floats]]:
        """Return a source of fresh images ``[n, pixels]`` with their log-ratios."""

        def propose(n: int) -> tuple[Any, Floats]:
            images = self.checkpoint.images(self.checkpoint.model.latents(n, rng))
            return images.numpy(), self.log_ratio(images)

        return propose


@lru_cache(maxsize=32)
def checkpoint_ratio(checkpoint: Checkpoint, which: Which) -> CheckpointRatio:
    """Return the checkpoint under this ratio.

    Raises:
        Refusal: it was not calibrated, or its own critic knows only a sign.

    """
    if which == "calibrated":
        ratio = image_ratio(checkpoint)
        return CheckpointRatio(checkpoint, which, ratio, ratio.real)
    return CheckpointRatio(checkpoint, which, checkpoint.log_ratio, checkpoint.real_log_ratio)


def ratios_of(checkpoint: Checkpoint) -> tuple[Which, ...]:
    """Return the ratios there are for this checkpoint, the better one first."""
    entry = read()["ratios"].get(checkpoint.entry.name)
    there = entry is not None and entry["generator"] == checkpoint.entry.parts["generator"].sha256
    own = checkpoint.rules.log_ratio is not None
    return tuple(which for which, has in zip(RATIOS, (there, own), strict=True) if has)


@lru_cache(maxsize=32)
def frozen_burn_in(ratio: CheckpointRatio) -> BurnIn:
    """Return the one burn-in of a ratio: 10,000 samples of seed 0, so that everyone sees the same pair."""
    return burn_in(of_burn_in(ratio))


def of_burn_in(ratio: CheckpointRatio) -> Floats:
    """Return the log-ratios of the burn-in's samples, a forward pass at a time: 10,000 photographs are a gigabyte."""
    latents = ratio.checkpoint.latents(BURN_IN_SEED, BURN_IN)
    return np.concatenate([ratio.log_ratio(ratio.checkpoint.images(z)) for z in latents.split(CHUNK)])


def reject(
    name: str,
    how: str = "drs",
    n: int = SCORED,
    options: Options = USUAL,
    seed: int = 1,
    which: str | None = None,
    scored: bool = True,
) -> dict[str, Any]:
    """Draw ``n`` images of checkpoint ``name`` by a sampler, and return how it went and what the evaluators say.

    ``scored`` False leaves the evaluators out.

    Raises:
        Refusal: no such checkpoint, sampler or ratio, an option out of its range, or a ratio that does not ship.

    """
    chosen, checkpoint = sampler(how), load(name)
    there = ratios_of(checkpoint)
    if which is not None and which not in RATIOS:
        raise Refusal("rejection.no_ratio", knob="ratio", value=shown(which), names=", ".join(RATIOS))
    if which is None and not there:
        raise Refusal("rejection.no_chance", name=name)
    ratio = checkpoint_ratio(checkpoint, next(r for r in RATIOS if r == (which or there[0])))
    first = burn_in(of_burn_in(ratio), options.cap)
    began = time.perf_counter()
    drawn = chosen(
        ratio.proposer(torch.Generator().manual_seed(seed)), first, n, np.random.default_rng(seed), options, ratio.real
    )
    seconds = time.perf_counter() - began
    result: dict[str, Any] = {
        "checkpoint": name,
        "sampler": how,
        "ratio": ratio.which,
        "n": len(drawn.samples),
        "complete": drawn.complete,
        "proposed": drawn.proposed,
        "rate": drawn.rate,
        "seconds": round(seconds, 3),
        "samples_per_s": round(len(drawn.samples) / seconds, 1),
        **_pair(drawn),
        "capped": drawn.capped,
        "mean_ratio": mean_ratio(first.log_ratio),
    }
    if scored and read()["classifiers"].get(checkpoint.entry.data) is not None:
        result |= scores(ratio, drawn, seed)
    return result


def _pair(drawn: Drawn) -> dict[str, Any]:
    """The frozen pair and the last one."""
    pair: dict[str, Any] = {"maximum": drawn.first.maximum, "maximum_last": drawn.last.maximum, "raised": drawn.raised}
    for key in ("gamma", "log_c", "exact"):
        if hasattr(drawn.first, key):
            pair |= {key: getattr(drawn.first, key), f"{key}_last": getattr(drawn.last, key)}
    return {
        key: value if not isinstance(value, float) or np.isfinite(value) else str(value) for key, value in pair.items()
    }


def scores(ratio: CheckpointRatio, drawn: Drawn, seed: int = 1) -> dict[str, Any]:
    """Return the evaluators' word on a sampler: before and after at equal counts, and kept against rejected.

    ``before`` are samples taken as they come. Confidence is the classifier's largest class probability; ``rank`` the
    chance that a kept image has more of it than a rejected one, with the one-sided p-value.
    """
    classifier, checkpoint = evaluator(ratio.checkpoint.entry.data), ratio.checkpoint
    many = min(len(drawn.samples), len(classifier.real))
    fresh = checkpoint.images(checkpoint.latents(seed + 1, SCORED))
    found = {
        "before": before_or_after(classifier, fresh[:many]),
        "after": before_or_after(classifier, torch.from_numpy(np.asarray(drawn.samples[:many]))),
        "images": many,
    }
    found["verdict"] = verdict(found["before"], found["after"])
    _, shares = classifier(fresh)
    confidence, keep = shares.max(1), keeps(drawn.last, ratio.log_ratio(fresh), seed)
    rank, p_value = (float("nan"), float("nan"))
    if 0 < keep.sum() < len(keep):
        rank, p_value = rank_test(confidence[keep], confidence[~keep])
    return found | {
        "confidence_kept": float(np.median(confidence[keep])) if keep.any() else None,
        "confidence_rejected": float(np.median(confidence[~keep])) if not keep.all() else None,
        "rank": rank if np.isfinite(rank) else None,
        "rank_p": p_value if np.isfinite(p_value) else None,
    }


def verdict(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return what rejection changed beyond its error, as keys of sentences: precision first, then what it cost.

    A change counts beyond two standard errors of the difference, the errors taken as independent; recall and class
    balance are costs where they got worse. Neighbours in a chain of MH are not independent: it is judged too surely.
    """

    def beyond(gain: float, *errors: float) -> int:
        return int(np.sign(gain)) if abs(gain) > 2 * math.hypot(*errors) else 0

    def change(key: str) -> int:
        return beyond(after[key] - before[key], after[f"{key}_error"], before[f"{key}_error"])

    one, other = before["balance"], after["balance"]
    lost = {
        "recall": change("recall") < 0,
        "balance": beyond(other["distance"] - one["distance"], other["error"], one["error"]) > 0,
    }
    gain = {1: "up", 0: "same", -1: "down"}[change("precision")]
    costs = [f"rejection.cost_{key}" for key, is_lost in lost.items() if is_lost]
    return [f"rejection.gain_{gain}", *(costs or ["rejection.cost_none"])]


def keeps(rule: Rule, log_ratio: Floats, seed: int) -> np.ndarray:
    """Draw which of some samples a rule keeps."""
    return kept(rule.chance(log_ratio), np.random.default_rng(seed))


def before_or_after(classifier: Evaluator, images: Tensor) -> dict[str, Any]:
    """Return Fréchet distance, precision, recall and class balance of images ``[n, pixels]``, with their errors.

    They are compared with as many real ones.
    """
    features, shares = classifier(images)
    found = fidelity(classifier.real[: len(images)], features)

    def error(share: float) -> float:
        return round(float(np.sqrt(share * (1 - share) / len(images))), 4)

    return found.record() | {
        "precision_error": error(found.precision),
        "recall_error": error(found.recall),
        "balance": balance(shares.argmax(1), classifier.shares).record(),
    }
