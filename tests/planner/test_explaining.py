"""Explanations: one sentence, one page that is whole in itself, and pictures of the rehearsal that failed."""

import json
import shutil
import subprocess
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from planner.bench.watched.moves import moved, scene
from planner.compile import compile_draft
from planner.explain_page import page
from planner.explaining import Case, read_case, show
from planner.faces import cli
from sim_checks.bullet.stage import Stage
from sim_checks.counterexample import Counterexample, CounterexampleError, of_rehearsal, parse
from sim_checks.remedy import Remedy
from sim_checks.rollout import World, play_through
from sim_checks.snapshots import Pictures
from sim_checks.verdict import Outcome, Verdict
from skills.errors import SkillsError
from skills.finding import Finding
from skills.graph import SkillGraph
from skills.motion import Motion
from skills.scene import Scene
from skills.scene_parts import Zone
from tests.small import draft, table_top

NO_WAY = Finding(
    "no-motion", "nodes.n2", "place_on(can, plate) has no collision-free motion: contact.", "Clear the space."
)
RULE = Finding("rule-escape-route", "nodes[0]", "pick(can) breaks the rule: <b>ways</b> out stay free.", "Put it down.")


def _graph(where: Scene) -> SkillGraph:
    graph = compile_draft(draft(["on(can, plate)"]), where, instruction="put the <can> on the plate").graph
    assert graph is not None
    return graph


def _case(*verdicts: Verdict, **more: Any) -> Case:
    where = more.pop("scene", table_top())
    return Case(_graph(where), where, tuple(v.to_json() for v in verdicts), **more)


GOOD = Verdict("symbolic", Outcome.PASS, (), {"watched": {"safe-end": {"worst": 0.01, "limit": 0.1}}})
SHOWN = Counterexample("n2", "place_on(can, plate)", "no-motion", NO_WAY.what, NO_WAY.remedy, ("can",), good_s=1.0)


@pytest.mark.parametrize(
    ("verdict", "node", "sentence"),
    [
        (GOOD, None, "Nothing speaks against it: every gate passed."),
        (
            Verdict("symbolic", Outcome.FAIL, (RULE,)),
            "n1",
            "Because pick(can) (n1) breaks the rule: <b>ways</b> out stay free.",
        ),
        (
            Verdict("geometric", Outcome.FAIL, (NO_WAY,), counterexample=SHOWN),
            "n2",
            "Because place_on(can, plate) (n2) has no collision-free motion: contact.",
        ),
        (Verdict("physics", Outcome.UNKNOWN), None, "The physics gate came to no verdict."),
    ],
)
def test_why_not_is_one_sentence_that_names_the_step(verdict: Verdict, node: str | None, sentence: str) -> None:
    case = _case(verdict)
    assert (case.node, case.why_not) == (node, sentence)


def test_a_page_is_whole_in_itself_and_shows_names_as_text() -> None:
    text = page(_case(Verdict("symbolic", Outcome.FAIL, (RULE,)), scene=table_top()))
    assert "put the &lt;can&gt; on the plate" in text and "<b>ways</b>" not in text
    assert "http" not in text and "<script" not in text
    assert text.count('fill="#b22222"') == 1, "the failing step alone is red"
    assert "safe-end" in page(_case(GOOD))


def _failed(where: Scene, motions: list[Motion]) -> Case:
    """Returns the case of motions that were rehearsed and failed."""
    world, graph = World(where), _graph(where)
    wrong = play_through(graph, motions, world)
    assert wrong
    shown = of_rehearsal(graph, wrong, Remedy("candidate", "n1"), world)
    verdict = Verdict("physics", Outcome.FAIL, tuple(i.finding for i in wrong), {}, 0.0, shown)
    return Case(graph, where, (GOOD.to_json(), verdict.to_json()), motions=tuple(motions))


@pytest.fixture(scope="module")
def pictured() -> tuple[Case, Pictures, str]:
    """A motion that went through a zone, what it looked like, and the page about it."""
    where = table_top()
    zone = Zone(id="lamp", centre=(-0.3, 0.16, 0.48), half=(0.05, 0.002, 0.05))
    where = Scene.model_validate({**where.model_dump(by_alias=True), "zones": (zone,)})
    with Stage(scene()) as stage:
        start = np.array(stage.robot.home)
    turned = start.copy()
    turned[0] += 1.0
    case = _failed(where, [Motion("n1", (moved("swing", start, turned, 3.0),))])
    pictures = show(case)
    assert pictures is not None
    return case, pictures, page(case, pictures)


def test_a_failure_is_pictured_before_and_when_it_happens(pictured: tuple[Case, Pictures, str]) -> None:
    case, pictures, text = pictured
    shown = case.shown
    assert shown is not None and shown.code == "rule-keep-out-zone" and set(shown.bodies) == {"robot", "lamp"}
    assert shown.time_s is not None and 0 < shown.good_s < shown.time_s < 3.0 and shown.segment == "swing"
    assert pictures.same
    assert pictures.good.shape == pictures.failed.shape == (540, 720, 3)
    assert np.abs(pictures.good.astype(int) - pictures.failed).mean() > 1.0, "the arm has moved between them"
    assert text.count("data:image/png;base64,") == 2 and f"{shown.time_s:.3f} s" in text


BROWSER = shutil.which("chromium")


@pytest.mark.skipif(BROWSER is None, reason="there is no browser here")
def test_a_browser_draws_every_picture_and_the_failing_step_in_red(pictured: tuple[Case, Pictures, str]) -> None:
    *_, text = pictured
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "why.html").write_text(text)
        command = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/own"]
        command += ["--hide-scrollbars", "--window-size=1200,1700", f"--screenshot={folder}/why.png"]
        subprocess.run([*command, f"file://{folder}/why.html"], check=True, capture_output=True, timeout=120)
        seen = np.asarray(Image.open(Path(folder) / "why.png").convert("RGB")).astype(int)
    assert seen.shape == (1700, 1200, 3)
    red = (np.abs(seen - (0xB2, 0x22, 0x22)) < 4).all(axis=2)
    wood = (np.abs(seen - (0xC6, 0x9C, 0x6A)) < 12).all(axis=2)
    assert red.sum() > 5000, "the failing step"
    assert wood[:, :600].sum() > 5000 and wood[:, 600:].sum() > 5000, "the table, in both pictures"


def test_a_page_closes_what_it_opens() -> None:
    """Elements are balanced and nested, and nothing that was said is one: no browser has to guess."""

    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__(convert_charrefs=True)
            self.open: list[str] = []
            self.names: set[str] = set()

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.names.add(tag)
            if tag not in ("meta", "br", "img"):
                self.open.append(tag)

        def handle_startendtag(self, tag: str, attrs: object) -> None:
            self.names.add(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    kept = {"kept": {"n1": "a" * 64}, "seed_of": "b" * 64}
    text = page(_case(GOOD, Verdict("geometric", Outcome.FAIL, (NO_WAY, RULE), kept, 0.0, SHOWN)))
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == [] and {"svg", "rect", "table"} <= reader.names and not reader.names & {"can", "script"}
    assert "n1: aaaaaaaaaaaa<" in text and "bbbb" not in text


def test_a_repair_is_played_again_with_the_seed_of_the_plan_that_it_repairs() -> None:
    first = Verdict("geometric", Outcome.FAIL, (NO_WAY,), {"seed_of": "b" * 64}, 0.0, SHOWN)
    assert _case(first).seed_of == "b" * 64
    assert _case(GOOD).seed_of == _case(GOOD).graph.sha256


def test_a_verdict_that_was_written_is_read_and_explained(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    case = _case(Verdict("geometric", Outcome.FAIL, (NO_WAY,), {}, 0.0, SHOWN))
    said = {"outcome": "refused", "plan": case.graph.to_json(), "verdicts": list(case.verdicts), "findings": []}
    (tmp_path / "verdict.json").write_text(json.dumps(said))
    (tmp_path / "scene.json").write_text(case.scene.canonical_json())
    again = read_case(tmp_path / "verdict.json")
    assert again.why_not == case.why_not and again.shown == case.shown
    assert cli.run(["explain", str(tmp_path / "verdict.json"), "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["node"] == "n2"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{", "bad-json"),
        ("[]", "no-verdicts"),
        ('{"verdicts": []}', "no-verdicts"),
        ('{"verdicts": [{"gate": "physics"}]}', "unreadable"),
        ('{"verdicts": [{"gate": "physics"}], "plan": {}}', None),
    ],
)
def test_what_is_no_verdict_is_a_typed_error(tmp_path: Path, content: str, code: str | None) -> None:
    (tmp_path / "verdict.json").write_text(content)
    with pytest.raises(SkillsError) as error:
        read_case(tmp_path / "verdict.json")
    assert code is None or error.value.finding.code == code


@pytest.mark.parametrize("change", [{"time_s": "soon"}, {"good_s": -1}, {"contact": {"bodies": ["a"]}}, {"bodies": 3}])
def test_a_malformed_counterexample_is_a_typed_error(change: dict[str, object]) -> None:
    with pytest.raises(CounterexampleError):
        parse({**SHOWN.to_json(), **change})
