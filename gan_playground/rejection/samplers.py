"""Four samplers over one ratio: what each makes of a burn-in, and how each draws."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gan_playground.parsing import Choice
from gan_playground.rejection.bars import PERCENTILE, BurnIn, Cap
from gan_playground.rejection.budgets import BUDGET, Moves, budget
from gan_playground.rejection.chains import LENGTH, run_chains
from gan_playground.rejection.ratio import Floats

Samples = NDArray[Any]
Propose = Callable[[int], tuple[Samples, Floats]]
"""Fresh samples of the generator: n -> (samples ``[n, ...]``, their log-ratios ``[n]``)."""

BLOCK: Final = 2048
"""Proposals at a time."""

MOST: Final = 1_000_000
"""Proposals after which a sampler stops, however few it has kept."""


class Rule(Protocol):
    """From log-ratio to chance, frozen."""

    @property
    def maximum(self) -> float:
        """M."""
        ...

    def chance(self, log_ratio: ArrayLike) -> Floats:
        """Return the chance of being kept, ``[...] -> [...]``."""
        ...

    def capped(self, log_ratio: ArrayLike) -> int:
        """Return how many log-ratios lie above M."""
        ...


@dataclass(frozen=True, slots=True)
class Options:
    """What the samplers can be told: DRS its ``percentile``, OBRS its ``budget`` 1/K, MH its chains' ``length``.

    ``cap`` is what M is. Under "max" a long run raises M when it meets a larger log-ratio; a percentile stays.
    """

    percentile: float = PERCENTILE
    budget: float = BUDGET
    length: int = LENGTH
    cap: Cap = "max"


USUAL: Final = Options()
"""Each sampler as it is where nothing is said."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """What a sampler drew: ``samples`` ``[n, ...]`` with ``log_ratio`` ``[n]``, out of ``proposed`` proposals.

    ``first`` and ``last`` are the rules it began and ended with: they differ where M was ``raised`` on the way (so
    many times). ``capped`` proposals lay above M and counted as M. ``complete`` is False where `MOST` proposals did
    not give as many samples as were asked for. ``restarted`` counts chains that never left their real sample.
    """

    samples: Samples
    log_ratio: Floats
    proposed: int
    first: Rule
    last: Rule
    raised: int = 0
    capped: int = 0
    complete: bool = True
    restarted: int = 0

    @property
    def rate(self) -> float:
        """Samples for one proposal."""
        return len(self.samples) / self.proposed


@dataclass(frozen=True, slots=True)
class Sampler:
    """One sampler: its ``rule`` (burn-in, options, log-ratios of held-out reals), and how it draws with it.

    ``knob`` is the option that says how strict it is, None where nothing does.
    """

    key: str
    rule: Callable[[BurnIn, Options, Floats], Rule]
    draw: Callable[["Sampler", Propose, BurnIn, Options, Floats, int, np.random.Generator], Drawn]
    knob: str | None = None
    pointwise: bool = field(default=True)

    def __call__(
        self,
        propose: Propose,
        burn: BurnIn,
        n: int,
        rng: np.random.Generator,
        options: Options = USUAL,
        real: ArrayLike = (),
    ) -> Drawn:
        """Draw ``n`` samples; ``real`` are log-ratios of held-out real samples, where chains begin.

        Raises:
            Refusal: an option out of its range, a log-ratio that is NaN, or no reals where they are needed.

        """
        return self.draw(self, propose, burn, options, np.asarray(real, np.float64), n, rng)


def sampler(name: object) -> Sampler:
    """Return the sampler of this name.

    Raises:
        Refusal: there is none.

    """
    return SAMPLERS[Choice(SAMPLERS, "rejection.no_sampler").parse("sampler", name, literal=True)]


# --- drawing -------------------------------------------------------------------------------------


def _one_by_one(
    self: Sampler, propose: Propose, burn: BurnIn, options: Options, real: Floats, n: int, rng: np.random.Generator
) -> Drawn:
    """Algorithm 1 of Azadi et al.: M follows the largest log-ratio met, and all that hangs on it is found anew.

    A block is cut at its records, so that each sample is judged under the M that holds when it comes.
    """
    first = rule = self.rule(burn, options, real)
    kept_samples: list[Samples] = []
    kept_ratios: list[Floats] = []
    have = proposed = raised = capped = 0
    while have < n and proposed < MOST:
        x, log_ratio = propose(BLOCK)
        uniform = 1.0 - rng.random(BLOCK)
        chance = np.empty(BLOCK)
        start = 0
        for record in [*_records(log_ratio, burn.maximum, options.cap), BLOCK]:
            chance[start:record] = rule.chance(log_ratio[start:record])
            if record < BLOCK:
                burn = burn.raised(float(log_ratio[record]))
                rule, raised = self.rule(burn, options, real), raised + 1
            start = record
        keep = np.flatnonzero(uniform <= chance)[: n - have]
        used = int(keep[-1]) + 1 if have + len(keep) == n else BLOCK
        capped += rule.capped(log_ratio[:used])
        kept_samples.append(x[keep])
        kept_ratios.append(log_ratio[keep])
        have, proposed = have + len(keep), proposed + used
    samples, ratios = np.concatenate(kept_samples), np.concatenate(kept_ratios)
    return Drawn(samples, ratios, proposed, first, rule, raised, capped, complete=have == n)


def _records(log_ratio: Floats, maximum: float, cap: Cap) -> list[int]:
    """Where M rises within a block; nowhere for a percentile, which outliers are not to move."""
    if cap != "max":
        return []
    finite = np.where(np.isfinite(log_ratio), log_ratio, -np.inf)
    before = np.concatenate(([maximum], np.maximum(np.maximum.accumulate(finite)[:-1], maximum)))
    return np.flatnonzero(finite > before).tolist()


def _in_chains(
    self: Sampler, propose: Propose, burn: BurnIn, options: Options, real: Floats, n: int, rng: np.random.Generator
) -> Drawn:
    """One sample from the end of each of ``n`` chains of ``length`` proposals, begun at held-out reals."""
    rule = self.rule(burn, options, real)
    known_reals = real[np.isfinite(real)]
    kept_samples: list[Samples] = []
    kept_ratios: list[Floats] = []
    restarted = have = 0
    together = max(1, BLOCK * 8 // options.length)
    while have < n:
        many = min(together, n - have)
        x, log_ratio = propose(many * options.length)
        offered = log_ratio.reshape(many, options.length)
        uniform = 1.0 - rng.random(offered.shape)
        ended = run_chains(offered, rng.choice(known_reals, many), uniform)
        at = np.arange(many) * options.length + ended.place
        kept_samples.append(x[at])
        kept_ratios.append(log_ratio[at])
        restarted += int(ended.restarted.sum())
        have += many
    samples, ratios = np.concatenate(kept_samples), np.concatenate(kept_ratios)
    return Drawn(samples, ratios, n * options.length, rule, rule, restarted=restarted)


SAMPLERS: Final[Mapping[str, Sampler]] = {
    "drs": Sampler("drs", lambda burn, options, _: burn.bar(options.percentile), _one_by_one, knob="percentile"),
    "obrs": Sampler("obrs", lambda burn, options, _: budget(burn, options.budget), _one_by_one, knob="budget"),
    "exact": Sampler("exact", lambda burn, _, __: burn.exact(), _one_by_one),
    "mh": Sampler("mh", lambda burn, _, real: Moves.of(real, burn.maximum), _in_chains, pointwise=False),
}
"""Every sampler by its name."""
