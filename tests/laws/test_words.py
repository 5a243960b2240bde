"""Every sentence stands in both languages, with the same places, and every key the page asks for exists."""

import json
import math
import os
import re
import subprocess
import sys
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from gan_playground.objective_names import OBJECTIVES, OTHER_OBJECTIVES
from gan_playground.page import theme
from gan_playground.page.controls import declaration
from gan_playground.settings import KNOBS
from gan_playground.words import CATALOGUES, FILES, FOLDER_VARIABLE, LANGUAGES, Note, Refusal, pseudo, say
from gan_playground.words.sentences import Particles

WEB = Path(theme.__file__).parent.parent / "web"
SCRIPTS = {script.name: script.read_text(encoding="utf-8") for script in WEB.rglob("*.js")}
HANGUL = re.compile(r"[가-힣]")
SPOKEN_BY_SCRIPT = re.compile(r"^(,?(\.\d+)?[efg%d]?)$")
"""The formats that the page's own `fill` knows."""


def places(sentence: str) -> set[tuple[str, str]]:
    return {(name, spec or "") for _, name, spec, _ in Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_it_with_the_same_places(language):
    assert len(CATALOGUES["en"]) > 1000
    for key, english in CATALOGUES["en"].items():
        said = CATALOGUES[language][key]
        assert said.strip(), key
        assert {name for name, _ in places(said)} == {name for name, _ in places(english)}, key


def test_korean_is_in_korean_letters():
    for key, english in CATALOGUES["en"].items():
        korean = CATALOGUES["ko"][key]
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


def filled_by_script(language: str, cases: list[tuple[str, dict[str, Any]]]) -> list[str]:
    """What ``language.js`` makes of sentences in a language."""
    script = (
        f"import {{ fill, learn, speak }} from {json.dumps((WEB / 'language.js').as_uri())};"
        "import { readFileSync } from 'node:fs';"
        "const { language, catalogue, cases } = JSON.parse(readFileSync(0, 'utf-8'));"
        "globalThis.fetch = async () => ({ ok: true, json: async () => catalogue });"
        "globalThis.document = { documentElement: {} };"
        "await speak(language);"
        "console.log(JSON.stringify(cases.map(([sentence, values]) => fill(sentence, values))));"
    )
    given = {"language": language, "catalogue": json.loads(FILES[language].read_text("utf-8")), "cases": cases}
    node = ["node", "--input-type=module", "--eval", script]
    return json.loads(subprocess.run(node, input=json.dumps(given), capture_output=True, check=True, text=True).stdout)


def test_the_page_fills_places_as_python_does():
    """But for 'g' where Python would write a power of ten."""
    specs = {spec for said in CATALOGUES.values() for sentence in said.values() for _, spec in places(sentence)}
    numbers = (0, 1, 7, -3, 42, 999, 12345, 0.123456, -0.0123, 0.0456, 3.14159, 98765.4321)
    few = {spec: 10.0 ** int(spec[1:-1] or 6) if spec[:1] == "." else 1e6 for spec in specs if spec.endswith("g")}
    cases = [(f"{{x:{spec}}}", {"x": x}) for spec in specs for x in numbers if abs(x) < few.get(spec, math.inf)]
    cases += [("{x} {y} {z:.2f}", {"x": None, "y": "-3"}), ("{x:.1e}", {"x": -1.5e-7}), ("{{{x}}}", {"x": -4})]
    none = Particles.of([])
    assert filled_by_script("en", cases) == [none.fill(sentence, values) for sentence, values in cases]


def test_a_number_that_is_read_has_a_true_minus_sign_and_a_text_stays_as_it_was_typed():
    assert say("notes.stopped_critic_loss", step=-1200).startswith("**Stopped at step −1,200.")
    assert say("page.seed", seed=-3) == "Seed −3"
    assert say("page.seed", seed="-3") == "Seed -3"
    assert say("page.seed", seed=-1e-9) == "Seed −1e−09"
    assert [say("page.seed", seed=x) for x in (math.inf, -math.inf, math.nan)] == ["Seed ∞", "Seed −∞", "Seed –"]


SOUNDS = {
    # what stands before: whether it ends in a consonant, and whether that is ㄹ
    "판별자": (False, False), "생성기들": (True, True), "값": (True, False), "나": (False, False),
    "0": (True, False), "1": (True, True), "2": (False, False), "3": (True, False), "4": (False, False),
    "5": (False, False), "6": (True, False), "7": (True, True), "8": (True, True), "9": (False, False),
    "0.50": (True, False), "−1.7": (True, True), "12%": (False, False), "∞": (False, False), "1e−05": (False, False),
    "'3'": (True, False), "“값”": (True, False), "**2**": (False, False), "N(0,1)": (True, True),
    "KL": (True, True), "GAN": (True, False), "JS": (False, False), "WGAN-GP": (False, False), "W₁": (True, True),
    "W₂": (False, False), "kl": (True, True), "wgan": (True, False), "drs": (False, False), "critic": (True, False),
    "data": (False, False), "8-gaussians": (False, False), "ring": (True, False), "pinwheel": (True, True),
    "grid.png": (False, False), "a.json": (True, False), "step": (True, False), "loop": (False, False),
    "χ²": (True, False), "ε": (True, False), "λ": (False, False), "…": (False, False),
}  # fmt: skip
"""How Korean reads words, digits (영 일 이 삼 …) and Latin letters (엘 엠 엔 알, else a vowel) at their end."""
FORMS = {
    "은(는)": ("은", "는"), "이(가)": ("이", "가"), "을(를)": ("을", "를"), "과(와)": ("과", "와"),
    "(이)라": ("이라", "라"), "이었(였)": ("이었", "였"), "(으)로": ("으로", "로"),
}  # fmt: skip


def test_a_particle_goes_by_the_sound_before_it_on_the_page_and_off_it():
    particles = Particles.of(json.loads(FILES["ko"].read_text("utf-8"))["particles"])
    assert particles.forms.keys() == FORMS.keys()
    cases, wanted = [], []
    for before, (consonant, rieul) in SOUNDS.items():
        for written, (first, second) in FORMS.items():
            cases.append((f"{{x}}{written} 끝", {"x": before}))
            takes_first = consonant and not (rieul and written == "(으)로")
            wanted.append(f"{before}{first if takes_first else second} 끝")
    assert [particles.fill(sentence, values) for sentence, values in cases] == wanted
    assert filled_by_script("ko", cases) == wanted


def test_no_reader_of_korean_sees_both_forms_of_a_particle():
    both = re.compile("|".join(map(re.escape, FORMS)))
    bare = re.compile(r"\{[^{}]*\}['’”)\]*`]*(은|는|이|가|을|를|과|와|으로|로|로는|라는|라|였습니다)(?![가-힣(])")
    for key, sentence in CATALOGUES["ko"].items():
        assert not bare.search(sentence), key
        for value in ("KL", "값", 2):
            assert not both.search(
                say(key, "ko", **dict.fromkeys((name for name, _ in places(sentence)), Shown(value)))
            )


class Shown(str):
    """A value that takes every format."""

    def __new__(cls, value: object) -> "Shown":
        return super().__new__(cls, value)

    def __format__(self, spec: str) -> str:
        return str(self)


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


def test_the_pseudo_language_says_everything_longer_and_keeps_what_fills_it(tmp_path):
    file = pseudo.write(tmp_path)
    read: dict[str, dict[str, str]] = json.loads(file.read_text("utf-8"))
    said = {f"{section}.{name}": text for section, names in read.items() for name, text in names.items()}
    assert list(said) == list(CATALOGUES["en"])
    longer = 0
    for key, english in CATALOGUES["en"].items():
        if key == "page.own_name":
            continue
        assert places(said[key]) == places(english)
        assert said[key].count("**") == english.count("**")
        outside = re.sub(r"`[^`]*`|⟦[^⟦⟧]*⟧|\{[^{}]*\}", "", said[key])
        assert not re.search(r"[^\W\d_]", outside)
        longer += len(said[key])
    assert 1.3 < longer / sum(map(len, CATALOGUES["en"].values())) < 1.5


def test_a_further_catalogue_is_a_further_language_at_every_door_of_words(tmp_path):
    pseudo.write(tmp_path)
    program = """
from gan_playground.page.shell import book
from gan_playground.page.tabs import TABS
from gan_playground.serving.protocol import parse
from gan_playground.words import FILES, LANGUAGES, Refusal, say, wanted
assert LANGUAGES[-1] == "qps" and FILES["qps"].name == "qps.json"
assert book(TABS)["languages"]["qps"] == say("page.own_name", "qps") != say("page.own_name")
assert wanted("qps_XX.UTF-8") == wanted("qps-XX") == wanted("qps") == "qps"
assert wanted("ko_KR.UTF-8") == "ko" and wanted("xx") is None and wanted("C") is None
assert parse('{"hello": {"query": "", "token": "", "lang": "qps"}}').lang == "qps"
assert Refusal("page.seed", seed=-3).say("qps").endswith("−3")
from gan_playground.__main__ import main
main(["sample", "mnist-kl", "--out", "x"])
"""
    environment = os.environ | {FOLDER_VARIABLE: str(tmp_path), "LC_ALL": "qps.UTF-8"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("'x⟦")


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
    refusal = Refusal("errors.knob_number", knob="r1", name="r1", value="'x'", low="0", high="100")
    assert "'x'" in str(refusal) == refusal.say("en")
    assert HANGUL.search(refusal.say("ko"))
    assert refusal.knob == "r1"
    note = Note("page.seats_taken", {"place": 3})
    assert all("3" in note.say(language) for language in LANGUAGES)


# --- what the page asks for ----------------------------------------------------------------------


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
