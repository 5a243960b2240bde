"""What is said on the socket, both ways, as JSON: the shapes that the page's scripts are checked against."""

from typing import Annotated, Literal, NotRequired, TypedDict

from gan_playground.knobs import Value
from gan_playground.words import Sentence

Status = Literal["paused", "running", "stopped"]
Player = Literal["critic", "generator", "both"]
Button = Literal["play", "pause", "reset", "new-seed"]


# --- from the server -----------------------------------------------------------------------------


class SentState(TypedDict):
    """A run after a command: knobs in force, the link that tells it, and what there is to say of it."""

    settings: Annotated[dict[str, Value], "Settings"]
    query: str
    status: Status
    speed: float | Literal["full"]
    step: int
    restarts: bool
    stopped: Sentence | None
    warnings: list[Sentence]


class Welcome(SentState):
    """The first state, with the token that brings this run back."""

    token: str


class Refused(Sentence):
    """Why something was not accepted, and the knob at fault or nothing."""

    knob: str


class Place(TypedDict):
    """A place in the line for a seat; 0 where one is being prepared."""

    place: int


class FromServer(TypedDict, total=False):
    """One message: exactly one of these."""

    welcome: Welcome
    state: SentState
    refused: Refused
    line: Place
    bye: Sentence


# --- from the browser ----------------------------------------------------------------------------


class Introduction(TypedDict):
    """The page's query string, the tab's token (empty for a new one) and language."""

    query: str
    token: str
    lang: str


class Greeting(TypedDict):
    """The first message."""

    hello: Introduction


class Press(TypedDict):
    """A button."""

    do: Button


class PressStep(TypedDict):
    """One update of one player, or of both."""

    do: Literal["step"]
    player: NotRequired[Player]


class Turn(TypedDict):
    """New values of knobs."""

    set: Annotated[dict[str, Value], "Partial<Settings>"]


class Cap(TypedDict):
    """At most so many steps a second."""

    speed: float | Literal["full"]


class Sight(TypedDict):
    """The page went out of sight, or came back."""

    hidden: bool


class Resting(TypedDict):
    """Another tab of the page is in front, or no more."""

    rest: bool


FromBrowser = Literal["a"] | Greeting | Press | PressStep | Turn | Cap | Sight | Resting
"""One message; "a" says that a frame has been drawn."""
