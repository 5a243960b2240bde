import itertools
import math
import pickle
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from bound_by_quadrature import bound_by_quadrature
from scipy import stats

from gan_playground.data.toys import TOYS_1D, TOYS_2D
from gan_playground.engine import engine
from gan_playground.engine.measurements import create, keep, measure, observe, slow_metrics, snapshot
from gan_playground.engine.measurements.fields import reach_of
from gan_playground.engine.measurements.generator_laws import line_law, plane_law
from gan_playground.engine.measurements.history_rows import stride
from gan_playground.engine.measurements.landscape import landscape
from gan_playground.engine.measurements.latent_density import (
    CELLS,
    MOST_PIECES,
    MOST_POINTS,
    density,
    latent_density,
    pieces,
)
from gan_playground.engine.measurements.memory import memory
from gan_playground.engine.measurements.noise_floors import floor, written
from gan_playground.engine.measurements.noise_floors import measure as measure_floor
from gan_playground.engine.measurements.readings import COARSER, _bound_on_samples, bound, exact, in_plane
from gan_playground.engine.measurements.slow_metrics import SlowMetrics
from gan_playground.engine.run import Run
from gan_playground.engine.snapshot import OPPONENTS
from gan_playground.frames import Reading, Transport
from gan_playground.recommendations import recommended
from gan_playground.serving.worker_process import WorkerProcess
from gan_playground.settings import Settings
from gan_playground.theory.divergences import DIVERGENCES, divergence
from gan_playground.theory.f_divergence import divergence_between
from gan_playground.theory.latent_plane import latent_plane
from gan_playground.theory.pushforward_2d import plane_divergence

SMALL: dict[str, Any] = {"generator_width": 16, "critic_width": 16, "batch": 32}


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def trained(steps: int = 40, base: Settings | None = None, **knobs: Any) -> Run:
    run = create(Settings.parse(SMALL | knobs, base=base), "cpu")
    engine.advance([run], steps)
    return run


def line(steps: int = 40, **knobs: Any) -> Run:
    """A linear generator on the line."""
    return trained(steps, **({"data": "fgan-mixture", "generator": "linear", "latent": 1, "objective": "kl"} | knobs))


def place(run: Run, mu: float, sigma: float) -> None:
    """Move a linear generator to mu + sigma z."""
    layout = run.shapes[0].parameters
    layout.view(run.generator_player.parameters, "b0").fill_(mu)
    layout.view(run.generator_player.parameters, "W0").fill_(sigma)


def state(run: Run) -> list[torch.Tensor]:
    return [*run.generator_player.tensors(), *run.critic_player.tensors()]


# --- looking changes nothing ---------------------------------------------------------------------


@pytest.mark.parametrize("data", ["8-gaussians", "fgan-mixture"])
@pytest.mark.parametrize("objective", ["js", "wgan-gp", "relativistic"])
def test_looking_does_not_change_a_run_by_one_bit(data: str, objective: str) -> None:
    settings = Settings.parse(SMALL | {"data": data, "objective": objective, "latent": 2, "batch_norm": True})
    seen, unseen = create(settings, "cpu"), engine.create(settings, "cpu")
    for _ in range(6):
        torch.manual_seed(1)
        before = torch.random.get_rng_state()
        observe(seen)
        measure(seen)
        if seen.step == 18:
            keep(seen, slow_metrics(snapshot(seen)))
        assert torch.equal(before, torch.random.get_rng_state())
        engine.advance([seen], 9)
        engine.advance([unseen], 9)
    for a, b in zip(state(seen), state(unseen), strict=True):
        assert torch.equal(a, b)
    for name in ("step", "critic_loss", "generator_loss", "critic_gradient", "generator_gradient"):
        assert np.array_equal(seen.history.columns()[name], unseen.history.columns()[name], equal_nan=True)


def test_a_snapshot_stays_while_the_run_goes_on() -> None:
    run = trained()
    taken, before = snapshot(run), observe(run)
    generated = taken.generator(taken.latents(260, 1)).numpy().copy()
    engine.advance([run], 20)
    assert np.array_equal(taken.generator(taken.latents(260, 1)).numpy(), generated)
    assert np.array_equal(before.samples["generated"], generated)
    assert not np.array_equal(observe(run).samples["generated"], generated)


def test_history_does_not_depend_on_who_looks_or_on_the_size_of_bites() -> None:
    one, other = line(0), line(0)
    engine.advance([one], 70)
    for steps in (1, 15, 20, 3, 31):
        observe(other)
        engine.advance([other], steps)
    a, b = observe(one).history.columns, observe(other).history.columns
    assert a.keys() == b.keys()
    for name in a:
        assert np.array_equal(a[name], b[name], equal_nan=True)
    measured = a["step"][np.isfinite(a["bound"])]
    assert measured.tolist() == [0, 16, 32, 48, 64]
    assert np.isfinite(a["exact"][np.isfinite(a["bound"])]).all()
    late = observe(one, since=48).history.columns
    assert late["step"].tolist() == list(range(49, 71))


def test_measurements_come_at_powers_of_two_so_that_thinning_keeps_them() -> None:
    strides = {stride(step) for step in range(1, 100_000, 7)}
    assert all(step & (step - 1) == 0 for step in strides)
    assert stride(1) <= 16


# --- the same networks ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("activation", "norm", "spectral", "fourier"),
    [*itertools.product(("relu", "leaky-relu", "elu", "tanh"), (False, True), (False, True), (0, 16))],
)
def test_a_snapshot_has_the_run_s_networks(activation: str, norm: bool, spectral: bool, fourier: int) -> None:
    run = trained(
        3,
        data="ring",
        generator_activation=activation,
        critic_activation=activation,
        batch_norm=norm,
        critic_batch_norm=norm,
        spectral_norm=spectral,
        fourier=fourier,
    )
    taken = snapshot(run)
    z, x = taken.latents(50, 3), taken.real(50, 4)
    assert torch.allclose(taken.generator(z), run.generate(z), rtol=1e-4, atol=1e-5)
    assert torch.allclose(taken.critic(x)[:, 0], run.critic(x), rtol=1e-4, atol=1e-5)
    at = taken.latents(50, 5).double()
    step = 1e-6 * torch.tensor([[0.6, -0.8]], dtype=torch.float64)
    _, slope = taken.exact_generator.along(at, (step / 1e-6).expand_as(at))
    ahead, behind = taken.exact_generator(at + step), taken.exact_generator(at - step)
    assert torch.allclose(slope, (ahead - behind) / 2e-6, rtol=1e-5, atol=1e-6)


def central(function: Any, x: torch.Tensor) -> torch.Tensor:
    """The gradient of a function ``[n, 2] -> [n]`` by central differences."""
    steps = 1e-6 * torch.eye(2, dtype=torch.float64)
    return torch.stack([(function(x + h) - function(x - h)) / 2e-6 for h in steps], 1)


@pytest.mark.parametrize("activation", ["tanh", "elu", "leaky-relu"])
@pytest.mark.parametrize("fourier", [0, 16])
def test_slope_is_the_critics_gradient(activation: str, fourier: int) -> None:
    taken = snapshot(trained(3, critic_activation=activation, fourier=fourier))
    x = taken.real(40, 4).double()
    slow = central(lambda at: taken.exact_critic(at)[:, 0], x)
    assert torch.allclose(taken.exact_critic.slope(x), slow, rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("name", ["gan", "kl", "hinge", "wgan-gp(10)", "relativistic"])
def test_pull_is_the_way_down_the_generators_loss(name: str) -> None:
    taken = snapshot(trained(3, objective=name, critic_activation="tanh"))
    exact = replace(taken, critic=taken.exact_critic)
    x = taken.real(20, 5).double() + 0.3
    real = exact.critic(exact.real(OPPONENTS, 0).double()).T if exact.objective.pairs else torch.zeros(1, 1).double()

    def loss(at: torch.Tensor) -> torch.Tensor:
        v = exact.critic(at).expand(-1, real.shape[1])
        return exact.objective.generator(real.expand_as(v), v)[0].mean(1)

    exact_real = replace(exact, toy=replace(exact.toy, sample=lambda n, rng: taken.toy.sample(n, rng).double()))
    assert torch.allclose(exact_real.pull(x), -central(loss, x), rtol=1e-5, atol=1e-8)


def test_a_snapshot_travels_to_another_process_and_is_measured_there_alike() -> None:
    taken = snapshot(trained(3, objective="kl", fourier=16))
    there = pickle.loads(pickle.dumps(taken))
    x = taken.real(30, 1)
    assert torch.equal(there.critic(x), taken.critic(x))
    assert (there.toy, there.objective, there.settings) == (taken.toy, taken.objective, taken.settings)
    worker = WorkerProcess()
    try:
        assert repr(worker(slow_metrics, taken)) == repr(slow_metrics(taken))
    finally:
        worker.close()


# --- laws of generators --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "knobs",
    [
        {"generator": "linear", "latent": 1},
        {"generator": "linear", "latent": 1, "noise": "uniform"},
        {"generator": "linear", "latent": 4},
        {"generator": "mlp", "latent": 1},
        {"generator": "mlp", "latent": 1, "generator_activation": "tanh", "noise": "uniform"},
        {"generator": "mlp", "latent": 1, "generator_activation": "elu", "batch_norm": True},
    ],
)
def test_samples_agree_with_the_density_that_is_called_exact(knobs: dict[str, Any]) -> None:
    run = trained(30, data="fgan-mixture", **knobs)
    frame = observe(run)
    assert frame.generated_certainty == "exact"
    law = line_law(snapshot(run))
    assert law is not None
    sample = run.generate(run.latents(20_000, 9))[:, 0].double().numpy()
    edges: Any = np.sort(sample[::2])[500:10_000:500]
    share = np.diff(law.cdf(edges), prepend=0.0, append=1.0)
    counts = np.diff(np.searchsorted(np.sort(sample[1::2]), edges), prepend=0, append=10_000)
    # Even bins by the other half of the sample: their own noise doubles the variance.
    chance = stats.chi2.sf(((counts - 10_000 * share) ** 2 / (10_000 * share)).sum() / 2, 19)
    assert 1e-4 < chance < 1 - 1e-6
    assert frame.generated is not None
    x: Any = frame.axes[0]
    by_cdf = float(np.diff(law.cdf(x[[0, -1]]))[0])
    if knobs["generator"] == "linear" and "noise" not in knobs:  # without jumps the trapezoid is exact enough
        assert np.trapezoid(frame.generated, x) == pytest.approx(by_cdf, abs=2e-3)


def test_the_linear_map_of_the_plane_is_a_bell() -> None:
    run = trained(10, data="two-moons", generator="linear", latent=4)
    frame, oval = observe(run), plane_law(snapshot(run))
    assert oval is not None
    assert frame.generated_certainty == "exact"
    sample = run.generate(run.latents(40_000, 2)).double().numpy()
    assert np.abs(sample.mean(0) - oval.mean).max() < 5 * math.sqrt(oval.covariance.max() / 40_000)
    assert np.allclose(np.cov(sample.T), oval.covariance, atol=0.03 * oval.covariance.max())
    offset = sample[:99] - oval.mean
    direct = -(offset @ np.linalg.inv(oval.covariance) * offset).sum(1) / 2
    direct -= np.log(np.linalg.det(2 * np.pi * oval.covariance)) / 2
    assert np.allclose(oval.log_density(sample[:99]), direct, rtol=1e-9)


@pytest.mark.parametrize("knobs", [{"latent": 4}, {"data": "fgan-mixture", "latent": 2}, {"data": "ring", "latent": 1}])
def test_where_no_density_is_known_none_is_shown(knobs: dict[str, Any]) -> None:
    run = trained(5, **knobs)
    keep(run, slow_metrics(snapshot(run)))
    frame = observe(run)
    assert frame.generated is None
    assert frame.generated_certainty == "unknown"


# --- readings ------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [*DIVERGENCES, "weighted-js(0.3)", "alpha(0.5)"])
def test_the_bound_is_its_integral_and_lies_below_the_exact_value(key: str) -> None:
    run = line(0, objective=key, critic_activation="tanh", critic_rate=5e-3)
    place(run, 0.0, 1.5)  # wide enough for Pearson to be finite
    d = run.objective.divergence
    assert d is not None
    for _ in range(3):
        engine.advance([run], 40)
        taken = snapshot(run)
        law = line_law(taken)
        assert law is not None
        found, true = bound(taken), exact(taken, law)
        assert found.certainty == true.certainty == "exact"
        slow = bound_by_quadrature(d, taken.values, taken.line, law, 1e-6)
        assert found.value == pytest.approx(slow.value, rel=1e-4, abs=1e-5)
        assert found.value <= true.value + 1e-5 * (1 + abs(true.value))
        finest = divergence_between(d, taken.line, law).value
        assert true.value == pytest.approx(finest, rel=1e-4, abs=1e-6)


def test_the_bound_on_samples_is_the_integral_up_to_its_stated_error() -> None:
    for key in ("js", "kl", "wgan-gp"):
        taken = snapshot(line(60, objective=key))
        integral, sampled = bound(taken), _bound_on_samples(taken, taken.objective.divergence)
        assert sampled.certainty == "approximate"
        assert 0 < sampled.error < 0.5
        assert abs(sampled.value - integral.value) < 4 * sampled.error
        again = _bound_on_samples(taken, taken.objective.divergence)
        assert again.value == sampled.value


@pytest.mark.parametrize(
    ("key", "value"), [("js", 2 * math.log(2)), ("gan", 0.0), ("total-variation", 1.0), ("hellinger", 2.0)]
)
def test_a_curve_in_the_plane_shares_no_mass_with_the_data(key: str, value: float) -> None:
    frame = observe(trained(5, data="ring", latent=1, objective=key))
    assert frame.exact.certainty == "exact"
    assert frame.exact.value == pytest.approx(value, abs=1e-12)
    infinite = observe(trained(5, data="ring", latent=1, objective="kl")).exact
    assert infinite.certainty == "infinite"
    assert infinite.why is not None


def test_infinity_comes_with_its_reason_in_both_languages() -> None:
    frame = observe(line(20, noise="uniform"))
    assert frame.exact.certainty == "infinite"
    assert math.isinf(frame.exact.value)
    assert frame.note.key == "notes.infinite"
    for lang in ("en", "ko"):
        assert len(frame.note.say(lang).replace("**", "")) <= 140


def test_games_that_bound_nothing_show_nothing() -> None:
    for key in ("lsgan", "hinge", "relativistic"):
        frame = observe(trained(5, objective=key))
        assert frame.bound.certainty == frame.exact.certainty == "unknown"


def test_a_wasserstein_critic_stands_beside_exact_w1() -> None:
    frame = observe(line(30, objective="wgan-gp"))
    assert frame.exact.certainty == "exact"
    law = line_law(snapshot(line(30, objective="wgan-gp")))
    assert law is not None
    x = np.linspace(-60, 60, 400_001)
    data = snapshot(line(0)).line
    assert frame.exact.value == pytest.approx(np.trapezoid(np.abs(data.cdf(x) - law.cdf(x)), x), rel=1e-4)


# --- the picture ---------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [*TOYS_1D, *TOYS_2D])
def test_every_toy_makes_a_whole_picture(data: str) -> None:
    run = trained(4, base=recommended(data, "js") if data in TOYS_1D else None, data=data)
    frame = observe(run, grid=24, points=50)
    shape = (97,) if run.dim == 1 else (24, 24)
    assert [(axis[0], axis[-1]) for axis in frame.axes] == list(run.toy.window)
    assert frame.critic.shape == shape
    assert frame.target is not None
    assert frame.target.shape == shape
    assert np.isfinite(frame.critic).all()
    assert frame.samples["real"].shape == frame.samples["generated"].shape == (50, run.dim)
    assert frame.samples["pull"].shape == (34, run.dim)
    assert ("manifold" in frame.samples) == (run.dim == 2)
    assert frame.step == 4
    assert frame.settings == run.now
    assert not frame.stopped
    assert frame.note.say("en") != frame.note.say("ko")


def test_rows_of_a_field_go_up_and_columns_right() -> None:
    run = trained(20, data="line")
    frame = observe(run, grid=20)
    x, y = frame.axes
    corner = torch.tensor([[x[-1], y[0]]], dtype=torch.float32)
    assert frame.critic[0, -1] == pytest.approx(float(run.objective.display(run.critic(corner))), rel=1e-5)
    assert frame.target is not None
    assert y[frame.target[:, 14].argmax()] > 0.3 > -0.3 > y[frame.target[:, 5].argmax()]  # the segment rises


def test_the_best_critic_is_the_ratio_s() -> None:
    run = line(60)
    frame, law = observe(run), line_law(snapshot(run))
    assert law is not None
    assert frame.optimal_critic is not None
    assert frame.generated is not None
    assert frame.target is not None
    with np.errstate(divide="ignore"):
        star = 1 + np.log(frame.target.astype(float)) - np.log(frame.generated.astype(float))
    seen = (frame.target > 1e-20) & (frame.generated > 1e-20)
    assert np.allclose(frame.optimal_critic[seen], star[seen], atol=1e-3)
    least = observe(line(5, objective="lsgan"))
    assert least.optimal_critic is not None
    assert ((least.optimal_critic >= 0) & (least.optimal_critic <= 1)).all()
    assert observe(line(5, objective="wgan-gp")).optimal_critic is None


@pytest.mark.parametrize("objective", ["js", "js:practical", "wgan-gp", "hinge", "lsgan"])
def test_following_the_arrows_lowers_the_generator_s_loss(objective: str) -> None:
    run = trained(30, objective=objective)
    frame = observe(run)
    at = torch.from_numpy(frame.samples["generated"][:34])
    pull = torch.from_numpy(frame.samples["pull"])
    assert pull.norm(dim=1).max() > 0

    def loss(x: torch.Tensor) -> torch.Tensor:
        v = run.critic(x)
        return run.objective.generator(torch.zeros_like(v), v)[0].double()

    step = 1e-2 * pull / pull.norm(dim=1, keepdim=True).clamp(min=1e-9)
    moved = pull.norm(dim=1) > 1e-3
    assert (loss(at + step) < loss(at))[moved].double().mean() > 0.9


def test_the_colour_map_is_the_objective_s_and_not_the_field_s() -> None:
    run = trained(10, objective="js")
    before = observe(run).unit
    engine.advance([run], 60)
    assert observe(run).unit == before
    assert (before.name, before.midpoint, before.reach) == ("T", 0.0, 0.7)


def test_a_wasserstein_critic_s_colour_map_settles_whoever_looks() -> None:
    looked, left = trained(0, objective="wgan-gp", critic_steps=1), trained(0, objective="wgan-gp", critic_steps=1)
    for _ in range(9):
        observe(looked)
        engine.advance([looked], 71)
    engine.advance([left], 9 * 71)
    settled = observe(left).unit.reach
    assert observe(looked).unit.reach == settled
    engine.advance([left], 64)
    assert observe(left).unit.reach == settled
    left.change("objective", "wgan(0.01)")
    engine.advance([left], 200)
    assert observe(left).unit.reach != settled


def test_a_range_is_rounded_up_to_1_2_or_5() -> None:
    spread = np.linspace(-1, 1, 1001)
    assert [reach_of(spread * scale) for scale in (1.2, 2.4, 5.2, 0.06)] == pytest.approx([1, 2, 5, 0.05])
    assert reach_of(np.zeros(9)) == 1.0
    assert reach_of(np.full(9, np.inf)) == 1.0


def test_a_run_that_stopped_keeps_its_last_good_picture_and_says_why() -> None:
    run = trained(0, critic_rate=0.1, generator_rate=0.1, optimizer="sgd", objective="pearson", critic_width=64)
    engine.advance([run], 3000)
    assert run.stopped is not None
    frame = observe(run)
    assert frame.stopped is frame.note is run.stopped
    assert np.isfinite(frame.samples["generated"]).all()
    assert frame.note.say("en").startswith("**Stopped at step")


# --- slow metrics -------------------------------------------------------------------------------------


def test_the_written_floors_are_those_that_are_measured() -> None:
    assert set(written()) == set(TOYS_2D)
    law = trained(0, data="three-blobs").toy
    kept, found = floor(law), measure_floor(law, pairs=4)
    assert kept.n == found.n == 1000
    for (low, high), (least, most) in ((kept.w1, found.w1), (kept.w2, found.w2)):
        assert low < high
        assert 0.6 * low < least <= most < 1.5 * high
    on_line = line(0).toy
    assert floor(on_line) == measure_floor(on_line)


def test_transport_on_the_line_stands_beside_exact_w1() -> None:
    run = line(30)
    finding = slow_metrics(snapshot(run))
    assert finding.step == 30
    row = finding.transport
    assert row is not None
    assert row.exact_w1 is not None
    assert abs(row.w1 - row.exact_w1) < 3 * row.floor_w1[1]
    assert row.w1 <= row.w2


def test_a_network_on_the_line_has_its_divergence_from_the_slow_metrics() -> None:
    run = trained(30, data="fgan-mixture", latent=1, objective="js")
    assert observe(run).exact.certainty == "unknown"
    keep(run, slow_metrics(snapshot(run)))
    frame = observe(run)
    assert frame.exact.certainty == "exact"
    assert 0 < frame.exact.value < 2 * math.log(2)
    assert frame.history.transports[-1].divergence == frame.exact
    law = line_law(snapshot(run))
    assert law is not None
    assert frame.exact.value == pytest.approx(
        divergence_between(divergence("js"), snapshot(run).line, law).value, rel=1e-3
    )
    run.change("objective", "kl")
    assert observe(run).exact.certainty == "unknown"  # what was found belongs to another game


def test_in_the_plane_a_bell_is_the_same_by_its_formula_and_over_its_latents() -> None:
    run = trained(40, data="three-blobs", generator="linear", latent=2, objective="js")
    taken = snapshot(run)
    assert latent_density(taken) is None
    plane = latent_plane("normal", CELLS)
    by_formula = in_plane(taken, None)
    data = taken.plane
    by_latent_density = plane_divergence(
        divergence("js"), data.log_density, plane, taken.image(plane.z), scale=COARSER * data.scale
    )
    assert by_formula.certainty == "approximate"
    assert 0.1 < by_formula.value < 2 * math.log(2)
    assert by_formula.error < 1e-3 * by_formula.value
    assert abs(by_latent_density.value - by_formula.value) <= 1e-3 + by_latent_density.error * by_latent_density.value


def test_a_network_s_density_in_the_plane_is_measured_and_never_called_exact() -> None:
    run = trained(200, data="two-moons", objective="js", generator_width=32)
    keep(run, slow_metrics(snapshot(run)))
    frame = observe(run)
    assert frame.generated is not None
    assert frame.generated_certainty == "approximate"
    row = frame.history.transports[-1].divergence
    assert row == frame.exact
    assert row is not None
    assert row.certainty == "approximate"
    assert 0 < row.error < row.value < 2 * math.log(2)
    # A point of the grid stands for the cell around it; four by four cells hold enough samples to be compared.
    step = frame.axes[0][1] - frame.axes[0][0]
    edges = np.append(frame.axes[0] - step / 2, frame.axes[0][-1] + step / 2)
    x = run.generate(run.latents(100_000, 3)).numpy()
    counts = np.histogram2d(x[:, 1], x[:, 0], (edges, edges))[0].reshape(16, 4, 16, 4).sum((1, 3))
    expected = 100_000 * step**2 * frame.generated.reshape(16, 4, 16, 4).sum((1, 3), dtype=float)
    assert np.abs(counts - expected).sum() < 0.03 * 100_000


def test_uniform_noise_never_covers_a_bell_of_the_plane() -> None:
    for objective, certainty in (("kl", "infinite"), ("js", "approximate")):
        found = in_plane(taken := snapshot(trained(20, objective=objective, noise="uniform")), latent_density(taken))
        assert found.certainty == certainty
        assert (found.why is not None) == (certainty == "infinite")


def test_modes_are_scored_on_10_000_samples() -> None:
    run = trained(10)
    keep(run, slow_metrics(snapshot(run)))
    (modes,) = observe(run).history.modes
    assert modes.n == 10_000
    assert modes.step == 10
    assert len(modes.counts) == 8
    assert slow_metrics(snapshot(trained(1, data="ring"))).modes is None


def test_a_late_finding_does_not_go_back_in_time() -> None:
    run = trained(5, data="three-blobs")
    row = Transport(5, 1000, 1.0, 1.0, (0.1, 0.2), (0.1, 0.2))
    newer = SlowMetrics(5, "js", Reading(0.1), row, None, None, None)
    older = SlowMetrics(3, "js", Reading(0.9), Transport(3, 1000, 2.0, 2.0, (0.1, 0.2), (0.1, 0.2)), None, None, None)
    keep(run, newer)
    keep(run, older)
    assert observe(run).history.transports == (row,)
    assert memory(run).bound_then == Reading(0.1)


@pytest.mark.parametrize(
    ("key", "mu", "sigma", "least"),
    [
        ("kl", 1.0100, 1.8308, 0.2831),
        ("reverse-kl", 1.5782, 1.6319, 0.2480),
        ("pearson", 0.5737, 1.9274, 0.6457),
    ],
)
def test_the_landscape_has_the_paper_s_best_fit(key: str, mu: float, sigma: float, least: float) -> None:
    """Nowozin et al. 2016, table of the univariate experiment."""
    data = line(0).toy.density
    found = landscape(divergence(key), data, "normal")  # type: ignore[arg-type]
    assert found.best == pytest.approx((mu, sigma, least), abs=2e-3)
    assert found.value.shape == (len(found.sigma), len(found.mu))
    assert found.best is not None
    assert found.value.min() >= found.best[2] - 1e-4
    row, column = np.unravel_index(found.value.argmin(), found.value.shape)
    assert abs(found.mu[column] - mu) < np.diff(found.mu)[0]
    assert abs(math.log(found.sigma[row] / sigma)) < math.log(found.sigma[1] / found.sigma[0])
    above = found.levels() - min(found.best[2], found.value.min())
    np.testing.assert_allclose(above[1:], 2 * above[:-1])
    assert 2**-0.5 <= 4 * above[0] / least <= 2**0.5 * 1.01


def test_no_uniform_law_covers_a_bell_for_kl() -> None:
    found = landscape(divergence("kl"), line(0).toy.density, "uniform")  # type: ignore[arg-type]
    assert np.isinf(found.value).all()
    assert found.best is None
    assert found.levels().size == 0


def test_a_bell_that_has_settled_is_told_by_its_shape() -> None:
    run = line(0, critic_activation="tanh", critic_width=64)
    best = landscape(divergence("kl"), run.toy.density, "normal").best  # type: ignore[arg-type]
    assert best is not None
    place(run, *best[:2])
    run.change("generator_rate", 1e-6)
    engine.advance([run], 600)
    keep(run, slow_metrics(snapshot(run)))
    frame = observe(run)
    assert frame.best_fit == best
    assert frame.landscape["value"].shape == (len(frame.landscape["sigma"]), len(frame.landscape["mu"]))
    assert frame.note.say("en").startswith("**q is one broad bell over two peaks.** Kullback–Leibler punishes")


@pytest.mark.parametrize("size", [1.0, 30.0, 1e4, 1e8])
def test_a_generator_that_flew_off_costs_no_more_than_one_that_stayed(size: float) -> None:
    run = trained(30, data="ring", objective="js")
    layout = run.shapes[0].parameters
    with torch.inference_mode():
        for name in ("W2", "b2"):
            layout.view(run.generator_player.parameters, name).mul_(size)
    taken = snapshot(run)
    counted: list[int] = []

    class Counting:
        bounded, scale = taken.plane.bounded, taken.plane.scale

        def log_density(self, x: np.ndarray) -> np.ndarray:
            counted.append(x.size // 2)
            return taken.plane.log_density(x)

    known = latent_density(taken)
    assert known is not None
    assert (pieces(known, taken.toy.window, 64) ** 2).sum() <= MOST_PIECES
    shown = density(taken, 64)
    assert shown is not None
    assert np.isfinite(shown).all()
    law: Any = Counting()
    found = in_plane(replace(taken, toy=replace(taken.toy, density=law)), known)
    assert 0 < sum(counted) <= 2 * MOST_POINTS  # one sum for the value, one for its error
    assert found.certainty == "approximate"
    assert 0 < found.value < 2.001 * math.log(2)
