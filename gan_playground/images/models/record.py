"""What an image model is, and what it takes to train a checkpoint of it again."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Literal

import torch
from torch import Tensor, nn


@dataclass(frozen=True, slots=True)
class Recipe:
    """One image game, start to end; a checkpoint's name is its recipe's name.

    ``rate`` is Adam's at step 0 for both players and falls linearly to 0 at ``steps``. ``decay`` shrinks the
    generator's matrices by rate * decay a step (decoupled). ``critic_steps`` is the critic's moves to one of the
    generator's. ``r1`` and ``r2`` are gamma of the penalty gamma/2 E|grad_x V(x)|^2 on real and on generated images,
    taken in every ``r1_every``-th of the critic's moves and weighted by as much. ``clip`` bounds each player's gradient
    norm. ``average`` is the decay of the moving average (its start corrected for, as Adam's moments) of the generator's
    parameters and buffers; the average is what is shipped. ``augment`` is the chance of each change that `augment`
    makes to an image before the critic sees it (0: none is made, not even flips). ``precision`` is that of matrix
    products and convolutions; weights, losses and moments are float32 throughout.
    """

    name: str
    model: str
    data: str
    objective: str
    steps: int
    batch: int
    rate: float
    betas: tuple[float, float]
    decay: float
    critic_steps: int
    r1: float
    r2: float
    r1_every: int
    clip: float
    average: float
    seed: int
    augment: float = 0.0
    precision: Literal["float32", "bfloat16"] = "float32"

    def record(self) -> dict[str, object]:
        """Return the recipe as plain values, for a manifest or a training state."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class ImageModel:
    """A pair of networks for images of ``channels`` and ``shape`` (height, width), in [0, 1].

    Images are flattened, ``[n, channels * height * width]``: one channel is grey (1 = ink), three are red, green, blue.
    ``latents(n, rng)`` draws float32 ``[n, latent]`` by ``law``: every entry uniform on (-1, 1), or N(0, 1).
    ``initialise(generator, critic, marginals, rng)`` draws both players' first weights in place, given each pixel's
    mean over the data. ``generator_plan`` and ``critic_plan`` say for a reader what the two networks are.
    """

    key: str
    shape: tuple[int, int]
    latent: int
    generator: Callable[[], nn.Module]
    critic: Callable[[], nn.Module]
    latents: Callable[[int, torch.Generator], Tensor]
    initialise: Callable[[nn.Module, nn.Module, Tensor, torch.Generator], None]
    recipes: Mapping[str, Recipe]
    generator_plan: str
    critic_plan: str
    channels: int = 1
    law: Literal["uniform", "normal"] = "uniform"

    def __post_init__(self) -> None:
        object.__setattr__(self, "recipes", MappingProxyType(dict(self.recipes)))
