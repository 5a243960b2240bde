"""The benchmark of images: it measures what ships, and says what it measured."""

from benchmarks.images import render, run_images, run_rejection
from gan_playground.images.checkpoints import load, manifest
from gan_playground.images.rejection import ratios_of


def test_every_checkpoint_is_drawn_and_its_weights_are_counted() -> None:
    result = run_images(rounds=1)
    assert list(result) == list(manifest().entries)
    for name, of in result.items():
        weights = sum(p.numel() for player in (load(name).generator, load(name).critic) for p in player.parameters())
        assert of["bytes"] >= 4 * weights
        assert of["first"] > 0
        assert of["warm"] > 0


def test_every_ratio_that_ships_has_its_bars_and_its_samples() -> None:
    result = run_rejection(rounds=1, accepted=100)
    assert list(result) == [name for name in manifest().entries if "calibrated" in ratios_of(load(name))]
    assert all(of["accepted"] == 100 and of["bars"] > 0 and of["obrs"] > 0 for of in result.values())


def test_the_text_names_every_wait() -> None:
    images = {"a": {"first": 0.5, "warm": 0.01, "bytes": 2e6}, "b": {"first": 1, "warm": 2, "bytes": 3e6}}
    text = render(images, {"a": {"bars": 0.05, "obrs": 6.25, "accepted": 20000}})
    assert "warm    10.0   first use   500.0" in text
    assert "all 2 together: 5.0 MB" in text
    assert "bars    50.0 ms   20,000 in 6.2 s" in text
