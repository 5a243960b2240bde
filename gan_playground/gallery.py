"""What the Samples tab, and the Rejection tab beside it, ask of a checkpoint: strict requests in, plain values out.

Every answer is a small mapping that a page can read: sheets of digits as base64 PNG, ratios as numbers. Every
request is checked field by field, whatever door it came in by; what cannot be done is answered by the sentence
that says so, under ``refused``, in both languages.
"""

import base64
import threading
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from gan_playground.checkpoints import Checkpoint, shelf
from gan_playground.reading import literal
from gan_playground.sheets import eight_bit, png, tile
from gan_playground.words import Refusal

LAST_SEED: Final = 2**31 - 1
MOST: Final = 64
"""Images of one sheet."""

FARTHEST: Final = 4096
"""Samples of one seed that may be asked for: later ones cost as much as all before them."""

PATHS: Final = ("linear", "spherical")

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
            return {"refused": {"en": str(refusal), "ko": refusal.say("ko")}}

    # not functools.wraps: a caller who reads the signature must find one request, not its fields
    asked.__name__, asked.__doc__ = answer.__name__, answer.__doc__
    return asked


_one_at_a_time: Final = threading.Lock()


# --- the Samples tab ----------------------------------------------------------------------------------------------


@answered
def sheet(checkpoint: object, seed: object, start: object, n: object) -> Answer:
    """Return samples ``start`` to ``start + n`` of ``seed`` as one row-by-row strip of images."""
    model = named(checkpoint)
    first, many = whole("start", start, 0, FARTHEST - 1), whole("n", n, 1, MOST)
    z = model.latents(whole("seed", seed, 0, LAST_SEED), many, first)
    return {"sheet": strip(model, model.images(z)), "n": many, "side": model.model.shape[0]}


@answered
def walk(checkpoint: object, seed: object, ends: object, path: object, n: object) -> Answer:
    """Return ``n`` images on the way between two samples of ``seed``, both included."""
    model = named(checkpoint)
    if not isinstance(ends, list) or len(ends) != 2:
        raise Refusal("samples.ends", value=literal(ends))
    first, last = (whole("ends", end, 0, FARTHEST - 1) for end in ends)
    z = model.latents(whole("seed", seed, 0, LAST_SEED), max(first, last) + 1)
    between = interpolate(z[first], z[last], whole("n", n, 2, MOST), choice("path", path, PATHS))
    return {"sheet": strip(model, model.images(between)), "side": model.model.shape[0]}


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


def whole(field: str, value: object, low: int, high: int) -> int:
    """Return ``value`` as a whole number from ``low`` to ``high``; a float counts where it is one (JSON's 3.0).

    Raises:
        Refusal: it is none.

    """
    number = int(value) if isinstance(value, float) and value.is_integer() else value
    if isinstance(number, bool) or not isinstance(number, int) or not low <= number <= high:
        raise Refusal("samples.whole", field=field, value=literal(value), low=low, high=high)
    return number


def choice(field: str, value: object, choices: tuple[str, ...]) -> str:
    """Return ``value`` if it is one of ``choices``.

    Raises:
        Refusal: it is not.

    """
    if not isinstance(value, str) or value not in choices:
        raise Refusal("samples.choice", field=field, value=literal(value), choices=", ".join(choices))
    return value


def strip(model: Checkpoint, images: Tensor) -> str:
    """Return images ``[n, pixels]`` below one another as a base64 PNG, one image wide."""
    return base64.b64encode(png(tile(eight_bit(images.numpy(), model.model.shape), 1))).decode()


def numbers(values: NDArray[np.floating]) -> str:
    """Return values as base64 of little-endian float32."""
    return base64.b64encode(np.asarray(values, "<f4").tobytes()).decode()
