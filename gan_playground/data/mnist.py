"""MNIST from its four IDX files, each checked against the published md5."""

import gzip
import hashlib
import struct
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from gan_playground.words import Refusal

MIRRORS: Final = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)

MD5: Final[dict[str, str]] = {
    "train-images-idx3-ubyte.gz": "f68b3c2dcbeaaa9fbdd348bbdeb94873",
    "train-labels-idx1-ubyte.gz": "d53e105ee54ea40749a09fcbcd1e9432",
    "t10k-images-idx3-ubyte.gz": "9fb629c4189551a2d022fa330f9573f3",
    "t10k-labels-idx1-ubyte.gz": "ec29112dd5afa0611ce80d1b7f02629c",
}

FILES: Final[dict[str, tuple[str, str]]] = {
    "train": ("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"),
    "test": ("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"),
}

UNSIGNED_BYTES: Final = 0x08
"""The IDX type code of uint8, the only one that MNIST uses."""


@dataclass(frozen=True, slots=True, eq=False)
class Images:
    """Labelled images: ``pixels`` uint8 ``[n, height, width]`` (0 paper, 255 ink) or RGB ``[n, 3, height, width]``.

    ``labels`` uint8 ``[n]``.
    """

    pixels: NDArray[np.uint8]
    labels: NDArray[np.uint8]

    def flat(self) -> NDArray[np.float32]:
        """Return the pixels in [0, 1] as float32 ``[n, pixels]``: the scale of every score here."""
        return self.pixels.reshape(len(self.pixels), -1).astype(np.float32) / np.float32(255)


def parse_idx(raw: bytes, name: str) -> NDArray[np.uint8]:
    """Return the array of one IDX file: 2 zero bytes, type, rank, ``rank`` big-endian sizes, then the bytes.

    Raises:
        Refusal: ``raw`` is no IDX file of unsigned bytes, or is shorter or longer than its own header says.

    """
    rank = raw[3] if len(raw) >= 4 and raw[:3] == bytes((0, 0, UNSIGNED_BYTES)) else 0
    start = 4 + 4 * rank
    if rank == 0 or len(raw) < start:
        raise Refusal("data.mnist_not_idx", name=name)
    shape = struct.unpack(f">{rank}I", raw[4:start])
    if len(raw) - start != int(np.prod(shape, dtype=np.int64)):
        raise Refusal("data.mnist_not_idx", name=name)
    return np.frombuffer(raw, np.uint8, offset=start).reshape(shape)


def read_file(folder: Path, name: str) -> NDArray[np.uint8]:
    """Return the array in ``folder/name`` (gzipped as published, or unpacked beside it without ``.gz``).

    Raises:
        Refusal: neither file is there, or the gzipped one is not the published one to the bit.

    """
    packed, unpacked = folder / name, folder / name.removesuffix(".gz")
    if packed.is_file():
        blob = packed.read_bytes()
        found = hashlib.md5(blob, usedforsecurity=False).hexdigest()
        if found != MD5[name]:
            raise Refusal("data.mnist_wrong_md5", path=packed, found=found, md5=MD5[name], mirror=MIRRORS[0] + name)
        return parse_idx(gzip.decompress(blob), name)
    if unpacked.is_file():
        return parse_idx(unpacked.read_bytes(), unpacked.name)
    raise Refusal("data.mnist_missing", path=packed, mirror=MIRRORS[0] + name, md5=MD5[name])


def fetch() -> Path:
    """Download the four files into the user's cache, each from the first mirror that has it, and return the folder.

    Raises:
        Refusal: no mirror gave a file with the published md5 (no network, for one).

    """
    import pooch

    folder = Path(pooch.os_cache("gan-playground")) / "mnist"
    for name, md5 in MD5.items():
        for mirror in MIRRORS:
            try:
                pooch.retrieve(mirror + name, known_hash=f"md5:{md5}", fname=name, path=folder)
                break
            except (OSError, ValueError):  # no network, a refusal by the server, or a wrong hash: try the next one
                continue
        else:
            raise Refusal("data.mnist_no_network", mirror=MIRRORS[0] + name, md5=md5)
    return folder


@lru_cache(maxsize=4)
def mnist(folder: Path | None = None, split: Literal["train", "test"] = "train") -> Images:
    """Return MNIST's 60,000 training or 10,000 test images from ``folder``, or downloaded when none is named.

    Raises:
        Refusal: a file is missing or damaged; the sentence names it, its md5 and where to get it.

    """
    if folder is not None and not folder.is_dir():
        raise Refusal("data.mnist_no_folder", path=folder)
    pixels, labels = (read_file(folder or fetch(), name) for name in FILES[split])
    if pixels.ndim != 3 or labels.shape != pixels.shape[:1]:
        raise Refusal("data.mnist_not_idx", name=FILES[split][0])
    pixels.flags.writeable = labels.flags.writeable = False
    return Images(pixels, labels)
