"""What the Rejection tab asks of a checkpoint: a frozen pair, walks, candidates to be kept or not, and scores.

A page that has the pair, and what OBRS and MH need in its place, moves every bar without asking again.
"""

from typing import Annotated, Any, Final

import numpy as np
import torch

from gan_playground.images.checkpoints import Checkpoint, shelf
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
from gan_playground.parsing import Choice, Maybe, Several, Whole, quoted
from gan_playground.rejection import (
    BURN_IN,
    EPSILON,
    PERCENTILES,
    SAMPLERS,
    SHARES,
    BurnIn,
    Options,
    budget,
    mean_ratio,
)
from gan_playground.rejection.cautions import cautions
from gan_playground.serving.answers import Answer, Answered, answered, answered_alone
from gan_playground.serving.job_queue import JobQueue
from gan_playground.serving.sample_requests import (
    MOST,
    PLACE,
    Model,
    Seed,
    Way,
    interpolate,
    numbers,
    strip,
)
from gan_playground.words import Refusal

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

Ratio = Annotated[str, Choice((*RATIOS, "best"))]
Pair = Annotated[tuple[int, ...] | None, Maybe(Several(PLACE, 2, 2, says="samples.ends"))]


@answered_alone
def frozen(checkpoint: Model, ratio: Ratio) -> Answer:
    """Return what every bar follows from, and what test images say of the ratio.

    ``ratio`` is calibrated, as-trained, or best for the better one there is. M, gamma and OBRS's log c (None where
    infinite) come at every whole percentage, with the log-ratios of the burn-in and of real test images.
    """
    held = held_ratio(checkpoint, ratio)
    burn = frozen_burn_in(held)
    entry = read()["ratios"][checkpoint.entry.name]
    figures = entry["figures"]
    return {
        **rules(burn, held.real),
        "ratio": held.which,
        "ratios": list(ratios_of(checkpoint)),
        "figures": figures,
        "calibrator": entry["calibrator"]["kind"],
        "judged": read()["classifiers"].get(checkpoint.entry.data, {}).get("accuracy"),
        "cautions": cautions(
            checkpoint.rules,
            burn,
            figures["calibrated"]["accuracy"],
            as_trained=held.which == "as-trained",
            steps=figures["steps"],
            best=figures["step"],
        ),
    }


def held_ratio(model: Checkpoint, which: str) -> CheckpointRatio:
    """Return a checkpoint under the ratio of this name; the page offers calibrated critics, and what they were before.

    Raises:
        Refusal: this checkpoint ships uncalibrated, or has no ratio of its own.

    """
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


@answered_alone
def walks(
    checkpoint: Model,
    ratio: Ratio,
    seed: Seed,
    ends: Annotated[str, Choice(WALKS)],
    path: Way,
    n: Annotated[int, Whole(1, 12)],
    pair: Pair,
) -> Answer:
    """Return ``n`` walks of `WALK` images, one after another, with the log-ratio of every image.

    ``pair`` are two of the candidates of ``seed``: under ``ends`` mine the first walk goes from one to the other.
    """
    held = held_ratio(checkpoint, ratio)
    rng = np.random.default_rng(seed)
    burn, z = frozen_burn_in(held), checkpoint.latents(BURN_IN_SEED, BURN_IN)
    if ends == "any":
        pairs = rng.choice(BURN_IN, (n, 2), replace=False)
    else:
        order = np.argsort(-burn.log_ratio)
        pairs = np.stack([rng.choice(part, n, replace=False) for part in (order[:ENDS], order[-ENDS:])], axis=1)
    lines = [(z[a], z[b]) for a, b in pairs]
    if ends == "mine":
        if pair is None:
            raise Refusal("samples.ends", value=quoted(pair))
        first, last = pair
        mine = checkpoint.latents(seed, max(first, last) + 1)
        lines[0] = (mine[first], mine[last])
    images = checkpoint.images(torch.cat([interpolate(a, b, WALK, path) for a, b in lines]))
    return {
        "sheet": strip(checkpoint, images),
        "side": checkpoint.model.shape[0],
        "columns": WALK,
        "log_ratio": held.log_ratio(images).tolist(),
    }


@answered_alone
def candidates(
    checkpoint: Model,
    ratio: Ratio,
    seed: Seed,
    start: Annotated[int, PLACE],
    n: Annotated[int, Whole(1, 4 * MOST)],
) -> Answer:
    """Return samples to be kept or not: their images, log-ratios, and the uniform number each is held against.

    Sample k is kept where ``u[k] <= chance``; the page decides, so that strictness sorts them at once.
    """
    held = held_ratio(checkpoint, ratio)
    images = checkpoint.images(checkpoint.latents(seed, n, start))
    uniforms = 1.0 - np.random.default_rng(seed).random(start + n)[start:]
    return {
        "sheet": strip(checkpoint, images),
        "side": checkpoint.model.shape[0],
        "log_ratio": held.log_ratio(images).tolist(),
        "u": uniforms.tolist(),
    }


# --- the evaluators' word, in a process of its own ---------------------------------------------------


def evaluation_queue() -> Answered:
    """Return the function that answers with the evaluators' scores; one at a time, in a helper process."""
    queue = JobQueue(WAITING, kept=KEPT)

    @answered
    def scores(
        checkpoint: Model,
        ratio: Ratio,
        sampler: Annotated[str, Choice(tuple(SAMPLERS), "rejection.no_sampler")],
        percentile: Annotated[float, PERCENTILES],
        budget: Annotated[float, SHARES],
    ) -> Answer:
        """Return scores before and after a sampler at equal counts, and the classifier's confidence in each image."""
        key = (checkpoint.entry.name, held_ratio(checkpoint, ratio).which, sampler, percentile, budget)
        evaluator(checkpoint.entry.data)
        return queue(key, score, *key)

    return scores


def score(checkpoint: str, ratio: str, how: str, percentile: float, share: float) -> Answer:
    """Return the scores of `EVALUATED` images before and after, and of each one before: log-ratio and confidence."""
    torch.set_num_threads(1)
    model = shelf(checkpoint)
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
