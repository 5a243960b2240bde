"""How tests share the machine: one thread each, a file on one worker, and every browser test on the same one."""

import os

import pytest

# Small operations split in two only wait for each other, and pytest's workers share the cores.
os.environ.setdefault("OMP_NUM_THREADS", "1")  # before anything imports torch or numpy


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests share one server and one Chromium, so they stay together; they are the longest, and come first."""
    for item in items:
        browser = item.path.parent.name == "browser"
        item.add_marker(pytest.mark.xdist_group("browser" if browser else item.path.stem))
        if browser:
            item.add_marker(pytest.mark.browser)
