"""Looking at a run: runs go in, frames come out, and the run does not notice.

`look` takes from a run what `frame` makes a picture of, in any thread; `observe` does both at once.
`measure` is what a run asks at fixed steps for the quick columns of its history. What takes longer
has three parts, of which only the second is slow and may run elsewhere: `snapshot` copies a run's
networks, `slow_metrics` measures the copy, `keep` files the result.
"""

from gan_playground.engine.measurements.history_rows import create, measure
from gan_playground.engine.measurements.look import Look, frame, look, observe
from gan_playground.engine.measurements.narrator import narrate
from gan_playground.engine.measurements.slow_metrics import SlowMetrics, keep, slow_metrics
from gan_playground.engine.snapshot import Snapshot, snapshot

__all__ = [
    "Look",
    "SlowMetrics",
    "Snapshot",
    "create",
    "frame",
    "keep",
    "look",
    "measure",
    "narrate",
    "observe",
    "slow_metrics",
    "snapshot",
]
