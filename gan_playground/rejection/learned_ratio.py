"""A toy run's ratio, learned: its critic kept training with the generator frozen, then calibrated, then examined."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from torch import Tensor, nn

from gan_playground.engine.random_streams import seeded
from gan_playground.engine.run import NOISE
from gan_playground.engine.snapshot import Array, Snapshot
from gan_playground.learners.folded_network import FoldedNetwork
from gan_playground.learners.gan.keep_training import (
    SCHEDULE,
    Continued,
    Schedule,
    keep_training,
    keeps_head,
    renew_head,
)
from gan_playground.rejection import BURN_IN, USUAL, BurnIn, Floats, Options, burn_in
from gan_playground.rejection.as_trained import diagnose_as_trained
from gan_playground.rejection.calibration import Calibrator, Diagnosis, diagnose, fit
from gan_playground.words import Refusal

HELD_OUT: Final = 5_000
"""Samples a side of the split that ends the training."""

CALIBRATION: Final = 10_000
"""Samples a side of the split that the calibrator is fitted on."""

REPORT: Final = 20_000
"""Samples a side of the split that is reported on."""

ROWS: Final = 4096
"""Points of one forward pass."""


class Logit(nn.Module):
    """A toy's critic as something that learns: points ``[n, dim]`` to logits ``[n]``."""

    def __init__(self, critic: FoldedNetwork, *, fresh_head: bool) -> None:
        super().__init__()
        self.layers = nn.ModuleList()
        for W, b in critic.layers:
            layer = nn.Linear(W.shape[0], W.shape[1])
            with torch.no_grad():
                layer.weight.copy_(W.T)
                layer.bias.copy_(b)
            self.layers.append(layer)
        if fresh_head:
            head = self.layers[-1]
            assert isinstance(head, nn.Linear)
            renew_head(head)
        self.activation, self.frequencies = critic.activation, critic.frequencies

    def forward(self, x: Tensor) -> Tensor:
        """Return the logit of each point."""
        layers = tuple((layer.get_parameter("weight").T, layer.get_parameter("bias")) for layer in self.layers)
        return FoldedNetwork(layers, self.activation, self.frequencies).at_once(x).squeeze(-1)


@dataclass(frozen=True, eq=False)
class ToyRatio:
    """log p/q of a run at one step, as learned.

    ``diagnosis`` is that of the calibrated ratio, ``uncalibrated`` of the same critic's bare logit, ``as_trained`` of
    the run's own critic by its game's formula (its constant fixed by E_G[ratio] = 1 where the game leaves it free;
    None for a critic that knows only a sign), all on one split that none of them has seen. ``real`` are the
    log-ratios of that split's real samples.
    """

    snapshot: Snapshot
    continued: Continued
    calibrator: Calibrator
    diagnosis: Diagnosis
    uncalibrated: Diagnosis
    as_trained: Diagnosis | None
    real: Floats

    @torch.inference_mode()
    def __call__(self, x: Array | Tensor) -> Floats:
        """Return log p/q at points ``[n, dim] -> [n]``."""
        points = torch.as_tensor(x, dtype=torch.float32)
        logits = torch.cat([self.continued.critic(part) for part in points.split(ROWS)])
        return self.calibrator(logits.double().numpy())

    def proposer(self, rng: torch.Generator) -> Callable[[int], tuple[Array, Floats]]:
        """Return a source of fresh samples of the generator with their log-ratios."""

        @torch.inference_mode()
        def propose(n: int) -> tuple[Array, Floats]:
            x = self.snapshot.generator(latents(self.snapshot, n, rng))
            return x.double().numpy(), self(x)

        return propose

    def burn_in(self, options: Options = USUAL, seed: int = 0) -> BurnIn:
        """Return the run's burn-in: 10,000 fresh samples."""
        _, log_ratio = self.proposer(seeded(seed, "burn-in"))(BURN_IN)
        return burn_in(log_ratio, options.cap)


def latents(snapshot: Snapshot, n: int, rng: torch.Generator) -> Tensor:
    """Draw ``[n, latent]`` of the run's noise."""
    return NOISE[snapshot.settings.noise](n, snapshot.settings.latent, rng)


def learn_ratio(
    snapshot: Snapshot,
    schedule: Schedule = SCHEDULE,
    seed: int = 0,
    progress: Callable[[int, float], None] = lambda *_: None,
) -> ToyRatio:
    """Keep training the run's critic, calibrate it, and examine it: four splits, all drawn by ``seed``.

    A head goes on where it is a logit's already, and starts anew elsewhere (see `keeps_head`).

    Raises:
        Refusal: a run whose samples are not finite.

    """
    rng = seeded(seed, "keep training")
    toy = snapshot.toy

    @torch.inference_mode()
    def generated(n: int) -> Tensor:
        return snapshot.generator(latents(snapshot, n, rng))

    def real(n: int) -> Tensor:
        return toy.sample(n, rng)

    held, fitted, shown = ((real(n), generated(n)) for n in (HELD_OUT, CALIBRATION, REPORT))
    if not torch.isfinite(held[1]).all():
        raise Refusal("rejection.run_not_finite", step=snapshot.step)
    critic = Logit(snapshot.critic, fresh_head=not keeps_head(snapshot.objective))
    continued = keep_training(
        critic, real, lambda n: generated(n).clone(), held[0].clone(), held[1].clone(), schedule, progress
    )

    @torch.inference_mode()
    def logits(x: Tensor) -> Floats:
        return continued.critic(x).double().numpy()

    with torch.inference_mode():
        own = diagnose_as_trained(snapshot.objective, *(snapshot.critic(side)[:, 0] for side in shown))
    shown_logits = [logits(side) for side in shown]
    calibrator = fit(*(logits(side) for side in fitted))
    calibrated = [calibrator(side) for side in shown_logits]
    return ToyRatio(
        snapshot=snapshot,
        continued=continued,
        calibrator=calibrator,
        diagnosis=diagnose(*calibrated),
        uncalibrated=diagnose(*shown_logits),
        as_trained=own,
        real=np.sort(calibrated[0]),
    )
