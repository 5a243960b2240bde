"""A Frame's bytes: what one look at a run costs on the way to a browser.

A message is ``b"GPF1"``, the header's length as little-endian uint32, the header as UTF-8 JSON,
zeros up to a multiple of 4, and the arrays one after another, little-endian, each padded to 4. The
header names every array with its type, shape and place, and says how a stored number ``q`` reads:

    value = zero + scale * q                       (plain)
    value = zero + scale * sinh(bend * q)          (bent)

Fields are int16, bent: within one colour map's reach they are plain to 0.1 %, and a critic a
thousand times beyond it still has contours at the right place. What a viewer already holds is not
sent again: history travels by new rows, and arrays that did not change are only named.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gan_playground.frames import Floats, Frame, History, Modes, Transport
from gan_playground.serving.frame_header import Entry, Stored, header

MAGIC: Final = b"GPF1"
UNKNOWN: Final = -32768
"""The int16 that stands for nan."""

_CODES: Final[Mapping[str, Stored]] = {"i2": "i16", "f4": "f32"}
_LAST: Final = 32767


@dataclass(slots=True)
class Cursor:
    """How much of one run one viewer has been sent; begin a new one whenever the run begins again.

    A packed message must be sent: its rows are not packed twice. ``digests`` are those of the arrays held; ``packed``
    are the arrays that come again as the very same object, as they were packed.
    """

    frame: int = -1
    row: int = -1
    transport: int = -1
    modes: int = -1
    digests: dict[str, bytes] = field(default_factory=dict)
    packed: dict[str, tuple[object, "Column"]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Column:
    """One array as it is stored: ``value = zero + scale * q``, or bent where ``bend`` is not 0."""

    name: str
    stored: NDArray[Any]
    scale: float = 1.0
    zero: float = 0.0
    bend: float = 0.0


def pack(frame: Frame, sent: Cursor) -> bytes:
    """Return one message with everything of ``frame`` that ``sent`` says is new, and move ``sent`` on.

    Raises:
        ValueError: an axis of a 2-D field is not evenly spaced.

    """
    if frame.step < sent.frame:
        sent.frame = sent.row = sent.transport = sent.modes = -1
        sent.digests.clear()
        sent.packed.clear()
    first = sent.frame < 0
    arrays, kept = _unsent([*_fields(frame, sent), *_points(frame, sent), *_landscape(frame)], sent)
    history, transports, modes = _news(frame.history, sent)
    said = header(frame, first, transports, modes, kept)
    sent.frame = int(frame.step)
    return _message(said, [*arrays, *history])


def _message(said: Mapping[str, object], columns: list[Column]) -> bytes:
    at, entries, payload = 0, list[Entry](), []
    for column in columns:
        stored = np.ascontiguousarray(column.stored, dtype=column.stored.dtype.newbyteorder("<"))
        entry: Entry = {
            "name": column.name,
            "dtype": _CODES[stored.dtype.str[1:]],
            "shape": list(stored.shape),
            "at": at,
        }
        if column.scale != 1.0:
            entry["scale"] = column.scale
        if column.zero != 0.0:
            entry["zero"] = column.zero
        if column.bend != 0.0:
            entry["bend"] = column.bend
        entries.append(entry)
        data = stored.tobytes()
        data += bytes(-len(data) % 4)
        payload.append(data)
        at += len(data)
    text = json.dumps({**said, "arrays": entries}, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    encoded = text.encode()
    prefix = MAGIC + len(encoded).to_bytes(4, "little") + encoded
    return b"".join([prefix, bytes(-len(prefix) % 4), *payload])


# --- what is in a frame --------------------------------------------------------------------------


def _fields(frame: Frame, sent: Cursor) -> list[Column]:
    """The critic and the densities over the frame's axes: float32 in 1-D, bent int16 in 2-D."""
    if len(frame.axes) == 1:
        curves = {
            "x": frame.axes[0],
            "critic": frame.critic,
            "optimal": frame.optimal_critic,
            "target": frame.target,
            "generated": frame.generated,
        }
        return [Column(name, _single(curve)) for name, curve in curves.items() if curve is not None]
    fields = [
        bent("critic", frame.critic, frame.unit.midpoint, frame.unit.reach),
        Column("levels", _single(frame.unit.levels())),
    ]
    for name, density in (("target", frame.target), ("generated", frame.generated)):
        if density is not None:
            fields.append(_again(sent, name, density, lambda name=name, values=density: _density(frame, name, values)))
    return fields


def _density(frame: Frame, name: str, density: Floats) -> Column:
    for axis in frame.axes:
        steps = np.diff(axis)
        if not np.allclose(steps, steps[0], rtol=1e-6, atol=0.0):
            raise ValueError("the axes of a 2-D field must be evenly spaced")
    peak = float(np.max(density, initial=0.0, where=np.isfinite(density)))
    return bent(name, density, 0.0, peak * 1e-4 or 1.0)


def _points(frame: Frame, sent: Cursor) -> list[Column]:
    """Samples and the manifold as int16 over the window and as much again on each side; the pull by its largest."""
    low = np.array([axis[0] for axis in frame.axes])
    high = np.array([axis[-1] for axis in frame.axes])
    middle, half = (low + high) / 2, (high - low) / 2

    def pulled(points: Floats) -> Column:
        largest = float(np.max(np.abs(points), initial=0.0, where=np.isfinite(points)))
        return plain("pull", points, largest / _LAST or 1.0, 0.0)

    def placed(name: str, points: Floats) -> Column:
        # One scale for every axis keeps a column one array: coordinates in units of half the window.
        return plain(f"points.{name}", (points - middle) / half, 3.0 / _LAST, 0.0)

    return [
        pulled(points)
        if name == "pull"
        else _again(sent, f"points.{name}", points, lambda name=name, at=points: placed(name, at))
        for name, points in frame.samples.items()
    ]


def _again(sent: Cursor, name: str, values: Floats, make: Callable[[], Column]) -> Column:
    """The column of these values: as it was packed before, where they are the very array of the last message."""
    known = sent.packed.get(name)
    column = known[1] if known is not None and known[0] is values else make()
    sent.packed[name] = values, column
    return column


def _landscape(frame: Frame) -> list[Column]:
    return [Column(f"landscape.{name}", _single(values)) for name, values in frame.landscape.items()]


def _unsent(columns: list[Column], sent: Cursor) -> tuple[list[Column], list[str]]:
    """Split off the columns whose bytes the viewer holds already: only their names travel."""
    new, kept = [], []
    for column in columns:
        hashed = hashlib.blake2b(column.stored.tobytes(), digest_size=16)
        hashed.update(repr((column.stored.shape, column.scale, column.zero, column.bend)).encode())
        if sent.digests.get(column.name) == hashed.digest():
            kept.append(column.name)
        else:
            sent.digests[column.name] = hashed.digest()
            new.append(column)
    return new, kept


def _news(history: History, sent: Cursor) -> tuple[list[Column], list[Transport], list[Modes]]:
    """The rows of ``history`` later than those sent, oldest first."""
    steps = np.asarray(history.columns.get("step", np.empty(0)))
    new = steps > sent.row
    columns = [Column(f"history.{name}", _single(np.asarray(rows)[new])) for name, rows in history.columns.items()]
    transports = [row for row in history.transports if row.step > sent.transport]
    modes = [row for row in history.modes if row.step > sent.modes]
    if new.any():
        sent.row = int(steps[new].max())
    sent.transport = max([sent.transport, *(row.step for row in transports)])
    sent.modes = max([sent.modes, *(row.step for row in modes)])
    return (columns if new.any() else []), transports, modes


# --- numbers -------------------------------------------------------------------------------------


def plain(name: str, values: ArrayLike, scale: float, zero: float) -> Column:
    """Store ``values`` as int16 with ``value = zero + scale * q``; beyond the range they are cut at its ends."""
    return Column(name, _int16((np.asarray(values, dtype=np.float64) - zero) / scale), scale, zero)


def bent(name: str, values: Floats, middle: float, reach: float) -> Column:
    """Store ``values`` as int16 with ``value = middle + reach * sinh(bend * q)``.

    Fine near ``middle`` and of constant relative error far from it: at most 0.1 % of
    ``max(reach, |value - middle|)`` for values up to 1e12 times the reach.
    """
    curved = np.arcsinh((np.asarray(values, dtype=np.float64) - middle) / reach)
    largest = float(np.max(np.abs(curved), initial=0.0, where=np.isfinite(curved)))
    # Nine digits: the last bits of arcsinh differ between machines, the message must not.
    bend = float(f"{max(largest, 1.0) / _LAST:.9g}")
    return Column(name, _int16(curved / bend), reach, middle, bend)


def _int16(values: Floats) -> NDArray[np.int16]:
    if np.isfinite(values).all():
        return np.clip(np.rint(values), -_LAST, _LAST).astype(np.int16)
    limited = np.clip(np.nan_to_num(np.rint(values), nan=UNKNOWN, posinf=_LAST, neginf=-_LAST), UNKNOWN, _LAST)
    return np.where(np.isnan(values), UNKNOWN, np.maximum(limited, -_LAST)).astype(np.int16)


def _single(values: Floats) -> NDArray[np.float32]:
    with np.errstate(over="ignore"):
        return np.asarray(values).astype(np.float32)
