"""What the image tabs ask: strict requests, the same answer for the same seed, one frozen pair for all."""

import base64
import io
import math

import numpy as np
import pytest
import torch
from PIL import Image, ImageSequence
from spoken import spoken

from gan_playground.images.checkpoints import shelf
from gan_playground.knobs import SEED
from gan_playground.serving import sample_requests
from gan_playground.serving.sample_requests import (
    SIDE,
    animation,
    in_plane,
    interpolate,
    plane,
    point,
    sheet,
    walk,
)

NAME = "mnist-kl"
SHEET = {"checkpoint": NAME, "seed": 0, "psi": 1, "n": 8}
STROLL = {"checkpoint": NAME, "seed": 0, "ends": [3, 7], "path": "linear", "psi": 1, "n": 5}
PLANE = {"checkpoint": NAME, "seed": 0, "corners": [3, 7, 5], "psi": 1}
POINT = {"checkpoints": [NAME], "seed": 0, "corners": [3, 7, 5], "x": 0.5, "y": 0.25, "psi": 1}
MOVIE = {"checkpoints": [NAME], "seed": 0, "ends": [3, 7], "path": "linear", "psi": 1}
ASKED = ((sheet, SHEET), (walk, STROLL), (plane, PLANE), (point, POINT), (animation, MOVIE))


def ink(answer: dict, n: int) -> np.ndarray:
    assert "refused" not in answer, answer
    with Image.open(io.BytesIO(base64.b64decode(answer["sheet"]))) as image:
        return 255 - np.asarray(image).reshape(n, 28, 28).astype(int)


# --- requests -----------------------------------------------------------------------------------------------------

NO_WHOLE_NUMBERS = [math.nan, math.inf, None, True, "3", 1.5, -1, SEED.high + 1, [0], {"x": 1}]


@pytest.mark.parametrize("bad", NO_WHOLE_NUMBERS)
@pytest.mark.parametrize("field", ["seed", "n"])
def test_a_number_that_is_none_is_refused_by_name(field: str, bad: object) -> None:
    refused = sheet({**SHEET, field: bad})["refused"]
    assert field in spoken(refused)
    assert repr(bad)[:40] in spoken(refused)
    assert repr(bad)[:40] in spoken(refused, "ko")


@pytest.mark.parametrize("bad", [math.nan, math.inf, None, True, "0.5", -0.01, 1.01, [1]])
@pytest.mark.parametrize("ask", range(len(ASKED)))
def test_a_share_that_is_none_is_refused_by_name(ask: int, bad: object) -> None:
    asked, request = ASKED[ask]
    assert "psi" in spoken(asked({**request, "psi": bad})["refused"])
    if asked is point:
        for field in ("x", "y"):
            assert field in spoken(point({**POINT, field: bad})["refused"])


@pytest.mark.parametrize("places", [None, "ab", [1], [1, 2, 3, 4], [1, math.nan, 2], [1, True], [-1, 2], [0, 10**9]])
def test_places_are_as_many_as_are_asked_for(places: object) -> None:
    assert "ends" in spoken(walk({**STROLL, "ends": places})["refused"])
    assert "corners" in spoken(plane({**PLANE, "corners": places})["refused"])


@pytest.mark.parametrize("value", [None, "", "Linear", ["linear"], 0, "x" * 10_000])
def test_choices_off_the_list_are_refused_with_the_list(value: object) -> None:
    refused = walk({**STROLL, "path": value})["refused"]
    assert "path" in spoken(refused)
    assert "spherical" in spoken(refused)
    assert len(spoken(refused)) < 300


@pytest.mark.parametrize("name", [None, 3, [NAME], "", "../manifest", "mnist-kl\0"])
def test_a_checkpoint_that_is_none_is_refused(name: object) -> None:
    for ask, request in ASKED:
        field, value = ("checkpoint", name) if "checkpoint" in request else ("checkpoints", [NAME, name])
        assert "refused" in ask({**request, field: value})


@pytest.mark.parametrize("names", [None, NAME, [], [NAME] * 33])
def test_checkpoints_are_a_list_of_some(names: object) -> None:
    for ask, request in ((point, POINT), (animation, MOVIE)):
        assert "32" in spoken(ask({**request, "checkpoints": names})["refused"])


@pytest.mark.parametrize("request_", [None, [], "sheet", 3, {}, {**SHEET, "more": 1}, {"checkpoint": NAME}])
def test_a_request_of_other_fields_is_refused(request_: object) -> None:
    assert "checkpoint, n, psi, seed" in spoken(sheet(request_)["refused"])


# --- samples ------------------------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_images_whatever_is_asked_with_them() -> None:
    eight, three = ink(sheet(SHEET), 8), ink(sheet({**SHEET, "n": 3}), 3)
    assert np.array_equal(eight, ink(sheet({**SHEET, "seed": 0.0}), 8))  # JSON knows one kind of number
    assert np.abs(eight[:3] - three).max() <= 1
    assert np.abs(eight - ink(sheet({**SHEET, "seed": 1}), 8)).max() > 100


def test_truncation_draws_all_images_towards_one() -> None:
    spread = [ink(sheet({**SHEET, "psi": psi}), 8).std(axis=0).mean() for psi in (1, 0.5, 0.2, 0)]
    assert spread == sorted(spread, reverse=True)
    assert spread[0] > 2 * spread[2]
    assert spread[3] == 0


def test_a_walk_begins_and_ends_at_its_two_samples() -> None:
    eight = ink(sheet(SHEET), 8)
    for path in sample_requests.PATHS:
        on_the_way = ink(walk({**STROLL, "path": path}), 5)
        assert np.abs(on_the_way[0] - eight[3]).max() <= 1
        assert np.abs(on_the_way[4] - eight[7]).max() <= 1


def test_the_plane_has_its_three_samples_in_its_corners() -> None:
    eight, images = ink(sheet(SHEET), 8), ink(plane(PLANE), SIDE * SIDE)
    for corner, sample in ((0, 3), (SIDE - 1, 7), (SIDE * (SIDE - 1), 5)):
        assert np.abs(images[corner] - eight[sample]).max() <= 1
    assert np.abs(images[-1] - eight[3]).max() > 100


def test_a_point_of_the_plane_is_the_image_that_the_plane_has_there() -> None:
    images = ink(plane(PLANE), SIDE * SIDE).reshape(SIDE, SIDE, 28, 28)
    for row, column in ((0, 0), (2, 5), (SIDE - 1, SIDE - 1)):
        here = point({**POINT, "checkpoints": [NAME, NAME], "x": column / (SIDE - 1), "y": row / (SIDE - 1)})
        both = ink(here, 2)
        assert np.array_equal(both[0], both[1])
        assert np.abs(both[0] - images[row, column]).max() <= 1


def test_a_point_says_how_far_out_it_lies() -> None:
    a, b, c = shelf(NAME).latents(0, 8)[[3, 7, 5]]
    for x, y, psi in ((0, 0, 1), (0.5, 0.25, 0.7), (1, 1, 1)):
        here = point({**POINT, "x": x, "y": y, "psi": psi})
        there = psi * in_plane(a, b, c, x, y)
        assert here["reach"] == pytest.approx([float(there.abs().max())], rel=1e-5)
        assert here["length"] == pytest.approx([float(there.square().sum().sqrt())], rel=1e-5)
    assert point(POINT | {"x": 0, "y": 0})["reach"] < [1] < point(POINT | {"x": 1, "y": 1})["reach"]


def test_a_film_goes_there_and_back_with_a_column_a_checkpoint() -> None:
    def frames(**more: object) -> list[np.ndarray]:
        answer = animation({**MOVIE, **more})
        with Image.open(io.BytesIO(base64.b64decode(answer["gif"]))) as film:
            assert film.info["loop"] == 0
            return [np.asarray(frame.convert("L")).astype(int) for frame in ImageSequence.Iterator(film)]

    film = frames(checkpoints=[NAME, NAME])
    assert len(film) == 2 * sample_requests.FRAMES - 2
    for k in range(1, sample_requests.FRAMES):
        assert np.array_equal(film[k], film[-k])
    half = film[0].shape[1] // 2
    assert np.array_equal(film[3][:, :half], film[3][:, half:])
    scale = half // 28
    first = 255 - film[0][-28 * scale :: scale, :half:scale]
    assert np.abs(first - ink(sheet(SHEET), 8)[3]).max() <= 2  # a palette of 256 greys loses next to nothing
    assert frames(checkpoints=[NAME] * 13)[0].shape[1] <= 1000


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
