"""`Rehearsal`: the whole road behind three methods, for Python programs and for the other faces."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner.dispatch.dispatcher import dispatch
from planner.dispatch.executors.port import Executor
from planner.dispatch.executors.simulated import Camera, SimulatedExecutor
from planner.dispatch.journal import Journal
from planner.episode import Episode, write_episode
from planner.event import Event, Listener, Stopwatch, silent
from planner.instruction import Instruction
from planner.language.port import LanguageModel
from planner.outcome import Outcome, Planned, Question, Refused
from planner.pipeline import Settings, certify, plan
from planner.scenes import open_scene, with_each_robot, with_robot
from planner.situation import scene_after
from sim_checks.certificate import CertifiedPlan
from skills.errors import GraphError, SceneError
from skills.geometry import Pose
from skills.graph import Draft, SkillGraph
from skills.graph_json import MAX_BYTES, parse_graph
from skills.scene import Scene
from skills.symbols import PREDICATES, State

if TYPE_CHECKING:
    from planner.conversation import Conversation


class Rehearsal:
    """Plans, validates and runs requests in one scene.

    Args:
        scene: A scene, a shipped scene's name, or the path of a ``.scene.yaml`` or ``.bddl`` file.
        lm: The language model (default: the embedded one, loaded when it is first asked).
        settings: How hard to try.
        seed: Seed of a BDDL file's placements and of the simulated robot's world.
        listener: Hears of every stage and step.
        facts: What holds now, if the scene has been worked in since its file was written.
        poses: Where things are now, by id, where that differs from the scene file.
        robot: A shipped robot's name or the path of a description; it stands where the scene's robot would.

    Raises:
        RobotError: There is no such robot, or its description is not valid.
        SceneError: The scene does not exist or is not valid.
    """

    def __init__(
        self,
        scene: str | Path | Scene = "kitchen",
        lm: LanguageModel | None = None,
        settings: Settings | None = None,
        seed: int = 0,
        listener: Listener = silent,
        facts: State | None = None,
        poses: Mapping[str, Pose] | None = None,
        robot: str | Path | None = None,
    ) -> None:
        self.scene, self.folder = open_scene(scene, seed)
        self._bodies: frozenset[str] = frozenset()
        if robot is not None:
            self._bodies = with_each_robot(self.scene)
            self.scene = with_robot(self.scene, str(robot))
        self.settings = replace(settings or Settings(), folder=self.folder)
        self.facts = self.scene.initial_state() if facts is None else facts
        self.poses = dict(poses or {})
        self._lm, self._seed, self._listener = lm, seed, listener

    @property
    def lm(self) -> LanguageModel:
        """The language model; the embedded one is loaded at the first use."""
        if self._lm is None:
            from planner.language.embedded import EmbeddedModel

            self._lm = EmbeddedModel()
        return self._lm

    def draft(self, text: str) -> Draft:
        """Returns what the language model says of a sentence; nothing is compiled or checked.

        Raises:
            skills.errors.SkillsError: The text is empty or too long.
        """
        return self.lm.draft(self.instruction(text))

    def plan(self, request: str | Instruction, lm: LanguageModel | None = None) -> Outcome:
        """Returns a certified plan for a sentence, a refusal with its reasons, or a question.

        Args:
            request: The sentence, or an instruction in this scene as it is now.
            lm: Who decomposes it, if not the language model of the rehearsal.

        Raises:
            skills.errors.SkillsError: The text is empty or too long.
        """
        said = request if isinstance(request, Instruction) else self.instruction(request)
        return plan(said, lm or self.lm, self.settings, self._listener)

    def instruction(self, text: str) -> Instruction:
        """Returns a sentence as an instruction in the scene as it is now."""
        return Instruction(text, self.scene, self.facts, self.poses)

    def talk(self) -> "Conversation":
        """Returns a conversation that begins here: it asks, remembers, undoes and says why."""
        from planner.conversation import Conversation

        return Conversation(self)

    def validate(self, source: str | Path | SkillGraph) -> Planned | Refused:
        """Checks a plan from any source against the scene; no language model is loaded.

        Where another robot was asked for, a plan that was made for this scene with its own robot, or with a shipped
        one, is a plan for this scene too.

        Args:
            source: A graph, its JSON text, or the path of a JSON file.

        Raises:
            skills.errors.GraphError: It is not a plan for this scene.
        """
        return certify(self.graph(source), self.scene, self.facts, self.settings, Stopwatch(self._listener))

    def graph(self, source: str | Path | SkillGraph) -> SkillGraph:
        """Returns a plan for this scene, unchecked; see `validate`.

        Raises:
            skills.errors.GraphError: It is not a plan for this scene.
        """
        graph = source if isinstance(source, SkillGraph) else parse_graph(_text(source), self.scene)
        return replace(graph, scene_sha256=self.scene.sha256) if graph.scene_sha256 in self._bodies else graph

    def run(
        self, request: str | Planned, out: str | Path | None = None, executor: Executor | None = None
    ) -> Episode | Refused | Question:
        """Plans a sentence, unless it is planned already, carries it out, and writes the episode.

        Args:
            request: A sentence, or what `plan` returned.
            out: Folder for the episode (default: a new one under ``episodes/``).
            executor: The robot (default: a simulated one in a world that no gate has seen).

        Raises:
            skills.errors.SkillsError: The text is empty or too long.
            planner.dispatch.errors.DispatchError: The robot or the journal failed.
        """
        events: list[Event] = []

        def listen(event: Event) -> None:
            events.append(event)
            self._listener(event)

        if isinstance(request, Planned):
            outcome: Outcome = request
        else:
            outcome = plan(self.instruction(request), self.lm, self.settings, listen)
        if not isinstance(outcome, Planned):
            return outcome
        run = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{outcome.certified.id[:8]}"
        folder = Path(out) if out else Path("episodes") / run
        folder.mkdir(parents=True, exist_ok=True)
        seed, rules = unseen_seed(outcome.certified, self._seed), self.settings.rules
        robot = executor or SimulatedExecutor(seed, Camera(), self.folder, rules=rules)
        with Journal(folder / "journal.sqlite") as journal:
            dispatched = dispatch(outcome.certified, robot, journal, run, listen)
        return write_episode(folder, outcome, dispatched, events)

    def after(self, episode: Episode) -> "Rehearsal":
        """Returns a rehearsal in the world as the episode left it, with the same model and settings.

        Raises:
            skills.errors.SceneError: A thing left the workspace, or the hand still holds something.
        """
        last = episode.dispatched.last
        held = sorted(f.args[0] for f in last.facts if f.predicate == "holding")
        if held:
            raise SceneError.at(
                "hand-not-empty",
                "scene",
                f"The hand still holds {held[0]!r}, and a scene starts with an empty hand.",
                f"Ask for {held[0]!r} to be put somewhere in the same sentence.",
            )
        scene = scene_after(self.scene, episode.dispatched.first, last)
        lasting = frozenset(f for f in last.facts if not PREDICATES[f.predicate].since_start)
        road = Rehearsal(scene, self._lm, self.settings, self._seed, self._listener, lasting)
        road.folder = self.folder
        road.settings = self.settings
        return road


def unseen_seed(plan: CertifiedPlan, seed: int) -> int:
    """Returns a seed for the executor's world that none of the plan's gates has used."""
    used = set(plan.certificate.payload["seeds"])
    for turn in range(len(used) + 1):
        text = f"dispatch/{plan.id}/{seed}/{turn}"
        drawn = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
        if drawn not in used:
            return drawn
    raise AssertionError("more draws than used seeds always hold an unused one")


def content(path: str | Path) -> bytes:
    """Returns the content of a plan's or certificate's file, up to just over the size that is ever accepted.

    Raises:
        GraphError: It cannot be read.
    """
    try:
        with Path(path).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        what = f"The file cannot be read: {getattr(error, 'strerror', None) or error}."
        raise GraphError.at("unreadable", str(path), what, "Check the path.") from error


def _text(source: str | Path) -> str | bytes:
    """Returns the text of a plan: the string itself when it is JSON, else the file's content."""
    return source if isinstance(source, str) and source.lstrip().startswith(("{", "[")) else content(source)
