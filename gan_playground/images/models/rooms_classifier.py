"""A small convolutional classifier of four kinds of room, in whose features generated rooms are scored."""

from typing import Final

from torch import nn

from gan_playground.images.models.classifier import FEATURES, Classifier, ClassifierRecipe, layer

SIDE: Final = 96
CATEGORIES: Final = ("bedroom", "dining_room", "kitchen", "living_room")
"""In the order of their names, as the data's labels count them."""


def network() -> Classifier:
    """Conv(3, 32, s2), Conv(32, 64, s2), Conv(64, 128, s2), Conv(128, 128), Conv(128, 256, s2), mean, Linear(256, 64).

    3 x 3 convolutions from 96 to 6 pixels a side, with BatchNorm and ReLU; ReLU after the first linear layer.
    """
    seen = nn.Sequential(
        *layer(3, 32, 2), *layer(32, 64, 2), *layer(64, 128, 2), *layer(128, 128), *layer(128, 256, 2),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(256, FEATURES), nn.ReLU(),
    )  # fmt: skip
    return Classifier((3, SIDE, SIDE), seen, classes=len(CATEGORIES))


RECIPE: Final = ClassifierRecipe(
    name="rooms-classifier", data="rooms", epochs=12, batch=128, rate=2e-3, shift=8, mirrored=True, seed=0
)
