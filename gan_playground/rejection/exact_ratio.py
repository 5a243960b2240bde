"""log p/q where both laws are known: what no critic of images can be held against."""

import numpy as np

from gan_playground.engine.measurements.generator_laws import is_singular, latent_law, plane_law
from gan_playground.engine.snapshot import Array, Snapshot


def has_density(snapshot: Snapshot) -> bool:
    """Tell whether q is known pointwise: a generator of the plane with two latents."""
    return snapshot.toy.dim == 2 and snapshot.settings.latent == 2 and not is_singular(snapshot)


def log_true_ratio(snapshot: Snapshot, z: Array) -> Array:
    """Return log p(x)/q(x) at x = G(z), ``[n, 2] -> [n]``; -inf where G is constant about z, and so has no density.

    q at x is the sum of pi(z) / |det dG/dz| over every z with G(z) = x.
    """
    own = np.ascontiguousarray(z, np.float64)
    x, oval, law = snapshot.image(own), plane_law(snapshot), latent_law(snapshot)
    assert oval is not None or law is not None, "callers ask `has_density` first"
    log_q = oval.log_density(x) if oval is not None else law.log_density(x, own)  # type: ignore[union-attr]
    return snapshot.plane.log_density(x) - log_q
