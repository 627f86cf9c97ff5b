"""`rehearse robot`: what ships is listed; what breaks its contract is rejected, and bad files are refused."""

import yaml

from skills.robots.names import FOLDER, names

PANDA = yaml.safe_load((FOLDER / "panda.robot.yaml").read_text())


def test_what_ships_is_listed_and_shown(rehearse) -> None:
    listed = rehearse("robot", "list", "--json")
    assert listed.code == 0
    assert [r["name"] for r in listed.json["robots"]] == list(names())
    shown = rehearse("robot", "show", "xarm6", "--json")
    assert shown.code == 0
    assert len(shown.json["arm"]["joints"]) == 6
    assert rehearse("robot", "schema").json["title"] == "Description"


def test_bad_files_are_refused_with_a_remedy(rehearse, tmp_path) -> None:
    path = tmp_path / "mine.robot.yaml"
    for content, code in (
        ("{{{", "bad-yaml"),
        ("- 1", "bad-robot"),
        (yaml.safe_dump({**PANDA, "urdf": "gone.urdf"}), "unreadable"),
    ):
        path.write_text(content)
        said = rehearse("robot", "check", path, "--json")
        assert (said.code, said.codes) == (2, [code])
        assert said.json["findings"][0]["remedy"]
    assert rehearse("robot", "check", "xarm7", "--json").codes == ["unknown-robot"]
    assert rehearse("plan", "open the drawer", "--robot", "xarm7", "--json").codes == ["unknown-robot"]


def test_a_robot_that_cannot_hold_a_block_is_rejected(rehearse, tmp_path) -> None:
    path, picture = tmp_path / "weak.robot.yaml", tmp_path / "reach.png"
    path.write_text(yaml.safe_dump({**PANDA, "name": "weak", "gripper": {**PANDA["gripper"], "force": 0.3}}))
    said = rehearse("robot", "check", path, "--samples", 5, "--out", picture, "--json")
    assert said.code == 1
    assert not said.json["holds"]
    assert [row["name"] for row in said.json["rows"] if not row["ok"]] == ["holds a block", "lets it go"]
    assert said.json["picture"] is None or picture.exists()
