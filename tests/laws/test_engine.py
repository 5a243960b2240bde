"""Runs: one trajectory a settings value, in any company, in any bites, whoever looks, to the bit."""

import math
from dataclasses import replace

import pytest
import torch

from gan_playground.engine.engine import Run, advance, create, single_update
from gan_playground.engine.history import LIMIT, HistoryRecorder
from gan_playground.engine.random_streams import BLOCK, Stream
from gan_playground.settings import Settings
from gan_playground.words import Refusal, say

SMALL = {"batch": 32, "generator_width": 16, "critic_width": 16}


def fresh(seed=0, **knobs) -> Run:
    return create(Settings.parse({**SMALL, "seed": seed, **knobs}), "cpu")


def state(run: Run) -> list[torch.Tensor]:
    """Everything a run's future depends on."""
    players = run.generator_player, run.critic_player
    return [tensor for each in players for tensor in (each.parameters, each.buffers, each.first, each.second)]


def equal(one: Run, other: Run) -> bool:
    counts = [(each.step, each.generator_player.count, each.critic_player.count) for each in (one, other)]
    return counts[0] == counts[1] and all(map(torch.equal, state(one), state(other)))


def trained(*runs: Run, steps: int = 20) -> Run:
    advance(runs, steps)
    return runs[0]


COMPANY = [
    {"objective": "kl:practical", "critic_rate": 5e-4, "r1": 0.1},
    {"objective": "wgan-gp(10)", "beta1": 0.0},
    {"objective": "relativistic", "r1": 0.05, "r2": 0.02},
    {"objective": "jeffrey", "gradient_clip": 1.0, "critic_rate": 1e-4},
    {"objective": "wgan(0.1)", "instance_noise": 0.2},
    {"objective": "hinge", "decay": 30, "r2": 0.1},
    {"objective": "wgan-gp-one-sided(2)", "r1": 0.1},
    {"objective": "lsgan", "noise": "uniform", "generator_rate": 5e-3},
    {"objective": "total-variation"},
    {"objective": "js"},
]
SHAPES = {
    "plane": {},
    "line, single step": {
        "data": "fgan-mixture",
        "generator": "linear",
        "latent": 1,
        "update": "single-step",
        "batch": 64,
    },
    "line, network": {"data": "fgan-mixture", "latent": 1},
    "critic steps": {"critic_steps": 3},
    "batch norm": {"batch_norm": True, "generator_activation": "elu"},
    "spectral norm, tanh": {"spectral_norm": True, "critic_activation": "tanh"},
    "Fourier features": {"fourier": 16, "critic_depth": 3, "critic_width": 32, "batch": 64},
    "rmsprop": {"optimizer": "rmsprop"},
}


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_bit_equal_in_any_company(shape):
    """Every run of a mixed company, beside one other, beside some, beside all, and alone."""
    knobs = [SHAPES[shape] | own for own in COMPANY]

    def fresh_pair(rows):
        return [fresh(seed=row, **knobs[row]) for row in rows]

    everyone = fresh_pair(range(len(knobs)))
    advance(everyone, 20)
    assert not any(each.stopped for each in everyone)
    for row, each in enumerate(everyone):
        other = (row + 3) % len(knobs)
        assert equal(trained(*fresh_pair([row, other])), each), (shape, "beside one", knobs[row])
        assert equal(trained(*fresh_pair([row])), each), (shape, "alone", knobs[row])
    some = fresh_pair([6, 2, 9, 4])
    advance(some, 20)
    assert all(equal(one, everyone[row]) for one, row in zip(some, [6, 2, 9, 4], strict=True))


THIRTY = [own | {"seed": row} for row, own in enumerate(COMPANY * 3)]


def test_a_crowd_on_three_threads_is_bit_equal_to_one_after_the_other():
    crowd, in_turn = ([fresh(**knobs) for knobs in THIRTY] for _ in range(2))
    advance(crowd, 12, threads=3)
    advance(crowd, 8, threads=3)
    advance(in_turn, 20, threads=1)
    assert all(map(equal, crowd, in_turn))


def test_a_fault_of_one_run_is_raised_when_all_have_come_to_rest(monkeypatch):
    crowd = [fresh(**knobs) for knobs in THIRTY]
    advance(crowd, 2)
    monkeypatch.setattr(crowd[-1], "_record", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        advance(crowd, 5, threads=3)
    assert {each.step for each in crowd[:-1]} == {7}


def test_bites_and_coming_and_going_change_nothing():
    whole = trained(fresh(3), fresh(4), steps=3 * BLOCK + 5)
    bitten, guest = fresh(3), fresh(5, objective="kl:practical", r1=0.1)
    for bite in (1, 2, BLOCK, 7):
        advance([bitten], bite)
    advance([guest], 3)
    while bitten.step < whole.step - 10:
        advance([bitten, guest], 5)
    while bitten.step < whole.step:
        advance([bitten], 1)
    assert equal(bitten, whole)


def test_settings_alone_decide():
    assert equal(trained(fresh(8)), trained(fresh(8)))
    assert not equal(trained(fresh(8)), trained(fresh(9)))
    assert not equal(trained(fresh(8)), trained(fresh(8, critic_rate=1.9e-3)))


# --- what is laid out -----------------------------------------------------------------------------


def test_a_number_lays_out_nothing_and_a_structure_the_run_alone():
    moved, still = fresh(1), fresh(2)
    advance([moved, still], 5)
    assert (moved.layouts, still.layouts) == (1, 1)
    for key, value in (("critic_rate", 1e-4), ("beta1", 0.3), ("gradient_clip", 2.0), ("decay", 900)):
        moved.change(key, value)
        advance([moved, still], 3)
    assert (moved.layouts, still.layouts) == (1, 1)
    moved.change("r1", 0.1)
    advance([moved, still], 3)
    moved.change("r1", 0.2)
    advance([moved, still], 3)
    assert (moved.layouts, still.layouts) == (2, 1)
    moved.change("objective", "alpha(2)")
    advance([moved, still], 3)
    assert (moved.layouts, still.layouts) == (3, 1)


def test_runs_of_several_shapes_advance_in_one_call():
    odd = fresh(2, generator_depth=3)
    even = [fresh(0), fresh(1)]
    advance([odd, *even], 12)
    assert [each.step for each in (odd, *even)] == [12, 12, 12]
    assert equal(odd, trained(fresh(2, generator_depth=3), steps=12))
    assert equal(even[0], trained(fresh(0), fresh(1), steps=12))


# --- numbers that are not finite -----------------------------------------------------------------


def poisoned(play, where: str):
    """The play with its loss (0) or its derivative by generated values (2) infinite from now on."""

    def poisonous(real, fake):
        result = list(play(real, fake))
        index = {"loss": 0, "gradient": 2}[where]
        result[index] = torch.full_like(result[index], math.inf)
        return tuple(result)

    return poisonous


@pytest.mark.parametrize("update", ["alternating", "single-step"])
@pytest.mark.parametrize("player", ["critic", "generator"])
@pytest.mark.parametrize("where", ["loss", "gradient"])
def test_a_run_stops_alone_at_its_step_with_its_last_finite_state(update, player, where):
    knobs = [own | {"update": update} for own in COMPANY]
    everyone = [fresh(seed=row, **own) for row, own in enumerate(knobs)]
    advance(everyone, 6)
    victim = everyone[1]
    before = [tensor.clone() for tensor in state(victim)]
    victim.objective = replace(
        victim.objective, zero_sum=False, **{player: poisoned(getattr(victim.objective, player), where)}
    )
    advance(everyone, 6)
    assert victim.stopped is not None
    assert victim.stopped.key == f"notes.stopped_{player}_{where}"
    assert victim.stopped.values == {"step": 7}
    assert "7" in say(victim.stopped.key, "en", **victim.stopped.values)
    assert victim.step == 6
    kept = state(victim)
    assert all(tensor.isfinite().all() for tensor in kept)
    if update == "single-step" or player == "critic":
        assert all(map(torch.equal, kept, before))
    else:  # the critic had moved before the generator met the number
        assert all(map(torch.equal, kept[:4], before[:4]))
    for row, each in enumerate(everyone):
        if each is not victim:
            assert each.stopped is None
            assert equal(each, trained(fresh(row, **knobs[row]), fresh(50, **SMALL, update=update), steps=12)), knobs[
                row
            ]
    advance([victim], 5)
    assert victim.step == 6


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_broken_state_touches_nobody_else(bad):
    everyone = [fresh(seed=row, **own) for row, own in enumerate(COMPANY)]
    for row in (1, 2, 3):
        everyone[row].critic_player.parameters.fill_(bad)
    advance(everyone, 8)
    assert [each.stopped is not None for each in everyone] == [row in (1, 2, 3) for row in range(10)]
    assert {getattr(everyone[row].stopped, "key", None) for row in (1, 2, 3)} == {"notes.stopped_critic_loss"}
    for row in (0, 4, 5, 6, 7, 8, 9):
        assert equal(everyone[row], trained(fresh(row, **COMPANY[row]), fresh(77), steps=8)), COMPANY[row]


def test_a_real_divergence_is_caught():
    """Ten plain gradient steps at a rate of 0.1 on exp(v - 1) leave float32 within a few steps."""
    plain = {"optimizer": "sgd", "critic_steps": 10}
    wild, tame = fresh(0, objective="kl", critic_rate=0.1, generator_rate=0.1, **plain), fresh(1, **plain)
    advance([wild, tame], 40)
    assert wild.stopped is not None
    assert tame.step == 40
    assert all(tensor.isfinite().all() for tensor in state(wild))


# --- live changes --------------------------------------------------------------------------------

CHANGES = [
    (10, "critic_rate", 4e-4),
    (17, "critic_steps", 3),
    (22, "objective", "wgan-gp(5)"),
    (22, "r1", 0.1),
    (30, "instance_noise", 0.1),
    (33, "update", "single-step"),
    (40, "objective", "relativistic"),
    (41, "instance_noise", 0.0),
    (50, "beta1", 0.2),
    (55, "update", "alternating"),
    (60, "critic_steps", 2),
]


def changed_by_hand(seed=6) -> Run:
    live = fresh(seed)
    for step, key, value in CHANGES:
        advance([live], step - live.step)
        live.change(key, value)
    advance([live], 75 - live.step)
    return live


def test_live_changes_replay_from_the_link_to_the_bit():
    live = changed_by_hand()
    link = Settings.from_query(live.settings.query())
    assert link == live.settings
    assert [(c.step, c.key, c.value) for c in link.changes] == CHANGES
    replay = create(link, "cpu")
    advance([replay], 75)
    assert equal(replay, live)
    company = create(link, "cpu"), fresh(1), fresh(2, critic_steps=3)
    advance(company, 75)
    assert equal(company[0], live)


def test_a_change_at_the_start_is_a_setting():
    changed, plain = fresh(4), fresh(4, critic_rate=1e-4, objective="kl")
    changed.change("critic_rate", 1e-4)
    changed.change("objective", "kl")
    assert changed.settings == plain.settings
    assert equal(trained(changed), trained(plain))


def test_the_last_of_several_changes_at_a_step_counts():
    one = trained(fresh(4), steps=5)
    for rate in (1e-4, 3e-4, 5e-4):
        one.change("critic_rate", rate)
    assert [str(change) for change in one.settings.changes] == ["5:critic_rate=0.0005"]
    assert one.now.critic_rate == 5e-4


def test_what_cannot_change_is_refused_and_nothing_is_lost():
    one, other = trained(fresh(4), steps=5), trained(fresh(4), steps=5)
    for key, value in (("batch", 64), ("critic_rate", "fast"), ("objective", "wgna"), ("nonsense", 1)):
        with pytest.raises(Refusal, match=str(value)):
            one.change(key, value)
    normed = fresh(4, critic_batch_norm=True)
    with pytest.raises(Refusal, match="critic_batch_norm"):
        normed.change("r1", 0.1)
    assert one.settings == other.settings
    assert equal(trained(one), trained(other))
    with pytest.raises(Refusal, match="abacus"):
        create(Settings(), "abacus")


def test_rates_fall_to_nothing_at_the_end_of_the_decay():
    one = trained(fresh(4, decay=12, optimizer="sgd"), steps=12)
    before = [tensor.clone() for tensor in state(one)]
    trained(one, steps=8)
    assert all(map(torch.equal, state(one), before))
    assert not equal(trained(fresh(4, optimizer="sgd")), one)


# --- looking -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "knobs", [{}, {"batch_norm": True, "critic_batch_norm": True}, {"spectral_norm": True, "fourier": 16}]
)
def test_looking_changes_nothing(knobs):
    looked, left = fresh(2, **knobs), fresh(2, **knobs)
    torch.manual_seed(0)
    global_state = torch.get_rng_state()
    for _ in range(10):
        x = looked.generate(looked.latents(50, seed=3))
        looked.critic(x)
        assert len(looked.history.columns()["step"]) == len(looked.history)
        advance([looked], 2)
    advance([left], 20)
    assert equal(looked, left)
    assert torch.equal(global_state, torch.get_rng_state())


def test_latents_are_the_runs_own_noise_by_their_seed():
    one, even = fresh(1, latent=4), fresh(1, latent=4, noise="uniform")
    assert torch.equal(one.latents(9, seed=5), one.latents(9, seed=5))
    assert not torch.equal(one.latents(9, seed=5), one.latents(9, seed=6))
    assert one.latents(1000).std() == pytest.approx(1, abs=0.05)
    assert 0.9 < even.latents(1000).abs().max() <= 1


# --- single updates ------------------------------------------------------------------------------


@pytest.mark.parametrize("update", ["alternating", "single-step"])
def test_single_updates_move_one_player(update):
    one = trained(fresh(3, update=update), steps=4)
    before = [tensor.clone() for tensor in state(one)]
    single_update(one, "critic")
    after = [tensor.clone() for tensor in state(one)]
    assert all(map(torch.equal, after[:4], before[:4]))
    assert not torch.equal(after[4], before[4])
    single_update(one, "generator")
    assert not torch.equal(state(one)[0], before[0])
    assert all(map(torch.equal, state(one)[4:], after[4:]))
    assert one.step == 4
    whole, stepped = trained(fresh(3, update=update), steps=5), trained(fresh(3, update=update), steps=4)
    single_update(stepped, "both")
    assert equal(stepped, whole)


# --- the track -----------------------------------------------------------------------------------


def test_rows_stand_at_fixed_steps_whatever_the_bites():
    one, other = fresh(2), fresh(2)
    advance([one], 40)
    for _ in range(20):
        advance([other, fresh(9)], 2)
    for name, column in one.history.columns().items():
        assert (
            (column == other.history.columns()[name]).all()
            or name in ("bound", "exact", "mu", "sigma")
            or math.isnan(column[0])
        )
    assert one.history.columns()["step"].tolist() == list(range(41))
    assert one.history.columns(since=37)["step"].tolist() == [38, 39, 40]


def test_a_history_is_bounded_and_keeps_even_strides():
    history = HistoryRecorder()
    for step in range(20 * LIMIT):
        if history.due(step):
            history.add({"step": step, "critic_loss": 1.0})
        assert len(history) <= LIMIT
    steps = history.columns()["step"]
    assert set((steps[1:] - steps[:-1]).tolist()) == {float(history.stride)}
    assert len(history) > LIMIT / 4


def test_measures_join_the_rows_and_the_line_is_recorded():
    one = fresh(2, data="fgan-mixture", generator="linear", latent=1)
    one.measure, one.measured = lambda run: {"bound": run.step / 2}, lambda step: step % 5 == 0
    advance([one], 10)
    columns = one.history.columns()
    assert columns["bound"][[0, 5, 10]].tolist() == [0, 2.5, 5]
    assert math.isnan(columns["bound"][3])
    z = torch.tensor([[0.0], [1.0]])
    mu, shifted = one.generate(z)[:, 0].tolist()
    assert columns["mu"][-1] == pytest.approx(mu, rel=1e-6)
    assert columns["sigma"][-1] == pytest.approx(abs(shifted - mu), rel=1e-5)


@pytest.mark.parametrize("data", ["fgan-mixture", "student-t", "far-gaussians", "line", "8-gaussians"])
def test_a_linear_generator_starts_beside_the_data(data):
    one = fresh(0, data=data, generator="linear", latent=1 if data not in ("line", "8-gaussians") else 2)
    real = one.toy.sample(4000, torch.Generator().manual_seed(1))
    made = one.generate(one.latents(4000))
    offset = (made.mean(0) - real.mean(0)) / real.std(0)
    assert ((offset > 0.8) & (offset < 2)).all()
    assert (made.std(0) < 0.8 * real.std(0)).all()
    low, high = torch.tensor(one.toy.window).T
    assert ((made.mean(0) > low) & (made.mean(0) < high)).all()


def test_batches_of_a_stream_are_a_function_of_their_number():
    def stream(purpose="real", seed=3):
        return Stream(seed, purpose, 4, lambda n, rng: torch.randn(n, 2, generator=rng))

    whole = stream().take(0, 3 * BLOCK)
    pieces = stream()
    for first, count in ((70, 5), (0, 40), (31, 2), (63, 33)):
        assert torch.equal(pieces.take(first, count), whole[first : first + count])
    assert whole.flatten().unique().numel() == whole.numel()
    for other in (stream("noise"), stream(seed=4)):
        assert not torch.equal(other.take(0, 1), whole[:1])


# --- the plain updates ---------------------------------------------------------------------------


@pytest.mark.parametrize("knobs", [{}, {"update": "single-step", "r1": 0.1}, {"objective": "wgan-gp(10)"}], ids=str)
def test_a_run_by_plain_updates_goes_the_same_way(knobs):
    """What runs where there is no CPU to compile for: the same run, to single precision's rounding.

    Plain descent, because Adam makes a whole step of a gradient that is nothing but rounding.
    """
    compiled, plain = (fresh(3, optimizer="sgd", **knobs) for _ in range(2))
    plain.compiled = False
    for run in (compiled, plain):
        advance([run], 15)
        single_update(run, "critic")
        single_update(run, "generator")
    assert plain.layouts == 0
    for ours, theirs in zip(state(compiled), state(plain), strict=True):
        assert torch.allclose(ours, theirs, rtol=2e-3, atol=2e-5)
