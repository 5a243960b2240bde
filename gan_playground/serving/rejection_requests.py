"""What the Rejection tab asks of a checkpoint: a frozen pair, walks, candidates to be kept or not, and scores.

A page that has the pair, and what OBRS and MH need in its place, moves every bar without asking again.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import torch

from gan_playground.images.checkpoints import Checkpoint
from gan_playground.images.evaluators import evaluator, read
from gan_playground.images.rejection import (
    BURN_IN_SEED,
    RATIOS,
    CheckpointRatio,
    before_or_after,
    checkpoint_ratio,
    frozen_burn_in,
    keeps,
    ratios_of,
    verdict,
)
from gan_playground.metrics.feature_distances import rank_test
from gan_playground.parsing import literal
from gan_playground.rejection import (
    BURN_IN,
    EPSILON,
    SAMPLERS,
    BurnIn,
    Options,
    budget,
    checked_budget,
    checked_percentile,
    mean_ratio,
    sampler,
)
from gan_playground.rejection.budgets import effective_size
from gan_playground.serving.job_queue import JobQueue
from gan_playground.serving.sample_requests import (
    FARTHEST,
    LAST_SEED,
    MOST,
    PATHS,
    Answer,
    answered,
    choice,
    interpolate,
    named,
    numbers,
    strip,
    whole,
)
from gan_playground.words import Refusal, unsaid

WALK: Final = 10
"""Images of one walk."""

ENDS: Final = 200
"""Good and broken ends of walks are drawn from this many of the burn-in's highest and lowest ratios."""

WALKS: Final = ("good-to-broken", "any", "mine")
EVALUATED: Final = 2000
"""Images of a score on the page, before and after."""

LENGTH: Final = 20
"""Proposals of a chain on the page: image generators are slow, and the command takes longer chains."""

KEPT: Final = 64
WAITING: Final = 4


@answered
def frozen(checkpoint: object, ratio: object) -> Answer:
    """Return what every bar follows from, and what test images say of the ratio.

    ``ratio`` is calibrated, as-trained, or best for the better one there is. M, gamma and OBRS's log c (None where
    infinite) come at every whole percentage, with the log-ratios of the burn-in and of real test images.
    """
    model = named(checkpoint)
    held = held_ratio(model, ratio)
    burn = frozen_burn_in(held)
    entry = read()["ratios"][model.entry.name]
    return {
        **rules(burn, held.real),
        "ratio": held.which,
        "ratios": list(ratios_of(model)),
        "figures": entry["figures"],
        "calibrator": entry["calibrator"]["kind"],
        "judged": read()["classifiers"].get(model.entry.data, {}).get("accuracy"),
        "cautions": cautions(held, burn, entry["figures"]["calibrated"]),
    }


def held_ratio(model: Checkpoint, ratio: object) -> CheckpointRatio:
    """Return a checkpoint under the ratio of this name; the page offers calibrated critics, and what they were before.

    Raises:
        Refusal: there is no such ratio, or this checkpoint ships uncalibrated or has none of its own.

    """
    which = choice("ratio", ratio, (*RATIOS, "best"))
    if "calibrated" not in ratios_of(model):
        raise Refusal("rejection.not_calibrated", name=model.entry.name)
    return checkpoint_ratio(model, RATIOS[0] if which == "best" else RATIOS[RATIOS.index(which)])  # type: ignore[arg-type]


def rules(burn: BurnIn, real: np.ndarray) -> dict[str, Any]:
    """Return what a page needs to move every bar by itself: M, gamma and OBRS's log c at every whole percentage."""
    shares = [budget(burn, share / 100) for share in range(1, 101)]
    gammas = [burn.gamma(q) for q in range(101)]
    return {
        "maximum": burn.maximum,
        "epsilon": EPSILON,
        "gamma": [gamma if np.isfinite(gamma) else None for gamma in gammas],
        "log_c": [None, *(one.log_c if np.isfinite(one.log_c) else None for one in shares)],
        "exact_below": sum(one.exact for one in shares),
        "generated": numbers(np.sort(burn.log_ratio)),
        "real": numbers(np.sort(real)),
        "mean_ratio": mean_ratio(burn.log_ratio),
    }


def cautions(held: CheckpointRatio, burn: BurnIn, figures: dict[str, Any]) -> list[dict[str, Any]]:
    """Return why rejection may not help under this ratio: keys of sentences, with their values."""
    found: list[dict[str, Any]] = []
    rules = held.checkpoint.rules
    if rules.log_ratio is None and rules.divergence is not None:
        found.append({"key": "rejection.caution_sign"})
    if figures["accuracy"] > 0.98:
        found.append({"key": "rejection.caution_supports", "accuracy": figures["accuracy"]})
    size = effective_size(burn.log_ratio)
    if size < 0.01:
        found.append({"key": "rejection.caution_few", "share": size})
    if held.which == "as-trained" and abs(mean_ratio(burn.log_ratio) - 1) < 0.5 and burn.log_ratio.std() < 0.5:
        found.append({"key": "rejection.caution_flat", "spread": float(burn.log_ratio.std())})
    return found


@answered
def walks(
    checkpoint: object, ratio: object, seed: object, ends: object, path: object, n: object, pair: object
) -> Answer:
    """Return ``n`` walks of `WALK` images, one after another, with the log-ratio of every image.

    ``pair`` are two of the candidates of ``seed``: under ``ends`` mine the first walk goes from one to the other.
    """
    model = named(checkpoint)
    held = held_ratio(model, ratio)
    chosen = whole("seed", seed, 0, LAST_SEED)
    rng = np.random.default_rng(chosen)
    many, way, kind = whole("n", n, 1, 12), choice("path", path, PATHS), choice("ends", ends, WALKS)
    burn, z = frozen_burn_in(held), model.latents(BURN_IN_SEED, BURN_IN)
    if kind == "any":
        pairs = rng.choice(BURN_IN, (many, 2), replace=False)
    else:
        order = np.argsort(-burn.log_ratio)
        pairs = np.stack([rng.choice(part, many, replace=False) for part in (order[:ENDS], order[-ENDS:])], axis=1)
    lines = [(z[a], z[b]) for a, b in pairs]
    if kind == "mine":
        if not isinstance(pair, list) or len(pair) != 2:
            raise Refusal("samples.ends", value=literal(pair))
        first, last = (whole("pair", end, 0, FARTHEST - 1) for end in pair)
        mine = model.latents(chosen, max(first, last) + 1)
        lines[0] = (mine[first], mine[last])
    images = model.images(torch.cat([interpolate(a, b, WALK, way) for a, b in lines]))
    return {
        "sheet": strip(model, images),
        "side": model.model.shape[0],
        "columns": WALK,
        "log_ratio": held.log_ratio(images).tolist(),
    }


@answered
def candidates(checkpoint: object, ratio: object, seed: object, start: object, n: object) -> Answer:
    """Return samples to be kept or not: their images, log-ratios, and the uniform number each is held against.

    Sample k is kept where ``u[k] <= chance``; the page decides, so that strictness sorts them at once.
    """
    model = named(checkpoint)
    held = held_ratio(model, ratio)
    first, many = whole("start", start, 0, FARTHEST - 1), whole("n", n, 1, 4 * MOST)
    chosen = whole("seed", seed, 0, LAST_SEED)
    images = model.images(model.latents(chosen, many, first))
    uniforms = 1.0 - np.random.default_rng(chosen).random(first + many)[first:]
    return {
        "sheet": strip(model, images),
        "side": model.model.shape[0],
        "log_ratio": held.log_ratio(images).tolist(),
        "u": uniforms.tolist(),
    }


# --- the evaluators' word, in a process of its own ---------------------------------------------------


def evaluation_queue() -> Callable[[object], Answer]:
    """Return the function that answers with the evaluators' scores; one at a time, in a helper process."""
    queue = JobQueue(WAITING, kept=KEPT)
    fields = ("checkpoint", "ratio", "sampler", "percentile", "budget")

    def scores(request: object) -> Answer:
        """Return scores before and after a sampler at equal counts, and the classifier's confidence in each image."""
        try:
            if not isinstance(request, dict) or set(request) != set(fields):
                raise Refusal("samples.request", fields=", ".join(fields))
            model = named(request["checkpoint"])
            key = (
                model.entry.name,
                held_ratio(model, request["ratio"]).which,
                sampler(request["sampler"]).key,
                checked_percentile(request["percentile"]),
                checked_budget(request["budget"]),
            )
            evaluator(model.entry.data)
            return queue(key, score, *key)
        except Refusal as refusal:
            return {"refused": unsaid(refusal)}

    return scores


def score(checkpoint: str, ratio: str, how: str, percentile: float, share: float) -> Answer:
    """Return the scores of `EVALUATED` images before and after, and of each one before: log-ratio and confidence."""
    torch.set_num_threads(1)
    model = named(checkpoint)
    held = held_ratio(model, ratio)
    options = Options(percentile=percentile, budget=share, length=LENGTH)
    classifier, burn = evaluator(model.entry.data), frozen_burn_in(held)
    count = min(EVALUATED, len(classifier.real))
    fresh = model.images(model.latents(BURN_IN_SEED + 1, count))
    rng = torch.Generator().manual_seed(BURN_IN_SEED + 2)
    drawn = SAMPLERS[how](held.proposer(rng), burn, count, np.random.default_rng(0), options, held.real)
    log_ratio = held.log_ratio(fresh)
    confidence = classifier(fresh)[1].max(1)
    keep = keeps(drawn.first, log_ratio, 0)
    both = 0 < keep.sum() < len(keep)
    before = before_or_after(classifier, fresh)
    after = before_or_after(classifier, torch.from_numpy(np.asarray(drawn.samples))) if drawn.complete else None
    return {
        "images": count,
        "before": before,
        "after": after,
        "verdict": verdict(before, after) if after else ["rejection.incomplete"],
        "rate": drawn.rate,
        "raised": drawn.raised,
        "maximum_last": drawn.last.maximum,
        "log_ratio": numbers(log_ratio),
        "confidence": numbers(confidence),
        "rank": rank_test(confidence[keep], confidence[~keep])[0] if both else None,
        "real_shares": classifier.shares.round(4).tolist(),
    }
