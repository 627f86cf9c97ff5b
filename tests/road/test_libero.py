"""The road up to the symbolic gate on all of LIBERO's tasks, where they are at hand."""

import os
from pathlib import Path

import pytest

from planner.bench import tally
from planner.bench.libero import bench
from planner.bench.task import find_tasks
from planner.pipeline import Settings

FOLDER = os.environ.get("REHEARSE_LIBERO_DIR")


@pytest.mark.skipif(not FOLDER, reason="REHEARSE_LIBERO_DIR does not name LIBERO's bddl_files")
def test_every_goal_of_libero_has_a_plan_that_passes_the_symbolic_gate() -> None:
    tasks = find_tasks(Path(str(FOLDER)))
    figures = tally.summary(list(bench(tasks, None, Settings(), drafts_only=True)), drafts_only=True)
    assert figures["n"] == 130
    assert figures["draft_correct"] == figures["symbolic_pass"] == 1.0
