"""Training of image models: the step against a plain loop, resuming to the bit, stopping with a sentence."""

import copy
import io
import math
import os
import signal
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from gan_playground.images import checkpoints, evaluation, pretrain, trainer
from gan_playground.images.pretrain import RECIPES, ImageTraining, advance, load_state, save_state, start_training
from gan_playground.theory.divergences import divergence
from gan_playground.words import Refusal

CPU = torch.device("cpu")
PIXELS = (np.random.default_rng(0).random((48, 784)) ** 4 * 255).astype(np.uint8)
COLOURS = np.random.default_rng(0).integers(0, 256, (2, 3 * 96 * 96), dtype=np.uint8)
TINY = replace(RECIPES["mnist-kl"], steps=8, batch=8, r1_every=2, critic_steps=1, r2=0.05)  # every term of a step is on


def tensors(training: ImageTraining) -> list[torch.Tensor]:
    players = (training.generator, training.critic, training.average)
    return [t for player in players for t in player.state_dict().values()] + [training.rng.get_state()]


def same(one: ImageTraining, other: ImageTraining) -> bool:
    return all(torch.equal(a, b) for a, b in zip(tensors(one), tensors(other), strict=True))


def played(training: ImageTraining, steps: int) -> ImageTraining:
    for _ in range(steps):
        advance(training, PIXELS)
    return training


@pytest.mark.parametrize(("name", "critic_steps"), [("kl:practical", 1), ("js:exact", 2), ("hellinger:practical", 1)])
def test_two_steps_are_those_of_a_plain_loop(name: str, critic_steps: int) -> None:
    """Losses as the paper prints them, one graph a player, autograd throughout."""
    recipe = replace(TINY, objective=name, critic_steps=critic_steps)
    training = start_training(recipe, PIXELS, CPU)
    generator, critic = copy.deepcopy(training.generator), copy.deepcopy(training.critic)
    rng = torch.Generator()
    rng.set_state(training.rng.get_state())
    d = divergence(name.split(":")[0])
    adams = {p: torch.optim.Adam(p.parameters(), lr=recipe.rate, betas=recipe.betas) for p in (generator, critic)}
    order = np.random.default_rng((recipe.seed, 0)).permutation(48)
    batch = 0
    fake = torch.zeros(())
    for step in range(2):
        rate = recipe.rate * (1 - step / 8)
        for _ in range(critic_steps):
            real = torch.from_numpy(PIXELS[order[8 * batch : 8 * batch + 8]]).float() / 255
            fake = generator(torch.rand(8, 100, generator=rng) * 2 - 1)
            real.requires_grad_()
            snapshot = fake.detach().requires_grad_()
            value, other = critic(real), critic(snapshot)
            loss = (d.dual(other) - d.activation(value)).mean()
            if batch % 2 == 0:
                for gamma, v, x in ((0.02, value, real), (0.05, other, snapshot)):
                    (slope,) = torch.autograd.grad(v.sum(), x, create_graph=True)
                    loss = loss + 2 * gamma / 2 * slope.pow(2).sum(1).mean()
            _descend(critic, adams[critic], loss, rate)
            batch += 1
        value = critic(fake)
        loss = -(d.activation(value) if name.endswith("practical") else d.dual(value)).mean()
        _descend(generator, adams[generator], loss, rate, recipe.decay)
        advance(training, PIXELS)
    for ours, plain in ((training.generator, generator), (training.critic, critic)):
        for a, b in zip(ours.parameters(), plain.parameters(), strict=True):
            # Adam divides by its root: a gradient at rounding level moves a weight by up to its rate
            assert (a - b).abs().mean() < 2e-6
            torch.testing.assert_close(a, b, rtol=0, atol=2 * recipe.rate)


def test_the_gradient_penalty_is_the_one_that_a_graph_differentiates() -> None:
    training = start_training(replace(TINY, objective="wgan-gp(10)", r1=0.0, r2=0.0, clip=np.inf), PIXELS, CPU)
    critic, generator = copy.deepcopy(training.critic), copy.deepcopy(training.generator)
    rng = torch.Generator()
    rng.set_state(training.rng.get_state())
    real = torch.from_numpy(PIXELS[training.rows(len(PIXELS))]).float() / 255
    fake = generator(torch.rand(8, 100, generator=rng) * 2 - 1).detach()
    share = torch.rand(8, 1, generator=rng)
    between = (real + share * (fake - real)).requires_grad_()
    (slope,) = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
    loss = (critic(fake) - critic(real)).mean() + 10 * (slope.norm(dim=1) - 1).square().mean()
    expected = torch.autograd.grad(loss, list(critic.parameters())[:-1])  # the last bias has no part in it
    norm = float(torch.sqrt(sum((g.square().sum() for g in expected), torch.zeros(()))))
    assert advance(training, PIXELS).critic_gradient == pytest.approx(norm, rel=1e-4)
    for ours, plain in zip(training.critic.parameters(), expected, strict=False):
        assert ours.grad is not None
        torch.testing.assert_close(ours.grad, plain, rtol=1e-4, atol=1e-6)


def test_a_clipped_critic_stays_in_its_box_and_the_generator_does_not() -> None:
    training = start_training(replace(TINY, objective="wgan(0.002)", r1=0.0, r2=0.0), PIXELS, CPU)
    played(training, 2)
    assert max(float(weight.detach().abs().max()) for weight in training.critic.parameters()) == pytest.approx(0.002)
    assert max(float(weight.detach().abs().max()) for weight in training.generator.parameters()) > 0.02


def _descend(
    player: torch.nn.Module, adam: torch.optim.Adam, loss: torch.Tensor, rate: float, decay: float = 0.0
) -> None:
    adam.zero_grad()
    gradients = torch.autograd.grad(loss, list(player.parameters()))
    norm = torch.sqrt(sum((g.square().sum() for g in gradients), torch.zeros(())))
    with torch.no_grad():
        for parameter, gradient in zip(player.parameters(), gradients, strict=True):
            parameter.grad = gradient * min(1.0, 5.0 / (float(norm) + 1e-6))
            if parameter.ndim == 2:
                parameter -= rate * decay * parameter
    adam.param_groups[0]["lr"] = rate
    adam.step()


@pytest.mark.parametrize("at", [1, 5])
def test_a_resumed_run_is_bit_equal(at: int, tmp_path: Path) -> None:
    whole = played(start_training(TINY, PIXELS, CPU), 8)
    half = played(start_training(TINY, PIXELS, CPU), at)
    save_state(half, tmp_path / "run.state")
    resumed = played(load_state(TINY, PIXELS, tmp_path / "run.state", CPU), 8 - at)
    assert same(whole, resumed)
    assert not same(whole, half)
    for one, other in ((whole.adam_critic, resumed.adam_critic), (whole.adam_generator, resumed.adam_generator)):
        for a, b in zip(one.state.values(), other.state.values(), strict=True):
            assert all(torch.equal(a[key], b[key]) for key in ("exp_avg", "exp_avg_sq", "step"))


def test_every_epoch_shows_every_image_once() -> None:
    training = start_training(replace(TINY, critic_steps=2), PIXELS, CPU)
    seen = []
    for step in range(6):
        training.step = step
        seen += [training.rows(48, turn) for turn in range(2)]
    first, second = np.concatenate(seen[:6]), np.concatenate(seen[6:])
    assert sorted(first) == sorted(second) == list(range(48))
    assert not np.array_equal(first, second)


def test_rates_fall_to_zero_and_the_average_follows_with_its_buffers() -> None:
    training = played(start_training(TINY, PIXELS, CPU), 1)
    before = copy.deepcopy(training.average.state_dict())
    for key, first in training.generator.state_dict().items():  # what stood before the first step is not in it
        assert torch.equal(first, before[key]) or not first.is_floating_point()
    advance(training, PIXELS)
    for key, now in training.average.state_dict().items():
        if now.is_floating_point():
            recent = training.generator.state_dict()[key]
            expected = (TINY.average * before[key] + recent) / (TINY.average + 1)
            torch.testing.assert_close(now, expected, rtol=1e-6, atol=1e-9)
    assert not torch.equal(before["hidden.1.running_mean"], training.average.state_dict()["hidden.1.running_mean"])
    played(training, 6)
    assert training.adam_critic.param_groups[0]["lr"] == pytest.approx(TINY.rate / 8)
    assert training.adam_generator.param_groups[0]["lr"] == pytest.approx(TINY.rate / 8)


@pytest.mark.parametrize(
    ("player", "value", "key"),
    [
        ("critic", float("inf"), "critic_loss"),
        ("critic", 200.0, "critic_loss"),
        ("generator", float("nan"), "critic_loss"),
    ],
)
def test_numbers_that_are_not_finite_stop_with_quantity_and_step(player: str, value: float, key: str) -> None:
    training = played(start_training(TINY, PIXELS, CPU), 2)
    with torch.no_grad():
        getattr(training, player).head.bias.fill_(value)
    before = copy.deepcopy(training.generator.state_dict())
    with pytest.raises(Refusal) as refused:
        advance(training, PIXELS)
    assert refused.value.key == f"checkpoints.not_finite_{key}"
    assert "step 2" in str(refused.value)
    for name, now in training.generator.named_parameters():
        assert torch.equal(now, before[name]) or bool(before[name].isnan().any())


@pytest.mark.parametrize("name", RECIPES)
def test_every_recipe_takes_a_step(name: str) -> None:
    recipe = RECIPES[name]
    assert recipe.name == name
    pixels = {"mnist": PIXELS, "rooms": COLOURS}[recipe.data]
    training = start_training(replace(recipe, batch=2), pixels, CPU)
    report = advance(training, pixels)
    assert np.isfinite([getattr(report, key) for key in pretrain.StepReport.__slots__]).all()


def test_the_first_images_are_the_mean_digit_and_the_critic_is_neutral() -> None:
    training = start_training(TINY, PIXELS, CPU)
    z = training.model.latents(256, torch.Generator().manual_seed(0))
    with torch.no_grad():
        images = training.generator(z)
        assert float(training.critic(images).abs().max()) < 0.05
    mean = torch.from_numpy(PIXELS.mean(0) / 255).float()
    assert float((images.mean(0) - mean).abs().mean()) < 0.08  # uniform grey would be 0.3 away


def test_a_state_of_another_recipe_or_a_damaged_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "run.state"
    with pytest.raises(Refusal, match="no run to resume"):
        load_state(TINY, PIXELS, path, CPU)
    save_state(start_training(TINY, PIXELS, CPU), path)
    with pytest.raises(Refusal, match="another recipe"):
        load_state(replace(TINY, steps=9), PIXELS, path, CPU)
    path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(Refusal, match="damaged"):
        load_state(TINY, PIXELS, path, CPU)


def _mnist_like(folder: Path) -> None:
    for split in ("train", "t10k"):
        for kind, array in (("images-idx3", PIXELS.reshape(-1, 28, 28)), ("labels-idx1", np.zeros(48, np.uint8))):
            header = bytes((0, 0, 8, array.ndim)) + struct.pack(f">{array.ndim}I", *array.shape)
            (folder / f"{split}-{kind}-ubyte").write_bytes(header + array.tobytes())


def test_interrupted_resumed_and_landed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command's own path: Ctrl-C at step 3, --resume, files, manifest, and a checkpoint that opens."""
    _mnist_like(tmp_path)
    monkeypatch.setitem(RECIPES, "mnist-kl", replace(TINY, steps=20))
    monkeypatch.setattr(pretrain, "LINE_EVERY", 2)
    monkeypatch.setattr(evaluation, "yardstick", lambda *_: {})
    monkeypatch.setattr(evaluation, "score", lambda of, *_: {"mean": float(of.images(of.latents(1, 4)).mean())})
    honest, calls = advance, []

    def interrupted(training: ImageTraining, pixels: np.ndarray) -> pretrain.StepReport:
        if len(calls) == 3:
            raise KeyboardInterrupt
        calls.append(training.step)
        return honest(training, pixels)

    monkeypatch.setattr(pretrain, "advance", interrupted)
    stream = io.StringIO()
    with pytest.raises(Refusal, match=r"Interrupted at step 3.*--resume"):
        pretrain.pretrain("mnist-kl", tmp_path, steps=5, out=tmp_path / "a", stream=stream)
    monkeypatch.setattr(pretrain, "advance", honest)
    entry = pretrain.pretrain("mnist-kl", tmp_path, steps=5, resume=True, out=tmp_path / "a", stream=stream)
    whole = pretrain.pretrain("mnist-kl", tmp_path, steps=5, out=tmp_path / "b", stream=stream)
    assert "mnist-kl" in stream.getvalue()
    assert entry is not None
    assert whole is not None
    assert entry == checkpoints.manifest(tmp_path / "a").entries["mnist-kl"]
    assert (entry.steps, entry.seed, entry.data, entry.recipe["objective"]) == (5, 0, "mnist", "kl:practical")
    for part in entry.parts.values():  # the interrupted run and the whole one give the same files
        assert (tmp_path / "a" / part.file).read_bytes() == (tmp_path / "b" / part.file).read_bytes()
    checkpoint = checkpoints.load("mnist-kl", tmp_path / "a")
    assert checkpoint.real_log_ratio.shape == (48,)
    assert entry.scores["mean"] == pytest.approx(float(checkpoint.images(checkpoint.latents(1, 4)).mean()))
    assert [point["step"] for point in entry.curve] == [2, 4]  # one of them before the interruption
    assert entry.curve == whole.curve
    assert all(math.isfinite(point[key]) for point in entry.curve for key in ("critic_loss", "generator_loss"))


def test_ctrl_c_in_the_middle_of_a_step_stops_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a step can't be resumed: the signal comes while the generator waits for the moved critic."""
    _mnist_like(tmp_path)
    monkeypatch.setitem(RECIPES, "mnist-kl", TINY)
    honest = trainer._follow

    def follow(*moved: object) -> None:
        if not (tmp_path / "once").exists():
            (tmp_path / "once").touch()
            os.kill(os.getpid(), signal.SIGINT)
        honest(*moved)  # type: ignore[arg-type]

    monkeypatch.setattr(trainer, "_follow", follow)
    monkeypatch.setattr(torch, "set_float32_matmul_precision", lambda _: None)  # the comparison's own stays
    handler = signal.getsignal(signal.SIGINT)
    with pytest.raises(Refusal, match="Interrupted at step 1"):
        pretrain.pretrain("mnist-kl", tmp_path, steps=8, out=tmp_path, stream=io.StringIO())
    assert signal.getsignal(signal.SIGINT) is handler
    stopped = load_state(TINY, PIXELS, tmp_path / "mnist-kl.state", CPU)
    assert same(stopped, played(start_training(TINY, PIXELS, CPU), 1))


def test_an_unknown_device_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="abacus"):
        pretrain.pretrain("mnist-kl", tmp_path, device="abacus")


def test_an_unknown_recipe_is_refused_by_name() -> None:
    with pytest.raises(Refusal, match=r"no recipe mnist-nope.*mnist-kl"):
        pretrain.pretrain("mnist-nope")
