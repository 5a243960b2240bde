"""Looking at a run: lanes go in, frames come out, and the run does not notice.

`observe` makes a picture of a lane. `measure` is what a lane asks at fixed steps for the quick columns
of its history. What takes longer has three parts, of which only the second is slow and may run in
another thread: `still` copies a lane's networks, `survey` measures the copy, `keep` files the result.
"""

from gan_playground.observe.frame import observe
from gan_playground.observe.measuring import create, measure
from gan_playground.observe.narrator import narrate
from gan_playground.observe.still import Still, still
from gan_playground.observe.surveying import Finding, keep, survey

__all__ = ["Finding", "Still", "create", "keep", "measure", "narrate", "observe", "still", "survey"]
