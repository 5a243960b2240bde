"""Keep training a critic while its generator stands still: KeepTraining of Azadi et al. 2019, algorithm 1.

The critic becomes a logit: cross-entropy between real and generated samples, whose optimum is log p/q. It stops where
the loss on held-out samples is least.
"""

import copy
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn.functional import softplus

from gan_playground.learners.gan.objectives import Objective

DrawSamples = Callable[[int], Tensor]
"""Fresh samples of one side: n -> [n, ...]."""

PATIENCE: Final = 8
"""Looks at the held-out loss without a better one, after which training ends."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast: Adam at ``rate``, falling to 0 over ``steps``, on ``batch`` samples a side.

    The held-out loss is looked at every ``every`` steps. ``decay`` shrinks matrices by rate * decay a step.
    ``seconds``, where given, ends the schedule early.
    """

    steps: int = 3000
    batch: int = 512
    rate: float = 1e-3
    every: int = 50
    decay: float = 0.0
    seconds: float = float("inf")


SCHEDULE: Final = Schedule()


@dataclass(frozen=True, slots=True)
class Continued:
    """The critic at its best look: ``step`` of ``steps`` made, and the ``losses`` (step, held-out, in nats) seen."""

    critic: nn.Module
    step: int
    steps: int
    losses: tuple[tuple[int, float], ...]


def keeps_head(rules: Objective) -> bool:
    """Tell whether the critic's raw value is a logit up to a constant, so that its last layer can go on as it is.

    True where log p/q = V + constant, and where only differences V(x) - V(y) were trained, as a logit's. Hinge,
    Wasserstein and least-squares critics need a fresh head, and so does a divergence that bends V.
    """
    if rules.log_ratio is None:
        return rules.pairs
    v = torch.linspace(-3, 3, 7, dtype=torch.float64)
    shift = rules.log_ratio(v) - v
    return bool(torch.isfinite(shift).all() and (shift - shift[0]).abs().max() < 1e-9)


def renew_head(head: nn.Linear) -> None:
    """Make the last layer 0: the logit starts where the critic cannot tell."""
    nn.init.zeros_(head.weight)
    nn.init.zeros_(head.bias)


def keep_training(
    critic: nn.Module,
    real: DrawSamples,
    generated: DrawSamples,
    held_real: Tensor,
    held_generated: Tensor,
    schedule: Schedule = SCHEDULE,
    progress: Callable[[int, float], None] = lambda _step, _loss: None,
) -> Continued:
    """Train a copy of ``critic`` by E_P softplus(-l) + E_G softplus(l); return it as it was at its best look.

    ``critic`` maps samples to logits ``[n]``; it is left as it is. ``progress`` hears every look.
    """
    learner = copy.deepcopy(critic).train().requires_grad_(requires_grad=True)
    matrices = [parameter for parameter in learner.parameters() if parameter.ndim > 1]
    vectors = [parameter for parameter in learner.parameters() if parameter.ndim <= 1]
    groups = [{"params": matrices, "weight_decay": schedule.decay}, {"params": vectors, "weight_decay": 0.0}]
    adam = torch.optim.AdamW(groups, lr=schedule.rate, betas=(0.9, 0.999))

    @torch.no_grad()
    def held_out() -> float:
        learner.eval()
        loss = float(softplus(-learner(held_real)).mean() + softplus(learner(held_generated)).mean()) / 2
        learner.train()
        return loss

    losses = [(0, held_out())]
    best, kept = losses[0], copy.deepcopy(learner.state_dict())
    until, step = time.monotonic() + schedule.seconds, 0
    while step < schedule.steps and time.monotonic() < until:
        for group in adam.param_groups:
            group["lr"] = schedule.rate * (1 - step / schedule.steps)
        loss = softplus(-learner(real(schedule.batch))).mean() + softplus(learner(generated(schedule.batch))).mean()
        adam.zero_grad(set_to_none=True)
        loss.backward()
        adam.step()
        step += 1
        if step % schedule.every == 0 or step == schedule.steps:
            losses.append((step, held_out()))
            progress(*losses[-1])
            if losses[-1][1] < best[1]:
                best, kept = losses[-1], copy.deepcopy(learner.state_dict())
            elif step - best[0] >= PATIENCE * schedule.every:
                break
    learner.load_state_dict(kept)
    return Continued(learner.eval().requires_grad_(requires_grad=False), best[0], step, tuple(losses))
