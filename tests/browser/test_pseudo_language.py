"""The page in a pseudo-language, made by a script: no word is past the catalogues, and every label has room.

One folder with one file is a further language: it is found in the menu, the link, the served words and the terminal.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.classroom import served
from gan_playground.data.toys import TOYS
from gan_playground.images.checkpoints import IMAGE_MODELS, manifest
from gan_playground.objective_names import OBJECTIVES
from gan_playground.page.panels import PANELS
from gan_playground.papers import RESULTS
from gan_playground.settings import KNOBS
from gan_playground.words import CATALOGUES, FOLDER_VARIABLE
from gan_playground.words.pseudo import LANGUAGE, NAME, pseudo, write

WIDTHS = (1440, 390)
IN_SIGHT = Path(__file__).with_name("words_in_sight.js").read_text("utf-8")

ENTRIES = manifest().entries.values()
NAMES = [
    "GAN Playground",
    *(said["page.own_name"] for said in CATALOGUES.values()),  # a language's name is in that language
    *(result.paper for result in RESULTS.values()),  # authors and titles
    *(plan for model in IMAGE_MODELS.values() for plan in (model.generator_plan, model.critic_plan)),
    *(str(entry.recipe.get("precision", "")) for entry in ENTRIES),
    *RESULTS,
    *OBJECTIVES,
]
FIELDS = (field.key for panel in PANELS.values() for field in panel.form.fields)
TYPED = [*KNOBS, *TOYS, *PANELS, *FIELDS, *(entry.data for entry in ENTRIES)]
"""What a refusal lists is to be typed, as a link or a command has it."""


def listed(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(filter(None, names), key=len, reverse=True)
    return re.compile("|".join(rf"(?<![\w-]){re.escape(name)}(?![\w-])" for name in longest_first))


EXEMPT, EXEMPT_IN_REFUSALS = listed(NAMES), listed([*NAMES, *TYPED])
GIVEN = re.compile("'[^']*'")
"""What the visitor wrote."""
FORMULA = re.compile(r".|log|exp|Esc")
"""Single letters, functions of formulas, and what is engraved on a key."""
HEADED_BY_FIELDS = re.compile(r"\.figures\.found-(beside|rows)")
"""Tables of rebuilt results are headed by the names that their JSON has."""
WORD = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u03ff\uac00-\ud7a3]+")


def prose(text: str, where: str, kind: str) -> bool:
    """Whether a text has words that belong into a catalogue; on a canvas a line may be broken between its brackets."""
    if HEADED_BY_FIELDS.search(where):
        return False
    left = EXEMPT_IN_REFUSALS.sub(" ", GIVEN.sub(" ", text)) if "refus" in where else EXEMPT.sub(" ", text)
    return any(not FORMULA.fullmatch(word) for word in WORD.findall(left) if kind != "canvas" or word.isascii())


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("words")
    write(folder)
    return folder


@pytest.fixture(scope="module")
def site(catalogue: Path) -> Iterator[str]:
    with served(environment={FOLDER_VARIABLE: str(catalogue)}) as (address, _):
        yield address


class Walk:
    """What is found while a visitor looks around."""

    def __init__(self, visitor: Any) -> None:
        self.visitor, self.page = visitor, visitor.page
        self.page.add_init_script(IN_SIGHT)
        self.faults: set[str] = set()
        self.texts = 0

    def open(self, query: str, ready: str) -> None:
        self.page.goto(f"{self.visitor.site}/?lang={LANGUAGE}{query}")
        self.visitor.wait(ready)

    def look(self, widths: tuple[int, ...] = WIDTHS) -> None:
        """Look at what is in sight, at each width."""
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.wait_for_timeout(350)  # what is drawn after a change of size, and the charts that come slower
            for found in self.page.evaluate("window.inSight.unspoken()"):
                if prose(found["rest"], found["where"], found["kind"]):
                    self.faults.add(f"not of a catalogue, {found['kind']}: {found['rest']!r} in {found['where']}")
            for found in self.page.evaluate("window.inSight.cut()"):
                self.faults.add(f"{width} px, {found['why']}: {found['text']!r} in {found['where']}")
            self.texts += self.page.evaluate("document.body.innerText.match(/⟦/g).length")
        self.page.set_viewport_size({"width": widths[0], "height": 900})

    def click(self, selector: str) -> None:
        self.page.locator(selector).first.click()


def train(query: str) -> Callable[[Walk], None]:
    def walk(here: Walk) -> None:
        here.open(query, "window.witness.drawn > 0")
        here.look()
        here.click(".train [data-do=toggle]")
        here.visitor.wait("window.witness.step > 300")
        here.visitor.wait(
            "!document.querySelector('[data-chart=distance] [data-value=now] b').textContent.includes('–')"
        )
        here.look()
        here.click(".train [data-do=toggle]")
        here.click(".advanced summary")
        here.look((1440,))
        here.page.set_viewport_size({"width": 390, "height": 900})
        here.click("[data-do=open-controls]")
        here.look((390,))
        here.click("[data-do=close-controls]")
        here.click("[data-do=step-menu]")
        here.look((390,))
        here.page.keyboard.press("Escape")

    return walk


def header(here: Walk) -> None:
    here.open("", "window.witness.drawn > 0")
    here.click(".masthead [data-do=help]")
    here.look()
    here.click("[data-do=close-help]")
    here.page.evaluate("document.activeElement.blur()")
    here.page.keyboard.press("p")
    here.look((1440,))
    here.page.keyboard.press("Escape")
    here.page.set_viewport_size({"width": 390, "height": 900})
    here.click(".masthead [data-do=menu]")
    here.look((390,))


def refused(here: Walk) -> None:
    here.open("&data=nothing&seed=x&distance=99", "window.witness.drawn > 0")
    here.look()
    here.open("#samples/nothing", "window.playgroundSamples?.state === 'ready'")
    here.look()
    here.open("#divergences/shift?at=99", "window.playgroundDivergences?.state === 'ready'")
    here.look()


def samples(data: str) -> Callable[[Walk], None]:
    def walk(here: Walk) -> None:
        here.open(f"#samples/{data}", "window.playgroundSamples?.state === 'ready'")
        here.look()
        here.click("#panel-samples [data-do=all]:visible, #panel-samples input[type=checkbox]:not(:checked)")
        here.visitor.wait("window.playgroundSamples.state === 'ready'")
        here.look()

    return walk


def rejection(here: Walk) -> None:
    here.open("#rejection", "window.playgroundRejection?.state === 'ready'")
    here.look()
    here.click("[data-choice=ratio][data-value=as-trained]")
    here.visitor.wait("window.playgroundRejection.state === 'ready'")
    here.look()
    for sampler in ("obrs", "exact", "mh"):
        here.click(f"[data-choice=sampler][data-value={sampler}]")
        here.look((1440,))


def toy(here: Walk) -> None:
    here.open("#rejection", "window.playgroundRejection?.state === 'ready'")
    here.click("[data-choice=part][data-value=toy]")
    here.visitor.wait("window.playgroundRejection.toy === 'ready'")
    here.look()


def panel(address: str) -> Callable[[Walk], None]:
    def walk(here: Walk) -> None:
        here.open(f"#divergences/{address}", "window.playgroundDivergences?.state === 'ready'")
        here.look()
        if here.page.locator(".panel:not([hidden]) [data-do=train]").count():
            steps = "document.querySelector('.panel:not([hidden]) .steps-of')?.textContent.includes('/')"
            here.visitor.wait(steps)
            here.click(".panel:not([hidden]) [data-do=train]")
            here.visitor.wait("Number(window.playgroundDivergences.values.bite) >= 1")
            here.click(".panel:not([hidden]) [data-do=train]")
            here.look()
        if address == "results":
            here.click("[data-run=em-boxes]")
            here.visitor.wait("!document.querySelector('.result-found').hidden")
            here.look()

    return walk


SCENES = {"shift": ("shape", ("uniforms", "lines")), "boxes": ("scene", ("clouds", "joint"))}
SCENES |= {"lipschitz": ("scene", ("layers",)), "saddle": ("scene", ("bilinear", "dirac"))}
VIEWS: dict[str, Callable[[Walk], None]] = {
    "train, plane": train("&data=25-gaussians&objective=wgan-gp"),
    "train, line": train("&data=fgan-mixture&objective=kl&generator=linear&latent=1"),
    "header": header,
    "refused": refused,
    **{f"samples, {data}": samples(data) for data in sorted({entry.data for entry in ENTRIES})},
    "rejection": rejection,
    "rejection, toy": toy,
    **{key: panel(key) for key in PANELS},
    **{f"{key}, {one}": panel(f"{key}?{field}={one}") for key, (field, some) in SCENES.items() for one in some},
}


@pytest.mark.parametrize("view", VIEWS)
def test_every_word_is_of_a_catalogue_and_every_label_has_room(visit, view):
    here = Walk(visit())
    VIEWS[view](here)
    assert here.texts > 50  # it did speak
    assert sorted(here.faults) == []


def test_the_walker_sees_what_is_amiss(visit):
    """A word past the catalogues, a missing word's key and a label without room are found."""
    here = Walk(visit())
    here.open("#divergences/saddle", "window.playgroundDivergences?.state === 'ready'")
    here.page.evaluate(
        """() => {
            const unit = document.querySelector('.saddle .statement');
            unit.insertAdjacentHTML('afterend', '<b>past the catalogues</b><b title="saddle.no_such_word">x</b>');
            const narrow = 'display: inline-block; width: 30px; overflow: hidden; white-space: nowrap';
            unit.insertAdjacentHTML('afterend', `<i style="${narrow}">⟦no room⟧</i>`);
        }"""
    )
    here.look((1440,))
    assert [any(sign in fault for fault in here.faults) for sign in ("past the", "no_such_word", "cut off")] == [
        True
    ] * 3


def test_a_language_is_one_file(visit, catalogue):
    own = pseudo(NAME)
    visitor = visit(locale=f"{LANGUAGE}-XX")
    visitor.page.goto(visitor.site)
    visitor.wait("window.witness.drawn > 0")
    switch = visitor.page.locator(".masthead .switch button")
    assert switch.all_inner_texts() == [*(said["page.own_name"] for said in CATALOGUES.values()), own]
    pressed = visitor.page.locator(".masthead .switch [aria-pressed=true]")
    assert pressed.inner_text() == own  # the browser's own language
    assert visitor.page.locator("html").get_attribute("lang") == LANGUAGE
    switch.first.click()
    visitor.wait("document.documentElement.lang === 'en'")
    visitor.page.evaluate("document.activeElement.blur()")
    for language in [*list(CATALOGUES)[1:], LANGUAGE]:  # the key goes round all of them
        visitor.page.keyboard.press("l")
        visitor.wait(f"document.documentElement.lang === '{language}'")
    visitor.wait(f"location.search.includes('lang={LANGUAGE}')")
    linked = visit()
    linked.page.goto(f"{linked.site}/?lang={LANGUAGE}")
    linked.wait("window.witness.drawn > 0")
    assert linked.page.locator("#tab-train").inner_text() == pseudo("Train")
    environment = os.environ | {FOLDER_VARIABLE: str(catalogue), "LC_ALL": f"{LANGUAGE}.UTF-8"}
    command = [sys.executable, "-m", "gan_playground", "reproduce", "--list"]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    assert pseudo(CATALOGUES["en"]["papers.em_boxes"]) in told
