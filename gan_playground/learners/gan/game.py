"""A game laid out for the compiled updates: both players, the formulas, what is drawn, and room to compute in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
import torch
from numba.np.unsafe import ndarray
from numpy.typing import NDArray
from torch import Tensor

from gan_playground.learners.gan.objectives import Objective, zero_centred
from gan_playground.learners.kernels.compiling import compiled, whole
from gan_playground.learners.kernels.following import CODES
from gan_playground.learners.kernels.formulas import Array, Program, Text, traced
from gan_playground.learners.kernels.networks import Arena, Floats, Net, Pass
from gan_playground.learners.kernels.slope_penalties import Slopes, slopes_room
from gan_playground.learners.mlp import MLP

Whole = NDArray[np.int64]

to_fixed_tuple: Any = ndarray.to_fixed_tuple  # its first argument is the compiler's


class Places(NamedTuple):
    """What a game is, in whole numbers: its kind, and where its samples and rooms begin.

    Drawn for the coming updates, one block of rows an update: ``real``, ``noise``, ``mix`` and ``critic_jitter`` for
    the critic's, ``generator_noise`` and ``generator_jitter`` for the generator's. ``critic_plan`` and
    ``generator_plan`` are the optimizers' (epsilon, -size). ``zero_centred`` and ``slope_penalty`` are where those
    programs begin; they, 0 and -1 stand here because a number that is written in the code makes a variant of what it
    is given to.
    """

    batch: int
    dim: int
    critic_steps: int
    optimizer: int
    zero_sum: int
    pairs: int
    between: int
    jitter: int
    moves_generator: int
    real: int
    noise: int
    mix: int
    critic_jitter: int
    generator_noise: int
    generator_jitter: int
    both: int
    between_samples: int
    cotangent: int
    toward_generator: int
    pulled: int
    numbers: int
    stats: int
    critic_plan: int
    generator_plan: int
    zero_centred: int
    slope_penalty: int
    origin: int
    nowhere: int


class Numbers(NamedTuple):
    """What a slider moves: ``clip`` is the critic's box, ``new1`` and ``new2`` are 1 - beta1 and 1 - beta2."""

    penalty_weight: float
    r1: float
    r2: float
    clip: float
    gradient_clip: float
    new1: float
    new2: float


# --- the order of a game's whole numbers -----------------------------------------------------------------

PLACES, NUMBERS, NET, PASS, SLOPES_ROOM, PROGRAM = (
    len(each._fields) for each in (Places, Numbers, Net, Pass, Slopes, Program)
)
GENERATOR: Final = whole(PLACES)
CRITIC: Final = whole(GENERATOR + NET)
GENERATED: Final = whole(CRITIC + NET)
SCORED, ALONE, OPPONENTS, MIXED = (whole(GENERATED + PASS * place) for place in range(1, 5))
SLOPES: Final = whole(MIXED + PASS)
CRITIC_PLAY: Final = whole(SLOPES + SLOPES_ROOM)
GENERATOR_PLAY, ZERO_CENTRED, SLOPE_PENALTY, LINES = (whole(CRITIC_PLAY + PROGRAM * place) for place in range(1, 5))
REAL, FAKE = whole(0), whole(1)
"""The inputs of a play."""
SQUARE, WEIGHT = whole(0), whole(1)
"""The inputs of a penalty."""


@compiled
def places_at(n: Whole) -> Places:
    """What the game is."""
    return Places(*to_fixed_tuple(n, PLACES))


@compiled
def net_at(n: Whole, at: int) -> Net:
    """The network whose numbers begin there."""
    return Net(*to_fixed_tuple(n[at:], NET))


@compiled
def pass_at(n: Whole, at: int) -> Pass:
    """The room for a pass whose numbers begin there."""
    return Pass(*to_fixed_tuple(n[at:], PASS))


@compiled
def slopes_at(n: Whole, at: int) -> Slopes:
    """The room for slopes whose numbers begin there."""
    return Slopes(*to_fixed_tuple(n[at:], SLOPES_ROOM))


@compiled
def program_at(n: Whole, at: int) -> Program:
    """The formula whose numbers begin there."""
    return Program(*to_fixed_tuple(n[at:], PROGRAM))


@compiled
def numbers_at(q: Array, at: int) -> Numbers:
    """What sliders move."""
    return Numbers(*to_fixed_tuple(q[at:], NUMBERS))


# --- laying out ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Player:
    """A generator or a critic: everything an update changes; ``count`` updates have been made."""

    parameters: Tensor
    buffers: Tensor
    first: Tensor
    second: Tensor
    count: int = 0

    @classmethod
    def new(cls, parameters: Tensor, buffers: Tensor, device: torch.device | str = "cpu") -> "Player":
        """A player that has not moved yet."""
        parameters = parameters.to(device)
        return cls(parameters, buffers.to(device), torch.zeros_like(parameters), torch.zeros_like(parameters))


@dataclass(frozen=True, slots=True)
class Rules:
    """What is played: the game, its penalties and the optimizer; a ``gradient_clip`` of 0 is none."""

    objective: Objective
    r1: float = 0.0
    r2: float = 0.0
    gradient_clip: float = 0.0
    beta1: float = 0.5
    beta2: float = 0.9
    optimizer: str = "adam"
    critic_steps: int = 1
    together: bool = False
    jitter: bool = False

    @property
    def structure(self) -> tuple[object, ...]:
        """What a game is laid out for; the rest are numbers."""
        kind = self.optimizer, self.critic_steps, self.together, self.jitter
        return (self.objective, self.r1 > 0, self.r2 > 0, *kind)

    @property
    def numbers(self) -> Numbers:
        """Those that a slider moves, as the updates read them."""
        game = self.objective
        clip = float(self.gradient_clip) or np.inf
        new1, new2 = 1 - self.beta1, 1 - self.beta2
        return Numbers(game.penalty_weight, self.r1, self.r2, game.clip, clip, new1, new2)


@dataclass(frozen=True, slots=True)
class Game:
    """The three arrays that the compiled updates take, laid out for some rules, and where samples lie in them.

    ``drawn`` are views of ``f`` and ``q`` by the names of `Places`, one block an update; ``stats`` are the newest
    losses and gradient norms.
    """

    f: Floats
    q: Array
    n: Whole
    drawn: Mapping[str, NDArray[np.floating]] = field(repr=False)
    stats: Array = field(repr=False)
    numbers: Array = field(repr=False)
    rules: Rules

    def keeps(self, rules: Rules) -> bool:
        """Whether these rules differ from its own by numbers alone."""
        return rules.structure == self.rules.structure

    def renew(self, rules: Rules) -> None:
        """Take over the numbers of these rules."""
        self.numbers[:] = rules.numbers


def lay_out(
    shapes: tuple[MLP | None, MLP], players: tuple[Player | None, Player], rules: Rules, batch: int, steps: int
) -> Game:
    """Lay out generator and critic, in that order, for bites of ``steps`` steps on batches of so many samples.

    The players' tensors become views of the game's arrays: always current, and nothing is copied between steps.
    Without a generator its samples are drawn, as noise.
    """
    generator, critic = shapes
    updates, latent = steps * rules.critic_steps, generator.inputs if generator else critic.inputs
    arena, doubles, game, dim = Arena(), Arena(), rules.objective, critic.inputs
    nets = [arena.net(mlp) if mlp else Net(*[0] * NET) for mlp in shapes]
    penalised = 2 * batch if rules.r1 or rules.r2 else batch if game.slope_penalty else 0
    generated = arena.pass_(generator, batch) if generator else Pass(*[0] * PASS)
    passes = [
        arena.pass_(critic, 2 * batch, groups=2),
        arena.pass_(critic, batch),
        arena.pass_(critic, batch if game.pairs else 0),
        arena.pass_(critic, batch if game.slope_penalty else 0),
    ]
    room = slopes_room(arena, critic, penalised)
    drawn = {
        "real": (updates, batch, dim),
        "noise": (updates, batch, latent),
        "mix": (updates if game.slope_penalty else 0, batch, 1),
        "critic_jitter": (updates if rules.jitter else 0, 2 * batch, dim),
        "generator_noise": (0 if rules.together else steps, batch, latent),
        "generator_jitter": (steps if rules.jitter else 0, batch, dim),
    }
    plans = {"critic_plan": (updates, 2), "generator_plan": (steps, 2)}
    at = {name: arena.take(*shape) for name, shape in drawn.items()}
    planned = {name: doubles.take(*shape) for name, shape in plans.items()}
    numbers, stats = doubles.take(NUMBERS), doubles.take(4)
    places = Places(
        batch=batch,
        dim=dim,
        critic_steps=rules.critic_steps,
        optimizer=CODES[rules.optimizer],
        zero_sum=int(game.zero_sum),
        pairs=int(game.pairs),
        between=int(game.slope_penalty is not None),
        jitter=int(rules.jitter),
        moves_generator=int(generator is not None),
        both=arena.take(2 * batch, dim),
        between_samples=arena.take(batch, dim),
        cotangent=arena.take(2 * batch),
        toward_generator=arena.take(batch),
        pulled=arena.take(2 * batch, dim),
        numbers=numbers,
        stats=stats,
        zero_centred=ZERO_CENTRED,
        slope_penalty=SLOPE_PENALTY,
        origin=0,
        nowhere=-1,
        **at,
        **planned,
    )
    texts = [
        (traced(game.critic), batch),
        (traced(game.generator), batch),
        (traced(zero_centred), penalised),
        (traced(game.slope_penalty or zero_centred), batch),
    ]
    programs = _programs(texts, doubles)
    head = np.array([*places, *nets[0], *nets[1], *generated, *(x for each in passes for x in each), *room], np.int64)
    n = np.concatenate(
        [head, *(np.array(each, np.int64) for each in programs), *(text.lines.ravel() for text, _ in texts)]
    )
    like = players[1].parameters.numpy()
    f, q = np.zeros(arena.end, like.dtype), np.zeros(doubles.end)
    for (text, rows), program in zip(texts, programs, strict=True):
        for place, constant in enumerate(text.constants):
            q[program.columns + (text.inputs + place) * rows :][:rows] = constant
    q[numbers : numbers + NUMBERS] = rules.numbers
    for net, player in zip(nets, players, strict=True):
        if player is not None:
            _move_in(player, net, f)
    views = {name: _view(f, at[name], shape) for name, shape in drawn.items()}
    views |= {name: _view(q, planned[name], shape) for name, shape in plans.items()}
    return Game(f, q, n, views, q[stats : stats + 4], q[numbers : numbers + NUMBERS], rules)


def _programs(texts: list[tuple[Text, int]], doubles: Arena) -> list[Program]:
    """Each formula's place; their lines lie behind one another at the end of the whole numbers."""
    programs, lines = [], LINES
    for text, rows in texts:
        results = (*text.results, *[0] * (3 - len(text.results)))
        columns = doubles.take(text.columns, rows)
        first = text.inputs + len(text.constants)
        programs.append(Program(rows, first, len(text.lines), lines, columns, *results))
        lines += text.lines.size
    return programs


def _view(array: NDArray[np.floating], start: int, shape: tuple[int, ...]) -> NDArray[np.floating]:
    return array[start : start + int(np.prod(shape))].reshape(shape)


def _move_in(player: Player, net: Net, f: Floats) -> None:
    """Copy a player's tensors into the arena, and let the player see them there."""
    for name in ("parameters", "buffers", "first", "second"):
        tensor = getattr(player, name)
        view = torch.from_numpy(f[getattr(net, name) :][: tensor.numel()])
        view.copy_(tensor)
        setattr(player, name, view)
