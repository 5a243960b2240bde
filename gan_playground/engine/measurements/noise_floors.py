"""The noise floors of the toys: what a transport distance reads between two draws of the data itself."""

from functools import lru_cache
from typing import Final

import torch

from gan_playground.data.toys import Toy
from gan_playground.engine.snapshot import Array
from gan_playground.metrics.optimal_transport import Floor, noise_floor

N: Final = 1000
"""Points on each side of a transport distance."""

PAIRS: Final = 40

MEASURED: Final[dict[str, tuple[tuple[float, float], tuple[float, float]]]] = {
    "8-gaussians": ((0.0994, 0.179), (0.212, 0.36)),
    "25-gaussians": ((0.0833, 0.131), (0.233, 0.306)),
    "swiss-roll": ((0.0756, 0.109), (0.106, 0.175)),
    "ring": ((0.1, 0.162), (0.121, 0.208)),
    "two-moons": ((0.0784, 0.115), (0.0987, 0.162)),
    "checkerboard": ((0.105, 0.166), (0.137, 0.233)),
    "pinwheel": ((0.106, 0.164), (0.164, 0.264)),
    "two-gaussians": ((0.0632, 0.161), (0.0952, 0.409)),
    "line": ((0.0415, 0.104), (0.0492, 0.12)),
    "three-blobs": ((0.0843, 0.144), (0.157, 0.331)),
}
"""10 % and 90 % quantiles of W1 and of W2 in the plane, where `measure` takes half a minute: written down."""


@lru_cache(maxsize=64)
def floor(toy: Toy) -> Floor:
    """Return the noise floor of ``toy`` for `N` points a side: as written down, or measured (on the line, at once)."""
    return Floor(N, *MEASURED[toy.key]) if toy.key in MEASURED else measure(toy)


def measure(toy: Toy, pairs: int = PAIRS) -> Floor:
    """Measure the noise floor of ``toy`` for `N` points a side on ``pairs`` pairs of draws."""
    rng = torch.Generator().manual_seed(0)

    def draw(n: int) -> Array:
        return toy.sample(n, rng).double().numpy()

    return noise_floor(draw, N, pairs)
