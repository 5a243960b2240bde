import dataclasses
import math

import pytest

from gan_playground.objective_names import OBJECTIVES, parse_objective
from gan_playground.recommendations import recommended
from gan_playground.settings import (
    KNOBS,
    LIVE,
    TOYS_1D,
    TOYS_2D,
    Change,
    Settings,
    warnings,
)
from gan_playground.words import Refusal

OTHER = {
    "choice": lambda knob: knob.choices[-1] if knob.choices[-1] != knob.default else knob.choices[0],
    "integer": lambda knob: int(knob.low) + 1 if int(knob.low) + 1 != knob.default else int(knob.low) + 2,
    "number": lambda knob: knob.low + 0.37 * (min(knob.high, 100.0) - knob.low),
    "flag": lambda knob: not knob.default,
    "mixture": lambda _: "0.25*N(0,1)+0.75*N(3,0.5)",
    "objective": lambda _: "alpha(0.3):practical",
}


@pytest.mark.parametrize("key", KNOBS)
def test_every_knob_survives_the_address_bar(key):
    knob = KNOBS[key]
    settings = Settings.parse({key: OTHER[knob.kind](knob)})
    assert getattr(settings, key) != knob.default
    assert Settings.from_query(settings.query()) == settings


def test_defaults_make_an_empty_query():
    assert Settings().query() == ""
    assert Settings.from_query("") == Settings()


def test_every_field_of_settings_is_a_knob_but_the_changes():
    assert {field.name for field in dataclasses.fields(Settings)} - set(KNOBS) == {"changes"}


@pytest.mark.parametrize("data", TOYS_1D + TOYS_2D)
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_recommended_settings_survive_the_address_bar(data, objective):
    settings = recommended(data, objective)
    assert settings.data == data
    assert settings.objective_name == parse_objective(objective)
    assert Settings.from_query(settings.query()) == settings


ROGUES = [math.nan, math.inf, -math.inf, None, [], ["adam"], {"x": 1}, "", "nan", "1e999", "__import__", 10**400, b"1"]


@pytest.mark.parametrize("key", KNOBS)
@pytest.mark.parametrize("rogue", ROGUES, ids=lambda rogue: str(rogue)[:12])
def test_no_knob_accepts_a_rogue(key, rogue):
    with pytest.raises(Refusal) as refusal:
        Settings.parse({key: rogue})
    assert refusal.value.knob == key
    for lang in ("en", "ko"):
        sentence = refusal.value.say(lang)
        assert sentence.endswith(".")
        assert "{" not in sentence.replace(repr(rogue), "")


@pytest.mark.parametrize("key", [key for key, knob in KNOBS.items() if knob.kind in ("number", "integer")])
def test_ranges_are_inclusive_and_strict(key):
    knob = KNOBS[key]
    assert knob.parse(knob.low) == knob.low
    assert knob.parse(knob.high) == knob.high
    for outside in (knob.low - 1e-3, knob.high * 1.001 + 1e-3):
        with pytest.raises(Refusal, match=key):
            knob.parse(outside)


@pytest.mark.parametrize("key", [key for key, knob in KNOBS.items() if knob.kind in ("number", "integer")])
def test_truth_values_are_no_numbers(key):
    with pytest.raises(Refusal):
        KNOBS[key].parse(True)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("kl", "kl"),
        ("kl:exact", "kl"),
        ("kl:practical", "kl:practical"),
        ("gan", "gan"),
        ("gan:practical", "gan"),
        ("gan:exact", "gan:exact"),
        ("wgan", "wgan(0.01)"),
        ("wgan-gp(10)", "wgan-gp(10)"),
        ("weighted-js", "weighted-js(0.25)"),
        ("alpha(2):practical", "alpha(2):practical"),
    ],
)
def test_objective_grammar(text, shown):
    name = parse_objective(text)
    assert str(name) == shown
    assert parse_objective(str(name)) == name


@pytest.mark.parametrize("name", OBJECTIVES)
def test_every_objective_reads_back(name):
    assert parse_objective(str(parse_objective(name))) == parse_objective(name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kl(2)",
        "kl:fast",
        "lsgan:exact",
        "wgan(0)",
        "wgan(x)",
        "wgan()",
        "alpha(nan)",
        "weighted-js(1)",
        "KL",
        3,
        None,
    ],
)
def test_objective_grammar_is_strict(text):
    with pytest.raises(Refusal) as refusal:
        parse_objective(text)
    assert refusal.value.knob == "objective"


def test_live_changes_travel_in_the_link_and_apply_at_their_step():
    settings = Settings(changes=(Change(100, "critic_rate", 0.005), Change(250, "objective", "wgan-gp(10)")))
    back = Settings.from_query(settings.query())
    assert back == settings
    assert back.at(99).critic_rate == Settings().critic_rate
    assert back.at(100).critic_rate == 0.005
    assert back.at(250).objective == "wgan-gp(10)"


@pytest.mark.parametrize(
    "changes",
    ["5:batch=64", "x:critic_rate=1", "9:critic_rate=0.01,3:critic_rate=0.02", "5:critic_rate=nan", "5:critic_rate"],
)
def test_changes_are_parsed_strictly(changes):
    with pytest.raises(Refusal):
        Settings.from_query("?changes=" + changes)


def test_what_breaks_is_refused_and_what_trains_badly_is_warned_of():
    with pytest.raises(Refusal, match=r"[Bb]atch normalisation"):
        Settings.parse({"critic_batch_norm": True, "r1": 0.1})
    with pytest.raises(Refusal, match=r"[Bb]atch normalisation"):
        Settings.parse({"critic_batch_norm": True, "objective": "wgan-gp"})
    with pytest.raises(Refusal, match=r"[Bb]atch normalisation"):
        Settings.from_query("?critic_batch_norm=1&changes=7:r1=0.1")
    assert warnings(Settings.parse({"objective": "wgan"})) == ("notes.momentum_on_clipped_critic",)
    assert warnings(Settings.parse({"objective": "wgan", "optimizer": "rmsprop"})) == ()
    assert "notes.single_step_has_one_critic_step" in warnings(
        Settings.parse({"update": "single-step", "critic_steps": 5})
    )


def test_live_knobs_are_those_that_need_no_new_shapes():
    assert {"generator_rate", "critic_rate", "critic_steps", "objective", "r1", "r2"} <= LIVE
    assert {"data", "batch", "latent", "critic_width", "generator", "seed"}.isdisjoint(LIVE)
