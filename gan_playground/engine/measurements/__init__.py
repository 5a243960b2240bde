"""Looking at a run: lanes go in, frames come out, and the run does not notice.

`look` takes from a lane what `frame` makes a picture of, in any thread; `observe` does both at once.
`measure` is what a lane asks at fixed steps for the quick columns of its history. What takes longer
has three parts, of which only the second is slow and may run elsewhere: `still` copies a lane's
networks, `survey` measures the copy, `keep` files the result.
"""

from gan_playground.engine.measurements.history_rows import create, measure
from gan_playground.engine.measurements.look import Look, frame, look, observe
from gan_playground.engine.measurements.narrator import narrate
from gan_playground.engine.measurements.slow_metrics import Finding, keep, survey
from gan_playground.engine.snapshot import Still, still

__all__ = [
    "Finding",
    "Look",
    "Still",
    "create",
    "frame",
    "keep",
    "look",
    "measure",
    "narrate",
    "observe",
    "still",
    "survey",
]
