"""The papers' results: what each shows, run here where it is quick, else by its command."""

from functools import lru_cache
from html import escape
from typing import Any, Final

from gan_playground.page.icons import icon
from gan_playground.page.panels.panel import Answer, Panel, Values, choice, word
from gan_playground.page.panels.train_bar import SHARED_TRAININGS
from gan_playground.papers import RESULTS, reproduce
from gan_playground.papers.printing import duration
from gan_playground.papers.record import Row, Value
from gan_playground.words import LANGUAGES, Note, Refusal, say

QUICK: Final = tuple(name for name, entry in RESULTS.items() if entry.quick)
NAME: Final = choice("name", *QUICK, *(name for name in RESULTS if name not in QUICK))
MOST_ROWS: Final = 12


def run(values: Values) -> Answer:
    """Rebuild a quick result in the helper process, once for all, and return it as tables in both languages.

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
                "mark": _both(Note(f"papers.mark_{line.paper.mark}")),
            }
            for line in outcome.beside
        ],
        "checks": [
            {"holds": check.holds, "binding": check.binding, "what": _both(check.what)} for check in outcome.checks
        ],
        "remarks": [_both(remark) for remark in outcome.remarks],
    }


def _both(note: Note) -> dict[str, str]:
    return {language: note.say(language) for language in LANGUAGES}


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


# --- markup -------------------------------------------------------------------------------------------------------


def controls() -> str:
    """What the list is, and how sure a published number may be."""
    marks = "".join(f"<li {word(f'papers.mark_{mark}')}</li>" for mark in ("read", "notes", "derived", "remembered"))
    return (
        f'<div class="control"><div class="head"><label {word("results.list")}</label></div>'
        f'<p class="hint" {word("results.list_hint")}</p></div>'
        f'<div class="control"><div class="head"><label {word("results.marks")}</label></div>'
        f'<p class="hint" {word("results.marks_hint")}</p><ul class="mark-list">{marks}</ul></div>'
    )


def stage() -> str:
    """The list, and below it the result that was run."""
    return f"""
<article class="card first result-list">{"".join(map(_entry, RESULTS))}</article>
<article class="card result-found" hidden><div class="line"><h2 class="found-name"></h2>
  <span class="unit found-time"></span></div><ul class="found-checks"></ul>
  <div class="scroll"><table class="figures found-beside"></table></div>
  <div class="scroll"><table class="figures found-rows"></table></div><p class="hint found-remarks"></p></article>"""


def _entry(name: str) -> str:
    entry = RESULTS[name]
    command = f"python -m gan_playground reproduce {name}"
    action = (
        f'<button type="button" class="button" data-run="{name}">{icon("play")}<span {word("results.run")}</span>'
        f"</button>"
        if entry.quick
        else f'<span class="unit" {word("results.by_command")}</span>'
    )
    return f"""
<section class="result-of" data-result="{name}"><div class="line"><h3>{escape(name)}</h3>
  <span class="unit">{escape(duration(entry.seconds))}</span><span class="far">{action}</span></div>
  <p {word(entry.shows.key)}</p><p class="hint">{escape(entry.paper)}, {escape(entry.place)}</p>
  <code>{escape(command)}</code></section>"""


def shown_keys() -> tuple[str, ...]:
    """The keys of sentences that the list shows and that stand in another section than the panel's."""
    marks = ("read", "notes", "derived", "remembered")
    columns = ("what", "ours", "paper", "deviation", "mark")
    return (
        *(entry.shows.key for entry in RESULTS.values()),
        *(f"papers.mark_{mark}" for mark in marks),
        *(f"papers.column_{column}" for column in columns),
    )


assert all(say(key) for key in shown_keys())

PANEL: Final = Panel("results", (NAME,), controls, stage, {"run": run})
