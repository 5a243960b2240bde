"""The Rejection tab in a real browser, with the checkpoint that ships."""

from typing import Any

import pytest

READY = "window.playgroundRejection && window.playgroundRejection.state === 'ready'"
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


def come(visitor: Any, query: str = "") -> Any:
    visitor.page.goto(f"{visitor.site}/{query}#rejection")
    visitor.wait(READY)
    return visitor


def report(visitor: Any) -> dict[str, Any]:
    return visitor.page.evaluate("window.playgroundRejection")


def test_strictness_moves_every_bar_without_asking_the_server(visit):
    visitor = come(visit())
    before = report(visitor)
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    heights = "() => [...document.querySelectorAll('.walks .track i')].map((bar) => bar.offsetHeight)"
    tall = visitor.page.evaluate(heights)
    visitor.page.evaluate(MOVE, 98)
    strict = report(visitor)
    assert asked == []
    assert len(tall) == len(strict["chances"]) == 80
    assert all(a >= b for a, b in zip(before["chances"], strict["chances"], strict=True))
    assert sum(before["chances"]) > sum(strict["chances"]) + 5
    assert strict["share"] < before["share"]
    assert strict["kept"] < before["kept"]
    assert strict["kept"] + strict["rejected"] == before["kept"] + before["rejected"] == 240
    assert sum(visitor.page.evaluate(heights)) < sum(tall)
    assert strict["maximum"] == before["maximum"]


def test_walks_sink_from_good_to_broken(visit):
    visitor = come(visit())
    chances = report(visitor)["chances"]
    assert all(chances[row] > chances[row + 9] for row in range(0, 80, 10))
    assert min(visitor.page.evaluate(INK, ".walks canvas")) > 1000


@pytest.mark.parametrize("width", [390, 1440])
def test_both_languages_and_themes_fit_the_screen(visit, width):
    visitor = come(visit(viewport={"width": width, "height": 844}), "?lang=ko&__theme=dark")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
    shown = visitor.page.locator("#panel-rejection").inner_text()
    assert sum("가" <= letter <= "힣" for letter in shown) > 100
    dark = visitor.page.evaluate("getComputedStyle(document.body).getPropertyValue('--ink').trim()")
    pixel = """() => {
        const canvas = document.querySelector('.walks canvas');
        const { data } = canvas.getContext('2d').getImageData(0, 0, 28, 28);
        for (let k = 0; k < data.length; k += 4) if (data[k + 3] === 255) return [data[k], data[k + 1], data[k + 2]];
        return null;
    }"""
    assert visitor.page.evaluate(pixel) == [int(dark[at : at + 2], 16) for at in (1, 3, 5)]


def test_the_keyboard_draws_anew(visit):
    visitor = come(visit())
    visitor.page.keyboard.press("n")
    visitor.wait(f"window.playgroundRejection.seed !== 0 && {READY}")


def test_every_sampler_has_its_own_bars_and_asks_nothing_for_them(visit):
    visitor = come(visit())
    chances = {}
    for sampler in ("drs", "obrs", "exact", "mh"):
        visitor.page.locator(f"[data-choice=sampler][data-value={sampler}]").click()
        assert report(visitor)["sampler"] == sampler
        chances[sampler] = report(visitor)["chances"]
        assert report(visitor)["answers"] <= 4
        assert visitor.page.locator("input.strictness").is_disabled() == (sampler in ("exact", "mh"))
    assert all(e <= d + 1e-12 for e, d in zip(chances["exact"], chances["drs"], strict=True))
    assert len({tuple(found) for found in chances.values()}) == 4
    visitor.page.locator("[data-choice=sampler][data-value=obrs]").click()
    visitor.page.evaluate(MOVE, 30)
    assert abs(report(visitor)["share"] - 0.3) < 1e-6
    visitor.page.locator("[data-choice=sampler][data-value=drs]").click()
    assert report(visitor)["percentile"] == 80


def test_the_visitor_s_own_two_ends_make_the_first_walk(visit):
    visitor = come(visit())
    before = visitor.page.evaluate(INK, ".walks canvas")
    gallery = visitor.page.locator(".galleries .kept canvas")
    for x in (10, 70):
        gallery.click(position={"x": x, "y": 12})
    visitor.wait("document.querySelectorAll('.walks .own').length === 10")
    visitor.wait("document.querySelector('.pictures.rejection').getAttribute('aria-busy') === 'false'")
    assert visitor.page.evaluate(INK, ".walks canvas")[:10] != before[:10]
    assert len(report(visitor)["mine"]) == 2


def test_one_s_own_run_is_examined_where_it_stands(visit):
    visitor = visit().open("?data=three-blobs&objective=gan:practical")
    visitor.page.locator("#tab-rejection").click()
    visitor.wait(READY)
    visitor.page.evaluate("window.playgroundRejection.toy = ''")
    visitor.page.locator("[data-choice=source][data-value=mine]").evaluate("(button) => button.click()")  # out of sight
    visitor.page.locator("[data-choice=part][data-value=toy]").click()
    visitor.wait("window.playgroundRejection.toy === 'refused'")
    assert "step 0" in visitor.page.locator(".toy-sentence").inner_text()
    visitor.page.locator("#tab-train").click()
    visitor.play()
    visitor.wait("window.witness.step > 60")
    visitor.press("toggle")
    visitor.page.locator("#tab-rejection").click()
    visitor.page.locator(".for-toy [data-do=look]").click()
    visitor.wait("window.playgroundRejection.toy === 'ready'")
    assert visitor.page.locator(".samplers tbody tr").count() == 6
    assert "3" in visitor.page.locator(".samplers tbody tr").first.inner_text()
    drawn = visitor.page.evaluate(INK, "canvas.before, canvas.after, .truth canvas")
    assert len(drawn) == 3
    assert min(drawn) > 1000
    share = report(visitor)["toyShare"]
    visitor.page.evaluate(MOVE, 95)
    assert report(visitor)["toyShare"] < share
