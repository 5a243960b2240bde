"""The one stepping thread: who steps next and for how long, and whose picture is due.

`Scheduler.round` is synchronous and knows neither threads nor mathematics: the clock, and what
advances and groups runs, are given to it, so that a test drives it with a fake clock.
`Scheduler.start` puts one thread around it. A round is

    commands (all that wait) -> one slice of steps (one cohort) -> pictures (the most overdue first)

with commands between the pictures too, so that a button waits for one slice or one picture at most.
Cohorts share the thread by weighted fair queueing: the time of a slice is charged to its runs in
equal parts, and the cohort whose runs have had the least goes next. Frames never queue: one is made
when its viewer can draw it.
"""

import logging
import math
import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import chain
from typing import Generic, TypeVar

from gan_playground.serving.seats import L, Mean, Pace, Round, Seat

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(slots=True)
class Scheduler(Generic[L]):
    """Deals the stepping thread's time out among seats; see the module's text.

    ``advance(runs, steps)`` steps runs of one cohort together; ``cohort(run)`` says who may share
    a step. Only `submit`, `ask`, `start` and `close` may be called from other threads.
    """

    advance: Callable[[Sequence[L], int], None]
    cohort: Callable[[L], Hashable]
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
    _step_cost: dict[Hashable, Mean] = field(default_factory=dict)
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

    def _groups(self, now: float) -> dict[Hashable, list[Seat[L]]]:
        """The seats that may step, those of one cohort and one cap together, in order of arrival."""
        groups: dict[Hashable, list[Seat[L]]] = {}
        for seat in self.seats:
            runs = self._runs(seat, now)
            if runs and not seat.active:  # whoever wakes has no claim on the time before
                seat.used = max(seat.used, self._virtual)
                seat.tick = _tick(seat, now) - 1
            seat.active = runs
            if runs:
                groups.setdefault((self.cohort(seat.run), seat.cap), []).append(seat)
        return groups

    def _step(self) -> int:
        """Give one slice to the group that has had the least; return the run-steps made."""
        now = self.clock()
        able = {key: [s for s in group if self._allowance(s, now) > 0] for key, group in self._groups(now).items()}
        ready = {key: group for key, group in able.items() if group}
        if not ready:
            return 0
        key, group = min(ready.items(), key=lambda item: _mean_used(item[1]))
        self._virtual = max(self._virtual, _mean_used(group))
        cost = self._cost_of(key)
        count = 1 if not cost.value else max(1, int(self.pace.slice / cost.value))
        count = min(count, *(self._allowance(seat, now) for seat in group))
        began = self.clock()
        made = self._advance(group, count)
        took = self.clock() - began
        cost.note(took / count)
        for seat in group:
            seat.used += took / len(group)
            seat.tick += count
            self._after(seat)
        return made

    def _cost_of(self, key: Hashable) -> Mean:
        """Seconds one step of this group takes, as far as it is known; forgotten when shapes pile up."""
        if len(self._step_cost) > 256:
            self._step_cost.clear()
        return self._step_cost.setdefault(key, Mean())

    def _allowance(self, seat: Seat[L], now: float) -> int:
        """Steps that the seat's cap lets it make now; a lag of more than a tenth of a second is forgotten."""
        if seat.cap is None:
            return 1_000_000
        owed = _tick(seat, now) - seat.tick
        most = max(1, int(seat.cap * 0.1))
        if owed > most:
            seat.tick += owed - most
        return min(owed, most)

    def _advance(self, group: Sequence[Seat[L]], count: int) -> int:
        """Step a group together; where that fails, each run alone, so that only the culprit stops."""
        try:
            self.advance([seat.run for seat in group], count)
        except Exception as error:
            if len(group) == 1:
                self.fail(group[0], error)
                return 0
            return sum(self._advance([seat], 1) for seat in group)
        return count * len(group)

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
        soonest = min(chain(steps, pictures), default=None)
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
    """Number of the step that is due now on a clock all seats of one cap share, so that they step together."""
    return 0 if seat.cap is None else math.floor(now * seat.cap)


def _mean_used(group: Sequence[Seat[L]]) -> float:
    return sum(seat.used for seat in group) / len(group)
