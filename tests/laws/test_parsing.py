"""The one strict parser at every door: a declared range holds to its ends, and nothing from outside is a traceback."""

import json
import math
import re
from collections.abc import Callable
from typing import Any

import pytest

from gan_playground.__main__ import _parser, main
from gan_playground.images.checkpoints import manifest
from gan_playground.page import api
from gan_playground.page.tabs import divergences, samples_link
from gan_playground.parsing import Choice, Flag, Maybe, Real, Several, Whole, shown
from gan_playground.rejection import PERCENTILES, SHARES
from gan_playground.serving import protocol, rejection_requests, sample_requests, toy_rejection_requests
from gan_playground.settings import KNOBS, Settings
from gan_playground.words import CATALOGUES, LANGUAGES, Refusal

HANGUL = re.compile(r"[가-힣]")
REMEDY = re.compile(r"\d|give|choose|write|send|세요|십시오")


ANSWERED = {
    **{one.__name__: one for one in (sample_requests.sheet, sample_requests.walk, sample_requests.plane)},
    **{one.__name__: one for one in (sample_requests.point, sample_requests.animation)},
    **{one.__name__: one for one in (rejection_requests.frozen, rejection_requests.walks)},
    "candidates": rejection_requests.candidates,
    "scores": rejection_requests.evaluation_queue(),
    "toy": toy_rejection_requests.toy_queue(lambda _: None),
}


def _fields() -> dict[str, tuple[str, Any, Callable[[object], Any], bool]]:
    """Every declared field of every door: its key, its domain, how the door reads it, whether as JSON's own."""
    found = {}
    for key, knob in KNOBS.items():
        found[f"knob {key}"] = key, knob.domain, knob.parse, False
    for forms, door in ((divergences.FORMS, "divergences"), (samples_link.sets(manifest()), "samples")):
        for name, form in forms.items():
            for one in form.fields:
                found[f"{door} {name} {one.key}"] = one.key, one.domain, one.parse, False
    for name, asked in ANSWERED.items():
        for key, domain in asked.request.fields.items():
            found[f"{name} {key}"] = key, domain, lambda value, d=domain, k=key: d.parse(k, value, literal=True), True
    for key, domain in protocol.DECLARED.items():
        found[f"socket {key}"] = key, domain, lambda value, d=domain, k=key: d.parse(k, value, literal=True), True
    commands = next(action.choices for action in _parser()._actions if action.dest == "command")
    assert commands is not None
    for name, command in commands.items():  # type: ignore[union-attr]
        for key, domain in command.get_default("declared").items():
            found[f"command {name} {key}"] = key, domain, lambda value, d=domain, k=key: d.parse(k, value), False
    for key, domain in (("percentile", PERCENTILES), ("budget", SHARES)):
        found[f"command reject {key}"] = key, domain, lambda value, d=domain, k=key: d.parse(k, value), False
    for key, domain in (("n", api.IMAGES), ("steps", api.STEPS), ("seed", api.SEED)):
        found[f"call {key}"] = key, domain, lambda value, d=domain, k=key: d.parse(k, value), False
    return found


FIELDS = _fields()
DEEP: list[Any] = []
for _ in range(2000):
    DEEP = [DEEP]
ROGUES = {
    "nan": math.nan,
    "inf": math.inf,
    "nested": [[["1"]]],
    "deep": DEEP,
    "huge": 10**5000,
    "long": "9" * 100_000,
    "surrogate": "\ud800",
    "typed nan": "nan",
    "bytes": b"1",
    "mapping": {"\ud800": 1},
}


def refusal(read: Callable[[object], Any], value: object) -> Refusal:
    with pytest.raises(Refusal) as refused:
        read(value)
    for lang in LANGUAGES:
        sentence = refused.value.say(lang)
        sentence.encode()  # a lone surrogate cannot be sent
        assert len(sentence) < 1500
        assert "\n" not in sentence
    assert HANGUL.search(refused.value.say("ko"))
    return refused.value


def named(refused: Refusal, key: str) -> None:
    """The field stands in the sentence, by its key or by the word that its own sentence has for it."""
    own = {"rejection.percentile", "rejection.budget", "protocol.bad_speed"}
    assert refused.knob == key
    for lang in LANGUAGES:
        assert REMEDY.search(refused.say(lang))
        assert key in refused.say(lang) or refused.key in own


def inside(domain: Any) -> Any:
    return inside(domain.of) if isinstance(domain, Maybe) else domain


RANGES = [door for door, (_, domain, *_) in FIELDS.items() if isinstance(inside(domain), Whole | Real)]


@pytest.mark.parametrize("door", RANGES)
def test_a_range_holds_to_its_ends_and_not_beyond(door: str) -> None:
    key, domain, read, literal = FIELDS[door]
    domain = inside(domain)
    written = (lambda number: number) if literal else repr
    ends = [domain.low, domain.high]
    if getattr(domain, "above", False):
        named(refusal(read, written(ends.pop(0))), key)
    for end in ends:
        assert read(written(end)) == end
    least = 1 if isinstance(domain, Whole) else 1e-6 * max(1.0, abs(domain.low))
    most = 1 if isinstance(domain, Whole) else 1e-6 * max(1.0, abs(domain.high))
    for outside in (domain.low - least, domain.high + most):
        named(refusal(read, written(outside)), key)
    if isinstance(domain, Whole):
        named(refusal(read, written(domain.low + 0.5)), key)
    for truth in (True, False):
        refusal(read, truth)
    if literal:
        named(refusal(read, str(domain.high)), key)


CHOICES = [door for door, (_, domain, *_) in FIELDS.items() if isinstance(inside(domain), Choice)]


@pytest.mark.parametrize("door", CHOICES)
def test_a_choice_is_one_of_those_listed(door: str) -> None:
    key, domain, read, _ = FIELDS[door]
    for choice in domain.choices:
        assert read(choice) == choice
        if isinstance(choice, str) and choice:
            refused = refusal(read, choice + "\u200b")
            assert refused.knob == key
            assert str(next(one for one in domain.choices if one)) in str(refused)


@pytest.mark.parametrize("door", [door for door, (_, domain, *_) in FIELDS.items() if isinstance(domain, Several)])
def test_a_list_has_its_least_and_most(door: str) -> None:
    _, domain, read, literal = FIELDS[door]
    for count in {domain.least - 1, domain.most + 1} - {-1}:
        refusal(read, [0] * count if literal else ",".join("0" * count))


@pytest.mark.parametrize("door", FIELDS)
def test_a_refused_text_stands_in_quotes_once_and_a_number_in_none(door: str) -> None:
    _, _, read, literal = FIELDS[door]
    try:
        refused = read("\u2020 3\u2020")
    except Refusal as caught:
        refused = caught
    if isinstance(refused, Refusal) and "value" in refused.values:
        for lang in LANGUAGES:
            assert re.search("(?<!')'(N\\()?\u2020 3\u2020\\)?'(?!')", refused.say(lang))
    if literal and isinstance(inside(FIELDS[door][1]), Whole | Real):
        assert "'" not in str(refusal(read, inside(FIELDS[door][1]).high + 1))


@pytest.mark.parametrize("door", FIELDS)
def test_every_rogue_is_refused_in_a_sentence(door: str) -> None:
    read = FIELDS[door][2]
    for name, rogue in ROGUES.items():
        if "token" in door and isinstance(rogue, str) and name != "long":
            assert read(rogue) == rogue  # any text may be a token; no run has it
        else:
            refusal(read, rogue)


@pytest.mark.parametrize("rogue", [*ROGUES, "none"])
@pytest.mark.parametrize("name", ANSWERED)
def test_a_request_is_a_mapping_of_its_fields(name: str, rogue: str) -> None:
    answer = ANSWERED[name](ROGUES.get(rogue))
    json.dumps(answer, ensure_ascii=False).encode()
    assert set(answer) == {"refused"}
    assert all(key in str(answer) for key in ANSWERED[name].request.fields)


@pytest.mark.parametrize("rogue", ROGUES.values(), ids=list(ROGUES))
def test_addresses_and_requests_of_the_tabs_come_back_as_text_that_can_be_sent(rogue: object) -> None:
    request = {"panel": "family", "ask": "table", "values": {}}
    asked = [divergences.visit(rogue), samples_link.visit(rogue), divergences.answer(rogue)]
    asked += [divergences.answer({**request, key: rogue}) for key in request]
    asked += [divergences.answer({**request, "values": {key: rogue}}) for key in ("p", "pi", "show", "view")]
    for answer in asked:
        assert set(answer) == {"refused"}
        json.dumps(answer, ensure_ascii=False).encode()


@pytest.mark.parametrize("text", ["\ud800", "9" * 4000, "[" * 4000, '{"set": NaN}', '{"speed": true}', '{"hidden": 1}'])
def test_what_is_no_message_is_refused(text: str) -> None:
    refusal(lambda read: protocol.parse(str(read)), text)


@pytest.mark.parametrize("key", ["critic_rate", "batch", "mixture", "objective", "batch_norm", "\ud800"])
def test_a_link_and_a_message_meet_the_knobs_own_parser(key: str) -> None:
    refused = refusal(lambda value: Settings.parse({key: value}), "\ud800")
    assert refused.knob == shown(key)
    message = protocol.parse(json.dumps({"set": {key: "\ud800"}}))
    assert isinstance(message, protocol.Set)
    assert refusal(lambda _: Settings.parse(message.values), None).key == refused.key


def test_the_command_line_refuses_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["toy", "--steps", "nan"],
        ["sample", "mnist-kl", "--n", "1025"],
        ["reject", "mnist-kl", "--percentile", "101"],
        ["reject", "mnist-kl", "--budget", "0"],
        ["divergence", "--p", "\udcff", "--q", "N(0,1)"],
    ):
        assert main(arguments) == 2
        assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_flags_are_truth_values_and_their_words() -> None:
    for door, (_, domain, read, literal) in FIELDS.items():
        if isinstance(domain, Flag):
            assert (read(True), read(False)) == (True, False), door
            if literal:
                refusal(read, "on")
            else:
                assert (read("on"), read("0"), read(1)) == (True, False, True)


def test_every_sentence_that_a_domain_says_is_there() -> None:
    for _, domain, *_ in FIELDS.values():
        for part in (domain, inside(domain), getattr(domain, "of", domain)):
            assert getattr(part, "says", "errors.request") in CATALOGUES["en"]
