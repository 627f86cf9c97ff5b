"""Places and states of a scene's entities, from the symbols alone."""

import pytest

from planner.instruction import Instruction
from planner.language.layout import places, table_of
from planner.language.relations import arrays_of
from planner.language.table import EntityTable, Row
from skills.geometry import Pose
from skills.scene import Scene
from skills.symbols import Literal


def test_parts_and_stacked_things_follow_their_support(kitchen: Scene) -> None:
    where = places(Instruction("x", kitchen))
    assert where["mug_1"][:2] == pytest.approx((0.1, -0.1))
    top, bottom = where["cabinet_1_top_region"], where["cabinet_1_bottom_region"]
    assert top[:2] == bottom[:2] == pytest.approx((0.0, -0.3))
    assert top[2] > bottom[2]


def test_observed_poses_and_facts_come_before_the_file(kitchen: Scene) -> None:
    facts = frozenset({Literal("in", ("mug_1", "basket_1")), Literal("open", ("microwave_1",))})
    moved = Instruction("x", kitchen, facts, {"mug_1": Pose((0.5, 0.4, 0.1))})
    rows = {r.id: r for r in table_of(moved).rows}
    assert rows["mug_1"].position == (0.5, 0.4, 0.1)
    assert rows["mug_1"].inside
    assert rows["microwave_1"].opened and not rows["cabinet_1_middle_region"].opened
    still = {r.id: r for r in table_of(Instruction("x", kitchen)).rows}
    assert still["cabinet_1_middle_region"].opened and not still["mug_1"].inside


def test_relations_see_between_near_and_support() -> None:
    rows = [
        Row("a", "cup", "object", (0.0, -0.2, 0.0)),
        Row("b", "bowl", "object", (0.0, 0.0, 0.0)),
        Row("c", "plate", "object", (0.0, 0.2, 0.0)),
        Row("d", "bowl", "object", (0.4, 0.0, 0.0), support=2),
    ]
    pair = arrays_of([EntityTable(rows)]).relations[0]
    assert pair[1, 0, 10] > 0.9 and pair[1, 2, 10] > 0.9 and pair[3, 0, 10] < 0.1
    assert pair[1, 0, 6] > pair[3, 0, 6]
    assert pair[3, 2, 2] == 1.0 and pair[2, 3, 3] == 1.0 and pair[1, 2, 2] == 0.0
    assert pair[0, 2, 8] > 0.5 > pair[2, 0, 8]
    assert pair[1, 0, 12] == 1.0 and pair[3, 0, 12] == 0.0
