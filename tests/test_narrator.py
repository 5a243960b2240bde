import math
import re
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from gan_playground.engine import engine
from gan_playground.engine.measurements import create, keep, observe, slow_metrics, snapshot
from gan_playground.engine.measurements.narrator import Bell, Seen, cover_of_two_peaks, narrate
from gan_playground.engine.measurements.slow_metrics import SlowMetrics
from gan_playground.frames import Certainty, Modes, Reading, Transport
from gan_playground.recommendations import recommended
from gan_playground.settings import Settings, warnings
from gan_playground.theory.divergences import DIVERGENCES, divergence
from gan_playground.words import CATALOGUES, LANGUAGES, Note, knows

KL, RKL, JS = (divergence(key) for key in ("kl", "reverse-kl", "js"))
EXACT: Certainty = "exact"
ROUGH: Certainty = "approximate"


STEP = 9


def modes(*counts: int, n: int = 10_000, ratio: float = 0.97) -> Modes:
    held = np.array(counts)
    share = held[held > 0] / max(held.sum(), 1)
    return Modes(STEP, n, held, held.sum() / n, float((share * np.log(share * len(held))).sum()), ratio)


def transport(w2: float, w1: float = 0.5, step: int = STEP) -> Transport:
    return Transport(step, 1000, w1, w2, (0.05, 0.09), (0.08, 0.12))


def exact(value: float, step: int | None = None) -> Reading:
    return Reading(value, EXACT, step=step)


def rough(value: float, step: int | None = None) -> Reading:
    return Reading(value, ROUGH, 0.01, step=step)


STAGES: dict[str, Seen] = {
    "press_play_line": Seen(step=0, dim=1),
    "press_play_plane": Seen(step=0, dim=2),
    "flown": Seen(step=5000, dim=2, outside=0.97, modes=modes(0, 0, 0)),
    **{
        f"stopped_{quantity}": Seen(step=99, dim=2, stopped=Note(f"notes.stopped_{quantity}", {"step": 99}))
        for quantity in ("critic_loss", "critic_gradient", "generator_loss", "generator_gradient")
    },
    "negative_wasserstein": Seen(step=90, dim=2, wasserstein=True, bound=Reading(-0.4, ROUGH, 0.05)),
    "small_cloud": Seen(step=20, dim=2, spread=0.03),
    "collapsed": Seen(step=2000, dim=2, spread=0.03),
    "collapsed_on_mode": Seen(step=2000, dim=2, spread=0.2, modes=modes(9990, 3, 0, 0)),
    "infinite": Seen(step=9, dim=1, divergence=KL, exact=Reading(math.inf, "infinite", why=Note("notes.of_near"))),
    "on_a_curve": Seen(step=9, dim=2, divergence=JS, singular=True, exact=exact(2 * math.log(2))),
    "bound_blind": Seen(step=9, dim=2, divergence=JS, bound=Reading(-0.3, ROUGH, 0.02)),
    "floor_hides_missing": Seen(step=9, dim=2, transport=transport(0.1), modes=modes(3000, 3000, 3000, 20)),
    "floor_hides_modes": Seen(step=9, dim=2, transport=transport(0.1), modes=modes(1000, 1000, 1000)),
    "modes": Seen(step=9, dim=2, modes=modes(3000, 3000, 200, 20, 0), marked=1.0, near=0.001),
    "bridges": Seen(step=9, dim=2, modes=modes(1500, 1500, 1500)),
    "all_found": Seen(step=9, dim=2, modes=modes(3000, 3200, 3100)),
    "all_found_uneven": Seen(step=9, dim=2, modes=modes(8000, 700, 900)),
    "almost_equal": Seen(step=9, dim=1, divergence=JS, exact=exact(0.001), bound=exact(0.0)),
    "bound_far": Seen(step=9, dim=1, divergence=JS, exact=exact(0.8), bound=exact(0.2)),
    "bell_moves": Seen(step=9, dim=1, divergence=KL, exact=exact(1.1), bound=exact(1.0), bell=Bell(0.28, 0.7)),
    "shape": Seen(step=9, dim=1, divergence=KL, exact=exact(0.29), bound=exact(0.28), bell=Bell(0.28, 0.64)),
    "bound_close": Seen(step=9, dim=1, divergence=KL, exact=exact(0.5), bound=exact(0.48)),
    "bound_close_reference": Seen(
        step=9, dim=2, divergence=JS, exact=Reading(0.5, ROUGH, 0.01), bound=Reading(0.48, ROUGH)
    ),
    "within_floor": Seen(step=9, dim=2, transport=transport(0.1)),
    "transport": Seen(step=9, dim=2, transport=transport(1.4)),
    "all_found_apart": Seen(step=9, dim=2, divergence=JS, exact=rough(0.6), modes=modes(3000, 3200, 3100, ratio=0.58)),
    "all_found_apart_then": Seen(
        step=9, dim=2, divergence=JS, exact=rough(0.6, 5), modes=modes(3000, 3200, 3100, ratio=0.58)
    ),
    "infinite_then": Seen(
        step=9, dim=2, divergence=KL, exact=Reading(math.inf, "infinite", why=Note("notes.of_bounded"), step=5)
    ),
    "not_known": Seen(step=9, dim=2, divergence=KL, exact=Reading(math.nan, why=Note("notes.of_few_points"))),
    "not_known_then": Seen(
        step=9, dim=2, divergence=KL, exact=Reading(math.nan, why=Note("notes.of_few_points"), step=5)
    ),
    "almost_equal_then": Seen(step=9, dim=1, divergence=JS, exact=exact(0.001, 5), bound=exact(0.0)),
    "bound_far_then": Seen(step=9, dim=1, divergence=JS, exact=exact(0.8, 5), bound=exact(0.9), bound_then=exact(0.2)),
    "bound_close_then": Seen(
        step=9, dim=1, divergence=KL, exact=exact(0.5, 5), bound=exact(0.1), bound_then=exact(0.48)
    ),
    "bound_close_reference_then": Seen(
        step=9, dim=2, divergence=JS, exact=rough(0.5, 5), bound=rough(0.1), bound_then=rough(0.48)
    ),
    "within_floor_then": Seen(step=9, dim=2, transport=transport(0.1, step=5)),
    "transport_then": Seen(step=9, dim=2, transport=transport(1.4, step=5)),
    "arrows": Seen(step=9, dim=2),
    "curve_moves": Seen(step=9, dim=1),
}
"""For each sentence of the stage, a stage on which it is heard."""


def parts(note: Note) -> set[str]:
    inner = (value for value in note.values.values() if isinstance(value, Note))
    return {note.key, *(key for value in inner for key in parts(value))}


@pytest.mark.parametrize("key", STAGES)
def test_each_stage_is_told_by_its_sentence(key: str) -> None:
    assert narrate(STAGES[key]).key == f"notes.{key}"


def test_no_sentence_of_the_stage_is_never_heard() -> None:
    told = {
        key.removeprefix("notes.")
        for key, said in CATALOGUES["en"].items()
        if key.startswith("notes.") and "**" in said
    }
    assert told == set(STAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", STAGES)
def test_a_sentence_is_a_bold_statement_and_one_clause_and_fits_two_lines(key: str, lang: str) -> None:
    text = narrate(STAGES[key]).say(lang)
    assert re.fullmatch(r"\*\*[^*]+\.\*\* [^*]+\.", text)
    assert len(text.replace("**", "")) <= 140
    assert "{" not in text
    assert "Note(" not in text
    assert ("!" in text) is False


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whatever_stands_in_a_sentence_it_fits(lang: str) -> None:
    """The longest number or name each place can hold."""
    said = CATALOGUES[lang]
    longest = max((said[f"knobs.objective.{key}"] for key in DIVERGENCES), key=len)
    part = max((sentence for key, sentence in said.items() if key.startswith("notes.of_far")), key=len)
    what = said["notes.of_missing_thin"].format(missing=24, all=25, thin=10)
    places = dict.fromkeys(("missing", "all", "thin"), 25) | {"n": 10_000, "step": 100_000, "name": longest}
    places |= dict.fromkeys(("exact", "bound", "best", "value", "blind", "excess", "distance", "floor"), -12.345)
    places |= dict.fromkeys(("share", "spread", "width", "most", "least"), 0.999)
    places |= {"count": 2048, "reach": 3000.0} | {
        "lo": -12.3,
        "hi": 12.3,
        "x": -1.23e-4,
        "order": "W₂",
        "what": what,
        "why": part,
    }
    for key, sentence in said.items():
        if key.startswith("notes."):
            assert len(sentence.format(**places).replace("**", "")) <= 140, key
    opening = said["notes.infinite"].replace("**", "").removesuffix("{why}")
    for key in (
        "no_area",
        "stops_short",
        "overshoots",
        "atom",
        "fold",
        "heavy_p",
        "heavy_q",
        "bounded",
        "missed",
        "unreached",
    ):
        assert len(opening + said[f"notes.of_{key}"].format(**places)) <= 140, key


def test_what_stopped_a_run_is_said_before_all_else() -> None:
    why = Note("notes.collapsed", {"spread": 0.0})
    assert narrate(Seen(step=0, dim=2, stopped=why, outside=1.0)) is why


def test_missing_modes_are_counted_and_blamed_on_what_is_there() -> None:
    def said(*counts: int, marked: float, near: float) -> set[str]:
        return parts(narrate(Seen(step=900, dim=2, modes=modes(*counts), marked=marked, near=near)))

    assert "notes.of_far" in said(5000, 4000, 0, 0, marked=1, near=0)
    assert "notes.of_far_one" in said(5000, 4000, 900, 0, marked=1, near=0)
    assert "notes.of_near" in said(5000, 4000, 0, 0, marked=1, near=0.1)
    assert "notes.of_unmarked" in said(5000, 4000, 0, 0, marked=0, near=0)
    assert "notes.of_none_found" in said(50, 0, 0, 0, marked=1, near=0)
    text = narrate(Seen(step=900, dim=2, modes=modes(4000, 4000, 110, 0, 0), marked=1, near=0)).say("en")
    assert text.startswith("**2 of 5 modes are missing, 1 more almost empty.** The critic marks them blue")
    # Where the critic is of two minds about them, no cause is named.
    silent = narrate(Seen(step=900, dim=2, modes=modes(5000, 4000, 0, 0), marked=0.5, near=0))
    assert "notes.modes" not in parts(silent)


@pytest.mark.parametrize(
    ("key", "covered", "what", "why"),
    [
        ("kl", 0.64, "of_broad", "of_missing_mass"),
        ("pearson", 0.88, "of_broad", "of_missing_mass"),
        ("reverse-kl", 0.33, "of_leaning", "of_stray_mass"),
        ("neyman", 0.21, "of_leaning", "of_stray_mass"),
        ("js", 0.48, "of_between", "of_both_masses"),
        ("jeffrey", 0.45, "of_between", "of_both_masses"),
        ("kl", 0.3, "of_leaning", "of_best_bell"),
        ("reverse-kl", 0.9, "of_broad", "of_best_bell"),
    ],
)
def test_a_divergence_is_blamed_only_for_the_shape_it_explains(key: str, covered: float, what: str, why: str) -> None:
    stage = Seen(
        step=4000, dim=1, divergence=divergence(key), exact=exact(0.3), bound=exact(0.29), bell=Bell(0.299, covered)
    )
    assert parts(narrate(stage)) >= {"notes.shape", f"notes.{what}", f"notes.{why}"}
    practical = Seen(
        step=4000,
        dim=1,
        divergence=divergence(key),
        practical=True,
        exact=exact(0.3),
        bound=exact(0.29),
        bell=Bell(0.299, covered),
    )
    assert "notes.of_practical" in parts(narrate(practical))


def test_gan_is_measured_from_0_as_it_is_drawn() -> None:
    """f(1) = -log 4 is the page's offset: a GAN's readings come as D + log 4, like every other's."""
    gan = divergence("gan")
    assert narrate(Seen(step=9, dim=1, divergence=gan, exact=exact(0.5), bound=exact(0.48))).key == "notes.bound_close"
    assert narrate(Seen(step=9, dim=1, divergence=gan, exact=exact(0.5), bound=exact(-0.2))).key == "notes.bound_blind"


def test_noise_in_an_estimate_is_no_red_flag() -> None:
    noisy = Seen(step=9, dim=2, wasserstein=True, bound=Reading(-0.1, ROUGH, 0.05))
    assert narrate(noisy).key == "notes.arrows"
    blind = Seen(step=9, dim=2, divergence=JS, bound=Reading(-0.1, ROUGH, 0.05))
    assert narrate(blind).key == "notes.arrows"


def test_two_peaks_and_how_much_a_bell_covers_of_them() -> None:
    x = np.linspace(-12, 12, 4001)

    def bell(mean: float, sd: float) -> np.ndarray:
        return np.exp(-(((x - mean) / sd) ** 2) / 2) / sd / math.sqrt(2 * math.pi)

    p = (bell(-3, 1) + bell(3, 1)) / 2
    assert cover_of_two_peaks(x, p, p) == pytest.approx(1, abs=1e-6)
    assert cover_of_two_peaks(x, p, bell(0, 3)) == pytest.approx(1, abs=1e-2)
    assert cover_of_two_peaks(x, p, bell(3, 1)) == pytest.approx(2 * 0.00135, rel=0.03)
    assert cover_of_two_peaks(x, bell(0, 1), p) is None
    mixture = 0.33 * bell(-1, 0.255) + 0.67 * bell(2, 1.415)
    best = {"kl": (1.010, 1.831), "pearson": (0.574, 1.927), "reverse-kl": (1.578, 1.632), "js": (1.307, 1.754)}
    shapes = {key: cover_of_two_peaks(x, mixture, bell(*fit)) for key, fit in best.items()}
    assert None not in shapes.values()
    assert (shapes["pearson"] or 0) > (shapes["kl"] or 0) > 0.56 > (shapes["js"] or 0) > 0.42
    assert 0 < (shapes["reverse-kl"] or 0) < 0.42


def test_warnings_of_the_settings_have_words() -> None:
    clipped = Settings.parse({"objective": "wgan", "optimizer": "adam"})
    both = Settings.parse({"update": "single-step", "critic_steps": 5})
    keys = {*warnings(clipped), *warnings(both)}
    assert len(keys) == 2
    assert all(map(knows, keys))


# --- the past is told as the past ----------------------------------------------------------------


def slow_steps(note: Note) -> set[int]:
    """The steps that a sentence names."""
    inner = [step for value in note.values.values() if isinstance(value, Note) for step in slow_steps(value)]
    return {*inner, *(int(str(value)) for name, value in note.values.items() if name == "step")}


@pytest.mark.parametrize("key", [key for key in STAGES if key.endswith("_then")])
def test_a_sentence_about_another_step_names_it_and_one_about_this_step_is_in_the_present(key: str) -> None:
    seen = STAGES[key]
    assert slow_steps(narrate(seen)) == {5}
    moved = None if seen.transport is None else replace(seen.transport, step=seen.step)
    now = replace(seen, exact=replace(seen.exact, step=seen.step), bound=seen.bound_then, transport=moved)
    if seen.bound_then.certainty == "unknown":
        now = replace(now, bound=seen.bound)
    assert narrate(now).key == f"notes.{key.removesuffix('_then')}"


def test_a_floor_of_another_step_hides_nothing_now() -> None:
    found = modes(3000, 3000, 3000, 20)
    assert narrate(Seen(step=9, dim=2, transport=transport(0.1), modes=found)).key == "notes.floor_hides_missing"
    assert narrate(Seen(step=9, dim=2, transport=transport(0.1, step=5), modes=found)).key == "notes.within_floor_then"


@pytest.mark.parametrize("objective", ["js:practical", "kl"])
def test_frames_with_late_surveys_never_speak_of_the_past_as_the_present(objective: str) -> None:
    """A run that plays while its surveys lag by hundreds of steps, as on a page with many viewers."""
    run = create(Settings.parse({"batch": 128}, base=recommended("8-gaussians", objective)), "cpu")
    surveys: list[tuple[int, SlowMetrics]] = []
    heard: Counter[str] = Counter()
    for step in range(0, 1001, 100):
        engine.advance([run], step - run.step)
        if step in (0, 300, 600):
            surveys.append((step + 300, slow_metrics(snapshot(run))))
        for _, late in [pair for pair in surveys if pair[0] == step]:
            keep(run, late)
        frame = observe(run)
        heard[frame.note.key] += 1
        assert frame.modes is not None
        assert frame.modes.step == frame.step
        assert run.toy.modes is not None
        assert run.toy.mode_sd is not None
        near = np.linalg.norm(frame.samples["generated"][:, None] - run.toy.modes, axis=-1) <= 4 * run.toy.mode_sd
        assert frame.modes.counts.tolist() == near.sum(0).tolist()
        if "notes.of_none_found" in parts(frame.note):
            assert near.sum(0).max() < 0.01 * len(near)
        measured = [row.step for row in frame.history.transports]
        if frame.exact.certainty in ("approximate", "infinite"):
            assert frame.exact.step == measured[-1] < frame.step
        named = slow_steps(frame.note)
        assert named <= {*measured, *([frame.step] if frame.stopped else [])}
        assert (frame.note.key.endswith("_then")) == bool(named - {frame.step})
    assert len(heard) > 1


def test_a_survey_of_this_very_step_counts_ten_thousand_points() -> None:
    run = create(Settings.parse({"batch": 32, "generator_width": 16, "critic_width": 16}), "cpu")
    engine.advance([run], 10)
    before = observe(run).modes
    keep(run, slow_metrics(snapshot(run)))
    after = observe(run).modes
    engine.advance([run], 1)
    later = observe(run).modes
    assert before is not None
    assert after is not None
    assert later is not None
    assert (before.n, after.n, later.n) == (260, 10_000, 260)
    assert (before.step, after.step, later.step) == (10, 10, 11)
