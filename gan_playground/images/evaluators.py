"""What images are scored by: a classifier of each data set, and every checkpoint's critic, continued and calibrated.

``pretrained/evaluators.json`` says of each where it comes from, what it scored, and its file's sha256. A continued
critic belongs to one generator, named by the sha256 of its weights: with another one it is not used.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from gan_playground.engine.weight_files import (
    PRETRAINED,
    Part,
    read_part,
    read_records,
    single_precision,
    write_records,
)
from gan_playground.images.checkpoints import CHUNK, Checkpoint
from gan_playground.images.models import mnist_classifier, rooms_classifier
from gan_playground.images.models.classifier import Classifier
from gan_playground.rejection import Floats
from gan_playground.rejection.calibration import Calibrator, calibrator
from gan_playground.words import Refusal

EVALUATORS: Final = "evaluators.json"

CLASSIFIERS: Final[dict[str, Callable[[], Classifier]]] = {
    "mnist": mnist_classifier.network,
    "rooms": rooms_classifier.network,
}
"""The network of each data set's classifier."""


@dataclass(frozen=True, eq=False)
class ImageRatio:
    """A checkpoint's critic, continued with the generator frozen, and its calibrator.

    ``real`` float64 ``[n]`` are the log-ratios of test images that neither has seen; ``figures`` are what they and as
    many generated ones say of the ratio.
    """

    critic: nn.Module
    calibrator: Calibrator
    real: Floats
    figures: Mapping[str, Any]

    @torch.inference_mode()
    def __call__(self, images: Tensor) -> Floats:
        """Return log p/q of images ``[n, pixels] -> [n]``."""
        values = torch.cat([self.critic(part) for part in images.split(CHUNK)])
        return self.calibrator(values.double().numpy())


@dataclass(frozen=True, eq=False)
class Evaluator:
    """A classifier with what real images look like to it: ``real`` features ``[n, d]`` of test images, class shares."""

    network: Classifier
    real: NDArray[np.float32]
    shares: Floats
    accuracy: float

    @torch.inference_mode()
    def __call__(self, images: Tensor) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return features ``[n, d]`` and class probabilities ``[n, classes]`` of images ``[n, pixels]``."""
        features = torch.cat([self.network.features(part) for part in images.split(CHUNK)])
        return features.numpy(), self.network.head(features).softmax(1).numpy()


def read(folder: Path = PRETRAINED) -> Mapping[str, Any]:
    """Read the records of all evaluators; empty ones where there are none.

    Raises:
        Refusal: they cannot be read, or are of another format.

    """
    path = folder / EVALUATORS
    return read_records(path) if path.exists() else {"ratios": {}, "classifiers": {}}


def record(kind: str, name: str, entry: Mapping[str, Any], folder: Path = PRETRAINED) -> None:
    """Write one evaluator's entry beside what stands there; ``kind`` is ratios or classifiers."""
    whole = read(folder)
    write_records(folder / EVALUATORS, {**whole, kind: dict(sorted({**whole[kind], name: dict(entry)}.items()))})


def image_ratio(checkpoint: Checkpoint, folder: Path = PRETRAINED) -> ImageRatio:
    """Return the calibrated ratio that ships with this checkpoint.

    Raises:
        Refusal: there is none, it was made for another generator, or its file is missing or damaged.

    """
    name = checkpoint.entry.name
    entry = read(folder)["ratios"].get(name)
    if entry is None:
        raise Refusal("rejection.not_calibrated", name=name)
    if entry["generator"] != checkpoint.entry.parts["generator"].sha256:
        raise Refusal("rejection.calibrated_for_another", name=name)
    tensors = read_part(folder, name, Part(**entry["part"]))
    real = tensors.pop("real_log_ratio").double().numpy()
    critic = checkpoint.model.critic()
    try:
        critic.load_state_dict(single_precision(tensors))
    except RuntimeError as error:
        raise Refusal("checkpoints.checkpoint_damaged", name=name, file=entry["part"]["file"]) from error
    critic.eval().requires_grad_(requires_grad=False)
    return ImageRatio(critic, calibrator(entry["calibrator"]), real, entry["figures"])


@lru_cache(maxsize=4)
def evaluator(data: str, folder: Path = PRETRAINED) -> Evaluator:
    """Return the classifier of this data that ships.

    Raises:
        Refusal: there is none, or its file is missing or damaged.

    """
    entry = read(folder)["classifiers"].get(data)
    if entry is None:
        raise Refusal("rejection.no_classifier", data=data)
    tensors = read_part(folder, f"{data}-classifier", Part(**entry["part"]))
    real = tensors.pop("real_features").float().numpy()
    network = CLASSIFIERS[data]()
    try:
        network.load_state_dict(single_precision(tensors))
    except RuntimeError as error:
        raise Refusal("checkpoints.checkpoint_damaged", name=data, file=entry["part"]["file"]) from error
    network.eval().requires_grad_(requires_grad=False)
    return Evaluator(network, real, np.asarray(entry["shares"], np.float64), float(entry["accuracy"]))
