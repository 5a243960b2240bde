"""The games as their papers write them: every formula by itself, for autograd, in float64."""

from dataclasses import dataclass
from math import log

import torch
from torch import Tensor
from torch.nn.functional import softplus


def jeffreys_conjugate(t: Tensor) -> Tensor:
    """f*(t) = u t - f(u) where f'(u) = log u + 1 - 1/u = t; by the envelope theorem its derivative is u."""
    with torch.no_grad():
        u = torch.exp(t - 1).clamp(1e-3, 1e3)
        for _ in range(200):
            u = (u - (torch.log(u) + 1 - 1 / u - t) / (1 / u + 1 / u**2)).clamp(u / 4, 4 * u)
    return u * t - (u - 1) * torch.log(u)


G_F = {
    "total-variation": lambda v: torch.tanh(v) / 2,
    "kl": lambda v: v,
    "reverse-kl": lambda v: -torch.exp(-v),
    "pearson": lambda v: v,
    "neyman": lambda v: 1 - torch.exp(-v),
    "hellinger": lambda v: 1 - torch.exp(-v),
    "jeffrey": lambda v: v,
    "js": lambda v: log(2) - torch.log(1 + torch.exp(-v)),
    "gan": lambda v: -torch.log(1 + torch.exp(-v)),
}
CONJUGATE = {
    "total-variation": lambda t: t,
    "kl": lambda t: torch.exp(t - 1),
    "reverse-kl": lambda t: -1 - torch.log(-t),
    "pearson": lambda t: t**2 / 4 + t,
    "neyman": lambda t: 2 - 2 * torch.sqrt(1 - t),
    "hellinger": lambda t: t / (1 - t),
    "jeffrey": jeffreys_conjugate,
    "js": lambda t: -torch.log(2 - torch.exp(t)),
    "gan": lambda t: -torch.log(1 - torch.exp(t)),
}
"""The f-GAN paper's table 6 with the signs of the NIPS version, unfused."""


@dataclass(frozen=True)
class Losses:
    """Both losses of a game, as sums over a batch divided by its size."""

    critic: Tensor
    generator: Tensor


def losses(name: str, practical: bool, real: Tensor, fake: Tensor) -> Losses:
    """The games by name, written from their papers' equations on raw values."""
    sigmoid = torch.sigmoid
    if name in G_F:
        T, conjugate = G_F[name], CONJUGATE[name]
        bound = T(real).mean() - conjugate(T(fake)).mean()
        return Losses(-bound, -T(fake).mean() if practical else -conjugate(T(fake)).mean())
    if name == "lsgan":
        return Losses(((real - 1) ** 2).mean() / 2 + (fake**2).mean() / 2, ((fake - 1) ** 2).mean() / 2)
    if name == "hinge":
        return Losses(torch.relu(1 - real).mean() + torch.relu(1 + fake).mean(), -fake.mean())
    if name == "relativistic":
        return Losses(-torch.log(sigmoid(real - fake)).mean(), softplus(real - fake).mean())
    return Losses(fake.mean() - real.mean(), -fake.mean())
