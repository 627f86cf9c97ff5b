"""From a sentence to motion, an episode's folder, and the next sentence on the world as it then is."""

import io
import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console

from planner.dispatch.executors.port import Observation
from planner.dispatch.executors.simulated import Camera
from planner.dispatch.journal import Journal
from planner.episode import FILES, Episode
from planner.faces.chat import converse
from planner.faces.cli import run
from planner.outcome import Planned, Refused
from planner.rehearsal import Rehearsal, unseen_seed
from sim_checks.bullet.stage import Stage
from sim_checks.certificate import load
from sim_checks.motion.timing import hold
from sim_checks.rehearsal import rollout
from sim_checks.verdict import Outcome
from skills.errors import SceneError
from skills.motion import Motion
from skills.scene import resting
from skills.symbols import Literal
from tests.small import QUICK, Nominal, Says, draft, table_top

ON_PLATE = draft(["on(can, plate)"], ["pick(can)", "place_on(can, plate)"])
ON_TABLE = draft(["on(can, table)"], ["pick(can)", "place_on(can, table)"])
TALK = {"put the can on the plate": ON_PLATE, "put the can back on the table": ON_TABLE}


@pytest.fixture(scope="module")
def road() -> Rehearsal:
    return Rehearsal(table_top(), Says(TALK), QUICK)


@pytest.fixture(scope="module")
def episode(road: Rehearsal, tmp_path_factory: pytest.TempPathFactory) -> Episode:
    planned = road.plan("put the can on the plate")
    assert isinstance(planned, Planned)
    done = road.run(planned, tmp_path_factory.mktemp("episode") / "one", Nominal(camera=Camera(96, 64, 1.0)))
    assert isinstance(done, Episode)
    return done


def test_the_robot_does_what_was_asked(episode: Episode) -> None:
    assert episode and episode.dispatched.state.value == "achieved"
    assert Literal("on", ("can", "plate")) in episode.dispatched.last.facts
    assert Literal("on", ("can", "plate")) not in episode.dispatched.first.facts


def test_the_folder_holds_everything(episode: Episode) -> None:
    assert {p.name for p in episode.folder.iterdir()} >= {*FILES, "journal.sqlite", "storyboard.png", "video.mp4"}
    summary = json.loads((episode.folder / "summary.json").read_text())
    assert summary["state"] == "achieved" and summary["goal_missing"] == []
    assert summary["draft"]["steps"] == ["pick(can)", "place_on(can, plate)"]
    assert [s["outcome"] for s in summary["steps"]] == ["done", "done"]
    with Image.open(episode.folder / "storyboard.png") as page:
        assert page.width > 3 * 96
    with Journal(episode.folder / "journal.sqlite") as journal:
        assert [r.state for r in journal.records()] == ["begun", "sent", "done", "sent", "done"]
    stages = [json.loads(line)["stage"] for line in (episode.folder / "events.jsonl").read_text().splitlines()]
    assert stages == ["n1", "n1", "n2", "n2"]


def test_the_certificate_in_it_verifies_offline_and_a_changed_one_does_not(episode: Episode, tmp_path: Path) -> None:
    assert load(episode.folder).id == episode.planned.certified.id
    assert run(["verify", str(episode.folder)]) == 0
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in FILES:
        (copy / name).write_bytes((episode.folder / name).read_bytes())
    plan = json.loads((copy / "plan.json").read_text())
    plan["goal"] = ["on(plate, can)"]
    (copy / "plan.json").write_text(json.dumps(plan))
    assert run(["verify", str(copy)]) == 1


def test_the_robot_moves_in_a_world_that_no_gate_has_seen(episode: Episode) -> None:
    plan = episode.planned.certified
    assert unseen_seed(plan, 0) not in plan.certificate.payload["seeds"]
    assert unseen_seed(plan, 0) != unseen_seed(plan, 1)


def test_a_certificate_keeps_its_promise_in_worlds_that_no_gate_has_seen(episode: Episode) -> None:
    """The claim is put to its own test once more, in other worlds: it passes again."""
    plan, claim = episode.planned.certified, QUICK.gates.claim
    worlds = [unseen_seed(plan, seed) for seed in range(8)]
    findings = [rollout(plan.graph, plan.scene, list(plan.motions), w, QUICK.gates.perturbation) for w in worlds]
    missed = sum(map(bool, findings))
    assert claim.decide(len(worlds) - missed, missed) is Outcome.PASS, findings


PICK_UP = draft(["holding(can)"], ["pick(can)"])


def test_what_is_picked_up_is_held_high_and_stays_in_the_hand(tmp_path: Path) -> None:
    road = Rehearsal(table_top(), Says(always=PICK_UP), QUICK)
    done = road.run("pick up the can", tmp_path / "up", Nominal())
    assert isinstance(done, Episode) and done.dispatched.state.value == "achieved"
    first, last = done.dispatched.first, done.dispatched.last
    assert [f for f in last.facts if "can" in f.args] == [Literal("holding", ("can",))]
    assert Literal("hand_empty") not in last.facts
    assert last.poses["can"].position[2] - first.poses["can"].position[2] > 0.1
    end = done.planned.certified.motions[-1].segments[-1]
    wait = Motion("wait", (hold("wait", end.joints[-1], 10.0, end.width, end.force),))
    with Stage(road.scene) as stage:
        assert stage.play(done.planned.certified.motions[-1]).valid
        before = stage.world.pose("can").position
        assert stage.play(wait).valid and stage.held() == "can"
        assert math.dist(before, stage.world.pose("can").position) < 0.005
    with pytest.raises(SceneError) as caught:
        road.after(done)
    assert caught.value.finding.code == "hand-not-empty"


def test_two_things_in_one_hand_are_refused_before_anything_is_rehearsed() -> None:
    both = draft(["holding(can)", "holding(block)"])
    scene = table_top(resting("block", "block", "table", 0.05, 0.3))
    said = Rehearsal(scene, Says(always=both), QUICK).plan("pick up both")
    assert isinstance(said, Refused) and said.stage == "compile" and not said.verdicts
    assert said.findings[0].code == "contradictory-goal" and "one hand" in said.findings[0].what


def test_the_next_sentence_meets_the_world_as_it_now_is(road: Rehearsal, episode: Episode) -> None:
    after = road.after(episode)
    can = after.scene.thing("can")
    assert can.pose is not None and can.placement is None
    assert after.scene.thing("plate").placement is not None  # it did not move
    assert Literal("on", ("can", "plate")) in after.facts
    assert after.scene.sha256 != road.scene.sha256
    assert isinstance(after.plan("put the can back on the table"), Planned)


def test_a_full_hand_cannot_begin_the_next_sentence(road: Rehearsal, episode: Episode) -> None:
    last = Observation(episode.dispatched.last.facts | {Literal("holding", ("can",))})
    held = replace(episode, dispatched=replace(episode.dispatched, last=last))
    with pytest.raises(SceneError) as caught:
        road.after(held)
    assert caught.value.finding.code == "hand-not-empty"


def test_chat_shows_the_plan_and_moves_only_after_go(
    road: Rehearsal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.rehearsal.SimulatedExecutor", Nominal)
    said = io.StringIO()
    words = ["help", "scene", "put the can on the plate", "no", "put the can on the plate", "go", "scene", "quit", "x"]
    end = converse(Console(file=said, width=120), road, iter(words), tmp_path)
    text = said.getvalue()
    assert "nothing moved." in text and "achieved" in text
    assert text.index("certificate") < text.index("go?") < text.index("nothing moved.")
    assert [p.name for p in tmp_path.iterdir()] == ["turn-003"]  # the first plan moved nothing
    assert Literal("on", ("can", "plate")) in end.facts and Literal("on", ("can", "plate")) not in road.facts
    assert "on(can, plate)" in text.rpartition("achieved")[2]
