"""What a visitor waits for images: sheets of every checkpoint, bars over walks, and accepted samples; from one run."""

import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import torch

from gan_playground.engine.weight_files import PRETRAINED
from gan_playground.images.checkpoints import load, manifest
from gan_playground.images.contact_sheets import png, sample_grid
from gan_playground.images.rejection import ratios_of, reject
from gan_playground.serving.rejection_requests import walks

ROUNDS: Final = 9
IMAGES: Final = 64
"""Of one sheet, as the page opens."""

ROWS: Final = 8
"""Walks of ten images, each image under its bar."""

ACCEPTED: Final = 20_000
"""Samples that OBRS keeps, at its usual budget."""


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def run_images(folder: Path = PRETRAINED, rounds: int = ROUNDS) -> dict[str, dict[str, float]]:
    """Return for each checkpoint the seconds of its first use and of a sheet thereafter, and its weights' bytes.

    A first use reads, verifies and builds the checkpoint and draws a sheet, in a process that has served others; a
    sheet is `IMAGES` images as PNG, the median of ``rounds``.
    """
    entries = manifest(folder).entries
    for entry in list(entries.values())[:1]:  # what any first forward pass of a process costs is no checkpoint's
        png(sample_grid(load(entry.name, folder), IMAGES, 0))
    result = {}
    for name in entries:
        first = _timed(lambda: png(sample_grid(load(name, folder), IMAGES, 0)))  # noqa: B023 -- called at once
        checkpoint = load(name, folder)
        taken = [_timed(lambda: png(sample_grid(checkpoint, IMAGES, seed))) for seed in range(rounds)]  # noqa: B023
        result[name] = {"first": first, "warm": statistics.median(taken), "bytes": checkpoint.bytes}
    return result


def run_rejection(rounds: int = ROUNDS, accepted: int = ACCEPTED) -> dict[str, dict[str, float]]:
    """Return for each calibrated checkpoint the seconds of `ROWS` walks with their bars, and of OBRS's samples.

    ``bars`` is the tab's own answer with its sheet, warm, the median of ``rounds``; ``obrs`` draws ``accepted``
    samples at the usual budget, after the burn-in.
    """
    result = {}
    for name in manifest().entries:
        if "calibrated" not in ratios_of(load(name)):
            continue
        request = {"checkpoint": name, "ratio": "calibrated", "ends": "any", "path": "linear", "n": ROWS, "pair": None}
        walks(request | {"seed": 0})
        bars = statistics.median(_timed(lambda: walks(request | {"seed": seed})) for seed in range(rounds))  # noqa: B023
        obrs: Any = reject(name, "obrs", accepted, which="calibrated", scored=False)
        result[name] = {"bars": bars, "obrs": obrs["seconds"], "accepted": obrs["n"]}
    return result


def render(images: Mapping[str, Mapping[str, float]], rejection: Mapping[str, Mapping[str, float]]) -> str:
    """The waits as text, and the memory of all weights together."""
    lines = [f"\n{IMAGES} images of a checkpoint as PNG, {torch.get_num_threads()} threads; ms"]
    lines += [
        f"  {name:<54}warm {of['warm'] * 1e3:>7,.1f}   first use {of['first'] * 1e3:>7,.1f}"
        for name, of in images.items()
    ]
    total = sum(of["bytes"] for of in images.values())
    lines.append(f"  weights of all {len(images)} together: {total / 1e6:,.1f} MB")
    lines.append(f"\n{ROWS} walks of ten images with their bars, warm; accepted samples by OBRS")
    lines += [
        f"  {name:<54}bars {of['bars'] * 1e3:>7,.1f} ms   {of['accepted']:,.0f} in {of['obrs']:.1f} s"
        for name, of in rejection.items()
    ]
    return "\n".join(lines)
