"""No word is missing and none is left over: every key that is asked for exists, and every key is asked for.

A key stands whole in a script or a module, or it is put together there; how, and of which names, is listed here. A way
that stands in the code and not in the list fails, and so does one that is listed and stands nowhere.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path

import pytest

import gan_playground
from gan_playground.__main__ import _parser
from gan_playground.data.toys import TOYS
from gan_playground.images.checkpoints import manifest
from gan_playground.objective_names import OBJECTIVES
from gan_playground.page.panels import PANELS
from gan_playground.page.panels.panel import Panel
from gan_playground.page.panels.results import COLUMNS, MARKS
from gan_playground.page.tabs import TABS
from gan_playground.page.tabs.rejection import CHOICES, SLIDERS
from gan_playground.page.tabs.samples import PATHS, TRAINED, VARIANCE
from gan_playground.papers import RESULTS
from gan_playground.rejection import SAMPLERS
from gan_playground.rejection.sampler_table import NONE
from gan_playground.settings import KNOBS
from gan_playground.words import CATALOGUES

HOUSE = Path(gan_playground.__file__).parent
SCRIPTS = {file: file.read_text("utf-8") for file in (HOUSE / "web").rglob("*.js") if "vendor" not in file.parts}
MODULES = {file: file.read_text("utf-8") for file in HOUSE.rglob("*.py") if file.parent != HOUSE or file.stem[0] != "_"}
MODULES[HOUSE / "__main__.py"] = (HOUSE / "__main__.py").read_text("utf-8")  # __init__.py names modules, not words
WORDS = CATALOGUES["en"]
SECTIONS = "|".join(sorted({key.partition(".")[0] for key in WORDS}))
SHARED = ("training.js", "panel.js", "tabs/divergences.js")
"""Scripts of every panel."""


def named(*scripts: str) -> set[str]:
    """Every name that stands in a script whole: quoted, or as an object's key."""
    text = "\n".join(text for file, text in SCRIPTS.items() if file.relative_to(HOUSE / "web").as_posix() in scripts)
    assert text
    return set(re.findall(r'"([\w.\-]+)"', text)) | set(re.findall(r"\b(\w+):", text))


def quoted(module: str) -> set[str]:
    """Every name that stands in a module, quoted."""
    return set(re.findall(r'"([\w\-]+)"', MODULES[HOUSE / module]))


def put(way: str, names: Iterable[str]) -> str:
    """Put names in the places of the stars."""
    rest = iter(names)
    return re.sub(r"\*", lambda _: next(rest), way)


def choices(panel: Panel, key: str) -> list[str]:
    """The choices of a panel's field."""
    fields = {field.key: field.domain for field in panel.form.fields}
    return list(getattr(fields.get(key), "choices", ()))


def scripts_of(panel: str) -> list[Path]:
    """A panel's own scripts."""
    return [file for file in SCRIPTS if panel in (file.stem, file.parent.name) and "panels" in file.parts]


def told(book: object) -> Iterator[str]:
    """Every name in what a script is told."""
    if isinstance(book, str):
        yield book
    elif isinstance(book, Mapping):
        yield from book
        yield from (name for value in book.values() for name in told(value))
    elif isinstance(book, list | tuple):
        yield from (name for value in book for name in told(value))


PUT_TOGETHER = re.compile(r"(?:\.word\(|drawing\(this, |\? |: )`(\w*[_-]?\$\{[\w.]+\}(?:-\$\{\w+\})?)`")
PANEL_WAYS: Mapping[str, set[str]] = {
    "family": {"of-*", "pair_*", "row_*"},
    "shift": {"name_*", "*-*"},
    "boxes": {"start_*", "cloud_*", "says_equal_*"},
    "lipschitz": {"field-*", "slopes-*"},
    "saddle": {"why_*"},
    "estimates": set(),
    "results": set(),
}
"""How a panel puts its words together, of names in its scripts and in what they are told."""
ANSWERED: Mapping[str, set[str]] = {"boxes": {"left", "right"}}
"""Names that an answer brings: on which side of the boxes the slots lie."""


def panel_words(key: str) -> Iterator[str]:
    """Names of a panel's words: those that stand in its scripts, and what its controls say."""
    scripts = [file.relative_to(HOUSE / "web").as_posix() for file in scripts_of(key)]
    names = named(*SHARED, *scripts)
    known = names | set(told(PANELS[key].book())) | quoted(f"page/panels/{key}.py") | ANSWERED.get(key, set())
    yield from names
    for way in PANEL_WAYS[key]:
        yield from (put(way, several) for several in product(known, repeat=way.count("*")))
    text = "\n".join(SCRIPTS[file] for file in scripts_of(key))
    for field in re.findall(r'(?:slider|typed|hint)\(this, "([\w-]+)"', text):
        yield f"{field}_hint"
    if "slider(this, key" in text:
        yield from (word for field in PANELS[key].form.fields for word in (field.key, f"{field.key}_hint"))
    for field in re.findall(r'segments\(this, "([\w-]+)"', text):
        yield from (f"{field}_{choice}" for choice in choices(PANELS[key], field))


DATA = sorted({entry.data for entry in manifest().entries.values()})
PARAMETERS = [parameter.symbol for parameter in OBJECTIVES.values() if parameter is not None]
COMMANDS = next(action.choices for action in _parser()._actions if action.dest == "command")
SHOWS = [result.shows.key.partition(".")[2] for result in RESULTS.values()]

WAYS: dict[str, Iterable[str | tuple[str, ...]]] = {
    # a star in a pattern is a place where a name is put
    "checkpoints.not_finite_*_*": [*product(("critic", "generator"), ("loss", "gradient"))],
    "commands.*": COMMANDS or (),
    "commands.score_*": quoted("images/score_table.py"),
    "knobs.*": KNOBS,
    "knobs.*_hint": KNOBS,
    "knobs.*.*": [*product(["data"], TOYS), *product(["objective"], OBJECTIVES)],
    "knobs.*.*_hint": [*product(["data"], TOYS), *product(["objective"], OBJECTIVES)],
    "knobs.data.*": TOYS,
    "knobs.group.*": [knob.group for knob in KNOBS.values()],
    "knobs.objective.*": OBJECTIVES,
    "knobs.parameter.*": PARAMETERS,
    "knobs.parameter.*_hint": PARAMETERS,
    "knobs.value.*": {str(choice) for knob in KNOBS.values() for choice in getattr(knob.domain, "choices", ())},
    "notes.*": quoted("engine/measurements/narrator.py"),
    "notes.*_then": quoted("engine/measurements/narrator.py"),
    "notes.of_*": ("one_missing", "missing", "one_missing_thin", "missing_thin"),
    "notes.stopped_*": [f"{player}_{what}" for player in ("critic", "generator") for what in ("loss", "gradient")],
    "page.*": named("train/card.js"),
    "page.layer_*": named("train/layout.js"),
    "page.layer_*_title": named("train/layout.js"),
    "page.reads_*": named("header.js"),
    "page.speed_*": named("train/layout.js"),
    "page.step_*": named("train/layout.js"),
    "page.tab_*": [tab.key for tab in TABS],
    "papers.*": [*SHOWS, "real", "generated"],
    "papers.*_place": SHOWS,
    "papers.column_*": COLUMNS,
    "papers.drs_*": SAMPLERS,
    "papers.mark_*": MARKS,
    "rejection.*": [*SAMPLERS, NONE, *named("rejection/toys.js"), *named("rejection/galleries.js"), "exact-99.9"],
    "rejection.*_is": SAMPLERS,
    "rejection.*_value": SLIDERS,
    "rejection.column_*": named("rejection/tables.js", "rejection/verdict.js", "rejection/toys.js"),
    "rejection.cost_*": quoted("images/rejection.py"),
    "rejection.gain_*": quoted("images/rejection.py"),
    "rejection.gamma_is_*": SAMPLERS,
    "rejection.honest_*": named("rejection/tables.js"),
    "rejection.score_*": named("rejection/tables.js", "rejection/verdict.js"),
    "rejection.strictness_*": SAMPLERS,
    "rejection.strictness_hint_*": SAMPLERS,
    "samples.*": named("samples/lead.js"),
    "samples.class_*_*": [*product(DATA, map(str, range(10)))],
    "samples.column_*_title": named("samples/columns.js"),
    "samples.data_*": DATA,
    "samples.data_*_long": DATA,
    "samples.field_*": TRAINED,
    "samples.licence_*": DATA,
    "samples.name_*": manifest().entries,
    "samples.psi_hint_*": VARIANCE,
    "samples.walk_unit_*": PATHS,
    "scores.*": named("samples/scores.js", "samples/table.js"),
    "scores.blind_*": named("samples/table.js"),
    "scores.score_*": named("samples/table.js"),
    "scores.split_*": ("test",),
    # a row of buttons: the title of a choice, and the word of each of its values
    "*.*": [
        *product(["rejection"], [*CHOICES, *(value for values in CHOICES.values() for value in values)]),
        *product(["samples"], ["path", *PATHS]),
        *((panel, word) for panel in PANELS for word in panel_words(panel)),
    ],
    "*.tab": PANELS,
    "*.try": PANELS,
    "*.try_*": [(panel, scene) for panel, of in PANELS.items() for scene in choices(of, "scene")],
}


def asked(text: str) -> Iterator[str]:
    """Ways in which a script or a module puts keys together, each name a star."""
    sections = rf"(?:{SECTIONS})\."
    for way in re.findall(rf'f"({sections}[^"\n]*\{{[^"\n]*)"', text):
        yield re.sub(r"\{[^{}]*\}", "*", way)
    for way in re.findall(rf'"({sections}[\w.]*_)" \+', text):
        yield way + "*"
    for way in re.findall(rf"`({sections}[^`\s]*\$\{{[^`\s]*|\$\{{[\w.]+\}}\.[^`\s]*)`", text):
        yield re.sub(r"\$\{[^{}]*\}", "*", way)


def composed() -> set[str]:
    """Every key that is put together somewhere."""
    return {put(way, (name,) if isinstance(name, str) else name) for way, names in WAYS.items() for name in names}


def whole() -> set[str]:
    """Every key that stands in the code as it is."""
    pattern = re.compile(rf"[\"']((?:{SECTIONS})\.[\w\-.]*\w)[\"']")
    found = {key for text in (*SCRIPTS.values(), *MODULES.values()) for key in pattern.findall(text)}
    ways = {way.removesuffix("*") for way in WAYS}
    return {key for key in found if not re.search(r"\.(css|js|mdb)$", key) and key not in ways}


def test_every_way_of_putting_keys_together_is_listed_and_in_use():
    ways = {way for text in (*SCRIPTS.values(), *MODULES.values()) for way in asked(text)}
    assert ways == WAYS.keys()


def test_every_way_in_which_a_panel_puts_its_words_together_is_listed_and_in_use():
    for key in PANELS:
        text = "\n".join(SCRIPTS[file] for file in scripts_of(key))
        assert PANEL_WAYS[key] == {re.sub(r"\$\{[^{}]*\}", "*", way) for way in PUT_TOGETHER.findall(text)}, key


def test_no_key_is_asked_for_that_does_not_exist():
    assert whole() <= WORDS.keys()


def test_no_key_is_left_over():
    assert WORDS.keys() - whole() - composed() == set()


WHOLLY = (
    "checkpoints.not_finite_*_*", "commands.*", "knobs.*", "knobs.data.*", "knobs.objective.*",
    "knobs.parameter.*", "notes.of_*", "notes.stopped_*", "page.tab_*", "papers.*", "papers.*_place",
    "papers.column_*", "papers.mark_*", "rejection.*_is", "rejection.*_value", "rejection.gamma_is_*",
    "rejection.strictness_*", "rejection.strictness_hint_*", "samples.data_*", "samples.data_*_long",
    "samples.field_*", "samples.licence_*", "samples.psi_hint_*", "samples.walk_unit_*", "*.tab", "*.try",
)  # fmt: skip
"""Ways whose names are a record's, every one with its word."""


@pytest.mark.parametrize("way", WHOLLY)
def test_every_entry_of_a_record_has_its_words(way):
    keys = {put(way, (name,) if isinstance(name, str) else name) for name in WAYS[way]}
    assert keys
    assert keys <= WORDS.keys()


def test_every_layer_and_mark_of_the_pictures_has_its_words():
    layers = re.search(r"LAYERS = \{(.*?)\};", SCRIPTS[HOUSE / "web/train/layout.js"], re.DOTALL)
    marks = re.search(r"READINGS = \[(.*?)\]", SCRIPTS[HOUSE / "web/header.js"])
    assert layers
    assert marks
    names = re.findall(r'"(\w+)"', layers[1])
    assert len(names) == 12
    keys = [f"page.layer_{name}{end}" for name in names for end in ("", "_title")]
    keys += [f"page.reads_{name}" for name in re.findall(r'"(\w+)"', marks[1])]
    assert set(keys) <= WORDS.keys()
