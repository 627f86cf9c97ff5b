from planner.compile import compile_draft
from sim_checks.bullet.stage import Stage
from sim_checks.geometric import Choices
from sim_checks.rehearsal import rehearse_nominal
from skills import catalogue
from skills.graph import Draft, Step
from skills.predicates import holds
from skills.scene import Fixture, Placement, Region, resting
from skills.symbols import Goal, Literal
from tests.small import table_top

WIPED = Literal("wiped", ("spill",))


def with_spill(*, sponge=(-0.25, 0.0), fixtures=()):
    """A sponge and an area to wipe on the table, and what is added."""
    plain = table_top()
    more = {
        "fixtures": (*plain.fixtures, *fixtures),
        "objects": (*plain.objects, resting("sponge", "sponge", "table", *sponge)),
        "regions": (Region(id="spill", on="table", xy=(-0.22, 0.2), half=(0.06, 0.06)),),
    }
    return type(plain).model_validate({**plain.model_dump(by_alias=True), **more})


def graph_of(scene):
    return compile_draft(Draft(Goal((WIPED,))), scene).graph


def test_an_area_is_wiped_with_a_sponge_in_contact():
    scene = with_spill()
    graph = graph_of(scene)
    assert [n.step for n in graph.nodes] == [Step("pick", ("sponge",)), Step("wipe", ("sponge", "spill"))]
    found = rehearse_nominal(graph, scene, 1, Choices(), 3)
    assert (found.geometric, found.physical) == ((), ())
    pick, wipe = found.motions
    with Stage(scene, seed=3) as stage:
        assert not stage.play(pick).findings
        assert not holds(WIPED, stage.world)
        assert not stage.play(wipe).findings
        assert holds(WIPED, stage.world)
        assert stage.held() == "sponge"
    with Stage(with_spill(sponge=(-0.1, -0.32))) as stage:  # the same motions with nothing in the hand
        stage.play(pick)
        stage.play(wipe)
        assert not holds(WIPED, stage.world)


def test_what_stands_on_the_area_bars_the_wipe():
    scene = with_spill()
    state = scene.initial_state() | {Literal("on", ("can", "spill"))}
    wipe = catalogue.get("wipe").ground(("sponge", "spill"), scene, state)
    assert wipe.blocking(state) == (Literal("on", ("can", "spill")),)
    assert Literal("holding", ("sponge",)) in wipe.missing(state)


def test_an_area_beneath_a_cabinet_is_not_wiped():
    cabinet = Fixture(id="cabinet", kind="cabinet", placement=Placement(on="table", xy=(-0.22, 0.24), yaw=-1.57))
    scene = with_spill(fixtures=(cabinet,))
    (finding,) = rehearse_nominal(graph_of(scene), scene, 1, Choices(), 1).geometric
    assert (finding.code, finding.where) == ("no-motion", "nodes.n2")


def test_between_bowls_the_sponge_is_taken_by_a_hand_that_leans_away_from_them():
    plain, place = with_spill(), (-0.2, -0.03)
    bowls = ((0.17, 0.01), (-0.03, -0.158))
    things = [resting(f"bowl_{i}", "bowl", "table", place[0] + x, place[1] + y) for i, (x, y) in enumerate(bowls)]
    things += [resting("box", "box", "table", place[0], 0.125), resting("sponge", "sponge", "table", -0.3, 0.19)]
    area = Region(id="spill", on="table", xy=place, half=(0.055, 0.055))
    more = {"objects": tuple(things), "regions": (area,)}
    scene = type(plain).model_validate({**plain.model_dump(by_alias=True), **more})
    found = rehearse_nominal(graph_of(scene), scene, 1, Choices(), 2)
    assert (found.geometric, found.physical) == ((), ())
