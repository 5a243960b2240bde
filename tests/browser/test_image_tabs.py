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
    assert all(a >= b for a, b in zip(before["chances"], strict["chances"], strict=True))
    assert sum(before["chances"]) > sum(strict["chances"]) + 5
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


def test_every_sampler_has_its_own_bars_and_asks_nothing_for_them(visit):
    visitor = come(visit(), "rejection")
    chances = {}
    for sampler in ("drs", "obrs", "exact", "mh"):
        visitor.page.locator(f"[data-choice=sampler][data-value={sampler}]").click()
        assert report(visitor, "rejection")["sampler"] == sampler
        chances[sampler] = report(visitor, "rejection")["chances"]
        assert report(visitor, "rejection")["answers"] <= 4
        assert visitor.page.locator("input.strictness").is_disabled() == (sampler in ("exact", "mh"))
    assert all(e <= d + 1e-12 for e, d in zip(chances["exact"], chances["drs"], strict=True))
    assert len({tuple(found) for found in chances.values()}) == 4
    visitor.page.locator("[data-choice=sampler][data-value=obrs]").click()
    visitor.page.evaluate(MOVE, 30)
    assert abs(report(visitor, "rejection")["share"] - 0.3) < 1e-6
    visitor.page.locator("[data-choice=sampler][data-value=drs]").click()
    assert report(visitor, "rejection")["percentile"] == 80


def test_the_visitor_s_own_two_ends_make_the_first_walk(visit):
    visitor = come(visit(), "rejection")
    before = visitor.page.evaluate(INK, ".walks canvas")
    gallery = visitor.page.locator(".galleries .kept canvas")
    for x in (10, 70):
        gallery.click(position={"x": x, "y": 12})
    visitor.wait("document.querySelectorAll('.walks .own').length === 10")
    visitor.wait("document.querySelector('.pictures.rejection').getAttribute('aria-busy') === 'false'")
    assert visitor.page.evaluate(INK, ".walks canvas")[:10] != before[:10]
    assert len(report(visitor, "rejection")["mine"]) == 2


def test_one_s_own_run_is_judged_where_it_stands(visit):
    visitor = visit().open("?data=three-blobs&objective=gan:practical")
    visitor.page.locator("#tab-rejection").click()
    visitor.wait(READY["rejection"])
    visitor.page.evaluate("window.playgroundRejection.toy = ''")
    visitor.page.locator("[data-choice=source][data-value=mine]").evaluate(
        "(button) => button.setAttribute('aria-pressed', 'true')"
    )
    visitor.page.locator("[data-choice=source][data-value='25-gaussians']").evaluate(
        "(b) => b.setAttribute('aria-pressed', 'false')"
    )
    visitor.page.locator("[data-choice=part][data-value=toy]").click()
    visitor.wait("window.playgroundRejection.toy === 'refused'")
    assert "step 0" in visitor.page.locator(".toy-sentence").inner_text()
    visitor.page.locator("#tab-train").click()
    visitor.play()
    visitor.wait("window.witness.step > 60")
    visitor.press("toggle")
    visitor.page.locator("#tab-rejection").click()
    visitor.page.locator(".for-toy [data-do=look]").click()
    visitor.wait("window.playgroundRejection.toy === 'ready'", within=110)
    assert visitor.page.locator(".samplers tbody tr").count() == 6
    assert "3" in visitor.page.locator(".samplers tbody tr").first.inner_text()
    drawn = visitor.page.evaluate(INK, "canvas.before, canvas.after, .truth canvas")
    assert len(drawn) == 3
    assert min(drawn) > 1000
    share = report(visitor, "rejection")["toyShare"]
    visitor.page.evaluate(MOVE, 95)
    assert report(visitor, "rejection")["toyShare"] < share
