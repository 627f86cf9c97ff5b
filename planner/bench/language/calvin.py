"""Suite ``calvin``: 389 sentences of 34 tasks; right when exactly the sentence's task was done, in symbols."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from planner.bench.language.attempt import Attempt
from planner.bench.language.calvin_rules import achieved
from planner.bench.language.calvin_scene import table_for
from planner.bench.language.case import Case
from planner.bench.language.source import malformed, read_json

KEYS = ("train_annotations", "task_oracle", "symbolic_tasks")


def cases(file: Path | None) -> list[Case]:
    """Returns one case for each sentence, task after task.

    Args:
        file: ``calvin_tasks.json``.

    Raises:
        BenchmarkError: The file is missing or is another one.
    """
    data = read_json(file, *KEYS)
    try:
        oracle: Mapping[str, Sequence[Any]] = data["task_oracle"]
        found = [
            _case(task, number, sentence, data["symbolic_tasks"][task], oracle)
            for task, sentences in data["train_annotations"].items()
            for number, sentence in enumerate(sentences, 1)
        ]
        for case in found[:1]:
            achieved(oracle, case.instruction.state, case.instruction.state)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise malformed(file, error) from error
    return found


def _case(
    task: str,
    number: int,
    sentence: str,
    symbolic: Sequence[Mapping[str, Any]],
    oracle: Mapping[str, Sequence[Any]],
) -> Case:
    table = table_for(sentence, [s["condition"] for s in symbolic])

    def right(made: Attempt) -> bool:
        return made.end is not None and achieved(oracle, made.start, made.end) == {task}

    return Case(f"{task}/{number}", sentence, table.scene, task, f"the task {task} and no other", right, table.facts)
