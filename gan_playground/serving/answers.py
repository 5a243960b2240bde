"""How a request of the page's scripts is answered: its fields declared by a function's own annotations.

What cannot be done is answered by the sentence that says so, under ``refused``: its key and its values.
"""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final, get_type_hints

from gan_playground.parsing import Request
from gan_playground.words import Refusal, unsaid

Answer = dict[str, Any]


class Answered:
    """A function of declared fields, ``name: Annotated[type, domain]``, that answers requests: mappings of those."""

    def __init__(self, answer: Callable[..., Answer], alone: AbstractContextManager[Any]) -> None:
        hints = get_type_hints(answer, include_extras=True)
        self.request = Request({key: hint.__metadata__[0] for key, hint in hints.items() if key != "return"})
        self.__name__, self.__doc__ = answer.__name__, answer.__doc__
        self._answer, self._alone = answer, alone

    def __call__(self, request: object) -> Answer:
        """Return the answer, or the refusal."""
        try:
            with self._alone:
                return self._answer(**self.request.parse(request))
        except Refusal as refusal:
            return refused(refusal)


def refused(refusal: Refusal) -> Answer:
    """Return a refusal as a page reads it."""
    return {"refused": unsaid(refusal)}


def answered(answer: Callable[..., Answer]) -> Answered:
    """Let a function answer requests, in its own time."""
    return Answered(answer, nullcontext())


def answered_alone(answer: Callable[..., Answer]) -> Answered:
    """Let a function answer requests, one of all at a time: a crowd must not share two cores between fifty passes."""
    return Answered(answer, _ONE_AT_A_TIME)


_ONE_AT_A_TIME: Final = threading.Lock()
