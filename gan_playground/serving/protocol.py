"""What a browser may say on the socket: JSON text of 4,096 bytes at most -> one command."""

import json
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from gan_playground.parsing import Choice, Flag, Real, quoted, shown
from gan_playground.serving.messages import Player
from gan_playground.words import LANGUAGES, Refusal

MAX_BYTES: Final = 4096


@dataclass(frozen=True, slots=True)
class Hello:
    """The greeting: the page's query string, the tab's token (empty for a new one) and language."""

    query: str
    token: str
    lang: str


@dataclass(frozen=True, slots=True)
class Ack:
    """A frame has been drawn."""


@dataclass(frozen=True, slots=True)
class Play:
    """Go on stepping."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop stepping; the run stays where it is."""


@dataclass(frozen=True, slots=True)
class Reset:
    """Begin again at step 0; ``new_seed`` with another seed."""

    new_seed: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One update of one player, or of both."""

    player: Player


@dataclass(frozen=True, slots=True)
class Set:
    """New values for knobs, not parsed yet."""

    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class Speed:
    """At most so many steps a second; None for as many as there are."""

    cap: float | None


@dataclass(frozen=True, slots=True)
class Hidden:
    """The page went out of sight, or came back: the run is parked meanwhile, and put away in the end."""

    hidden: bool


@dataclass(frozen=True, slots=True)
class Rest:
    """The picture alone is out of sight, behind another tab of the page: the run costs nothing, and stays."""

    rest: bool


Command = Play | Pause | Reset | Step | Set | Speed
Message = Hello | Ack | Hidden | Rest | Command

_EXAMPLE: Final = '{"do": "play"}'
GREETING: Final = '{"hello": {"query": "", "token": "", "lang": "en"}}'
_SETTING: Final = '{"set": {"critic_rate": 0.001}}'
COMMANDS: Final = "hello, do, set, speed, hidden, rest"
_BUTTONS: Final[dict[str, Command]] = {
    "play": Play(),
    "pause": Pause(),
    "reset": Reset(),
    "new-seed": Reset(new_seed=True),
}
DECLARED: Final = {
    "do": Choice((*_BUTTONS, "step"), "protocol.no_command"),
    "player": Choice(("critic", "generator", "both"), "protocol.no_command"),
    "speed": Real(0.1, 1000.0, says="protocol.bad_speed"),
    "hidden": Flag("protocol.no_command"),
    "rest": Flag("protocol.no_command"),
}
"""The fields of messages, but for the greeting and the knobs; ``speed`` is the cap on steps a second, or full."""


def parse(text: str) -> Message:
    """Return the message that ``text`` says.

    Raises:
        Refusal: too long, no JSON object (NaN and Infinity are not JSON), or no command.

    """
    if text == "a":
        return Ack()
    length = len(text.encode(errors="surrogatepass"))
    if length > MAX_BYTES:
        raise Refusal("protocol.too_long", length=length, limit=MAX_BYTES)
    try:
        value = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise Refusal("protocol.not_json", value=shown(text), example=_EXAMPLE)
    match value:
        case {"hello": body, **rest} if not rest:
            return _hello(body)
        case {"do": "step", **rest} if rest.keys() <= {"player"}:
            return Step(_declared("player", rest.get("player", "both")))
        case {"do": name, **rest} if not rest:
            return _BUTTONS[_declared("do", name)]
        case {"set": body, **rest} if not rest:
            return _set(body)
        case {"speed": body, **rest} if not rest:
            return Speed(None if body == "full" else _declared("speed", body))
        case {"hidden": hidden, **rest} if not rest:
            return Hidden(_declared("hidden", hidden))
        case {"rest": rest, **others} if not others:
            return Rest(_declared("rest", rest))
    raise Refusal("protocol.no_command", value=quoted(text), names=COMMANDS)


def _declared(key: str, value: object) -> Any:
    return DECLARED[key].parse(key, value, literal=True)


def _hello(body: object) -> Hello:
    match body:
        case {"query": str() as query, "token": str() as token, "lang": str() as lang}:
            return Hello(query, token, lang if lang in LANGUAGES else LANGUAGES[0])
    raise Refusal("protocol.hello_first", example=GREETING)


def _set(values: object) -> Set:
    if not isinstance(values, dict) or not values:
        raise Refusal("protocol.not_a_mapping", value=shown(values), example=_SETTING)
    return Set(values)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
