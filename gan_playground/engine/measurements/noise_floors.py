"""The noise floors of the toys: what a transport distance reads between two draws of the data itself.

``python -m gan_playground.engine.measurements.noise_floors`` writes those of the plane into the file beside this one.
"""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import torch
from tqdm import tqdm

from gan_playground.data.toys import TOYS_2D, Toy, toy
from gan_playground.engine.toy_scores import real_points
from gan_playground.metrics.optimal_transport import Floor, noise_floor
from gan_playground.settings import Settings

N: Final = 1000
"""Points on each side of a transport distance."""

PAIRS: Final = 40

WRITTEN: Final = Path(__file__).with_suffix(".json")
"""10 % and 90 % quantiles of W1 and of W2 in the plane, where `measure` takes half a minute: written down by `main`."""


@cache
def written() -> Mapping[str, Floor]:
    """Return the floors that are written down, by toy."""
    floors = json.loads(WRITTEN.read_text(encoding="utf-8"))
    return {key: Floor(N, tuple(floor["w1"]), tuple(floor["w2"])) for key, floor in floors.items()}


@lru_cache(maxsize=64)
def floor(toy: Toy) -> Floor:
    """Return the noise floor of ``toy`` for `N` points a side: as written down, or measured (on the line, at once)."""
    return written().get(toy.key) or measure(toy)


def measure(toy: Toy, pairs: int = PAIRS) -> Floor:
    """Measure the noise floor of ``toy`` for `N` points a side on ``pairs`` pairs of draws."""
    return noise_floor(real_points(toy, torch.Generator().manual_seed(0)), N, pairs)


def main() -> None:
    """Measure every toy of the plane and write its floor down, to three digits."""
    torch.set_num_threads(1)
    floors: dict[str, dict[str, list[float]]] = {}
    for key in tqdm(TOYS_2D):
        found = measure(toy(Settings(data=key)))
        floors[key] = {name: [float(f"{value:.3g}") for value in getattr(found, name)] for name in ("w1", "w2")}
    lines = (f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in floors.items())
    WRITTEN.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
