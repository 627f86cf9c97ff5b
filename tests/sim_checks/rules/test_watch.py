"""Monitors on paths that are formulas: what breaks a limit is known without any engine."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_checks.rules.book import RuleBook, parse_rules, shipped_rules
from sim_checks.rules.observed import Observed
from sim_checks.rules.watch import Watch, zones_of
from skills.geometry import Pose, yaw_quaternion
from skills.scene import Scene
from skills.scene_parts import Person, Zone
from tests.sim_checks.rules.seen import STEP_S, Path
from tests.small import table_top

MIA = Person(id="mia", position=(0.0, 1.0, 0.0), radius=0.3)


def _codes(scene: Scene, seen: Path, seconds: float = 2.0, book: RuleBook | None = None) -> set[str]:
    watch, found = Watch(book or shipped_rules(), scene, seen), set()
    for step in range(1, round(seconds / STEP_S) + 1):
        seen.time_s = step * STEP_S
        found |= {i.finding.code for i in watch.look("n1", "carry", seen.time_s)}
    return found


def _with(scene: Scene, **more: object) -> Scene:
    return scene.model_copy(update=more)


@pytest.mark.parametrize(("speed", "y", "caught"), [(0.3, 0.4, True), (0.2, 0.4, False), (0.3, 0.1, False)])
def test_near_a_person_the_hand_is_slow(speed: float, y: float, caught: bool) -> None:
    seen = Path(lambda t: (speed * (t - 1.0), y, 0.3))
    assert ("rule-slow-near-people" in _codes(_with(table_top(), people=(MIA,)), seen)) == caught


@pytest.mark.parametrize(
    ("label", "y", "caught"), [("bread knife", 0.5, True), ("bread knife", 0.3, False), ("sponge", 0.5, False)]
)
def test_nothing_sharp_comes_near_a_person(label: str, y: float, caught: bool) -> None:
    scene = table_top()
    things = (scene.objects[0].model_copy(update={"label": label}), scene.objects[1])
    seen = Path(lambda t: (0.0, y, 0.3), held="can")
    found = _codes(_with(scene, people=(MIA,), objects=things), seen, 0.1)
    assert ("rule-hazard-near-people" in found) == caught


@settings(max_examples=30, deadline=None)
@given(st.floats(0.05, 1.5), st.floats(-0.005, 0.005))
def test_no_zone_of_a_millimetre_is_missed_however_fast_the_hand_is(speed: float, start: float) -> None:
    """A ball of one centimetre goes 12 mm in a step: it can be before the plate now, and behind it the next time."""
    zone = Zone(id="plate", centre=(0.1, 0.0, 0.3), half=(0.0005, 0.001, 0.001))
    seen = Path(lambda t: (start + speed * t, 0.0, 0.3))
    seen.radius = 0.005
    assert "rule-keep-out-zone" in _codes(_with(table_top(), zones=(zone,)), seen, 0.12 / speed)


@settings(max_examples=20, deadline=None)
@given(st.floats(0.1, 1.5), st.floats(0.0, 0.05))
def test_a_zone_that_the_hand_passes_by_is_not_entered(speed: float, away: float) -> None:
    zone = Zone(id="box", centre=(0.1, 0.05 + away + 0.02, 0.3), half=(0.02, 0.02, 0.02))
    seen = Path(lambda t: (speed * t, 0.0, 0.3))
    found = _codes(_with(table_top(), zones=(zone,)), seen, 0.15 / speed)
    assert ("rule-keep-out-zone" in found) == (away <= speed * STEP_S / 2)


@pytest.mark.parametrize(
    ("label", "degrees", "caught"), [("cup of tea", 30, True), ("cup of tea", 20, False), ("can", 80, False)]
)
def test_what_is_full_stays_level_however_it_turns_about_the_vertical(label: str, degrees: float, caught: bool) -> None:
    scene = table_top()
    things = (scene.objects[0].model_copy(update={"label": label}), scene.objects[1])

    def turned(t: float) -> Pose:
        tilt = math.radians(degrees) * max(0.0, min(1.0, t - 0.5))
        lean = Pose((0, 0, 0), (math.sin(tilt / 2), 0.0, 0.0, math.cos(tilt / 2)))
        return Pose((0, 0, 0), yaw_quaternion(2 * t)) @ lean

    found = _codes(_with(scene, objects=things), Path(lambda t: (0, 0, 0.3), held="can", pose=turned))
    assert ("rule-level-vessel" in found) == caught


@pytest.mark.parametrize(("fall", "caught"), [(0.10, True), (0.02, False)])
def test_a_plate_that_falls_is_jolted_when_it_lands(fall: float, caught: bool) -> None:
    landing = math.sqrt(2 * fall / 9.81)
    seen = Path(lambda t: (0.0, 0.0, fall - 4.905 * min(t, landing) ** 2))
    assert ("rule-gentle-with-fragile" in _codes(table_top(), seen, landing + 0.1)) == caught


def test_what_the_plan_is_not_about_must_stand_at_the_end_of_a_step() -> None:
    fallen = Pose((0, 0, 0), (math.sin(math.pi / 4), 0.0, 0.0, math.cos(math.pi / 4)))
    seen = Path(lambda t: (0, 0, 0.3), pose=lambda t: fallen if t > 0.5 else Pose())
    watch = Watch(shipped_rules(), table_top(), seen)
    for seen.time_s in (0.1, 0.9):
        list(watch.look("n1", "carry", seen.time_s))
    assert not watch.after("n1", frozenset({"can", "plate"}), 1.0)
    (found,) = watch.after("n1", frozenset({"can"}), 1.0)
    assert (found.finding.code, found.bodies) == ("rule-nothing-knocked-over", ("plate",))


@pytest.mark.parametrize(
    ("height", "speed", "held", "should", "what"),
    [
        (0.3, 0.0, None, None, None),
        (0.3, 0.0, "can", "can", None),
        (0.3, 0.0, "can", None, "holds"),
        (0.3, 0.0, None, "can", "holds"),
        (0.3, 0.5, None, None, "still moves"),
        (-0.5, 0.0, None, None, "has fallen"),
    ],
)
def test_an_end_is_safe_or_says_what_is_not(height, speed, held, should, what) -> None:
    class Ended(Path):
        def bounds(self, thing):
            return super().bounds(thing) if thing != "table" else super().bounds(thing)._replace(lower=(0, 0, -0.04))

    seen: Observed = Ended(lambda t: (speed * t, 0.0, height if t > 0.5 else 0.3), held)
    watch = Watch(shipped_rules(), table_top(), seen)
    list(watch.look("n1", "carry", 0.0))
    seen.time_s = 1.0
    found = watch.end("n1", frozenset({"can"}), should, 1.0)
    assert [what in i.finding.what for i in found] == ([True] if what else [])
    assert {i.finding.code for i in found} <= {"rule-safe-end"}


OWN = """
schema: rehearse.rules/1
rules:
  - id: crawl-near-grandmother
    words: nothing moves faster than a crawl near grandmother
    why: she is afraid of it
    source: our house
    instead: Wait until she has left.
    watch:
      - {limit: speed-near-person, within_m: 1.5, most: 0.05}
  - id: not-over-the-aquarium
    words: nothing is carried over the aquarium
    why: the fish are frightened
    source: our house
    instead: Go around it.
    watch:
      - {limit: keep-out, zones: [{id: aquarium, centre: [0.1, 0.0, 0.3], half: [0.05, 0.05, 0.3]}]}
"""


def test_a_users_limits_are_added_and_relax_none() -> None:
    book = shipped_rules().plus(parse_rules(OWN))
    scene = _with(table_top(), people=(MIA,))
    found = _codes(scene, Path(lambda t: (0.1 * t, 0.0, 0.3)), book=book)
    assert found == {"rule-crawl-near-grandmother", "rule-not-over-the-aquarium"}
    assert list(zones_of(book, scene)) == ["aquarium"]
    assert "rule-slow-near-people" in _codes(scene, Path(lambda t: (t - 1.0, 0.4, 0.3)), book=book)


@pytest.mark.parametrize(
    ("fault", "instead"),
    [
        ("most: 0.05", "most: -1"),
        ("most: 0.05", "most: .inf"),
        ("within_m: 1.5, ", ""),
        ("limit: speed-near-person", "limit: speed"),
        ("limit: keep-out", "limit: keep-out, thing: [sharp]"),
        ("half: [0.05, 0.05, 0.3]", "half: [0.05, 0.05]"),
    ],
)
def test_a_limit_that_does_not_fit_is_a_typed_error(fault: str, instead: str) -> None:
    from sim_checks.rules.book import RulesError

    assert fault in OWN
    with pytest.raises(RulesError) as error:
        parse_rules(OWN.replace(fault, instead, 1))
    assert error.value.finding.code == "bad-rules"


def test_the_worst_figure_of_a_limit_is_kept() -> None:
    scene, seen = _with(table_top(), people=(MIA,)), Path(lambda t: (0.1 * t * t - 0.2, 0.4, 0.3))
    watch = Watch(shipped_rules(), scene, seen)
    for step in range(1, 121):
        seen.time_s = step * STEP_S
        list(watch.look("n1", "carry", seen.time_s))
    assert watch.worst["slow-near-people"] == {"worst": 0.2, "limit": 0.25}
