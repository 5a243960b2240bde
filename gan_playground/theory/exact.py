"""What an exact distance says: its value, how sure it is, and why it is infinite."""

from dataclasses import dataclass
from math import inf, isinf, log

from gan_playground.words import Note


@dataclass(frozen=True, slots=True)
class Exact:
    """A distance: its value, its logarithm (for values beyond float64), and an estimate of its relative error.

    The error of the logarithm itself where the value is beyond float64: the same thing, where it is small.

    ``reason`` says why the distance is infinite, and is None where it is finite: a finite value beyond float64 has
    value inf, a finite log_value and no reason.
    """

    value: float
    log_value: float
    error: float
    reason: Note | None = None

    @property
    def infinite(self) -> bool:
        """Tell whether the distance itself, not only its float64, is infinite."""
        return self.reason is not None

    def __str__(self) -> str:
        """The value to 7 digits; ``inf``, or ``exp(1225.0)`` for a finite value beyond float64."""
        if self.infinite:
            return "inf"
        if not isinf(self.value):
            return f"{self.value:.7g}"
        return f"exp({self.log_value:.1f})" if self.log_value < 1e6 else f"exp({self.log_value:.7g})"

    @classmethod
    def compared(cls, fine: float, coarse: float) -> "Exact":
        """Return the finer of two values, with its relative distance from the coarser one as the error."""
        error = abs(fine - coarse) / abs(fine) if fine != 0.0 else abs(coarse)
        return cls(fine, log(fine) if fine > 0.0 else -inf, error)
