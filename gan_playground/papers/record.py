"""What a rebuilt result is: an entry of the list, and the outcome of one run of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from gan_playground.words import Note

Array = NDArray[np.float64]
Value = float | int | str | bool | None
"""A cell: a number, a word, True or False, or nothing; ``inf`` and ``nan`` are written as words."""

Row = Mapping[str, Value]
Mark = Literal["read", "notes", "derived", "remembered"]
"""How sure a published number is; each has a sentence ``papers.mark_...``.

``read`` in the paper or the authors' code; read in ``notes`` on it, or in another paper; ``derived`` by algebra or
quadrature from what the paper states; ``remembered``, and not read again.
"""

Role = Literal["ink", "ink3", "real", "generated", "critic"]
"""A colour of the theme."""

Style = Literal["solid", "dashed", "dotted", "points"]

Progress = Callable[[float], None]
"""Hears the share done, 0 to 1; what it raises ends the run."""


@dataclass(frozen=True, slots=True)
class Published:
    """A number of a paper, and how sure it is."""

    value: float
    mark: Mark


@dataclass(frozen=True, slots=True)
class Beside:
    """One number of ours beside the paper's; ``what`` names it in the letters of the theory."""

    what: str
    ours: float
    paper: Published

    @property
    def deviation(self) -> float:
        """Ours less the paper's."""
        return self.ours - self.paper.value


@dataclass(frozen=True, slots=True)
class Check:
    """Something the result has to show: a sentence with the numbers in it, and whether it holds.

    ``binding`` is False for what is reported without a bar.
    """

    what: Note
    holds: bool
    binding: bool = True


@dataclass(frozen=True, slots=True)
class Curve:
    """A line, or points, of a chart: ``x`` and ``y`` ``[n]``; ``role`` its colour."""

    name: str
    x: Array
    y: Array
    role: Role = "ink"
    style: Style = "solid"


@dataclass(frozen=True, slots=True)
class Surface:
    """Values ``z`` ``[len(y), len(x)]`` over the plane, drawn by their level lines, with points ``[n, 2]`` on it."""

    x: Array
    y: Array
    z: Array
    real: Array | None = None
    generated: Array | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """One picture of a result: curves over an axis, or one field; titles are names and formulas, of no language."""

    title: str
    x: str
    y: str
    curves: tuple[Curve, ...] = ()
    field: Surface | None = None
    log_y: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run of a result found.

    ``rows`` are its table, ``tables`` others by name; ``beside`` our numbers with the paper's; ``checks`` what has to
    hold; ``remarks`` what a reader should know.
    """

    rows: tuple[Row, ...]
    beside: tuple[Beside, ...] = ()
    checks: tuple[Check, ...] = ()
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    charts: tuple[Chart, ...] = ()
    remarks: tuple[Note, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether everything that has a bar is within it."""
        return all(check.holds for check in self.checks if check.binding)


QUICK: Final = 15.0
"""Results that take fewer seconds than this on one core are run from the page."""


@dataclass(frozen=True, slots=True)
class Result:
    """One result of a paper: an entry of `RESULTS`.

    ``run(seeds, progress)`` rebuilds it on the seeds 0 to ``seeds`` - 1 (1 where nothing is drawn); ``seeds`` is the
    number the result asks for, ``seconds`` about how long it takes then, on one core. ``one_thread``: its operations
    are small, and split in two they would wait for each other; runs are still dealt out to the cores. What it shows is
    the sentence ``papers.NAME``, with - as _, and where in the paper it stands ``papers.NAME_place``.
    """

    name: str
    paper: str
    seconds: float
    run: Callable[[int, Progress], Outcome]
    seeds: int = 1
    random: bool = False
    one_thread: bool = False

    @property
    def shows(self) -> Note:
        """What it shows, in one sentence."""
        return Note(f"papers.{self.name.replace('-', '_')}")

    @property
    def place(self) -> Note:
        """Where in the paper it stands."""
        return Note(f"papers.{self.name.replace('-', '_')}_place")

    @property
    def quick(self) -> bool:
        """Whether the page runs it."""
        return self.seconds < QUICK
