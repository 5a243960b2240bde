"""Elementwise formulas as short programs: written once with PyTorch, run by the compiled step without it.

A game's losses and a penalty are elementwise functions of a few columns of numbers. `traced` calls such a function
with columns that write down what is done to them, each sub-expression once; `run` goes through that list in float64, a
loop over the batch for each line. So a divergence or a game is one entry that knows no compiler, and a new one, or a
slider that moves its parameter, compiles nothing.
"""

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gan_playground.learners.kernels.compiling import compiled

Array = NDArray[np.float64]

ADD, SUB, MUL, DIV, POW, MAX, MIN, GREATER, GREATER_EQUAL, EQUAL, AND, WHERE = range(12)
ABS, EXP, EXPM1, LOG, LOG1P, TANH, SIGMOID, LOGSIGMOID, SQRT, SIGN = range(12, 22)


class Program(NamedTuple):
    """Lines (operation, a, b, c) over columns of ``rows`` numbers: line i writes column ``first + i`` from a, b and c.

    Columns begin with the inputs, then the constants, each filled with its number; ``lines`` and ``columns`` say where
    both lie in their arrays, ``loss``, ``by_a`` and ``by_b`` which columns are the results.
    """

    rows: int
    first: int
    length: int
    lines: int
    columns: int
    loss: int
    by_a: int
    by_b: int


class Text(NamedTuple):
    """A formula as written: ``lines`` ``[count, 4]``, its ``constants``, and the columns of its results."""

    inputs: int
    lines: NDArray[np.int64]
    constants: Array
    results: tuple[int, ...]

    @property
    def columns(self) -> int:
        """Columns that a run through it needs."""
        return self.inputs + len(self.constants) + len(self.lines)


# --- writing down --------------------------------------------------------------------------------------


class _Book:
    """What is written: constants and lines, each once."""

    def __init__(self) -> None:
        self.constants: dict[float, int] = {}
        self.lines: dict[tuple[int, ...], int] = {}

    def line(self, operation: int, *operands: object) -> "_Column":
        key = (operation, *(self.place(operand) for operand in operands))
        return _Column(self, "line", self.lines.setdefault(key, len(self.lines)))

    def place(self, operand: object) -> int:
        """Inputs count from 0, lines from a million, constants down from -1."""
        if isinstance(operand, _Column):
            return operand.place + (1_000_000 if operand.kind == "line" else 0)
        return -1 - self.constants.setdefault(float(operand), len(self.constants))  # type: ignore[arg-type]


class _Column:
    """A tensor's stand-in: what is done to it is written down."""

    def __init__(self, book: _Book, kind: str, place: int) -> None:
        self.book, self.kind, self.place = book, kind, place

    @classmethod
    def __torch_function__(
        cls, function: Callable[..., Any], _: object, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> "_Column":
        book = next(each.book for each in args if isinstance(each, _Column))
        return _operation(function.__name__)(book, *args, **(kwargs or {}))

    def __getattr__(self, name: str) -> Any:
        return None if name == "dtype" else partial(_operation(name), self.book, self)


def _method(name: str, turned: bool = False) -> Any:
    def method(self: _Column, other: object = None) -> _Column:
        operands = (self,) if other is None else (other, self) if turned else (self, other)
        return _operation(name)(self.book, *operands)

    return method


for _name in ("add", "sub", "mul", "truediv", "pow", "and", "gt", "ge", "lt", "le", "eq", "neg"):
    setattr(_Column, f"__{_name}__", _method(_name))
    setattr(_Column, f"__r{_name}__", _method(_name, turned=True))


def _operation(name: str) -> Callable[..., _Column]:
    if name not in OPERATIONS:
        raise TypeError(f"the formulas of games know no {name}: add it to the operations of {__name__}")
    return OPERATIONS[name]


def _same(_book: _Book, a: _Column, *_: object) -> _Column:
    return a


def _line(operation: int) -> Callable[..., _Column]:
    return lambda book, *operands: book.line(operation, *operands)


def _clamp(book: _Book, a: object, min: float | None = None, max: float | None = None) -> object:
    raised = a if min is None else book.line(MAX, a, min)
    return raised if max is None else book.line(MIN, raised, max)


OPERATIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "double": _same,
    "to": _same,
    "clone": _same,
    "expand_as": _same,
    "ones_like": lambda book, _: book.line(MAX, 1.0, 1.0),
    "zeros_like": lambda book, _: book.line(MAX, 0.0, 0.0),
    "full_like": lambda book, _, value: book.line(MAX, value, value),
    "clamp": _clamp,
    "neg": lambda book, a: book.line(SUB, 0.0, a),
    "square": lambda book, a: book.line(MUL, a, a),
    "lt": lambda book, a, b: book.line(GREATER, b, a),
    "le": lambda book, a, b: book.line(GREATER_EQUAL, b, a),
} | {
    name: _line(operation)
    for name, operation in {
        "add": ADD,
        "sub": SUB,
        "mul": MUL,
        "truediv": DIV,
        "pow": POW,
        "maximum": MAX,
        "minimum": MIN,
        "gt": GREATER,
        "ge": GREATER_EQUAL,
        "eq": EQUAL,
        "and": AND,
        "where": WHERE,
        "abs": ABS,
        "exp": EXP,
        "expm1": EXPM1,
        "log": LOG,
        "log1p": LOG1P,
        "tanh": TANH,
        "sigmoid": SIGMOID,
        "log_sigmoid": LOGSIGMOID,
        "sqrt": SQRT,
        "sign": SIGN,
    }.items()
}
"""What may be done in a formula, by the names PyTorch gives it."""


def traced(function: Callable[..., Any], inputs: int = 2) -> Text:
    """Write down what an elementwise ``function`` of so many tensors computes.

    Raises:
        TypeError: it does something that is none of `OPERATIONS`; the sentence names it.

    """
    book = _Book()
    found = function(*(_Column(book, "input", place) for place in range(inputs)))
    results = [book.place(result) for result in (found if isinstance(found, tuple) else (found,))]
    first = inputs + len(book.constants)

    def column(place: int) -> int:
        return inputs - 1 - place if place < 0 else first + place - 1_000_000 if place >= 1_000_000 else place

    lines = np.zeros((len(book.lines), 4), np.int64)
    for (operation, *operands), row in zip(book.lines, lines, strict=True):
        row[0] = operation
        row[1 : 1 + len(operands)] = [column(place) for place in operands]
    return Text(inputs, lines, np.array(list(book.constants)), tuple(map(column, results)))


# --- running -------------------------------------------------------------------------------------------


@compiled
def column(q: Array, program: Program, which: int) -> Array:
    """One column of a program."""
    start = program.columns + which * program.rows
    return q[start : start + program.rows]


@compiled
def run(q: Array, n: NDArray[np.int64], program: Program) -> None:
    """Compute every line's column from the columns before it."""
    for line in range(program.length):
        at = program.lines + 4 * line
        a, out = column(q, program, n[at + 1]), column(q, program, program.first + line)
        if n[at] <= WHERE:
            of_several(n[at], a, column(q, program, n[at + 2]), column(q, program, n[at + 3]), out)
        else:
            of_one(n[at], a, out)


@compiled
def of_several(operation: int, a: Array, b: Array, c: Array, out: Array) -> None:
    """One line of two or three operands; what is true is 1."""
    n = len(out)
    if operation == ADD:
        for i in range(n):
            out[i] = a[i] + b[i]
    elif operation == SUB:
        for i in range(n):
            out[i] = a[i] - b[i]
    elif operation == MUL:
        for i in range(n):
            out[i] = a[i] * b[i]
    elif operation == DIV:
        for i in range(n):
            out[i] = a[i] / b[i]
    elif operation == POW:
        for i in range(n):
            out[i] = a[i] ** b[i]
    elif operation == MAX:
        for i in range(n):
            out[i] = a[i] if a[i] > b[i] or a[i] != a[i] else b[i]
    elif operation == MIN:
        for i in range(n):
            out[i] = a[i] if a[i] < b[i] or a[i] != a[i] else b[i]
    elif operation == GREATER:
        for i in range(n):
            out[i] = 1.0 if a[i] > b[i] else 0.0
    elif operation == GREATER_EQUAL:
        for i in range(n):
            out[i] = 1.0 if a[i] >= b[i] else 0.0
    elif operation == EQUAL:
        for i in range(n):
            out[i] = 1.0 if a[i] == b[i] else 0.0
    elif operation == AND:
        for i in range(n):
            out[i] = a[i] * b[i]
    else:
        for i in range(n):
            out[i] = b[i] if a[i] != 0.0 else c[i]


@compiled
def of_one(operation: int, a: Array, out: Array) -> None:
    """One line of one operand."""
    n = len(out)
    if operation == ABS:
        for i in range(n):
            out[i] = abs(a[i])
    elif operation == EXP:
        for i in range(n):
            out[i] = math.exp(a[i])
    elif operation == EXPM1:
        for i in range(n):
            out[i] = math.expm1(a[i])
    elif operation == LOG:
        for i in range(n):
            out[i] = math.log(a[i])
    elif operation == LOG1P:
        for i in range(n):
            out[i] = math.log1p(a[i])
    elif operation == TANH:
        for i in range(n):
            out[i] = math.tanh(a[i])
    elif operation == SIGMOID:
        for i in range(n):
            out[i] = 1.0 / (1.0 + math.exp(-a[i]))
    elif operation == LOGSIGMOID:
        for i in range(n):
            out[i] = min(a[i], 0.0) - math.log1p(math.exp(-abs(a[i])))
    elif operation == SQRT:
        for i in range(n):
            out[i] = math.sqrt(a[i])
    else:
        for i in range(n):
            out[i] = 1.0 if a[i] > 0.0 else -1.0 if a[i] < 0.0 else 0.0
