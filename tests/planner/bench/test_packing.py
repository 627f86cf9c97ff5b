"""Packing problems become scenes at the stated scale; an end is judged by the rule that was published."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from planner.bench.packing.instances import SCALE, Instance, read_instances
from planner.bench.packing.table import summary
from planner.bench.packing.trial import Source, Trial, bench, outside
from planner.bench.task import Row
from skills.errors import SceneError
from skills.geometry import Pose, yaw_quaternion
from skills.graph import Draft
from skills.symbols import Goal
from tests.small import Says

MADE = {
    "3": {
        "basket": {"x": 0.6, "y": 0.1, "w": 0.28, "l": 0.14},
        "boxes": {
            "0": {
                "name": "red_box",
                "color": [1, 0, 0, 1],
                "w": 0.07,
                "l": 0.035,
                "h": 0.07,
                "x": 0.4,
                "y": -0.2,
                "z": 0.06,
            },
            "1": {
                "name": "lime_box",
                "color": [0, 1, 0, 1],
                "w": 0.07,
                "l": 0.07,
                "h": 0.04,
                "x": 0.4,
                "y": 0.2,
                "z": 0.06,
            },
        },
    }
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in their form, with one instance of our own making."""
    inside = tmp_path / "envs" / "task_instances"
    inside.mkdir(parents=True)
    (inside / "own_box_small_basket.json").write_text(json.dumps(MADE))
    return tmp_path


@pytest.fixture
def instance(folder: Path) -> Instance:
    return read_instances(folder)[0]


def test_sizes_shrink_and_places_stay(instance: Instance) -> None:
    assert (instance.setting, instance.index, instance.boxes) == ("own_box_small_basket", 3, ("red_box", "lime_box"))
    basket, (red, lime) = instance.scene.thing("basket"), instance.scene.objects
    assert basket.params["length"] == pytest.approx(0.28 * SCALE) and red.params["length"] == pytest.approx(0.06)
    assert red.placement is not None and red.placement.xy == pytest.approx((0.4 - 0.6, -0.2))
    assert red.params["colour"] == "red" and "colour" not in lime.params and lime.label == "lime box"
    assert lime.mass == pytest.approx(SCALE**3 * 0.04 / 0.07)
    assert list(map(str, instance.goal.literals)) == ["in(red_box, basket)", "in(lime_box, basket)"]


def test_a_pattern_chooses_and_what_is_no_instance_is_refused(folder: Path) -> None:
    assert len(read_instances(folder, "own_*")) == len(read_instances(folder, "*/3")) == 1
    for pattern in ("*/4", "hard_*"):
        with pytest.raises(SceneError) as caught:
            read_instances(folder, pattern)
        assert caught.value.finding.code == "no-tasks"
    for text in ("[", "[1]", '{"0": {"basket": {}}}', json.dumps({"0": {**MADE["3"], "boxes": {}}})):
        (folder / "envs" / "task_instances" / "bad.json").write_text(text)
        with pytest.raises(SceneError) as caught:
            read_instances(folder)
        assert caught.value.finding.code == "bad-instances"


def test_a_box_that_stands_out_of_the_basket_is_seen(instance: Instance) -> None:
    inside = {
        "red_box": Pose((0.53, 0.1, 0.004)),
        "lime_box": Pose((0.65, 0.1, 0.004)),
    }
    assert outside(instance, inside) == ()
    half = 0.14 * SCALE  # of the basket along x
    for along, out in ((half - 0.03 + 0.012, ()), (half - 0.03 + 0.014, ("red_box",))):
        assert outside(instance, {**inside, "red_box": Pose((0.6 + along, 0.1, 0.004))}) == out
    turned = Pose((0.6 + half - 0.026, 0.1, 0.004), yaw_quaternion(0.7))
    assert outside(instance, {**inside, "lime_box": turned}) == ("lime_box",), "its corner counts"


def test_a_model_that_asks_or_falls_short_costs_its_own_row(instance: Instance) -> None:
    trial = Trial(instance, Source.LM)
    asks = list(bench([trial], Says(always=Draft(Goal(()), question="Which box?"))))
    assert [(r.stage, r.codes, r.goal_met) for r in asks] == [("decompose", ("question",), False)]
    assert trial.task.name == "lm/own_box_small_basket/3" and "basket" in trial.task.instruction


def test_rows_become_a_table() -> None:
    met = Row("oracle/hard_box_small_basket/0", "", 0, "achieved", certified=True, goal_met=True)
    missed = replace(
        met, task="oracle/hard_box_small_basket/1", stage="physics", certified=False, goal_met=False, codes=("dropped",)
    )
    other = replace(met, task="lm/easy_box_small_basket/0")
    figures = summary([met, missed, other])
    assert figures["hard_oracle"] == 0.5 and figures["hard_lm"] is None and figures["n"] == 3
    share = figures["table"]["hard_box_small_basket"]["oracle"]
    assert (
        share["packed"] == 1
        and share["failures"] == {"physics: dropped": 1}
        and share["wilson"][0] < 0.5 < share["wilson"][1]
    )
