"""The networks of the f-GAN paper's LSUN experiment at 96 x 96 pixels, and the recipes that train them.

Nowozin, Cseke and Tomioka, "f-GAN", NIPS 2016, section 3.2 and appendix: a DCGAN (Radford, Metz and Chintala 2016).
The critic has no BatchNorm: it would tie the samples of a batch together, and a penalty on a sample's gradient with it.
"""

from dataclasses import replace
from typing import Final

import torch
from torch import Tensor, nn

from gan_playground.images.models.fgan_mnist import DARKEST, latents
from gan_playground.images.models.record import ImageModel, Recipe

LATENT: Final = 100
SIDE: Final = 96
CHANNELS: Final = 3
START: Final = 6
"""Side of the smallest feature map: 6, 12, 24, 48, 96."""

SCALE: Final = 0.02
"""Standard deviation of a DCGAN's first weights."""

CRITIC_HEAD_SCALE: Final = 0.002


class Generator(nn.Module):
    """G(z): Linear(100, 6 * 6 * 512) BN ReLU, three deconvolutions k4 s2 to 256, 128, 64 BN ReLU, one to 3, sigmoid.

    Latents float32 ``[n, 100]`` uniform on (-1, 1); images float32 ``[n, 3 * 96 * 96]`` in (0, 1).
    """

    def __init__(self) -> None:
        super().__init__()
        # no bias before BatchNorm, which would take it away again
        self.start = nn.Sequential(
            nn.Linear(LATENT, 512 * START**2, bias=False), nn.BatchNorm1d(512 * START**2), nn.ReLU()
        )
        self.hidden = nn.Sequential(
            nn.ConvTranspose2d(512, 256, 4, 2, 1, bias=False), nn.BatchNorm2d(256), nn.ReLU(),
            nn.ConvTranspose2d(256, 128, 4, 2, 1, bias=False), nn.BatchNorm2d(128), nn.ReLU(),
            nn.ConvTranspose2d(128, 64, 4, 2, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU(),
        )  # fmt: skip
        self.head = nn.ConvTranspose2d(64, CHANNELS, 4, 2, 1)

    def forward(self, z: Tensor) -> Tensor:
        """Return the images of latents ``z``."""
        maps = self.start(z).view(-1, 512, START, START).contiguous(memory_format=torch.channels_last)
        return torch.sigmoid(self.head(self.hidden(maps))).flatten(1)


class Critic(nn.Module):
    """V(x): four convolutions k4 s2 to 32, 64, 128, 256, leaky ReLU, Linear(9216, 1); raw values ``[n]``.

    Half as wide as a DCGAN's: a step takes half the time, and on two cores it is steps that are short.
    """

    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Sequential(
            nn.Conv2d(CHANNELS, 32, 4, 2, 1), nn.LeakyReLU(0.2),
            nn.Conv2d(32, 64, 4, 2, 1), nn.LeakyReLU(0.2),
            nn.Conv2d(64, 128, 4, 2, 1), nn.LeakyReLU(0.2),
            nn.Conv2d(128, 256, 4, 2, 1), nn.LeakyReLU(0.2),
        )  # fmt: skip
        self.head = nn.Linear(256 * START**2, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Return the raw value V of each image."""
        # about 0: without BatchNorm, an offset that all images share would fill the first maps
        maps = (2 * x - 1).view(-1, CHANNELS, SIDE, SIDE).contiguous(memory_format=torch.channels_last)
        return self.head(self.hidden(maps).flatten(1)).squeeze(-1)


def initialise(generator: nn.Module, critic: nn.Module, marginals: Tensor, rng: torch.Generator) -> None:
    """Draw both players' first weights in place; ``marginals`` ``[27648]`` is each pixel's mean over the data.

    Matrices are normal of standard deviation 0.02 in the generator, as in a DCGAN, and sqrt(2 / fan in) in the critic,
    whose head starts small, so that V starts next to 0. The first images are the mean colour.
    """
    with torch.no_grad():
        for player in (generator, critic):
            for name, weight in player.named_parameters():
                if weight.ndim > 1:
                    weight.normal_(0, SCALE if player is generator else (2 / weight[0].numel()) ** 0.5, generator=rng)
                elif name.endswith("bias"):
                    weight.zero_()
        colours = marginals.view(CHANNELS, -1).mean(1)
        generator.get_parameter("head.bias").copy_(torch.logit(colours.clamp(DARKEST, 1 - DARKEST)))
        critic.get_parameter("head.weight").normal_(0, CRITIC_HEAD_SCALE, generator=rng)


GAN: Final = Recipe(
    name="rooms-gan",
    model="lsun-rooms",
    data="rooms",
    objective="gan",
    steps=12_000,  # an hour on one core
    batch=16,
    rate=4e-4,
    betas=(0.0, 0.9),
    decay=0.0,
    critic_steps=1,
    r1=0.1,
    r2=0.0,
    r1_every=16,
    clip=5.0,
    average=0.998,
    seed=0,
    augment=0.2,
    precision="bfloat16",
)

STEADY: Final = replace(GAN, steps=9_000, rate=3e-4, r1=1.0, r2=1.0, r1_every=4, clip=1.0)
"""Where f*(g_f(v)) grows exponentially in v: by the GAN's recipe, KL's critic overflowed at step 4,558."""

RECIPES: Final = (
    GAN,
    replace(STEADY, name="rooms-kl", objective="kl:practical"),
    replace(STEADY, name="rooms-hellinger", objective="hellinger:practical"),
    replace(GAN, name="rooms-wgan-gp", objective="wgan-gp(10)", steps=4_000, critic_steps=2, r1=0.0, clip=50.0),
)

MODEL: Final = ImageModel(
    key="lsun-rooms",
    channels=CHANNELS,
    shape=(SIDE, SIDE),
    latent=LATENT,
    generator=Generator,
    critic=Critic,
    latents=latents,
    initialise=initialise,
    recipes={recipe.name: recipe for recipe in RECIPES},
    generator_plan="100–6·6·512–256–128–64–3, k4 s2, BatchNorm, ReLU",
    critic_plan="3–32–64–128–256–1, k4 s2, leaky ReLU",
)
