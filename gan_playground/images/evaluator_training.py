"""How the evaluators that ship are made: the classifier's training, and a checkpoint's calibration."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, pad

from gan_playground.data import image_sets
from gan_playground.data.mnist import Images
from gan_playground.engine.weight_files import PRETRAINED, Part, write_part
from gan_playground.images import evaluators
from gan_playground.images.checkpoints import CHUNK, Checkpoint, load
from gan_playground.images.models import mnist_classifier, rooms_classifier
from gan_playground.images.models.classifier import Classifier, ClassifierRecipe
from gan_playground.learners.gan.keep_training import Schedule, keep_training, keeps_head, renew_head
from gan_playground.rejection import Floats
from gan_playground.rejection.as_trained import diagnose_as_trained
from gan_playground.rejection.calibration import diagnose, fit

SCHEDULE: Final = Schedule(steps=6000, batch=256, rate=5e-4, every=100, decay=0.05)
"""How an image critic goes on."""

SPLITS: Final = (0.25, 0.25, 0.5)
"""Shares of the test images: they end the training, fit the calibrator, and are reported on."""

SEED: Final = 2
"""Of the splits and of every latent drawn here: neither a page's seed nor the scores'."""

CONTINUED: Final = "continued"
"""Name of the part that is written: <checkpoint>.continued.safetensors."""


def calibrate(
    name: str,
    data: Path | None = None,
    out: Path = PRETRAINED,
    schedule: Schedule = SCHEDULE,
    progress: Callable[[int, float], None] = lambda _step, _loss: None,
) -> dict[str, Any]:
    """Keep training checkpoint ``name``'s critic, calibrate it, and write it and its figures into ``out``.

    Trained on the training images against fresh samples; the test images end the training, calibrate and report, each
    a part of their own. What ships is rounded to half precision first, so the figures are those of what ships.

    Raises:
        Refusal: no such checkpoint there, or no data.

    """
    checkpoint = load(name, out)
    train, test = image_sets.read(checkpoint.entry.data, data)
    rng = torch.Generator().manual_seed(SEED)
    began = time.perf_counter()

    def generated(n: int) -> Tensor:
        return checkpoint.images(checkpoint.model.latents(n, rng)).clone()

    pixels = torch.from_numpy(train.pixels.reshape(len(train.pixels), -1).copy())

    def real(n: int) -> Tensor:
        return pixels[torch.randint(len(pixels), (n,), generator=rng)].float() / 255

    order = np.random.default_rng(SEED).permutation(len(test.pixels))
    held, fitted, shown = (
        (torch.from_numpy(test.flat()[part]), generated(len(part))) for part in np.split(order, ends(len(order)))
    )
    start = logit_critic(checkpoint)
    continued = keep_training(start, real, generated, *held, schedule, progress)
    critic = continued.critic
    with torch.no_grad():
        for parameter in critic.parameters():
            parameter.copy_(parameter.half().float())
    calibrator = fit(*(values(critic, side) for side in fitted))
    logits = [values(critic, side) for side in shown]
    ratios = [calibrator(side) for side in logits]
    tensors = {**critic.state_dict(), "real_log_ratio": torch.from_numpy(ratios[0]).float()}
    part = write_part(out, name, CONTINUED, tensors)
    own = diagnose_as_trained(checkpoint.rules, *(torch.from_numpy(values(checkpoint.critic, side)) for side in shown))
    figures = {
        "calibrated": diagnose(*ratios).record(),
        "uncalibrated": diagnose(*logits).record(),
        "as_trained": None if own is None else own.record(),
        "step": continued.step,
        "steps": continued.steps,
        "held_out": [[step, round(loss, 5)] for step, loss in continued.losses],
        "splits": [len(held[0]), len(fitted[0]), len(shown[0])],
        "seconds": round(time.perf_counter() - began),
    }
    entry = {
        "generator": checkpoint.entry.parts["generator"].sha256,
        "part": _plain(part),
        "calibrator": calibrator.record(),
        "figures": figures,
    }
    evaluators.record("ratios", name, entry, out)
    return entry


def ends(n: int) -> list[int]:
    """Return where each split of ``n`` test images ends but the last."""
    return [round(n * share) for share in np.cumsum(SPLITS)[:-1]]


def logit_critic(checkpoint: Checkpoint) -> nn.Module:
    """Return a copy of the checkpoint's critic, its last layer 0 where its value is no logit."""
    critic = checkpoint.model.critic()
    critic.load_state_dict({key: value.clone() for key, value in checkpoint.critic.state_dict().items()})
    if not keeps_head(checkpoint.rules):
        renew_head([layer for layer in critic.modules() if isinstance(layer, nn.Linear)][-1])
    return critic


@torch.inference_mode()
def values(critic: nn.Module, images: Tensor) -> Floats:
    """Return a critic's raw values of images ``[n, pixels] -> [n]`` in float64."""
    return torch.cat([critic(part) for part in images.split(CHUNK)]).double().numpy()


def _plain(part: Part) -> dict[str, Any]:
    return {"file": part.file, "sha256": part.sha256, "bytes": part.bytes}


# --- the classifier ------------------------------------------------------------------------------


RECIPES: Final = {recipe.data: recipe for recipe in (mnist_classifier.RECIPE, rooms_classifier.RECIPE)}
"""One classifier for each data set."""


def train_classifier(
    recipe: ClassifierRecipe,
    data: Path | None = None,
    out: Path = PRETRAINED,
    progress: Callable[[float], None] = lambda _: None,
) -> dict[str, Any]:
    """Train the recipe's classifier, measure it on the test images, and write it with their features into ``out``.

    Raises:
        Refusal: no data.

    """
    train, test = image_sets.read(recipe.data, data)
    began = time.perf_counter()
    network = fit_classifier(train, recipe, progress)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.copy_(parameter.half().float())
        flat = torch.from_numpy(test.flat())
        features = torch.cat([network.features(part) for part in flat.split(CHUNK)])
        right = network.head(features).argmax(1) == torch.from_numpy(test.labels.astype(np.int64))
    reported = np.random.default_rng(SEED).permutation(len(test.pixels))[ends(len(test.pixels))[-1] :]
    tensors = {**network.state_dict(), "real_features": features[torch.from_numpy(reported)]}
    part = write_part(out, f"{recipe.data}-classifier", "weights", tensors)
    entry = {
        "part": _plain(part),
        "recipe": recipe.record(),
        "accuracy": round(float(right.float().mean()), 4),
        "shares": (np.bincount(test.labels) / len(test.labels)).round(4).tolist(),
        "seconds": round(time.perf_counter() - began),
    }
    evaluators.record("classifiers", recipe.data, entry, out)
    return entry


def fit_classifier(train: Images, recipe: ClassifierRecipe, progress: Callable[[float], None]) -> Classifier:
    """Return the classifier after the recipe's epochs."""
    torch.manual_seed(recipe.seed)
    rng = torch.Generator().manual_seed(recipe.seed)
    network = evaluators.CLASSIFIERS[recipe.data]()
    network.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue] -- a call that its stub lacks
    adam = torch.optim.Adam(network.parameters(), lr=recipe.rate)
    pixels = torch.from_numpy(train.pixels.reshape(len(train.pixels), *network.shape).copy())
    labels = torch.from_numpy(train.labels.astype(np.int64))
    a_epoch = len(pixels) // recipe.batch
    order = torch.empty(0, dtype=torch.int64)
    for step in range(recipe.epochs * a_epoch):
        if step % a_epoch == 0:
            order = torch.randperm(len(pixels), generator=rng)
        rows = order[step % a_epoch * recipe.batch :][: recipe.batch]
        for group in adam.param_groups:
            group["lr"] = recipe.rate * (1 - step / (recipe.epochs * a_epoch))
        images = shifted(pixels[rows].float() / 255, recipe.shift, rng)
        if recipe.mirrored:
            turned = torch.rand(len(images), 1, 1, 1, generator=rng) < 0.5
            images = torch.where(turned, images.flip(3), images)
        with torch.autocast("cpu", torch.bfloat16):  # with channels last, two and a half times as fast
            logits = network(images)
        loss = cross_entropy(logits.float(), labels[rows])
        adam.zero_grad(set_to_none=True)
        loss.backward()
        adam.step()
        if step % 50 == 0:
            progress(step / (recipe.epochs * a_epoch))
    return network.eval().requires_grad_(requires_grad=False)


def shifted(images: Tensor, most: int, rng: torch.Generator) -> Tensor:
    """Return images ``[n, channels, side, side]``, each moved by up to ``most`` pixels each way, 0 coming in."""
    n, side = len(images), images.shape[-1]
    places = torch.arange(side) + torch.randint(2 * most + 1, (2, n, 1), generator=rng)
    rows, columns = places[0][:, :, None], places[1][:, None, :]
    padded = pad(images, (most,) * 4)
    return padded[torch.arange(n)[:, None, None], :, rows, columns].permute(0, 3, 1, 2)  # channels last already
