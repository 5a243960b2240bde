"""Contact sheets of images, their PNG files and animated GIFs: ink on paper, as on a page."""

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from gan_playground.images.checkpoints import Checkpoint

Pixels = NDArray[np.uint8]


def eight_bit(images: NDArray[np.floating], shape: tuple[int, int]) -> Pixels:
    """Return images in [0, 1] as ink 0 to 255: grey ``[n, height * width]`` as uint8 ``[n, height, width]``.

    Colour ``[n, 3 * height * width]`` becomes ``[n, height, width, 3]``: what each ink takes from white paper.
    """
    levels = np.rint(np.asarray(images, np.float64) * 255).clip(0, 255).astype(np.uint8)
    if levels[0].size == shape[0] * shape[1]:
        return levels.reshape(-1, *shape)
    return 255 - levels.reshape(len(levels), -1, *shape).transpose(0, 2, 3, 1)


def tile(images: Pixels, columns: int) -> Pixels:
    """Lay images uint8 ``[n, h, w]`` out in rows of ``columns``, the last filled up with 0: uint8 ``[H, W]``.

    Colour stays behind: ``[n, h, w, 3]`` becomes ``[H, W, 3]``.
    """
    n, height, width, *colours = images.shape
    rows = -(-n // columns)
    cells = np.zeros((rows * columns, height, width, *colours), np.uint8)
    cells[:n] = images
    grid = cells.reshape(rows, columns, height, width, *colours)
    return grid.swapaxes(1, 2).reshape(rows * height, columns * width, *colours)


def sample_grid(checkpoint: Checkpoint, n: int, seed: int) -> Pixels:
    """Return ``n`` samples of ``seed`` as one nearly square sheet of ink, uint8 ``[h, w]`` or ``[h, w, 3]``."""
    images = checkpoint.images(checkpoint.latents(seed, n)).numpy()
    return tile(eight_bit(images, checkpoint.model.shape), int(np.ceil(np.sqrt(n))))


def png(sheet: Pixels) -> bytes:
    """Return a sheet of ink (0 none, 255 full) as a PNG on white paper, grey or in colour."""
    target = io.BytesIO()
    Image.fromarray(255 - sheet).save(target, "PNG")
    return target.getvalue()


def save_png(sheet: Pixels, path: Path) -> None:
    """Write a sheet of ink to ``path`` as `png`."""
    path.write_bytes(png(sheet))


def captioned(columns: Sequence[Pixels], names: Sequence[str]) -> list[Pixels]:
    """Return frame t as every column's image t side by side under its name: uint8 ``[h, w]`` each, all of one size.

    ``columns`` are uint8 ``[n, height, width]``, or ``[n, height, width, 3]`` each; images are enlarged by a
    whole factor so that the frames are some 1,000 pixels wide at most, and a name is wrapped at its hyphens where its
    column is narrow.
    """
    n, _, width, *colours = columns[0].shape
    scale = max(2, min(6, 1000 // (width * len(columns))))
    font = ImageFont.load_default(11)
    lines = [name.replace("-", "-\n") if font.getlength(name) > width * scale else name for name in names]
    head = 14 * max(line.count("\n") + 1 for line in lines) + 2
    banner = Image.new("RGB" if colours else "L", (width * scale * len(columns), head), 0)
    ink = (255, 255, 255) if colours else 255
    for k, line in enumerate(lines):
        ImageDraw.Draw(banner).multiline_text((k * width * scale + 2, 1), line, fill=ink, font=font, spacing=2)
    large = [np.concatenate(images, axis=1).repeat(scale, 0).repeat(scale, 1) for images in zip(*columns, strict=True)]
    return [np.concatenate([np.asarray(banner), large[t]]) for t in range(n)]


def gif(frames: Sequence[Pixels], milliseconds: int = 80) -> bytes:
    """Return sheets of ink (0 none, 255 full) as a GIF that plays for ever, dark ink on white."""
    pictures = [Image.fromarray(255 - frame) for frame in frames]
    target = io.BytesIO()
    pictures[0].save(target, "GIF", save_all=True, append_images=pictures[1:], duration=milliseconds, loop=0)
    return target.getvalue()
