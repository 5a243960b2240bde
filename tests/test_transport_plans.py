"""Transport plans: brute force over all plans of small boxes, scipy's linear programme, duality, the entropic blur."""

import itertools

import numpy as np
import pytest
from scipy.optimize import linprog

from gan_playground.metrics.optimal_transport import transport
from gan_playground.theory.transport_plans import (
    ANOTHER_MOVES,
    CLOUDS,
    COSTS,
    CROSSING,
    CROSSING_MOVES,
    EARTH_MOVER,
    EARTH_MOVER_MOVES,
    JOINT,
    JOINT_UNIT,
    Boxes,
    bits,
    cheapest,
    cloud,
    costs,
    entropic,
    margins,
    mutual_information,
    plan_cost,
    price,
)

SMALL = [
    Boxes((1, 1, 2, 3), (4, 5, 5, 6)),
    Boxes((0, 4, 4, 9), (2, 3, 7, 12)),
    Boxes((5, 5, 5), (1, 6, 11)),
    Boxes((2, 3, 3), (3, 3, 2)),
    CROSSING,
]


def pairings(boxes):
    """The cost of every pairing of boxes with slots, one by one."""
    for order in set(itertools.permutations(boxes.slots)):
        yield list(zip(boxes.boxes, order, strict=True))


def price_of(pairs, cost):
    return float(sum(COSTS[cost](np.array(abs(x - y))) for x, y in pairs))


@pytest.mark.parametrize("cost", COSTS)
@pytest.mark.parametrize("boxes", SMALL, ids=str)
def test_the_cheapest_and_the_dearest_are_those_of_brute_force(boxes, cost):
    every = [price_of(pairs, cost) for pairs in pairings(boxes)]
    (_, supply), (_, demand) = boxes.sources, boxes.targets
    best = cheapest(supply, demand, boxes.costs(cost))
    assert best.cost == pytest.approx(min(every), abs=1e-9)
    assert best.dearest == pytest.approx(max(every), abs=1e-9)
    assert best.all_equal == (max(every) == min(every))
    assert margins(best.plan, supply, demand).met
    assert np.array_equal(best.plan, np.round(best.plan))


@pytest.mark.parametrize("cost", COSTS)
@pytest.mark.parametrize("boxes", [*SMALL, EARTH_MOVER], ids=str)
def test_scipys_linear_programme_finds_the_same_cost(boxes, cost):
    (_, supply), (_, demand) = boxes.sources, boxes.targets
    c = boxes.costs(cost)
    n, m = c.shape
    rows = np.kron(np.eye(n), np.ones(m))
    columns = np.kron(np.ones(n), np.eye(m))
    found = linprog(c.ravel(), A_eq=np.vstack([rows, columns]), b_eq=np.concatenate([supply, demand]))
    assert cheapest(supply, demand, c).cost == pytest.approx(found.fun, abs=1e-7)


@pytest.mark.parametrize("cost", COSTS)
@pytest.mark.parametrize("boxes", [*SMALL, EARTH_MOVER], ids=str)
def test_the_price_list_is_fair_and_worth_the_cost(boxes, cost):
    (sources, supply), (targets, demand) = boxes.sources, boxes.targets
    c = boxes.costs(cost)
    best = cheapest(supply, demand, c)
    slack = c - best.phi[:, None] - best.psi[None]
    assert slack.min() > -1e-9
    assert np.abs(slack[best.plan > 0]).max() < 1e-9
    assert supply @ best.phi + demand @ best.psi == pytest.approx(best.cost, abs=1e-9)
    at_boxes = price(sources.astype(float), targets.astype(float), best.psi, cost)
    assert np.abs(at_boxes + best.phi).max() < 1e-9
    if cost == "distance":
        line = price(np.linspace(-3.0, 15.0, 181), targets.astype(float), best.psi, cost)
        assert np.abs(np.diff(line)).max() <= 0.1 + 1e-9
        assert np.abs(price(targets.astype(float), targets.astype(float), best.psi, cost) - best.psi).max() < 1e-9


def test_the_earth_mover_example():
    (_, supply), (_, demand) = EARTH_MOVER.sources, EARTH_MOVER.targets
    plain, square = EARTH_MOVER.costs("distance"), EARTH_MOVER.costs("square")
    plan, other = EARTH_MOVER.plan(EARTH_MOVER_MOVES), EARTH_MOVER.plan(ANOTHER_MOVES)
    assert margins(plan, supply, demand).met
    assert margins(other, supply, demand).met
    assert plan_cost(plan, plain) == plan_cost(other, plain) == 42.0
    assert plan_cost(plan, square) == 306.0
    assert cheapest(supply, demand, plain).all_equal
    best = cheapest(supply, demand, square)
    assert best.cost == 296.0
    assert not best.all_equal
    assert EARTH_MOVER.side == "right"
    assert Boxes(EARTH_MOVER.slots, EARTH_MOVER.boxes).side == "left"


def test_plans_differ_where_slots_lie_on_both_sides():
    (_, supply), (_, demand) = CROSSING.sources, CROSSING.targets
    best = cheapest(supply, demand, CROSSING.costs("distance"))
    assert CROSSING.side == ""
    assert plan_cost(CROSSING.plan(CROSSING_MOVES), CROSSING.costs("distance")) == 18.0 > best.cost == 8.0


def test_broken_sums_are_named():
    (_, supply), (_, demand) = EARTH_MOVER.sources, EARTH_MOVER.targets
    plan = EARTH_MOVER.plan((*EARTH_MOVER_MOVES, (1, 8)))
    found = margins(plan, supply, demand)
    assert not found.met
    assert found.rows.tolist() == [1.0, 0.0, 0.0]
    assert found.columns.tolist() == [0.0, 1.0, 0.0, 0.0]
    with pytest.raises(ValueError, match="cannot be moved"):
        cheapest(supply, demand + 1, EARTH_MOVER.costs("distance"))
    with pytest.raises(ValueError, match="not in list"):
        EARTH_MOVER.plan(((4, 7),))


# --- entropy ------------------------------------------------------------------------------------------------------


def blurred_worth(plan, c, blur):
    held = plan[plan > 0.0]
    return float((plan * c).sum() + blur * (held * np.log(held)).sum())


@pytest.mark.parametrize("blur", [0.2, 2.0, 20.0])
@pytest.mark.parametrize("cost", COSTS)
def test_the_blurred_plan_has_its_margins_and_no_neighbour_is_better(cost, blur):
    (_, supply), (_, demand) = EARTH_MOVER.sources, EARTH_MOVER.targets
    c = EARTH_MOVER.costs(cost)
    found = entropic(supply, demand, c, blur)
    assert margins(found.plan, supply, demand).met
    assert found.plan.min() > 0.0
    assert found.cost == pytest.approx(plan_cost(found.plan, c), abs=1e-12)
    here = blurred_worth(found.plan, c, blur)
    rng = np.random.default_rng(0)
    for _ in range(40):  # moves round a square keep every sum
        i, k = rng.choice(len(supply), 2, replace=False)
        j, m = rng.choice(len(demand), 2, replace=False)
        step = 0.1 * found.plan[[i, k], [m, j]].min()
        other = found.plan.copy()
        other[i, j] += step
        other[k, m] += step
        other[i, m] -= step
        other[k, j] -= step
        assert blurred_worth(other, c, blur) > here - 1e-6 * max(1.0, abs(here))


def test_a_little_blur_is_the_cheapest_plan_and_much_is_the_product():
    (_, supply), (_, demand) = EARTH_MOVER.sources, EARTH_MOVER.targets
    c = EARTH_MOVER.costs("square")
    sharp, wide = entropic(supply, demand, c, 0.05), entropic(supply, demand, c, 1e5)
    assert sharp.cost == pytest.approx(296.0, abs=1e-3)
    assert np.abs(wide.plan - np.outer(supply, demand) / 6.0).max() < 1e-3
    lengths = [entropic(supply, demand, c, blur).cost for blur in (0.1, 1.0, 5.0, 20.0)]
    assert lengths == sorted(lengths)


def test_sinkhorn_of_pot_finds_the_same_plan():
    import ot

    (_, supply), (_, demand) = CROSSING.sources, CROSSING.targets
    c = CROSSING.costs("distance")
    theirs = ot.sinkhorn(supply.astype(float), demand.astype(float), c, reg=1.5, numItermax=5000, stopThr=1e-13)
    assert np.abs(entropic(supply, demand, c, 1.5).plan - np.asarray(theirs)).max() < 1e-5


# --- clouds, and a joint table -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", CLOUDS)
def test_clouds_are_their_seeds_and_their_cost_is_the_transport_of_samples(kind):
    x, y = cloud(kind, 3), cloud("ring", 4)
    assert np.array_equal(x, cloud(kind, 3))
    assert not np.array_equal(x, cloud(kind, 5))
    share = np.full(len(x), 1.0 / len(x))
    w1, w2 = transport(x, y)
    assert cheapest(share, share, costs(x, y, "distance")).cost == pytest.approx(w1, abs=1e-9)
    assert cheapest(share, share, costs(x, y, "square")).cost == pytest.approx(w2**2, abs=1e-9)


def test_the_joint_table_has_its_margins_and_its_information():
    assert JOINT.sum() == JOINT_UNIT
    assert (JOINT.sum(axis=0) / JOINT_UNIT).tolist() == [1 / 2, 1 / 4, 1 / 8, 1 / 8]
    assert (JOINT.sum(axis=1) / JOINT_UNIT).tolist() == [1 / 4] * 4
    # H(X) = 7/4, H(Y) = 2, H(X, Y) = 27/8 bits
    assert bits(mutual_information(JOINT)) == pytest.approx(7 / 4 + 2 - 27 / 8, abs=1e-12)
    product = np.outer(JOINT.sum(axis=1), JOINT.sum(axis=0))
    assert mutual_information(product) == pytest.approx(0.0, abs=1e-12)
