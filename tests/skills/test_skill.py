import pytest

from skills.body import BodyKind
from skills.catalogue import get
from skills.skill import Operator
from skills.symbols import Literal
from skills.trace import final_state, ground, trace
from tests.worlds import kitchen, step

L = Literal.parse


def facts(*texts):
    return frozenset(map(L, texts))


def operator(text, state=None, **scene):
    world = kitchen(**scene)
    return ground(step(text), world, world.initial_state() if state is None else state)


def test_pick_takes_a_thing_from_where_it_is():
    pick = operator("pick(bowl)")
    assert pick.preconditions == facts("hand_empty")
    assert pick.add == facts("holding(bowl)")
    assert pick.delete == facts("hand_empty", "on(bowl, table)")
    assert pick.resources == ("arm", "gripper")


def test_pick_needs_every_door_around_the_thing_open():
    state = kitchen().initial_state() - facts("on(bowl, table)", "on(mug, table)") | facts(
        "in(bowl, cab_top_region)", "on(mug, bowl)"
    )
    assert L("open(cab_top_region)") in operator("pick(mug)", state).missing(state)
    assert operator("pick(bowl)", state).blocking(state) == (L("on(mug, bowl)"),)


def test_top_of_a_cabinet_is_not_behind_its_drawers():
    assert operator("place_on(bowl, cab_top_side)").preconditions == facts("holding(bowl)")


def test_placing_on_a_region_is_placing_on_its_support():
    assert operator("place_on(bowl, front)").add == facts("on(bowl, front)", "on(bowl, table)", "hand_empty")
    assert operator("place_on(bowl, mug.left)").add == facts("on(bowl, mug.left)", "on(bowl, table)", "hand_empty")


def test_placing_in_a_drawer_needs_it_open_and_in_a_tray_nothing():
    assert operator("place_in(bowl, cab_top_region)").preconditions == facts("holding(bowl)", "open(cab_top_region)")
    assert operator("place_in(bowl, tray)").preconditions == facts("holding(bowl)")


def test_push_stays_on_its_support():
    push = operator("push(tray, front)")
    assert push.preconditions == facts("hand_empty", "on(tray, table)")
    assert push.add == facts("on(tray, front)", "on(tray, table)")
    state = kitchen().initial_state() - facts("on(mug, table)") | facts("on(mug, cab_top_side)")
    assert operator("push(mug, front)", state).missing(state) == (L("on(mug, table)"),)


def test_push_leaves_other_regions():
    state = kitchen().initial_state() | facts("on(mug, beside_plate)")
    assert operator("push(mug, front)", state).delete == facts("on(mug, beside_plate)")


@pytest.mark.parametrize(
    ("call", "made", "undone"),
    [
        ("open(cab_top_region)", "open(cab_top_region)", "closed(cab_top_region)"),
        ("close(cab_top_region)", "closed(cab_top_region)", "open(cab_top_region)"),
        ("turn_on(stove)", "turned_on(stove)", "turned_off(stove)"),
        ("turn_off(stove)", "turned_off(stove)", "turned_on(stove)"),
    ],
)
def test_mechanisms(call, made, undone):
    moved = operator(call)
    assert (moved.preconditions, moved.absent) == (facts("hand_empty"), facts(made))
    assert (moved.add, moved.delete) == (facts(made), facts(undone))


@pytest.mark.parametrize(
    ("call", "kind", "target", "opening", "holds"),
    [
        ("pick(mug)", BodyKind.GRASP, None, None, "mug"),
        ("place_on(mug, plate)", BodyKind.PLACE, "plate", None, None),
        ("place_in(mug, tray)", BodyKind.PLACE, "tray", None, None),
        ("open(cab_top_region)", BodyKind.PULL_HANDLE, None, 1.0, None),
        ("close(cab_top_region)", BodyKind.PUSH_HANDLE, None, 0.0, None),
        ("turn_on(stove)", BodyKind.TURN_KNOB, None, 1.0, None),
        ("turn_off(stove)", BodyKind.TURN_KNOB, None, 0.0, None),
        ("push(tray, front)", BodyKind.PUSH_ALONG, "front", None, None),
    ],
)
def test_what_the_body_is_asked(call, kind, target, opening, holds):
    said = step(call)
    request = get(said.skill).request(said.args, kitchen())
    assert (request.kind, request.subject) == (kind, said.args[0])
    assert (request.target, request.opening, request.holds_after) == (target, opening, holds)
    assert request.inside == (said.skill == "place_in")


def test_operators_that_disturb_each_other():
    def make(**kwargs):
        parts = {"preconditions": (), "add": (), "delete": (), "absent": (), "reads": ()} | kwargs
        return Operator("x", (), **{k: facts(*v) for k, v in parts.items()})

    p = ("hand_empty",)
    assert make(delete=p).interferes(make(preconditions=p))
    assert make(preconditions=p).interferes(make(delete=p))
    assert make(add=p).interferes(make(absent=p))
    assert make(add=p).interferes(make(delete=p))
    assert make(add=p).interferes(make(reads=p))
    assert not make(add=p).interferes(make(add=p))
    assert not make(preconditions=p).interferes(make(preconditions=p, add=("open(a)",)))


def test_trace_stops_at_the_first_call_that_cannot_be_done():
    moments = trace([step("pick(mug)"), step("pick(bowl)"), step("pick(plate)")], kitchen())
    assert [str(m.operator) for m in moments] == ["pick(mug)", "pick(bowl)"]
    assert moments[-1].before == moments[-1].after == moments[0].after


def test_final_state():
    from planner.compile import compile_draft
    from tests.worlds import draft

    graph = compile_draft(draft(["on(mug, plate)"]), kitchen()).graph
    assert L("on(mug, plate)") in final_state(graph, kitchen())
    full = kitchen().initial_state() - facts("hand_empty")
    assert final_state(graph, kitchen(), full) is None


def _after(scene, *calls):
    state = scene.initial_state()
    for call in calls:
        operator = ground(step(call), scene, state)
        assert operator.applicable(state), call
        state = operator.apply(state)
    return state


def test_nothing_stays_beside_what_is_taken_away():
    scene = kitchen()
    beside = Literal("on", ("mug", "bowl.left"))
    there = _after(scene, "pick(mug)", "place_on(mug, bowl.left)")
    assert {beside, Literal("on", ("mug", "table"))} <= there
    for calls in (("pick(bowl)",), ("push(bowl, front)",)):
        assert beside not in _after(scene, "pick(mug)", "place_on(mug, bowl.left)", *calls)


def test_beside_a_thing_in_a_drawer_is_in_the_drawer():
    scene = kitchen({"top_region": 1.0})
    end = _after(scene, "pick(bowl)", "place_in(bowl, cab_top_region)", "pick(mug)", "place_on(mug, bowl.left)")
    assert Literal("in", ("mug", "cab_top_region")) in end
    assert Literal("on", ("mug", "cab_top_region")) not in end
