"""Photographs of rooms from LSUN's own LMDB folders: one database a category, one encoded image a value.

Yu et al. 2015, "LSUN": ``<category>_<split>_lmdb`` holds a default database without a name, whose keys are 40 hex
digits and whose values are JPEG or WebP. Any images in that layout are read; what they show is the folder's affair.
"""

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gan_playground.data.mnist import Images
from gan_playground.words import Refusal

SIDE: Final = 96
MIRROR: Final = "http://dl.yf.io/lsun/scenes/"
SPLITS: Final[dict[str, str]] = {"train": "train", "test": "val"}
"""LSUN's own names. Its test images carry no label, so that everybody tests on the validation images."""

MOST: Final = 150_000
"""Images of one split that are held: 4.1 GB. Keys are hashes, so the first ones are a random choice."""


def centred(image: Image.Image) -> NDArray[np.uint8]:
    """Return the middle square of ``image``, resized: RGB uint8 ``[3, 96, 96]``."""
    width, height = image.size
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    square = image.crop((left, top, left + side, top + side)).convert("RGB")
    return np.asarray(square.resize((SIDE, SIDE), Image.Resampling.LANCZOS)).transpose(2, 0, 1)


def decode(value: bytes, folder: Path, key: bytes) -> NDArray[np.uint8]:
    """Return the pixels of one JPEG or WebP, told apart by their first bytes: uint8 ``[3, 96, 96]``.

    Raises:
        Refusal: ``value`` is neither, or is cut short.

    """
    try:
        with Image.open(io.BytesIO(value), formats=("JPEG", "WEBP")) as image:
            return centred(image)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refusal("data.lsun_no_image", path=folder, key=key[:40].decode(errors="replace")) from error


def values(folder: Path) -> Iterator[tuple[bytes, bytes]]:
    """Yield the keys and values of one database, opened when the first one is asked for, and never locked.

    Raises:
        Refusal: there is no whole database in ``folder``.

    """
    import lmdb

    file = folder / "data.mdb"
    if not file.is_file():
        raise Refusal("data.lsun_no_database", path=file, mirror=MIRROR)
    try:
        with lmdb.open(str(folder), readonly=True, lock=False, readahead=False) as database:
            # the file is mapped into memory: to read behind its end would end the process, without a word
            pages = database.info()["last_pgno"] + 1
            if file.stat().st_size < pages * database.stat()["psize"]:
                raise Refusal("data.lsun_cut_short", path=file, mirror=MIRROR)
            with database.begin() as transaction:
                yield from transaction.cursor()
    except lmdb.Error as error:
        raise Refusal("data.lsun_cut_short", path=file, mirror=MIRROR) from error


def categories(folder: Path, split: str) -> dict[str, Path]:
    """Return the categories of ``split`` ("train" or "val") in ``folder``, in the order of their names."""
    pattern = re.compile(rf"(.+)_{split}_lmdb")
    found = ((pattern.fullmatch(path.name), path) for path in sorted(folder.iterdir()))
    return {match[1]: path for match, path in found if match and path.is_dir()}


@lru_cache(maxsize=2)
def rooms(folder: Path | None = None, split: Literal["train", "test"] = "train") -> Images:
    """Return all categories in ``folder``: pixels uint8 ``[n, 3, 96, 96]``, at most `MOST`, evenly by category.

    ``labels`` count the categories in the order of their names; "test" means LSUN's validation images.

    Raises:
        Refusal: a folder is missing, empty of this split, or damaged; the sentence names it and where to get it.

    """
    if folder is None or not folder.is_dir():
        raise Refusal("data.lsun_no_folder", path=folder or "--data", mirror=MIRROR)
    found = categories(folder, SPLITS[split])
    if not found:
        raise Refusal("data.lsun_no_category", path=folder, split=SPLITS[split], mirror=MIRROR)
    share = MOST // len(found)
    parts = [[decode(value, path, key) for key, value in islice(values(path), share)] for path in found.values()]
    for path, part in zip(found.values(), parts, strict=True):
        if not part:
            raise Refusal("data.lsun_no_database", path=path, mirror=MIRROR)
    pixels = np.stack([image for part in parts for image in part])
    labels = np.repeat(np.arange(len(parts), dtype=np.uint8), [len(part) for part in parts])
    pixels.flags.writeable = labels.flags.writeable = False
    return Images(pixels, labels)
