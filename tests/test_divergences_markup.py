"""The Divergences tab's words and markup: every sentence is used, every control declared, every formula typeset."""

import json
import math
import re
import subprocess
from pathlib import Path

import numpy as np
import pytest

from gan_playground.page import theme
from gan_playground.page.mathml import formula
from gan_playground.page.panels import PANELS
from gan_playground.page.tabs import divergences as tab
from gan_playground.theory.divergence_curves import U, interval, profile
from gan_playground.theory.divergences import DIVERGENCES, FAMILIES, KEYS, divergence
from gan_playground.words import CATALOGUES, LANGUAGES

WEB = Path(theme.__file__).parent.parent / "web"
SOURCES = {
    key: [
        WEB / "training.js",
        WEB / "panels" / f"{key}.js",
        *(WEB / "panels" / key).glob("*.js"),
        Path(theme.__file__).parent / "panels" / f"{key}.py",
    ]
    for key in PANELS
}
"""Where a panel's sentences are said: its scripts, and the module that refuses."""

CALM = ("family", "shift", "boxes", "divergences")
HANGUL = re.compile(r"[가-힣]")


def painted(words):
    """Every panel's markup in each of its scenes, as its script writes it, with these words."""
    sections: dict[str, dict[str, str]] = {}
    for key, sentence in words.items():
        section, name = key.split(".", 1)
        sections.setdefault(section, {})[name] = sentence
    told = json.dumps(tab.book() | {"words": sections})
    script = Path(__file__).parent / "web" / "paint.mjs"
    run = subprocess.run(["node", script], input=told, capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def marked():
    """The markup with every sentence of the book replaced by its key in marks."""
    return painted({key: f"«{key}»" for key in CATALOGUES["en"]})


@pytest.mark.parametrize("key", PANELS)
def test_every_word_of_a_panels_markup_is_a_sentence_of_the_catalogue(marked, key):
    for markup in marked[key].values():
        said = set(re.findall("«([^»]+)»", markup))
        assert {f"{key}.references", "divergences.try"} <= said
        sections = "|".join((*PANELS, "divergences", "knobs", "papers"))
        assert not re.findall(rf"[^«\w]((?:{sections})\.[a-z][\w.-]*)", re.sub("«[^»]*»", "", markup))


FIELD = re.compile(r'data-field="?([\w-]+)')


def test_the_panels_do_show_controls(marked):
    assert sum(len(set(FIELD.findall("".join(marked[key].values())))) for key in PANELS) >= 20


@pytest.mark.parametrize("panel", PANELS.values(), ids=list(PANELS))
def test_every_control_is_a_field_with_its_declared_choices_and_range(marked, panel):
    markup = "".join(marked[panel.key].values())
    fields = panel.book()["fields"]
    shown = set(FIELD.findall(markup))
    assert shown <= fields.keys()
    for key, low, high in re.findall(r'type="range" data-field=(\w+) min=(\S+) max=(\S+)', markup):
        assert fields[key]["low"] <= float(low) < float(high) <= fields[key]["high"]
        assert fields[key]["low"] <= float(fields[key]["default"]) <= fields[key]["high"]
    for key, about in fields.items():
        if key in shown and "choices" in about:
            said = [f"«{panel.key}.{key}_{choice}»" for choice in about["choices"]]
            assert all(word in markup for word in said) or f"<select data-field={key}" in markup
    assert (WEB / "panels" / f"{panel.key}.js").is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_painting_is_in_the_visitors_language(language):
    """What stands in the markup is the catalogue's, whichever language stands in each place of the book."""
    for key, scenes in painted(CATALOGUES[language]).items():
        for markup in scenes.values():
            assert CATALOGUES[language][f"{key}.references"] in markup
            assert bool(HANGUL.search(markup)) == (language == "ko")


@pytest.mark.parametrize("key", [key for key in CATALOGUES["en"] if key.split(".")[0] in PANELS])
def test_every_word_of_a_panels_section_is_used(marked, key):
    panel, name = key.split(".", 1)
    shown = "".join(marked[panel].values())
    sources = "".join(path.read_text(encoding="utf-8") for path in SOURCES[panel])
    # Names that scripts put together of a field's or an answer's value.
    together = {part for part in re.findall(r"`(\w+_)\$\{", sources) if name.startswith(part)}
    assert name == "tab" or f"«{key}»" in shown or f'"{name}"' in sources or f'"{key}"' in sources or together


@pytest.mark.parametrize("key", [key for key in CATALOGUES["en"] if key.split(".")[0] in CALM])
def test_sentences_are_calm_and_statements_are_marked(key):
    for sentence in (said[key] for said in CATALOGUES.values()):
        assert "!" not in sentence
        assert not re.search(r"\b([Pp]lease|[Ss]imply)\b", sentence)
        assert sentence.count("**") in (0, 2)
        assert not key.split(".")[1].startswith("says_") or re.match(r"^\*\*[^*]+\*\* \S", sentence)


# --- formulas ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("member", [*DIVERGENCES.values(), *(f.build(f.default) for f in FAMILIES.values())])
def test_every_formula_of_the_records_is_typeset(member):
    for written in (member.f_formula, member.slope_formula, member.conjugate_formula, member.activation_formula):
        made = formula(written.latex)
        assert made.startswith("<math>")
        assert made.count("<mrow") == made.count("</mrow")
        assert "\\" not in made
    assert formula(interval(member)[1])


def test_half_is_one_over_two_and_scripts_stand_where_they_belong():
    assert "<mfrac><mn>1</mn><mn>2</mn></mfrac>" in formula(r"\tfrac12u")
    assert "<msup><mi>e</mi>" in formula(r"e^{t-1}")
    assert formula(r"g_f").count("<msub>") == 1
    assert "<munder>" in formula(r"\sum_{y}f(y)")


@pytest.mark.parametrize("latex", [r"\unknown", "{u", "e^", "£"])
def test_what_is_not_understood_is_refused_where_it_is_written(latex):
    with pytest.raises(ValueError, match=r"understood|missing"):
        formula(latex)


@pytest.mark.parametrize("key", KEYS)
def test_a_written_slope_is_the_slope(key):
    """The plain text of f' is its value: read as Python."""
    member = divergence(key)
    plain = member.slope_formula.plain.replace("^", "**").replace("2 (", "2 * (").replace("2 u", "2 * u")
    plain = plain.replace("sqrt u", "sqrt(u)").replace("log u", "log(u)").replace("pi log", "pi * log")
    plain = plain.replace("pi u", "pi * u")
    for u in (0.3, 1.7, 3.0):
        names = {
            "u": u,
            "a": 0.5,
            "pi": 0.25,
            "log": math.log,
            "sqrt": math.sqrt,
            "sign": lambda x: math.copysign(1, x),
        }
        row = np.argmin(np.abs(U - u))
        assert eval(plain, {}, names | {"u": float(U[row])}) == pytest.approx(profile(member).slope[row], abs=1e-12)
