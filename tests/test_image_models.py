"""The networks for rooms, the augmentation before their critics, and sheets in colour."""

import io
from dataclasses import replace
from pathlib import Path

import lmdb
import numpy as np
import pytest
import torch
from PIL import Image

from gan_playground.engine import weight_files
from gan_playground.images import checkpoints
from gan_playground.images.checkpoints import IMAGE_MODELS
from gan_playground.images.contact_sheets import captioned, eight_bit, gif, png, sample_grid, tile
from gan_playground.images.models.augmentation import augment
from gan_playground.images.models.record import ImageModel
from gan_playground.images.models.sagan_rooms import Attention, SpectralConv
from gan_playground.images.pretrain import RECIPES, advance, load_state, pretrain, save_state, start_training
from gan_playground.words import Refusal

CPU = torch.device("cpu")
ROOMS = [model for model in IMAGE_MODELS.values() if model.channels == 3]


def rng(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("model", ROOMS, ids=lambda model: model.key)
def test_first_images_are_the_mean_colour_and_the_critic_is_neutral(model: ImageModel) -> None:
    generator, critic = model.generator(), model.critic()
    colours = torch.tensor([0.7, 0.4, 0.2])
    model.initialise(generator, critic, colours.repeat_interleave(96 * 96), rng())
    with torch.no_grad():
        images = generator(model.latents(16, rng()))
        assert images.shape == (16, 3 * 96 * 96)
        assert float((images.view(16, 3, -1).mean((0, 2)) - colours).abs().max()) < 0.03
        values = critic(images)
    assert values.shape == (16,)
    assert float(values.abs().max()) < 1.5
    again = model.generator(), model.critic()
    model.initialise(*again, colours.repeat_interleave(96 * 96), rng())
    for one, other in zip((generator, critic), again, strict=True):
        learnt = dict(other.named_parameters())
        assert all(torch.equal(weight, learnt[name]) for name, weight in one.named_parameters())


@pytest.mark.parametrize("model", ROOMS, ids=lambda model: model.key)
def test_a_players_file_stays_below_ten_megabytes_and_opens_again(model: ImageModel, tmp_path: Path) -> None:
    given = model.latents(2, rng()), torch.rand(2, 3 * 96 * 96, generator=rng())
    for build, x in zip((model.generator, model.critic), given, strict=True):
        player = build()
        part = weight_files.write_part(tmp_path, "x", "player", player.state_dict())
        assert part.bytes < 10_000_000
        with torch.device("meta"):
            fresh = build()
        fresh.load_state_dict(weight_files.single_precision(weight_files.read_part(tmp_path, "x", part)), assign=True)
        with torch.no_grad():
            apart = fresh.eval()(x) - player.eval()(x)
        assert float(apart.abs().max()) < 2e-3


def test_a_spectral_convolution_has_norm_one() -> None:
    layer = SpectralConv(8, 16, 3, padding=1)
    torch.nn.init.normal_(layer.weight, generator=rng())
    x = torch.randn(2, 8, 5, 5, generator=rng())
    for _ in range(500):
        layer(x)
    norm = float(torch.linalg.matrix_norm(layer.weight.detach().flatten(1), 2))
    expected = torch.nn.functional.conv2d(x, layer.weight / norm, layer.bias, padding=1)
    torch.testing.assert_close(layer.eval()(x), expected, rtol=1e-4, atol=1e-5)
    before = layer.u.clone()
    layer(x)
    assert torch.equal(before, layer.u)  # looking at an image changes nothing


def test_attention_is_its_equations() -> None:
    layer = Attention(16, torch.nn.Conv2d).double()
    x = torch.randn(2, 16, 4, 4, generator=rng(), dtype=torch.float64)
    assert torch.equal(layer(x), x)
    layer.gamma.data.fill_(0.5)
    pool = torch.nn.functional.max_pool2d
    for n in range(2):
        f, g = layer.query(x)[n].flatten(1), pool(layer.key(x), 2)[n].flatten(1)
        h = pool(layer.value(x), 2)[n].flatten(1)
        seen = torch.einsum("ci,ji->cj", h, torch.softmax(f.T @ g, 1))
        expected = x[n] + 0.5 * torch.einsum("oc,cj->oj", layer.out.weight[:, :, 0, 0], seen).view(16, 4, 4)
        torch.testing.assert_close(layer(x)[n], expected)


# --- augmentation -------------------------------------------------------------------------------------------------

MIDDLE = [0.9, 0.0, 0.5, 0.5, 0.5, 0.0, 0.5, 0.5]
"""Draws that change nothing: no flip, middling colours, no way moved."""


def changed(images: torch.Tensor, chance: float = 1.0, **draws: float) -> torch.Tensor:
    names = ("flip", "recolour", "brightness", "saturation", "contrast", "shift", "up", "left")
    row = [draws.get(name, middle) for name, middle in zip(names, MIDDLE, strict=True)]
    return augment(images, torch.tensor([row]).expand(len(images), 8), chance)


def test_each_change_is_what_it_says() -> None:
    x = torch.rand(2, 3, 16, 16, generator=rng())
    torch.testing.assert_close(changed(x), x, rtol=0, atol=1e-6)
    torch.testing.assert_close(changed(x, flip=0.1), x.flip(3), rtol=0, atol=1e-6)
    torch.testing.assert_close(changed(x, brightness=0.9), x + 0.2)
    grey = changed(x, saturation=0.0)
    torch.testing.assert_close(grey, x.mean(1, keepdim=True).expand_as(x))
    flat = x.mean((1, 2, 3), keepdim=True)
    torch.testing.assert_close(changed(x, contrast=0.0), flat + (x - flat) / 2)
    moved = changed(x, up=0.0, left=0.999)
    torch.testing.assert_close(moved[:, :, 2:, :14], x[:, :, :14, 2:], rtol=0, atol=1e-6)
    assert not moved[:, :, :2].any()
    assert not moved[:, :, :, 14:].any()


def test_a_chance_of_nothing_leaves_all_but_flips() -> None:
    x = torch.rand(64, 3, 16, 16, generator=rng())
    seen = augment(x, torch.rand(64, 8, generator=rng(1)), 0.0)
    flipped = [torch.equal(ours, theirs.flip(2)) for ours, theirs in zip(seen, x, strict=True)]
    kept = [torch.equal(ours, theirs) for ours, theirs in zip(seen, x, strict=True)]
    assert all(a != b for a, b in zip(flipped, kept, strict=True))
    assert 16 < sum(flipped) < 48


def test_gradients_pass_through_and_images_do_not_touch() -> None:
    x = torch.rand(3, 3, 8, 8, generator=rng(), dtype=torch.float64).requires_grad_()
    draws = torch.rand(3, 8, generator=rng(2), dtype=torch.float64)
    assert torch.autograd.gradcheck(lambda images: augment(images, draws, 1.0), x)
    (slope,) = torch.autograd.grad(augment(x, draws, 1.0)[1].sum(), x)
    assert not slope[[0, 2]].any()
    assert slope[1].any()


# --- training and sheets ------------------------------------------------------------------------------------------


def test_the_command_reads_lsun_folders_and_lands_a_checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for split in ("train", "val"):
        folder = str(tmp_path / f"attic_{split}_lmdb")
        with lmdb.open(folder, map_size=1 << 22) as database, database.begin(write=True) as transaction:
            for place in range(4):
                image = io.BytesIO()
                Image.new("RGB", (96, 96), (60 * place, 90, 30)).save(image, "WEBP")
                transaction.put(f"{place:040x}".encode(), image.getvalue())
    monkeypatch.setitem(RECIPES, "rooms-kl", replace(RECIPES["rooms-kl"], batch=2, steps=1))
    with pytest.raises(Refusal, match=r"4 training images.*takes 16 a step"):
        pretrain("rooms-gan", tmp_path, out=tmp_path / "out", device="cpu", stream=io.StringIO())
    entry = pretrain("rooms-kl", tmp_path, out=tmp_path / "out", device="cpu", stream=io.StringIO())
    assert entry is not None
    assert "not on LSUN" in entry.licence
    checkpoint = checkpoints.load("rooms-kl", tmp_path / "out")
    assert checkpoint.real_log_ratio.shape == (4,)
    assert sample_grid(checkpoint, 4, 0).shape == (192, 192, 3)


def test_a_resumed_run_of_rooms_is_bit_equal(tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (4, 3 * 96 * 96), dtype=np.uint8)
    recipe = replace(RECIPES["rooms-sagan"], batch=2, steps=2)
    whole = start_training(recipe, pixels, CPU)
    advance(whole, pixels)
    save_state(whole, tmp_path / "state")
    resumed = load_state(recipe, pixels, tmp_path / "state", CPU)
    for training in (whole, resumed):
        advance(training, pixels)
    for one, other in ((whole.critic, resumed.critic), (whole.average, resumed.average)):
        for a, b in zip(one.state_dict().values(), other.state_dict().values(), strict=True):
            assert torch.equal(a, b)


def test_half_precision_of_products_leaves_weights_single_and_agrees() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (2, 3 * 96 * 96), dtype=np.uint8)
    recipe = replace(RECIPES["rooms-gan"], batch=2, r1=0.0)
    games = [start_training(replace(recipe, precision=name), pixels, CPU) for name in ("float32", "bfloat16")]
    full, half = (advance(training, pixels) for training in games)
    assert half.critic_loss == pytest.approx(full.critic_loss, rel=0.02)
    assert half.critic_gradient == pytest.approx(full.critic_gradient, rel=0.05)
    assert half != full
    assert {weight.dtype for weight in games[1].critic.parameters()} == {torch.float32}


def test_a_sheet_in_colour_shows_the_colours() -> None:
    flat = np.zeros((3, 3, 4, 5), np.float32)
    flat[0, 0] = flat[1, 1] = flat[2, 2] = 1
    flat[2, 0, 0, 4] = 0.2
    sheet = tile(eight_bit(flat.reshape(3, -1), (4, 5)), 2)
    shown = np.asarray(Image.open(io.BytesIO(png(sheet))))
    assert shown.shape == (8, 10, 3)
    assert shown[1, 1].tolist() == [255, 0, 0]
    assert shown[1, 6].tolist() == [0, 255, 0]
    assert shown[5, 1].tolist() == [0, 0, 255]
    assert shown[4, 4].tolist() == [51, 0, 255]
    assert shown[5, 6].tolist() == [255, 255, 255]  # an empty place is paper


def test_columns_in_colour_play_as_a_gif() -> None:
    red = np.zeros((2, 3, 96, 96), np.float32)
    red[:, 0] = 1
    frames = captioned([eight_bit(red.reshape(2, -1), (96, 96))] * 2, ["rooms-gan", "rooms-kl"])
    shown = np.asarray(Image.open(io.BytesIO(gif(frames))).convert("RGB"))
    assert shown[-1, -1].tolist() == [255, 0, 0]
    assert shown[0, -1].tolist() == [255, 255, 255]
