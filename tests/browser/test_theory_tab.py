"""The Divergences tab in a real browser: links, drags, plans by hand, both languages on both screens."""

import math
from typing import Any
from urllib.parse import urlparse

import pytest

READY = "window.playgroundDivergences && window.playgroundDivergences.state === 'ready'"


def come(visitor: Any, place: str, query: str = "") -> Any:
    visitor.page.goto(f"{visitor.site}/{query}#divergences{place}")
    panel = place.strip("/").split("?")[0]
    visitor.wait(f"{READY} && (!'{panel}' || window.playgroundDivergences.panel === '{panel}')")
    visitor.wait("window.playgroundDivergences.drawn > 1")
    return visitor


def values(visitor: Any) -> dict[str, str]:
    return visitor.page.evaluate("window.playgroundDivergences.values")


def drag(visitor: Any, canvas: str, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag within a canvas, places in shares of its width and height."""
    box = visitor.page.locator(canvas).bounding_box()
    at = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end)]
    visitor.page.mouse.move(*at[0])
    visitor.page.mouse.down()
    for step in range(1, 9):
        visitor.page.mouse.move(*(a + (b - a) * step / 8 for a, b in zip(*at, strict=True)))
    visitor.page.mouse.up()


def now(visitor: Any, cell: str) -> str:
    return visitor.page.locator(f".cell-of.{cell} .now").inner_text()


def test_a_link_opens_the_same_panel_and_a_move_writes_it(visit):
    visitor = come(visit(), "/shift?at=12.5&js=js")
    visitor.wait("document.querySelector('.cell-of.js.of-value .now').textContent !== ''")
    assert values(visitor) == {"at": "12.5", "shape": "gaussians", "measure": "kl", "js": "js"}
    assert now(visitor, "measure.of-value") == "78.1"
    assert now(visitor, "w1.of-value") == "12.5"
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    slider = "document.querySelector('.shift input[type=range]')"
    visitor.page.evaluate(f"{slider}.value = 20; {slider}.dispatchEvent(new Event('input', {{ bubbles: true }}))")
    visitor.wait("document.querySelector('.cell-of.w1.of-value .now').textContent === '20.0'")
    assert now(visitor, "js.of-value") == f"{2 * math.log(2):.2f}"
    assert asked == []  # a drag is drawn without the server
    visitor.page.evaluate(f"{slider}.dispatchEvent(new Event('change', {{ bubbles: true }}))")
    visitor.wait("location.hash === '#divergences/shift?at=20&js=js'")
    again = come(visit(), urlparse(visitor.page.url).fragment.removeprefix("divergences"))
    assert values(again) == values(visitor)


def test_a_link_that_is_refused_says_why_and_opens_the_first_panel(visit):
    visitor = visit()
    visitor.page.goto(f"{visitor.site}/#divergences/shift?at=99")
    visitor.wait(READY)
    said = visitor.page.locator("#panel-divergences .refused-link")
    assert "99" in said.inner_text()
    assert visitor.page.evaluate("window.playgroundDivergences.panel") == "family"
    visitor.page.evaluate("location.hash = '#divergences/shift?at=3'")
    visitor.wait("window.playgroundDivergences.panel === 'shift'")
    assert not said.is_visible()
    assert values(visitor)["at"] == "3"


def test_q_is_dragged_and_its_text_and_every_value_follow(visit):
    visitor = come(visit(), "/family?p=N(0,1)&q=N(0,2)&view=-5:5")
    row = "document.querySelector('[data-row=kl] td').textContent"
    visitor.wait(f"{row} !== ''")
    first = visitor.page.evaluate(row)
    assert float(first) == pytest.approx(math.log(2) + 1 / 8 - 1 / 2, abs=1e-4)
    place = visitor.page.evaluate(
        """() => {
            const canvas = document.querySelector('canvas.densities');
            const left = 38, right = canvas.clientWidth - 12, bottom = canvas.clientHeight - 20;
            const peak = bottom - (bottom - 8) * 0.19947 / 0.5;
            return [(left + right) / 2 / canvas.clientWidth, peak / canvas.clientHeight];
        }"""
    )
    drag(visitor, "canvas.densities", (place[0], place[1]), (place[0] + 0.19, place[1]))
    visitor.wait("window.playgroundDivergences.values.q !== 'N(0,2)'")
    moved = values(visitor)["q"]
    mean = float(moved.removeprefix("N(").split(",")[0])
    assert 1.5 < mean < 2.5
    assert visitor.page.locator("input[data-field=q]").input_value() == moved
    kl = math.log(2) + (1 + mean**2) / 8 - 1 / 2
    visitor.wait(f"Math.abs(Number({row}) - {kl}) < 2e-4")


def test_a_mixture_that_is_none_gets_its_sentence_and_the_old_one_stays(visit):
    visitor = come(visit(), "/family")
    typed = visitor.page.locator("input[data-field=p]")
    typed.fill("0.5*N(0,1)")
    typed.press("Enter")
    refusal = visitor.page.locator("[data-control=p] .refusal")
    refusal.wait_for(state="visible")
    assert "0.5" in refusal.inner_text()
    assert values(visitor)["p"].startswith("0.33*N(-1")
    typed.fill("N(0,1)")
    typed.press("Enter")
    visitor.wait("window.playgroundDivergences.values.p === 'N(0,1)'")
    refusal.wait_for(state="hidden")


def test_plans_are_edited_by_hand(visit):
    visitor = come(visit(), "/boxes")
    visitor.wait("document.querySelector('.best-cost').textContent === '42'")
    page = visitor.page
    sentence = page.locator(".panel.boxes .sentence")
    assert "42" in sentence.inner_text()
    page.locator(".panel.boxes [data-do=another]").click()
    visitor.wait("window.playgroundDivergences.values.plan !== '1-7,1-10,1-10,2-8,3-9,3-9'")
    visitor.wait("document.querySelector('.mine-cost').textContent === '42'")
    page.locator(".panel.boxes [data-do=first]").click()
    page.locator("[data-field=cost] [data-value=square]").click()
    visitor.wait("document.querySelector('.mine-cost').textContent === '306'")
    visitor.wait("document.querySelector('.best-cost').textContent === '296'")
    page.locator("table.plan [data-cell='0,0'][data-add='1']").first.click()
    visitor.wait("document.querySelectorAll('table.plan .unmet').length === 2")
    assert page.locator(".mine-cost").inner_text() == "–"
    page.locator(".panel.boxes [data-do=take]").click()
    visitor.wait("document.querySelector('.mine-cost').textContent === '296'")
    assert page.locator("table.plan .unmet").count() == 0


def test_a_slot_is_dragged_to_the_other_side(visit):
    visitor = come(visit(), "/boxes")
    visitor.wait("document.querySelector('.best-cost').textContent === '42'")
    place = visitor.page.evaluate(
        """() => {
            const canvas = document.querySelector('canvas.floor'), unit = (canvas.clientWidth - 24) / 13;
            return [12 + 7.5 * unit, 12 + 0.5 * unit, canvas.clientHeight - 42]
                .map((part, k) => part / (k < 2 ? canvas.clientWidth : canvas.clientHeight));
        }"""
    )
    drag(visitor, "canvas.floor", (place[0], place[2]), (place[1], place[2]))
    visitor.wait("window.playgroundDivergences.values.slots === '0,8,9,9,10,10'")
    visitor.wait("document.querySelector('.best-cost').textContent === '37'")


@pytest.mark.parametrize("width", [390, 1440])
def test_both_languages_and_themes_fit_the_screen(visit, width):
    visitor = come(visit(viewport={"width": width, "height": 844}), "/family", "?lang=ko&__theme=dark")
    for panel in ("family", "shift", "boxes"):
        visitor.page.locator(f".panels [data-panel={panel}]").click()
        visitor.wait(f"window.playgroundDivergences.panel === '{panel}'")
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
        shown = visitor.page.locator("#panel-divergences").inner_text()
        assert sum("가" <= letter <= "힣" for letter in shown) > 100
        visitor.page.evaluate("document.querySelector('[data-language=en]').click()")
        visitor.wait("!/[가-힣]/.test(document.querySelector('#panel-divergences').innerText)")
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
        visitor.page.evaluate("document.querySelector('[data-language=ko]').click()")
