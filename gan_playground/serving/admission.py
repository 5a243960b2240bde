"""Who may enter: so many seats, a waiting line, tokens, parking and eviction.

Nothing here knows of sockets, threads or torch: visitors come and go by method calls, time comes
from an injected clock, and `Admission.sweep` says what has run out. A visitor is known by its token
alone, 256 random bits that only its own tab was told.
"""

import os
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

from gan_playground.words import Note, Refusal

MEBIBYTE: Final = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """How many may be in, and for how long; times in seconds.

    ``parked``: a run whose tab is closed or hidden is kept so long. ``idle``: a seat nobody touches
    and whose run doesn't play is given up so soon while others wait. ``run``: a seat is given up
    after so long while others wait, and when nobody has touched it for so long in any case.
    ``grace``: a waiting visitor whose socket broke keeps its place so long.
    """

    seats: int = 32
    waiting: int = 200
    parked: float = 90.0
    idle: float = 120.0
    run: float = 1800.0
    grace: float = 10.0


def seats_by(cores: int, memory: int) -> int:
    """Seats that a machine of so many cores and bytes of memory bears: 16 a core, 64 MiB each, 2 to 128."""
    return max(2, min(128, 16 * cores, memory // (64 * MEBIBYTE)))


def seats(text: str = "") -> int:
    """The seats that ``text`` asks for, else ``GAN_PLAYGROUND_MAX_RUNS``, else what this machine bears.

    Raises:
        Refusal: it is no whole number from 1 to 1000.

    """
    text = (text or os.environ.get("GAN_PLAYGROUND_MAX_RUNS", "")).strip()
    if not text:
        return seats_by(os.cpu_count() or 1, _memory())
    if not text.isascii() or not text.isdecimal() or len(text) > 4 or not 1 <= int(text) <= 1000:
        raise Refusal("admission.bad_seats", value=text[:40])
    return int(text)


def _memory() -> int:
    """Bytes this process may use: the machine's, or its container's limit where that is less."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for path in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            with open(path, encoding="ascii") as limit:  # noqa: PTH123
                return min(total, int(limit.read()))
        except (OSError, ValueError):  # no such file, or "max"
            continue
    return total


State = Literal["waiting", "seated", "gone"]


@dataclass(eq=False, slots=True, kw_only=True)
class Visit:
    """One visitor: its token, whether it has a seat, and the times its limits count from."""

    token: str
    state: State
    entered: float
    touched: float
    away: float | None = None
    playing: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """A visit that is over, and the sentence for its visitor."""

    visit: Visit
    why: Note


@dataclass(frozen=True, slots=True)
class Sweep:
    """What one look at the clock found: visits that are over, and whether places in the line moved."""

    ended: tuple[Ending, ...]
    admitted: tuple[Visit, ...]
    moved: bool


@dataclass(slots=True)
class Admission:
    """All visits; to be used from one thread."""

    clock: Callable[[], float]
    limits: Limits = Limits()
    _seated: dict[str, Visit] = field(default_factory=dict)
    _waiting: "OrderedDict[str, Visit]" = field(default_factory=OrderedDict)

    def enter(self, token: str = "") -> Visit:
        """Return the visit ``token`` belongs to, or a new one under a new token, seated or waiting.

        A token nobody was given is no claim: it is never taken over from the visitor.

        Raises:
            Refusal: the waiting line is full too.

        """
        now = self.clock()
        visit = self._seated.get(token) or self._waiting.get(token)
        if visit is None:
            if len(self._waiting) >= self.limits.waiting:
                raise Refusal("admission.line_full", count=len(self._waiting))
            visit = Visit(token=secrets.token_urlsafe(32), state="waiting", entered=now, touched=now)
            self._waiting[visit.token] = visit
        visit.away, visit.touched = None, now
        if visit.state == "waiting" and self._next() is visit:
            self._seat(visit, now)
        return visit

    def leave(self, visit: Visit) -> None:
        """Note that the visitor's socket has closed; one out of sight is away already."""
        if visit.away is None:
            visit.away = self.clock()

    def hide(self, visit: Visit, hidden: bool) -> None:
        """Note that the visitor's tab went out of sight, or came back."""
        now = self.clock()
        if not hidden:
            visit.away, visit.touched = None, now
        elif visit.away is None:
            visit.away = now

    def touch(self, visit: Visit) -> None:
        """Note a visitor's command."""
        visit.touched = self.clock()

    def place(self, visit: Visit) -> int:
        """The visit's place in the line, 1 for the next to come in; 0 for one that is in."""
        return 0 if visit.state == "seated" else 1 + list(self._waiting).index(visit.token)

    def free(self, visit: Visit) -> None:
        """Forget the visit: its token opens nothing any more."""
        self._seated.pop(visit.token, None)
        self._waiting.pop(visit.token, None)
        visit.state = "gone"

    def sweep(self) -> Sweep:
        """End what has run out, let the line move up, and say what changed."""
        now = self.clock()
        ended = [
            Ending(visit, why)
            for visit in [*self._seated.values(), *self._waiting.values()]
            if (why := self._over(visit, now))
        ]
        for ending in ended:
            self.free(ending.visit)
        admitted: list[Visit] = []
        while (visit := self._next()) is not None:
            self._seat(visit, now)
            admitted.append(visit)
        return Sweep(tuple(ended), tuple(admitted), bool(ended or admitted))

    @property
    def seated(self) -> int:
        """Visits that have a seat, parked ones included."""
        return len(self._seated)

    @property
    def waiting(self) -> int:
        """Visits in the line."""
        return len(self._waiting)

    def _next(self) -> Visit | None:
        """Who may take a seat now: the first in the line that is here, while there are seats."""
        if len(self._seated) >= self.limits.seats:
            return None
        return next((visit for visit in self._waiting.values() if visit.away is None), None)

    def _seat(self, visit: Visit, now: float) -> None:
        del self._waiting[visit.token]
        visit.state, visit.entered, visit.touched = "seated", now, now
        self._seated[visit.token] = visit

    def _over(self, visit: Visit, now: float) -> Note | None:
        """Why the visit is over, or None while it is not."""
        limits = self.limits
        if visit.state == "waiting":
            left = visit.away is not None and now - visit.away > limits.grace
            return Note("admission.left_line") if left else None
        if visit.away is not None:
            return (
                Note("admission.parked", {"seconds": round(limits.parked)})
                if now - visit.away > limits.parked
                else None
            )
        untouched, crowded = now - visit.touched, bool(self._waiting)
        if untouched > limits.run or (crowded and now - visit.entered > limits.run):
            return Note("admission.run_limit", {"minutes": round(limits.run / 60)})
        if crowded and not visit.playing and untouched > limits.idle:
            return Note("admission.idle", {"minutes": round(limits.idle / 60)})
        return None


# --- rates ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class Bucket:
    """A token bucket: ``burst`` at once, then ``rate`` a second."""

    clock: Callable[[], float]
    rate: float
    burst: float
    _level: float = field(init=False)
    _seen: float = field(init=False)

    def __post_init__(self) -> None:
        self._level, self._seen = self.burst, self.clock()

    def take(self) -> bool:
        """Take one token; False where there is none."""
        now = self.clock()
        self._level = min(self.burst, self._level + (now - self._seen) * self.rate)
        self._seen = now
        if self._level < 1:
            return False
        self._level -= 1
        return True

    @property
    def full(self) -> bool:
        """Whether it would be full by now, and so says nothing that a new one would not."""
        return self._level + (self.clock() - self._seen) * self.rate >= self.burst


@dataclass(slots=True)
class Doorkeeper:
    """A bucket for each address that opens sockets; addresses that have been quiet are forgotten.

    The burst lets a class of 60 behind one address come in at once.
    """

    clock: Callable[[], float]
    rate: float = 1.0
    burst: float = 60.0
    most: int = 4096
    _buckets: "OrderedDict[str, Bucket]" = field(default_factory=OrderedDict)

    def admits(self, address: str) -> bool:
        """Whether ``address`` may open one more socket now."""
        bucket = self._buckets.get(address)
        if bucket is None:
            for quiet in [key for key, other in self._buckets.items() if other.full]:
                del self._buckets[quiet]
            while len(self._buckets) >= self.most:
                self._buckets.popitem(last=False)
            bucket = self._buckets[address] = Bucket(self.clock, self.rate, self.burst)
        return bucket.take()
