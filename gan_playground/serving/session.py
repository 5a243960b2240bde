"""One visitor's session: what the buttons do to a run, carried out by the stepping thread.

The run keeps the experiment as a link tells it: the knobs at step 0 and the live changes with their
steps, those a link had to come included. Everything here is called by the scheduler's thread;
`Session.post` alone may be called from another.
"""

import random
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Protocol, TypeVar

from gan_playground.serving import protocol
from gan_playground.serving.messages import Player, Refused, SentState, Status
from gan_playground.serving.scheduler import Scheduler
from gan_playground.serving.seats import CREDITS, Seat, Steppable
from gan_playground.serving.slow_metrics import SlowMetricsTask
from gan_playground.settings import KNOBS, MAX_CHANGES, MAX_QUERY, Settings, warnings
from gan_playground.words import Note, Refusal, unsaid


class Changeable(Steppable, Protocol):
    """What a session asks of its run besides."""

    @property
    def settings(self) -> Settings:
        """The experiment: knobs at step 0 and every live change, made and to come."""
        ...

    @property
    def now(self) -> Settings:
        """The knobs in force."""
        ...

    def change(self, key: str, value: object) -> None:
        """Give a live knob a value from this step on."""
        ...


L = TypeVar("L", bound=Changeable)


@dataclass(frozen=True, slots=True)
class Engine(Generic[L]):
    """What a session asks of the engine, as functions: the real one is bound at the door, a test's is small.

    ``create(settings)`` makes a run at step 0; ``advance`` and ``cores`` are the scheduler's;
    ``update(run, player)`` makes one update; ``look(run, fresh)`` takes, quickly, what a picture is made of; of a
    run that moves on, ``fresh`` is not asked for; ``paint(viewer, life, look)`` returns the picture's bytes for one
    viewer and what they cost, in seconds of a core: slow, and called by another thread than the others;
    ``prepare()`` is called once, by the thread that will call the others; no run steps before ``ready()``.
    ``slow_metrics`` is what is too slow
    for a picture.
    """

    create: Callable[[Settings], L]
    advance: Callable[[Sequence[tuple[L, int]]], Sequence[float | Exception]]
    update: Callable[[L, Player], None]
    look: Callable[[L, bool], Any]
    paint: Callable[[str, int, Any], tuple[bytes, float]]
    cores: int = 1
    ready: Callable[[], bool] = lambda: True
    prepare: Callable[[], object] = lambda: None
    slow_metrics: SlowMetricsTask[L] | None = None


@dataclass(frozen=True, slots=True)
class State:
    """What a session tells its visitor after a command: see `message`."""

    settings: Settings
    query: str
    status: Status
    speed: float | None
    step: int
    restarts: bool
    replays: bool
    ready: bool
    stopped: Note | None

    def message(self) -> SentState:
        """The state as JSON: knobs in force, the link, status, speed, step, and sentences as they travel."""
        return {
            "settings": {knob.key: value for knob, value in self.settings.items()},
            "query": self.query,
            "status": self.status,
            "speed": "full" if self.speed is None else self.speed,
            "step": self.step,
            "restarts": self.restarts,
            "stopped": unsaid(self.stopped),
            "warnings": [unsaid(Note(key)) for key in self._warnings()],
        }

    def _warnings(self) -> tuple[str, ...]:
        unready = () if self.ready else ("notes.compiling",)
        return unready + warnings(self.settings) + (() if self.replays else ("notes.link_does_not_replay",))


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture is made of, and the session it belongs to: ``life`` counts the beginnings of a session."""

    look: Any
    life: int


Told = State | Refusal | Picture
"""What a session hands to its visitor."""


@dataclass(eq=False, slots=True, kw_only=True)
class Session(Generic[L]):
    """One visitor's session on the scheduler; ``tell`` hears its states, refusals and pictures.

    It has a seat from the first `welcome` on; ``life`` counts its beginnings.
    """

    engine: Engine[L]
    scheduler: Scheduler[L]
    tell: Callable[[Told], None] = lambda _: None
    life: int = 0
    seat: Seat[L] = field(init=False)
    _told: Settings | None = None
    _told_ready: bool = True
    _by_hand: bool = False
    _off_the_link: bool = False
    _inbox: list[protocol.Command] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    # --- the way in -----------------------------------------------------------------------------

    def post(self, command: protocol.Command) -> None:
        """Have ``command`` carried out before the next slice; what has piled up is carried out as one."""
        with self._lock:
            self._inbox.append(command)
            if len(self._inbox) > 1:
                return
        self.scheduler.submit(self._carry_out_all)

    def welcome(self, wanted: Settings, tell: Callable[[Told], None]) -> None:
        """Show the session to a viewer that has seen nothing; begin it where it is new or ``wanted`` is another.

        A link that equals the session's own comes back to the session as it stands.
        """
        self.tell = tell
        try:
            if not self.life or wanted.query() != self.state().query:
                self._begin(wanted)
                self.seat.playing = False
        except Exception as error:
            tell(Refusal("session.fault", step=0, kind=type(error).__name__))
            raise
        self.seat.visible, self.seat.credit = True, CREDITS
        self.seat.refresh()
        tell(self.state())

    def close(self) -> None:
        """Give the seat up and forget the run."""
        if self.life:
            self.scheduler.seats.pop(self.seat, None)

    def show_to(self, visible: bool) -> None:
        """Rest while nobody looks; come back with a picture at once."""
        if self.life:
            if visible and not self.seat.visible:
                self.seat.refresh()
            self.seat.visible = visible

    def acknowledge(self) -> None:
        """Note that the viewer has drawn a picture."""
        if self.life:
            self.seat.acknowledge(self.scheduler.clock())

    def refund(self) -> None:
        """Give back the credit of a picture that was never sent."""
        if self.life:
            self.seat.credit += 1

    # --- commands -------------------------------------------------------------------------------

    def _carry_out_all(self) -> None:
        with self._lock:
            commands, self._inbox = self._inbox if self.life else [], []
        for kind, group in _runs_of(commands):
            try:
                restarts = self._set(group) if kind is protocol.Set else self._carry_out(group[-1])
                if restarts is not None:
                    self.tell(self.state(restarts=restarts))
            except Refusal as refusal:
                self.tell(refusal)
            except Exception as error:
                self.scheduler.fail(self.seat, error)

    def _carry_out(self, command: protocol.Command) -> bool:
        """Carry out one command; return whether the session began again."""
        match command:
            case protocol.Play():
                self._go_on()
                self.seat.playing = True
            case protocol.Pause():
                self.seat.playing = False
            case protocol.Step(player):
                self._go_on()
                if not self.engine.ready():
                    raise Refusal("notes.compiling")
                self.seat.playing = False
                self.engine.update(self.seat.run, player)
                self._off_the_link |= player != "both"
            case protocol.Speed(cap):
                self.seat.limit(cap)
                return False
            case protocol.Reset(new_seed):
                start = self._again()
                self._begin(replace(start, seed=_another(start.seed)) if new_seed else start)
                return True
        self.seat.refresh()
        return False

    def _go_on(self) -> None:
        if self.seat.stopped is not None:
            raise Refusal("session.stopped")

    def _set(self, commands: Iterable[protocol.Command]) -> bool | None:
        """Set knobs: live ones at once, those that restart once for all the commands together.

        Returns whether the session began again, or None where every command was refused.
        """
        was = wanted = self.in_force
        accepted = False
        for command in commands:
            assert isinstance(command, protocol.Set)
            try:
                wanted, accepted = Settings.parse(command.values, base=wanted), True
            except Refusal as refusal:
                self.tell(refusal)
        if not accepted:
            return None
        changed = {knob.key: value for knob, value in wanted.items() if value != getattr(was, knob.key)}
        if any(KNOBS[key].restarts for key in changed):
            self._begin(wanted)
            return True
        for key, value in changed.items():
            self.seat.run.change(key, value)
            self._by_hand = True
        self.seat.refresh()
        return False

    def _again(self) -> Settings:
        """Where Reset begins: the same link while no hand has changed it, else the knobs as they stand."""
        return self.in_force if self._by_hand else self.seat.run.settings

    def _begin(self, settings: Settings) -> None:
        """Begin again at step 0, playing if it played."""
        run = self.engine.create(settings)
        if self.life:
            self.seat.run, self.seat.broken, self.seat.shown, self.seat.active = run, None, -1, False
        else:
            self.seat = Seat(run=run, viewer=self)
            self.scheduler.seats[self.seat] = None
        self.life += 1
        self._by_hand = self._off_the_link = False
        self.seat.refresh()

    # --- what the scheduler asks ----------------------------------------------------------------

    def show(self) -> None:
        """Take a look and hand it on; before it, the knobs where a link's change has come into force."""
        if self.in_force != self._told or self.engine.ready() != self._told_ready:
            self.tell(self.state())
        self.tell(Picture(self.engine.look(self.seat.run, not self.seat.playing), self.life))

    def ended(self, error: Exception | None) -> Note | None:
        """Tell the visitor that the session has stopped, and why where the program is at fault."""
        note = None
        if error is not None:
            note = Note("session.fault", {"step": self.seat.run.step, "kind": type(error).__name__})
        self.tell(self.state(stopped=note))
        return note

    # --- what is told ---------------------------------------------------------------------------

    @property
    def in_force(self) -> Settings:
        """The knobs as they stand, without a list of changes."""
        return replace(self.seat.run.now, changes=())

    def state(self, *, restarts: bool = False, stopped: Note | None = None) -> State:
        """What is told after a command.

        ``replays`` is False where the changes are too many for a link, or where a player was moved alone, which no
        link tells.
        """
        link, self._told, self._told_ready = self.seat.run.settings, self.in_force, self.engine.ready()
        query = link.query()
        fits = len(link.changes) <= MAX_CHANGES and len(query) <= MAX_QUERY
        why = stopped if stopped is not None else self.seat.stopped
        status: Status = "stopped" if why is not None else "running" if self.seat.playing else "paused"
        return State(
            settings=self._told,
            query=query if fits else self._told.query(),
            status=status,
            speed=self.seat.cap,
            step=self.seat.run.step,
            restarts=restarts,
            replays=fits and not self._off_the_link,
            ready=self._told_ready,
            stopped=why if isinstance(why, Note) else None,
        )


def refused(refusal: Refusal) -> Refused:
    """What a visitor is told of a refusal."""
    return {**unsaid(refusal), "knob": refusal.knob}


def _another(seed: int) -> int:
    """A seed other than ``seed``, short enough to be read aloud."""
    return next(drawn for drawn in iter(lambda: random.randrange(100_000), None) if drawn != seed)


def _runs_of(commands: Iterable[protocol.Command]) -> list[tuple[type, list[protocol.Command]]]:
    """Split commands into stretches of settings and single others, in order."""
    stretches: list[tuple[type, list[protocol.Command]]] = []
    for command in commands:
        if stretches and stretches[-1][0] is protocol.Set and isinstance(command, protocol.Set):
            stretches[-1][1].append(command)
        else:
            stretches.append((type(command), [command]))
    return stretches
