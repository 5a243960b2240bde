"""Checkpoints: what ships opens everywhere and is what it says; what is damaged gives a sentence and no more."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import safetensors.torch
import torch
from PIL import Image
from scipy.stats import binomtest

from gan_playground.engine import weight_files
from gan_playground.engine.weight_files import PRETRAINED, read_part, write_part
from gan_playground.images import evaluators
from gan_playground.images.checkpoints import Checkpoint, Shelf, load, manifest
from gan_playground.images.contact_sheets import eight_bit, sample_grid, save_png, tile
from gan_playground.images.pretrain import RECIPES
from gan_playground.learners.gan.objectives import objective
from gan_playground.rejection import BURN_IN, burn_in
from gan_playground.words import Refusal

NAMES = sorted(manifest().entries)
RATIOLESS = [name for name in NAMES if objective(RECIPES[name].objective).log_ratio is None]
OFFERED = [name for name in evaluators.read()["ratios"] if name not in RATIOLESS]
"""Those whose critics serve rejection as they were trained: they ship calibrated, and know a ratio of their own."""


@pytest.fixture(scope="module", params=NAMES)
def shipped(request: pytest.FixtureRequest) -> Checkpoint:
    return load(request.param)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with the first shipped checkpoint, to be damaged."""
    folder = tmp_path / "pretrained"
    folder.mkdir()
    for file in ("manifest.json", *(part.file for part in manifest().entries[NAMES[0]].parts.values())):
        shutil.copy(PRETRAINED / file, folder / file)
    return folder


# --- what ships ---------------------------------------------------------------------------------------------------


def test_there_is_a_checkpoint_and_no_two_are_the_same_weights() -> None:
    assert "mnist-kl" in NAMES
    for player in ("generator", "critic"):  # by the numbers: a file's sum also covers its name
        entries = [(name, manifest().entries[name].parts[player]) for name in NAMES]
        weights = [read_part(PRETRAINED, name, part) for name, part in entries]
        heads = {tuple(w["head.weight"].flatten()[:100].tolist()) for w in weights if "head.weight" in w}
        assert len(heads) == sum("head.weight" in w for w in weights)


@pytest.mark.parametrize("name", NAMES)
def test_the_manifest_says_how_it_was_made(name: str) -> None:
    entry = manifest().entries[name]
    assert entry.name == entry.recipe["name"] == name
    assert (entry.steps, entry.seed) == (entry.recipe["steps"], entry.recipe["seed"])
    assert entry.recipe == RECIPES[name].record()  # the command trains what ships
    assert entry.licence
    for part in entry.parts.values():
        assert (PRETRAINED / part.file).stat().st_size == part.bytes < 10_000_000
    real = manifest().yardsticks[entry.data]
    least = {"mnist": 10_000, "rooms": 1_000}[entry.data]
    assert entry.scores["features"]["samples"] == real["features"]["samples"] == least
    assert 0 < real["features"]["frechet"] < entry.scores["features"]["frechet"]
    for protocol, samples in (("gan-2014", 10_000), ("f-gan", 16_384)) if entry.data == "mnist" else ():
        score = entry.scores[protocol]
        assert score["samples"] == real[protocol]["samples"] == samples
        assert 100 < score["nats"] < 400
        assert 0 < score["error"] < 10


def test_samples_are_images_and_depend_on_the_seed_alone(shipped: Checkpoint) -> None:
    more = 700 if shipped.entry.data == "mnist" else 80  # past one forward pass where that is cheap
    few, many = shipped.images(shipped.latents(3, 64)), shipped.images(shipped.latents(3, more))
    assert few.shape == (64, {"mnist": 28 * 28, "rooms": 3 * 96 * 96}[shipped.entry.data])
    assert float(few.min()) >= 0
    assert float(few.max()) <= 1
    torch.testing.assert_close(few, many[:64], rtol=0, atol=1e-5)
    assert torch.equal(shipped.latents(3, 10, start=54), shipped.latents(3, 64)[54:])
    assert torch.equal(shipped.latents(3, 1), shipped.latents(3, 64)[:1])
    assert not torch.equal(shipped.latents(3, 10), shipped.latents(4, 10))
    assert float(few.std(0).mean()) > 0.05  # 64 latents are not one image


def test_looking_draws_nothing_from_the_global_generator(shipped: Checkpoint) -> None:
    before = torch.random.get_rng_state()
    load(shipped.entry.name)
    shipped.critic(shipped.images(shipped.latents(0, 4)))
    assert torch.equal(before, torch.random.get_rng_state())


@pytest.mark.parametrize("name", RATIOLESS)
def test_a_critic_that_knows_no_ratio_says_so(name: str) -> None:
    shipped = load(name)
    with pytest.raises(Refusal, match="no chance of being kept"):
        shipped.log_ratio(shipped.images(shipped.latents(0, 2)))


@pytest.mark.parametrize("name", OFFERED)
def test_noise_lowers_the_bar(name: str) -> None:
    """Over 200 pairs of a sample and the same sample with noise: a sign test against a coin."""
    shipped = load(name)
    bar = burn_in(shipped.log_ratio(shipped.images(shipped.latents(0, BURN_IN)))).bar()
    clean = shipped.images(shipped.latents(11, 200))
    noise = torch.randn(clean.shape, generator=torch.Generator().manual_seed(12))
    for deviation in (0.05, 0.1, 0.2):
        noisy = (clean + deviation * noise).clamp(0, 1)
        higher = bar.chance(shipped.log_ratio(clean)) > bar.chance(shipped.log_ratio(noisy))
        assert higher.mean() > 0.75
        assert binomtest(int(higher.sum()), 200, alternative="greater").pvalue < 1e-9


def test_the_critic_rates_held_out_images_above_samples(shipped: Checkpoint) -> None:
    """By the critic's raw value, which grows with what looks real in every game."""
    held_out, drawn = {"mnist": (10_000, 2000), "rooms": (1_000, 200)}[shipped.entry.data]
    with torch.no_grad():
        fake = shipped.critic(shipped.images(shipped.latents(0, drawn))).numpy()
    real = shipped.real_values
    assert real.shape == (held_out,)
    assert real.mean() > fake.mean() + 3 * np.hypot(real.std() / np.sqrt(held_out), fake.std() / np.sqrt(drawn))


# --- damage -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("player", ["generator", "critic", "real_values"])
def test_one_flipped_bit_is_found(player: str, copy: Path) -> None:
    path = copy / manifest(copy).entries[NAMES[0]].parts[player].file
    blob = bytearray(path.read_bytes())
    blob[len(blob) // 2] ^= 1
    path.write_bytes(blob)
    with pytest.raises(Refusal, match=f"{NAMES[0]} is damaged.*the others work") as refused:
        load(NAMES[0], copy)
    assert NAMES[0] in refused.value.say("ko")


def test_a_missing_file_is_named(copy: Path) -> None:
    path = copy / manifest(copy).entries[NAMES[0]].parts["critic"].file
    path.unlink()
    with pytest.raises(Refusal, match=path.name):
        load(NAMES[0], copy)


def test_weights_of_another_shape_are_refused_though_their_sum_is_right(copy: Path) -> None:
    part = write_part(copy, NAMES[0], "critic", {"head.weight": torch.zeros(3, 3)})
    whole = json.loads((copy / "manifest.json").read_text())
    whole["checkpoints"][NAMES[0]]["parts"]["critic"] = {"file": part.file, "sha256": part.sha256, "bytes": part.bytes}
    (copy / "manifest.json").write_text(json.dumps(whole))
    with pytest.raises(Refusal, match="damaged"):
        load(NAMES[0], copy)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "is missing"),
        ("{", "is damaged"),
        ("[]", "is damaged"),
        ('{"format": 1}', "is damaged"),
        ('{"format": 1, "yardsticks": {}, "checkpoints": {"a": {"name": "a"}}}', "is damaged"),
        ('{"format": 2}', "has format 2"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_refused(text: str | None, words: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(Refusal, match=words):
        manifest(tmp_path)


@pytest.mark.parametrize("name", ["mnist-nope", "", "../../etc/passwd", "x" * 5000])
def test_a_name_that_is_not_in_the_manifest_opens_nothing(name: str) -> None:
    with pytest.raises(Refusal, match="There is no checkpoint") as refused:
        load(name)
    assert len(str(refused.value)) < 400


# --- the shelf ----------------------------------------------------------------------------------------------------


def test_the_shelf_shares_and_lets_the_least_used_go(shipped: Checkpoint) -> None:
    loaded: list[str] = []

    def counted(name: str) -> Checkpoint:
        loaded.append(name)
        if name == "damaged":
            raise Refusal("checkpoints.checkpoint_damaged", name=name, file="x")
        return shipped

    shelf = Shelf(budget=2 * shipped.bytes, load=counted)
    assert shelf("a") is shelf("a")
    for name in ("b", "a", "c"):
        shelf(name)
    assert shelf.names == ("a", "c")
    shelf("b")
    assert loaded == ["a", "b", "c", "b"]
    for _ in range(2):  # a failure is not remembered, and takes nothing from the shelf
        with pytest.raises(Refusal):
            shelf("damaged")
    assert loaded.count("damaged") == 2
    assert shelf.names == ("c", "b")


# --- files and sheets ---------------------------------------------------------------------------------------------


def test_matrices_are_stored_in_half_and_vectors_in_single(tmp_path: Path) -> None:
    tensors = {"w": torch.randn(5, 4), "b": torch.randn(4), "n": torch.tensor(3)}
    part = write_part(tmp_path, "x", "critic", tensors)
    stored = safetensors.torch.load((tmp_path / part.file).read_bytes())
    assert {key: value.dtype for key, value in stored.items()} == {
        "w": torch.float16,
        "b": torch.float32,
        "n": torch.int64,
    }
    back = weight_files.single_precision(weight_files.read_part(tmp_path, "x", part))
    assert torch.equal(back["b"], tensors["b"])
    assert torch.equal(back["w"], tensors["w"].half().float())
    assert part == write_part(tmp_path, "x", "critic", tensors)  # the same weights, the same file


def test_a_sheet_is_read_row_by_row() -> None:
    images = np.arange(5, dtype=np.uint8)[:, None, None] * np.ones((5, 2, 3), np.uint8)
    sheet = tile(images, 3)
    assert sheet.shape == (4, 9)
    assert sheet[::2, ::3].tolist() == [[0, 1, 2], [3, 4, 0]]


def test_a_grid_is_the_same_every_time_and_its_png_holds_it(shipped: Checkpoint, tmp_path: Path) -> None:
    side, colours = {"mnist": (28, ()), "rooms": (96, (3,))}[shipped.entry.data]
    sheet = sample_grid(shipped, 64, 0)
    assert sheet.shape == (8 * side, 8 * side, *colours)
    assert np.array_equal(sheet, sample_grid(shipped, 64, 0))
    assert not np.array_equal(sheet, sample_grid(shipped, 64, 1))
    assert sample_grid(shipped, 7, 0).shape == (3 * side, 3 * side, *colours)
    first = eight_bit(shipped.images(shipped.latents(0, 1)).numpy(), (side, side))[0].astype(int)
    assert np.abs(sheet[:side, :side] - first).max() <= 1
    save_png(sheet, tmp_path / "grid.png")
    with Image.open(tmp_path / "grid.png") as image:
        assert image.mode == ("RGB" if colours else "L")
        assert np.array_equal(255 - np.asarray(image), sheet)
