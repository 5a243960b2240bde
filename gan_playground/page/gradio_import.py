"""Gradio, imported in half the time.

At every import Gradio parses the source of each of its components to rewrite their type stubs, which
takes longer than all the rest. It leaves out a class whose file can't be found, and while it is
being imported here, that is said of each of its components.
"""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def _without_stubs() -> Iterator[None]:
    getfile = inspect.getfile

    def no_component(described: Any) -> str:
        if type(described).__name__ == "ComponentMeta":
            raise OSError("its stub may stay as it is")
        return getfile(described)

    inspect.getfile = no_component
    try:
        yield
    finally:
        inspect.getfile = getfile


with _without_stubs():
    import gradio as gradio
    from gradio.events import api as api
    from gradio.themes import Base as Base
    from gradio.themes.utils.fonts import LocalFont as LocalFont
