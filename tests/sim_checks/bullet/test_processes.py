import pytest

from sim_checks.bullet.processes import TAKES_S, Processes, Treatment
from sim_checks.bullet.stage import Stage
from sim_checks.motion.timing import hold
from skills.motion import Motion, Segment
from skills.predicates import holds
from skills.symbols import Literal
from tests.sim_checks.appliances import with_appliance

HOT, COLD, CLEAN = (Literal(p, ("food",)) for p in ("hot", "cold", "clean"))
DOOR = {"heating_region": 1.0}


def waiting(stage, fact, seconds):
    """A motion that stands still until a fact holds."""
    still = hold("wait", stage.robot.joints(), seconds, 0.08)
    return Motion("n1", (Segment(still.name, still.times, still.joints, 0.08, until=fact),))


def put_door(stage, share):
    joint = stage.world.joint("appliance")
    stage.client.resetJointState(joint.body, joint.joint, share * joint.mechanism.opened)


@pytest.mark.parametrize(("kind", "fact"), [("microwave", HOT), ("fridge", COLD)])
def test_what_is_shut_in_is_treated_after_its_time_and_the_wait_ends_then(kind, fact):
    with Stage(with_appliance(kind, inside="can")) as stage:
        assert not holds(fact, stage.world)
        played = stage.play(waiting(stage, fact, 15.0))
        assert not played.findings
        assert holds(fact, stage.world)
        assert TAKES_S[fact.predicate] <= played.simulated_s <= TAKES_S[fact.predicate] + 0.5


def test_behind_an_open_door_nothing_gets_hot_and_the_wait_says_what_it_lacks():
    with Stage(with_appliance("microwave", inside="can", joints=DOOR)) as stage:
        (finding,) = stage.play(waiting(stage, HOT, 10.0)).findings
        assert (finding.code, finding.where) == ("cause-missing", "nodes.n1")
        assert "closed(appliance)" in finding.what
        assert not holds(HOT, stage.world)


def test_what_stands_outside_is_not_treated_and_too_short_a_wait_is_out_of_time():
    with Stage(with_appliance("microwave", inside="can", mug=(-0.1, -0.1))) as stage:
        (finding,) = stage.play(waiting(stage, Literal("hot", ("mug",)), 1.0)).findings
        assert finding.code == "cause-missing" and "in(mug, appliance)" in finding.what
        (finding,) = stage.play(waiting(stage, HOT, 1.0)).findings
        assert finding.code == "out-of-time"


def test_a_break_starts_the_clock_anew_and_heat_drives_out_cold():
    with Stage(with_appliance("microwave", inside="can")) as stage:
        world, watched = stage.world, Processes(stage.world)
        world.events.add(COLD)
        watched.look(0.0)
        put_door(stage, 0.5)
        watched.look(6.0)
        put_door(stage, 0.0)
        watched.look(7.0)
        watched.look(7.0 + TAKES_S["hot"] - 0.1)
        assert world.events == {COLD}
        watched.look(7.0 + TAKES_S["hot"])
        assert world.events == {HOT}


def test_water_reaches_what_is_under_the_tap_and_nothing_below_it():
    scene = with_appliance("sink", inside="bowl", at=(0.05, 0.28), plate=(-0.2, -0.2))
    with Stage(scene) as stage:
        world, tap = stage.world, Treatment("appliance", "clean")
        sink, watched = world.pose("appliance"), Processes(world)
        wet = {}
        for name, x in (("beside", 0.08), ("under", -0.05)):
            pose = sink.transform((x, 0.0, 0.03))
            stage.client.resetBasePositionAndOrientation(world.body("food"), pose, (0, 0, 0, 1))
            stage.client.performCollisionDetection()
            wet[name] = watched.reached(tap)
        assert wet == {"beside": frozenset(), "under": {"food"}}
        lid = sink.transform((-0.05, 0.0, 0.14))
        stage.client.resetBasePositionAndOrientation(world.body("plate"), lid, (0, 0, 0, 1))
        stage.client.performCollisionDetection()
        assert watched.reached(tap) == {"plate"}
