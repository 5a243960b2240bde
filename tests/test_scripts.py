"""The page's scripts in node: the tests that stand in `web/`."""

import subprocess
from pathlib import Path

import pytest

WEB = Path(__file__).parent / "web"


@pytest.mark.parametrize("script", sorted(path.name for path in WEB.glob("*.test.mjs")))
def test_script(script):
    try:
        run = subprocess.run(["node", "--test", WEB / script], capture_output=True, text=True, timeout=60, check=False)
    except FileNotFoundError:
        pytest.fail("node is not on the path: install Node.js 20 or later.", pytrace=False)
    assert run.returncode == 0, run.stdout + run.stderr
