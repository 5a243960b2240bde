"""The quick yardsticks, at steps that do not depend on who looks: two runs of one link have one history."""

from collections.abc import Mapping

import torch

from gan_playground.engine import engine
from gan_playground.engine.measurements import fields
from gan_playground.engine.measurements.generator_laws import linear_law
from gan_playground.engine.measurements.memory import memory
from gan_playground.engine.measurements.readings import bound, exact, singular
from gan_playground.engine.run import Run
from gan_playground.engine.snapshot import snapshot
from gan_playground.settings import Settings


def create(settings: Settings, device: str = "auto") -> Run:
    """Return a run at step 0 whose history has the bound, and the exact divergence where that is quick.

    Raises:
        Refusal: settings that cannot train, or a device that is not there.

    >>> from gan_playground import Settings
    >>> run = create(Settings.from_query("?data=ring&objective=hinge&seed=3"), "cpu")
    >>> run.step, run.settings.query()
    (0, '?data=ring&objective=hinge&seed=3')

    """
    run = engine.create(settings, device)
    run.measure, run.measured = measure, measured
    return run


def stride(step: int) -> int:
    """Return how many steps lie between two measurements: a power of 2, as a history's strides are."""
    return 16 if step <= 128 else 32 if step <= 2048 else 64


def measured(step: int) -> bool:
    """Whether the row of this step is measured."""
    return step % stride(step) == 0


def measure(run: Run) -> Mapping[str, float]:
    """Return ``bound`` and ``exact`` for the row of this step."""
    with torch.inference_mode():
        seen, kept = snapshot(run), memory(run)
        fields.settle(seen, kept)
        law = linear_law(seen)
        found, true = bound(seen), exact(seen, law) if law is not None else singular(seen)
    version = (run.critic_player.count, run.generator_player.count, str(run.objective.name))
    kept.readings = version, found, true
    return {"bound": found.value, "exact": true.value}
