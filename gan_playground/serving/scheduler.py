"""The one stepping thread: who steps next and for how long, and whose picture is due.

`Scheduler.round` is synchronous and knows neither threads nor mathematics: the clock, and what
advances and groups runs, are given to it, so that a test drives it with a fake clock.
`Scheduler.start` puts one thread around it. A round is

    commands (all that wait) -> one slice of steps (a run a core) -> pictures (the most overdue first)

with commands between the pictures too, so that a button waits for one slice or one picture at most.
Runs share the cores by fair queueing: each is charged what its steps took, and those that have had the
least go next. Frames never queue: one is made when its viewer can draw it.
"""

import logging
import math
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, Generic, TypeVar

from gan_playground.serving.seats import L, Mean, Pace, Round, Seat

log = logging.getLogger(__name__)

T = TypeVar("T")

LOOK_AGAIN: Final = 0.05
"""Seconds between two questions whether the engine is ready."""


@dataclass(slots=True)
class Scheduler(Generic[L]):
    """Deals the stepping thread's time out among seats; see the module's text.

    ``advance(work)`` makes so many steps of each run and returns the seconds each took, or what it raised instead;
    it steps ``cores`` runs at once, and none before it is ``ready``. Only `submit`, `ask`, `start` and `close` may be
    called from other threads.
    """

    advance: Callable[[Sequence[tuple[L, int]]], Sequence[float | Exception]]
    cores: int = 1
    ready: Callable[[], bool] = lambda: True
    pace: Pace = field(default_factory=Pace)
    clock: Callable[[], float] = time.perf_counter
    seats: dict[Seat[L], None] = field(default_factory=dict)
    steps: int = 0
    frames: int = 0
    _commands: deque[Callable[[], object]] = field(default_factory=deque)
    _wake: threading.Event = field(default_factory=threading.Event)
    _closed: bool = False
    _thread: threading.Thread | None = None
    _virtual: float = 0.0
    _waited: bool = False
    _look_cost: Mean = field(default_factory=Mean)
    _paint_cost: Mean = field(default_factory=Mean)

    # --- commands: the way in from other threads ------------------------------------------------

    def submit(self, command: Callable[[], object]) -> None:
        """Have ``command`` run by the stepping thread before the next slice."""
        self._commands.append(command)
        self._wake.set()

    def ask(self, question: Callable[[], T], within: float = 60.0) -> T:
        """Have the stepping thread answer ``question``, and wait for it; never to be called by that thread.

        Raises:
            TimeoutError: no answer ``within`` so many seconds; and whatever the question raises.

        """
        answer: Future[T] = Future()

        def respond() -> None:
            try:
                answer.set_result(question())
            except Exception as error:
                answer.set_exception(error)

        self.submit(respond)
        return answer.result(within)

    def _run_commands(self) -> None:
        for _ in range(len(self._commands)):  # those that come meanwhile wait for the next round
            command = self._commands.popleft()
            try:
                command()
            except Exception:  # one visitor's command must not end everybody's thread
                log.exception("a command failed")

    # --- one round ------------------------------------------------------------------------------

    def round(self) -> Round:
        """Run the waiting commands, then one slice of steps, then the pictures that are due."""
        self._run_commands()
        began = self.clock()
        stepped = self._step()
        drawn = self._show(self._frame_time(self.clock() - began))
        self.steps += stepped
        self.frames += drawn
        busy = stepped or drawn or self._commands
        return Round(stepped, drawn, 0.0 if busy else self._wait())

    def _runs(self, seat: Seat[L], now: float) -> bool:
        """Whether the seat's run may step: playing, on screen, and somebody draws what it sends."""
        drawing = seat.credit > 0 or now - seat.heard < self.pace.patience
        return seat.playing and seat.visible and drawing and seat.stopped is None

    def _ready(self, now: float) -> list[Seat[L]]:
        """The seats that may step now, those that have had the least first."""
        for seat in self.seats:
            runs = self._runs(seat, now)
            if runs and not seat.active:  # whoever wakes has no claim on the time before
                seat.used = max(seat.used, self._virtual)
                seat.tick = _tick(seat, now) - 1
            seat.active = runs
        able = (seat for seat in self.seats if seat.active and self._allowance(seat, now) > 0)
        return sorted(able, key=lambda seat: seat.used)

    def _step(self) -> int:
        """Give one slice to the seats that have had the least, one a core; return the run-steps made.

        In a crowd slices are shorter, so that everyone moves between two of its pictures.
        """
        now = self.clock()
        if not self._may_step():
            return 0
        ready = self._ready(now)
        turn = ready[: self.cores]
        if not turn:
            return 0
        self._virtual = max(self._virtual, turn[0].used)
        slice_ = min(self.pace.slice, self._interval() * (1 - self._share()) * self.cores / len(ready))
        work = [(seat.run, self._count(seat, now, slice_)) for seat in turn]
        before = [run.step for run, _ in work]
        for seat, (_, count), took in zip(turn, work, self.advance(work), strict=True):
            if isinstance(took, Exception):
                self.fail(seat, took)
                continue
            seat.cost.note(took / count)
            seat.used += took
            seat.tick += count
            self._after(seat)
        return sum(run.step - start for (run, _), start in zip(work, before, strict=True))

    def _may_step(self) -> bool:
        """Whether the engine is ready; when it has come to be, everyone is shown so."""
        if not self.ready():
            self._waited = True
            return False
        if self._waited:
            self._waited = False
            for seat in self.seats:
                seat.refresh()
        return True

    def _count(self, seat: Seat[L], now: float, seconds: float) -> int:
        """Steps that fill a slice of so many seconds, as far as it is known what one takes."""
        fills = max(1, int(seconds / seat.cost.value)) if seat.cost.value else 1
        return min(fills, self._allowance(seat, now))

    def _allowance(self, seat: Seat[L], now: float) -> int:
        """Steps that the seat's cap lets it make now; a lag of more than a tenth of a second is forgotten."""
        if seat.cap is None:
            return 1_000_000
        owed = _tick(seat, now) - seat.tick
        most = max(1, int(seat.cap * 0.1))
        if owed > most:
            seat.tick += owed - most
        return min(owed, most)

    def _after(self, seat: Seat[L]) -> None:
        """Tell of a run that has stopped by itself."""
        if seat.stopped is not None and seat.playing:
            seat.playing, seat.changed = False, True
            seat.viewer.ended(None)

    def fail(self, seat: Seat[L], error: Exception) -> None:
        """Stop a seat whose run met a fault of the program; the others go on."""
        log.error("a run failed at step %s", seat.run.step, exc_info=error)
        seat.playing = False
        seat.broken = seat.viewer.ended(error)

    # --- pictures -------------------------------------------------------------------------------

    def _crowd(self) -> int:
        return sum(seat.active or seat.changed for seat in self.seats if seat.visible)

    def painted(self, seconds: float) -> None:
        """Take note of what one picture took in the thread that paints it."""
        self._paint_cost.note(seconds)

    def _frame_cost(self) -> float:
        """Seconds that one picture takes, in both threads together."""
        return (self._look_cost.value or 0.0) + (self._paint_cost.value or 0.0)

    def _share(self) -> float:
        """The share of a core that pictures may take now."""
        need = self._crowd() * self._frame_cost() / self.pace.slowest
        return min(self.pace.most, max(self.pace.share, need))

    def _interval(self) -> float:
        """Seconds between two pictures of one viewer, as many as there are now."""
        cost = self._frame_cost()
        return max(self.pace.quickest, cost / self.pace.lone, self._crowd() * cost / self._share())

    def _frame_time(self, stepping: float) -> float:
        """Seconds that this round's pictures may take, beside its slice of steps."""
        share = self._share()
        return max(self.pace.slice, stepping) * share / (1 - share)

    def _due(self, seat: Seat[L]) -> bool:
        return seat.visible and seat.credit > 0 and (seat.changed or seat.run.step != seat.shown)

    def _show(self, budget: float) -> int:
        """Make the pictures that are due, most overdue first, one at least and until ``budget`` is spent.

        Commands are run in between: thirty viewers acknowledge all the time, and none of them waits.
        """
        began = now = self.clock()
        interval = self._interval()
        drawn = 0
        for seat in sorted((s for s in self.seats if self._due(s) and s.due <= now), key=lambda seat: seat.due):
            if drawn and now - began >= budget:
                break
            if seat in self.seats and self._due(seat):
                self._show_one(seat, now, interval)
                drawn += 1
                self._look_cost.note(self.clock() - now)
            self._run_commands()
            now = self.clock()
        return drawn

    def _show_one(self, seat: Seat[L], now: float, interval: float) -> None:
        seat.due = max(seat.due + interval, now + interval / 2)
        seat.credit, seat.shown, seat.changed = seat.credit - 1, seat.run.step, False
        try:
            seat.viewer.show()
        except Exception as error:  # a renderer never raises: the run stops, the others go on
            self.fail(seat, error)

    def _wait(self) -> float | None:
        """Seconds until a capped run may step or a picture is due."""
        now = self.clock()
        running = (seat for seat in self.seats if self._runs(seat, now))
        steps = (now if seat.cap is None else (seat.tick + 1) / seat.cap for seat in running)
        pictures = (seat.due for seat in self.seats if self._due(seat))
        soonest = now + LOOK_AGAIN if self._waited else min(chain(steps, pictures), default=None)
        return None if soonest is None else max(0.001, soonest - now)

    # --- the thread -----------------------------------------------------------------------------

    def start(self, prepare: Callable[[], object] = lambda: None) -> None:
        """Start the one thread; it runs ``prepare`` first (warming up, threads of the libraries)."""
        self._commands.appendleft(prepare)
        self._thread = threading.Thread(target=self._loop, name="stepping", daemon=True)
        self._thread.start()

    def _loop(self) -> None:
        while not self._closed:
            self._wake.clear()
            wait = self.round().wait
            if wait != 0:
                self._wake.wait(wait)

    def close(self) -> None:
        """End the thread after its round."""
        self._closed = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=5)


def _tick(seat: Seat[L], now: float) -> int:
    """Number of the step that is due now on a clock that all seats of one cap share."""
    return 0 if seat.cap is None else math.floor(now * seat.cap)
