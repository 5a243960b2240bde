"""Compiles the updates for this machine and keeps them: ``python -m gan_playground.engine.compile_updates``.

A server does so beside its first visitors; an image that is built once for many machines of one kind may do it before.
"""

from collections.abc import Callable
from typing import Final

from gan_playground.engine.engine import advance, create
from gan_playground.settings import Settings

ORDER: Final = ("alternating", "single-step")
"""The ways of updating, those that runs begin with first."""


def compile_updates(done: Callable[[], object] = lambda: None) -> None:
    """Have the updates compiled, which takes a moment where they were kept; ``done`` hears of each way in `ORDER`."""
    for update in ORDER:
        advance([create(Settings(update=update), "cpu")], 1)
        done()


if __name__ == "__main__":
    compile_updates()
