"""What the scheduler deals with: the seats of runs, how they are paced, and what a round of it did."""

import math
from dataclasses import dataclass, field
from typing import Final, Generic, Protocol, TypeVar

CREDITS: Final = 2
"""Frames a viewer may have undrawn when it begins."""

MAX_CREDITS: Final = 4


class Steppable(Protocol):
    """What the scheduler asks of a run: where it is, and the sentence that stopped it, if any."""

    @property
    def step(self) -> int:
        """Updates made since the run began."""
        ...

    @property
    def stopped(self) -> object | None:
        """Why the run can't go on, None while it can."""
        ...


L = TypeVar("L", bound=Steppable)


class Viewer(Protocol):
    """Whom a seat belongs to; called by the stepping thread."""

    def show(self) -> None:
        """Take a look at the run and hand it on; what it costs elsewhere is told by `Scheduler.painted`."""
        ...

    def ended(self, error: Exception | None) -> object:
        """Hear that the run can't go on, and return the sentence where a fault of the program stopped it."""
        ...


@dataclass(frozen=True, slots=True)
class Pace:
    """How the thread's time is dealt out; all in seconds but the shares.

    ``slice`` is aimed at by one turn. A picture is due every ``quickest`` seconds, later
    when one viewer's pictures would take more than ``lone`` of a core, or everyone's more than ``share``;
    ``share`` grows up to ``most`` to keep everyone's pictures within ``slowest``. A viewer that has drawn
    nothing for ``patience`` no longer steps.
    """

    slice: float = 0.02
    quickest: float = 1 / 20
    lone: float = 0.08
    slowest: float = 0.46
    share: float = 0.2
    most: float = 0.7
    patience: float = 1.0


@dataclass(slots=True)
class Mean:
    """A running mean that forgets: of the seconds something takes."""

    value: float | None = None

    def note(self, value: float) -> None:
        """Take one more measurement into account."""
        self.value = value if self.value is None else self.value + 0.2 * (value - self.value)


@dataclass(eq=False, slots=True, kw_only=True)
class Seat(Generic[L]):
    """One viewer's run as the scheduler sees it; touched by the stepping thread alone.

    ``cap`` is in steps a second (None: as fast as it goes); ``changed`` asks for a picture although
    the step is the same; ``cost`` is in seconds a step, ``used`` what its steps have taken in all.
    """

    run: L
    viewer: Viewer
    playing: bool = False
    visible: bool = True
    cap: float | None = None
    credit: int = CREDITS
    changed: bool = True
    broken: object | None = None
    shown: int = -1
    due: float = -math.inf
    heard: float = -math.inf
    used: float = 0.0
    tick: int = 0
    active: bool = False
    cost: Mean = field(default_factory=Mean)

    @property
    def stopped(self) -> object | None:
        """The sentence that stopped this seat: its run's own, or that of a fault in stepping it."""
        return self.broken if self.broken is not None else self.run.stopped

    def limit(self, cap: float | None) -> None:
        """Let the run make at most ``cap`` steps a second from now on (None: as many as it can)."""
        self.cap, self.active = cap, False

    def refresh(self) -> None:
        """Ask for a picture at once, although the step may be the same."""
        self.changed, self.due = True, -math.inf

    def acknowledge(self, now: float) -> None:
        """Note that the viewer has drawn a frame and can take another."""
        self.credit = min(MAX_CREDITS, self.credit + 1)
        self.heard = now


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did, and how long there is nothing to do after it (None: until a command comes)."""

    run_steps: int
    frames: int
    wait: float | None
