"""`rehearse rules`, `--rules` and what a veto looks like from outside."""

import json
from pathlib import Path

from planner.bench.language.made import furniture, scene, thing
from planner.compile import compile_draft
from planner.faces.cli import run
from skills.graph import Draft
from skills.scene import dump_scene
from skills.symbols import Goal, Literal
from tests.sim_checks.rules.test_book import OWN


def test_rules_are_listed_shown_and_explained(capsys) -> None:
    assert run(["rules", "list", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["rules"]) >= 30
    assert run(["rules", "show", "rule-metal-in-microwave"]) == 0
    assert "IEC 60335-2-25" in capsys.readouterr().out
    assert run(["rules", "show", "no-such-rule"]) == 2
    assert run(["rules", "words", "bottle of bleach", "--json"]) == 0
    assert "chemical" in json.loads(capsys.readouterr().out)["properties"]


def test_a_veto_is_exit_code_one_and_own_rules_count(tmp_path: Path, capsys) -> None:
    fixtures = [furniture("table", "table", None, 0, 0), furniture("bin", "bin", "trash can", 1, 0)]
    where = scene("veto", fixtures, [thing("atlas", "book", "atlas", "table"), thing("cat", "item", "cat", "table")])
    (tmp_path / "veto.scene.yaml").write_text(dump_scene(where))
    (tmp_path / "mine.yaml").write_text(OWN)
    (tmp_path / "broken.yaml").write_text("schema: nonsense\n")

    def validate(goal: str, *options: str) -> tuple[int, list[str]]:
        graph = compile_draft(Draft(Goal((Literal.parse(goal),))), where).graph
        assert graph is not None
        (tmp_path / "plan.json").write_text(json.dumps(graph.to_json()))
        files = [str(tmp_path / "plan.json"), "-s", str(tmp_path / "veto.scene.yaml")]
        code = run(["validate", *files, *options, "--json"])
        said = json.loads(capsys.readouterr().out)
        return code, [f["code"] for f in said["findings"]]

    assert validate("holding(cat)") == (1, ["rule-living-handled"])
    mine = ("--rules", str(tmp_path / "mine.yaml"))
    assert validate("in(atlas, bin)", *mine) == (1, ["rule-no-books-in-the-kitchen-bin"])
    assert validate("in(atlas, bin)", "--rules", str(tmp_path / "broken.yaml")) == (2, ["bad-rules"])
