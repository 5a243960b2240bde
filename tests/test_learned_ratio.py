"""A toy's learned ratio against the true one, the table of samplers, and what the tab may ask."""

from math import exp

import numpy as np
import pytest
import torch
from spoken import spoken

from gan_playground.engine.engine import advance, create
from gan_playground.engine.measurements.generator_laws import plane_law
from gan_playground.engine.random_streams import seeded
from gan_playground.engine.snapshot import snapshot
from gan_playground.learners.gan.keep_training import Schedule
from gan_playground.papers.drs_25_gaussians import outcome
from gan_playground.rejection import Options, samplers
from gan_playground.rejection.exact_ratio import has_density, log_true_ratio
from gan_playground.rejection.learned_ratio import Logit, learn_ratio
from gan_playground.rejection.sampler_table import ToyRow, compare
from gan_playground.rejection.stored_runs import RUNS, store, stored
from gan_playground.serving import toy_rejection_requests
from gan_playground.settings import Settings
from gan_playground.words import Refusal

SHORT = Schedule(steps=400, batch=512, rate=3e-3, every=50)


def trained(steps=150, **knobs):
    values = {"data": "two-gaussians", "objective": "gan:practical", "critic_rate": 3e-3, "generator_rate": 3e-3}
    run = create(Settings.parse({**values, **knobs}), "cpu")
    advance([run], steps)
    return run


@pytest.fixture(scope="module")
def linear():
    """A linear generator of the plane: its law is Gaussian, so everything about it is known."""
    return snapshot(trained(300, generator="linear", objective="pearson:practical"))


@pytest.fixture(scope="module")
def learned(linear):
    return learn_ratio(linear, SHORT)


# --- the true ratio ------------------------------------------------------------------------------


def test_the_true_ratio_of_a_linear_generator_is_its_closed_form(linear):
    z = linear.latents(200, 3).double().numpy()
    law = plane_law(linear)
    assert law is not None
    x = linear.image(z)
    np.testing.assert_allclose(
        log_true_ratio(linear, z), linear.plane.log_density(x) - law.log_density(x), rtol=0, atol=1e-9
    )


def test_where_the_density_is_known(linear):
    assert has_density(linear)
    assert not has_density(snapshot(trained(1, latent=4)))
    assert not has_density(snapshot(trained(1, latent=1)))


# --- the learned ratio ---------------------------------------------------------------------------


def test_the_learned_ratio_is_near_the_true_one(linear, learned):
    z = linear.latents(400, 5).double().numpy()
    true, found = log_true_ratio(linear, z), learned(linear.image(z))
    bulk = true > np.quantile(true, 0.3)
    assert np.corrcoef(true[bulk], found[bulk])[0, 1] > 0.9
    assert np.median(np.abs(true - found)[bulk]) < 0.3


def test_the_third_split_finds_it_calibrated(learned):
    assert abs(learned.diagnosis.z) < 4
    assert abs(learned.diagnosis.mean_ratio - 1) < 5 * learned.diagnosis.mean_ratio_error + 0.05
    assert learned.as_trained is not None
    assert learned.diagnosis.cross_entropy <= learned.as_trained.cross_entropy + 1e-3


@pytest.mark.parametrize(
    ("objective", "fresh", "own"),
    [
        ("relativistic", False, True),
        ("hinge", True, True),
        ("wgan-gp(1)", True, True),
        ("total-variation", True, False),
    ],
)
def test_every_kind_of_critic_becomes_a_ratio(objective, fresh, own):
    seen = snapshot(trained(40, objective=objective))
    found = learn_ratio(seen, Schedule(steps=60, batch=256, rate=5e-3, every=20))
    assert np.isfinite(found(seen.real(300, 1).numpy())).all()
    assert (found.as_trained is not None) == own
    first = Logit(seen.critic, fresh_head=fresh)(seen.real(50, 2))
    values = seen.critic(seen.real(50, 2))[:, 0]
    torch.testing.assert_close(first, torch.zeros(50) if fresh else values, rtol=1e-4, atol=1e-5)
    if found.as_trained is not None:
        assert found.as_trained.mean_ratio == pytest.approx(1, abs=1e-9)  # a free constant is fixed so


# --- the table -----------------------------------------------------------------------------------


def test_every_sampler_comes_nearer_to_the_data(learned, monkeypatch):
    monkeypatch.setattr(samplers, "MOST", 100_000)  # for exact rejection, which keeps one in M
    rows = {row.sampler: row for row in compare(learned, 700, Options(length=30))}
    assert list(rows) == ["none", "drs", "obrs", "exact", "mh", "exact-99.9"]
    assert rows["none"].rate == 1
    assert abs(rows["obrs"].rate - 0.5) < 0.06
    assert rows["mh"].rate == pytest.approx(1 / 30)
    for key in ("drs", "obrs", "mh", "exact-99.9"):
        assert rows[key].high_quality > rows["none"].high_quality + 0.02, key
    assert rows["exact-99.9"].high_quality > rows["obrs"].high_quality
    # Exact rejection keeps one in M: it comes to its end where n M proposals may be made (here well to one side).
    needed = 700 * exp(rows["exact"].maximum)
    assert not 0.5 < needed / samplers.MOST < 2
    assert rows["exact"].complete == (needed < samplers.MOST)
    assert rows["exact-99.9"].rate > rows["exact"].rate
    assert rows["exact-99.9"].capped > 0
    assert rows["none"].w2_floor == rows["exact"].w2_floor


def test_proposals_are_the_generator_s_and_carry_their_ratio(learned):
    x, log_ratio = learned.proposer(seeded(1, "x"))(300)
    np.testing.assert_allclose(log_ratio, learned(x), atol=1e-4)
    burn = learned.burn_in()
    assert len(burn.log_ratio) == 10_000
    assert burn.maximum == burn.log_ratio.max()


def test_the_paper_s_table_says_what_holds():
    def row(sampler, share, modes):
        known = dict.fromkeys(ToyRow.__dataclass_fields__, 0.0)
        return ToyRow(**{**known, "sampler": sampler, "high_quality": share, "modes": modes, "n": 10_000})

    def table(drs, modes):
        return {seed: (row("none", 0.9, 25.0), row("drs", drs, modes), row("obrs", 0.995, 25.0)) for seed in range(2)}

    assert outcome(table(0.992, 25.0)).holds
    assert not outcome(table(0.988, 25.0)).holds
    assert not outcome(table(0.999, 24.0)).holds
    held = outcome(table(0.992, 25.0))
    assert [beside.ours for beside in held.beside] == [25.0, 0.9, 25.0, 0.992]
    assert len(held.tables["by seed"]) == 6


# --- requests ------------------------------------------------------------------------------------


def test_a_stored_run_comes_back(tmp_path):
    run = trained(30)
    store("small", run, tmp_path)
    back = stored("small", tmp_path)
    z = back.latents(50, 0)
    assert torch.equal(back.generator(z), snapshot(run).generator(z))
    assert torch.equal(back.critic(back.real(50, 0)), snapshot(run).critic(back.real(50, 0)))
    assert (back.step, back.settings.query()) == (30, run.settings.query())
    with pytest.raises(Refusal, match="no stored run"):
        stored("other", tmp_path)


@pytest.mark.parametrize("name", RUNS)
def test_what_ships_is_a_trained_run(name):
    assert stored(name).step == RUNS[name][2]
    assert stored(name).toy.key == RUNS[name][0]


def test_requests_of_a_toy_run_are_strict(linear):
    def run_of(token):
        return {"a": linear}.get(token)

    good = {"source": "mine", "token": "a"}
    assert toy_rejection_requests.asked("mine", "a", run_of) is linear
    for wrong, said in (
        ({"source": "theirs"}, "mine"),
        ({"token": "b"}, "no run of yours"),
        ({"token": None}, "token"),
        ({"more": 1}, "source, token"),
    ):
        refused = toy_rejection_requests.toy_queue(run_of)({**good, **wrong})["refused"]
        assert said in spoken(refused)
        assert spoken(refused) != spoken(refused, "ko")
    with pytest.raises(Refusal, match="step 0"):
        toy_rejection_requests.asked("mine", "a", lambda _: snapshot(trained(0)))
    with pytest.raises(Refusal, match="on the line"):
        toy_rejection_requests.asked("mine", "a", lambda _: snapshot(trained(1, data="fgan-mixture")))


def test_an_answer_holds_what_the_tab_draws(linear, monkeypatch):
    monkeypatch.setattr(toy_rejection_requests, "SCHEDULE", Schedule(steps=40, batch=256, every=20))
    monkeypatch.setattr(toy_rejection_requests, "SAMPLES", 300)
    monkeypatch.setattr(toy_rejection_requests, "COMPARED", 100)
    monkeypatch.setattr(toy_rejection_requests, "OPTIONS", Options(length=5))
    answer = toy_rejection_requests.analyse(linear)
    sizes = {key: len(answer[key]) for key in ("points", "log_ratio", "u", "field", "true", "learned", "gamma")}
    # base64 of float32: 4 letters hold 3 bytes
    assert sizes["points"] == 4 * -(-8 * toy_rejection_requests.CANDIDATES // 3)
    assert sizes["log_ratio"] == sizes["u"] == 4 * -(-4 * toy_rejection_requests.CANDIDATES // 3)
    assert sizes["field"] == 4 * -(-4 * toy_rejection_requests.SIDE**2 // 3)
    assert sizes["true"] == sizes["learned"] > 0
    assert [row["sampler"] for row in answer["rows"]] == ["none", "drs", "obrs", "exact", "mh", "exact-99.9"]
    assert answer["modes_of"] == 2
