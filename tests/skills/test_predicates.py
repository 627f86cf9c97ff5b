import math

import pytest

from skills.errors import VocabularyError
from skills.geometry import Bounds, Box, Pose, yaw_quaternion
from skills.predicates import CLOSED_SHARE, ON_SHARE, OPEN_SHARE, facts_of, holds, missing
from skills.symbols import PREDICATES, Goal, Literal
from tests.worlds import kitchen

TABLE = Box(Pose((0.0, 0.0, 0.005)), (0.5, 0.5, 0.005))


class Painted:
    """A world of cubes of 4 cm, painted by hand."""

    def __init__(self, places, regions=(), openings=(), touching=(), held=None):
        self.places = dict(places)
        self.regions = {"table": TABLE, **dict(regions)}
        self.openings = dict(openings)
        self.contacts = {frozenset(pair) for pair in touching}
        self.in_hand = held

    def pose(self, entity):
        return Pose(self.places[entity])

    def centre(self, entity):
        return self.places[entity]

    def bounds(self, entity):
        x, y, z = self.places[entity]
        return Bounds((x - 0.02, y - 0.02, z - 0.02), (x + 0.02, y + 0.02, z + 0.02))

    def region(self, entity):
        return self.regions.get(entity)

    def opening(self, entity):
        return self.openings.get(entity)

    def touching(self, first, second):
        return frozenset((first, second)) in self.contacts

    def held(self):
        return self.in_hand

    def start(self, entity):
        return Pose((0.0, 0.0, 0.02))

    def visited(self, entity):
        return entity == "counter"

    def contents(self, entity):
        return 0

    def happened(self, event):
        return event == Literal("pressed", ("bell",))


def on(first, second):
    return Literal("on", (first, second))


@pytest.mark.parametrize(
    ("place", "contact", "expected"),
    [
        ((0.10, 0.0, 0.06), True, True),
        ((0.10, 0.0, 0.06), False, False),
        ((0.129, 0.0, 0.06), True, True),
        ((0.131, 0.0, 0.06), True, False),
        ((0.10, 0.031, 0.06), True, False),
        ((0.10, 0.0, 0.02), True, False),
        ((0.10, 0.0, -0.02), True, False),
    ],
)
def test_on_an_object_is_contact_above_and_within_three_centimetres(place, contact, expected):
    world = Painted({"a": place, "b": (0.1, 0.0, 0.02)}, touching=[("a", "b")] if contact else [])
    assert holds(on("a", "b"), world) is expected


@pytest.mark.parametrize(
    ("place", "contact", "expected"),
    [
        ((0.49, 0.0, 0.02), True, True),
        ((0.51, 0.0, 0.02), True, False),
        ((0.0, -0.51, 0.02), True, False),
        ((0.0, 0.0, 0.02), False, False),
        ((0.0, 0.0, -0.02), True, False),
    ],
)
def test_on_a_surface_is_contact_above_its_plane_and_over_it(place, contact, expected):
    world = Painted({"a": place}, touching=[("a", "table")] if contact else [])
    assert holds(on("a", "table"), world) is expected


def test_in_is_the_centre_inside_the_box_whatever_its_heading():
    turned = Pose((0.0, 0.0, 0.1), (0.0, 0.0, 0.3826834, 0.9238795))
    world = Painted(
        {"a": (0.1, 0.1, 0.1), "b": (0.1, -0.1, 0.1), "c": (0.0, 0.0, 0.16)},
        {"drawer": Box(turned, (0.15, 0.05, 0.05))},
    )
    assert holds(Literal("in", ("a", "drawer")), world)
    assert not holds(Literal("in", ("b", "drawer")), world)
    assert not holds(Literal("in", ("c", "drawer")), world)
    assert not holds(Literal("in", ("a", "b")), world)


@pytest.mark.parametrize("opening", [0.0, CLOSED_SHARE, 0.3, ON_SHARE, OPEN_SHARE, 1.0])
def test_openings(opening):
    world = Painted({}, openings={"x": opening})
    said = {name: holds(Literal(name, ("x",)), world) for name in ("open", "closed", "turned_on", "turned_off")}
    assert said == {
        "open": opening >= OPEN_SHARE,
        "closed": opening <= CLOSED_SHARE,
        "turned_on": opening >= ON_SHARE,
        "turned_off": opening < ON_SHARE,
    }


@pytest.mark.parametrize("name", ["open", "closed", "turned_on", "turned_off"])
def test_what_does_not_open_is_neither_open_nor_closed(name):
    assert not holds(Literal(name, ("x",)), Painted({}))


def test_the_hand():
    assert holds(Literal("hand_empty"), Painted({}))
    assert not holds(Literal("hand_empty"), Painted({}, held="a"))
    assert holds(Literal("holding", ("a",)), Painted({}, held="a"))
    assert not holds(Literal("holding", ("a",)), Painted({}, held="b"))


def test_every_predicate_of_the_vocabulary_has_a_rule():
    world = Painted({"a": (0, 0, 0), "b": (1, 0, 0)})
    for predicate in PREDICATES.values():
        assert holds(Literal(predicate.name, ("a", "b")[: predicate.arity]), world) in (True, False)


def test_only_where_the_robot_has_stood_is_visited():
    world = Painted({})
    assert holds(Literal("visited", ("counter",)), world)
    assert not holds(Literal("visited", ("table",)), world)


def test_what_leaves_no_trace_is_asked_of_the_world():
    assert holds(Literal("pressed", ("bell",)), Painted({}))
    assert not holds(Literal("pressed", ("knob",)), Painted({}))
    assert not holds(Literal("inspected", ("bell",)), Painted({}))


def test_an_unknown_predicate_is_refused():
    with pytest.raises(VocabularyError, match="Did you mean 'open'"):
        holds(Literal("opened", ("x",)), Painted({}))


def test_missing_lists_what_does_not_hold():
    world = Painted({"a": (0, 0, 0.02)}, openings={"x": 1.0}, touching=[("a", "table")])
    goal = Goal((Literal("open", ("x",)), on("a", "table"), Literal("closed", ("x",))))
    assert missing(goal, world) == (Literal("closed", ("x",)),)


def test_facts_of_a_scene_are_the_candidates_that_hold():
    scene = kitchen()
    ids = [*(t.id for t in scene.things), *scene.entities, *(r.id for r in scene.regions)]
    places = {name: (0.01 * i, 0.0, 0.02) for i, name in enumerate(ids)}
    world = Painted(places, touching=[("mug", "table")], openings={"cab_top_region": 1.0}, held="sponge")
    facts = facts_of(scene, world)
    assert Literal("open", ("cab_top_region",)) in facts
    assert on("mug", "table") in facts
    assert Literal("holding", ("sponge",)) in facts
    assert Literal("hand_empty") not in facts
    assert not any(f.predicate == "closed" for f in facts)


@pytest.mark.parametrize(
    ("y", "degrees", "true"),
    [
        (0.0, 50.0, {"turned_left"}),
        (0.0, -50.0, {"turned_right"}),
        (0.0, 40.0, set()),
        (0.0, 300.0, {"turned_right"}),
        (-0.05, 0.0, {"moved_left"}),
        (0.05, 0.0, {"moved_right"}),
        (0.03, 0.0, set()),
    ],
)
def test_turns_and_shifts_are_judged_against_the_start(y, degrees, true):
    class Turned(Painted):
        def pose(self, entity):
            return Pose((0.1, y, 0.02), yaw_quaternion(math.radians(degrees)))

    names = {n for n, p in PREDICATES.items() if p.since_start}
    names -= {"visited", "pressed", "inspected", "wiped", "hot", "cold", "clean"}
    assert names == {"turned_left", "turned_right", "moved_left", "moved_right", "moved_back"}
    assert {n for n in names if holds(Literal(n, ("mug",)), Turned({"mug": (0, 0, 0)}))} == true
