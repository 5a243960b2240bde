"""The Divergences tab at its door: one strict grammar, every refusal a sentence, and numbers that agree elsewhere."""

import base64
import json
import math
import re

import numpy as np
import pytest
from spoken import spoken

from gan_playground.__main__ import main
from gan_playground.page.panels import PANELS
from gan_playground.page.tabs import divergences as tab
from gan_playground.parsing import LONGEST, read_address
from gan_playground.theory.best_normals import FITTED, PAPERS_MIXTURE, PUBLISHED, nearest_normal
from gan_playground.theory.densities import Mixture
from gan_playground.theory.divergence_curves import V, along, window
from gan_playground.theory.divergence_table import exact_table
from gan_playground.theory.divergences import DIVERGENCES, KEYS, divergence
from gan_playground.theory.f_divergence import divergence_between
from gan_playground.theory.shifted_laws import shifted_distance
from gan_playground.words import Refusal

HANGUL = re.compile(r"[가-힣]")


def ask(panel, what, **values):
    answer = tab.answer({"panel": panel, "ask": what, "values": values})
    assert "refused" not in answer, answer
    json.dumps(answer, allow_nan=False)  # what the page can read
    return answer


def unpacked(text):
    return np.frombuffer(base64.b64decode(text), "<f8")


# --- the grammar --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", PANELS)
def test_an_address_without_values_is_the_panel_as_it_begins(key):
    panel, values = read_address(key, tab.FORMS)
    assert panel.key == key
    assert values == panel.defaults()
    assert tab.visit(key) == {"panel": key, "values": values}


def test_no_address_is_the_first_panel():
    assert tab.visit("")["panel"] == next(iter(PANELS))


def test_values_are_read_and_the_rest_begin_as_they_are():
    found = tab.visit("shift?at=12.5&js=js")
    assert found["values"] == tab.FORMS["shift"].defaults() | {"at": "12.5", "js": "js"}
    mixture = tab.visit("family?q=0.5*N(-2,1)%2B0.5*N(2,1)")["values"]["q"]
    assert mixture == "0.5*N(-2,1)+0.5*N(2,1)"


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("nowhere", "'nowhere'"),
        ("shift?at=36", "'36'"),
        ("shift?at=-1", "'-1'"),
        ("shift?at=nan", "'nan'"),
        ("shift?at=", "''"),
        ("shift?at=1&at=2", "'at'"),
        ("shift?speed=1", "'speed'"),
        ("shift?at", "'at'"),
        ("shift?at=1&", "''"),
        ("shift?shape=cubes", "'cubes'"),
        ("shift?measure=w1", "'w1'"),
        ("shift?measure=js", "'js'"),
        ("family?p=N(0,0)", "0"),
        ("family?p=0.5*N(0,1)", "0.5"),
        ("family?q=hello", "'hello'"),
        ("family?show=kl,kl", "'kl,kl'"),
        ("family?show=kl,js,gan,neyman", "'kl,js,gan,neyman'"),
        ("family?show=", "''"),
        ("family?alpha=4", "'4'"),
        ("family?pi=1", "'1'"),
        ("family?view=3:3", "'3:3'"),
        ("family?view=3", "'3'"),
        ("family?view=nan:3", "'nan:3'"),
        ("family?view=0:1e9", "'0:1e9'"),
        ("boxes?boxes=1,2&slots=3", "2 boxes"),
        ("boxes?boxes=13&slots=3&plan=", "'13'"),
        ("boxes?boxes=&slots=3&plan=", "''"),
        ("boxes?boxes=1.5&slots=3&plan=", "'1.5'"),
        ("boxes?boxes=" + ",".join("1" * 13), "'1,1,1"),
        ("boxes?plan=4-7", "'4-7'"),
        ("boxes?plan=1-6", "'1-6'"),
        ("boxes?plan=1", "'1'"),
        ("boxes?plan=1--7", "'-7'"),
        ("boxes?plan=" + ",".join(["1-7"] * 61), "60"),
        ("boxes?cost=cube", "'cube'"),
        ("boxes?blur=21", "'21'"),
        ("boxes?joint=1,2", "'1,2'"),
        ("boxes?joint=" + ",".join("0" * 16), "16"),
        ("boxes?joint=" + ",".join(["33"] * 16), "'33'"),
        ("boxes?dx=9", "'9'"),
        ("boxes?seed=1.5", "'1.5'"),
        ("shift?" + "x" * LONGEST, str(LONGEST)),
    ],
)
def test_what_is_refused_gets_a_sentence_in_both_languages(address, named):
    refused = tab.visit(address)["refused"]
    assert named in spoken(refused)
    assert HANGUL.search(spoken(refused, "ko"))
    assert "\n" not in spoken(refused)
    with pytest.raises(Refusal):
        read_address(address, tab.FORMS)


@pytest.mark.parametrize(
    "request_",
    [
        None,
        [],
        "shift",
        {},
        {"panel": "shift", "ask": "curves"},
        {"panel": "shift", "ask": "curves", "values": []},
        {"panel": "shift", "ask": "curves", "values": {}, "more": 1},
        {"panel": "nowhere", "ask": "curves", "values": {}},
        {"panel": [], "ask": "curves", "values": {}},
        {"panel": "shift", "ask": "everything", "values": {}},
        {"panel": "shift", "ask": "curves", "values": {"at": 9}},
        {"panel": "shift", "ask": "curves", "values": {"at": None}},
        {"panel": "shift", "ask": "curves", "values": {"at": ["9"]}},
        {"panel": "shift", "ask": "curves", "values": {"at": "36"}},
        {"panel": "family", "ask": "table", "values": {"p": "N(0,1)*"}},
        {"panel": "boxes", "ask": "boxes", "values": {"boxes": "1"}},
    ],
    ids=repr,
)
def test_programs_meet_the_same_parser(request_):
    refused = tab.answer(request_)["refused"]
    assert spoken(refused).endswith(".")
    assert HANGUL.search(spoken(refused, "ko"))


@pytest.mark.parametrize("address", [None, 3, ["shift"], {}])
def test_an_address_that_is_no_text_is_refused(address):
    assert "refused" in tab.visit(address)


# --- the family ---------------------------------------------------------------------------------------------------

P, Q = "0.33*N(-1,0.255)+0.67*N(2,1.415)", "N(1,1.8)"


def test_the_table_is_the_command_lines(capsys):
    assert main(["divergence", "--p", P, "--q", Q, "--json"]) == 0
    theirs = json.loads(capsys.readouterr().out)
    ours = ask("family", "table", p=P, q=Q)["values"]
    assert ours.keys() == theirs.keys()
    for key, value in theirs.items():
        assert ours[key]["value"] == pytest.approx(value, rel=1e-12)


def test_infinite_values_say_why_and_huge_ones_their_logarithm():
    values = ask("family", "table", p="N(0,1)", q="N(0,0.6)")["values"]
    assert values["pearson"]["text"] == "inf"
    assert HANGUL.search(spoken(values["pearson"]["why"], "ko"))
    assert values["neyman"]["why"] is None
    far = ask("family", "table", p="N(0,1)", q="N(35,1)")["values"]["pearson"]
    assert far == {"text": "exp(1225.0)", "value": None, "why": None}
    assert ask("family", "table", p=P, q=P)["mirror"]


@pytest.mark.parametrize("key", KEYS)
def test_the_integrand_sums_to_the_divergence(key):
    p, q = Mixture.parse(P), Mixture.parse(Q)
    x = np.linspace(-30.0, 30.0, 60_001)
    area = np.trapezoid(along(divergence(key), p, q, x).integrand, x)
    # A kink or a slow tail costs the trapezoid a few digits; the quadrature itself is tested elsewhere.
    assert area == pytest.approx(divergence_between(divergence(key), p, q).value, rel=2e-5, abs=1e-8)


def test_curves_come_for_what_is_chosen():
    curves = ask("family", "curves", show="alpha,gan", alpha="2", view="-3:3")
    both = ask("family", "pair", show="alpha,gan", alpha="2", view="-3:3")
    assert both == curves | ask("family", "table", alpha="2")
    assert list(curves["lines"]) == ["alpha", "gan"]
    p, q = Mixture.parse(P), Mixture.parse(Q)
    x = np.linspace(-3.0, 3.0, 401)
    twice = 2.0 * unpacked(curves["lines"]["alpha"]["integrand"])
    assert np.abs(twice - along(divergence("pearson"), p, q, x).integrand).max() < 1e-9
    profiles = ask("family", "profiles", show="hellinger")
    assert np.isnan(unpacked(profiles["lines"]["hellinger"]["conjugate"])).any()  # beyond its domain
    assert profiles["ends"] == [None, 1.0]
    assert len(unpacked(profiles["lines"]["hellinger"]["activation"])) == len(V)


def test_an_axis_that_shows_both_is_kept_and_another_is_found():
    assert ask("family", "view")["view"] == tab.FORMS["family"].defaults()["view"]
    low, high = map(float, ask("family", "view", p="N(100,1)", q="N(90,1)")["view"].split(":"))
    assert low <= 87.0
    assert 103.0 <= high < 120.0
    narrow = ask("family", "view", p="N(123456.7,0.01)", q="N(123456.72,0.01)")["view"]
    assert ask("family", "curves", view=narrow)["view"][0] < 123456.67
    assert ask("family", "view", p="N(1e8,1)", q="N(1e8,1)")["view"] == tab.FORMS["family"].defaults()["view"]
    low, high = window(Mixture.parse("N(0,1)"), Mixture.parse("N(0,0.001)"))
    assert (low, high) == (-4.0, 4.0)


@pytest.mark.parametrize("key", PUBLISHED)
def test_the_papers_fits_are_ours(key):
    ours, paper = nearest_normal(key, PAPERS_MIXTURE), PUBLISHED[key]
    assert ours is not None
    assert max(abs(a - b) for a, b in zip(ours, paper, strict=True)) < 5e-4
    answer = ask("family", f"fit-{key}")
    assert answer["fit"] == ours._asdict()
    assert answer["paper"] == paper._asdict()


def test_a_fit_of_another_mixture_has_no_paper_beside_it():
    answer = ask("family", "fit-kl", p="N(3,0.5)")
    assert answer["paper"] is None
    assert [answer["fit"][part] for part in ("mu", "sigma")] == pytest.approx([3.0, 0.5], abs=1e-3)
    assert answer["fit"]["value"] == pytest.approx(0.0, abs=1e-8)


def test_a_best_normal_is_searched_under_every_divergence_but_those_that_are_another():
    assert set(FITTED) == {key for key, member in DIVERGENCES.items() if not member.same_as}
    assert "gan" not in FITTED


# --- why Wasserstein, and boxes -----------------------------------------------------------------------------------


def test_curves_against_the_shift_are_those_of_the_command_line():
    curves = ask("shift", "curves", measure="pearson", js="js")
    for theta in (0.7, 9.0, 35.0):
        p, q = Mixture.parse("N(0,1)"), Mixture.parse(f"N({theta},1)")
        table = exact_table(p, q)
        row = round(theta * 10)
        js = math.exp(unpacked(curves["js"]["value"])[row])
        assert js == pytest.approx(table["js"], rel=1e-8)
        assert math.exp(unpacked(curves["w1"]["value"])[row]) == pytest.approx(theta, rel=1e-12)
        log = unpacked(curves["measure"]["value"])[row]
        pearson = table["pearson"]
        written = float(pearson[4:-1]) if isinstance(pearson, str) else math.log(pearson)
        assert log == pytest.approx(written, rel=1e-6)
    jsd = unpacked(ask("shift", "curves", shape="lines", js="jsd")["js"]["value"])
    assert jsd[0] == -math.inf
    assert np.abs(np.exp(jsd[1:]) - math.log(2.0)).max() < 1e-12
    assert np.array_equal(
        unpacked(curves["w1"]["slope"]), shifted_distance("gaussians", "w1", np.arange(351) / 10).log_slope
    )


def test_every_plan_costs_42_is_said_only_where_it_is_true():
    told = ask("boxes", "boxes")
    assert (told["mine_cost"], told["cost"], told["dearest"], told["equal"], told["side"]) == (
        42,
        42,
        42,
        True,
        "right",
    )
    square = ask("boxes", "boxes", cost="square")
    assert (square["mine_cost"], square["cost"], square["equal"], square["side"]) == (306, 296, False, "")
    # One slot left of the boxes: plans differ.
    left = ask("boxes", "boxes", slots="0,8,9,9,10,10", plan="1-0,1-10,1-10,2-8,3-9,3-9")
    assert left["side"] == ""
    assert not left["equal"]
    # Every plan the same for another reason than the side.
    single = ask("boxes", "boxes", boxes="5,5", slots="3,8", plan="5-3,5-8")
    assert single["equal"]
    assert single["side"] == ""


def test_broken_margins_prices_and_the_blur_are_told():
    told = ask("boxes", "boxes", plan="1-7,1-7")
    assert not told["met"]
    assert told["rows"] == [-1.0, -1.0, -2.0]
    assert told["columns"] == [1.0, -1.0, -2.0, -2.0]
    prices = sum(a * b for a, b in zip(told["at_slots"], told["demand"], strict=True))
    prices -= sum(a * b for a, b in zip(told["at_boxes"], told["supply"], strict=True))
    assert prices == pytest.approx(told["cost"], abs=1e-9)
    line = unpacked(told["pick_up"])
    assert np.abs(np.diff(line)).max() <= 0.1 + 1e-9
    blurred = ask("boxes", "boxes", cost="square", blur="5")
    assert 296.0 < blurred["blurred_cost"] < 306.0
    assert np.sum(blurred["blurred"]) == pytest.approx(6.0, abs=1e-9)


def test_clouds_and_the_joint_table():
    sharp, blurred = ask("boxes", "clouds", cost="square"), ask("boxes", "clouds", cost="square", blur="1")
    assert len(sharp["lines"]) == len(sharp["real"]) == 24
    assert len(blurred["lines"]) > 24
    assert sharp["cost"] == blurred["cost"] < blurred["blurred_cost"]
    table = ask("boxes", "joint")
    assert table["met"]
    assert table["information"] == pytest.approx(0.375, abs=1e-12)
    broken = ask("boxes", "joint", joint="5,2,1,1,2,4,1,1,2,2,2,2,8,0,0,0")
    assert not broken["met"]
