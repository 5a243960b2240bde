"""The Train tab in a real browser, against the real engine, as a visitor meets it."""

from typing import Any

import pytest

RUNNING = "document.querySelector('.transport .when-running').offsetParent !== null"


def another_goes_on(visit: Any) -> Any:
    """Another visitor comes and sees ten pictures of a run of their own."""
    other = visit().open()
    other.play()
    other.draws(10)
    return other


def draws_nothing(visit: Any, visitor: Any) -> None:
    """What was on its way arrives; then, of twenty pictures that another visitor sees, this one sees none."""
    other = another_goes_on(visit)
    drawn = visitor.drawn
    other.draws(20)
    assert visitor.drawn == drawn


def test_play_moves_the_picture_and_pause_holds_it(visit):
    visitor = visit().open()
    assert visitor.step == 0
    visitor.play()
    visitor.draws(10)
    assert visitor.page.evaluate(RUNNING)
    shown = visitor.page.locator(".transport .step-count").inner_text()
    assert int(shown.replace(",", "")) > 0
    held = visitor.pause()
    assert not visitor.page.evaluate(RUNNING)
    another_goes_on(visit)
    assert visitor.step == held


def test_the_stage_has_colour_and_changes(visit):
    visitor = visit().open()
    picture = """() => {
        const canvas = document.querySelector('canvas.picture');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        let sum = 0;
        const colours = new Set();
        for (let i = 0; i < data.length; i += 4 * 97) {
            sum = (sum * 31 + data[i] + 7 * data[i + 1] + 13 * data[i + 2]) % 1000000007;
            colours.add(`${data[i] >> 4},${data[i + 1] >> 4},${data[i + 2] >> 4}`);
        }
        return [sum, colours.size];
    }"""
    before, _ = visitor.page.evaluate(picture)
    visitor.play()
    visitor.wait("window.witness.step > 60")
    after, colours = visitor.page.evaluate(picture)
    assert after != before
    assert colours >= 8


def test_step_makes_one_and_reset_goes_back_to_the_same_start(visit):
    visitor = visit().open("?seed=4")
    visitor.press("step")
    visitor.wait("window.witness.step === 1")
    visitor.press("step")
    visitor.wait("window.witness.step === 2")
    visitor.press("reset")
    visitor.wait("window.witness.step === 0")
    assert "seed=4" in visitor.page.url


def test_the_keyboard_plays_pauses_steps_and_resets(visit):
    visitor = visit().open()
    visitor.page.keyboard.press("Space")
    visitor.wait("window.witness.step > 0")
    visitor.page.keyboard.press("Space")
    visitor.wait(f"!({RUNNING})")
    visitor.page.keyboard.press("r")
    visitor.wait("window.witness.step === 0")
    visitor.page.keyboard.press("s")
    visitor.wait("window.witness.step === 1")


def test_a_new_seed_and_a_changed_control_stand_in_the_address_bar(visit):
    visitor = visit().open()
    visitor.press("new-seed")
    visitor.wait("location.search.includes('seed=')")
    rate = visitor.page.locator("[data-knob=critic_rate] input").first
    rate.focus()
    rate.press("ArrowRight")
    visitor.wait("location.search.includes('critic_rate=')")
    address = visitor.page.url
    other = visit().open(address.removeprefix(visitor.site + "/"))
    other.wait("location.search.includes('critic_rate=')")
    assert other.page.url == address


def test_a_live_change_is_in_the_link_with_its_step(visit):
    visitor = visit().open()
    visitor.play()
    rate = visitor.page.locator("[data-knob=generator_rate] input").first
    rate.focus()
    rate.press("ArrowRight")
    visitor.wait("/changes=\\d+:generator_rate=/.test(decodeURIComponent(location.search))")


def test_reloading_comes_back_to_the_run_where_it_was(visit):
    visitor = visit().open("?seed=8")
    visitor.play()
    visitor.wait("window.witness.step > 20")
    held = visitor.pause()
    visitor.page.reload()
    visitor.wait("window.witness.drawn > 0")
    assert visitor.step == held


def test_a_broken_connection_comes_back_to_the_same_run(visit):
    visitor = visit()
    visitor.page.add_init_script(
        "const Seen = window.WebSocket; window.sockets = [];"
        "window.WebSocket = class extends Seen { constructor(...a) { super(...a); window.sockets.push(this); } };"
    )
    visitor.open("?seed=9")
    visitor.play()
    visitor.wait("window.witness.step > 20")
    before = visitor.step
    visitor.page.evaluate("window.sockets.at(-1).close()")
    visitor.wait("window.sockets.length > 1")
    visitor.wait(f"window.witness.step > {before}")
    visitor.wait(RUNNING)


def test_a_hidden_tab_stops_and_goes_on_when_it_comes_back(visit):
    visitor = visit().open()
    visitor.play()
    hide = """hidden => {
        const seen = { visibilityState: hidden ? 'hidden' : 'visible', hidden };
        for (const [name, value] of Object.entries(seen)) {
            Object.defineProperty(document, name, { value, configurable: true });
        }
        document.dispatchEvent(new Event('visibilitychange'));
    }"""
    visitor.page.evaluate(hide, True)
    draws_nothing(visit, visitor)
    visitor.page.evaluate(hide, False)
    visitor.draws(5)


def test_a_run_behind_another_tab_of_the_page_rests_and_goes_on(visit):
    visitor = visit().open()
    visitor.play()
    visitor.page.locator("#tab-samples").click()
    draws_nothing(visit, visitor)
    visitor.page.locator("#tab-train").click()
    visitor.draws(5)


@pytest.mark.parametrize("data", ["fgan-mixture", "25-gaussians", "swiss-roll"])
def test_other_data_open_by_a_link(visit, data):
    visitor = visit().open(f"?data={data}")
    visitor.play()
    dim = visitor.page.locator(".train").get_attribute("data-dim")
    assert dim == ("1" if data == "fgan-mixture" else "2")


def test_changing_the_data_restarts_with_the_same_seed(visit):
    visitor = visit().open("?seed=6")
    visitor.play()
    visitor.page.locator("[data-knob=data] select").select_option("ring")
    visitor.wait("location.search.includes('data=ring')")
    assert "seed=6" in visitor.page.url


def test_a_wrong_link_says_what_is_wrong_and_opens_the_defaults(visit):
    visitor = visit().open("?data=mnist")
    visitor.wait("document.body.innerText.includes('mnist')")
    visitor.play()


def test_korean_browsers_are_met_in_korean(visit):
    visitor = visit(locale="ko-KR").open()
    visitor.wait("document.querySelector('.transport').innerText.includes('시작')")


@pytest.mark.parametrize("width", [390, 768, 1440, 1920])
def test_nothing_is_wider_than_the_screen(visit, width):
    visitor = visit(viewport={"width": width, "height": 844}).open("?__theme=light")
    beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert visitor.page.evaluate(beyond) <= 0
    visitor.page.evaluate("document.querySelector('[data-do=theme]').click()")  # on a phone it is in a menu
    visitor.wait("document.body.classList.contains('dark')")
    assert visitor.page.evaluate(beyond) <= 0


def test_two_visitors_have_runs_of_their_own(visit):
    first: Any = visit().open("?seed=1")
    second: Any = visit().open("?seed=2")
    first.play()
    first.wait("window.witness.step > 10")
    assert second.step == 0
