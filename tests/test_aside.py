"""The helper process: results and faults come back, a death costs one call, and it ends with its owner."""

import math
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from gan_playground.serving.worker_process import Aside


@pytest.fixture
def aside() -> Iterator[Aside]:
    aside = Aside()
    yield aside
    aside.close()


def test_results_and_faults_come_back_from_another_process(aside: Aside) -> None:
    assert aside(math.hypot, 3.0, 4.0) == 5.0
    there = aside(os.getpid)
    assert there != os.getpid()
    with pytest.raises(ValueError, match="math domain"):
        aside(math.sqrt, -1.0)
    assert aside(os.getpid) == there


def test_what_is_printed_there_does_not_get_between_the_results(aside: Aside) -> None:
    aside(print, "a library's chatter")
    assert aside(math.sqrt, 4.0) == 2.0


def test_a_death_costs_one_call(aside: Aside) -> None:
    there = aside(os.getpid)
    with pytest.raises(ChildProcessError, match="_exit"):
        aside(os._exit, 3)
    assert aside(os.getpid) != there
    process = aside.start()
    os.kill(process.pid, signal.SIGTERM)
    process.wait(10)
    assert aside(math.sqrt, 9.0) == 3.0


def test_it_ends_with_its_owner() -> None:
    program = (
        "from gan_playground.serving.worker_process import Aside; import os; "
        "aside = Aside(); print(aside(os.getpid), flush=True)"
    )
    owner = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    there = int(owner.stdout)
    for _ in range(100):
        try:
            os.kill(there, 0)
        except ProcessLookupError:
            return
        subprocess.run(["sleep", "0.1"], check=True)
    pytest.fail("the helper process outlived its owner")
