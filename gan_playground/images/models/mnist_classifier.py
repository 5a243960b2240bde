"""A small convolutional classifier of digits: it never saw a generated one, and its recipe."""

from typing import Final

from torch import nn

from gan_playground.images.models.classifier import FEATURES, Classifier, ClassifierRecipe, layer

SIDE: Final = 28


def network() -> Classifier:
    """Conv(1, 24, 3), Conv(24, 24, 3), pool, Conv(24, 48, 3), Conv(48, 48, 3), pool, Linear(2352, 64), Linear(64, 10).

    BatchNorm and ReLU after every convolution, ReLU after the first linear layer.
    """
    seen = nn.Sequential(
        *layer(1, 24), *layer(24, 24), nn.MaxPool2d(2),
        *layer(24, 48), *layer(48, 48), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(48 * (SIDE // 4) ** 2, FEATURES), nn.ReLU(),
    )  # fmt: skip
    return Classifier((1, SIDE, SIDE), seen, classes=10)


RECIPE: Final = ClassifierRecipe(
    name="mnist-classifier", data="mnist", epochs=8, batch=128, rate=2e-3, shift=2, mirrored=False, seed=0
)
