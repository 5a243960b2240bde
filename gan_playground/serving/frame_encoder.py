"""From a look at a run to the bytes of a picture, as one call that another process can make.

Painting is many small operations, and so is stepping: in one process they would take the interpreter's lock from each
other a thousand times a second.
"""

import time
from collections import OrderedDict
from typing import Final

from gan_playground.engine.measurements.look import Look, frame
from gan_playground.serving.frame_codec import Cursor, pack

MOST: Final = 512
"""Viewers whose cursors are remembered; one that is forgotten is sent a whole picture."""

_CURSORS: OrderedDict[str, tuple[int, Cursor]] = OrderedDict()


def paint(viewer: str, life: int, look: Look) -> tuple[bytes, float]:
    """Return the message with everything that ``viewer`` has not been sent of this ``life`` of the run, and its cost.

    The cost is in seconds of a core. What is returned must be sent: the next message builds on it.
    """
    began = time.thread_time()
    known, cursor = _CURSORS.pop(viewer, (life, Cursor()))
    if known != life:
        cursor = Cursor()
    packed = pack(frame(look), cursor)
    _CURSORS[viewer] = life, cursor
    if len(_CURSORS) > MOST:
        _CURSORS.popitem(last=False)
    return packed, time.thread_time() - began
