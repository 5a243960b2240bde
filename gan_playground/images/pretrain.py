"""One recipe, trained for real: weights, and the manifest entry that says where they come from.

Under ``torchrun`` several processes train the one training together.
"""

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TextIO

import numpy as np
import torch
from numpy.typing import NDArray

from gan_playground.data import image_sets
from gan_playground.data.mnist import Images
from gan_playground.engine import weight_files
from gan_playground.engine.engine import find_device
from gan_playground.images import checkpoints, contact_sheets, evaluation
from gan_playground.images.checkpoints import IMAGE_MODELS, Entry
from gan_playground.images.distributed import ALONE, Processes, joined
from gan_playground.images.models.record import Recipe
from gan_playground.images.trainer import ImageTraining, StepReport, advance, start_training
from gan_playground.words import Refusal, say
from gan_playground.words.sentences import signed

RECIPES: Final = {name: recipe for model in IMAGE_MODELS.values() for name, recipe in model.recipes.items()}

STATE_FORMAT: Final = 1
"""Version of the training state file; a file of another version is refused."""

SAVE_EVERY_S: Final = 60.0
LINE_EVERY: Final = 500
"""Steps from one printed line, and one point of the training curve, to the next."""


# --- the state of an interrupted run ------------------------------------------------------------------------------


def save_state(training: ImageTraining, path: Path) -> None:
    """Write all that `load_state` needs to go on bit-equally; the old file stays until the new one is whole."""
    state = {
        "format": STATE_FORMAT,
        "recipe": training.recipe.record(),
        "step": training.step,
        "seconds": training.seconds,
        "curve": training.curve,
        "rng": training.rng.get_state(),
        "players": [player.state_dict() for player in (training.generator, training.critic, training.average)],
        "adams": [adam.state_dict() for adam in (training.adam_generator, training.adam_critic)],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(path)


def load_state(
    recipe: Recipe, pixels: NDArray[np.uint8], path: Path, device: torch.device, processes: Processes = ALONE
) -> ImageTraining:
    """Return the training that ``path`` holds, to go on from its step.

    Raises:
        Refusal: no such file, a damaged one, or one of another recipe or format.

    """
    if not path.is_file():
        raise Refusal("checkpoints.state_missing", path=path)
    training = start_training(recipe, pixels, device, processes)
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        same = state["format"] == STATE_FORMAT and state["recipe"] == recipe.record()
        if same:
            for player, values in zip(
                (training.generator, training.critic, training.average), state["players"], strict=True
            ):
                player.load_state_dict(values)
            for adam, values in zip((training.adam_generator, training.adam_critic), state["adams"], strict=True):
                adam.load_state_dict(values)
            training.rng.set_state(state["rng"])
            training.step, training.seconds, training.curve = state["step"], state["seconds"], state.get("curve", [])
    except Exception as error:  # a damaged file raises a dozen kinds of error, from zipfile's to pickle's
        raise Refusal("checkpoints.state_damaged", path=path) from error
    if not same:
        raise Refusal("checkpoints.state_other_recipe", path=path, recipe=recipe.name)
    return training


# --- from a recipe's name to a checkpoint -------------------------------------------------------------------------


def pretrain(
    name: str,
    data: Path | None = None,
    steps: int | None = None,
    resume: bool = False,
    out: Path = Path("runs"),
    device: str = "auto",
    stream: TextIO = sys.stderr,
) -> Entry | None:
    """Train recipe ``name`` and write its weights, its scores and its manifest entry into ``out``.

    ``steps`` shortens the recipe, its falling rates with it. ``<out>/<name>.state`` is written every minute and when
    the run is interrupted; ``resume`` goes on from it, bit-equally on the CPU. Of several processes under
    ``torchrun`` the first one writes and returns the entry; the others return None.

    Raises:
        Refusal: unknown recipe or device, missing data, nothing to resume, an interruption, or numbers not finite.

    """
    recipe = recipe_named(name)
    if steps is not None:
        recipe = replace(recipe, steps=steps)
    found = find_device(device)
    train, test = image_sets.read(recipe.data, data)
    pixels = train.pixels.reshape(len(train.pixels), -1)
    if len(pixels) < recipe.batch:
        raise Refusal("checkpoints.too_few_images", found=len(pixels), batch=recipe.batch, recipe=name)
    state = out / f"{name}.state"
    before = torch.get_float32_matmul_precision()
    torch.set_float32_matmul_precision("medium")  # oneDNN's products: twice MKL's speed on an AMD processor
    try:
        with joined(found) as (processes, where):
            training = (
                load_state(recipe, pixels, state, where, processes)
                if resume
                else start_training(recipe, pixels, where, processes)
            )
            _run(training, pixels, state, stream)
    finally:
        torch.set_float32_matmul_precision(before)  # what is stored and scored must not depend on the processor
    return land(training, train, test, out) if processes.first else None


def recipe_named(name: str) -> Recipe:
    """Return the recipe ``name``.

    Raises:
        Refusal: there is none of that name.

    """
    if name not in RECIPES:
        raise Refusal("checkpoints.no_recipe", name=str(name)[:40], names=", ".join(RECIPES))
    return RECIPES[name]


@contextmanager
def asked_to_stop() -> Iterator[threading.Event]:
    """Yield what Ctrl-C, or a polite `kill`, sets: half a step can't be gone on from."""
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():  # others get no signals
        yield asked
        return
    before = {which: signal.signal(which, lambda *_: asked.set()) for which in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for which, handler in before.items():
            signal.signal(which, handler)


def _run(training: ImageTraining, pixels: NDArray[np.uint8], state: Path, stream: TextIO) -> None:
    """Advance to the last step, with a bar, a line every `LINE_EVERY` steps, and a state and a sheet every minute."""
    from tqdm import tqdm

    before, saved = time.monotonic() - training.seconds, time.monotonic()
    steps, name, speaks = training.recipe.steps, training.recipe.name, training.processes.first
    bar = tqdm(total=steps, initial=training.step, file=stream, desc=name, unit="step", disable=not speaks)
    with bar, asked_to_stop() as asked:
        try:
            while training.step < steps:
                report = advance(training, pixels)
                bar.update()
                stop = torch.tensor(float(asked.is_set()), device=training.device)
                training.processes.total(stop)  # all end after the same step
                training.seconds = time.monotonic() - before
                if speaks and training.step % LINE_EVERY == 0:
                    training.curve.append(_point(training.step, report))
                    bar.write(say("checkpoints.train_line", step=training.step, **_rounded(report)), file=stream)
                if speaks and time.monotonic() - saved >= SAVE_EVERY_S:
                    save_state(training, state)
                    contact_sheets.save_png(_preview(training), state.with_suffix(".png"))
                    saved = time.monotonic()
                if stop and training.step < steps:
                    raise KeyboardInterrupt
        except KeyboardInterrupt:
            if speaks:
                save_state(training, state)
            raise Refusal("checkpoints.train_interrupted", step=training.step, recipe=name, path=state) from None
    if speaks:
        save_state(training, state)


def _point(step: int, report: StepReport) -> dict[str, Any]:
    losses = {key: float(f"{getattr(report, key):.4g}") for key in ("critic_loss", "generator_loss")}
    return {"step": step, **losses}


def _rounded(report: StepReport) -> dict[str, str]:
    return {key: signed(f"{getattr(report, key):.3f}") for key in StepReport.__slots__}


@torch.inference_mode()
def _preview(training: ImageTraining) -> NDArray[np.uint8]:
    z = training.model.latents(64, torch.Generator().manual_seed(0)).to(training.device)
    return contact_sheets.tile(contact_sheets.eight_bit(training.average(z).cpu().numpy(), training.model.shape), 8)


def land(training: ImageTraining, train: Images, test: Images, out: Path) -> Entry:
    """Write a finished training's files into ``out``, score what was written, and enter it in the manifest there."""
    recipe = training.recipe
    critic = training.critic.cpu().eval()
    with torch.inference_mode():
        values = torch.cat([critic(real) for real in torch.from_numpy(test.flat()).split(checkpoints.CHUNK)])
    parts = {
        player: weight_files.write_part(out, recipe.name, player, tensors)
        for player, tensors in (
            ("generator", training.average.cpu().state_dict()),
            ("critic", critic.state_dict()),
            ("real_values", {"values": values}),
        )
    }
    entry = Entry(
        name=recipe.name,
        model=recipe.model,
        data=recipe.data,
        licence=say(f"samples.licence_{recipe.data}"),
        recipe=recipe.record(),
        steps=training.step,
        seed=recipe.seed,
        seconds=round(training.seconds),
        versions={"torch": torch.__version__, "numpy": np.__version__},
        parts=parts,
        scores={},
        curve=training.curve,
    )
    checkpoints.record(entry, {}, out)
    scores = evaluation.score(checkpoints.load(recipe.name, out), train, test)
    entry = replace(entry, scores=scores)
    checkpoints.record(entry, evaluation.yardstick(train, test, recipe.data), out)
    return entry
