"""The bench's room for images: it measures what ships, and says what it measured."""

from gan_playground.bench import render_images, run_images
from gan_playground.checkpoints import load, manifest


def test_every_checkpoint_is_drawn_and_its_weights_are_counted() -> None:
    result = run_images(rounds=1)
    assert list(result) == list(manifest().entries)
    for name, of in result.items():
        weights = sum(p.numel() for player in (load(name).generator, load(name).critic) for p in player.parameters())
        assert of["bytes"] >= 4 * weights
        assert of["first"] > 0
        assert of["warm"] > 0
    text = render_images({"a": {"first": 0.5, "warm": 0.01, "bytes": 2e6}, "b": {"first": 1, "warm": 2, "bytes": 3e6}})
    assert "warm    10.0   first use   500.0" in text
    assert "all 2 together: 5.0 MB" in text
