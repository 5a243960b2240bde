"""Every data set of images that a recipe may name."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from gan_playground.data.lsun import rooms
from gan_playground.data.mnist import Images, mnist

DATA: Final[dict[str, Callable[..., Images]]] = {"mnist": mnist, "rooms": rooms}
"""What reads it: (folder, split) -> images."""


def read(data: str, folder: Path | None) -> tuple[Images, Images]:
    """Return training and test images of a data set.

    Raises:
        Refusal: a file is missing or damaged.

    """
    return DATA[data](folder, "train"), DATA[data](folder, "test")
