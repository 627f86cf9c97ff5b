import pytest

from planner.compile import compile_draft
from planner.faces.skill_film import in_scene
from planner.showing import FPS, show_skill
from skills.errors import SceneError
from skills.graph import Draft, Step
from skills.scene import dump_scene, resting
from skills.symbols import Goal
from tests.small import table_top


def test_a_skill_alone_is_filmed_without_overlap_or_flight():
    trial = in_scene("turn_on", "kitchen", 1)
    shown = show_skill(trial.graph, trial.scene, 1, 64, 48)
    assert (shown.findings, shown.failure) == ((), None)
    assert shown.plan == ("turn_on(stove)",)
    assert len(shown.frames) == pytest.approx(shown.seconds * FPS, rel=0.2)
    assert [p.caption.partition(",")[0] for p in shown.panels[:3]] == ["start", "transit", "approach"]
    assert shown.panels[-1].good
    assert shown.watch.deepest < 0.005
    assert shown.watch.fastest < 0.2
    assert shown.watch.disturbed == ()


def test_a_call_without_a_motion_has_no_film_and_says_how_it_failed():
    far = table_top(resting("box", "box", "table", 0.6, 0.5))
    graph = compile_draft(Draft(Goal(()), (Step("pick", ("box",)),)), far).graph
    shown = show_skill(graph, far, 0, 64, 48)
    assert (shown.failure, shown.frames) == ("out-of-reach", ())


def test_a_scene_that_lacks_what_the_skill_needs_is_refused(tmp_path):
    file = tmp_path / "bare.scene.yaml"
    file.write_text(dump_scene(table_top()))
    with pytest.raises(SceneError, match="open"):
        in_scene("open", str(file), 0)
