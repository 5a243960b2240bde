"""The Samples and Rejection tabs in a real browser, with the checkpoint that ships."""

from typing import Any

import pytest

READY = {
    "samples": "window.playgroundSamples && window.playgroundSamples.state === 'ready'",
    "rejection": "window.playgroundRejection && window.playgroundRejection.state === 'ready'",
}
MOVE = """(value) => {
    const slider = document.querySelector('input.strictness');
    slider.value = value;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
}"""
INK = """(selector) => [...document.querySelectorAll(selector)].map((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let ink = 0;
    for (let k = 3; k < data.length; k += 4) ink += data[k];
    return ink;
})"""


def come(visitor: Any, tab: str, query: str = "") -> Any:
    visitor.page.goto(f"{visitor.site}/{query}#{tab}")
    visitor.wait(READY[tab])
    return visitor


def report(visitor: Any, tab: str) -> dict[str, Any]:
    return visitor.page.evaluate(f"window.playground{tab.capitalize()}")


def test_a_grid_is_drawn_again_from_its_seed_and_anew_from_another(visit):
    visitor = come(visit(), "samples")
    first = visitor.page.evaluate(INK, ".sheet canvas")
    assert len(first) == 64
    assert min(first) > 1000
    visitor.page.locator("#panel-samples [data-do=new]").click()
    visitor.wait(f"{READY['samples']} && window.playgroundSamples.seed !== 0")
    visitor.wait("document.querySelector('.pictures.samples').getAttribute('aria-busy') === 'false'")
    assert visitor.page.evaluate(INK, ".sheet canvas") != first
    visitor.page.locator("input.seed").fill("0")
    visitor.page.locator("input.seed").press("Enter")
    visitor.wait("window.playgroundSamples.seed === 0")
    visitor.wait("document.querySelector('.pictures.samples').getAttribute('aria-busy') === 'false'")
    assert visitor.page.evaluate(INK, ".sheet canvas") == first


def test_more_images_and_another_walk(visit):
    visitor = come(visit(), "samples")
    first = visitor.page.evaluate(INK, ".sheet canvas")
    walk = visitor.page.evaluate(INK, ".strip canvas")
    visitor.page.locator("#panel-samples [data-do=more]").click()
    visitor.wait("window.playgroundSamples.count === 128")
    assert visitor.page.evaluate(INK, ".sheet canvas")[:64] == first
    visitor.page.locator(".sheet .cell").nth(30).click()
    visitor.wait("window.playgroundSamples.ends.includes(30)")
    visitor.wait("document.querySelector('.pictures.samples').getAttribute('aria-busy') === 'false'")
    moved = visitor.page.evaluate(INK, ".strip canvas")
    assert moved != walk
    assert abs(moved[-1] - visitor.page.evaluate(INK, ".sheet canvas")[30]) < 1000


def test_a_seed_that_is_none_gets_a_sentence_and_the_picture_stays(visit):
    visitor = come(visit(), "samples")
    first = visitor.page.evaluate(INK, ".sheet canvas")
    visitor.page.locator("input.seed").fill("-5")
    visitor.page.locator("input.seed").press("Enter")
    visitor.wait("window.playgroundSamples.state === 'refused'")
    assert "-5" in visitor.page.locator(".pictures.samples .sentence").inner_text()
    assert visitor.page.evaluate(INK, ".sheet canvas") == first


def test_strictness_moves_every_bar_without_asking_the_server(visit):
    visitor = come(visit(), "rejection")
    before = report(visitor, "rejection")
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    heights = "() => [...document.querySelectorAll('.walks .track i')].map((bar) => bar.offsetHeight)"
    tall = visitor.page.evaluate(heights)
    visitor.page.evaluate(MOVE, 98)
    strict = report(visitor, "rejection")
    assert asked == []
    assert len(tall) == len(strict["chances"]) == 80
    assert all(a > b for a, b in zip(before["chances"], strict["chances"], strict=True))
    assert strict["share"] < before["share"]
    assert strict["kept"] < before["kept"]
    assert strict["kept"] + strict["rejected"] == before["kept"] + before["rejected"] == 240
    assert sum(visitor.page.evaluate(heights)) < sum(tall)
    assert strict["maximum"] == before["maximum"]


def test_walks_sink_from_good_to_broken(visit):
    visitor = come(visit(), "rejection")
    chances = report(visitor, "rejection")["chances"]
    assert all(chances[row] > chances[row + 9] for row in range(0, 80, 10))
    assert min(visitor.page.evaluate(INK, ".walks canvas")) > 1000


@pytest.mark.parametrize("tab", ["samples", "rejection"])
@pytest.mark.parametrize("width", [390, 1440])
def test_both_languages_and_themes_fit_the_screen(visit, tab, width):
    visitor = come(visit(viewport={"width": width, "height": 844}), tab, "?lang=ko&__theme=dark")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
    shown = visitor.page.locator(f"#panel-{tab}").inner_text()
    assert sum("가" <= letter <= "힣" for letter in shown) > 100
    dark = visitor.page.evaluate("getComputedStyle(document.body).getPropertyValue('--ink').trim()")
    pixel = """() => {
        const canvas = document.querySelector('.sheet canvas, .walks canvas');
        const { data } = canvas.getContext('2d').getImageData(0, 0, 28, 28);
        for (let k = 0; k < data.length; k += 4) if (data[k + 3] === 255) return [data[k], data[k + 1], data[k + 2]];
        return null;
    }"""
    find = pixel.replace(".sheet canvas, .walks canvas", ".sheet canvas" if tab == "samples" else ".walks canvas")
    assert visitor.page.evaluate(find) == [int(dark[at : at + 2], 16) for at in (1, 3, 5)]


@pytest.mark.parametrize("tab", ["samples", "rejection"])
def test_the_keyboard_draws_anew(visit, tab):
    visitor = come(visit(), tab)
    visitor.page.keyboard.press("n")
    visitor.wait(f"window.playground{tab.capitalize()}.seed !== 0 && {READY[tab]}")
