"""Runs stacked along a leading axis: what the moves of a game act on.

Rows are runs. Runs of one shape may play different games under different penalties: pointwise work is done game by
game on rows that lie together, and a penalty's products run over the rows that have it, all of them at once.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import torch
from torch import Tensor

from gan_playground.learners.backpropagation import ActivationsRecord, remember
from gan_playground.learners.gan.objectives import Objective, Penalty, zero_centred
from gan_playground.learners.mlp import MLP, Net
from gan_playground.learners.optimizers import FLOOR, OPTIMIZERS, Moments, Optimizer

Quantity = Literal["critic_loss", "critic_gradient", "generator_loss", "generator_gradient"]
QUANTITIES: tuple[Quantity, ...] = ("critic_loss", "critic_gradient", "generator_loss", "generator_gradient")


@dataclass(frozen=True, slots=True)
class StackShape:
    """What runs must have in common to share a step."""

    device: str
    generator: MLP
    critic: MLP
    batch: int
    update: str
    optimizer: str
    critic_steps: int


@dataclass(slots=True)
class Player:
    """One run's generator or critic: everything an update changes, without a leading axis."""

    parameters: Tensor
    buffers: Tensor
    first: Tensor
    second: Tensor
    count: int = 0

    def tensors(self) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """All that is stacked."""
        return self.parameters, self.buffers, self.first, self.second

    def own(self) -> "Player":
        """The same player on storage of its own."""
        parameters, buffers, first, second = (tensor.clone() for tensor in self.tensors())
        return Player(parameters, buffers, first, second, self.count)


@dataclass(frozen=True, slots=True)
class Rules:
    """One run's part in a stack: its game and the numbers that go with it."""

    objective: Objective
    r1: float
    r2: float
    gradient_clip: float
    beta1: float
    beta2: float

    @property
    def order(self) -> tuple[str, float, float]:
        """Rows are sorted by this, so that one game's lie together."""
        return str(self.objective.name), self.r1, self.r2


class Side:
    """All runs' generators, or all their critics."""

    def __init__(self, mlp: MLP, players: Sequence[Player], rules: Sequence[Rules], optimizer: Optimizer) -> None:
        stacked = [torch.stack(tensors) for tensors in zip(*(p.tensors() for p in players), strict=True)]
        self.parameters, self.buffers, self.first, self.second = stacked
        self.net = Net(mlp, self.parameters, self.buffers)
        self.gradient = Net(mlp, torch.zeros_like(self.parameters), self.buffers)
        self.optimizer, like = optimizer, self.parameters
        self.moments = Moments(self.first, self.second, torch.empty_like(like), like.new_tensor(FLOOR))
        self.new1 = like.new_tensor([[1 - rule.beta1] for rule in rules])
        self.new2 = like.new_tensor([[1 - rule.beta2] for rule in rules])
        clips = [[rule.gradient_clip or torch.inf] for rule in rules]
        self.gradient_clip = like.new_tensor(clips) if any(rule.gradient_clip for rule in rules) else None

    def player(self, row: int, count: int) -> Player:
        """One run's player, as views that stay current."""
        return Player(self.parameters[row], self.buffers[row], self.first[row], self.second[row], count)

    def finish_gradient(self, norm: Tensor) -> None:
        """Take the gradient through spectral normalisation, write its norm a run, then clip it."""
        if self.net.mlp.spectral_norm:
            self.net.through_norm(self.gradient)
        torch.linalg.vector_norm(self.gradient.flat, dim=1, out=norm)
        if self.gradient_clip is not None:
            self.gradient.flat.mul_((self.gradient_clip / norm[:, None]).clamp(max=1.0))

    def move(self, plan: tuple[Tensor, Tensor], activations: ActivationsRecord, broken: Sequence[int]) -> None:
        """Make one update, and leave broken runs as they were."""
        state = (self.parameters, self.buffers, self.first, self.second)
        kept = [tensor[list(broken)] for tensor in state] if broken else []
        self.optimizer.move(self.parameters, self.gradient.flat, self.moments, plan, self.new1, self.new2)
        remember(self.net, activations)
        for tensor, rows in zip(state, kept, strict=False):
            tensor[list(broken)] = rows


@dataclass(frozen=True, slots=True)
class SlopePenalty:
    """One penalty on |grad V|: the rows that have it, the samples it stands at, its weights ``[k, 1 or n]``.

    ``samples`` are rows of the critic's batch (real first, then generated), or None for points between the two.
    ``kinds`` are (places within ``rows``, rule); only the first ``count`` of ``rows`` have it: a lone one keeps a
    neighbour beside it, so that its products run as in company.
    """

    rows: Tensor | None
    count: int
    samples: slice | None
    weight: Tensor
    kinds: tuple[tuple[slice, Penalty], ...]
    gradient: Net

    def stretch(self, square: Tensor) -> Tensor:
        """Twice the penalty's derivative by |grad V|^2, ``[runs, n]``; 0 for a neighbour that has no penalty."""
        result = torch.zeros_like(square)
        for places, rule in self.kinds:
            result[places] = rule(square[places], self.weight[places])[1]
        return result


@dataclass(frozen=True, slots=True)
class GameRows:
    """The rows of a stack that play one game, and views of where its numbers come from and go to.

    ``real`` and ``fake`` ``[n, B]`` are the critic's values in float64, ``by_real`` and ``by_fake`` its loss's
    derivatives by them, ``pull`` the derivative of the generator's loss; losses are means ``[n]``.
    """

    objective: Objective
    rows: slice
    real: Tensor
    fake: Tensor
    by_real: Tensor
    by_fake: Tensor
    pull: Tensor
    critic_loss: Tensor
    generator_loss: Tensor


class Stack:
    """L runs of one shape, ready to be moved (see `updates`).

    ``rules`` come sorted by `Rules.order`. ``stats`` ``[4, L]`` holds the newest losses and gradient norms in the order
    of `QUANTITIES`; ``broken`` maps the row of a run that met a number that is not finite to its name.
    """

    def __init__(
        self, shape: StackShape, generators: Sequence[Player], critics: Sequence[Player], rules: Sequence[Rules]
    ) -> None:
        optimizer = OPTIMIZERS[shape.optimizer]
        self.shape, self.runs = shape, len(rules)
        self.generator = Side(shape.generator, generators, rules, optimizer)
        self.critic = Side(shape.critic, critics, rules, optimizer)
        like, L, B = self.critic.parameters, self.runs, shape.batch
        self.stats = like.new_zeros(len(QUANTITIES), L)
        self.broken: dict[int, Quantity] = {}
        together = 1 if shape.update == "single-step" else shape.critic_steps + 1
        self.generated = ActivationsRecord(shape.generator, L, together * B, like, groups=together)
        self.scored = ActivationsRecord(shape.critic, L, 2 * B, like, groups=2)
        self.scored_alone = ActivationsRecord(shape.critic, L, B, like)
        self.both = like.new_empty(L, 2 * B, shape.critic.inputs)
        self.cotangent, self.toward_generator = like.new_empty(L, 2 * B), like.new_empty(L, B)
        self.values = self.cotangent.double()
        self.games = [self._game_rows(*each) for each in groupby(range(L), lambda row: rules[row].objective)]
        clips = [rule.objective.clip for rule in rules]
        self.box = like.new_tensor(clips)[:, None] if min(clips) < torch.inf else None
        self.pairs = self._rows([row for row in range(L) if rules[row].objective.pairs])
        self.own_cotangent = self._rows([row for row in range(L) if not rules[row].objective.zero_sum])
        self.zero_sum = any(rule.objective.zero_sum for rule in rules)
        self.penalties = self._penalties(rules)

    def _game_rows(self, objective: Objective, group: Iterator[int]) -> GameRows:
        rows = slice((listed := list(group))[0], listed[-1] + 1)
        B, values, cotangent, stats = self.shape.batch, self.values[rows], self.cotangent[rows], self.stats
        return GameRows(
            objective=objective,
            rows=rows,
            real=values[:, :B],
            fake=values[:, B:],
            by_real=cotangent[:, :B],
            by_fake=cotangent[:, B:],
            pull=self.toward_generator[rows],
            critic_loss=stats[QUANTITIES.index("critic_loss"), rows],
            generator_loss=stats[QUANTITIES.index("generator_loss"), rows],
        )

    def _rows(self, rows: list[int]) -> tuple[list[int], Tensor | None]:
        """Some rows, and how to index them: None means all, and a lone row brings another along."""
        if len(rows) == self.runs:
            return rows, None
        company = [*rows, (rows[0] + 1) % self.runs] if len(rows) == 1 else rows
        return rows, torch.tensor(company, device=self.critic.parameters.device)

    def _penalties(self, rules: Sequence[Rules]) -> list[SlopePenalty]:
        B = self.shape.batch
        real, generated, all_samples = slice(0, B), slice(B, 2 * B), slice(0, 2 * B)
        zero: dict[int, Penalty] = dict.fromkeys(range(self.runs), zero_centred)
        r1 = {row: [rule.r1] for row, rule in enumerate(rules) if rule.r1 and not rule.r2}
        r2 = {row: [rule.r2] for row, rule in enumerate(rules) if rule.r2 and not rule.r1}
        r12 = {row: [rule.r1] * B + [rule.r2] * B for row, rule in enumerate(rules) if rule.r1 and rule.r2}
        between = {
            row: [rule.objective.penalty_weight] for row, rule in enumerate(rules) if rule.objective.slope_penalty
        }
        slope = {row: penalty for row in between if (penalty := rules[row].objective.slope_penalty)}
        kinds = ((real, r1, zero), (generated, r2, zero), (all_samples, r12, zero), (None, between, slope))
        return [self._penalty(*kind) for kind in kinds if kind[1]]

    def _penalty(
        self, samples: slice | None, weights: dict[int, list[float]], penalties: dict[int, Penalty]
    ) -> SlopePenalty:
        rows, index = self._rows(list(weights))
        like = self.critic.parameters
        kept = len(rows) if index is None else len(index)
        runs = groupby(range(len(rows)), lambda place: penalties[rows[place]])
        places = [(slice((run := list(group))[0], run[-1] + 1), penalty) for penalty, group in runs]
        return SlopePenalty(
            rows=index,
            count=len(rows),
            samples=samples,
            weight=like.new_tensor(list(weights.values())),
            kinds=tuple(places),
            gradient=Net(self.shape.critic, like.new_zeros(kept, like.shape[1]), self.critic.buffers[:kept]),
        )

    def add_to_critic(self, penalty: SlopePenalty) -> None:
        """Add a penalty's gradient to the critic's, for the runs that have the penalty."""
        if penalty.rows is None:
            self.critic.gradient.flat.add_(penalty.gradient.flat)
        else:
            own = penalty.rows[: penalty.count]
            self.critic.gradient.flat.index_add_(0, own, penalty.gradient.flat[: penalty.count])

    def check(self, quantities: slice) -> None:
        """Note every run whose newest numbers are not all finite, with the first that is not."""
        newest = self.stats[quantities]
        if math.isfinite(newest.sum().item()):
            return
        for offset, row in torch.nonzero(~torch.isfinite(newest)).tolist():
            self.broken.setdefault(row, QUANTITIES[(quantities.start or 0) + offset])
