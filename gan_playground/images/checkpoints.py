"""From a manifest entry to a verified model, shared by everyone who asks for it.

``pretrained/manifest.json`` says of every checkpoint what it is, how it was trained and what it scored; the weights
are `gan_playground.engine.weight_files`.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

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
from gan_playground.images.models import fgan_mnist, lsun_rooms, sagan_rooms
from gan_playground.images.models.record import ImageModel
from gan_playground.learners.gan.objectives import Objective, objective
from gan_playground.parsing import shown
from gan_playground.words import Refusal

MANIFEST: Final = "manifest.json"

IMAGE_MODELS: Final[Mapping[str, ImageModel]] = {
    model.key: model for model in (fgan_mnist.MODEL, lsun_rooms.MODEL, sagan_rooms.MODEL)
}

CHUNK: Final = 512
"""Samples per forward pass: fast, and 10,000 of them never stand in memory at every layer at once."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says about one checkpoint.

    ``curve`` are points {"step", "critic_loss", "generator_loss"} of its training, none where they were not kept.
    """

    name: str
    model: str
    data: str
    licence: str
    recipe: Mapping[str, Any]
    steps: int
    seed: int
    seconds: float
    versions: Mapping[str, str]
    parts: Mapping[str, Part]
    scores: Mapping[str, Any]
    curve: Sequence[Mapping[str, Any]] = ()

    def record(self) -> dict[str, Any]:
        """Return the entry as plain values."""
        return asdict(self) | {"curve": list(self.curve)}

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        """Return the entry of plain values."""
        parts = {player: Part(**part) for player, part in record["parts"].items()}
        return cls(**{**record, "parts": parts})


@dataclass(frozen=True, slots=True)
class Manifest:
    """Every entry by name, and per data set what the same scores say of real images in the samples' place."""

    entries: Mapping[str, Entry]
    yardsticks: Mapping[str, Mapping[str, Any]]


def manifest(folder: Path = PRETRAINED) -> Manifest:
    """Read the manifest in ``folder``.

    Raises:
        Refusal: there is no manifest, or it cannot be read.

    """
    path = folder / MANIFEST
    whole = read_records(path)
    try:
        entries = {name: Entry.of(record) for name, record in whole["checkpoints"].items()}
        return Manifest(entries, whole["yardsticks"])
    except (KeyError, TypeError, AttributeError) as error:
        raise Refusal("checkpoints.manifest_damaged", path=path) from error


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A generator and its critic, ready to sample; shared between visitors, so nothing in it ever changes."""

    entry: Entry
    model: ImageModel
    rules: Objective
    generator: nn.Module
    critic: nn.Module
    real_values: NDArray[np.float32]

    def latents(self, seed: int, n: int, start: int = 0) -> Tensor:
        """Return latents ``start`` to ``start + n`` of ``seed``: number k is the same however many are asked for.

        One more is drawn and left: torch draws the last 16 normal numbers of a tensor otherwise than those before.
        """
        return self.model.latents(start + n + 1, torch.Generator().manual_seed(seed))[start:-1]

    @torch.inference_mode()
    def images(self, z: Tensor) -> Tensor:
        """Return the images float32 ``[n, pixels]`` in [0, 1] of latents ``[n, latent]``."""
        return torch.cat([self.generator(part) for part in z.split(CHUNK)])

    @torch.inference_mode()
    def log_ratio(self, images: Tensor) -> NDArray[np.float64]:
        """Return the critic's log p(x)/q(x) of images ``[n, pixels]``, by the divergence's own formula.

        Raises:
            Refusal: this game's critic only learns a sign.

        """
        return self._ratio(torch.cat([self.critic(part) for part in images.split(CHUNK)]))

    @cached_property
    def real_log_ratio(self) -> NDArray[np.float64]:
        """The critic's log-ratios of 10,000 test images, stored as its values V since the images do not ship."""
        return self._ratio(torch.from_numpy(self.real_values))

    def _ratio(self, values: Tensor) -> NDArray[np.float64]:
        if self.rules.log_ratio is None:
            raise Refusal("rejection.no_chance", name=self.entry.name)
        return self.rules.log_ratio(values.double()).numpy()

    @property
    def bytes(self) -> int:
        """Memory of the weights."""
        return sum(t.nbytes for player in (self.generator, self.critic) for t in player.state_dict().values())


def load(name: str, folder: Path = PRETRAINED) -> Checkpoint:
    """Read, verify and build checkpoint ``name``.

    Raises:
        Refusal: the manifest has no such name, or a file of it is missing, or is not the one the manifest describes.

    >>> model = load("mnist-kl")
    >>> tuple(model.images(model.latents(seed=0, n=4)).shape)
    (4, 784)

    """
    entries = manifest(folder).entries
    if name not in entries:
        raise Refusal("checkpoints.no_checkpoint", name=shown(name), names=", ".join(entries) or "–")
    entry = entries[name]
    try:
        model = IMAGE_MODELS[entry.model]
        rules = objective(entry.recipe["objective"])
        with torch.device("meta"):  # no weights are drawn only to be thrown away
            generator, critic = model.generator(), model.critic()
        for player, part in ((generator, entry.parts["generator"]), (critic, entry.parts["critic"])):
            player.load_state_dict(single_precision(read_part(folder, name, part)), assign=True)
            player.eval().requires_grad_(requires_grad=False)
        real_values = read_part(folder, name, entry.parts["real_values"])["values"].float().numpy()
    except (KeyError, RuntimeError, TypeError) as error:  # a part, a key or a shape that this model does not have
        raise Refusal("checkpoints.checkpoint_damaged", name=name, file=MANIFEST) from error
    return Checkpoint(entry, model, rules, generator, critic, real_values)


def record(entry: Entry, yardstick: Mapping[str, Any], folder: Path = PRETRAINED) -> None:
    """Write ``entry`` and its data's yardstick into the manifest in ``folder``, beside what stands there."""
    path = folder / MANIFEST
    known = manifest(folder) if path.exists() else Manifest({}, {})
    entries = {**known.entries, entry.name: entry}
    records = {
        "yardsticks": {**known.yardsticks, entry.data: yardstick},
        "checkpoints": {name: entries[name].record() for name in sorted(entries)},
    }
    write_records(path, records)


class Shelf:
    """Checkpoints in memory, at most ``budget`` bytes of weights: the least recently used is let go first.

    A failure to load is not remembered, so that a mended file works at once.
    """

    def __init__(self, budget: int = 512 << 20, load: Callable[[str], Checkpoint] = load) -> None:
        self._budget, self._load = budget, load
        self._held: OrderedDict[str, Checkpoint] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, name: str) -> Checkpoint:
        """Return checkpoint ``name``, loaded if it is not on the shelf; others wait the tenth of a second it takes.

        Raises:
            Refusal: as `load`.

        """
        with self._lock:
            if name not in self._held:
                self._held[name] = self._load(name)
            self._held.move_to_end(name)
            while len(self._held) > 1 and sum(c.bytes for c in self._held.values()) > self._budget:
                self._held.popitem(last=False)
            return self._held[name]

    @property
    def names(self) -> tuple[str, ...]:
        """What is on the shelf, least recently used first."""
        with self._lock:
            return tuple(self._held)


shelf: Final = Shelf()
"""The shelf of this process."""
