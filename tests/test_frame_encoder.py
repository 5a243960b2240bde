"""The frame encoder: what one viewer is sent in one life of a run builds on what was sent before."""

import json
from typing import Any

import pytest

from gan_playground.engine.engine import advance
from gan_playground.engine.measurements import create, look
from gan_playground.serving import frame_encoder
from gan_playground.serving.frame_encoder import paint
from gan_playground.serving.worker_process import WorkerProcess
from gan_playground.settings import Settings


def header(message: bytes) -> dict[str, Any]:
    return json.loads(message[8 : 8 + int.from_bytes(message[4:8], "little")])


def test_each_viewer_is_sent_everything_once_in_each_life_of_a_run() -> None:
    run = create(Settings.parse({"data": "ring", "batch": 32, "generator_width": 16, "critic_width": 16}), "cpu")
    first, cost = paint("one", 1, look(run))
    assert header(first)["first"]
    assert 0 < cost < 5
    advance([run], 3)
    then = header(paint("one", 1, look(run))[0])
    assert not then["first"]
    assert "target" in then["kept"]
    assert header(paint("another", 1, look(run))[0])["first"]
    assert header(paint("one", 2, look(run))[0])["first"]


def test_a_viewer_forgotten_is_sent_the_whole_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame_encoder, "MOST", 2)
    run = create(Settings.parse({"data": "fgan-mixture", "batch": 32}), "cpu")
    seen = look(run)
    for viewer in ("a", "b", "c"):
        paint(viewer, 1, seen)
    assert not header(paint("c", 1, seen)[0])["first"]
    assert header(paint("a", 1, seen)[0])["first"]


def test_a_look_is_encoded_alike_in_another_process() -> None:
    run = create(Settings.parse({"data": "8-gaussians", "objective": "wgan-gp(1)", "batch": 32, "fourier": 16}), "cpu")
    advance([run], 5)
    seen, worker = look(run), WorkerProcess()
    try:
        assert worker(paint, "there", 1, seen)[0] == paint("here", 1, seen)[0]
    finally:
        worker.close()
