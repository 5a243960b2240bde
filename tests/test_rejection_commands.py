"""The commands of rejection: reject, calibrate, classifier, on what ships and on a small model of a few seconds."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from gan_playground.__main__ import main
from gan_playground.data import image_sets
from gan_playground.data.mnist import Images
from gan_playground.engine.weight_files import PRETRAINED
from gan_playground.images import evaluator_training, evaluators
from gan_playground.images.checkpoints import load, manifest
from gan_playground.learners.gan.keep_training import Schedule
from gan_playground.learners.gan.objectives import objective
from gan_playground.rejection.calibration import calibrator

NAME = "mnist-kl"


@pytest.fixture
def _digits(monkeypatch):
    """Stand-ins for MNIST: the shipped generator's own images, brightened, labelled by the shipped classifier."""
    checkpoint = load(NAME)

    def split(_, which):
        n, seed = (1280, 1) if which == "train" else (1200, 2)
        images = checkpoint.images(checkpoint.latents(seed, n))
        labels = evaluators.evaluator("mnist")(images)[1].argmax(1).astype(np.uint8)
        return Images(np.rint(255 * images.numpy() ** 0.25).astype(np.uint8).reshape(n, 28, 28), labels)

    monkeypatch.setitem(image_sets.DATA, "mnist", split)


@pytest.fixture
def folder(tmp_path):
    for file in ("manifest.json", *(part.file for part in manifest().entries[NAME].parts.values())):
        shutil.copy(PRETRAINED / file, tmp_path / file)
    return tmp_path


def test_reject_prints_one_object_and_refuses_in_a_sentence(capsys):
    assert main(["reject", NAME, "--sampler", "obrs", "--n", "200", "--budget", "0.4", "--unscored", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["sampler"], found["n"], found["ratio"]) == ("obrs", 200, "calibrated")
    assert 0.25 < found["rate"] < 0.55
    assert main(["reject", NAME, "--n", "50", "--unscored"]) == 0
    assert "gamma" in capsys.readouterr().out
    for wrong in (["--percentile", "101"], ["--percentile", "x"], ["--budget", "2"], ["--sampler", "x"], ["--n", "0"]):
        assert main(["reject", NAME, *wrong]) == 2
        said = capsys.readouterr().err
        assert said.count("\n") == 1
        assert wrong[1] in said


@pytest.mark.usefixtures("_digits")
def test_calibrating_learns_what_tells_real_from_generated(folder):
    entry = evaluator_training.calibrate(NAME, None, folder, Schedule(steps=40, batch=64, rate=2e-3, every=20))
    figures = entry["figures"]
    assert figures["calibrated"]["accuracy"] > 0.8
    assert figures["as_trained"]["accuracy"] < figures["calibrated"]["accuracy"]
    assert figures["calibrated"]["samples"] == 600
    checkpoint = load(NAME, folder)
    ratio = evaluators.image_ratio(checkpoint, folder)
    # what is reported is what ships: half precision went before the figures
    assert len(ratio.real) == 600
    assert calibrator(entry["calibrator"]).record() == entry["calibrator"]
    right = (1 + np.sign(ratio.real)).mean() / 2 + (ratio(checkpoint.images(checkpoint.latents(9, 600))) < 0).mean()
    assert abs(right / 2 - figures["calibrated"]["accuracy"]) < 0.06
    again = evaluator_training.calibrate(NAME, None, folder, Schedule(steps=40, batch=64, rate=2e-3, every=20))
    assert again["part"]["sha256"] == entry["part"]["sha256"]


def test_a_hinge_critic_gets_a_fresh_head():
    checkpoint = load(NAME)
    images = checkpoint.images(checkpoint.latents(0, 20)).clone()
    hinge = evaluator_training.logit_critic(replace(checkpoint, rules=objective("hinge")))
    assert float(hinge(images).detach().abs().max()) == 0
    kept = evaluator_training.logit_critic(checkpoint)
    torch.testing.assert_close(kept(images).detach(), checkpoint.critic(images))


@pytest.mark.usefixtures("_digits")
def test_the_classifier_learns_and_ships(folder):
    small = replace(evaluator_training.RECIPES["mnist"], epochs=1, batch=32, shift=0, rate=3e-3)
    entry = evaluator_training.train_classifier(small, None, folder)
    assert entry["accuracy"] > 0.4  # guessing gives a tenth
    held = evaluators.evaluator("mnist", folder)
    assert held.real.shape == (600, 64)
    assert held.accuracy == entry["accuracy"]
    assert sum(entry["shares"]) == pytest.approx(1, abs=1e-3)


def test_every_classifier_that_ships_follows_its_recipe():
    shipped = evaluators.read()["classifiers"]
    assert {data: entry["recipe"] for data, entry in shipped.items()} == {
        data: evaluator_training.RECIPES[data].record() for data in shipped
    }
    assert "mnist" in shipped


@pytest.mark.parametrize("data", list(evaluator_training.RECIPES))
def test_every_classifier_tells_its_images_apart_and_gives_features(data):
    rng = torch.Generator().manual_seed(0)
    network = evaluators.CLASSIFIERS[data]().eval()
    pixels = int(np.prod(network.shape))
    images = torch.rand(3, pixels, generator=rng)
    assert network.features(images).shape == (3, 64)
    torch.testing.assert_close(network.head(network.features(images)), network(images))


def test_a_shift_moves_each_image_and_loses_none_of_its_middle():
    images = torch.zeros(50, 2, 9, 9)
    images[:, :, 4, 4] = torch.tensor([1.0, 2.0])
    moved = evaluator_training.shifted(images, 3, torch.Generator().manual_seed(1))
    assert moved.shape == images.shape
    torch.testing.assert_close(moved.sum((2, 3)), torch.tensor([[1.0, 2.0]]).expand(50, 2))
    places = moved[:, 0].flatten(1).argmax(1)
    assert len(set(places.tolist())) > 20
    assert int((places // 9).min()) == int((places % 9).min()) == 1


def test_a_classifier_of_nothing_is_refused(capsys):
    assert main(["classifier", "cats"]) == 2
    assert "mnist, rooms" in capsys.readouterr().err


def test_a_damaged_record_is_one_sentence(tmp_path):
    Path(tmp_path / evaluators.EVALUATORS).write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match=r"evaluators\.json"):
        evaluators.read(tmp_path)
    Path(tmp_path / evaluators.EVALUATORS).write_text('{"format": 99}', encoding="utf-8")
    with pytest.raises(ValueError, match="99"):
        evaluators.read(tmp_path)
