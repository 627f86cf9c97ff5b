"""Suite ``libero``: the 130 tasks' own sentences; right when the symbolic end state satisfies the task's goal."""

from pathlib import Path

from planner.bench.language.attempt import Attempt
from planner.bench.language.case import Case
from planner.bench.language.source import BenchmarkError
from planner.bench.libero import draft_correct
from planner.bench.task import Task, find_tasks
from skills.formats.bddl import import_bddl


def cases(folder: Path | None) -> list[Case]:
    """Returns one case for each task, by suite and file.

    Args:
        folder: ``bddl_files``: one folder for each suite.

    Raises:
        BenchmarkError: No folder was given.
        SceneError: There is no task in it, or a file cannot be read.
    """
    if folder is None:
        raise BenchmarkError.at("no-folder", "--dir", "This suite reads a folder.", "Give it with --dir DIR.")
    return [_case(task) for task in find_tasks(folder)]


def _case(task: Task) -> Case:
    imported = import_bddl(task.path, task.seed)

    def right(made: Attempt) -> bool:
        return made.graph is not None and made.passed and draft_correct(made.graph, imported.scene, imported.goal)

    family = task.name.partition("/")[0]
    return Case(task.name, task.instruction, imported.scene, family, str(imported.goal), right)
