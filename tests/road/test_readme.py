"""The README's Python example runs as it stands, with the model that ships."""

import re
from pathlib import Path

from tests.small import Nominal

ROOT = Path(__file__).parents[2]


def test_the_example_in_the_readme_runs(tmp_path, monkeypatch, capsys) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("planner.rehearsal.SimulatedExecutor", Nominal)  # what it shows must not hang on one world
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {"__name__": "readme"})
    said = capsys.readouterr().out
    assert "on(bowl, plate)" in said and "achieved" in said
    assert (tmp_path / "out" / "readme" / "storyboard.png").exists()
