"""Distances on the line: an independent referee, the laws that hold for every pair, and each fault that was found."""

from math import inf, log

import numpy as np
import pytest
from line_pairs import compare, members, pair, typed

from gan_playground.theory.densities import Mixture, StudentT
from gan_playground.theory.divergence_table import exact_values
from gan_playground.theory.divergences import DIVERGENCES
from gan_playground.theory.exact import Exact
from gan_playground.theory.f_divergence import divergence_between
from gan_playground.theory.wasserstein import w1

MEMBERS = members()
LAWS = [
    "0.2*N(-3,0.5)+0.5*N(0,1)+0.3*N(4,0.8)",
    "0.6*N(-2,1.2)+0.4*N(3,1.5)",
    "0.5*N(0,1)+0.5*N(40,0.003)",
    "0.25*Laplace(1,0.5)+0.75*N(0,2)",
    "0.5*Uniform(-1,1)+0.5*Uniform(2,3)",
    "0.3*StudentT(3,1,0.5)+0.7*N(2,1)",
    "StudentT(1,0.5,2)",
]
"""Of every kind, apart, mixed, narrow and heavy."""


def every(p: str, q: str) -> dict[str, Exact]:
    one, other = Mixture.parse(p), Mixture.parse(q)
    return {key: divergence_between(d, one, other) for key, d in MEMBERS.items()} | {"w1": w1(one, other)}


def same(found: Exact, expected: Exact, key: str, scale: float = 1.0) -> None:
    assert found.infinite == expected.infinite, key
    if not found.infinite:
        assert found.value == pytest.approx(scale * expected.value, rel=1e-8, abs=1e-12), key
        if found.value > 1e-12:
            assert found.log_value == pytest.approx(expected.log_value + log(scale), abs=1e-8), key


def test_agrees_with_the_independent_referee_and_claims_no_error_below_the_true_one() -> None:
    for key, tally in compare(24, seed=20_261_128).items():
        assert tally.compared == 24
        assert not tally.beyond_bar, key
        assert not tally.below_truth, key


# --- laws ---------------------------------------------------------------------------------------------------------

PAIRS = [(a, b) for a in LAWS for b in LAWS if a != b]


@pytest.mark.parametrize(("p", "q"), PAIRS[::2])
def test_swapped_laws_under_the_conjugate_member(p: str, q: str) -> None:
    there, back = every(p, q), every(q, p)
    mirror = {"kl": "reverse-kl", "pearson": "neyman", "alpha(0)": "alpha(1)"}
    mirror |= {other: one for one, other in mirror.items()}
    for key in ("total-variation", "hellinger", "jeffrey", "js", "gan", "alpha(0.5)", "w1"):
        mirror[key] = key
    for key, other in mirror.items():
        same(there[key], back[other], f"{key} {other}")


@pytest.mark.parametrize(("p", "q"), PAIRS[::3])
def test_a_translation_and_a_scale_leave_a_divergence_and_carry_w1(p: str, q: str) -> None:
    def moved(text: str, shift: float, scale: float) -> Mixture:
        law = Mixture.parse(text)
        parts = []
        for part in law.parts:
            lo, hi = part.support
            if lo > -inf:
                parts.append(type(part)(shift + scale * lo, shift + scale * hi))  # type: ignore[call-arg]
            else:
                df = [part.df] if isinstance(part, StudentT) else []
                parts.append(type(part)(*df, shift + scale * part.centre, scale * part.scale))  # type: ignore[call-arg]
        return Mixture(law.weights, tuple(parts))

    there = every(p, q)
    for shift, scale in ((1024.0, 1.0), (0.0, 0.125), (-3.0, 64.0)):
        one, other = moved(p, shift, scale), moved(q, shift, scale)
        for key, d in MEMBERS.items():
            same(divergence_between(d, one, other), there[key], key)
        same(w1(one, other), there["w1"], "w1", scale)


@pytest.mark.parametrize("text", LAWS)
def test_a_law_is_at_no_distance_from_itself_in_any_order_and_split(text: str) -> None:
    law = Mixture.parse(text)
    order = np.random.default_rng(0).permutation(len(law.parts))
    turned = Mixture(tuple(law.weights[k] for k in order), tuple(law.parts[k] for k in order))
    halves = Mixture(tuple(w / 2 for w in law.weights) * 2, law.parts * 2)
    for other in (law, turned, halves):
        for key, d in MEMBERS.items():
            found = divergence_between(d, law, other)
            assert found.value == pytest.approx(d.at_one, abs=1e-14), key
        assert w1(law, other).value == 0.0


def test_a_permutation_of_bells_leaves_every_distance() -> None:
    rng = np.random.default_rng(5)
    for _ in range(4):
        p, q = pair(rng)
        there = every(typed(p), typed(q))
        again = every(typed([p[k] for k in rng.permutation(len(p))]), typed(q))
        assert {key: found.value for key, found in there.items()} == {key: found.value for key, found in again.items()}


# --- faults that were found (in the order of the list) -------------------------------------------------------------


def test_fault_2_weights_that_sum_to_1_only_to_rounding() -> None:
    assert every("0.7*N(0,1)+0.2*N(1,1)+0.1*N(5,1)", "N(0,1)")["w1"].value == pytest.approx(0.7, rel=1e-12)
    ten = [f"0.1*N({k},1)" for k in range(10)]
    assert every("+".join(ten), "N(4.5,3)")["w1"].value == pytest.approx(0.353403, abs=5e-7)
    for key, found in every("+".join(ten), "+".join(reversed(ten))).items():
        assert found.value == pytest.approx(MEMBERS[key].at_one if key in MEMBERS else 0.0, abs=1e-13), key


def test_fault_2_positions_beyond_float64() -> None:
    for shift in (3e8, 9e8, 1e9):
        found = every("N(0,1)", f"N({shift!r},1)")
        for key in ("pearson", "neyman"):
            assert found[key].value == inf
            assert not found[key].infinite
            assert found[key].log_value == pytest.approx(shift**2, rel=1e-12)
            assert abs(found[key].log_value - shift**2) <= found[key].error
        assert str(every("N(0,1)", "N(1e9,1)")["pearson"]) == "exp(1e+18)"
        assert found["kl"].value == pytest.approx(shift**2 / 2.0, rel=1e-10)


def test_fault_7c_narrow_bells_inside_a_logarithm() -> None:
    found = every("0.5*N(0,1)+0.5*N(40,0.003)", "N(0,20)")
    assert found["reverse-kl"].value == pytest.approx(196.848104, abs=5e-7)
    swapped = every("N(0,20)", "0.5*N(0,1)+0.5*N(40,0.003)")
    assert swapped["kl"].value == pytest.approx(196.848104, abs=5e-7)
    assert swapped["alpha(1)"].value == pytest.approx(196.848104, abs=5e-7)
    assert found["alpha(0)"].value == pytest.approx(196.848104, abs=5e-7)
    assert found["jeffrey"].value == pytest.approx(found["kl"].value + 196.848104, abs=5e-7)


def test_fault_7d_random_typing_never_prints_a_w1_beyond_the_laws() -> None:
    rng = np.random.default_rng(29)
    for _ in range(120):
        p, q = (Mixture.parse(typed(triples)) for triples in pair(rng))
        widest = max(abs(part.centre) + 10 * part.scale for law in (p, q) for part in law.parts)
        assert w1(p, q).value <= 2 * widest


def test_fault_7e_a_shift_of_1e8_sd() -> None:
    for shift in (1e3, 1e8, 9e8):
        found = divergence_between(
            DIVERGENCES["total-variation"], Mixture.parse("N(0,1)"), Mixture.parse(f"N({shift!r},1)")
        )
        assert found.value == pytest.approx(1.0, abs=1e-11)
        assert found.value <= 1.0


def test_nothing_is_said_on_stderr(recwarn: pytest.WarningsRecorder) -> None:
    far = [
        "N(0,1)",
        "N(1e9,1)",
        "N(0,1e-12)",
        "N(1e-3,1e12)",
        "StudentT(0.1)",
        "Uniform(-1e-12,1e-12)",
        "Laplace(1e9,1)",
    ]
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        for p in far:
            for q in far:
                exact_values(Mixture.parse(p), Mixture.parse(q))
    assert not list(recwarn)
