"""The critic's bound by adaptive quadrature: slow and sure, beside the fixed panels that a read-out takes."""

from collections.abc import Callable

import numpy as np
import torch

from gan_playground.theory.densities import Array, Density
from gan_playground.theory.divergences import Divergence
from gan_playground.theory.pushforward_1d import PushForward
from gan_playground.theory.quadrature import Integral, integrate_outward

Critic = Callable[[Array], Array]
"""Raw critic values v of points x, elementwise on float64 arrays [n]."""


def bound_by_quadrature(
    divergence: Divergence, critic: Critic, p: Density, q: Density, tolerance: float = 1e-8, rounds: int = 12
) -> Integral:
    """Return a frozen critic's bound E_P[g_f(V)] - E_Q[f*(g_f(V))] (f-GAN eq. 6) as integrals, without noise.

    -inf where the dual's mean is beyond float64. ``critic`` is called with float64 arrays [n], a few times.
    """

    def plays(x: Array) -> tuple[Array, Array]:
        v = torch.from_numpy(np.asarray(critic(np.ravel(x)), dtype=np.float64))
        with torch.no_grad():
            shape = np.shape(x)
            return divergence.activation(v).numpy().reshape(shape), divergence.dual(v).numpy().reshape(shape)

    def weighted(weight: Array, value: Array) -> Array:
        return np.where(weight > 0.0, weight, 1.0) * np.where(weight > 0.0, value, 0.0)

    def both(x: Array) -> Array:
        real, fake = plays(x)
        with np.errstate(over="ignore", invalid="ignore"):
            return weighted(np.exp(p.log_density(x)), real) - weighted(np.exp(q.log_density(x)), fake)

    if not isinstance(q, PushForward):
        core = np.unique(np.concatenate([p.breakpoints, q.breakpoints]))
        support = min(p.support[0], q.support[0]), max(p.support[1], q.support[1])
        return integrate_outward(both, core, support, tolerance, rounds)

    def real_part(x: Array) -> Array:
        return weighted(np.exp(p.log_density(x)), plays(x)[0])

    def fake_part(z: Array) -> Array:
        return weighted(np.exp(q.latent.log_density(z)), plays(q.forward(z))[1])

    real = integrate_outward(real_part, p.breakpoints, p.support, tolerance, rounds)
    fake = integrate_outward(fake_part, q.latent_edges(p), q.reach, tolerance, rounds)
    return Integral(real.value - fake.value, real.error + fake.error)
