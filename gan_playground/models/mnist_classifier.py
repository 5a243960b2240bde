"""A small convolutional classifier of digits: the judge that never saw a generated image, and its recipe."""

from dataclasses import asdict, dataclass
from typing import Any, Final

from torch import Tensor, nn

SIDE: Final = 28
FEATURES: Final = 64
CLASSES: Final = 10


def _layer(channels_in: int, channels: int) -> tuple[nn.Module, ...]:
    return nn.Conv2d(channels_in, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels), nn.ReLU()


class Classifier(nn.Module):
    """Conv(1, 24, 3), Conv(24, 24, 3), pool, Conv(24, 48, 3), Conv(48, 48, 3), pool, Linear(2352, 64), Linear(64, 10).

    BatchNorm and ReLU after every convolution, ReLU after the first linear layer. Images float32 ``[n, 784]`` in
    [0, 1], 1 = ink; features ``[n, 64]`` after the last ReLU; logits ``[n, 10]``.
    """

    def __init__(self) -> None:
        super().__init__()
        self.seen = nn.Sequential(
            *_layer(1, 24), *_layer(24, 24), nn.MaxPool2d(2),
            *_layer(24, 48), *_layer(48, 48), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(48 * (SIDE // 4) ** 2, FEATURES), nn.ReLU(),
        )  # fmt: skip
        self.head = nn.Linear(FEATURES, CLASSES)

    def features(self, x: Tensor) -> Tensor:
        """Return the features of images ``x``."""
        return self.seen(x.view(-1, 1, SIDE, SIDE))

    def forward(self, x: Tensor) -> Tensor:
        """Return the logits of the ten digits."""
        return self.head(self.features(x))


@dataclass(frozen=True, slots=True)
class ClassifierRecipe:
    """Adam at ``rate``, falling linearly to 0 over ``epochs``; each image is shifted by up to ``shift`` pixels."""

    name: str
    data: str
    epochs: int
    batch: int
    rate: float
    shift: int
    seed: int

    def record(self) -> dict[str, Any]:
        """Return the recipe as plain values."""
        return asdict(self)


RECIPE: Final = ClassifierRecipe(name="mnist-classifier", data="mnist", epochs=8, batch=128, rate=2e-3, shift=2, seed=0)
