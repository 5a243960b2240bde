"""What a run leaves behind it: losses, gradient norms and yardsticks at steps that do not depend on who looks."""

from collections.abc import Mapping
from math import nan
from typing import Final

import numpy as np
from numpy.typing import NDArray

COLUMNS: Final = (
    "step",
    "critic_loss",
    "generator_loss",
    "critic_gradient",
    "generator_gradient",
    "bound",
    "exact",
    "mu",
    "sigma",
)
LIMIT: Final = 2000
"""Rows kept: where they would be more, every other row goes and the stride doubles."""


class HistoryRecorder:
    """Rows at every multiple of ``stride``, nan where a number is unknown."""

    def __init__(self) -> None:
        self.stride = 1
        self._rows: list[list[float]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def due(self, step: int) -> bool:
        """Whether this step leaves a row."""
        return step % self.stride == 0

    def add(self, values: Mapping[str, float]) -> None:
        """Add a row; its step must be due and later than the last."""
        self._rows.append([values.get(name, nan) for name in COLUMNS])
        if len(self._rows) > LIMIT:
            self.stride *= 2
            self._rows = [row for row in self._rows if row[0] % self.stride == 0]

    def columns(self, since: int = -1) -> dict[str, NDArray[np.float64]]:
        """The rows later than step ``since``, by column, each float64 ``[rows]``."""
        first = len(self._rows)
        while first and self._rows[first - 1][0] > since:
            first -= 1
        table = np.array(self._rows[first:], dtype=np.float64).reshape(-1, len(COLUMNS))
        return dict(zip(COLUMNS, table.T.copy(), strict=True))
