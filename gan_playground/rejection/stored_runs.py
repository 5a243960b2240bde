"""Toy runs that ship trained: for who opens the Rejection tab before training anything.

``python -m gan_playground.rejection.stored_runs`` trains them all and writes them into ``pretrained/``.
"""

from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import torch
from tqdm import tqdm

from gan_playground.engine.engine import advance, create
from gan_playground.engine.run import Run
from gan_playground.engine.snapshot import Snapshot, snapshot
from gan_playground.engine.weight_files import PRETRAINED, Part, read_part, read_records, write_part, write_records
from gan_playground.parsing import shown
from gan_playground.recommendations import recommended
from gan_playground.settings import Settings
from gan_playground.words import Refusal

RUNS: Final[Mapping[str, tuple[str, str, int]]] = {"25-gaussians": ("25-gaussians", "relativistic", 6000)}
"""Data, objective and steps of every stored run, by its name; the rates fall to 0 at the last step."""

RECORDS: Final = "toy_runs.json"

BITE: Final = 100


@lru_cache(maxsize=4)
def stored(name: str, folder: Path = PRETRAINED) -> Snapshot:
    """Return a stored run as it stood at its last step.

    Raises:
        Refusal: there is none of this name, or its file is missing or damaged.

    """
    entry = _records(folder).get(name)
    if entry is None:
        raise Refusal("rejection.no_run", name=shown(name))
    tensors = read_part(folder, name, Part(**entry["part"]))
    run = create(Settings.from_query(entry["query"]), "cpu")
    try:
        for player, key in ((run.generator_player, "generator"), (run.critic_player, "critic")):
            player.parameters.copy_(tensors[key])
            player.buffers.copy_(tensors[f"{key}_buffers"])
    except (KeyError, RuntimeError) as error:
        raise Refusal("checkpoints.checkpoint_damaged", name=name, file=entry["part"]["file"]) from error
    run.step = entry["step"]
    return snapshot(run)


def store(name: str, run: Run, folder: Path = PRETRAINED) -> None:
    """Write a run as it stands, in single precision, and its entry."""
    players = (("generator", run.generator_player), ("critic", run.critic_player))
    tensors = {key: player.parameters.detach().cpu().clone() for key, player in players}
    tensors |= {f"{key}_buffers": player.buffers.detach().cpu().clone() for key, player in players}
    part = write_part(folder, name, "run", tensors)
    entry: dict[str, Any] = {"part": asdict(part)}
    entry |= {"query": run.settings.query(), "step": run.step}
    write_records(folder / RECORDS, {"runs": dict(sorted({**_records(folder), name: entry}.items()))})


def _records(folder: Path) -> Mapping[str, Any]:
    path = folder / RECORDS
    return read_records(path)["runs"] if path.exists() else {}


def main() -> None:
    """Train and write every stored run."""
    torch.set_num_threads(1)
    for name, (data, objective, steps) in RUNS.items():
        run = create(Settings.parse({"decay": steps}, base=recommended(data, objective)), "cpu")
        for done in tqdm(range(0, steps, BITE), desc=name, unit=f"{BITE} steps"):
            advance([run], min(BITE, steps - done))
        store(name, run)


if __name__ == "__main__":
    main()
