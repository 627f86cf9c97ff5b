"""`Task`: one benchmark task, and what became of it as a `Row`."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from planner.bench.instructions_file import read_instructions
from skills.errors import SceneError

_PREFIX = re.compile(r"^[A-Z_]+SCENE\d+_")


@dataclass(frozen=True)
class Task:
    """One task, before it is tried.

    Args:
        name: Suite and file, for example ``"libero_goal/open_the_middle_drawer.bddl"``.
        path: The BDDL file.
        instruction: The sentence.
        seed: Seed of the sampled placements.
    """

    name: str
    path: Path
    instruction: str
    seed: int = 0

    @property
    def key(self) -> str:
        """What tells this task's row from all others."""
        return f"{self.name}#{self.seed}#{self.instruction}"


@dataclass(frozen=True)
class Row:
    """What became of one task.

    Args:
        task: Suite and file.
        instruction: The sentence.
        seed: Seed of the sampled placements.
        stage: The last stage reached: ``import``, ``decompose``, ``compile``, ``symbolic``, ``geometric``,
            ``physics``, ``executed`` or ``achieved``.
        draft_correct: The symbolic end state of the compiled graph satisfies the task's goal.
        symbolic_pass: The symbolic gate passed.
        geometric_pass: The geometric gate passed.
        physics_pass: The physics gate passed.
        certified: The plan was certified, and dispatched.
        goal_met: The certified plan was executed, and the task's goal held in that world at the end.
        undisturbed: It was executed, and nothing that goal and plan do not name moved by more than 2 cm.
        met_uncertified: A gate refused the plan; executed for the bench's sake, it met the goal all the same.
        from_shelf: The certificate was earned in an earlier run; the execution is this run's own.
        missing: Goal literals that did not hold at the end.
        disturbed: Things that moved and should not have.
        plan: The steps of the compiled graph.
        findings: Why it stopped, as ``code at where: what``.
        codes: The codes of those findings.
        seconds: Stage -> wall time [s].
        lengths: What was measured -> length [m], see `planner.bench.transfer`.
    """

    task: str
    instruction: str
    seed: int
    stage: str
    draft_correct: bool = False
    symbolic_pass: bool = False
    geometric_pass: bool = False
    physics_pass: bool = False
    certified: bool = False
    goal_met: bool = False
    undisturbed: bool = False
    met_uncertified: bool = False
    from_shelf: bool = False
    missing: tuple[str, ...] = ()
    disturbed: tuple[str, ...] = ()
    plan: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    lengths: Mapping[str, float] = field(default_factory=dict)

    @property
    def false_accept(self) -> bool:
        """The gates passed, and the executed goal was missed."""
        return self.certified and not self.goal_met

    @property
    def false_reject(self) -> bool:
        """A gate refused a plan which, executed for the bench's sake, met the goal."""
        return not self.certified and self.met_uncertified

    def to_json(self) -> dict[str, object]:
        """Returns the row as JSON-ready data."""
        return {**asdict(self), "false_accept": self.false_accept, "false_reject": self.false_reject}

    @staticmethod
    def from_json(data: Mapping[str, object]) -> "Row":
        """Returns the row that `to_json` wrote."""
        known = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k in Row.__dataclass_fields__}
        return Row(**known)  # type: ignore[arg-type]


def sentence_of(path: Path) -> str:
    """Returns the sentence that a task's file name spells. Source: LIBERO's own rule."""
    return _PREFIX.sub("", path.stem).replace("_", " ")


def find_tasks(folder: Path, pattern: str = "*", instructions: Path | None = None, seeds: int = 1) -> list[Task]:
    """Returns the tasks of a folder of suites, in order of name and seed.

    Args:
        folder: Holds one folder for each suite.
        pattern: Which tasks, matched against suite/file and against the file's name.
        instructions: Gives tasks other sentences, see `planner.bench.instructions_file`; then only those are returned.
        seeds: How many sampled placements of each task.

    Raises:
        SceneError: There is no such folder or task, or the lines are not readable or name no task.
    """
    from fnmatch import fnmatch

    files = {f"{p.parent.name}/{p.name}": p for p in sorted(folder.glob("*/*.bddl"))}
    if not files:
        raise SceneError.at("no-tasks", str(folder), "There is no */*.bddl in it.", "Give the folder of the suites.")
    every = tuple(files)
    files = {
        n: p for n, p in files.items() if fnmatch(n, pattern) or fnmatch(p.stem, pattern) or fnmatch(p.name, pattern)
    }
    if not files:
        raise SceneError.at(
            "no-tasks", "--tasks", f"No task matches {pattern!r}.", "Give a pattern like 'libero_goal/*'."
        )
    said: list[tuple[str, str]] = [(n, sentence_of(p)) for n, p in files.items()]
    if instructions:
        said = [s for s in read_instructions(instructions, every) if s.task in files]
    return [Task(name, files[name], text, seed) for name, text in said for seed in range(seeds)]
