"""The list of results, its shape, and the command that runs them."""

import json

import numpy as np
import pytest
import torch

from gan_playground.__main__ import main
from gan_playground.page.paper_pages import description, html
from gan_playground.papers import RESULTS, Report, reproduce
from gan_playground.papers.em_boxes import every_plan
from gan_playground.papers.printing import as_json, as_text, columns
from gan_playground.papers.record import Beside, Chart, Check, Curve, Outcome, Published, Result, Surface
from gan_playground.theory.transport_plans import ANOTHER_MOVES, EARTH_MOVER, EARTH_MOVER_MOVES
from gan_playground.words import LANGUAGES, Note, Refusal


def run(capsys, *arguments):
    code = main(["reproduce", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def made_up(holds=True):
    x = np.linspace(0.0, 1.0, 5)
    outcome = Outcome(
        rows=({"divergence": "kl", "exact": 0.25, "bound": float("inf")},),
        beside=(Beside("kl", 0.25, Published(0.2831, "remembered")),),
        checks=(Check(Note("papers.em_joint"), holds), Check(Note("papers.em_joint"), False, binding=False)),
        charts=(
            Chart("curves", "x", "y", (Curve("a", x, np.array([1.0, np.nan, 3.0, 4.0, 5.0])),), log_y=True),
            Chart("field", "x", "y", field=Surface(x, x, np.outer(x, x), np.zeros((3, 2)), np.ones((3, 2)))),
        ),
    )
    return Report(Result("em-boxes", "A paper", 1.0, lambda *_: outcome), outcome, 3, 1.5)


def test_the_list_names_every_result_with_its_paper_and_its_time(capsys):
    code, out, _ = run(capsys, "--list")
    assert code == 0
    for name, entry in RESULTS.items():
        assert name in out
        assert entry.paper in out
        assert entry.place.say("en") in out


@pytest.mark.parametrize("name", RESULTS)
def test_an_entry_says_what_it_shows_in_both_languages(name):
    entry = RESULTS[name]
    assert entry.name == name
    assert entry.seconds > 0
    assert entry.seeds == 1 or entry.random
    assert len({entry.shows.say(language) for language in LANGUAGES}) == len(LANGUAGES)
    assert len({entry.place.say(language) for language in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["no-such-result"], "no-such-result"),
        (["em-boxes", "--seeds", "0"], "0"),
        (["em-boxes", "--seeds", "many"], "many"),
        (["em-boxes", "--figure", "plan.png"], "plan.png"),
        (["em-boxes", "--figure", "no/such/folder/plan.html"], "no/such/folder/plan.html"),
        (["all", "--figure", "plan.html"], "plan.html"),
        ([], "em-boxes"),
    ],
)
def test_bad_input_gets_one_sentence_and_exit_code_2(capsys, arguments, named):
    code, out, err = run(capsys, *arguments)
    assert code == 2
    assert out == ""
    assert named in err
    assert err.count("\n") == 1


def test_a_number_of_ours_stands_beside_the_papers_with_its_mark_and_the_deviation(capsys):
    _, out, _ = run(capsys, "em-boxes", "--json")
    told = json.loads(out)
    assert {"rows", "beside", "checks", "seeds", "seconds"} <= told.keys()
    assert [line["paper"] for line in told["beside"]] == [42, 42, 306, 296]
    for line in told["beside"]:
        assert line["deviation"] == line["ours"] - line["paper"]
        assert line["mark"] in ("read", "notes", "derived", "remembered")


def test_text_and_json_tell_the_same():
    report = made_up()
    told, text = as_json(report), as_text(report, "en")
    assert told["rows"] == [{"divergence": "kl", "exact": 0.25, "bound": "inf"}]
    assert told["seeds"] == [0, 1, 2]
    assert json.dumps(told, allow_nan=False)
    for part in ("0.2500", "0.2831", "−0.0331", "remembered, not re-read", "inf", "1.5 s", "0, 1, 2"):
        assert part in text
    assert "기억" in as_text(report, "ko")


def test_a_missed_bar_is_the_exit_code_and_what_has_no_bar_is_not(capsys, monkeypatch):
    assert made_up().outcome.holds
    assert not made_up(holds=False).outcome.holds
    for holds, code in ((True, 0), (False, 1)):
        monkeypatch.setattr("gan_playground.papers.reproduce", lambda *_, holds=holds: made_up(holds))
        assert run(capsys, "em-boxes")[0] == code


@pytest.mark.parametrize("one_thread", [True, False])
def test_threads_are_as_the_result_asks_and_afterwards_as_they_were(monkeypatch, one_thread):
    seen, before = [], torch.get_num_threads()

    def run(*_):
        seen.append(torch.get_num_threads())
        return made_up().outcome

    monkeypatch.setitem(RESULTS, "em-boxes", Result("em-boxes", "A", 1.0, run, one_thread=one_thread))
    torch.set_num_threads(2)
    try:
        reproduce("em-boxes")
        assert seen == [1 if one_thread else 2]
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def test_seeds_are_refused_at_every_door():
    with pytest.raises(Refusal):
        reproduce("no-such-result")
    random = next(name for name, entry in RESULTS.items() if entry.random)
    with pytest.raises(Refusal):
        reproduce(random, 0)


def test_columns_stand_under_their_names():
    text = columns([{"name": "kl", "value": 1.5}, {"name": "한글", "value": 12}])
    assert text.splitlines() == ["name   value", "kl    1.5000", "한글      12"]


def test_plotly_accepts_every_chart_and_the_page_needs_nothing_else():
    report = made_up()
    for chart in report.outcome.charts:
        data = description(chart)["data"]
        assert data
    assert description(report.outcome.charts[0])["data"][0]["y"][1] is None
    page = html(report, lang="ko")
    assert '<html lang="ko">' in page
    assert "http-equiv" not in page
    assert 'src="http' not in page


# --- em-boxes -----------------------------------------------------------------------------------


def test_boxes_every_plan_is_found_once_and_keeps_the_margins():
    plans = [tuple(plan.ravel().tolist()) for plan in every_plan(EARTH_MOVER)]
    assert len(plans) == len(set(plans))
    for plan in every_plan(EARTH_MOVER):
        np.testing.assert_array_equal(plan.sum(1), [3, 1, 2])
        np.testing.assert_array_equal(plan.sum(0), [1, 1, 2, 2])
    for moves in (EARTH_MOVER_MOVES, ANOTHER_MOVES):
        assert tuple(EARTH_MOVER.plan(moves).ravel().tolist()) in plans


def test_boxes_the_cheapest_plan_is_that_of_the_linear_programme():
    from scipy.optimize import linprog

    rows = reproduce("em-boxes").outcome.rows
    keep = np.vstack([np.kron(np.eye(3), np.ones(4)), np.kron(np.ones(3), np.eye(4))])
    gap = np.abs(np.subtract.outer([1.0, 2.0, 3.0], [7.0, 8.0, 9.0, 10.0]))
    for row, power in zip(rows, (1, 2), strict=True):
        found = linprog((gap**power).ravel(), A_eq=keep, b_eq=[3, 1, 2, 1, 1, 2, 2])
        assert row["cheapest"] == pytest.approx(found.fun, rel=1e-9)
    assert (rows[0]["plan_shown"], rows[1]["plan_shown"], rows[1]["cheapest"]) == (42, 306, 296)
    assert rows[0]["another_plan"] == 42
