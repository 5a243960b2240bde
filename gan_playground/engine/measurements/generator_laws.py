"""What a generator draws, where that is known: on the line, linear in the plane, or from two latents."""

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from gan_playground.engine.snapshot import Array, Snapshot
from gan_playground.learners.activations import ACTIVATIONS
from gan_playground.learners.folded_network import ROWS, FoldedNetwork
from gan_playground.theory.densities import Density, Latent, affine
from gan_playground.theory.image_triangles import PlaneMap
from gan_playground.theory.pushforward_1d import PushForward
from gan_playground.theory.pushforward_2d import PlanePushForward


def is_linear(snapshot: Snapshot) -> bool:
    """Tell whether the generator is x = z W + b."""
    return len(snapshot.generator.layers) == 1


def linear_law(snapshot: Snapshot) -> Density | None:
    """Return the law of a linear generator on the line, or None: N(b, |W|^2), or uniform noise of one latent."""
    if snapshot.toy.dim != 1 or not is_linear(snapshot):
        return None
    W, b = snapshot.exact_generator.layers[0]
    if len(W) > 1 and snapshot.settings.noise != "normal":
        return None
    return affine(float(b), float(W.norm()), "normal" if snapshot.settings.noise == "normal" else "uniform")


def line_law(snapshot: Snapshot, cells: int = 256, tolerance: float = 1e-7) -> Density | None:
    """Return the generator's law on the line where it is known: a linear map, or any network of one latent.

    ``cells`` and ``tolerance`` say how closely a network is followed (see `PushForward.of`).
    """
    if snapshot.toy.dim != 1:
        return None
    if is_linear(snapshot):
        return linear_law(snapshot)
    if snapshot.settings.latent != 1:
        return None
    activation = ACTIVATIONS[snapshot.settings.generator_activation]
    return PushForward.of(
        snapshot.curve,
        "normal" if snapshot.settings.noise == "normal" else "uniform",
        piecewise_linear=activation.piecewise_linear,
        bounded=activation.bounded,
        cells=cells,
        tolerance=tolerance,
    )


@dataclass(frozen=True, eq=False)
class Oval:
    """N(mean, covariance) in the plane, ``mean`` [2], ``covariance`` [2, 2]: what a linear generator draws."""

    mean: Array
    covariance: Array

    def log_density(self, x: Array) -> Array:
        """Return log q at ``x`` ``[..., 2] -> [...]``."""
        offset = np.asarray(x, np.float64) - self.mean
        square = np.einsum("...i,ij,...j->...", offset, np.linalg.inv(self.covariance), offset)
        return -0.5 * (square + math.log(np.linalg.det(self.covariance))) - math.log(2 * math.pi)


def plane_law(snapshot: Snapshot) -> Oval | None:
    """Return the law of a linear generator in the plane under normal noise; None elsewhere, or where it has no area."""
    if snapshot.toy.dim != 2 or not is_linear(snapshot) or snapshot.settings.noise != "normal":
        return None
    W, b = (part.numpy() for part in snapshot.exact_generator.layers[0])
    covariance = W.T @ W
    flat = np.linalg.matrix_rank(W) < 2
    return None if flat else Oval(b, covariance)


def latent_law(snapshot: Snapshot) -> PlanePushForward | None:
    """Return the law of a network that maps a plane of latents to the plane; None where it is linear, or has other."""
    if snapshot.toy.dim != 2 or snapshot.settings.latent != 2 or plane_law(snapshot) is not None:
        return None
    bounded = ACTIVATIONS[snapshot.settings.generator_activation].bounded and not is_linear(snapshot)
    latent: Latent = "normal" if snapshot.settings.noise == "normal" else "uniform"
    return PlanePushForward.of(plane_map(snapshot.exact_generator), latent, bounded=bounded)


def plane_map(network: FoldedNetwork) -> PlaneMap:
    """Return a network of two inputs and two outputs as a map of the plane."""
    straight = len(network.layers) == 1 or network.s.piecewise_linear
    return PlaneMap(lambda z: with_derivative(network, z), straight)


@torch.inference_mode()
def with_derivative(network: FoldedNetwork, z: Array) -> tuple[Array, Array]:
    """Return G(z) and its derivative by the latents, ``[n, k] -> [n, d], [n, d, k]``."""
    parts = [_with_derivative(network, part) for part in torch.from_numpy(np.ascontiguousarray(z)).split(ROWS)]
    return np.concatenate([y for y, _ in parts]), np.concatenate([d for _, d in parts])


def _with_derivative(network: FoldedNetwork, z: Tensor) -> tuple[Array, Array]:
    (n, k), h = z.shape, z
    d = torch.eye(k, dtype=z.dtype)[:, None].expand(k, n, k)
    for W, b in network.layers[:-1]:
        h = network.s.apply(torch.addmm(b, h, W))
        # pull, not slope, which keeps leaky ReLU's leak in single precision
        d = network.s.pull((d.reshape(k * n, -1) @ W).view(k, n, -1), h.expand(k, *h.shape))
    W, b = network.layers[-1]
    return torch.addmm(b, h, W).numpy(), (d.reshape(k * n, -1) @ W).view(k, n, -1).permute(1, 2, 0).numpy()


def is_singular(snapshot: Snapshot) -> bool:
    """Tell whether the generator's law lives on a set without area: a curve in the plane, of one latent."""
    return snapshot.toy.dim == 2 and snapshot.settings.latent == 1
