"""The frame codec: what is packed is what is decoded, here and in the browser's own decoder."""

import json
from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from small_frames import FRAMES, line, plane

from gan_playground.frames import Unit
from gan_playground.serving.frame_codec import MAGIC, Cursor, bent, pack, plain
from gan_playground.serving.frame_header import ArrayName, ColumnName

GOLDEN = Path(__file__).parent / "web" / "golden"
VIEWS = {"u8": "<u1", "i16": "<i2", "f32": "<f4"}


def decode(message: bytes) -> tuple[dict, dict[str, np.ndarray]]:
    """The format of `frame_codec`'s docstring, read a second time."""
    assert message[:4] == MAGIC
    length = int.from_bytes(message[4:8], "little")
    header = json.loads(message[8 : 8 + length], parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    start = -(-(8 + length) // 4) * 4
    arrays = {}
    for entry in header["arrays"]:
        count = int(np.prod(entry["shape"]))
        stored = np.frombuffer(message, VIEWS[entry["dtype"]], count, start + entry["at"]).reshape(entry["shape"])
        q = stored.astype(np.float64)
        bend, scale, zero = entry.get("bend", 0.0), entry.get("scale", 1.0), entry.get("zero", 0.0)
        values = zero + scale * (np.sinh(bend * q) if bend else q)
        arrays[entry["name"]] = np.where(stored == -32768, np.nan, values) if entry["dtype"] == "i16" else values
    return header, arrays


# --- numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e3, 1e6, 1e12])
def test_a_bent_field_is_right_near_its_middle_and_relatively_right_far_away(size):
    rng = np.random.default_rng(0)
    values = 2 + 0.7 * size * rng.standard_normal((40, 40)) ** 3
    _, arrays = decode(message_of(bent("critic", values, 2.0, 0.7)))
    error = np.abs(arrays["critic"] - values) / np.maximum(0.7, np.abs(values - 2))
    assert error.max() <= 1e-3
    assert error.max() > 0


def test_what_is_no_number_stays_none_and_an_infinity_becomes_the_farthest_value():
    _, arrays = decode(message_of(bent("critic", np.array([0.5, np.nan, np.inf, -np.inf, 8.0]), 0.0, 1.0)))
    assert np.isnan(arrays["critic"][1])
    assert not np.isnan(arrays["critic"][[0, 2, 3, 4]]).any()
    assert arrays["critic"][2] == pytest.approx(8, rel=1e-3) == -arrays["critic"][3]


def test_plain_numbers_are_right_to_half_a_step_and_cut_at_the_ends():
    values = np.linspace(-3.2, 3.2, 641)
    _, arrays = decode(message_of(plain("points", values, 3 / 32767, 0.0)))
    assert np.abs(arrays["points"] - np.clip(values, -3, 3)).max() <= 0.5 * 3 / 32767 * 1.001


def message_of(column) -> bytes:
    from gan_playground.serving.frame_codec import _message

    return _message({}, [column])


# --- messages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FRAMES)
def test_every_array_of_a_frame_comes_back(name):
    frame = FRAMES[name]()
    header, arrays = decode(pack(frame, Cursor()))
    assert (header["step"], header["first"], header["kept"]) == (frame.step, True, [])
    np.testing.assert_allclose(arrays["critic"], frame.critic, rtol=1e-3, atol=1e-3)
    assert frame.target is not None
    np.testing.assert_allclose(arrays["target"], frame.target, rtol=1e-3, atol=1e-4)
    low = np.array([axis[0] for axis in frame.axes])
    high = np.array([axis[-1] for axis in frame.axes])
    for kind in ("real", "generated"):
        places = (low + high) / 2 + arrays[f"points.{kind}"] * (high - low) / 2
        np.testing.assert_allclose(places, frame.samples[kind], atol=2e-4)
    for column, rows in frame.history.columns.items():
        np.testing.assert_array_equal(arrays[f"history.{column}"], rows)


@pytest.mark.parametrize("name", FRAMES)
def test_every_array_has_a_name_that_the_scripts_know(name):
    known = {*get_args(ArrayName), *(f"history.{column}" for column in get_args(ColumnName))}
    assert {entry["name"] for entry in decode(pack(FRAMES[name](), Cursor()))[0]["arrays"]} <= known


def test_the_contours_levels_come_with_the_field_and_double_away_from_its_middle():
    np.testing.assert_array_equal(Unit("V", 1.0, 0.7).levels(4) - 1, [-2, -1, -0.5, -0.25, 0.25, 0.5, 1, 2])
    _, arrays = decode(pack(plane(), Cursor()))
    np.testing.assert_array_equal(arrays["levels"], plane().unit.levels())


def test_infinite_and_unknown_readings_are_json():
    header, _ = decode(pack(plane(), Cursor()))
    assert header["exact"]["value"] == "inf"
    assert header["exact"]["why"] == {"key": "notes.of_no_area", "values": {}}
    assert header["modes"][0]["sd_ratio"] is None
    assert header["modes"][0]["found"] == 2
    assert header["note"]["values"]["what"] == {"key": "notes.of_missing", "values": {"missing": 1, "all": 3}}
    assert decode(pack(line(), Cursor()))[0]["exact"]["log"] == 1225.0


def test_a_second_picture_carries_new_rows_and_changed_arrays_alone():
    sent = Cursor()
    pack(plane(20), sent)
    later = replace(plane(40), critic=plane().critic + 1)
    header, arrays = decode(pack(later, sent))
    assert header["first"] is False
    assert set(header["kept"]) == {"target", "levels", "points.real", "points.generated", "pull"}
    assert "critic" in arrays
    assert "target" not in arrays
    np.testing.assert_array_equal(arrays["history.step"], [30, 40])
    assert header["transports"] == []
    assert header["modes"] == []


def test_nothing_new_in_the_history_sends_no_history():
    sent = Cursor()
    pack(plane(), sent)
    _, arrays = decode(pack(plane(), sent))
    assert not [name for name in arrays if name.startswith("history")]


def test_an_earlier_step_is_another_beginning():
    sent = Cursor()
    pack(plane(40), sent)
    header, arrays = decode(pack(plane(20), sent))
    assert header["first"] is True
    assert header["kept"] == []
    np.testing.assert_array_equal(arrays["history.step"], [0, 10, 20])
    assert len(header["transports"]) == 1


def test_packing_leaves_the_frame_as_it_was_and_two_viewers_get_the_same_bytes():
    frame = plane()
    before = frame.critic.copy()
    assert pack(frame, Cursor()) == pack(frame, Cursor())
    np.testing.assert_array_equal(frame.critic, before)


def test_a_picture_of_the_page_costs_less_than_a_plain_float_field():
    grid = np.linspace(-3, 3, 64)
    field = np.sin(3 * grid)[:, None] * grid
    rng = np.random.default_rng(1)
    points = {name: rng.normal(size=(260, 2)) for name in ("real", "generated")}
    frame = replace(plane(), axes=(grid, grid), critic=field, target=field**2, samples=points)
    sent = Cursor()
    pack(frame, sent)
    moved = {**points, "generated": points["generated"] + 0.01}
    assert len(pack(replace(frame, critic=field + 0.1, samples=moved, step=21), sent)) < field.size * 4


def test_a_crooked_axis_is_refused():
    frame = plane()
    with pytest.raises(ValueError, match="evenly"):
        pack(replace(frame, axes=(frame.axes[0] ** 3, frame.axes[1])), Cursor())


# --- the browser's decoder -----------------------------------------------------------------------


@pytest.mark.parametrize("name", FRAMES)
def test_the_bytes_are_those_the_browser_is_tested_with(name):
    assert pack(FRAMES[name](), Cursor()) == (GOLDEN / f"{name}.gpf").read_bytes()


def write_golden() -> None:
    """Write the bytes and the numbers they stand for; the format has changed on purpose."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name, frame in FRAMES.items():
        message = pack(frame(), Cursor())
        (GOLDEN / f"{name}.gpf").write_bytes(message)
        _, arrays = decode(message)
        listed = {
            key: [None if np.isnan(value) else str(value) if np.isinf(value) else value for value in values.ravel()]
            for key, values in arrays.items()
        }
        (GOLDEN / f"{name}.json").write_text(json.dumps(listed, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_golden()
