"""The training of one big pair of networks, which are not stacked.

The critic climbs E_P[T] - E_Q[f*(T)] - gamma/2 E_P|grad V|^2 (WGAN-GP: lambda E(|grad V| - 1)^2 between the samples;
WGAN: its weights clipped), then the generator moves on the same latents against the moved critic. Several processes
take their shares of every batch, and all move alike.
"""

import math
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from gan_playground.images.checkpoints import IMAGE_MODELS
from gan_playground.images.distributed import ALONE, Processes
from gan_playground.images.models.augmentation import DRAWS, augment
from gan_playground.images.models.record import ImageModel, Recipe
from gan_playground.learners.gan.objectives import Objective, objective
from gan_playground.words import Refusal


@dataclass(frozen=True, slots=True)
class StepReport:
    """What one step saw: both losses (the penalty left out), and both gradient norms before clipping."""

    critic_loss: float
    generator_loss: float
    critic_gradient: float
    generator_gradient: float


@dataclass(slots=True)
class ImageTraining:
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


def start_training(
    recipe: Recipe, pixels: NDArray[np.uint8], device: torch.device, processes: Processes = ALONE
) -> ImageTraining:
    """Return the training of ``recipe`` at step 0, for flat images ``pixels`` uint8 ``[n, pixels]``."""
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
    return ImageTraining(recipe, model, rules, generator, critic, average, *adams, rng, device, processes)


def _adam(player: nn.Module, recipe: Recipe, decay: float) -> torch.optim.AdamW:
    """Adam with decoupled decay of the matrices alone (Loshchilov and Hutter 2019)."""
    matrices = [parameter for parameter in player.parameters() if parameter.ndim > 1]
    vectors = [parameter for parameter in player.parameters() if parameter.ndim <= 1]
    groups = [{"params": matrices, "weight_decay": decay}, {"params": vectors, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=recipe.rate, betas=recipe.betas, fused=True)


def advance(training: ImageTraining, pixels: NDArray[np.uint8]) -> StepReport:
    """Move the critic ``critic_steps`` times and the generator once, in place, and the average after them.

    Raises:
        Refusal: a loss or a gradient norm is not finite; that player has not moved.

    """
    recipe, rules = training.recipe, training.rules
    rate = recipe.rate * (1 - training.step / recipe.steps)
    last = recipe.critic_steps - 1
    for turn in range(last):
        with torch.no_grad():
            fake = _seen(training, _through(training, training.generator, _latents(training)))
        _move_critic(training, _seen(training, _real(training, pixels, turn)), fake, turn, rate)
    real = _seen(training, _real(training, pixels, last))
    fake = _seen(training, _through(training, training.generator, _latents(training)))
    critic_loss, critic_gradient = _move_critic(training, real, fake.detach(), last, rate)

    fake_v = _through(training, training.critic, fake)
    with torch.no_grad():
        real_v = _through(training, training.critic, real) if rules.pairs else torch.zeros_like(fake_v)
    losses, _, by_fake = rules.generator(real_v, fake_v.detach())
    cotangents = [by_fake / recipe.batch]
    generator_loss, generator_gradient = _move(training, "generator", losses, [fake_v], cotangents, rate)
    # as if it had begun at this step's weight: the first running statistics of BatchNorm stand for nothing
    _follow(training.average, training.generator, (1 - recipe.average) / (1 - recipe.average ** (training.step + 1)))
    training.step += 1
    return StepReport(critic_loss, generator_loss, critic_gradient, generator_gradient)


def _real(training: ImageTraining, pixels: NDArray[np.uint8], turn: int) -> Tensor:
    rows = training.processes.share(training.rows(len(pixels), turn))
    return torch.from_numpy(pixels[rows]).to(training.device).float() / 255


def _latents(training: ImageTraining) -> Tensor:
    return training.processes.share(training.model.latents(training.recipe.batch, training.rng)).to(training.device)


def _uniform(training: ImageTraining, each: int) -> Tensor:
    return training.processes.share(torch.rand(training.recipe.batch, each, generator=training.rng)).to(training.device)


def _seen(training: ImageTraining, images: Tensor) -> Tensor:
    """Return flat images as the critic sees them."""
    if training.recipe.augment == 0:
        return images
    unflattened = images.view(-1, training.model.channels, *training.model.shape)
    return augment(unflattened, _uniform(training, DRAWS), training.recipe.augment).flatten(1)


def _through(training: ImageTraining, player: nn.Module, x: Tensor) -> Tensor:
    """Return what ``player`` makes of ``x`` in the recipe's precision, as float32."""
    with torch.autocast(training.device.type, torch.bfloat16, enabled=training.recipe.precision == "bfloat16"):
        return player(x).float()


def _move_critic(training: ImageTraining, real: Tensor, fake: Tensor, turn: int, rate: float) -> tuple[float, float]:
    """Move the critic once, with R1 and R2 in every ``r1_every``-th of its moves; return its loss and gradient norm."""
    recipe, rules = training.recipe, training.rules
    now = (training.step * recipe.critic_steps + turn) % recipe.r1_every == 0
    r1, r2 = (recipe.r1_every * weight if now else 0.0 for weight in (recipe.r1, recipe.r2))
    real_v = _through(training, training.critic, real.requires_grad_(r1 > 0))
    fake_v = _through(training, training.critic, fake.requires_grad_(r2 > 0))
    losses, by_real, by_fake = rules.critic(real_v.detach(), fake_v.detach())
    roots, cotangents = [real_v, fake_v], [by_real / recipe.batch, by_fake / recipe.batch]
    sides = ((r1, real_v, real), (r2, fake_v, fake))
    penalties = [weight / 2 * _square_slopes(v, x).sum() / recipe.batch for weight, v, x in sides if weight > 0]
    if rules.slope_penalty:
        between = torch.lerp(real.detach(), fake.detach(), _uniform(training, 1)).requires_grad_()
        square = _square_slopes(_through(training, training.critic, between), between)
        # the penalty by its own derivative, stretch / 2 by the square: at a slope of 0 a square root has none
        _, stretch = rules.slope_penalty(square.detach(), square.new_tensor(rules.penalty_weight))
        penalties.append((stretch / 2 * square).sum() / recipe.batch)
    roots, cotangents = [*roots, *penalties], [*cotangents, *(torch.ones_like(penalty) for penalty in penalties)]
    found = _move(training, "critic", losses, roots, cotangents, rate)
    if math.isfinite(rules.clip):
        with torch.no_grad():
            for parameter in training.critic.parameters():
                parameter.clamp_(-rules.clip, rules.clip)
    return found


def _square_slopes(values: Tensor, images: Tensor) -> Tensor:
    """Return |grad_x V|^2 of each image, to be differentiated again."""
    (slopes,) = torch.autograd.grad(values.sum(), images, create_graph=True)
    return slopes.square().sum(-1)


def _move(
    training: ImageTraining,
    name: Literal["critic", "generator"],
    losses: Tensor,
    roots: list[Tensor],
    cotangents: list[Tensor],
    rate: float,
) -> tuple[float, float]:
    """Take one clipped Adam step of a player, pulled back from ``roots``; return its loss and its gradient norm."""
    player, adam = (
        (training.critic, training.adam_critic) if name == "critic" else (training.generator, training.adam_generator)
    )
    parameters = list(player.parameters())
    adam.zero_grad(set_to_none=True)
    torch.autograd.backward(roots, cotangents, inputs=parameters)
    mean = losses.sum() / training.recipe.batch
    training.processes.total(mean, *(parameter.grad for parameter in parameters if parameter.grad is not None))
    loss, norm = float(mean), float(nn.utils.clip_grad_norm_(parameters, training.recipe.clip))
    for quantity, value in (("loss", loss), ("gradient", norm)):
        if not math.isfinite(value):
            raise Refusal(f"checkpoints.not_finite_{name}_{quantity}", step=training.step, recipe=training.recipe.name)
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
