"""Motions that a repair keeps are those that planning everything anew would give: random plans, random repairs."""

import random

import pytest

from sim_checks.geometric import Choices, outlook, requests
from sim_checks.motion_cache import MotionCache, rehearsed
from sim_checks.motion_file import motions_sha256
from sim_checks.proofs import Ledger, Proofs
from sim_checks.rollout import World
from skills.body import BodyKind, BodyRequest
from skills.graph import Step
from skills.scene import resting
from tests.small import compiled, table_top

SCENE = table_top(resting("block", "block", "table", 0.0, 0.0))
MOVES = (
    (Step("pick", ("can",)), Step("place_on", ("can", "plate"))),
    (Step("pick", ("block",)), Step("place_on", ("block", "plate"))),
    (Step("slide_left", ("block",)),),
    (Step("rotate_left", ("can",)),),
)


def graph_of(moves):
    return compiled(SCENE, *(step for move in moves for step in move))


def drawn(seed):
    """Two moves of different things, and the same with another second one."""
    chance = random.Random(seed)
    first, second, third = chance.sample(range(len(MOVES)), 3)
    return graph_of((MOVES[first], MOVES[second])), graph_of((MOVES[first], MOVES[third]))


def checked(graph, proofs, cache=None):
    """The nominal rehearsal of a plan: what came of it, its ledger and its choices."""
    ledger, choices = Ledger(graph.sha256, proofs), Choices()
    return rehearsed(graph, World(SCENE), proofs.seed, choices, 2, known=cache, ledger=ledger), ledger, choices


def said(nominal):
    return (
        motions_sha256(nominal.motions),
        nominal.geometric,
        nominal.physical,
        nominal.attempts,
        nominal.remedies,
        nominal.worst,
    )


@pytest.mark.parametrize("seed", [5, 9])
def test_a_repair_that_keeps_motions_ends_as_one_that_is_planned_anew(seed):
    plan, repaired = drawn(seed)
    nothing = Proofs(seed, plan.sha256)
    first, ledger, _ = checked(plan, nothing)
    kept, _, choices = checked(repaired, ledger.proofs)
    anew, _, others = checked(repaired, nothing)
    assert said(kept) == said(anew) and choices == others
    same = [a.id for a, b in zip(repaired.nodes, plan.nodes, strict=False) if a.step == b.step]
    assert anew.kept == {} and kept.kept == dict.fromkeys(same, plan.sha256) and same
    assert kept.planning_s < anew.planning_s


def seen(moves, choices=None):
    """What planning the first node reads of the plan."""
    graph = graph_of(moves)
    order = tuple(n.id for n in graph.nodes)
    return outlook(order[0], requests(graph, SCENE), order, choices or Choices(), drives=False)


def test_what_a_node_reads_of_the_plan_is_all_that_it_looks_ahead_at():
    can, block, slide, turn = MOVES
    assert seen((turn,)) == seen((turn, slide)) == seen((turn, block))
    assert seen((can,)) == seen((can, slide))
    assert seen((can,)) != seen((can, block)), "the plate must hold both"
    assert seen((can,)) != seen((can[:1],)), "it is put nowhere"
    assert seen((can,)) != seen((can,), Choices(excluded={"n1": {0}}))


@pytest.mark.parametrize("kind", BodyKind)
def test_a_grasp_looks_ahead_at_whatever_is_done_with_the_thing(kind):
    """Grasps are chosen to suit what follows: whatever kind that is, another target is another outlook."""

    def first(target):
        asked = {"a": BodyRequest(BodyKind.GRASP, "mug"), "b": BodyRequest(kind, "mug", target)}
        return outlook("a", asked, ("a", "b"), Choices(), drives=True)

    assert first("tap") == first("tap") != first("shelf")


def test_a_cache_of_motions_changes_nothing_about_what_is_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("REHEARSE_KEY_DIR", str(tmp_path / "key"))
    cache, plan = MotionCache(tmp_path / "motions"), graph_of((MOVES[3],))
    rehearsed(plan, World(SCENE), 4, Choices(), 2, known=cache)
    found, ledger, _ = checked(plan, Proofs(4, plan.sha256), cache)
    assert found.planning_s == 0.0
    fresh = checked(plan, Proofs(4, plan.sha256))[1]
    assert ledger.proofs.entries.keys() == fresh.proofs.entries.keys() and ledger.of == fresh.of
