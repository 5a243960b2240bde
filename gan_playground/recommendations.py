"""Recommended settings: what each data set trains well with under each objective."""

from collections.abc import Mapping
from typing import Final

from gan_playground.knobs import Value
from gan_playground.objective_names import parse_objective
from gan_playground.settings import TOYS_1D, Settings

_BY_OBJECTIVE: Final[Mapping[str, Mapping[str, Value]]] = {
    "kl": {"gradient_clip": 1.0},  # their critics answer with exponentials: without it they fly off on 8 Gaussians
    "jeffrey": {"gradient_clip": 1.0},
    "total-variation": {"r1": 0.1},  # without it the critic saturates, and the generator stays on a mode or two
    "wgan": {"optimizer": "rmsprop", "generator_rate": 5e-4, "critic_rate": 5e-4, "critic_steps": 5},
    "wgan-gp": {"critic_steps": 5, "generator_rate": 1e-3, "critic_rate": 1e-3},
    "wgan-gp-one-sided": {"critic_steps": 5, "generator_rate": 1e-3, "critic_rate": 1e-3},
}
_LINEAR: Final[Mapping[str, Value]] = {
    "generator": "linear",
    "latent": 1,
    "update": "single-step",
    "critic_activation": "tanh",
    "generator_rate": 3e-3,
    "critic_rate": 3e-3,
    "batch": 1024,
    "decay": 4000,
}
_MODES_25: Final[Mapping[str, Value]] = {
    "generator_depth": 3,
    "generator_width": 128,
    "critic_depth": 3,
    "critic_width": 128,
    "critic_activation": "relu",
    "fourier": 64,
    "r1": 0.02,
    "r2": 0.02,
    "decay": 6000,
}


def recommended(data: str, objective: str) -> Settings:
    """The settings this data trains well with under this objective: where the command line starts.

    Raises:
        Refusal: unknown data or objective.

    >>> recommended("25-gaussians", "relativistic").critic_width
    128

    """
    name = parse_objective(objective)
    values: dict[str, Value] = {"data": data, "objective": str(name)}
    if data in TOYS_1D:
        values |= _LINEAR
    if data == "25-gaussians":
        values |= _MODES_25
    return Settings.parse(values | _BY_OBJECTIVE.get(name.name, {}))
