"""The papers' results: what each shows, run here where it is quick, else by its command."""

from functools import lru_cache
from typing import Any, Final

from gan_playground.page.panels.panel import Answer, Panel, Values, choice
from gan_playground.page.panels.trainings import SHARED_TRAININGS
from gan_playground.papers import RESULTS, reproduce
from gan_playground.papers.printing import duration
from gan_playground.papers.record import Result, Row, Value
from gan_playground.words import Note, Refusal, unsaid

QUICK: Final = tuple(name for name, entry in RESULTS.items() if entry.quick)
NAME: Final = choice("name", *QUICK, *(name for name in RESULTS if name not in QUICK))
MOST_ROWS: Final = 12


def run(values: Values) -> Answer:
    """Rebuild a quick result in the helper process, once for all, and return it as tables.

    Raises:
        Refusal: the result takes too long for a page; the sentence gives its command.

    """
    entry = RESULTS[values["name"]]
    if not entry.quick:
        raise Refusal("results.takes_long", name=entry.name, lasts=duration(entry.seconds))
    return _found(entry.name)


@lru_cache(maxsize=32)
def _found(name: str) -> Answer:
    return SHARED_TRAININGS.run(told, name)


def told(name: str) -> Answer:
    """Return a result that has been run, as the page shows it."""
    report = reproduce(name)
    outcome = report.outcome
    return {
        "name": name,
        "seconds": round(report.seconds, 1),
        "holds": outcome.holds,
        "rows": _table(outcome.rows),
        "beside": [
            {
                "what": line.what,
                "ours": _cell(line.ours),
                "paper": _cell(line.paper.value),
                "deviation": _cell(line.deviation),
                "mark": unsaid(Note(f"papers.mark_{line.paper.mark}")),
            }
            for line in outcome.beside
        ],
        "checks": [
            {"holds": check.holds, "binding": check.binding, "what": unsaid(check.what)} for check in outcome.checks
        ],
        "remarks": [unsaid(remark) for remark in outcome.remarks],
    }


def _table(rows: tuple[Row, ...]) -> dict[str, Any]:
    return {
        "columns": list(rows[0]) if rows else [],
        "rows": [[_cell(value) for value in row.values()] for row in rows[:MOST_ROWS]],
        "more": max(0, len(rows) - MOST_ROWS),
    }


def _cell(value: Value) -> str | float | None:
    if isinstance(value, bool):
        return "✓" if value else "✗"
    if isinstance(value, float) and abs(value) in (float("inf"),):
        return "∞" if value > 0 else "−∞"
    return value


MARKS: Final = ("read", "notes", "derived", "remembered")
"""How sure a published number may be."""

COLUMNS: Final = ("what", "ours", "paper", "deviation", "mark")


def _listed(entry: Result) -> dict[str, Any]:
    return {
        "name": entry.name,
        "shows": entry.shows.key,
        "paper": entry.paper,
        "place": entry.place.key,
        "lasts": unsaid(duration(entry.seconds)),
        "command": f"python -m gan_playground reproduce {entry.name}",
        "quick": entry.quick,
    }


PANEL: Final = Panel(
    "results",
    (NAME,),
    {"run": run},
    about={"results": [_listed(entry) for entry in RESULTS.values()], "marks": list(MARKS), "columns": list(COLUMNS)},
)
