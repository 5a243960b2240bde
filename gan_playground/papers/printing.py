"""A report as text and as JSON."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from gan_playground.papers import Report
from gan_playground.papers.record import Result, Row, Value
from gan_playground.words import Note, say
from gan_playground.words.sentences import signed

SIGN: Final = {True: "✓", False: "✗"}


def as_json(report: Report) -> dict[str, Any]:
    """Return the report as plain data: ``rows``, ``beside`` (ours, paper, mark, deviation), ``checks``, seeds, time."""
    entry, outcome = report.result, report.outcome
    return {
        "name": entry.name,
        "paper": entry.paper,
        "place": entry.place.say("en"),
        "shows": entry.shows.say("en"),
        "seeds": list(range(report.seeds)),
        "seconds": round(report.seconds, 2),
        "holds": outcome.holds,
        "rows": _plain(outcome.rows),
        "tables": {name: _plain(rows) for name, rows in outcome.tables.items()},
        "beside": [
            {
                "what": line.what,
                "ours": plain(line.ours),
                "paper": plain(line.paper.value),
                "mark": line.paper.mark,
                "deviation": plain(line.deviation),
            }
            for line in outcome.beside
        ],
        "checks": [
            {"what": check.what.say("en"), "holds": check.holds, "binding": check.binding} for check in outcome.checks
        ],
        "remarks": [remark.say("en") for remark in outcome.remarks],
    }


def as_text(report: Report, lang: str) -> str:
    """Return the report as it is read in a terminal."""
    entry, outcome = report.result, report.outcome
    parts = [
        f"{entry.name}: {entry.shows.say(lang)}\n{_source(entry, lang)}",
        columns(outcome.rows),
        *(f"{name}\n{columns(rows)}" for name, rows in outcome.tables.items()),
    ]
    if outcome.beside:
        words = [say(f"papers.column_{key}", lang) for key in ("what", "ours", "paper", "deviation", "mark")]
        lines: list[Row] = [
            dict(
                zip(
                    words,
                    (
                        line.what,
                        line.ours,
                        line.paper.value,
                        line.deviation,
                        say(f"papers.mark_{line.paper.mark}", lang),
                    ),
                    strict=True,
                )
            )
            for line in outcome.beside
        ]
        parts.append(columns(lines))
    if outcome.checks:
        parts.append("\n".join(_check(check.what.say(lang), check.holds, check.binding) for check in outcome.checks))
    parts += [remark.say(lang) for remark in outcome.remarks]
    seeds = ", ".join(map(str, range(report.seeds))) or say("papers.no_seeds", lang)
    parts.append(say("papers.taken", lang, seeds=seeds, seconds=f"{report.seconds:.1f}"))
    return "\n\n".join(parts)


def listing(entries: Iterable[Result], lang: str) -> str:
    """Return the list of results: name, how long it takes, and what it shows."""
    shown = [
        (entry.name, *(note.say(lang) for note in (duration(entry.seconds), entry.shows)), _source(entry, lang))
        for entry in entries
    ]
    width, time = (max(_width(row[i]) for row in shown) for i in (0, 1))
    return "\n".join(
        f"{name:<{width}}  {' ' * (time - _width(lasts))}{lasts}  {shows}\n{'':<{width + time + 4}}{paper}"
        for name, lasts, shows, paper in shown
    )


def _source(entry: Result, lang: str) -> str:
    return f"{entry.paper}, {entry.place.say(lang)}"


def duration(seconds: float) -> Note:
    """Return a duration as it is said: 3 s, 4 min."""
    if seconds < 90:
        return Note("papers.seconds", {"n": max(1, round(seconds))})
    return Note("papers.minutes", {"n": round(seconds / 60)})


def plain(value: Value) -> Value:
    """Return a cell as JSON has it: ``inf`` and ``nan`` as words."""
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def columns(rows: Sequence[Row]) -> str:
    """Return rows as aligned columns under their names: numbers to the right, words to the left."""
    if not rows:
        return ""
    names = list(rows[0])
    cells = [[_cell(row.get(name)) for name in names] for row in rows]
    widths = [max(_width(name), *(_width(line[i]) for line in cells)) for i, name in enumerate(names)]
    right = [any(isinstance(row.get(name), float | int) for row in rows) for name in names]
    lines = (_line(line, widths, right) for line in (names, *cells))
    return "\n".join(line.rstrip() for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    pads = [" " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)]
    return "  ".join(
        pad + cell if to_right else cell + pad for cell, pad, to_right in zip(cells, pads, right, strict=True)
    )


def _width(text: str) -> int:
    """Columns of a terminal: Korean letters take two."""
    return sum(2 if 0x1100 <= ord(letter) <= 0xFFDC and not 0x2000 <= ord(letter) <= 0x2FFF else 1 for letter in text)


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return SIGN[value]
    if isinstance(value, float) and abs(value) < 1e6 and abs(value - round(value)) <= 1e-12 * abs(value):
        return signed(f"{value:.0f}")
    if isinstance(value, float):
        return signed(f"{value:.4f}" if 1e-3 <= abs(value) < 1e4 or value == 0 else f"{value:.3g}")
    return "" if value is None else signed(str(value)) if isinstance(value, int) else value


def _check(sentence: str, holds: bool, binding: bool) -> str:
    return f"{SIGN[holds] if binding else '·'} {sentence}"


def _plain(rows: Iterable[Row]) -> list[Mapping[str, Value]]:
    return [{name: plain(value) for name, value in row.items()} for row in rows]
