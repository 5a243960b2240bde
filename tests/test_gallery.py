"""What the image tabs ask: strict requests, the same answer for the same seed, one frozen pair for all."""

import base64
import io
import math

import numpy as np
import pytest
import torch
from PIL import Image

from gan_playground import gallery
from gan_playground.checkpoints import shelf
from gan_playground.gallery import LAST_SEED, WALK, burnt_in, candidates, frozen, interpolate, sheet, walk, walks
from gan_playground.rejection import EPSILON, Bar

SHEET = {"checkpoint": "mnist-kl", "seed": 0, "start": 0, "n": 6}
STROLL = {"checkpoint": "mnist-kl", "seed": 0, "ends": [3, 7], "path": "linear", "n": 5}
WALKS = {"checkpoint": "mnist-kl", "seed": 0, "ends": "good-to-broken", "path": "spherical", "n": 8}
POOL = {"checkpoint": "mnist-kl", "seed": 0, "start": 0, "n": 40}


def ink(answer: dict, n: int) -> np.ndarray:
    with Image.open(io.BytesIO(base64.b64decode(answer["sheet"]))) as image:
        return 255 - np.asarray(image).reshape(n, 28, 28).astype(int)


# --- requests -----------------------------------------------------------------------------------------------------

NO_WHOLE_NUMBERS = [math.nan, math.inf, None, True, "3", 1.5, -1, LAST_SEED + 1, [0], {"x": 1}]


@pytest.mark.parametrize("bad", NO_WHOLE_NUMBERS)
@pytest.mark.parametrize("field", ["seed", "start", "n"])
def test_a_number_that_is_none_is_refused_by_name(field: str, bad: object) -> None:
    for ask, request in ((sheet, SHEET), (candidates, POOL)):
        refused = ask({**request, field: bad})["refused"]
        assert field in refused["en"]
        assert repr(bad)[:40] in refused["en"]
        assert repr(bad)[:40] in refused["ko"]


@pytest.mark.parametrize("ends", [None, "ab", [1], [1, 2, 3], [1, math.nan], [1, True], [-1, 2], [0, 10**9]])
def test_ends_of_a_walk_are_two_places(ends: object) -> None:
    assert "refused" in walk({**STROLL, "ends": ends})


@pytest.mark.parametrize("value", [None, "", "Linear", ["linear"], 0, "x" * 10_000])
def test_choices_off_the_list_are_refused_with_the_list(value: object) -> None:
    for ask, request, field, listed in (
        (walk, STROLL, "path", "spherical"),
        (walks, WALKS, "path", "linear"),
        (walks, WALKS, "ends", "good-to-broken"),
    ):
        refused = ask({**request, field: value})["refused"]
        assert field in refused["en"]
        assert listed in refused["en"]
        assert len(refused["en"]) < 300


@pytest.mark.parametrize("name", [None, 3, ["mnist-kl"], "", "../manifest", "mnist-kl\0"])
def test_a_checkpoint_that_is_none_is_refused(name: object) -> None:
    for ask, request in ((sheet, SHEET), (walk, STROLL), (walks, WALKS), (candidates, POOL), (frozen, {})):
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


# --- rejection ----------------------------------------------------------------------------------------------------


def test_one_frozen_pair_from_ten_thousand_samples() -> None:
    answer = frozen({"checkpoint": "mnist-kl"})
    model = shelf("mnist-kl")
    generated = np.frombuffer(base64.b64decode(answer["generated"]), "<f4")
    real = np.frombuffer(base64.b64decode(answer["real"]), "<f4")
    assert generated.shape == real.shape == (10_000,)
    assert answer["maximum"] == pytest.approx(float(generated.max()), rel=1e-6)
    assert answer["epsilon"] == EPSILON
    assert len(answer["gamma"]) == 101
    assert answer["mean_ratio"] == pytest.approx(float(np.exp(generated.astype(float)).mean()), rel=1e-5)
    bar = Bar(answer["maximum"], answer["gamma"][80])
    assert bar == burnt_in(model).bar(80)
    assert np.sort(bar.chance(burnt_in(model).log_ratio))[8_000 - 1] == pytest.approx(0.5, abs=1e-12)
    assert frozen({"checkpoint": "mnist-kl"}) == answer


def test_walks_go_from_good_to_broken() -> None:
    answer = walks(WALKS)
    ratios = np.array(answer["log_ratio"]).reshape(8, WALK)
    assert (ratios[:, 0] > ratios[:, -1]).all()
    bar = burnt_in(shelf("mnist-kl")).bar()
    assert bar.chance(ratios[:, 0]).mean() > bar.chance(ratios[:, -1]).mean() + 0.2
    assert np.isfinite(ratios).all()
    assert ink(answer, 80).shape == (80, 28, 28)
    assert walks(WALKS) == answer
    assert walks({**WALKS, "seed": 1})["log_ratio"] != answer["log_ratio"]


def test_any_two_ends_are_as_good_as_any() -> None:
    ratios = np.array(walks({**WALKS, "ends": "any", "n": 12})["log_ratio"]).reshape(12, WALK)
    burn = burnt_in(shelf("mnist-kl"))
    share = (ratios[:, [0, -1]] > np.median(burn.log_ratio)).mean()
    assert 0.2 < share < 0.8


def test_candidates_bring_what_decides_them() -> None:
    answer = candidates(POOL)
    u = np.array(answer["u"])
    assert len(answer["log_ratio"]) == len(u) == 40
    assert ((u > 0) & (u <= 1)).all()
    later = candidates({**POOL, "start": 30, "n": 10})
    assert later["u"] == answer["u"][30:]
    np.testing.assert_allclose(later["log_ratio"], answer["log_ratio"][30:], rtol=0, atol=1e-4)
