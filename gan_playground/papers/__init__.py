"""The tables and figures of the papers, rebuilt: numbers of ours beside the published ones.

One module a result. A later result is one more module and one more entry of `RESULTS`; the command line's list, its
``all``, and the page's list follow.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import torch

from gan_playground.papers import (
    clip_gradients,
    drs_25_gaussians,
    em_boxes,
    fgan_mixture,
    gan_shift,
    theorem_1,
    wgan_critics,
    wgan_estimates,
    wgan_gp_surfaces,
)
from gan_playground.papers.record import Outcome, Progress, Result
from gan_playground.words import Refusal

__all__ = ["RESULTS", "Report", "reproduce", "result"]

MOST_SEEDS: Final = 20

RESULTS: Final[Mapping[str, Result]] = {
    paper.RESULT.name: paper.RESULT
    for paper in (
        fgan_mixture,
        gan_shift,
        wgan_critics,
        wgan_gp_surfaces,
        clip_gradients,
        wgan_estimates,
        em_boxes,
        theorem_1,
        drs_25_gaussians,
    )
}
"""Every result by its name, in the order in which they are listed."""


@dataclass(frozen=True, slots=True)
class Report:
    """A result that has been run: on so many seeds, in so many seconds."""

    result: Result
    outcome: Outcome
    seeds: int
    seconds: float


def result(name: str) -> Result:
    """Return the result of this name.

    Raises:
        Refusal: no such result.

    """
    if name not in RESULTS:
        raise Refusal("papers.unknown", value=name, names=", ".join(RESULTS))
    return RESULTS[name]


def reproduce(name: str, seeds: int | None = None, progress: Progress = lambda _: None) -> Report:
    """Rebuild a result on the seeds 0 to ``seeds`` - 1, by default as many as it asks for.

    Raises:
        Refusal: no such result, or no such number of seeds.

    """
    entry = result(name)
    count = entry.seeds if seeds is None or not entry.random else seeds
    if not 1 <= count <= MOST_SEEDS:
        raise Refusal("papers.seeds", value=count, most=MOST_SEEDS)
    began, threads = time.perf_counter(), torch.get_num_threads()
    torch.set_num_threads(1 if entry.one_thread else threads)
    try:
        outcome = entry.run(count, progress)
    finally:
        torch.set_num_threads(threads)
    return Report(entry, outcome, count if entry.random else 0, time.perf_counter() - began)
