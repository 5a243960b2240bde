"""Slow readings of a run, made beside the stepping: transport, modes, densities in the plane, the landscape."""

import math

import numpy as np
import pytest
import torch
from measured_runs import line, place, trained

from gan_playground.data.toys import TOYS_2D
from gan_playground.engine import engine
from gan_playground.engine.measurements import keep, observe, slow_metrics, snapshot
from gan_playground.engine.measurements.generator_laws import latent_law, line_law, plane_map
from gan_playground.engine.measurements.landscape import landscape
from gan_playground.engine.measurements.latent_density import MOST_PIECES, density, latent_density, pieces
from gan_playground.engine.measurements.memory import memory
from gan_playground.engine.measurements.noise_floors import floor, written
from gan_playground.engine.measurements.noise_floors import measure as measure_floor
from gan_playground.engine.measurements.readings import POINTS, all_in_plane, in_plane
from gan_playground.engine.measurements.slow_metrics import SlowMetrics
from gan_playground.frames import Reading, Transport
from gan_playground.theory.divergences import divergence
from gan_playground.theory.f_divergence import divergence_between
from gan_playground.theory.image_triangles import PlaneMap
from gan_playground.theory.pushforward_2d import LogRatios, PlanePushForward

MOST_ASKED = 200_000
"""Latents at which a map may be asked for one divergence."""


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
    by_formula = in_plane(taken)
    assert by_formula.certainty == "approximate"
    assert 0.1 < by_formula.value < 2 * math.log(2)
    assert by_formula.error < 1e-3 * by_formula.value
    law = PlanePushForward.of(plane_map(taken.exact_generator))
    real, latents = (points.double().numpy() for points in (taken.real(POINTS, 7_001), taken.latents(POINTS, 7_002)))
    by_latents = LogRatios.of(taken.plane.log_density, law, real, latents).divergence(divergence("js"), bounded=False)
    assert abs(by_latents.value - by_formula.value) <= by_latents.error + by_formula.error


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
    taken = snapshot(trained(20, noise="uniform"))
    kl, js = all_in_plane(taken, [divergence("kl"), divergence("js")])
    assert (kl.certainty, js.certainty) == ("infinite", "approximate")
    assert kl.why is not None
    assert js.why is None


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
    known, law = latent_density(taken), latent_law(taken)
    assert known is not None
    assert law is not None
    assert (pieces(known, taken.toy.window, 64) ** 2).sum() <= MOST_PIECES
    shown = density(taken, 64)
    assert shown is not None
    assert np.isfinite(shown).all()
    asked: list[int] = []

    def counted(z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        asked.append(len(z))
        return law.plane_map.at(z)

    counting = PlanePushForward.of(PlaneMap(counted, law.plane_map.piecewise_linear))
    real, latents = (points.double().numpy() for points in (taken.real(POINTS, 7_001), taken.latents(POINTS, 7_002)))
    found = LogRatios.of(taken.plane.log_density, counting, real, latents).divergence(divergence("js"), bounded=False)
    assert sum(asked) < MOST_ASKED
    assert 0 < found.value < 2.001 * math.log(2)
