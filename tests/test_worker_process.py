"""The worker process: results and faults come back, a death costs one call, and it ends with its owner."""

import math
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from gan_playground.serving.worker_process import WorkerProcess


@pytest.fixture
def worker() -> Iterator[WorkerProcess]:
    worker = WorkerProcess()
    yield worker
    worker.close()


def test_results_and_faults_come_back_from_another_process(worker: WorkerProcess) -> None:
    assert worker(math.hypot, 3.0, 4.0) == 5.0
    there = worker(os.getpid)
    assert there != os.getpid()
    with pytest.raises(ValueError, match="math domain"):
        worker(math.sqrt, -1.0)
    assert worker(os.getpid) == there


def test_what_is_printed_there_does_not_get_between_the_results(worker: WorkerProcess) -> None:
    worker(print, "a library's chatter")
    assert worker(math.sqrt, 4.0) == 2.0


def test_a_death_costs_one_call(worker: WorkerProcess) -> None:
    there = worker(os.getpid)
    with pytest.raises(ChildProcessError, match="_exit"):
        worker(os._exit, 3)
    assert worker(os.getpid) != there
    process = worker.start()
    os.kill(process.pid, signal.SIGTERM)
    process.wait(60)
    assert worker(math.sqrt, 9.0) == 3.0


def test_it_ends_with_its_owner() -> None:
    program = (
        "from gan_playground.serving.worker_process import WorkerProcess; import os; "
        "worker = WorkerProcess(); print(worker(os.getpid), flush=True)"
    )
    owner = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=300, check=True)
    there = int(owner.stdout)
    for _ in range(600):
        try:
            os.kill(there, 0)
        except ProcessLookupError:
            return
        subprocess.run(["sleep", "0.1"], check=True)
    pytest.fail("the worker process outlived its owner")
