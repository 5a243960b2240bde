"""What the Samples tab, and the Rejection tab beside it, ask of a checkpoint: strict requests in, plain values out.

Every answer is a small mapping that a page can read: sheets of digits as base64 PNG, ratios as numbers. Every
request is checked field by field, whatever door it came in by; what cannot be done is answered by the sentence
that says so, under ``refused``.
"""

import base64
from dataclasses import dataclass
from typing import Annotated, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from gan_playground.images.checkpoints import Checkpoint, shelf
from gan_playground.images.contact_sheets import captioned, eight_bit, gif, png, tile
from gan_playground.knobs import SEED
from gan_playground.parsing import LONGEST, Choice, Real, Several, Text, Whole
from gan_playground.serving.answers import Answer, answered_alone

MOST: Final = 64
"""Images of one sheet."""

FARTHEST: Final = 4096
"""Samples of one seed that may be asked for: later ones cost as much as all before them."""

PATHS: Final = ("linear", "spherical")

SIDE: Final = 8
"""Images along one edge of a plane."""

FRAMES: Final = 24
"""Pictures of an animated walk, one way."""

TOGETHER: Final = 32
"""Checkpoints of one request."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The checkpoints on the shelf, by name."""

    def parse(self, key: str, value: object, *, literal: bool = False) -> Checkpoint:
        """Return the checkpoint of this name.

        Raises:
            Refusal: it is no text, or as `checkpoints.load`.

        """
        return shelf(_NAME.parse(key, value, literal=literal))


_NAME: Final = Text(LONGEST, says="samples.checkpoint_text")
SHARE: Final = Real(0.0, 1.0)
PLACE: Final = Whole(0, FARTHEST - 1)

Model = Annotated[Checkpoint, Shelf()]
Models = Annotated[tuple[Checkpoint, ...], Several(Shelf(), 1, TOGETHER, says="samples.checkpoint_list")]
Seed = Annotated[int, SEED]
Share = Annotated[float, SHARE]
Two = Annotated[tuple[int, ...], Several(PLACE, 2, 2, says="samples.places")]
Three = Annotated[tuple[int, ...], Several(PLACE, 3, 3, says="samples.places")]
Way = Annotated[str, Choice(PATHS)]


# --- the Samples tab ----------------------------------------------------------------------------------------------


@answered_alone
def sheet(checkpoint: Model, seed: Seed, psi: Share, n: Annotated[int, Whole(1, MOST)]) -> Answer:
    """Return the first ``n`` samples of ``seed`` as one row-by-row strip of images, their latents times ``psi``.

    In [0, 1], psi is truncation for a uniform law, which keeps it uniform, on (-psi, psi)^d.
    """
    return shown(checkpoint, psi * checkpoint.latents(seed, n))


@answered_alone
def walk(checkpoint: Model, seed: Seed, ends: Two, path: Way, psi: Share, n: Annotated[int, Whole(2, MOST)]) -> Answer:
    """Return ``n`` images on the way between two samples of ``seed``, both included."""
    a, b = chosen(checkpoint, seed, ends)
    return shown(checkpoint, psi * interpolate(a, b, n, path))


@answered_alone
def plane(checkpoint: Model, seed: Seed, corners: Three, psi: Share) -> Answer:
    """Return `SIDE` by `SIDE` images of the plane through three samples A, B, C of ``seed``; B ends A's row."""
    a, b, c = chosen(checkpoint, seed, corners)
    steps = torch.linspace(0, 1, SIDE)
    y, x = torch.meshgrid(steps, steps, indexing="ij")
    return shown(checkpoint, psi * in_plane(a, b, c, x.reshape(-1, 1), y.reshape(-1, 1)))


@answered_alone
def point(checkpoints: Models, seed: Seed, corners: Three, x: Share, y: Share, psi: Share) -> Answer:
    """Return each checkpoint's image of one point of that plane, and how far out the point lies, a number for each.

    ``reach`` is the largest of its coordinates in size (uniform latents stay below 1), ``length`` its Euclidean norm.
    """
    points = []
    for model in checkpoints:
        a, b, c = chosen(model, seed, corners)
        points.append(psi * in_plane(a, b, c, x, y)[None])
    images = torch.cat([model.images(z) for model, z in zip(checkpoints, points, strict=True)])
    return {
        "sheet": strip(checkpoints[0], images),
        "side": checkpoints[0].model.shape[0],
        "reach": [float(z.abs().max()) for z in points],
        "length": [float(z.norm()) for z in points],
    }


@answered_alone
def animation(checkpoints: Models, seed: Seed, ends: Two, path: Way, psi: Share) -> Answer:
    """Return the walk there and back as an animated GIF in base64, the checkpoints side by side under their names."""
    columns = []
    for model in checkpoints:
        a, b = chosen(model, seed, ends)
        images = model.images(psi * interpolate(a, b, FRAMES, path))
        columns.append(eight_bit(images.numpy(), model.model.shape))
    there = captioned(columns, [model.entry.name for model in checkpoints])
    return {"gif": base64.b64encode(gif([*there, *there[-2:0:-1]])).decode()}


def chosen(model: Checkpoint, seed: int, places: tuple[int, ...]) -> Tensor:
    """Return the latents ``[n, d]`` of ``n`` places among the samples of ``seed``."""
    return model.latents(seed, max(places) + 1)[list(places)]


def in_plane(a: Tensor, b: Tensor, c: Tensor, x: Tensor | float, y: Tensor | float) -> Tensor:
    """Return a + x (b - a) + y (c - a): the plane through three latents, a at (0, 0), b at (1, 0), c at (0, 1)."""
    return a + x * (b - a) + y * (c - a)


def interpolate(a: Tensor, b: Tensor, n: int, path: str) -> Tensor:
    """Return ``n`` latents ``[n, d]`` from ``a`` to ``b``: on the segment, or on the arc about 0.

    The arc turns by equal angles and its length goes evenly from |a| to |b| (Shoemake 1985, with the two norms
    apart); it is the segment where a and b point the same way or opposite ways.
    """
    t = torch.linspace(0, 1, n, dtype=torch.float64)[:, None]
    x, y = a.double(), b.double()
    line = x + t * (y - x)
    if path == "linear":
        return line.float()
    norms = x.norm(), y.norm()
    angle = torch.arccos(torch.clamp(x @ y / (norms[0] * norms[1]), -1, 1))
    if not 1e-4 < float(angle) < np.pi - 1e-4:
        return line.float()
    direction = (torch.sin((1 - t) * angle) * x / norms[0] + torch.sin(t * angle) * y / norms[1]) / torch.sin(angle)
    return (direction * (norms[0] + t * (norms[1] - norms[0]))).float()


# --- values of an answer ------------------------------------------------------------------------------------------


def shown(model: Checkpoint, z: Tensor) -> Answer:
    """Return the images of latents ``[n, d]`` as a page reads them."""
    return {"sheet": strip(model, model.images(z)), "side": model.model.shape[0]}


def strip(model: Checkpoint, images: Tensor) -> str:
    """Return images ``[n, pixels]`` below one another as a base64 PNG, one image wide."""
    return base64.b64encode(png(tile(eight_bit(images.numpy(), model.model.shape), 1))).decode()


def numbers(values: NDArray[np.floating]) -> str:
    """Return values as base64 of little-endian float32."""
    return base64.b64encode(np.asarray(values, "<f4").tobytes()).decode()
