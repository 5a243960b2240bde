"""One more tab, made here: a record and a script, and it is in the tab bar, its panel, the address and the keyboard."""

import socket
from collections.abc import Iterator

import pytest

from gan_playground.page.tabs import TABS
from gan_playground.page.tabs.tab import Tab

SCRIPT = """
import { Tab } from "../tab.js";
import { html } from "../vendor/lit-html.js";
export default class Fifth extends Tab {
  template() {
    return html`<p class="told">${this.book.told} ${this.report.detail}</p><button data-do="new">new</button>`;
  }
  begin(detail) { this.visit(detail); }
  visit(detail) { this.report.detail = detail; this.paint(); this.page.address.write(); }
  get detail() { return this.report.detail; }
  get actions() { return { new: () => this.visit("pressed"), "new-seed": () => this.visit("keyed") }; }
}
"""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    from gan_playground.page.site import serve

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    fifth = Tab("fifth", book=lambda: {"told": "five"})
    blocks = serve(port=port, quiet=True, tabs=(*TABS, fifth))
    yield f"http://127.0.0.1:{port}"
    blocks.close(verbose=False)


def test_a_fifth_tab_is_in_the_bar_the_panels_the_address_and_the_keyboard(visit):
    visitor = visit()
    page = visitor.page
    page.route("**/playground/tabs/fifth.js", lambda route: route.fulfill(content_type="text/javascript", body=SCRIPT))
    page.goto(f"{visitor.site}/#fifth/linked")
    told = page.locator("#panel-fifth .told")
    told.wait_for()
    assert told.inner_text() == "five linked"
    assert page.locator("[role=tab]").count() == len(TABS) + 1
    assert page.locator("#tab-fifth").get_attribute("aria-selected") == "true"
    page.locator("#panel-fifth button").click()
    visitor.wait("location.hash === '#fifth/pressed'")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("n")
    visitor.wait("location.hash === '#fifth/keyed'")
    page.locator(f"#tab-{TABS[0].key}").click()
    visitor.wait("location.hash === ''")
    assert not told.is_visible()
    page.evaluate("location.hash = '#fifth/followed'")
    visitor.wait("document.querySelector('#panel-fifth .told').textContent === 'five followed'")
    assert told.is_visible()
