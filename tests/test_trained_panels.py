"""The panels that are trained, dragged or run: their answers agree with the modules and with the command line."""

import base64
from pathlib import Path

import numpy as np
import pytest
from spoken import spoken

from gan_playground.engine.shift_estimates import SHIFTS, penalised
from gan_playground.page import theme
from gan_playground.page.panels import estimates, lipschitz, results
from gan_playground.page.panels import saddle as saddle_panel
from gan_playground.page.tabs import divergences as tab
from gan_playground.papers import RESULTS, reproduce
from gan_playground.serving import shared_trainings
from gan_playground.serving.shared_trainings import Moved, SharedTrainings, Surfaces
from gan_playground.theory.quadratic_games import guarantee, spread
from gan_playground.words import CATALOGUES, Refusal

MINE = ("lipschitz", "saddle", "estimates", "results")
WEB = Path(theme.__file__).parent.parent / "web"


def floats(text):
    return np.frombuffer(base64.b64decode(text), "<f8")


def ask(panel, what, **values):
    return tab.answer({"panel": panel, "ask": what, "values": values})


@pytest.fixture
def here(monkeypatch):
    """Trainings made in this process, fresh, in small bites."""
    monkeypatch.setattr(Moved, "bite", 5)
    monkeypatch.setattr(Surfaces, "bite", 5)
    monkeypatch.setattr(shared_trainings, "_trainings", shared_trainings.OrderedDict())
    door = SharedTrainings(lambda function, *arguments: function(*arguments))
    for module in (lipschitz, estimates, results):
        monkeypatch.setattr(module, "SHARED_TRAININGS", door)
    return door


# --- saddle points ------------------------------------------------------------------------------


@pytest.mark.parametrize("delta", ["0.05", "0.5", "2"])
@pytest.mark.parametrize("coupling", ["0", "1", "3"])
def test_the_theorems_curve_lies_below_its_guarantee(delta, coupling):
    told = ask("saddle", "theorem", delta=delta, coupling=coupling)
    J, bound, sharper = (floats(told[key]) for key in ("J", "bound", "sharper"))
    assert (bound >= J * (1 - 1e-9)).all()
    assert (sharper >= J * (1 - 1e-9)).all()
    promise = guarantee(spread(float(delta), float(coupling)))
    assert told["factor"] == promise.factor
    assert told["eta"] == promise.rate
    path = floats(told["path"]).reshape(-1, 2)
    np.testing.assert_array_equal(path[0], [1.0, 1.0])
    gradient = path[-1] @ spread(float(delta), float(coupling)).hessian
    assert 0.5 * gradient @ gradient == pytest.approx(J[-1], rel=1e-9, abs=1e-300)


def test_at_the_saddle_point_nothing_moves_and_no_rate_is_told():
    told = ask("saddle", "theorem", x="0", y="0")
    assert told["measured"] is None
    assert not floats(told["path"]).any()


def test_xy_spirals_as_the_command_says():
    told = ask("saddle", "bilinear", eta="0.1", x="1", y="1")
    line = next(line for line in reproduce("theorem-1", 1).outcome.beside if line.what.startswith("xy"))
    assert told["growth"] == pytest.approx(line.ours, rel=1e-9)
    radius = np.hypot(*floats(told["paths"]["single-step"]).reshape(-1, 2).T)
    np.testing.assert_allclose(radius[1:] / radius[:-1], told["growth"], rtol=1e-9)
    assert told["end"]["single-step"] == pytest.approx(radius[-1])


@pytest.mark.parametrize("game", ["gan", "non-saturating", "wgan", "wgan-gp", "r1"])
def test_the_dirac_gan_comes_with_its_field_and_path(game):
    told = ask("saddle", "dirac", game=game)
    assert floats(told["field"]).shape == (saddle_panel.SIDE**2 * 2,)
    path = floats(told["path"]).reshape(-1, 2)
    assert told["end"] == pytest.approx(np.hypot(*path[-1]))
    assert (told["end"] < 0.05 * told["start"]) == (game == "r1")
    assert (told["clip"] is not None) == (game == "wgan")


# --- trained while one watches ------------------------------------------------------------------


def test_a_training_moves_one_bite_at_a_time_and_remembers_what_it_showed(here):
    name = ("moved",)
    assert here(name, 30)["step"] == 0 + Moved.bite  # one bite beyond the newest, whatever is wanted
    later = here(name, 2)
    assert later["step"] == 2 * Moved.bite
    assert here(name, 0)["step"] == 0
    assert here(name, 2) is later


def test_a_training_ends_at_its_last_step(here, monkeypatch):
    monkeypatch.setattr(Moved, "last", 10)
    steps = [here(("moved",), wanted)["step"] for wanted in range(5)]
    assert steps == [0, 5, 10, 10, 10]


def test_few_trainings_are_kept(here, monkeypatch):
    monkeypatch.setattr(shared_trainings, "KEPT", 1)
    here(("moved",), 1)
    here(("surfaces", "8-gaussians"), 0)
    assert list(shared_trainings._trainings) == [("surfaces", "8-gaussians")]


@pytest.mark.usefixtures("here")
def test_the_surfaces_are_those_of_the_command(monkeypatch):
    from gan_playground.papers import wgan_gp_surfaces as result

    monkeypatch.setattr(result, "POINTS", 600)
    monkeypatch.setattr(result, "TRANSPORTED", 200)
    told = ask("lipschitz", "surfaces", data="8-gaussians", bite="1")
    assert told["step"] == 5
    training = Surfaces("8-gaussians")
    training.advance()
    critics = training.stacks[1]
    assert str(critics.games[0].name) == "wgan-gp(10)"
    expected = result.measure(critics, 0, training.pair)
    assert told["penalty"]["measures"] == expected
    assert floats(told["penalty"]["slopes"]).sum() + told["penalty"]["beyond"] == pytest.approx(1.0, abs=1e-5)
    assert floats(told["penalty"]["field"]).shape == (told["side"] ** 2,)
    field, levels = floats(told["penalty"]["field"]), floats(told["penalty"]["levels"])
    assert len(levels) == lipschitz.LEVELS
    steps = np.diff([2.0 * field.min() - levels[0], *levels, 2.0 * field.max() - levels[-1]])
    np.testing.assert_allclose(steps, (field.max() - field.min()) / lipschitz.LEVELS, rtol=1e-5)
    weak = ask("lipschitz", "surfaces", data="8-gaussians", bite="1", weight="0.1")
    assert weak["penalty"]["measures"] != expected
    assert weak["clip"] == told["clip"]


@pytest.mark.usefixtures("here")
def test_the_layers_have_four_critics(monkeypatch):
    from gan_playground.learners.mlp import MLP
    from gan_playground.papers import clip_gradients

    monkeypatch.setattr(clip_gradients, "NET", MLP(2, 1, 32, 12, "relu"))
    told = ask("lipschitz", "layers", scene="layers", bite="1")
    assert told["step"] == 4
    assert set(told["critics"]) == {"wgan(0.1)", "wgan(0.01)", "wgan(0.001)", "wgan-gp(10)"}
    for critic in told["critics"].values():
        assert floats(critic["norms"]).shape == (13,)
        assert floats(critic["weights"]).sum() <= 1 + 1e-5


@pytest.mark.usefixtures("here")
def test_the_estimates_stand_beside_the_truth():
    told = ask("estimates", "estimates", bite="1")
    assert told["shifts"] == list(SHIFTS)
    np.testing.assert_allclose(floats(told["soft"]), penalised(np.array(SHIFTS), 10.0))
    np.testing.assert_allclose(floats(told["wgan-gp"]["truth"]), SHIFTS, rtol=1e-6)
    assert (floats(told["gan"]["estimate"]) <= floats(told["gan"]["truth"]) + 1e-4).all()
    assert floats(told["gan"]["values"]).shape == (len(SHIFTS) * told["nodes"],)


# --- results ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("here")
def test_a_quick_result_is_run_and_told_in_both_languages():
    results._found.cache_clear()
    told = ask("results", "run", name="em-boxes")
    outcome = reproduce("em-boxes").outcome
    assert told["holds"]
    assert [line["ours"] for line in told["beside"]] == [line.ours for line in outcome.beside]
    for check in told["checks"]:
        assert spoken(check["what"]) != spoken(check["what"], "ko")
    results._found.cache_clear()


@pytest.mark.usefixtures("here")
def test_a_long_result_is_refused_with_its_command():
    long = next(name for name, entry in RESULTS.items() if not entry.quick)
    told = ask("results", "run", name=long)
    assert f"reproduce {long}" in spoken(told["refused"])
    assert f"reproduce {long}" in spoken(told["refused"], "ko")
    with pytest.raises(Refusal):
        results.run({"name": long})


def test_every_result_is_listed_with_its_command_and_only_quick_ones_are_run():
    listed = {entry["name"]: entry for entry in results.PANEL.book()["about"]["results"]}
    assert list(listed) == list(RESULTS)
    for name, entry in RESULTS.items():
        assert listed[name]["command"] == f"python -m gan_playground reproduce {name}"
        assert listed[name]["quick"] == entry.quick
        assert listed[name]["shows"] in CATALOGUES["en"]


def test_a_value_out_of_range_is_refused_in_one_sentence():
    for panel, what, values in (
        ("saddle", "theorem", {"delta": "0"}),
        ("saddle", "dirac", {"game": "lsgan"}),
        ("lipschitz", "surfaces", {"bite": "-1"}),
        ("estimates", "estimates", {"at": "nan"}),
        ("results", "run", {"name": "fly"}),
    ):
        told = ask(panel, what, **values)
        assert spoken(told["refused"]).endswith(".")
        assert next(iter(values.values())) in spoken(told["refused"])
