"""What judges images: a classifier of each data set, and for every checkpoint its critic, continued and calibrated.

``pretrained/judges.json`` says of each where it comes from, what it scored, and its file's sha256. A continued critic
belongs to one generator, named by the sha256 of its weights: with another one it is not used.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from gan_playground.calibration import Calibrator, calibrator
from gan_playground.checkpoints import CHUNK, PRETRAINED, Checkpoint, Part, read_part, single
from gan_playground.models import mnist_classifier, rooms_classifier
from gan_playground.models.classifier import Classifier
from gan_playground.rejection import Floats
from gan_playground.words import Refusal

JUDGES: Final = "judges.json"
FORMAT: Final = 1

CLASSIFIERS: Final[dict[str, Callable[[], Classifier]]] = {
    "mnist": mnist_classifier.network,
    "rooms": rooms_classifier.network,
}
"""The network that judges each data set."""


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
class Judge:
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


def read(folder: Path = PRETRAINED) -> dict[str, Any]:
    """Read the record of all judges; an empty one where there is none.

    Raises:
        Refusal: it cannot be read, or is of another format.

    """
    path = folder / JUDGES
    try:
        whole = json.loads(path.read_text(encoding="utf-8"))
        if whole["format"] == FORMAT:
            return whole
    except FileNotFoundError:
        return {"format": FORMAT, "ratios": {}, "classifiers": {}, "runs": {}}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refusal("checkpoints.manifest_damaged", path=path) from error
    raise Refusal("checkpoints.manifest_format", path=path, found=str(whole["format"])[:20], format=FORMAT)


def record(kind: str, name: str, entry: Mapping[str, Any], folder: Path = PRETRAINED) -> None:
    """Write one judge's entry beside what stands there; ``kind`` is ratios, classifiers or runs."""
    whole = read(folder)
    whole[kind] = dict(sorted({**whole[kind], name: dict(entry)}.items()))
    partial = (folder / JUDGES).with_suffix(".partial")
    partial.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    partial.replace(folder / JUDGES)


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
        critic.load_state_dict(single(tensors))
    except RuntimeError as error:
        raise Refusal("checkpoints.checkpoint_damaged", name=name, file=entry["part"]["file"]) from error
    critic.eval().requires_grad_(requires_grad=False)
    return ImageRatio(critic, calibrator(entry["calibrator"]), real, entry["figures"])


@lru_cache(maxsize=4)
def judge(data: str, folder: Path = PRETRAINED) -> Judge:
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
        network.load_state_dict(single(tensors))
    except RuntimeError as error:
        raise Refusal("checkpoints.checkpoint_damaged", name=data, file=entry["part"]["file"]) from error
    network.eval().requires_grad_(requires_grad=False)
    return Judge(network, real, np.asarray(entry["shares"], np.float64), float(entry["accuracy"]))
