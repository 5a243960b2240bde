"""A formula written down and run line by line is the PyTorch function it was written as, wherever it is looked at."""

import math

import numpy as np
import pytest
import torch
from torch.nn.functional import logsigmoid

from gan_playground.learners.gan.objectives import NAMES, OTHER_GAMES, objective, one_sided, two_sided, zero_centred
from gan_playground.learners.kernels.formulas import OPERATIONS, Program, Text, run, traced

GAMES = [
    *NAMES,
    *(f"{name}:practical" for name in NAMES if name not in OTHER_GAMES and name != "gan"),
    *("gan:exact", *(f"alpha({a})" for a in (-2, -1, 0, 0.05, 1, 1.5, 3)), *(f"weighted-js({p})" for p in (0.05, 0.9))),
]


def computed(text: Text, *inputs: torch.Tensor) -> list[torch.Tensor]:
    """What the compiled loop makes of a formula."""
    rows, first = len(inputs[0]), text.inputs + len(text.constants)
    columns = np.zeros((text.columns, rows))
    columns[: text.inputs] = np.stack([each.numpy() for each in inputs])
    columns[text.inputs : first] = text.constants[:, None]
    program = Program(rows, first, len(text.lines), 0, 0, *(*text.results, 0, 0)[:3])
    run(columns.reshape(-1), text.lines.reshape(-1), program)
    return [torch.from_numpy(columns[place]) for place in text.results]


def wide(n: int = 4000, reach: float = 400.0) -> tuple[torch.Tensor, torch.Tensor]:
    """Numbers of every size up to ``reach``, and every pair of what is special."""
    rng = torch.Generator().manual_seed(11)
    sizes = torch.exp(torch.rand(2, n, generator=rng, dtype=torch.float64) * math.log(reach * 1e6)) * 1e-6
    signs = torch.randint(0, 2, (2, n), generator=rng, dtype=torch.float64) * 2 - 1
    special = torch.tensor([0.0, -0.0, 1.0, -1.0, math.inf, -math.inf, math.nan, reach, -reach], dtype=torch.float64)
    one, other = torch.cat((signs * sizes, torch.cartesian_prod(special, special).T), 1)
    return one, other


def same(function, *inputs, rtol=1e-11):
    expected = function(*inputs)
    found = computed(traced(function, len(inputs)), *inputs)
    for ours, theirs in zip(found, expected if isinstance(expected, tuple) else (expected,), strict=True):
        theirs = theirs.double().expand_as(ours)
        assert torch.equal(ours.isnan(), theirs.isnan()), inputs[0][ours.isnan() != theirs.isnan()]
        assert torch.allclose(ours, theirs, rtol=rtol, atol=1e-300, equal_nan=True), (ours - theirs).abs().max()


@pytest.mark.parametrize("name", GAMES)
def test_every_play(name):
    game, (real, fake) = objective(name), wide()
    same(game.critic, real, fake)
    same(game.generator, real, fake)


@pytest.mark.parametrize("penalty", [zero_centred, two_sided, one_sided])
def test_every_penalty(penalty):
    square, weight = wide()
    same(penalty, square.abs(), weight)


ONE = {
    "square": torch.square,
    "neg": torch.neg,
    "abs": torch.abs,
    "exp": torch.exp,
    "expm1": torch.expm1,
    "log": torch.log,
    "log1p": torch.log1p,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "log_sigmoid": logsigmoid,
    "sqrt": torch.sqrt,
    "sign": torch.sign,
    "double": lambda a: a.double(),
    "to": lambda a: a.to(a),
    "clone": torch.clone,
    "ones_like": torch.ones_like,
    "zeros_like": torch.zeros_like,
    "full_like": lambda a: torch.full_like(a, 3.5),
    "clamp": lambda a: a.clamp(min=-1.5, max=2.0) + a.clamp(max=7.0) * torch.clamp(a, min=0.5),
}
TWO = {
    "add": lambda a, b: a + b + (2 + a),
    "sub": lambda a, b: a - b - (1 - b),
    "mul": lambda a, b: a * b * (3 * a),
    "truediv": lambda a, b: a / b + 1 / b,
    "pow": lambda a, b: a.abs() ** (b / 100) + b**2,
    "maximum": torch.maximum,
    "minimum": torch.minimum,
    "gt": lambda a, b: torch.where(a > b, 1.0, a),
    "ge": lambda a, b: torch.where(a >= b, 2.0, b),
    "lt": lambda a, b: torch.where(a < b, a, 3.0),
    "le": lambda a, b: torch.where(a <= b, b, a),
    "eq": lambda a, b: torch.where(a == b, 1.0, 0.0),
    "and": lambda a, b: torch.where((a > 0) & (b > 0), a, b),
    "where": lambda a, b: torch.where(a > 0, b, a),
    "expand_as": lambda a, b: a.expand_as(b),
}


def test_every_operation_is_among_these():
    assert set(OPERATIONS) == set(ONE) | set(TWO)


@pytest.mark.parametrize("name", ONE)
def test_every_operation_of_one(name):
    same(ONE[name], wide()[0])


@pytest.mark.parametrize("name", TWO)
def test_every_operation_of_two(name):
    same(TWO[name], *wide())


def test_what_is_said_twice_is_computed_once():
    text = traced(lambda a, b: ((a + b) * (a + b), torch.exp(a + b), torch.exp(a + b)))
    assert len(text.lines) == 3


@pytest.mark.parametrize(
    ("name", "function"),
    [("atan", lambda a, _: torch.atan(a)), ("cumsum", lambda a, _: a.cumsum(0)), ("mean", lambda a, _: a.mean())],
)
def test_an_unknown_operation_is_named(name, function):
    with pytest.raises(TypeError, match=rf"\b{name}\b"):
        traced(function)
