"""The page's scripts in node: the tests that stand in `web/`."""

import subprocess
from pathlib import Path

import pytest

from gan_playground.page import script_types

WEB = Path(__file__).parent / "web"


@pytest.mark.parametrize("script", sorted(path.name for path in WEB.glob("*.test.mjs")))
def test_script(script):
    try:
        run = subprocess.run(["node", "--test", WEB / script], capture_output=True, text=True, timeout=60, check=False)
    except FileNotFoundError:
        pytest.fail("node is not on the path: install Node.js 20 or later.", pytrace=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_types_of_what_travels_are_those_of_the_records():
    assert script_types.PATH.read_text(encoding="utf-8") == script_types.declarations()


def test_a_record_that_is_not_written_out_is_no_type():
    with pytest.raises(TypeError, match="no JSON"):
        script_types._type(set[str])
