"""Looking at a run: lanes go in, frames come out, and the run does not notice.

`look` takes from a lane what `frame` makes a picture of, in any thread; `observe` does both at once.
`measure` is what a lane asks at fixed steps for the quick columns of its history. What takes longer
has three parts, of which only the second is slow and may run elsewhere: `still` copies a lane's
networks, `survey` measures the copy, `keep` files the result.
"""

from gan_playground.observe.frame import Look, frame, look, observe
from gan_playground.observe.measuring import create, measure
from gan_playground.observe.narrator import narrate
from gan_playground.observe.still import Still, still
from gan_playground.observe.surveying import Finding, keep, survey

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
