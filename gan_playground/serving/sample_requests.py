"""What the Samples tab, and the Rejection tab beside it, ask of a checkpoint: strict requests in, plain values out.

Every answer is a small mapping that a page can read: sheets of digits as base64 PNG, ratios as numbers. Every
request is checked field by field, whatever door it came in by; what cannot be done is answered by the sentence
that says so, under ``refused``.
"""

import base64
import threading
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from gan_playground.images.checkpoints import Checkpoint, shelf
from gan_playground.images.contact_sheets import captioned, eight_bit, gif, png, tile
from gan_playground.parsing import literal
from gan_playground.words import Refusal, unsaid

LAST_SEED: Final = 2**31 - 1
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

Answer = dict[str, Any]


def answered(answer: Callable[..., Answer]) -> Callable[[object], Answer]:
    """Let a function of named fields answer a request: a mapping of exactly those fields, one at a time.

    One lock for all keeps a crowd of visitors from sharing two cores between fifty forward passes.
    """
    fields = answer.__annotations__.keys() - {"return"}

    def asked(request: object) -> Answer:
        try:
            if not isinstance(request, Mapping) or set(request) != fields:
                raise Refusal("samples.request", fields=", ".join(sorted(fields)))
            with _one_at_a_time:
                return answer(**request)
        except Refusal as refusal:
            return {"refused": unsaid(refusal)}

    # not functools.wraps: a caller who reads the signature must find one request, not its fields
    asked.__name__, asked.__doc__ = answer.__name__, answer.__doc__
    return asked


_one_at_a_time: Final = threading.Lock()


# --- the Samples tab ----------------------------------------------------------------------------------------------


@answered
def sheet(checkpoint: object, seed: object, psi: object, n: object) -> Answer:
    """Return the first ``n`` samples of ``seed`` as one row-by-row strip of images, their latents times ``psi``."""
    model = named(checkpoint)
    z = model.latents(whole("seed", seed, 0, LAST_SEED), whole("n", n, 1, MOST))
    return shown(model, shrunk(z, psi))


@answered
def walk(checkpoint: object, seed: object, ends: object, path: object, psi: object, n: object) -> Answer:
    """Return ``n`` images on the way between two samples of ``seed``, both included."""
    model = named(checkpoint)
    a, b = chosen(model, seed, ends, "ends", 2)
    return shown(model, shrunk(interpolate(a, b, whole("n", n, 2, MOST), choice("path", path, PATHS)), psi))


@answered
def plane(checkpoint: object, seed: object, corners: object, psi: object) -> Answer:
    """Return `SIDE` by `SIDE` images of the plane through three samples A, B, C of ``seed``; B ends A's row."""
    model = named(checkpoint)
    a, b, c = chosen(model, seed, corners, "corners", 3)
    steps = torch.linspace(0, 1, SIDE)
    y, x = torch.meshgrid(steps, steps, indexing="ij")
    return shown(model, shrunk(in_plane(a, b, c, x.reshape(-1, 1), y.reshape(-1, 1)), psi))


@answered
def point(checkpoints: object, seed: object, corners: object, x: object, y: object, psi: object) -> Answer:
    """Return each checkpoint's image of one point of that plane, and how far out the point lies, a number for each.

    ``reach`` is the largest of its coordinates in size (uniform latents stay below 1), ``length`` its Euclidean norm.
    """
    models = several(checkpoints)
    across, down = real("x", x, 0, 1), real("y", y, 0, 1)
    points = []
    for model in models:
        a, b, c = chosen(model, seed, corners, "corners", 3)
        points.append(shrunk(in_plane(a, b, c, across, down), psi)[None])
    images = torch.cat([model.images(z) for model, z in zip(models, points, strict=True)])
    return {
        "sheet": strip(models[0], images),
        "side": models[0].model.shape[0],
        "reach": [float(z.abs().max()) for z in points],
        "length": [float(z.norm()) for z in points],
    }


@answered
def animation(checkpoints: object, seed: object, ends: object, path: object, psi: object) -> Answer:
    """Return the walk there and back as an animated GIF in base64, the checkpoints side by side under their names."""
    models = several(checkpoints)
    way = choice("path", path, PATHS)
    columns = []
    for model in models:
        a, b = chosen(model, seed, ends, "ends", 2)
        images = model.images(shrunk(interpolate(a, b, FRAMES, way), psi))
        columns.append(eight_bit(images.numpy(), model.model.shape))
    there = captioned(columns, [model.entry.name for model in models])
    return {"gif": base64.b64encode(gif([*there, *there[-2:0:-1]])).decode()}


def chosen(model: Checkpoint, seed: object, places: object, field: str, n: int) -> Tensor:
    """Return the latents ``[n, d]`` of ``n`` places among the samples of ``seed``.

    Raises:
        Refusal: the places are not so many whole numbers, or the seed is none.

    """
    if not isinstance(places, list) or len(places) != n:
        raise Refusal("samples.places", field=field, value=literal(places), n=n)
    at = [whole(field, place, 0, FARTHEST - 1) for place in places]
    return model.latents(whole("seed", seed, 0, LAST_SEED), max(at) + 1)[at]


def shrunk(z: Tensor, psi: object) -> Tensor:
    """Return latents times psi in [0, 1]: truncation for a uniform law, which keeps it uniform, on (-psi, psi)^d.

    Raises:
        Refusal: psi is no number from 0 to 1.

    """
    return z * real("psi", psi, 0, 1)


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


# --- fields of a request, and values of an answer -----------------------------------------------------------------


def named(checkpoint: object) -> Checkpoint:
    """Return the checkpoint of this name from the shelf.

    Raises:
        Refusal: it is no text, or as `checkpoints.load`.

    """
    if not isinstance(checkpoint, str):
        raise Refusal("samples.checkpoint_text", value=literal(checkpoint))
    return shelf(checkpoint)


def several(checkpoints: object) -> list[Checkpoint]:
    """Return the checkpoints of these names, one to `TOGETHER` of them.

    Raises:
        Refusal: it is no such list, or as `named`.

    """
    if not isinstance(checkpoints, list) or not 1 <= len(checkpoints) <= TOGETHER:
        raise Refusal("samples.checkpoint_list", value=literal(checkpoints), most=TOGETHER)
    return [named(checkpoint) for checkpoint in checkpoints]


def whole(field: str, value: object, low: int, high: int) -> int:
    """Return ``value`` as a whole number from ``low`` to ``high``; a float counts where it is one (JSON's 3.0).

    Raises:
        Refusal: it is none.

    """
    number = int(value) if isinstance(value, float) and value.is_integer() else value
    if isinstance(number, bool) or not isinstance(number, int) or not low <= number <= high:
        raise Refusal("samples.whole", field=field, value=literal(value), low=low, high=high)
    return number


def real(field: str, value: object, low: float, high: float) -> float:
    """Return ``value`` as a number from ``low`` to ``high``.

    Raises:
        Refusal: it is none.

    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
        raise Refusal("samples.number", field=field, value=literal(value), low=low, high=high)
    return float(value)


def choice(field: str, value: object, choices: tuple[str, ...]) -> str:
    """Return ``value`` if it is one of ``choices``.

    Raises:
        Refusal: it is not.

    """
    if not isinstance(value, str) or value not in choices:
        raise Refusal("samples.choice", field=field, value=literal(value), choices=", ".join(choices))
    return value


def shown(model: Checkpoint, z: Tensor) -> Answer:
    """Return the images of latents ``[n, d]`` as a page reads them."""
    return {"sheet": strip(model, model.images(z)), "side": model.model.shape[0]}


def strip(model: Checkpoint, images: Tensor) -> str:
    """Return images ``[n, pixels]`` below one another as a base64 PNG, one image wide."""
    return base64.b64encode(png(tile(eight_bit(images.numpy(), model.model.shape), 1))).decode()


def numbers(values: NDArray[np.floating]) -> str:
    """Return values as base64 of little-endian float32."""
    return base64.b64encode(np.asarray(values, "<f4").tobytes()).decode()
