"""The road from a sentence to a certified plan, in the order in which data flows."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from planner.compile import compile_draft
from planner.event import Event, Listener, Stopwatch, silent
from planner.instruction import Instruction
from planner.language.port import LanguageModel
from planner.outcome import Attempt, Outcome, Planned, Question, Refused
from planner.repair import Mended, mend
from planner.routing import with_drives
from planner.together import paired, parted, standing
from sim_checks.certificate import issue
from sim_checks.gates import GateReport, GateSettings, Shown, check_plan
from sim_checks.motion_cache import MotionCache
from sim_checks.rules.book import RuleBook
from skills.finding import Finding
from skills.graph import Draft, SkillGraph
from skills.scene import Scene
from skills.symbols import State


@dataclass(frozen=True)
class Settings:
    """How hard to try.

    Args:
        gates: Settings of the gates.
        tries: Most drafts that are compiled and checked: the model's own, and mended ones.
        folder: Folder of the scene's mesh files.
        rules: Safety rules (default: the shipped ones).
        known: Motions that were planned before, by content.
        together: Let two arms work at once where the gates allow it.
    """

    gates: GateSettings = field(default_factory=GateSettings)
    tries: int = 3
    folder: Path | None = None
    rules: RuleBook | None = None
    known: MotionCache | None = None
    together: bool = False


def plan(instruction: Instruction, model: LanguageModel, settings: Settings, listener: Listener = silent) -> Outcome:
    """Returns a certified plan for the instruction, a refusal with its reasons, or a question.

    Args:
        instruction: The request and the world it was made in.
        model: Decomposes the request into a goal and steps.
        settings: How hard to try.
        listener: Hears of every stage.

    Raises:
        skills.errors.SkillsError: The instruction or its scene is not valid.
    """
    watch = Stopwatch(listener)
    scene, state = instruction.scene, instruction.state
    with watch.stage("decompose"):
        draft = model.draft(instruction)

    said, mended, trail, shown = draft, Mended(draft, "model"), list[Attempt](), Shown()
    while mended.draft is not None:
        draft, said = mended.draft, mended.draft if mended.by == "model" else said
        if draft.question:
            return Question(draft.question, draft, watch.seconds, tuple(trail))
        if draft.refusal:
            no = (draft.why or _no_draft(draft.refusal),)
            return Refused("decompose", no, draft, seconds=watch.seconds, trail=tuple(trail))
        with watch.stage("compile"):
            plain = compile_draft(draft, scene, state, instruction.text)
            still = standing(plain.graph, scene, state, settings.folder) if settings.together and plain.graph else ()
            compiled = with_drives(plain, scene, state, settings.folder, still)
        if compiled.graph is None:
            refused = Refused("compile", compiled.findings, said, seconds=watch.seconds)
        else:
            outcome = certify(compiled.graph, scene, state, settings, watch, said, shown)
            if isinstance(outcome, Planned):
                return replace(outcome, notes=compiled.findings, trail=tuple(trail))
            refused, shown = outcome, outcome.shown or shown
        tried = Attempt(draft, mended.by, refused.stage, refused.findings)
        left = len(trail) + 1 < settings.tries
        mended = mend(model, instruction, draft, refused) if left else Mended(None)
        trail.append(replace(tried, findings=(*tried.findings, *mended.note)))
    return replace(refused, trail=tuple(trail))


def certify(
    graph: SkillGraph,
    scene: Scene,
    state: State,
    settings: Settings,
    watch: Stopwatch,
    draft: Draft | None = None,
    earlier: Shown | None = None,
) -> Planned | Refused:
    """Returns the graph as a certified plan if it passes every gate, else the refusal with all verdicts.

    Args:
        graph: The plan, from the compiler or from a file.
        scene: The scene it is for.
        state: The facts that hold now.
        settings: How hard the gates try.
        watch: Times the gates.
        draft: What the language model said, for the record.
        earlier: What the gates have shown of plans that this one repairs.
    """
    watch.listener(Event("gates", "started", f"{len(graph.nodes)} steps: symbols, motions, rehearsals"))
    asked = (settings.gates, state, settings.folder, settings.rules)
    if settings.together and not graph.together:
        graph = paired(graph, scene, state, settings.folder)
    report = check_plan(graph, scene, *asked, known=settings.known, earlier=earlier)
    while settings.together and not report and (left := parted(graph, report.verdicts[-1].findings)) is not None:
        graph = left
        report = check_plan(graph, scene, *asked, known=settings.known, earlier=earlier)
    return conclude(graph, scene, settings, report, watch, draft)


def conclude(
    graph: SkillGraph,
    scene: Scene,
    settings: Settings,
    report: GateReport,
    watch: Stopwatch,
    draft: Draft | None = None,
) -> Planned | Refused:
    """Returns the graph as a certified plan if the gates passed it, else the refusal with all verdicts.

    Args:
        graph: The plan.
        scene: The scene it is for.
        settings: How hard the gates tried.
        report: What they say.
        watch: Hears of the verdicts.
        draft: What the language model said, for the record.
    """
    for verdict in report.verdicts:
        watch.add(verdict.gate, verdict.seconds, bool(verdict))
    for verdict in report.verdicts:
        if not verdict:
            found = (verdict.findings, draft, graph, report.verdicts, report.motions, watch.seconds)
            return Refused(verdict.gate, *found, shown=report.shown)
    with watch.stage("certificate"):
        asked = settings.gates.to_json()
        shown = (report.verdicts, report.motions, asked, report.assets, report.seeds, report.engine)
        certified = issue(graph, scene, *shown)
    return Planned(certified, report.verdicts, draft, seconds=watch.seconds)


def _no_draft(reason: str) -> Finding:
    return Finding("model-refused", "instruction", reason, "Say it in another way, or ask for something else.")
