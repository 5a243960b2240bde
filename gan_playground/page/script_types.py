"""The types of what travels between Python and the page's scripts, written out for TypeScript.

``python -m gan_playground.page.script_types`` writes ``web/types/records.d.ts``; a test holds that it is current.
"""

import json
from collections.abc import Iterator, Mapping
from inspect import getdoc
from pathlib import Path
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Final,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from gan_playground import frames, knobs, settings, words
from gan_playground.page import controls
from gan_playground.serving import frame_header, messages

PATH: Final = Path(__file__).parent.parent / "web" / "types" / "records.d.ts"

ALIASES: Final[Mapping[str, Any]] = {
    "Value": knobs.Value,
    "Kind": knobs.Kind,
    "Certainty": frames.Certainty,
    "SentNumber": frame_header.SentNumber,
    "ArrayName": frame_header.ArrayName,
    "ColumnName": frame_header.ColumnName,
    "Status": messages.Status,
    "Player": messages.Player,
    "Button": messages.Button,
    "FromBrowser": messages.FromBrowser,
}
"""Types with a name and no fields."""

RECORDS: Final = tuple(
    record
    for module in (words, frame_header, messages, controls)
    for record in vars(module).values()
    if is_typeddict(record) and record.__module__ == module.__name__
)
"""Every record that is sent as JSON, in the order of declaration."""

_PLAIN: Final[Mapping[Any, str]] = {
    str: "string",
    bool: "boolean",
    int: "number",
    float: "number",
    NoneType: "null",
    object: "unknown",
}


def declarations() -> str:
    """The whole file."""
    parts = [
        "// Written by `python -m gan_playground.page.script_types` from the records of Python; not by hand.",
        *(f"export type {name} = {_union(get_args(hint))};" for name, hint in ALIASES.items()),
        _settings(),
        *(_record(record) for record in RECORDS),
    ]
    return "\n\n".join(parts) + "\n"


def _settings() -> str:
    rows = "".join(f"  {key}: {_knob(knob)};\n" for key, knob in settings.KNOBS.items())
    return f"/** Every knob with its value. */\nexport interface Settings {{\n{rows}}}"


def _knob(knob: knobs.Knob) -> str:
    if knob.choices:
        return " | ".join(map(json.dumps, knob.choices))
    return _PLAIN[type(knob.default)]


def _record(record: type) -> str:
    return f"{_comment(record)}export interface {record.__name__} {{\n{''.join(_fields(record))}}}"


def _comment(record: type) -> str:
    lines = (getdoc(record) or "").replace("``", "`").splitlines()
    if len(lines) == 1:
        return f"/** {lines[0]} */\n"
    return "/**\n" + "".join(f" * {line}".rstrip() + "\n" for line in lines) + " */\n"


def _fields(record: type) -> Iterator[str]:
    optional: frozenset[str] = record.__optional_keys__  # type: ignore[attr-defined]
    for key, hint in get_type_hints(record, include_extras=True).items():
        yield f"  {key}{'?' if key in optional else ''}: {_type(hint)};\n"


def _type(hint: Any) -> str:
    """The TypeScript of a type.

    Raises:
        TypeError: no JSON is of this type, or it is a record that is not written out.

    """
    for name, named in ALIASES.items():
        if hint == named:
            return name
    if hint in _PLAIN:
        return _PLAIN[hint]
    if is_typeddict(hint) and hint in RECORDS:
        return hint.__name__
    kind, inner = get_origin(hint), get_args(hint)
    if kind is NotRequired:
        return _type(inner[0])
    if kind is Annotated:
        return inner[1]
    if kind in (Union, UnionType, Literal):
        return _union(inner)
    if kind is list:
        return f"{_type(inner[0])}[]" if not _is_union(inner[0]) else f"({_type(inner[0])})[]"
    if kind is tuple:
        return f"[{', '.join(map(_type, inner))}]"
    if kind is dict and inner[0] is str:
        return f"Record<string, {_type(inner[1])}>"
    raise TypeError(f"{hint} is no JSON, or no record that is written out")


def _is_union(hint: Any) -> bool:
    return get_origin(hint) in (Union, UnionType, Literal)


def _union(members: tuple[Any, ...]) -> str:
    texts = (json.dumps(member) if isinstance(member, str) else _type(member) for member in members)
    return " | ".join(dict.fromkeys(texts))


if __name__ == "__main__":
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text(declarations(), encoding="utf-8")
