"""Runs as digests, to replay to the last bit on one machine (machines differ in the last bit: keep no digest).

``python -m benchmarks.replay record FILE`` before a change that must not change numbers, and
``python -m benchmarks.replay compare FILE`` after it, which exits with 1 and names the runs that differ.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from tqdm import tqdm

from gan_playground.data.toys import TOYS
from gan_playground.engine.engine import advance, single_update
from gan_playground.engine.measurements import create, observe
from gan_playground.engine.run import Run
from gan_playground.objective_names import OBJECTIVES
from gan_playground.settings import Settings

STEPS: Final = 40
SMALL: Final[Mapping[str, object]] = {"batch": 32, "generator_width": 16, "critic_width": 16}
LINE: Final[Mapping[str, object]] = {"data": "fgan-mixture", "generator": "linear", "latent": 1}
KNOBS: Final[Sequence[Mapping[str, object]]] = (
    *({"optimizer": key} for key in ("adam", "rmsprop", "sgd")),
    *({"generator_activation": key, "critic_activation": key} for key in ("relu", "leaky-relu", "elu", "tanh")),
    *({"latent": latent, "noise": noise} for latent in (1, 2, 4) for noise in ("normal", "uniform")),
    {"batch_norm": True},
    {"critic_batch_norm": True, "objective": "hinge"},
    {"spectral_norm": True},
    {"fourier": 16},
    {"r1": 0.1, "r2": 0.05},
    {"objective": "wgan-gp(10)", "critic_steps": 3},
    {"gradient_clip": 0.5},
    {"instance_noise": 0.2},
    {"decay": 30},
    {"update": "single-step"},
)
"""What else a run may be made of, beside the objective and the data."""

CHANGES: Final = (
    ("critic_rate", 4e-4),
    ("critic_steps", 3),
    ("objective", "wgan-gp(5)"),
    ("r1", 0.1),
    ("objective", "kl"),
)
"""Live changes, one every five steps."""


def runs() -> Iterator[tuple[str, Sequence[Run]]]:
    """Yield every recorded run, trained, by its name; several where they were stepped in company."""
    for objective in OBJECTIVES:
        for place, base in (("line", LINE), ("plane", {"data": "8-gaussians"})):
            yield f"{objective} on the {place}", [_trained({**base, "objective": objective})]
    for data in TOYS:
        yield data, [_trained({"data": data, "objective": "js:practical"})]
    for knobs in KNOBS:
        yield ", ".join(f"{key} {value}" for key, value in knobs.items()), [_trained(knobs)]
    changed = _trained({}, 10)
    for key, value in CHANGES:
        changed.change(key, value)
        advance([changed], 5)
    yield "live changes", [changed]
    stepped = _trained({}, 4)
    for player in ("critic", "critic", "generator", "both"):
        single_update(stepped, player)
    yield "single updates", [stepped]
    crowd = [
        create(Settings.parse({**SMALL, "objective": name, "seed": seed}), "cpu")
        for seed, name in enumerate(OBJECTIVES)
    ]
    advance(crowd, STEPS)
    yield "in company", crowd


def _trained(knobs: Mapping[str, object], steps: int = STEPS) -> Run:
    run = create(Settings.parse({**SMALL, **knobs}), "cpu")
    advance([run], steps)
    return run


def digest(run: Run) -> str:
    """Return a digest of a run's picture, its history, its parameters and what its optimizers remember."""
    frame = observe(run)
    arrays: list[Any] = [frame.critic, frame.generated, *frame.samples.values(), *run.history.columns().values()]
    for player in (run.generator_player, run.critic_player):
        arrays += [player.parameters, player.buffers, player.first, player.second]
    found = hashlib.sha256(repr((run.step, frame.bound.value, frame.exact.value)).encode())
    for array in arrays:
        found.update(b"none" if array is None else np.ascontiguousarray(array).tobytes())
    return found.hexdigest()[:32]


def main() -> int:
    """Record, or compare with what was recorded; 1 where a run differs."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.replay", description=__doc__)
    options.add_argument("what", choices=("record", "compare"))
    options.add_argument("file", type=Path)
    given = options.parse_args()
    torch.set_num_threads(1)
    found = {name: [digest(run) for run in made] for name, made in tqdm(runs(), unit=" runs")}
    if given.what == "record":
        given.file.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        return 0
    kept = json.loads(given.file.read_text(encoding="utf-8"))
    differ = [name for name in sorted(kept.keys() | found.keys()) if kept.get(name) != found.get(name)]
    print("\n".join(differ) if differ else f"all {len(found)} are equal to the last bit")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
