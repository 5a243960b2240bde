"""Contact sheets of grey images, and their PNG files: ink on paper, as on a page."""

import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gan_playground.checkpoints import Checkpoint

Pixels = NDArray[np.uint8]


def eight_bit(images: NDArray[np.floating], shape: tuple[int, int]) -> Pixels:
    """Return images ``[n, height * width]`` in [0, 1] as ink 0 to 255, uint8 ``[n, height, width]``."""
    return np.rint(np.asarray(images, np.float64) * 255).clip(0, 255).astype(np.uint8).reshape(-1, *shape)


def tile(images: Pixels, columns: int) -> Pixels:
    """Lay images uint8 ``[n, h, w]`` out in rows of ``columns``, the last filled up with 0: uint8 ``[H, W]``."""
    n, height, width = images.shape
    rows = -(-n // columns)
    cells = np.zeros((rows * columns, height, width), np.uint8)
    cells[:n] = images
    return cells.reshape(rows, columns, height, width).transpose(0, 2, 1, 3).reshape(rows * height, columns * width)


def sample_grid(checkpoint: Checkpoint, n: int, seed: int) -> Pixels:
    """Return ``n`` samples of ``seed`` as one nearly square sheet of ink, uint8 ``[h, w]``."""
    images = checkpoint.images(checkpoint.latents(seed, n)).numpy()
    return tile(eight_bit(images, checkpoint.model.shape), int(np.ceil(np.sqrt(n))))


def png(sheet: Pixels) -> bytes:
    """Return a sheet of ink (0 none, 255 full) as a grey PNG in which ink is dark."""
    target = io.BytesIO()
    Image.fromarray(255 - sheet).save(target, "PNG")
    return target.getvalue()


def save_png(sheet: Pixels, path: Path) -> None:
    """Write a sheet of ink to ``path`` as `png`."""
    path.write_bytes(png(sheet))
