"""Files of trained weights in ``pretrained/``, and the JSON files beside them that say what they are.

``<name>.<part>.safetensors`` hold tensors: matrices in half precision, vectors in single. A file is read once, checked
against the sha256 that its JSON file records, and only then parsed; nothing in it can run.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import safetensors.torch
from torch import Tensor

from gan_playground.words import Refusal

PRETRAINED: Final = Path(
    os.environ.get("GAN_PLAYGROUND_PRETRAINED") or Path(__file__).resolve().parents[2] / "pretrained"
)
"""The folder of weights: the one that the environment names, else the one beside the package."""

FORMAT: Final = 1
"""Version of the JSON files and of the weights they name."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of weights: its name beside its JSON file, its sha256 and its size in bytes."""

    file: str
    sha256: str
    bytes: int


def read_records(path: Path) -> Mapping[str, Any]:
    """Return what one JSON file says; it is parsed again only after it has changed, and nobody writes into the answer.

    Raises:
        Refusal: it is missing, cannot be read, or is of another format.

    """
    try:
        stat = path.stat()
        whole = _parsed(path, stat.st_mtime_ns, stat.st_size)
        found = whole["format"]
    except FileNotFoundError:
        raise Refusal("checkpoints.manifest_missing", path=path) from None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise Refusal("checkpoints.manifest_damaged", path=path) from error
    if found != FORMAT:
        raise Refusal("checkpoints.manifest_format", path=path, found=str(found)[:20], format=FORMAT)
    return whole


@lru_cache(maxsize=16)
def _parsed(path: Path, _changed: int, _size: int) -> Mapping[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def write_records(path: Path, records: Mapping[str, Any]) -> None:
    """Write one JSON file whole: who reads meanwhile finds the old one or the new one."""
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps({"format": FORMAT, **records}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    partial.replace(path)


def read_part(folder: Path, name: str, part: Part) -> dict[str, Tensor]:
    """Return the tensors of one file, after its sha256 has been found right.

    Raises:
        Refusal: the file is missing, or differs from its description in a single bit.

    """
    try:
        blob = (folder / part.file).read_bytes()
    except OSError as error:
        raise Refusal("checkpoints.checkpoint_missing", name=name, file=part.file) from error
    if hashlib.sha256(blob).hexdigest() != part.sha256:
        raise Refusal("checkpoints.checkpoint_damaged", name=name, file=part.file)
    return safetensors.torch.load(blob)


def single_precision(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return the tensors with their floating-point ones in single precision."""
    return {key: value.float() if value.is_floating_point() else value for key, value in tensors.items()}


def write_part(folder: Path, name: str, player: str, tensors: Mapping[str, Tensor]) -> Part:
    """Write ``<name>.<player>.safetensors``, matrices in half precision, and return its description."""
    stored = {
        key: value.half() if value.is_floating_point() and value.ndim > 1 else value for key, value in tensors.items()
    }
    # one entry of metadata only: the order of two would change the file, and its sha256, from run to run
    metadata = {"gan-playground": f"{FORMAT} {name} {player}"}
    blob = safetensors.torch.save({key: value.contiguous() for key, value in stored.items()}, metadata)
    file = f"{name}.{player}.safetensors"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file).write_bytes(blob)
    return Part(file, hashlib.sha256(blob).hexdigest(), len(blob))
