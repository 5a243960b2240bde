"""What the image tabs ask: strict requests, the same answer for the same seed, one frozen pair for all."""

import base64
import io
import math

import numpy as np
import pytest
import torch
from PIL import Image

from gan_playground import gallery
from gan_playground.gallery import LAST_SEED, interpolate, sheet, walk

SHEET = {"checkpoint": "mnist-kl", "seed": 0, "start": 0, "n": 6}
STROLL = {"checkpoint": "mnist-kl", "seed": 0, "ends": [3, 7], "path": "linear", "n": 5}


def ink(answer: dict, n: int) -> np.ndarray:
    with Image.open(io.BytesIO(base64.b64decode(answer["sheet"]))) as image:
        return 255 - np.asarray(image).reshape(n, 28, 28).astype(int)


# --- requests -----------------------------------------------------------------------------------------------------

NO_WHOLE_NUMBERS = [math.nan, math.inf, None, True, "3", 1.5, -1, LAST_SEED + 1, [0], {"x": 1}]


@pytest.mark.parametrize("bad", NO_WHOLE_NUMBERS)
@pytest.mark.parametrize("field", ["seed", "start", "n"])
def test_a_number_that_is_none_is_refused_by_name(field: str, bad: object) -> None:
    refused = sheet({**SHEET, field: bad})["refused"]
    assert field in refused["en"]
    assert repr(bad)[:40] in refused["en"]
    assert repr(bad)[:40] in refused["ko"]


@pytest.mark.parametrize("ends", [None, "ab", [1], [1, 2, 3], [1, math.nan], [1, True], [-1, 2], [0, 10**9]])
def test_ends_of_a_walk_are_two_places(ends: object) -> None:
    assert "refused" in walk({**STROLL, "ends": ends})


@pytest.mark.parametrize("value", [None, "", "Linear", ["linear"], 0, "x" * 10_000])
def test_choices_off_the_list_are_refused_with_the_list(value: object) -> None:
    refused = walk({**STROLL, "path": value})["refused"]
    assert "path" in refused["en"]
    assert "spherical" in refused["en"]
    assert len(refused["en"]) < 300


@pytest.mark.parametrize("name", [None, 3, ["mnist-kl"], "", "../manifest", "mnist-kl\0"])
def test_a_checkpoint_that_is_none_is_refused(name: object) -> None:
    for ask, request in ((sheet, SHEET), (walk, STROLL)):
        assert "refused" in ask({**request, "checkpoint": name})


@pytest.mark.parametrize("request_", [None, [], "sheet", 3, {}, {**SHEET, "more": 1}, {"checkpoint": "mnist-kl"}])
def test_a_request_of_other_fields_is_refused(request_: object) -> None:
    assert "checkpoint, n, seed, start" in sheet(request_)["refused"]["en"]


# --- samples ------------------------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_images_whatever_is_asked_with_them() -> None:
    six, last_two = ink(sheet(SHEET), 6), ink(sheet({**SHEET, "start": 4, "n": 2}), 2)
    assert np.array_equal(six, ink(sheet({**SHEET, "seed": 0.0}), 6))  # JSON knows one kind of number
    assert np.abs(six[4:] - last_two).max() <= 1
    assert np.abs(six - ink(sheet({**SHEET, "seed": 1}), 6)).max() > 100


def test_a_walk_begins_and_ends_at_its_two_samples() -> None:
    eight = ink(sheet({**SHEET, "n": 8}), 8)
    for path in gallery.PATHS:
        on_the_way = ink(walk({**STROLL, "path": path}), 5)
        assert np.abs(on_the_way[0] - eight[3]).max() <= 1
        assert np.abs(on_the_way[4] - eight[7]).max() <= 1


def test_the_segment_and_the_arc() -> None:
    rng = torch.Generator().manual_seed(0)
    a, b = torch.randn(100, generator=rng), 2 * torch.randn(100, generator=rng)
    line, arc = interpolate(a, b, 9, "linear"), interpolate(a, b, 9, "spherical")
    for path in (line, arc):
        torch.testing.assert_close(path[0], a)
        torch.testing.assert_close(path[-1], b)
    torch.testing.assert_close(line[4], (a + b) / 2)
    norms = arc.norm(dim=1)
    torch.testing.assert_close(norms, torch.linspace(float(a.norm()), float(b.norm()), 9), rtol=1e-5, atol=0)
    unit = arc / norms[:, None]
    turns = torch.arccos((unit[1:] * unit[:-1]).sum(1))
    torch.testing.assert_close(turns, turns[:1].expand(8), rtol=1e-3, atol=0)
    torch.testing.assert_close(interpolate(a, 3 * a, 5, "spherical"), interpolate(a, 3 * a, 5, "linear"))
    assert bool(interpolate(a, -a, 5, "spherical").isfinite().all())
