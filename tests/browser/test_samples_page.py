"""The Samples tab in a real browser, with the checkpoints that ship."""

import json
from typing import Any
from urllib.parse import parse_qs

import pytest

READY = "window.playgroundSamples && window.playgroundSamples.state === 'ready'"
INK = """(selector) => [...document.querySelectorAll(`#panel-samples ${selector}`)].map((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let ink = 0;
    for (let k = 3; k < data.length; k += 4) ink += data[k];
    return ink;
})"""
SLIDE = """(value) => {
    const slider = document.querySelector('input.psi');
    slider.value = value;
    for (const kind of ['input', 'change']) slider.dispatchEvent(new Event(kind, { bubbles: true }));
}"""


def come(visitor: Any, address: str = "", query: str = "") -> Any:
    visitor.page.goto(f"{visitor.site}/{query}#samples{address}")
    visitor.wait(READY)
    return visitor


def report(visitor: Any) -> dict[str, Any]:
    return visitor.page.evaluate("window.playgroundSamples")


def settled(visitor: Any, holds: str) -> None:
    visitor.wait(f"{READY} && {holds}")


def test_one_seed_is_one_draw_and_the_link_says_what_is_seen(visit):
    visitor = come(visit())
    first = visitor.page.evaluate(INK, "canvas.grid")
    assert len(first) == len(report(visitor)["names"]) >= 1
    assert min(first) > 100_000
    visitor.page.locator("#panel-samples [data-do=new-seed]").click()
    settled(visitor, "window.playgroundSamples.seed !== 0")
    assert visitor.page.evaluate(INK, "canvas.grid") != first
    visitor.page.locator("input.seed").fill("0")
    visitor.page.locator("input.seed").press("Enter")
    settled(visitor, "window.playgroundSamples.seed === 0")
    assert visitor.page.evaluate(INK, "canvas.grid") == first
    visitor.page.locator("#panel-samples canvas.grid").first.click(position={"x": 5, "y": 5})
    visitor.page.evaluate(SLIDE, 0.5)
    visitor.page.locator("#panel-samples [data-choice=path][data-value=linear]").click()
    settled(visitor, "window.playgroundSamples.values.path === 'linear' && location.hash.includes('linear')")
    linked = visitor.page.evaluate("location.hash")
    assert parse_qs(linked.partition("?")[2]) == {"psi": ["0.5"], "path": ["linear"]}
    shown = [visitor.page.evaluate(INK, name) for name in ("canvas.grid", ".strip", ".pad canvas", ".here canvas")]
    neighbour = come(visit(), linked.removeprefix("#samples"))
    assert report(neighbour)["values"] == report(visitor)["values"]
    assert [
        neighbour.page.evaluate(INK, name) for name in ("canvas.grid", ".strip", ".pad canvas", ".here canvas")
    ] == (shown)


def test_a_mark_is_dragged_with_one_question_at_a_time_and_ends_where_it_is_let_go(visit):
    visitor = come(visit())
    before = visitor.page.evaluate(INK, ".here canvas")
    under_way = most = 0

    def asked(request: Any) -> None:
        nonlocal under_way, most
        if "component_server" in request.url:
            under_way += 1
            most = max(most, under_way)

    def answered(request: Any) -> None:
        nonlocal under_way
        under_way -= "component_server" in request.url

    visitor.page.on("request", asked)
    visitor.page.on("requestfinished", answered)
    pad = visitor.page.locator(".pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    visitor.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visitor.page.mouse.down()
    visitor.page.mouse.move(box["x"] + 0.9 * box["width"], box["y"] + 0.95 * box["height"], steps=25)
    visitor.page.mouse.up()
    settled(visitor, "Number(window.playgroundSamples.values.x) > 0.85")
    assert most == 1
    assert visitor.page.evaluate(INK, ".here canvas") != before
    x = float(report(visitor)["values"]["x"])
    pad.press("ArrowLeft")
    settled(visitor, f"Number(window.playgroundSamples.values.x) < {x} - 0.03")
    assert "(−1, 1)" in visitor.page.locator(".outside").inner_text()


def test_letters_move_by_pointer_and_by_keyboard(visit):
    visitor = come(visit())
    walk = visitor.page.evaluate(INK, ".strip")
    columns = visitor.page.locator(".columns")
    columns.focus()
    visitor.page.keyboard.press("ArrowRight")
    visitor.page.keyboard.press("ArrowRight")
    visitor.page.keyboard.press("Enter")
    settled(visitor, "window.playgroundSamples.values.a === '2'")
    assert visitor.page.evaluate(INK, ".strip") != walk
    assert visitor.page.locator("[data-letter=b]").get_attribute("aria-pressed") == "true"
    visitor.page.keyboard.press("n")
    settled(visitor, "window.playgroundSamples.seed !== 0")


def test_the_walk_plays_and_is_saved(visit):
    visitor = come(visit())
    visitor.page.keyboard.press("Space")
    visitor.wait("window.playgroundSamples.frame >= 3")
    visitor.page.keyboard.press("Space")
    assert report(visitor)["playing"] is False
    for do, start in (("gif", b"GIF89a"), ("png", b"\x89PNG")):
        with visitor.page.expect_download() as saved:
            visitor.page.locator(f"#panel-samples [data-do={do}]").click()
        assert saved.value.suggested_filename.endswith(f".{do}")
        assert saved.value.path().read_bytes().startswith(start)


def test_the_table_is_sorted_and_real_images_stay_last(visit):
    visitor = come(visit())
    rows = visitor.page.locator(".scores.all tbody tr")
    assert rows.count() == len(report(visitor)["rows"]) + 1
    assert "real" in (rows.last.get_attribute("class") or "")
    ways = []
    for _ in range(2):
        visitor.page.locator("[data-sort=name]").click()
        ways.append(report(visitor)["rows"])
        assert "real" in (rows.last.get_attribute("class") or "")
    assert ways[0] == ways[1][::-1]
    assert visitor.page.evaluate("document.activeElement.dataset.sort") == "name"


def test_the_rooms_have_a_link_from_the_first(visit):
    visitor = come(visit())
    visitor.page.locator("#panel-samples [data-data=rooms]").click()
    settled(visitor, "location.hash === '#samples/rooms'")
    neighbour = come(visit(), "/rooms")
    assert report(neighbour)["names"] == report(visitor)["names"]
    visitor.page.locator("#panel-samples [data-data=mnist]").click()
    settled(visitor, "location.hash === '#samples'")


@pytest.mark.parametrize("address", ["/mnist?checkpoints=mnist-nothing", "/pictures"])
def test_a_link_that_is_refused_says_why_and_the_tab_works(visit, address):
    visitor = come(visit(), address)
    wrong = visitor.page.locator("#panel-samples .refused-link").inner_text()
    assert address[1:].partition("=")[2] in wrong if "=" in address else "pictures" in wrong
    assert min(visitor.page.evaluate(INK, "canvas.grid")) > 100_000


def test_a_checkpoint_that_is_refused_has_a_sentence_in_its_column_and_the_rest_works(visit):
    visitor = visit()
    names: list[str] = []

    def damage(route: Any) -> None:
        """Answer the first checkpoint's questions as the server does where its file is damaged."""
        asked = json.loads(route.request.post_data)
        request = asked["data"] if isinstance(asked["data"], dict) else asked["data"][0]
        if asked["fn_name"] == "sheet" and request["checkpoint"] == names[0]:
            route.fulfill(
                json={"refused": {"key": "checkpoints.checkpoint_damaged", "values": {"name": "it", "file": "it"}}}
            )
        else:
            route.continue_()

    come(visitor)
    names += report(visitor)["names"]
    visitor.page.route("**/component_server**", damage)
    visitor.page.locator("#panel-samples [data-do=new-seed]").click()
    settled(visitor, "window.playgroundSamples.seed !== 0")
    column = visitor.page.locator(".column-of").first
    assert column.locator(".refused").inner_text().startswith("The checkpoint it is damaged")
    assert not column.locator("canvas.grid").is_visible()
    assert visitor.page.locator("canvas.grid:visible").count() == len(names) - 1


@pytest.mark.parametrize("width", [390, 1440])
def test_both_languages_and_themes_fit_the_screen(visit, width):
    visitor = come(visit(viewport={"width": width, "height": 844}), "", "?lang=ko&__theme=dark")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
    shown = visitor.page.locator("#panel-samples").inner_text()
    assert sum("가" <= letter <= "힣" for letter in shown) > 100
    dark = visitor.page.evaluate("getComputedStyle(document.body).getPropertyValue('--ink').trim()")
    pixel = """() => {
        const canvas = document.querySelector('.here canvas');
        const { data } = canvas.getContext('2d').getImageData(0, 0, 28, 28);
        for (let k = 0; k < data.length; k += 4) if (data[k + 3] === 255) return [data[k], data[k + 1], data[k + 2]];
        return null;
    }"""
    assert visitor.page.evaluate(pixel) == [int(dark[at : at + 2], 16) for at in (1, 3, 5)]
