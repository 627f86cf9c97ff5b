"""From a sentence to motion, an episode's folder, and the next sentence on the world as it then is."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console

from planner.dispatch.executors.port import Observation
from planner.dispatch.executors.simulated import Camera, SimulatedExecutor
from planner.dispatch.journal import Journal
from planner.episode import FILES, Episode
from planner.faces.chat import converse
from planner.faces.cli import run
from planner.outcome import Planned
from planner.rehearsal import Rehearsal, unseen_seed
from sim_checks.certificate import load
from skills.errors import SceneError
from skills.symbols import Literal
from tests.small import QUICK, Says, draft, table_top

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
    robot = SimulatedExecutor(unseen_seed(planned.certified, 0), Camera(96, 64, 1.0))
    done = road.run(planned, tmp_path_factory.mktemp("episode") / "one", robot)
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


def test_chat_shows_the_plan_and_moves_only_after_go(road: Rehearsal, tmp_path: Path) -> None:
    said = io.StringIO()
    words = ["help", "scene", "put the can on the plate", "no", "put the can on the plate", "go", "scene", "quit", "x"]
    end = converse(Console(file=said, width=120), road, iter(words), tmp_path)
    text = said.getvalue()
    assert "nothing moved." in text and "achieved" in text
    assert text.index("certificate") < text.index("go?") < text.index("nothing moved.")
    assert [p.name for p in tmp_path.iterdir()] == ["turn-003"]  # the first plan moved nothing
    assert Literal("on", ("can", "plate")) in end.facts and Literal("on", ("can", "plate")) not in road.facts
    assert "on(can, plate)" in text.split("achieved")[1]
