"""A checkpoint's scores: what they compare, what they see, and how they are told beside real images."""

import json
import shutil
import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gan_playground.__main__ import main
from gan_playground.data.mnist import Images, mnist
from gan_playground.engine.weight_files import PRETRAINED
from gan_playground.images import evaluation
from gan_playground.images.checkpoints import Checkpoint, load, manifest
from gan_playground.images.evaluation import evaluate, gap, memorised, of_samples, score, yardstick
from gan_playground.images.evaluators import evaluator
from gan_playground.images.score_table import FGAN, published, render
from gan_playground.metrics import parzen

NAME = "mnist-kl"
RNG = np.random.default_rng(0)


@pytest.fixture(scope="module")
def checkpoint() -> Checkpoint:
    return load(NAME)


@pytest.fixture(scope="module")
def data(checkpoint: Checkpoint) -> tuple[Images, Images]:
    """Digits of the checkpoint in the data's place, since no image of MNIST ships: 300 to train on, 120 to test."""
    drawn = checkpoint.images(checkpoint.latents(7, 420)).numpy()
    pixels = (drawn * 255).round().astype(np.uint8).reshape(-1, 28, 28)
    labels = np.zeros(420, np.uint8)
    return Images(pixels[:300], labels[:300]), Images(pixels[300:], labels[300:])


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Dozens of images instead of thousands."""
    monkeypatch.setattr(evaluation, "VALIDATION", {"mnist": np.arange(20)})
    monkeypatch.setattr(parzen, "GAN_2014_SAMPLES", 150)
    monkeypatch.setattr(parzen, "FGAN_SAMPLES", 200)
    yield
    mnist.cache_clear()


def test_the_yardstick_draws_no_validation_image_and_has_the_samples_scores(
    checkpoint: Checkpoint, data: tuple[Images, Images], monkeypatch: pytest.MonkeyPatch
) -> None:
    train, test = data
    real, ours = yardstick(train, test, "mnist"), score(checkpoint, train, test)
    assert real.keys() == {"gan-2014", "f-gan", "features", "classes"}
    assert ours.keys() == real.keys() | {"nearest", "gap"}
    for key, value in real.items():
        assert value.keys() == ours[key].keys()
    assert (ours["gan-2014"]["samples"], ours["f-gan"]["samples"], ours["features"]["samples"]) == (150, 200, 120)
    seen = []
    monkeypatch.setattr(evaluation, "of_samples", lambda samples, *_: seen.append(samples) or {})
    yardstick(train, test, "mnist")
    validation = {image.tobytes() for image in train.flat()[:20]}
    assert len(seen[0]) == 200
    assert not validation & {image.tobytes() for image in seen[0]}
    json.dumps(ours, allow_nan=False)


def test_scores_see_blur_noise_and_a_dropped_class(checkpoint: Checkpoint, data: tuple[Images, Images]) -> None:
    train, test = data
    samples = checkpoint.images(checkpoint.latents(3, 400)).numpy()
    digits = evaluator("mnist")(checkpoint.images(checkpoint.latents(3, 400)))[1].argmax(1)
    fair = of_samples(samples[:200], train, test, "mnist")
    noisy = of_samples(np.clip(samples[:200] + RNG.normal(0, 0.4, (200, 784)), 0, 1).astype(np.float32), *data, "mnist")
    without = of_samples(samples[digits != 8][:200], train, test, "mnist")
    assert fair["features"]["frechet"] < noisy["features"]["frechet"] / 2
    assert fair["features"]["kid"] + 3 * fair["features"]["kid_error"] < noisy["features"]["kid"]
    assert fair["features"]["precision"] > noisy["features"]["precision"] + 0.2
    assert fair["classes"]["least"] > 0
    assert without["classes"]["least"] == without["classes"]["shares"][8] == 0
    assert without["classes"]["entropy"] < fair["classes"]["entropy"] <= np.log(10)
    assert sum(fair["classes"]["shares"]) == pytest.approx(1, abs=1e-3)


def test_a_copied_training_image_is_at_distance_0(checkpoint: Checkpoint, data: tuple[Images, Images]) -> None:
    train, test = data
    shown = checkpoint.images(checkpoint.latents(0, 5)).numpy()
    shown[2] = train.flat()[11]
    found = memorised(shown, train, test)
    assert found["distances"][2] == 0
    slow = [np.linalg.norm(x - train.flat().astype(float), axis=1).min() for x in shown.astype(float)]
    np.testing.assert_allclose(found["distances"], slow, rtol=0, atol=6e-4)
    assert found["samples"] == 5
    assert found["real"] > 0


def test_the_gap_is_a_coin_toss_for_images_of_one_kind_and_shows_another(
    checkpoint: Checkpoint, data: tuple[Images, Images]
) -> None:
    train, test = data
    fair = gap(checkpoint, train, test)
    assert 0.38 < fair["rank"] < 0.62  # 120 against 120: a standard deviation of .037
    black = Images(np.full_like(test.pixels, 255), test.labels)
    known = gap(checkpoint, train, black)
    assert known["rank"] == 1
    assert known["difference"] > 0
    assert known["p"] < 1e-6


def test_a_data_set_without_likelihoods_has_the_rest(
    checkpoint: Checkpoint, data: tuple[Images, Images], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluation, "VALIDATION", {})
    found, real = score(checkpoint, *data), yardstick(*data, "mnist")
    assert found.keys() == {"features", "classes", "nearest", "gap"}
    assert found["features"]["samples"] == len(data[1].pixels)
    told = render({"a": replace(checkpoint.entry, scores=found)}, {"mnist": real})
    assert "training over test" in told
    assert "Parzen" not in told


def test_a_data_set_without_a_classifier_has_no_feature_scores(
    checkpoint: Checkpoint, data: tuple[Images, Images], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluation.evaluators, "read", lambda *_: {"classifiers": {}})
    other = replace(checkpoint, entry=replace(checkpoint.entry, data="rooms"))
    found = score(other, *data)
    assert found.keys() == {"nearest", "gap"}
    assert yardstick(*data, "rooms") == {}
    assert "training over test" in render({"a": replace(other.entry, scores=found)}, {"rooms": {}})


def test_a_handful_of_test_images_makes_no_feature_scores(data: tuple[Images, Images]) -> None:
    train, test = data
    few = [Images(test.pixels[:n], test.labels[:n]) for n in (7, 8)]
    found = [of_samples(train.flat()[:n], train, one, "mnist") for n, one in zip((7, 8), few, strict=True)]
    assert "features" not in found[0]
    assert np.isfinite(found[1]["features"]["kid_error"])


# --- the command --------------------------------------------------------------------------------------------------


@pytest.fixture
def folders(tmp_path: Path, data: tuple[Images, Images]) -> tuple[Path, Path]:
    """A data folder, and one with two checkpoints, the second a copy under another name."""
    files, shipped = tmp_path / "data", tmp_path / "pretrained"
    files.mkdir()
    shipped.mkdir()
    for split, images in zip(("train", "t10k"), data, strict=True):
        for kind, array in (("images-idx3", images.pixels), ("labels-idx1", images.labels)):
            header = bytes((0, 0, 8, array.ndim)) + struct.pack(f">{array.ndim}I", *array.shape)
            (files / f"{split}-{kind}-ubyte").write_bytes(header + array.tobytes())
    whole = json.loads((PRETRAINED / "manifest.json").read_text())
    kept = whole["checkpoints"][NAME] | {"scores": {}}
    kept.pop("curve", None)
    other = kept | {"name": "another", "recipe": kept["recipe"] | {"objective": "js"}}
    for part in kept["parts"].values():
        shutil.copy(PRETRAINED / part["file"], shipped / part["file"])
    whole = {"format": whole["format"], "yardsticks": {}, "checkpoints": {NAME: kept, "another": other}}
    (shipped / "manifest.json").write_text(json.dumps(whole))
    return files, shipped


def test_all_are_scored_and_written_and_told(
    folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files, shipped = folders
    monkeypatch.setenv("LC_ALL", "C")
    before = (shipped / "manifest.json").read_text()
    assert main(["evaluate", NAME, "--data", str(files), "--folder", str(shipped), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (shipped / "manifest.json").read_text() == before  # nothing is written unasked
    assert main(["evaluate", "all", "--data", str(files), "--folder", str(shipped), "--write"]) == 0
    table = capsys.readouterr().out.splitlines()
    found = manifest(shipped)
    assert found.entries[NAME].scores == told["checkpoints"][NAME]
    assert found.yardsticks["mnist"] == told["real"]["mnist"]
    assert not found.entries[NAME].curve  # an older entry has none
    for name in (NAME, "another"):
        (row,) = (line for line in table if line.startswith(name))
        assert f"{found.entries[name].scores['f-gan']['nats']:.2f}" in row
        assert str(FGAN["kl" if name == NAME else "js"]) in row
    assert any(line.startswith("real images") for line in table)
    assert any(line.startswith("published") and "225 ± 2" in line for line in table)


def test_one_checkpoint_stands_beside_real_images_and_marked_figures(folders: tuple[Path, Path]) -> None:
    files, shipped = folders
    found = evaluate([NAME], files, shipped)
    lines = render(found.entries, found.yardsticks).splitlines()
    (kde,) = (line for line in lines if line.startswith("KDE, f-GAN"))
    assert f"{found.entries[NAME].scores['f-gan']['nats']:.2f}" in kde
    assert f"{found.yardsticks['mnist']['f-gan']['nats']:.2f}" in kde
    assert "remembered, not re-read; on another scale" in kde
    korean = render(found.entries, found.yardsticks, "ko")
    assert "다른 척도" in korean
    entry = found.entries[NAME]
    gone = entry.scores["classes"] | {"shares": [*entry.scores["classes"]["shares"][:-1], 0.0]}
    worse = replace(entry, scores={**entry.scores, "classes": gone})
    assert "drops class 9" in render({NAME: worse}, found.yardsticks)


def test_only_the_papers_own_objectives_have_its_figures() -> None:
    assert published("kl:practical").keys() == {"gan-2014", "f-gan"}
    assert published("wgan-gp(10)").keys() == {"gan-2014"}
    assert published("total-variation").keys() == {"gan-2014"}
