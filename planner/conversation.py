"""`Conversation`: one sentence after the other, with a memory of what was asked, planned, moved and where it was.

Every sentence ends in the same road as a first one: a draft, compiled, gated, certified; or in words. What a sentence
is (a request, a reply, "undo") is told by `planner.language.hearing`; what it means, by the language model.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from planner.compile import compile_draft
from planner.dispatch.executors.port import Executor
from planner.episode import Episode
from planner.instruction import Instruction
from planner.language.asking import joined
from planner.language.embedded import EmbeddedModel
from planner.language.hearing import Hearing
from planner.language.port import Clarifier
from planner.language.rereading import NOT_THIS
from planner.outcome import Outcome, Planned, Question, Refused
from planner.rehearsal import Rehearsal
from planner.why import Past, why
from skills.finding import Finding
from skills.graph import Draft, SkillGraph
from skills.symbols import PREDICATES, Goal, Literal, State

MOST_TURNS = 50
"""Turns that are remembered. Source: our own."""
ASK_AGAIN = 1
"""How often a question is asked again when the reply cannot be read. Source: our own."""


@dataclass(frozen=True)
class Told:
    """An answer in words; nothing was planned.

    Args:
        text: The answer.
    """

    text: str


@dataclass
class Turn:
    """One request and what became of it.

    Args:
        text: What was read: the request, with what was said about it later where that changes it.
        root: The request alone.
        instruction: The request in its world, as the model met it.
        draft: What the model made of it.
        graph: The plan, if there is one.
        barred: Goals that were not meant.
        undoes: Whether it takes back an earlier turn.
        before: The facts seen before the robot moved; None while it has not.
        after: The facts seen when it had ended.
        undone: Whether it was taken back.
    """

    text: str
    root: str
    instruction: Instruction
    draft: Draft
    graph: SkillGraph | None
    barred: tuple[Goal, ...] = ()
    undoes: bool = False
    before: State | None = None
    after: State | None = None
    undone: bool = False

    @property
    def about(self) -> frozenset[str]:
        """Ids of the things that it was about: those that something was to become of."""
        known = self.instruction.scene.entities
        literals = self.draft.goal.literals or (self.graph.goal.literals if self.graph else ())
        return frozenset(x.args[0] for x in literals if x.args and x.args[0] in known)

    @property
    def was(self) -> Mapping[str, str]:
        """Where each of these was before the robot moved."""
        scene, found = self.instruction.scene, dict[str, str]()
        for fact in sorted(self.before or (), key=lambda f: bool(f.args) and f.args[-1] in scene.entities):
            if fact.predicate in ("on", "in") and fact.args[0] in self.about:
                found[fact.args[0]] = fact.args[1]  # an entity comes last, and so wins over a region
        return found


@dataclass(frozen=True)
class Asked:
    """A question that waits for its reply.

    Args:
        instruction: The request that it is about.
        draft: The question with its options.
        times: How often it was asked again.
    """

    instruction: Instruction
    draft: Draft
    times: int = 0


@dataclass
class Decided:
    """A language model for the road that says what the conversation has settled already."""

    settled: Draft
    name: str = "conversation.v1"

    def draft(self, instruction: Instruction) -> Draft:
        """Returns the settled draft."""
        return self.settled


class Conversation:
    """Talks about one scene, turn by turn.

    Args:
        road: The rehearsal to begin with.
        hearing: Tells what a sentence is (default: the shipped examples).
    """

    def __init__(self, road: Rehearsal, hearing: Hearing | None = None) -> None:
        self.road = road
        self.turns: list[Turn] = []
        self.asked: Asked | None = None
        self._hearing = hearing

    @property
    def hearing(self) -> Hearing:
        """Tells what a sentence is; shares the encoder of the embedded model."""
        if self._hearing is None:
            lm = self.road.lm
            self._hearing = Hearing(lm.encoder if isinstance(lm, EmbeddedModel) else None)
        return self._hearing

    def say(self, text: str) -> Outcome | Told:
        """Returns what a sentence leads to: a certified plan, a refusal, a question, or an answer in words.

        Args:
            text: What was said.

        Raises:
            skills.errors.SkillsError: It is empty or too long, or the model cannot be had.
        """
        said = self._instruction(text).checked()
        match self.hearing.move(said, self.asked is not None, bool(self.turns)):
            case "answer" if self.asked is not None:
                return self._reply(self.asked, said)
            case "never_mind":
                self.asked = None
                return Told("All right, nothing moves.")
            case "why":
                plans = [Past(t.graph, t.instruction.scene, t.instruction.state) for t in self.turns if t.graph]
                return Told(why(said, plans, self.hearing))
            case "undo":
                return self._undo(said)
            case "other":
                return self._other(self.turns[-1])
            case "same_again":
                last = self.turns[-1]
                return self._plan(self._instruction(joined(last.root, said)), root=last.root)
            case _:
                return self._plan(self._instruction(said))

    def run(self, planned: Planned, out: str | Path | None = None, executor: Executor | None = None) -> Episode:
        """Carries out what `say` returned last and remembers what it changed.

        Args:
            planned: The plan.
            out: Folder for the episode.
            executor: The robot.

        Raises:
            planner.dispatch.errors.DispatchError: The robot or the journal failed.
            skills.errors.SceneError: The world, as it was left, is no scene to go on with.
        """
        episode = self.road.run(planned, out, executor)
        assert isinstance(episode, Episode)
        if self.turns:
            turn = self.turns[-1]
            turn.before, turn.after = episode.dispatched.first.facts, episode.dispatched.last.facts
            if turn.undoes and episode:
                self._last_done().undone = True
        self.road = self.road.after(episode)
        return episode

    def _instruction(self, text: str) -> Instruction:
        """Returns a sentence in the world as it is, with what the last turn was about."""
        said = self.road.instruction(text)
        if not self.turns:
            return said
        last = self.turns[-1]
        here = said.scene.entities
        recent = frozenset(i for i in last.about if i in here)
        return replace(said, recent=recent, before={k: v for k, v in last.was.items() if k in recent})

    def _plan(
        self,
        instruction: Instruction,
        settled: Draft | None = None,
        root: str | None = None,
        barred: tuple[Goal, ...] = (),
        undoes: bool = False,
    ) -> Outcome:
        """Plans a request, whose draft may be settled already, and remembers it."""
        self.asked = None
        outcome = self.road.plan(instruction, None if settled is None else Decided(settled))
        if isinstance(outcome, Question):
            self.asked = Asked(instruction, outcome.draft)
            return outcome
        draft = outcome.draft
        if draft is not None and (draft.goal.literals or draft.steps):
            text = instruction.text
            turn = Turn(text, root or text, instruction, draft, outcome.graph, barred, undoes)
            self.turns = [*self.turns, turn][-MOST_TURNS:]
        return outcome

    def _reply(self, asked: Asked, reply: str) -> Outcome:
        """Reads a reply to a question; asks again at most `ASK_AGAIN` times."""
        lm, request = self.road.lm, asked.instruction
        if isinstance(lm, Clarifier) and asked.draft.options:
            draft = lm.choose(request, asked.draft.options, reply)
        else:
            draft = lm.draft(replace(request, text=joined(request.text, reply)))
        if not draft.question:
            return self._plan(request, draft)
        if asked.times >= ASK_AGAIN:
            self.asked = None
            what = "I could not tell from the reply which one is meant."
            return _refused("unclear-reply", what, "Say the whole request again, with what tells the thing apart.")
        self.asked = Asked(request, draft, asked.times + 1)
        return Question(draft.question, draft)

    def _other(self, last: Turn) -> Outcome:
        """Reads the last request again, without the reading that was taken."""
        lm, barred = self.road.lm, (*last.barred, last.draft.goal)
        instruction = self._instruction(last.text)
        if isinstance(lm, Clarifier):
            return self._plan(instruction, lm.another(instruction, barred), last.root, barred)
        return self._plan(self._instruction(joined(last.text, NOT_THIS)), root=last.root, barred=barred)

    def _undo(self, text: str) -> Outcome:
        """Plans back what the last turn changed that has not been taken back."""
        done = [t for t in self.turns if t.after is not None and not t.undoes and not t.undone]
        if not done:
            return _refused("nothing-to-undo", "Nothing has moved that could be taken back.", "Ask for something.")
        instruction = self._instruction(text)
        for goal in inverse(done[-1], instruction.state):
            draft = Draft(goal)
            if compile_draft(draft, instruction.scene, instruction.state, text):
                return self._plan(instruction, draft, undoes=True)
        what = "What was done cannot be taken back by any skill."
        return _refused("cannot-undo", what, "Say what should be done instead.")

    def _last_done(self) -> Turn:
        return [t for t in self.turns if t.after is not None and not t.undoes and not t.undone][-1]


def inverse(turn: Turn, now: State) -> list[Goal]:
    """Returns the goals that take a turn back: all that held before, then without the exact regions.

    Facts of the kind that was done to a thing (heated, sliced) cannot be taken back, and are left out.

    Args:
        turn: A turn that was carried out.
        now: The facts that hold now.
    """
    scene = turn.instruction.scene
    touched = {scene.canonical(a) for n in (turn.graph.nodes if turn.graph else ()) for a in n.step.args}
    lost = sorted((turn.before or frozenset()) - (turn.after or frozenset()) - now)
    wanted = [f for f in lost if _restorable(f) and f.args[0] in touched]
    coarse = [f for f in wanted if f.args[-1] in scene.entities]
    return [Goal(tuple(w)) for w in dict.fromkeys((tuple(wanted), tuple(coarse))) if w]


def _restorable(fact: Literal) -> bool:
    known = PREDICATES[fact.predicate]
    return known.goal and known.observed and not known.since_start and bool(fact.args)


def _refused(code: str, what: str, remedy: str) -> Refused:
    return Refused("decompose", (Finding(code, "instruction", what, remedy),))
