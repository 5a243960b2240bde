"""What is remembered about a run between looks: the things that are slow to measure, or must not flicker.

Memories stand beside the runs, never in them, and go when they go.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

import numpy as np

from gan_playground.engine.history import COLUMNS
from gan_playground.engine.measurements.landscape import Landscape
from gan_playground.engine.run import Run
from gan_playground.frames import Floats, Modes, Reading, Transport


@dataclass(slots=True)
class Memory:
    """One run's: slow readings in order of steps, the colour map's reach, and the history as columns.

    ``bound_then`` is the critic's bound at the step of the last transport, and ``truth_of`` the objective that
    its divergence belongs to; ``reach`` belongs to the objective ``reach_of``; ``readings`` are the last of
    a picture, with the updates of both players they were made at.
    """

    transports: list[Transport] = field(default_factory=list)
    modes: list[Modes] = field(default_factory=list)
    bound_then: Reading | None = None
    truth_of: str = ""
    density: Floats | None = None
    landscape: Landscape | None = None
    reach: float | None = None
    reach_of: str = ""
    readings: tuple[tuple[int, int, str], Reading, Reading] | None = None
    columns: Mapping[str, Floats] = field(default_factory=lambda: {name: np.empty(0) for name in COLUMNS})
    stride: int = 1

    def history(self, run: Run) -> Mapping[str, Floats]:
        """Return the run's history as columns, adding what is new since the last look."""
        if run.history.stride != self.stride:
            self.columns, self.stride = run.history.columns(), run.history.stride
        else:
            last = self.columns["step"][-1] if len(self.columns["step"]) else -1
            new = run.history.columns(int(last))
            if len(new["step"]):
                self.columns = {name: np.concatenate((self.columns[name], new[name])) for name in COLUMNS}
        return self.columns


_MEMORIES: WeakKeyDictionary[Run, Memory] = WeakKeyDictionary()


def memory(run: Run) -> Memory:
    """Return what is remembered about ``run``."""
    return _MEMORIES.setdefault(run, Memory())
