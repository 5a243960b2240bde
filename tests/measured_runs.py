"""Small runs to be measured."""

from typing import Any

import torch

from gan_playground.engine import engine
from gan_playground.engine.measurements import create
from gan_playground.engine.run import Run
from gan_playground.settings import Settings

SMALL: dict[str, Any] = {"generator_width": 16, "critic_width": 16, "batch": 32}


def trained(steps: int = 40, base: Settings | None = None, **knobs: Any) -> Run:
    run = create(Settings.parse(SMALL | knobs, base=base), "cpu")
    engine.advance([run], steps)
    return run


def line(steps: int = 40, **knobs: Any) -> Run:
    """A linear generator on the line."""
    return trained(steps, **({"data": "fgan-mixture", "generator": "linear", "latent": 1, "objective": "kl"} | knobs))


def place(run: Run, mu: float, sigma: float) -> None:
    """Move a linear generator to mu + sigma z."""
    layout = run.shapes[0].parameters
    layout.view(run.generator_player.parameters, "b0").fill_(mu)
    layout.view(run.generator_player.parameters, "W0").fill_(sigma)


def state(run: Run) -> list[torch.Tensor]:
    players = run.generator_player, run.critic_player
    return [tensor for each in players for tensor in (each.parameters, each.buffers, each.first, each.second)]
