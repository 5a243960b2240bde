"""The page's scripts in node: the tests that stand in `web/`."""

import json
import subprocess
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from gan_playground.page import script_types
from gan_playground.serving import messages, protocol

WEB = Path(__file__).parent / "web"


@pytest.mark.parametrize("script", sorted(path.name for path in WEB.glob("*.test.mjs")))
def test_script(script):
    try:
        run = subprocess.run(["node", "--test", WEB / script], capture_output=True, text=True, timeout=300, check=False)
    except FileNotFoundError:
        pytest.fail("node is not on the path: install Node.js 20 or later.", pytrace=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_types_of_what_travels_are_those_of_the_records():
    assert script_types.PATH.read_text(encoding="utf-8") == script_types.declarations()


def test_a_record_that_is_not_written_out_is_no_type():
    with pytest.raises(TypeError, match="no JSON"):
        script_types._type(set[str])


def samples(hint: Any) -> Iterator[Any]:
    """Values of a message's type: of a choice each, of a mapping one knob."""
    if is_typeddict(hint):
        fields = get_type_hints(hint)
        for values in product(*map(list, map(samples, fields.values()))):
            yield dict(zip(fields, values, strict=True))
    elif get_origin(hint) is Literal:
        yield from get_args(hint)
    elif get_origin(hint) in (Union, UnionType):
        for member in get_args(hint):
            yield from samples(member)
    else:
        yield {str: "", bool: True, float: 2.5}.get(hint, {"critic_rate": 0.001})


def test_every_message_of_the_page_is_understood():
    said = [protocol.parse(text if text == "a" else json.dumps(text)) for text in samples(messages.FromBrowser)]
    assert {type(message) for message in said} == set(get_args(protocol.Message))
