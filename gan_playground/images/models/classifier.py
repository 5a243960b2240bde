"""What the classifiers of images have in common: features, a linear head, and a recipe."""

from dataclasses import asdict, dataclass
from typing import Any, Final

from torch import Tensor, nn

FEATURES: Final = 64
"""Numbers that stand for an image in every feature score."""


def layer(channels_in: int, channels: int, stride: int = 1) -> tuple[nn.Module, ...]:
    """Return a 3 x 3 convolution with BatchNorm and ReLU."""
    return (
        nn.Conv2d(channels_in, channels, 3, stride, padding=1, bias=False),
        nn.BatchNorm2d(channels),
        nn.ReLU(),
    )


class Classifier(nn.Module):
    """Images float32 ``[n, pixels]`` in [0, 1] of ``shape`` (channels, side, side) to logits ``[n, classes]``.

    ``seen`` gives the features ``[n, 64]``, on which the head is linear.
    """

    def __init__(self, shape: tuple[int, int, int], seen: nn.Sequential, classes: int) -> None:
        super().__init__()
        self.shape = shape
        self.seen = seen
        self.head = nn.Linear(FEATURES, classes)

    def features(self, x: Tensor) -> Tensor:
        """Return the features of images ``x``."""
        return self.seen(x.reshape(-1, *self.shape))

    def forward(self, x: Tensor) -> Tensor:
        """Return the logits of the classes."""
        return self.head(self.features(x))


@dataclass(frozen=True, slots=True)
class ClassifierRecipe:
    """Adam at ``rate``, falling linearly to 0 over ``epochs``; each image is shifted by up to ``shift`` pixels.

    ``mirrored`` turns every other image, by chance, left to right.
    """

    name: str
    data: str
    epochs: int
    batch: int
    rate: float
    shift: int
    mirrored: bool
    seed: int

    def record(self) -> dict[str, Any]:
        """Return the recipe as plain values."""
        return asdict(self)
