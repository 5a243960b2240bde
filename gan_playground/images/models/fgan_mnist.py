"""The networks of the f-GAN paper's MNIST experiment, and the recipes that train them.

Nowozin, Cseke and Tomioka, "f-GAN", NIPS 2016, section 3.2 and appendix: the generator's sizes follow
Goodfellow et al. 2014, the critic ("variational function") is a small ELU network.
"""

from dataclasses import replace
from typing import Final

import torch
from torch import Tensor, nn

from gan_playground.images.models.record import ImageModel, Recipe

LATENT: Final = 100
HIDDEN: Final = 1200
CRITIC_HIDDEN: Final = 240
SIDE: Final = 28
PIXELS: Final = SIDE * SIDE

GENERATOR_SCALE: Final = 0.05
CRITIC_HEAD_SCALE: Final = 0.005
DARKEST: Final = 1e-3
"""Pixel marginals are kept this far from 0 and 1, so that their logits stay finite."""


class Generator(nn.Module):
    """G(z): Linear(100, 1200) BN ReLU, Linear(1200, 1200) BN ReLU, Linear(1200, 784) sigmoid.

    Latents float32 ``[n, 100]`` uniform on (-1, 1); images float32 ``[n, 784]`` in (0, 1), 1 = ink.
    """

    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Sequential(
            nn.Linear(LATENT, HIDDEN), nn.BatchNorm1d(HIDDEN), nn.ReLU(),
            nn.Linear(HIDDEN, HIDDEN), nn.BatchNorm1d(HIDDEN), nn.ReLU(),
        )  # fmt: skip
        self.head = nn.Linear(HIDDEN, PIXELS)

    def forward(self, z: Tensor) -> Tensor:
        """Return the images of latents ``z``."""
        return torch.sigmoid(self.head(self.hidden(z)))


class Critic(nn.Module):
    """V(x): Linear(784, 240) ELU, Linear(240, 240) ELU, Linear(240, 1); images ``[n, 784]`` to raw values ``[n]``."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Sequential(
            nn.Linear(PIXELS, CRITIC_HIDDEN), nn.ELU(),
            nn.Linear(CRITIC_HIDDEN, CRITIC_HIDDEN), nn.ELU(),
        )  # fmt: skip
        self.head = nn.Linear(CRITIC_HIDDEN, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Return the raw value V of each image."""
        return self.head(self.hidden(x)).squeeze(-1)


def latents(n: int, generator: torch.Generator) -> Tensor:
    """Draw z ~ U(-1, 1)^100 as float32 ``[n, 100]``."""
    return torch.rand(n, LATENT, generator=generator) * 2 - 1


def initialise(generator: nn.Module, critic: nn.Module, marginals: Tensor, rng: torch.Generator) -> None:
    """Draw both players' first weights in place; ``marginals`` ``[784]`` is each pixel's mean over the data.

    The generator starts as in the paper, uniform at scale 0.05, with its output bias at logit(marginals): the first
    images are the mean digit and not grey noise. The critic's hidden layers start uniform at 1/sqrt(fan in) (the
    paper's 0.005 there leaves all units parallel under Adam), its head at 0.005, so that V starts next to 0.
    """
    with torch.no_grad():
        for player in (generator, critic):
            for layer in player.modules():
                if isinstance(layer, nn.Linear):
                    scale = GENERATOR_SCALE if player is generator else layer.in_features**-0.5
                    layer.weight.uniform_(-scale, scale, generator=rng)
                    layer.bias.zero_()
        generator.get_parameter("head.bias").copy_(torch.logit(marginals.clamp(DARKEST, 1 - DARKEST)))
        critic.get_parameter("head.weight").uniform_(-CRITIC_HEAD_SCALE, CRITIC_HEAD_SCALE, generator=rng)


KL: Final = Recipe(
    name="mnist-kl",
    model="fgan-mnist",
    data="mnist",
    objective="kl:practical",
    steps=10_000,
    batch=256,
    rate=1e-3,
    betas=(0.5, 0.999),
    decay=1.0,
    critic_steps=2,
    r1=0.02,
    r2=0.0,
    r1_every=8,
    clip=5.0,
    average=0.9985,
    seed=0,
)

STEADY: Final = replace(KL, betas=(0.5, 0.9), critic_steps=1, r1=0.1, r2=0.1, r1_every=1, clip=1.0)
"""For divergences whose critics run away on generated images: a short memory keeps Adam's steps small as they grow."""

RECIPES: Final = (
    KL,
    *(replace(KL, name=f"mnist-{key}", objective=f"{key}:practical") for key in ("pearson", "total-variation")),
    *(replace(STEADY, name=f"mnist-{key}", objective=f"{key}:exact") for key in ("reverse-kl", "neyman")),
    *(replace(STEADY, name=f"mnist-{key}", objective=f"{key}:practical") for key in ("hellinger", "jeffrey")),
    replace(KL, name="mnist-js", objective="js:exact"),  # its practical step is the GAN's, to the bit
    *(replace(KL, name=f"mnist-{key}", objective=key) for key in ("gan", "lsgan", "hinge")),
    replace(KL, name="mnist-wgan", objective="wgan(0.1)", rate=5e-4, betas=(0.0, 0.9), critic_steps=5, r1=0.0),
    replace(KL, name="mnist-wgan-gp", objective="wgan-gp(10)", r1=0.0),
)

MODEL: Final = ImageModel(
    key="fgan-mnist",
    shape=(SIDE, SIDE),
    latent=LATENT,
    generator=Generator,
    critic=Critic,
    latents=latents,
    initialise=initialise,
    recipes={recipe.name: recipe for recipe in RECIPES},
    generator_plan="100–1200–1200–784, BatchNorm, ReLU",
    critic_plan="784–240–240–1, ELU",
)
