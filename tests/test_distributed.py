"""Several processes train as one does: the same draws, the same moves, and only the first one writes."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from two_processes import RECIPES, STEPS

SCRIPT = Path(__file__).with_name("two_processes.py")
ROOT = SCRIPT.parent.parent
ROUNDING, WITH_BATCHNORM = 1e-6, 1e-5
"""Of weights of the order of 1, after 50 steps of up to 1e-3 each."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What two processes wrote, started as ``torchrun`` starts them, the first one of them alone before."""
    folder = tmp_path_factory.mktemp("processes")
    doors = [socket.create_server(("127.0.0.1", 0)) for _ in RECIPES]
    ports = " ".join(str(door.getsockname()[1]) for door in doors)
    for door in doors:
        door.close()
    meeting = {"MASTER_ADDR": "127.0.0.1", "PORTS": ports, "WORLD_SIZE": "2"}
    environment = {**os.environ, **meeting, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    running = [
        subprocess.Popen([sys.executable, str(SCRIPT), str(folder)], env={**environment, "RANK": rank}, cwd=ROOT)
        for rank in "01"
    ]
    try:
        assert [process.wait(100) for process in running] == [0, 0]
    finally:
        for process in running:
            process.kill()
    return folder


@pytest.mark.parametrize("name", RECIPES)
def test_two_processes_follow_one_with_the_joint_batch(folder: Path, name: str) -> None:
    alone, joint = (torch.load(folder / who / f"{name}.state", weights_only=True) for who in ("alone", "0"))
    assert alone["step"] == joint["step"] == STEPS
    assert torch.equal(alone["rng"], joint["rng"])
    worst = 0.0
    for ours, theirs in zip(alone["players"], joint["players"], strict=True):
        assert list(ours) == list(theirs)
        worst = max(worst, *(float((weight - theirs[key]).abs().max()) for key, weight in ours.items()))
    assert worst < (WITH_BATCHNORM if name == "normalised" else ROUNDING)


def test_only_the_first_process_writes(folder: Path) -> None:
    assert sorted(path.stem for path in (folder / "0").iterdir()) == sorted(RECIPES)
    assert not (folder / "1").exists()
