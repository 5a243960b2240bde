"""One recipe, trained for real: weights, and the manifest entry that says where they come from.

The loop is the alternating game for one big pair of networks (image models are not stacked): the critic climbs
E_P[T] - E_Q[f*(T)] - gamma/2 E|grad V|^2 (WGAN-GP: lambda E(|grad V| - 1)^2 between the samples; WGAN: its weights
clipped), then the generator moves on the same latents against the moved critic. Under ``torchrun`` each process
takes its share of every batch, and all move alike.
"""

import math
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal, TextIO

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from gan_playground import checkpoints, evaluation, sheets
from gan_playground.checkpoints import IMAGE_MODELS, Entry
from gan_playground.data.images import LICENCES, Images
from gan_playground.lanes import find_device
from gan_playground.models.augmentation import DRAWS, augment
from gan_playground.models.image_model import ImageModel, Recipe
from gan_playground.objectives import Objective, objective
from gan_playground.processes import ALONE, Processes, joined
from gan_playground.words import Refusal, say

RECIPES: Final = {name: recipe for model in IMAGE_MODELS.values() for name, recipe in model.recipes.items()}

STATE_FORMAT: Final = 1
"""Version of the training state file; a file of another version is refused."""

SAVE_EVERY_S: Final = 60.0
LINE_EVERY: Final = 500
"""Steps from one printed line, and one point of the training curve, to the next."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one step saw: both losses (the penalty left out), and both gradient norms before clipping."""

    critic_loss: float
    generator_loss: float
    critic_gradient: float
    generator_gradient: float


@dataclass(slots=True)
class Game:
    """A training run between two steps: all that the next step depends on, and nothing else.

    The images of a step are rows of a permutation drawn from (seed, epoch), so they follow from ``step``; latents
    come from ``rng``. ``curve`` remembers both losses of every `LINE_EVERY`-th step; ``order`` keeps the epoch's
    permutation at hand.
    """

    recipe: Recipe
    model: ImageModel
    rules: Objective
    generator: nn.Module
    critic: nn.Module
    average: nn.Module
    adam_generator: torch.optim.AdamW
    adam_critic: torch.optim.AdamW
    rng: torch.Generator
    device: torch.device
    processes: Processes = ALONE
    step: int = 0
    seconds: float = 0.0
    curve: list[dict[str, Any]] = field(default_factory=list)
    order: tuple[int, NDArray[np.int64]] = field(default_factory=lambda: (-1, np.empty(0, np.int64)))

    def rows(self, images: int, turn: int = 0) -> NDArray[np.int64]:
        """Return which of ``images`` images the critic's ``turn``-th move of this step sees.

        Whole batches of a fresh permutation every epoch: every image once, but for the rest that fills no batch.
        """
        epoch, place = divmod(self.step * self.recipe.critic_steps + turn, images // self.recipe.batch)
        if self.order[0] != epoch or len(self.order[1]) != images:
            self.order = (epoch, np.random.default_rng((self.recipe.seed, epoch)).permutation(images))
        return self.order[1][place * self.recipe.batch : (place + 1) * self.recipe.batch]


def new_game(recipe: Recipe, pixels: NDArray[np.uint8], device: torch.device, processes: Processes = ALONE) -> Game:
    """Return the game of ``recipe`` at step 0, for flat images ``pixels`` uint8 ``[n, pixels]``."""
    model = IMAGE_MODELS[recipe.model]
    rng = torch.Generator().manual_seed(recipe.seed)
    generator, critic, average = model.generator(), model.critic(), model.generator()
    model.initialise(generator, critic, torch.from_numpy(pixels.mean(0, dtype=np.float64) / 255).float(), rng)
    average.load_state_dict(generator.state_dict())
    for player in (generator, critic, average.eval()):
        player.to(device)
    for player in (generator, critic):
        processes.join(player)
    adams = _adam(generator, recipe, recipe.decay), _adam(critic, recipe, 0.0)
    rules = objective(recipe.objective)
    return Game(recipe, model, rules, generator, critic, average, *adams, rng, device, processes)


def _adam(player: nn.Module, recipe: Recipe, decay: float) -> torch.optim.AdamW:
    """Adam with decoupled decay of the matrices alone (Loshchilov and Hutter 2019)."""
    matrices = [parameter for parameter in player.parameters() if parameter.ndim > 1]
    vectors = [parameter for parameter in player.parameters() if parameter.ndim <= 1]
    groups = [{"params": matrices, "weight_decay": decay}, {"params": vectors, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=recipe.rate, betas=recipe.betas, fused=True)


def advance(game: Game, pixels: NDArray[np.uint8]) -> Reading:
    """Move the critic ``critic_steps`` times and the generator once, in place, and the average after them.

    Raises:
        Refusal: a loss or a gradient norm is not finite; that player has not moved.

    """
    recipe, rules = game.recipe, game.rules
    rate = recipe.rate * (1 - game.step / recipe.steps)
    last = recipe.critic_steps - 1
    for turn in range(last):
        with torch.no_grad():
            fake = _seen(game, _through(game, game.generator, _latents(game)))
        _move_critic(game, _seen(game, _real(game, pixels, turn)), fake, turn, rate)
    real = _seen(game, _real(game, pixels, last))
    fake = _seen(game, _through(game, game.generator, _latents(game)))
    critic_loss, critic_gradient = _move_critic(game, real, fake.detach(), last, rate)

    fake_v = _through(game, game.critic, fake)
    with torch.no_grad():
        real_v = _through(game, game.critic, real) if rules.pairs else torch.zeros_like(fake_v)
    losses, _, by_fake = rules.generator(real_v, fake_v.detach())
    cotangents = [by_fake / recipe.batch]
    generator_loss, generator_gradient = _move(game, "generator", losses, [fake_v], cotangents, rate)
    # as if it had begun at this step's weight: the first running statistics of BatchNorm stand for nothing
    _follow(game.average, game.generator, (1 - recipe.average) / (1 - recipe.average ** (game.step + 1)))
    game.step += 1
    return Reading(critic_loss, generator_loss, critic_gradient, generator_gradient)


def _real(game: Game, pixels: NDArray[np.uint8], turn: int) -> Tensor:
    rows = game.processes.share(game.rows(len(pixels), turn))
    return torch.from_numpy(pixels[rows]).to(game.device).float() / 255


def _latents(game: Game) -> Tensor:
    return game.processes.share(game.model.latents(game.recipe.batch, game.rng)).to(game.device)


def _uniform(game: Game, each: int) -> Tensor:
    return game.processes.share(torch.rand(game.recipe.batch, each, generator=game.rng)).to(game.device)


def _seen(game: Game, images: Tensor) -> Tensor:
    """Return flat images as the critic sees them."""
    if game.recipe.augment == 0:
        return images
    unflattened = images.view(-1, game.model.channels, *game.model.shape)
    return augment(unflattened, _uniform(game, DRAWS), game.recipe.augment).flatten(1)


def _through(game: Game, player: nn.Module, x: Tensor) -> Tensor:
    """Return what ``player`` makes of ``x`` in the recipe's precision, as float32."""
    with torch.autocast(game.device.type, torch.bfloat16, enabled=game.recipe.precision == "bfloat16"):
        return player(x).float()


def _move_critic(game: Game, real: Tensor, fake: Tensor, turn: int, rate: float) -> tuple[float, float]:
    """Move the critic once, with R1 and R2 in every ``r1_every``-th of its moves; return its loss and gradient norm."""
    recipe, rules = game.recipe, game.rules
    now = (game.step * recipe.critic_steps + turn) % recipe.r1_every == 0
    r1, r2 = (recipe.r1_every * weight if now else 0.0 for weight in (recipe.r1, recipe.r2))
    real_v = _through(game, game.critic, real.requires_grad_(r1 > 0))
    fake_v = _through(game, game.critic, fake.requires_grad_(r2 > 0))
    losses, by_real, by_fake = rules.critic(real_v.detach(), fake_v.detach())
    roots, cotangents = [real_v, fake_v], [by_real / recipe.batch, by_fake / recipe.batch]
    sides = ((r1, real_v, real), (r2, fake_v, fake))
    penalties = [weight / 2 * _square_slopes(v, x).sum() / recipe.batch for weight, v, x in sides if weight > 0]
    if rules.slope_penalty:
        between = torch.lerp(real.detach(), fake.detach(), _uniform(game, 1)).requires_grad_()
        square = _square_slopes(_through(game, game.critic, between), between)
        # the penalty by its own derivative, stretch / 2 by the square: at a slope of 0 a square root has none
        _, stretch = rules.slope_penalty(square.detach(), square.new_tensor(rules.penalty_weight))
        penalties.append((stretch / 2 * square).sum() / recipe.batch)
    roots, cotangents = [*roots, *penalties], [*cotangents, *(torch.ones_like(penalty) for penalty in penalties)]
    found = _move(game, "critic", losses, roots, cotangents, rate)
    if math.isfinite(rules.clip):
        with torch.no_grad():
            for parameter in game.critic.parameters():
                parameter.clamp_(-rules.clip, rules.clip)
    return found


def _square_slopes(values: Tensor, images: Tensor) -> Tensor:
    """Return |grad_x V|^2 of each image, to be differentiated again."""
    (slopes,) = torch.autograd.grad(values.sum(), images, create_graph=True)
    return slopes.square().sum(-1)


def _move(
    game: Game, name: Literal["critic", "generator"], losses: Tensor, roots: list[Tensor], cotangents: list[Tensor],
    rate: float,
) -> tuple[float, float]:  # fmt: skip
    """Take one clipped Adam step of a player, pulled back from ``roots``; return its loss and its gradient norm."""
    player, adam = (game.critic, game.adam_critic) if name == "critic" else (game.generator, game.adam_generator)
    parameters = list(player.parameters())
    adam.zero_grad(set_to_none=True)
    torch.autograd.backward(roots, cotangents, inputs=parameters)
    mean = losses.sum() / game.recipe.batch
    game.processes.total(mean, *(parameter.grad for parameter in parameters if parameter.grad is not None))
    loss, norm = float(mean), float(nn.utils.clip_grad_norm_(parameters, game.recipe.clip))
    for quantity, value in (("loss", loss), ("gradient", norm)):
        if not math.isfinite(value):
            raise Refusal(f"samples.not_finite_{name}_{quantity}", step=game.step, recipe=game.recipe.name)
    for group in adam.param_groups:
        group["lr"] = rate
    adam.step()
    return loss, norm


@torch.no_grad()
def _follow(average: nn.Module, player: nn.Module, weight: float) -> None:
    """Move ``average`` towards ``player`` by ``weight``: parameters and BatchNorm's running statistics alike."""
    pairs = zip((*average.parameters(), *average.buffers()), (*player.parameters(), *player.buffers()), strict=True)
    for ours, theirs in pairs:
        if ours.is_floating_point():  # BatchNorm also counts its batches
            ours.lerp_(theirs, weight)


# --- the state of an interrupted run ------------------------------------------------------------------------------


def save_state(game: Game, path: Path) -> None:
    """Write all that `load_state` needs to go on bit-equally; the old file stays until the new one is whole."""
    state = {
        "format": STATE_FORMAT,
        "recipe": game.recipe.record(),
        "step": game.step,
        "seconds": game.seconds,
        "curve": game.curve,
        "rng": game.rng.get_state(),
        "players": [player.state_dict() for player in (game.generator, game.critic, game.average)],
        "adams": [adam.state_dict() for adam in (game.adam_generator, game.adam_critic)],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(path)


def load_state(
    recipe: Recipe, pixels: NDArray[np.uint8], path: Path, device: torch.device, processes: Processes = ALONE
) -> Game:
    """Return the game that ``path`` holds, to go on from its step.

    Raises:
        Refusal: no such file, a damaged one, or one of another recipe or format.

    """
    if not path.is_file():
        raise Refusal("samples.state_missing", path=path)
    game = new_game(recipe, pixels, device, processes)
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        same = state["format"] == STATE_FORMAT and state["recipe"] == recipe.record()
        if same:
            for player, values in zip((game.generator, game.critic, game.average), state["players"], strict=True):
                player.load_state_dict(values)
            for adam, values in zip((game.adam_generator, game.adam_critic), state["adams"], strict=True):
                adam.load_state_dict(values)
            game.rng.set_state(state["rng"])
            game.step, game.seconds, game.curve = state["step"], state["seconds"], state.get("curve", [])
    except Exception as error:  # a damaged file raises a dozen kinds of error, from zipfile's to pickle's
        raise Refusal("samples.state_damaged", path=path) from error
    if not same:
        raise Refusal("samples.state_other_recipe", path=path, recipe=recipe.name)
    return game


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
    train, test = evaluation.read(recipe.data, data)
    pixels = train.pixels.reshape(len(train.pixels), -1)
    if len(pixels) < recipe.batch:
        raise Refusal("samples.too_few_images", found=len(pixels), batch=recipe.batch, recipe=name)
    state = out / f"{name}.state"
    before = torch.get_float32_matmul_precision()
    torch.set_float32_matmul_precision("medium")  # oneDNN's products: twice MKL's speed on an AMD processor
    try:
        with joined(found) as (processes, where):
            game = (
                load_state(recipe, pixels, state, where, processes)
                if resume
                else new_game(recipe, pixels, where, processes)
            )
            _run(game, pixels, state, stream)
    finally:
        torch.set_float32_matmul_precision(before)  # what is stored and scored must not depend on the processor
    return land(game, train, test, out) if processes.first else None


def recipe_named(name: str) -> Recipe:
    """Return the recipe ``name``.

    Raises:
        Refusal: there is none of that name.

    """
    if name not in RECIPES:
        raise Refusal("samples.no_recipe", name=str(name)[:40], names=", ".join(RECIPES))
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


def _run(game: Game, pixels: NDArray[np.uint8], state: Path, stream: TextIO) -> None:
    """Advance to the last step, with a bar, a line every `LINE_EVERY` steps, and a state and a sheet every minute."""
    from tqdm import tqdm

    before, saved = time.monotonic() - game.seconds, time.monotonic()
    steps, name, speaks = game.recipe.steps, game.recipe.name, game.processes.first
    bar = tqdm(total=steps, initial=game.step, file=stream, desc=name, unit="step", disable=not speaks)
    with bar, asked_to_stop() as asked:
        try:
            while game.step < steps:
                reading = advance(game, pixels)
                bar.update()
                stop = torch.tensor(float(asked.is_set()), device=game.device)
                game.processes.total(stop)  # all end after the same step
                game.seconds = time.monotonic() - before
                if speaks and game.step % LINE_EVERY == 0:
                    game.curve.append(_point(game.step, reading))
                    bar.write(say("samples.train_line", step=game.step, **_rounded(reading)), file=stream)
                if speaks and time.monotonic() - saved >= SAVE_EVERY_S:
                    save_state(game, state)
                    sheets.save_png(_preview(game), state.with_suffix(".png"))
                    saved = time.monotonic()
                if stop and game.step < steps:
                    raise KeyboardInterrupt
        except KeyboardInterrupt:
            if speaks:
                save_state(game, state)
            raise Refusal("samples.train_interrupted", step=game.step, recipe=name, path=state) from None
    if speaks:
        save_state(game, state)


def _point(step: int, reading: Reading) -> dict[str, Any]:
    losses = {key: float(f"{getattr(reading, key):.4g}") for key in ("critic_loss", "generator_loss")}
    return {"step": step, **losses}


def _rounded(reading: Reading) -> dict[str, str]:
    return {key: f"{getattr(reading, key):.3f}" for key in Reading.__slots__}


@torch.inference_mode()
def _preview(game: Game) -> NDArray[np.uint8]:
    z = game.model.latents(64, torch.Generator().manual_seed(0)).to(game.device)
    return sheets.tile(sheets.eight_bit(game.average(z).cpu().numpy(), game.model.shape), 8)


def land(game: Game, train: Images, test: Images, out: Path) -> Entry:
    """Write a finished game's files into ``out``, score what was written, and enter it in the manifest there."""
    recipe = game.recipe
    critic = game.critic.cpu().eval()
    with torch.inference_mode():
        values = torch.cat([critic(real) for real in torch.from_numpy(test.flat()).split(checkpoints.CHUNK)])
    parts = {
        player: checkpoints.write_part(out, recipe.name, player, tensors)
        for player, tensors in (
            ("generator", game.average.cpu().state_dict()),
            ("critic", critic.state_dict()),
            ("real_values", {"values": values}),
        )
    }
    entry = Entry(
        name=recipe.name,
        model=recipe.model,
        data=recipe.data,
        licence=LICENCES[recipe.data],
        recipe=recipe.record(),
        steps=game.step,
        seed=recipe.seed,
        seconds=round(game.seconds),
        versions={"torch": torch.__version__, "numpy": np.__version__},
        parts=parts,
        scores={},
        curve=game.curve,
    )
    checkpoints.record(entry, {}, out)
    scores = evaluation.score(checkpoints.load(recipe.name, out), train, test)
    entry = replace(entry, scores=scores)
    checkpoints.record(entry, evaluation.yardstick(train, test, recipe.data), out)
    return entry
