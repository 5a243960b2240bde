"""What the Samples and Rejection tabs ask of a checkpoint: strict requests in, plain values out.

Every answer is a small mapping that a page can read: sheets of digits as base64 PNG, ratios as numbers. Every
request is checked field by field, whatever door it came in by; what cannot be done is answered by the sentence
that says so, under ``refused``, in both languages.
"""

import base64
import threading
from collections.abc import Callable, Mapping
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from gan_playground.checkpoints import Checkpoint, shelf
from gan_playground.rejection import BURN_IN, EPSILON, BurnIn, burn_in
from gan_playground.sheets import eight_bit, png, tile
from gan_playground.words import Refusal

LAST_SEED: Final = 2**31 - 1
MOST: Final = 64
"""Images of one sheet."""

FARTHEST: Final = 4096
"""Samples of one seed that may be asked for: later ones cost as much as all before them."""

WALK: Final = 10
"""Images of one walk in the Rejection tab."""

ENDS: Final = 200
"""Good and broken ends of walks are drawn from this many of the burn-in's highest and lowest ratios."""

PATHS: Final = ("linear", "spherical")
WALKS: Final = ("good-to-broken", "any")
BURN_IN_SEED: Final = 0

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
        raise Refusal("samples.ends", value=shown(ends))
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


# --- the Rejection tab --------------------------------------------------------------------------------------------


@answered
def frozen(checkpoint: object) -> Answer:
    """Return M, gamma at every whole percentile, and the log-ratios of the burn-in and of real test images.

    gamma is None where it is -inf. With these a page moves every bar without asking again.
    """
    model = named(checkpoint)
    burn = burnt_in(model)
    gammas = [burn.gamma(q) for q in range(101)]
    return {
        "maximum": burn.maximum,
        "epsilon": EPSILON,
        "gamma": [gamma if np.isfinite(gamma) else None for gamma in gammas],
        "generated": numbers(np.sort(burn.log_ratio)),
        "real": numbers(np.sort(model.real_log_ratio)),
        "mean_ratio": float(np.exp(burn.log_ratio).mean()),
    }


@answered
def walks(checkpoint: object, seed: object, ends: object, path: object, n: object) -> Answer:
    """Return ``n`` walks of `WALK` images, one after another, with the log-ratio of every image."""
    model = named(checkpoint)
    rng = np.random.default_rng(whole("seed", seed, 0, LAST_SEED))
    many, way = whole("n", n, 1, 12), choice("path", path, PATHS)
    burn, z = burnt_in(model), model.latents(BURN_IN_SEED, BURN_IN)
    if choice("ends", ends, WALKS) == "any":
        pairs = rng.choice(BURN_IN, (many, 2), replace=False)
    else:
        order = np.argsort(-burn.log_ratio)
        pairs = np.stack([rng.choice(part, many, replace=False) for part in (order[:ENDS], order[-ENDS:])], axis=1)
    latents = torch.cat([interpolate(z[a], z[b], WALK, way) for a, b in pairs])
    images = model.images(latents)
    return {
        "sheet": strip(model, images),
        "side": model.model.shape[0],
        "columns": WALK,
        "log_ratio": model.log_ratio(images).tolist(),
    }


@answered
def candidates(checkpoint: object, seed: object, start: object, n: object) -> Answer:
    """Return samples to be kept or not: their images, log-ratios, and the uniform number each is held against.

    Sample k is kept where ``u[k] <= chance``; the page decides, so that strictness sorts them at once.
    """
    model = named(checkpoint)
    first, many = whole("start", start, 0, FARTHEST - 1), whole("n", n, 1, 4 * MOST)
    chosen = whole("seed", seed, 0, LAST_SEED)
    images = model.images(model.latents(chosen, many, first))
    uniforms = 1.0 - np.random.default_rng(chosen).random(first + many)[first:]
    return {
        "sheet": strip(model, images),
        "side": model.model.shape[0],
        "log_ratio": model.log_ratio(images).tolist(),
        "u": uniforms.tolist(),
    }


def burnt_in(model: Checkpoint) -> BurnIn:
    """Return the checkpoint's one burn-in: 10,000 samples of seed 0, so that everyone sees the same pair."""
    if model not in _burn_ins:
        _burn_ins[model] = burn_in(model.log_ratio(model.images(model.latents(BURN_IN_SEED, BURN_IN))))
    return _burn_ins[model]


_burn_ins: Final[WeakKeyDictionary[Checkpoint, BurnIn]] = WeakKeyDictionary()


# --- fields of a request, and values of an answer -----------------------------------------------------------------


def named(checkpoint: object) -> Checkpoint:
    """Return the checkpoint of this name from the shelf.

    Raises:
        Refusal: it is no text, or as `checkpoints.load`.

    """
    if not isinstance(checkpoint, str):
        raise Refusal("samples.checkpoint_text", value=shown(checkpoint))
    return shelf(checkpoint)


def whole(field: str, value: object, low: int, high: int) -> int:
    """Return ``value`` as a whole number from ``low`` to ``high``; a float counts where it is one (JSON's 3.0).

    Raises:
        Refusal: it is none.

    """
    number = int(value) if isinstance(value, float) and value.is_integer() else value
    if isinstance(number, bool) or not isinstance(number, int) or not low <= number <= high:
        raise Refusal("samples.whole", field=field, value=shown(value), low=low, high=high)
    return number


def choice(field: str, value: object, choices: tuple[str, ...]) -> str:
    """Return ``value`` if it is one of ``choices``.

    Raises:
        Refusal: it is not.

    """
    if not isinstance(value, str) or value not in choices:
        raise Refusal("samples.choice", field=field, value=shown(value), choices=", ".join(choices))
    return value


def shown(value: object) -> str:
    """Return ``value`` as it may stand in a sentence, cut short."""
    return repr(value)[:40]


def strip(model: Checkpoint, images: Tensor) -> str:
    """Return images ``[n, pixels]`` below one another as a base64 PNG, one image wide."""
    return base64.b64encode(png(tile(eight_bit(images.numpy(), model.model.shape), 1))).decode()


def numbers(values: NDArray[np.floating]) -> str:
    """Return values as base64 of little-endian float32."""
    return base64.b64encode(np.asarray(values, "<f4").tobytes()).decode()
