"""Laws of the four samplers, each against a slow twin that is obviously right."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from gan_playground.rejection import (
    SAMPLERS,
    SHARES,
    Bar,
    BurnIn,
    Moves,
    Options,
    budget,
    burn_in,
    level,
    levelled,
    mean_ratio,
    run_chains,
    sampler,
)
from gan_playground.rejection import samplers as samplers_module
from gan_playground.words import Refusal

P, Q = (0.5, 1.0), (0.0, 1.5)
"""Mean and sd: the log-ratio has its maximum inside, so exact rejection is possible."""

TOP = math.log(1.5) + 0.5**2 / (2 * (1.5**2 - 1))
"""max log p/q, at x = 0.5 * 1.5^2 / (1.5^2 - 1)."""


def ratio_at(x):
    return stats.norm.logpdf(x, *P) - stats.norm.logpdf(x, *Q)


def proposer(seed):
    rng = np.random.default_rng(seed)

    def propose(n):
        x = rng.normal(*Q, n)
        return x, ratio_at(x)

    return propose


def burn(n=20_000, seed=1):
    """A burn-in that knows the true M, as no sample does."""
    return burn_in(ratio_at(np.random.default_rng(seed).normal(*Q, n))).raised(TOP)


REAL = ratio_at(np.random.default_rng(2).normal(*P, 4000))


# --- slow twins ----------------------------------------------------------------------------------


def slow_drawing(name, ratios, burnt, uniform, options):
    """One sample at a time; the rule written out from the paper, found anew whenever M rises."""
    seen, maximum, kept = list(burnt.log_ratio), burnt.maximum, []

    def logit(value):
        d = min(value - maximum, 0.0)
        return d - math.log(-math.expm1(d - 1e-14))

    def gamma():
        ordered = sorted(logit(value) for value in seen)
        return ordered[max(math.ceil(len(ordered) * options.percentile / 100) - 1, 0)]

    def scale():
        """The budget's c by bisection."""
        low, high = 1.0, 1e12
        for _ in range(200):
            c = math.sqrt(low * high)
            mean = sum(min(1.0, c * math.exp(min(value - maximum, 0.0))) for value in seen) / len(seen)
            low, high = (c, high) if mean < options.budget else (low, c)
        return high

    found = {"drs": gamma, "obrs": scale, "exact": lambda: 0.0}[name]
    held = found()
    for k, value in enumerate(ratios):
        if value > maximum:
            maximum, held = value, None
            held = found()
        share = math.exp(min(value - maximum, 0.0))
        if name == "drs":
            share = 1 / (1 + math.exp(held - logit(value)))
        elif name == "obrs":
            share = min(1.0, held * share)
        if uniform[k] <= share:
            kept.append(k)
    return kept


@pytest.mark.parametrize("name", ["drs", "obrs", "exact"])
def test_each_draws_what_its_slow_twin_draws(name, monkeypatch):
    monkeypatch.setattr(samplers_module, "BLOCK", 300)
    options = Options(percentile=70, budget=0.4)
    rng = np.random.default_rng(4)
    ratios = rng.normal(0, 1.5, 300)
    ratios[[40, 41, 200]] = [4.0, 3.9, 5.0]  # records: M rises on the way
    short = burn_in(rng.normal(0, 1, 200))
    uniform = 1.0 - np.random.default_rng(9).random(300)
    slow = slow_drawing(name, ratios, short, uniform, options)
    drawn = SAMPLERS[name](lambda n: (np.arange(n), ratios), short, len(slow), np.random.default_rng(9), options)
    assert drawn.samples.tolist() == slow
    assert drawn.proposed == slow[-1] + 1
    assert drawn.raised >= 2
    assert drawn.first.maximum == short.maximum
    assert drawn.last.maximum == 5.0


def test_chains_end_where_their_slow_twin_ends():
    rng = np.random.default_rng(3)
    proposals, starts = rng.normal(0, 2, (200, 12)), rng.normal(3, 2, 200)
    u = 1.0 - rng.random((200, 12))

    def one(chain):
        state, place, moves = starts[chain], None, 0
        for step, offered in enumerate(proposals[chain]):
            d_old, d_new = 1 / (1 + math.exp(-state)), 1 / (1 + math.exp(-offered))
            if u[chain, step] <= min(1.0, (1 / d_old - 1) / (1 / d_new - 1)):
                state, place, moves = offered, step, moves + 1
        return place, moves

    ended = run_chains(proposals, starts, u)
    slow = [one(chain) for chain in range(200)]
    stuck = [place is None for place, _ in slow]
    assert ended.restarted.tolist() == stuck
    assert 5 < sum(stuck) < 100
    for chain, (place, moves) in enumerate(slow):
        if place is not None:
            assert (ended.place[chain], ended.moves[chain]) == (place, moves)
        else:
            starts[chain] = proposals[chain, 0]
            u[chain, 0] = 2.0  # it stands there already
            place, moves = one(chain)
            assert (ended.place[chain], ended.moves[chain]) == (place or 0, moves)


def test_the_mean_move_of_a_chain_is_its_definition():
    moves, x = Moves.of(REAL[:200], TOP), np.array([-np.inf, -30.0, -1.0, 0.0, REAL[:200].max(), 2.0, np.inf])
    slow = [np.mean([min(1.0, math.exp(min(value - state, 50.0))) for state in REAL[:200]]) for value in x]
    np.testing.assert_allclose(moves.chance(x), slow, rtol=1e-12, atol=0)


# --- laws ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "n"), [("exact", 20_000), ("mh", 4000)])
def test_what_is_drawn_has_the_law_of_the_data(name, n):
    drawn = SAMPLERS[name](proposer(5), burn(), n, np.random.default_rng(6), Options(length=60), REAL)
    assert len(drawn.samples) == n
    assert stats.kstest(drawn.samples, "norm", P).pvalue > 0.01
    assert stats.kstest(proposer(5)(n)[0], "norm", P).pvalue < 1e-6
    np.testing.assert_array_equal(drawn.log_ratio, ratio_at(drawn.samples))


def test_exact_rejection_keeps_one_in_m():
    drawn = SAMPLERS["exact"](proposer(7), burn(), 20_000, np.random.default_rng(8))
    expected = math.exp(-TOP)
    assert abs(drawn.rate - expected) < 4 * math.sqrt(expected * (1 - expected) / drawn.proposed)
    assert drawn.raised == drawn.capped == 0


@pytest.mark.parametrize("k", [1.05, 1.25, 1.4])
def test_the_budget_is_kept(k):
    drawn = SAMPLERS["obrs"](proposer(9), burn(), 20_000, np.random.default_rng(10), Options(budget=1 / k))
    # the burn-in's own sampling error comes on top of the run's
    error = math.sqrt(0.25 / drawn.proposed + 0.25 / 20_000)
    assert abs(drawn.rate - 1 / k) < 4 * error
    held = budget(burn(), 1 / k)
    assert abs(held.chance(burn().log_ratio).mean() - 1 / k) < 1e-12
    assert not held.exact


def test_a_budget_below_exact_rejection_is_exact_rejection():
    held = budget(burn(), 0.3)
    assert held.exact
    np.testing.assert_allclose(held.chance(REAL), burn().exact().chance(REAL), rtol=1e-12, atol=0)
    assert 0.6 < math.exp(-TOP) < 0.61  # what exact rejection keeps, and more than was asked for


def test_no_other_acceptance_of_the_same_mean_is_nearer():
    """Verine et al., theorem 1, on a law of 40 points: against 2,000 random acceptances of the same mean."""
    rng = np.random.default_rng(11)
    log_ratio = rng.normal(0, 1, 40)
    log_ratio -= level(log_ratio)
    ratio, share = np.exp(log_ratio), 0.5
    divergences = {
        "kl": lambda u: u * np.log(u),
        "reverse kl": lambda u: -np.log(u),
        "pearson": lambda u: (u - 1) ** 2,
        "hellinger": lambda u: (np.sqrt(u) - 1) ** 2,
    }

    def far(chance, f):
        kept_law = chance / chance.mean()  # against q; p against it is ratio / kept_law
        return float((kept_law * f(ratio / kept_law)).mean())

    best = budget(burn_in(log_ratio), share).chance(log_ratio)
    others = rng.uniform(0.01, 1, (2000, 40))
    nearby = np.clip(best + rng.normal(0, 0.02, (2000, 40)), 0.01, 1)
    for f in divergences.values():
        for other in (*others, *nearby):
            rival = other * share / other.mean()
            if rival.max() <= 1:
                assert far(best, f) <= far(rival, f) + 1e-12


def test_budgets_at_the_edges():
    whole = budget(burn_in([0.0, -1.0, -2.0]), 1.0)
    np.testing.assert_allclose(whole.chance([0.0, -1.0, -2.0]), 1.0, rtol=1e-12)
    half_impossible = budget(burn_in([0.0, -1.0, -np.inf, -np.inf]), 0.75)
    assert half_impossible.chance([-5.0, -np.inf]).tolist() == [1.0, 0.0]
    far_apart = budget(burn_in(np.linspace(-900, 0, 1000)), 0.5)  # exp(-900) is 0 in float64, its log is not
    assert abs(far_apart.chance(np.linspace(-900, 0, 1000)).mean() - 0.5) < 1e-9


def test_drs_keeps_the_sample_at_its_percentile_half_the_time():
    held = burn()
    place = np.sort(held.log_ratio)[int(np.ceil(0.8 * len(held.log_ratio))) - 1]
    assert abs(SAMPLERS["drs"].rule(held, Options(percentile=80), REAL).chance(place) - 0.5) < 1e-9


def test_a_percentile_for_m_is_not_moved_by_an_outlier():
    values = np.append(np.random.default_rng(12).normal(0, 1, 9999), 50.0)
    loose, firm = burn_in(values), burn_in(values, "99.9")
    assert loose.maximum == 50
    assert 2.5 < firm.maximum < 4
    assert SAMPLERS["exact"].rule(loose, Options(), REAL).chance(values).mean() < 1e-3
    assert SAMPLERS["exact"].rule(firm, Options(), REAL).chance(values).mean() > 0.02
    drawn = SAMPLERS["exact"](
        lambda n: (np.zeros(n), values[::-1][:n]), firm, 60, np.random.default_rng(0), Options(cap="99.9")
    )
    assert drawn.raised == 0
    assert drawn.capped >= 1
    assert drawn.last.maximum == firm.maximum


def test_a_sampler_that_keeps_nothing_stops_and_says_so(monkeypatch):
    monkeypatch.setattr(samplers_module, "MOST", 5000)
    hopeless = burn_in([-60.0, 0.0])
    drawn = SAMPLERS["exact"](lambda n: (np.zeros(n), np.full(n, -60.0)), hopeless, 10, np.random.default_rng(0))
    assert not drawn.complete
    assert len(drawn.samples) == 0
    assert drawn.proposed >= 5000


# --- the constant of a ratio ---------------------------------------------------------------------


@pytest.mark.parametrize("constant", [-700.0, -3.0, 12.0, 700.0])
def test_a_constant_is_fixed_by_the_mean_over_the_generator(constant):
    x = np.random.default_rng(13).normal(*Q, 50_000)
    true = ratio_at(x)
    shifted = true + constant
    np.testing.assert_allclose(levelled(shifted, shifted), true - level(true), rtol=0, atol=1e-9)
    assert abs(mean_ratio(true) - 1) < 4 * np.exp(true).std() / math.sqrt(len(x))
    assert abs(mean_ratio(levelled(shifted, shifted)) - 1) < 1e-12


def test_refusals_name_the_value_and_the_remedy():
    for bad in (0, 1.5, float("nan"), "0.5", True, None):
        with pytest.raises(Refusal, match="Budget") as refused:
            SHARES.parse("budget", bad, literal=True)
        assert str(bad) in refused.value.say("ko")
    with pytest.raises(Refusal, match="drs, obrs, exact, mh"):
        sampler("gibbs")
    with pytest.raises(Refusal, match="not numbers"):
        run_chains([[np.nan]], [0.0], [[0.5]])
    assert isinstance(SAMPLERS["exact"].rule(burn(), Options(), REAL), Bar)


def test_the_page_shares_these_formulas():
    """`web/acceptance.test.mjs` holds the page's script to the same file."""
    golden = json.loads((Path(__file__).parent / "web" / "golden" / "acceptance.json").read_text())
    ratios = np.array(golden["log_ratios"])
    held = BurnIn(ratios, golden["maximum"])
    assert len(golden["budgets"]) >= 3
    for one in golden["budgets"]:
        ours = budget(held, one["share"])
        assert one["log_c"] == pytest.approx(ours.log_c, rel=1e-12)
        np.testing.assert_allclose(one["chances"], ours.chance(ratios), rtol=1e-12, atol=1e-300)
    moves = Moves.of(golden["states"], golden["maximum"])
    np.testing.assert_allclose(golden["moves"], moves.chance(ratios), rtol=1e-12, atol=1e-300)
