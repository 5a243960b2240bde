"""An f-divergence between two known densities in the plane, on a grid."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from gan_playground.theory.divergences import Divergence
from gan_playground.theory.exact import Exact
from gan_playground.words import Note

Array = NDArray[np.float64]
LogDensity = Callable[[Array], Array]
"""log p at points: [..., 2] -> [...], -inf where p = 0."""
Window = tuple[tuple[float, float], tuple[float, float]]
"""(lo, hi) of each axis."""


def divergence_on_grid(
    divergence: Divergence, log_p: LogDensity, log_q: LogDensity, window: Window, grid: int = 256
) -> Exact:
    """Return D_f(P||Q) between two known densities in the plane, by the midpoint rule on ``window``.

    ``error`` compares with half the grid, and counts the mass of either law that the grid does not see. Infinite
    where one law has mass on which the other's density is 0 and the divergence does not forgive it.
    """
    fine, coarse = (_GridSums.of(divergence, log_p, log_q, window, side) for side in (grid, grid // 2))
    if divergence.growth.at_infinity == inf and fine.missed > 0.0:
        return Exact(inf, inf, 0.0, Note("notes.of_missed", {"share": fine.missed}))
    if divergence.growth.at_zero == inf and fine.strayed > 0.0:
        return Exact(inf, inf, 0.0, Note("notes.of_strayed", {"share": fine.strayed}))
    found = Exact.compared(fine.value(divergence), coarse.value(divergence))
    return Exact(found.value, found.log_value, found.error + fine.unseen)


@dataclass(frozen=True, slots=True)
class _GridSums:
    """Sums over a grid: of q excess(p/q); P's mass where q = 0; Q's where p = 0; and the mass that is not seen."""

    excess: float
    missed: float
    strayed: float
    unseen: float

    @classmethod
    def of(cls, divergence: Divergence, log_p: LogDensity, log_q: LogDensity, window: Window, side: int) -> "_GridSums":
        axes = [lo + (np.arange(side) + 0.5) * ((hi - lo) / side) for lo, hi in window]
        points: Array = np.stack(np.meshgrid(*axes), axis=-1).astype(np.float64)
        cell = (window[0][1] - window[0][0]) * (window[1][1] - window[1][0]) / side**2
        real, fake = log_p(points).ravel(), log_q(points).ravel()
        p, q, drawn = np.exp(real) * cell, np.exp(fake) * cell, fake > -inf
        return cls(
            excess=float(np.exp(fake[drawn] + divergence.log_excess(real[drawn] - fake[drawn])).sum()) * cell,
            missed=float(p[~drawn].sum()),
            strayed=float(q[np.isneginf(real)].sum()),
            unseen=max(abs(1.0 - float(law.sum())) for law in (p, q)),
        )

    def value(self, divergence: Divergence) -> float:
        """Return the divergence that the sums make."""
        beyond = self.missed * divergence.growth.at_infinity if self.missed > 0.0 else 0.0
        return divergence.at_one + self.excess + beyond
