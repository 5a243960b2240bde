"""Independence Metropolis-Hastings over a generator's samples (Turner et al. 2019, algorithm 1)."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gan_playground.rejection.ratio import Floats, known

LENGTH: Final = 640
"""Proposals of one chain, as in the authors' code: 10 batches of 64."""


@dataclass(frozen=True, slots=True, eq=False)
class Chains:
    """Where ``[chains]`` chains ended.

    ``place`` is the proposal each ended on, ``moves`` how often it moved; ``restarted`` chains never left the real
    sample they began with and were run again from their own first proposal.
    """

    place: NDArray[np.int64]
    moves: NDArray[np.int64]
    restarted: NDArray[np.bool_]


def run_chains(proposals: ArrayLike, starts: ArrayLike, u: ArrayLike) -> Chains:
    """Run independence chains: accept x' where u <= min(1, r(x')/r(x)), which is (1/D(x) - 1)/(1/D(x') - 1).

    ``proposals`` are log-ratios ``[chains, length]``, ``starts`` those of held-out real samples ``[chains]``, ``u``
    uniform on (0, 1] ``[chains, length]``. A chain that accepts nothing begins again at its first proposal, with the
    other proposals and the same u; so every chain ends on a generated sample.

    Raises:
        Refusal: a log-ratio is NaN.

    """
    proposals, starts = known(proposals), known(starts)
    u = np.asarray(u, np.float64)
    chains = len(proposals)
    place, moves = _walk(proposals, starts, u, np.full(chains, -1), 0)
    stuck = place < 0
    if stuck.any():
        again = proposals[stuck]
        place[stuck], moves[stuck] = _walk(again, again[:, 0].copy(), u[stuck], np.zeros(len(again), np.int64), 1)
    return Chains(place, moves, stuck)


def _walk(
    proposals: Floats, state: Floats, u: Floats, place: NDArray[np.int64], first: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All chains one proposal at a time: the place each ends on, and its moves."""
    state, place = state.copy(), place.astype(np.int64)
    moves = np.zeros(len(state), np.int64)
    log_u = np.log(u)
    for step in range(first, proposals.shape[1]):
        offered = proposals[:, step]
        # where both are -inf or both +inf the ratio is unknown: stay
        with np.errstate(invalid="ignore"):
            gain = offered - state
        moved = log_u[:, step] <= np.where(np.isnan(gain), -np.inf, np.minimum(gain, 0.0))
        moved &= offered > -np.inf
        state[moved], place[moved] = offered[moved], step
        moves += moved
    return place, moves
