"""Panels that are dragged, trained and run, in a real browser."""

ANSWERS = "window.playgroundDivergences.answers"


def opened(visit, panel, **options):
    visitor = visit(**options)
    visitor.page.goto(f"{visitor.site}/#divergences/{panel}")
    visitor.wait("window.playgroundDivergences?.state === 'ready'")
    return visitor


def test_the_saddle_point_answers_while_a_slider_moves(visit):
    visitor = opened(visit, "saddle?scene=bilinear")
    page = visitor.page
    visitor.wait(f"{ANSWERS} > 0")
    before = page.evaluate(ANSWERS)
    slider = page.locator(".saddle [data-field=eta]")
    said = page.locator(".saddle .statement").inner_text
    for value in ("0.3", "0.4", "0.5"):
        slider.fill(value)
    visitor.wait(f"{ANSWERS} > {before}")
    visitor.wait("document.querySelector('.saddle .reason').textContent.includes('1.1180')")
    assert "spiral" in said()
    visitor.wait("location.hash.includes('eta=0.5')")
    page.locator(".saddle [data-value=dirac]").click()
    page.locator(".saddle [data-value=r1]").click()
    visitor.wait("document.querySelector('.saddle .statement').textContent.includes('rest')")


def test_a_training_goes_on_while_it_is_watched_and_a_link_shows_the_same(visit):
    visitor = opened(visit, "estimates")
    visitor.wait("document.querySelector('.estimates .steps-of').textContent.includes('/')")
    visitor.page.locator(".estimates [data-do=train]").click()
    visitor.wait("Number(window.playgroundDivergences.values.bite) >= 2")
    visitor.page.locator(".estimates [data-do=train]").click()
    visitor.wait("!document.querySelector('.estimates [data-training]')")
    shown = visitor.page.locator(".estimates .of-jsd").inner_text()
    bite = visitor.page.evaluate("window.playgroundDivergences.values.bite")
    other = opened(visit, f"estimates?bite={bite}", locale="en-GB")
    other.wait("document.querySelector('.estimates .of-jsd').textContent !== ''")
    assert other.page.locator(".estimates .of-jsd").inner_text() == shown


def test_a_quick_result_runs_on_the_page_and_the_others_give_their_command(visit):
    visitor = opened(visit, "results")
    page = visitor.page
    assert page.locator("[data-result=fgan-mixture] button").count() == 0
    assert "reproduce fgan-mixture" in page.locator("[data-result=fgan-mixture] code").inner_text()
    page.locator("[data-run=em-boxes]").click()
    visitor.wait("!document.querySelector('.result-found').hidden")
    assert page.locator(".found-checks .holds").count() == 4
    assert "42" in page.locator(".found-beside").inner_text()


def test_the_panels_fit_a_phone_in_korean(visit):
    visitor = opened(visit, "saddle?scene=dirac", viewport={"width": 390, "height": 844}, locale="ko-KR")
    for panel in ("saddle", "lipschitz", "estimates", "results"):
        visitor.page.locator(f"[data-panel={panel}]").click()
        visitor.wait(f"window.playgroundDivergences.panel === '{panel}'")
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390
        assert "해 보기" in visitor.page.locator(".panel:not([hidden]) .try").inner_text()
