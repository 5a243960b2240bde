"""A stronger pair for rooms at 96 x 96 pixels, in the spirit of SAGAN, and its recipe.

Zhang, Goodfellow, Metaxas and Odena, "Self-attention generative adversarial networks", ICML 2019: attention over the
24 x 24 maps of both players, a spectrally normalised critic and the hinge loss. Unlike theirs, both players are plain
deconvolutions and convolutions, labels are not used, and only the critic is normalised.
"""

from dataclasses import replace
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn.functional import conv2d, max_pool2d, normalize, scaled_dot_product_attention

from gan_playground.images.models import lsun_rooms
from gan_playground.images.models.lsun_rooms import CHANNELS, LATENT, SIDE, START
from gan_playground.images.models.record import ImageModel


class SpectralConv(nn.Conv2d):
    """A convolution whose weight W ``[out, in * k * k]`` is divided by its largest singular value.

    sigma = u^T W v after one power iteration a pass, from the ``u`` that training left behind (Miyato, Kataoka, Koyama
    and Yoshida 2018, algorithm 1).
    """

    def __init__(self, come: int, go: int, kernel: int, stride: int = 1, padding: int = 0, bias: bool = True) -> None:
        super().__init__(come, go, kernel, stride, padding, bias=bias)
        self.u: Tensor
        self.register_buffer("u", torch.ones(go))

    def forward(self, input: Tensor) -> Tensor:
        """Return the maps of ``input``."""
        with torch.autocast(input.device.type, enabled=False):
            matrix = self.weight.flatten(1)
            with torch.no_grad():
                v = normalize(matrix.T @ self.u, dim=0)
                u = normalize(matrix @ v, dim=0)
                if self.training:
                    self.u.copy_(u)
            weight = self.weight / (u @ matrix @ v)
        return conv2d(input, weight, self.bias, self.stride, self.padding)


class Attention(nn.Module):
    """x + gamma o, o the attention of every place to all others, with gamma 0 at first (equations 1 to 3).

    Keys and values are pooled 2 x 2; queries and keys have an eighth of the channels, values a half.
    """

    def __init__(self, channels: int, convolution: type[nn.Conv2d]) -> None:
        super().__init__()
        self.query = convolution(channels, channels // 8, 1, bias=False)
        self.key = convolution(channels, channels // 8, 1, bias=False)
        self.value = convolution(channels, channels // 2, 1, bias=False)
        self.out = convolution(channels // 2, channels, 1, bias=False)
        self.gamma = nn.Parameter(torch.zeros(1))

    def forward(self, x: Tensor) -> Tensor:
        """Return maps ``[n, channels, h, w]`` after each place has seen the others."""
        query = self.query(x).flatten(2).mT
        key, value = (max_pool2d(project(x), 2).flatten(2).mT for project in (self.key, self.value))
        seen = scaled_dot_product_attention(query, key, value, scale=1.0)
        return x + self.gamma * self.out(seen.mT.unflatten(2, x.shape[2:]))


class Generator(nn.Module):
    """G(z): Linear(100, 6 * 6 * 512), deconvolutions k4 s2 to 256, 128, 64, 3, BN ReLU, attention at 24 x 24, sigmoid.

    Latents float32 ``[n, 100]`` standard normal; images float32 ``[n, 3 * 96 * 96]`` in (0, 1).
    """

    def __init__(self) -> None:
        super().__init__()
        self.start = nn.Linear(LATENT, 512 * START**2, bias=False)
        self.hidden = nn.Sequential(
            nn.BatchNorm2d(512), nn.ReLU(),
            nn.ConvTranspose2d(512, 256, 4, 2, 1, bias=False), nn.BatchNorm2d(256), nn.ReLU(),
            nn.ConvTranspose2d(256, 128, 4, 2, 1, bias=False), nn.BatchNorm2d(128), nn.ReLU(),
            Attention(128, nn.Conv2d),
            nn.ConvTranspose2d(128, 64, 4, 2, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU(),
        )  # fmt: skip
        self.head = nn.ConvTranspose2d(64, CHANNELS, 4, 2, 1)

    def forward(self, z: Tensor) -> Tensor:
        """Return the images of latents ``z``."""
        maps = self.start(z).view(-1, 512, START, START).contiguous(memory_format=torch.channels_last)
        return torch.sigmoid(self.head(self.hidden(maps))).flatten(1)


class Critic(nn.Module):
    """V(x): spectral convolutions k4 s2 to 64, 128, attention at 24 x 24, 256, 512, then 6 x 6 to 1; values ``[n]``."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Sequential(
            SpectralConv(CHANNELS, 64, 4, 2, 1), nn.LeakyReLU(0.1),
            SpectralConv(64, 128, 4, 2, 1), nn.LeakyReLU(0.1),
            Attention(128, SpectralConv),
            SpectralConv(128, 256, 4, 2, 1), nn.LeakyReLU(0.1),
            SpectralConv(256, 512, 4, 2, 1), nn.LeakyReLU(0.1),
        )  # fmt: skip
        self.head = SpectralConv(512, 1, START)

    def forward(self, x: Tensor) -> Tensor:
        """Return the raw value V of each image."""
        maps = x.view(-1, CHANNELS, SIDE, SIDE).contiguous(memory_format=torch.channels_last)
        return self.head(self.hidden(maps)).flatten()


def latents(n: int, generator: torch.Generator) -> Tensor:
    """Draw z ~ N(0, I) as float32 ``[n, 100]``."""
    return torch.randn(n, LATENT, generator=generator)


def initialise(generator: nn.Module, critic: nn.Module, marginals: Tensor, rng: torch.Generator) -> None:
    """Draw both players' first weights in place, as `lsun_rooms.initialise`, and the critic's singular vectors."""
    lsun_rooms.initialise(generator, critic, marginals, rng)
    for layer in critic.modules():
        if isinstance(layer, SpectralConv):
            layer.u.copy_(normalize(torch.randn(layer.u.shape, generator=rng), dim=0))


RECIPE: Final = replace(
    lsun_rooms.GAN,
    name="rooms-sagan",
    model="sagan-rooms",
    objective="hinge",
    steps=3_000,  # an hour on one core; --steps asks for more
    batch=32,
    rate=2e-4,
    r1=0.0,
    r2=0.0,
    clip=50.0,
    augment=0.3,
)

MODEL: Final = ImageModel(
    key="sagan-rooms",
    channels=CHANNELS,
    shape=(SIDE, SIDE),
    latent=LATENT,
    law="normal",
    generator=Generator,
    critic=Critic,
    latents=latents,
    initialise=initialise,
    recipes={RECIPE.name: RECIPE},
    generator_plan="100–6·6·512–256–128–attention–64–3, k4 s2, BatchNorm, ReLU",
    critic_plan="3–64–128–attention–256–512–1, k4 s2, spectral norm, leaky ReLU",
)
