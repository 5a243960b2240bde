"""An obviously correct slow twin of the engine: one run, autograd, float64, each formula as its paper writes it."""

from dataclasses import dataclass
from math import log

import torch
from torch import Tensor
from torch.nn.functional import elu, leaky_relu, softplus

from gan_playground.learners.mlp import MLP

TINY = 1e-5
"""What keeps a batch's variance from 0, as in Ioffe and Szegedy 2015."""


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

ACTIVATIONS = {"relu": torch.relu, "leaky-relu": lambda a: leaky_relu(a, 0.2), "elu": elu, "tanh": torch.tanh}


def network(mlp: MLP, flat: Tensor, buffers: Tensor, x: Tensor, groups: int = 1) -> Tensor:
    """The net of one run at rows x, batch normalisation over each of ``groups`` equal parts."""
    h = x
    if mlp.frequencies:
        F = mlp.buffers.view(buffers, "F")
        h = torch.cat((x, torch.sin(x @ F), torch.cos(x @ F)), 1)
    for layer in range(mlp.depth + 1):
        W, b = (mlp.parameters.view(flat, f"{name}{layer}") for name in "Wb")
        if mlp.spectral_norm:
            u, w = (mlp.buffers.view(buffers, f"{name}{layer}") for name in "uw")
            W = W / (u @ W @ w)
        a = h @ W
        if mlp.batch_norm and layer < mlp.depth:
            parts = a.unflatten(0, (groups, -1))
            var, mean = torch.var_mean(parts, 1, correction=0, keepdim=True)
            a = ((parts - mean) / torch.sqrt(var + TINY)).flatten(0, 1) * mlp.parameters.view(flat, f"g{layer}")
        a = a + b
        h = a if layer == mlp.depth else ACTIVATIONS[mlp.activation](a)
    return h


def power_iteration(mlp: MLP, flat: Tensor, buffers: Tensor) -> None:
    """One step for every layer, in place."""
    for layer in range(mlp.depth + 1):
        W = mlp.parameters.view(flat, f"W{layer}")
        u, w = (mlp.buffers.view(buffers, f"{name}{layer}") for name in "uw")
        w.copy_((u @ W).T / (u @ W).norm())
        u.copy_((W @ w).T / (W @ w).norm())


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


def slope_norms(mlp: MLP, flat: Tensor, buffers: Tensor, x: Tensor) -> Tensor:
    """|grad_x V| at each row, differentiable by ``flat``."""
    x = x.detach().requires_grad_()
    (g,) = torch.autograd.grad(network(mlp, flat, buffers, x).sum(), x, create_graph=True)
    return g.norm(dim=1)


class Adam:
    """Kingma and Ba 2015, algorithm 1."""

    def __init__(self, rate: float, beta1: float, beta2: float, size: int) -> None:
        self.rate, self.beta1, self.beta2, self.t = rate, beta1, beta2, 0
        self.m = self.v = torch.zeros(size, dtype=torch.float64)

    def step(self, p: Tensor, g: Tensor, left: float = 1.0) -> Tensor:
        self.t += 1
        self.m = self.beta1 * self.m + (1 - self.beta1) * g
        self.v = self.beta2 * self.v + (1 - self.beta2) * g**2
        m, v = self.m / (1 - self.beta1**self.t), self.v / (1 - self.beta2**self.t)
        return p - left * self.rate * m / (v.sqrt() + 1e-8)
