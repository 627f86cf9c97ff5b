"""The benches of the gates: the oracle finds what is wrong, and gate and oracle agree on a first handful."""

from itertools import islice

import pytest

from planner.bench.certify import measure as certify
from planner.bench.gates.differential import pairs
from planner.bench.gates.encoding import Encoding
from planner.bench.gates.mutants import CHANGES, judged
from planner.bench.gates.orders import legal_orders, unordered_pairs
from planner.bench.symbolic import Timed, figures
from sim_checks.sequential import Claim
from skills.graph import Edge, Node, SkillGraph
from tests.worlds import goal, kitchen, step


@pytest.mark.parametrize(
    ("calls", "asked", "valid"),
    [
        (["pick(bowl)", "place_on(bowl, plate)"], "on(bowl, plate)", True),
        (["pick(bowl)", "place_on(bowl, plate)"], "on(bowl, table)", False),
        (["pick(bowl)", "pick(mug)"], "holding(mug)", False),
        (["pick(bowl)", "place_in(bowl, cab_top_region)"], "in(bowl, cab_top_region)", False),
        (["open(cab_top_region)", "pick(bowl)", "place_in(bowl, cab_top_region)"], "in(bowl, cab_top_region)", True),
        (["pick(bowl)", "place_on(bowl, plate)", "pick(plate)"], "holding(plate)", False),
        (["pick(bowl)", "place_on(bowl, front)"], "on(bowl, table)", True),
        (["pick(mug)", "place_on(mug, bowl.left)", "pick(bowl)"], "on(mug, bowl.left)", False),
        (["push(tray, front)"], "on(tray, front)", True),
        (["turn_off(stove)"], "turned_off(stove)", False),
        (["pour(mug, bowl)"], "filled(bowl)", False),
        (["wait_until(mug, hot)"], "hot(mug)", False),
    ],
)
def test_the_oracle_knows_right_from_wrong(calls, asked, valid):
    steps = [step(c) for c in calls]
    scene = kitchen()
    assert Encoding(scene, scene.initial_state(), steps).valid(steps, goal(asked)) is valid


def test_all_legal_orders_are_listed():
    nodes = tuple(Node(name, step(f"navigate_to({name})")) for name in ("table", "cab", "stove"))
    free = SkillGraph(goal("visited(table)"), nodes)
    assert len(list(legal_orders(free))) == 6 and len(unordered_pairs(free)) == 3
    bound = SkillGraph(free.goal, nodes, (Edge("table", "cab"), Edge("table", "stove")))
    assert len(list(legal_orders(bound))) == 2 and len(unordered_pairs(bound)) == 1
    ring = SkillGraph(free.goal, nodes, (Edge("table", "cab"), Edge("cab", "table")))
    assert list(legal_orders(ring)) == []


def test_no_mutant_of_the_first_lives_and_each_change_occurs():
    found = list(islice(judged(1), 40))
    assert [m for m in found if m.accepted and not m.valid] == []
    assert sum(not m.valid for m in found) > 25
    assert len({m.operator for m in found}) > len(CHANGES) - 3


def test_gate_and_validator_agree_on_the_first_plans():
    found = list(islice(pairs(1), 20))
    assert [p for p in found if p.ours != p.theirs] == []
    assert 4 < sum(p.ours for p in found) < 18


def test_the_slope_is_that_of_the_cost():
    timed = [Timed(n, n * 2e-5, n * 1e-3) for n in (10, 100, 1000)]
    found = figures(timed)
    assert found["slope"] == pytest.approx(1.0) and found["speedup"] == pytest.approx(50.0)
    squared = [Timed(n, n * n * 1e-6, n * 1e-3) for n in (10, 100, 1000)]
    assert figures(squared)["slope"] == pytest.approx(2.0)


class Careless(Claim):
    """A test that spends far more than its error."""

    def spent(self, test=1):
        return 0.4


def test_false_certificates_are_counted():
    found = certify({"kept": Claim()}, revisions=2, plans=200)
    assert found["false_certify"] <= 0.1
    careless = certify({"careless": Careless()}, revisions=2, plans=200)
    assert careless["false_certify"] > 0.2
    assert 0 < found["sequential_bad"] < found["sequential_good"]
