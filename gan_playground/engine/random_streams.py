"""Randomness as a function: batch i of a stream depends on the run's seed, the stream's purpose and i alone.

So a run draws the same numbers in any company, in any size of bite, and after any live change: its place in every
stream is a whole number.
"""

from collections.abc import Callable
from hashlib import blake2b
from typing import Final

import torch
from torch import Generator, Tensor

Draw = Callable[[int, Generator], Tensor]

BLOCK: Final = 32
"""Batches drawn at once."""


def seeded(seed: int, purpose: str, block: int = 0) -> Generator:
    """A generator whose numbers belong to one purpose of one run."""
    digest = blake2b(f"{seed}/{purpose}/{block}".encode(), digest_size=7).digest()
    return Generator().manual_seed(int.from_bytes(digest, "little"))


class Stream:
    """The endless batches of one purpose, drawn in blocks on the CPU.

    The two newest blocks are kept: what is laid out ahead reaches into the next, and whenever the company changes it
    is laid out again.
    """

    def __init__(self, seed: int, purpose: str, batch: int, draw: Draw) -> None:
        self.seed, self.purpose, self.batch, self.draw = seed, purpose, batch, draw
        self._kept: dict[int, Tensor] = {}

    def _block(self, index: int) -> Tensor:
        if index not in self._kept:
            flat = self.draw(BLOCK * self.batch, seeded(self.seed, self.purpose, index))
            self._kept = {kept: block for kept, block in self._kept.items() if kept == index - 1}
            self._kept[index] = flat.unflatten(0, (BLOCK, self.batch))
        return self._kept[index]

    def take(self, first: int, count: int) -> Tensor:
        """Batches ``first`` to ``first + count - 1`` as ``[count, batch, features]``."""
        parts, stop = [], first + count
        while first < stop:
            index, offset = divmod(first, BLOCK)
            part = self._block(index)[offset : offset + stop - first]
            parts.append(part)
            first += len(part)
        return torch.cat(parts)
