"""Every sentence stands in both languages, with the same places, and every key the page asks for exists."""

import json
import math
import re
import subprocess
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from gan_playground.data.toys import TOYS
from gan_playground.objective_names import OBJECTIVES, OTHER_OBJECTIVES
from gan_playground.page import theme
from gan_playground.page.controls import declaration
from gan_playground.page.tabs import TABS
from gan_playground.settings import KNOBS
from gan_playground.words import CATALOGUES, LANGUAGES, Note, Refusal, say

WEB = Path(theme.__file__).parent.parent / "web"
SCRIPTS = {script.name: script.read_text(encoding="utf-8") for script in WEB.rglob("*.js")}
HANGUL = re.compile(r"[가-힣]")
SPOKEN_BY_SCRIPT = re.compile(r"^(,?(\.\d+)?[efg%d]?)$")
"""The formats that the page's own `fill` knows."""


def places(sentence: str) -> set[tuple[str, str]]:
    return {(name, spec or "") for _, name, spec, _ in Formatter().parse(sentence) if name is not None}


def test_both_languages_say_it_with_the_same_places():
    assert len(CATALOGUES["en"]) > 1000
    for key in CATALOGUES["en"]:
        english, korean = (CATALOGUES[language][key] for language in ("en", "ko"))
        assert english.strip(), key
        assert korean.strip(), key
        assert {name for name, _ in places(english)} == {name for name, _ in places(korean)}, key
        assert not HANGUL.search(english), key
        # Without a Korean letter it is a name or a formula, the same in both.
        assert HANGUL.search(korean) or korean == english, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_can_fill_every_place(language):
    unknown = {
        key: spec
        for key, sentence in CATALOGUES[language].items()
        for _, spec in places(sentence)
        if not SPOKEN_BY_SCRIPT.match(spec)
    }
    assert unknown == {}


def test_the_page_fills_places_as_python_does():
    """But for the true minus sign, and 'g' where Python would write a power of ten."""
    specs = {spec for said in CATALOGUES.values() for sentence in said.values() for _, spec in places(sentence)}
    numbers = (0, 1, 7, -3, 42, 999, 12345, 0.123456, -0.0123, 0.0456, 3.14159, 98765.4321)
    few = {spec: 10.0 ** int(spec[1:-1] or 6) if spec[:1] == "." else 1e6 for spec in specs if spec.endswith("g")}
    cases = [(f"{{x:{spec}}}", x) for spec in specs for x in numbers if abs(x) < few.get(spec, math.inf)]
    script = (
        f"import {{ fill }} from {json.dumps((WEB / 'language.js').as_uri())};"
        "const cases = JSON.parse(process.argv[1]);"
        "console.log(JSON.stringify(cases.map(([sentence, x]) => fill(sentence, { x }))));"
    )
    node = ["node", "--input-type=module", "--eval", script, json.dumps(cases)]
    filled = json.loads(subprocess.run(node, capture_output=True, check=True, text=True).stdout)
    assert filled == [sentence.format(x=x).replace("-", "\u2212", 1 if x < 0 else 0) for sentence, x in cases]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_neither_shouts_nor_begs(language):
    for key, sentence in CATALOGUES[language].items():
        if key.startswith(("page.", "knobs.", "notes.")):
            assert "!" not in sentence, key
            assert not re.search(r"\b([Pp]lease|[Ss]imply)\b", sentence), key


@pytest.mark.parametrize(
    "key", sorted(key for key, said in CATALOGUES["en"].items() if key.startswith("page.") and "**" in said)
)
def test_a_statement_is_marked_in_both_languages(key):
    for sentence in (said[key] for said in CATALOGUES.values()):
        assert re.match(r"^\*\*[^*]+\*\* \S", sentence)


def test_say_fills_places():
    assert say("page.seed", "en", seed=3) == "Seed 3"
    assert say("page.seed", "ko", seed=3) == "시드 3"
    assert say("page.seed", "fr", seed=3) == "Seed 3"


def test_a_missing_word_or_value_shows_its_name():
    assert say("page.there_is_no_such_sentence", "ko", x=1) == "page.there_is_no_such_sentence"
    assert say("page.seed") == "Seed {seed}"
    assert "{spread}" in say("notes.collapsed", "ko")  # a place with a format


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_catalogue_says_the_same_sentences_in_the_same_order(language):
    assert list(CATALOGUES[language]) == list(CATALOGUES["en"])
    sections = [key.split(".", 1)[0] for key in CATALOGUES[language]]
    assert sections == sorted(sections)


def test_a_refusal_and_a_note_read_in_either_language():
    refusal = Refusal("errors.knob_number", knob="r1", name="r1", value="x", low="0", high="100")
    assert "'x'" in str(refusal) == refusal.say("en")
    assert HANGUL.search(refusal.say("ko"))
    assert refusal.knob == "r1"
    note = Note("page.seats_taken", {"place": 3})
    assert all("3" in note.say(language) for language in LANGUAGES)


# --- what the page asks for ----------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_every_key_a_script_names_exists(name):
    named = set(re.findall(r'"((?:page|knobs|notes)\.[\w.\-]+)"', SCRIPTS[name]))
    assert named <= CATALOGUES["en"].keys()


def test_the_scripts_do_name_keys():
    assert sum(text.count('say("page.') for text in SCRIPTS.values()) > 30


def test_the_keys_that_scripts_put_together_exist():
    listed = re.search(r"LAYERS = \{(.*?)\};", SCRIPTS["layout.js"], re.DOTALL)
    assert listed
    layers = re.findall(r'"(\w+)"', listed[1])
    assert len(layers) == 12
    keys = [f"page.layer_{layer}_title" for layer in layers] + [f"page.layer_{layer}" for layer in layers]
    keys += [f"knobs.data.{data}" for data in TOYS]
    keys += [f"knobs.objective.{name}{end}" for name in OBJECTIVES for end in ("", "_hint")]
    keys += [f"knobs.{key}" for key in KNOBS]
    keys += [f"knobs.parameter.{parameter.symbol}" for parameter in OBJECTIVES.values() if parameter is not None]
    keys += [f"page.tab_{tab.key}" for tab in TABS]
    readings = re.search(r"READINGS = \[(.*?)\]", SCRIPTS["header.js"])
    assert readings
    keys += [f"page.reads_{name}" for name in re.findall(r'"(\w+)"', readings[1])]
    assert set(keys) <= CATALOGUES["en"].keys()


def test_every_objective_and_knob_is_declared_to_the_script():
    told: Any = declaration()
    assert told["knobs"].keys() == KNOBS.keys()
    assert told["objectives"].keys() == OBJECTIVES.keys()
    for name, about in told["objectives"].items():
        assert about["steps"] == (name not in OTHER_OBJECTIVES)
    assert told["objectives"]["js"]["range"] == pytest.approx([0, 1.386294])
    assert told["objectives"]["gan"]["range"] == pytest.approx([0, 1.386294])
    assert told["objectives"]["kl"]["range"] == (0, None)


def test_every_knob_stands_once_in_the_column_and_has_its_words():
    told: Any = declaration()
    placed = [*told["visible"], *(key for _, keys in told["advanced"] for key in keys)]
    assert sorted(placed) == sorted(KNOBS)
    assert told["penalty"] in told["visible"]
    words = CATALOGUES["en"]
    assert {f"knobs.group.{group}" for group, _ in told["advanced"]} <= words.keys()
    drawn = re.findall(r"^  (\w+)(?::|,)", SCRIPTS["column.js"].split("const FIELDS = {")[1].split("\n};")[0], re.M)
    for key, knob in told["knobs"].items():
        assert f"knobs.{key}" in words
        assert knob["control"] in drawn
        assert {group for group, _ in knob["choices"] if group} <= words.keys()
        assert [choice for _, listed in knob["choices"] for choice in listed] or knob["control"] not in (
            "select",
            "objective",
        )
        for rule in (knob["shown"], knob["idle"]):
            assert rule is None or rule[0] in KNOBS


def test_the_objectives_grammar_is_the_scripts_too():
    told: Any = declaration()
    pattern = re.compile(told["grammar"].replace("?<", "?P<"))
    for name, parameter in OBJECTIVES.items():
        for text in (name, f"{name}:exact", f"{name}(0.5)"):
            match = pattern.fullmatch(text)
            assert match
            assert match["name"] == name
        assert (told["objectives"][name]["parameter"] is None) == (parameter is None)
