"""Compiling a draft: missing prerequisites filled in by symbolic search, causal links drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.links import causal_links, reason, resource_orders, threat_orders
from planner.relaxed import Problem
from planner.resolve import Resolved, resolve
from planner.search import EXPANSIONS, Call, Found, search
from skills.catalogue import Catalogue, load
from skills.finding import Finding
from skills.graph import Draft, Node, SkillGraph, Step
from skills.scene import Scene
from skills.symbols import PREDICATES, Goal, Literal, State


@dataclass(frozen=True)
class Compiled:
    """What became of a draft. Truthy when it has a graph.

    Args:
        graph: The plan, or None when there is none.
        added: Nodes that the draft did not name, each with its reason.
        findings: Why there is no plan (errors), and what was changed (warnings).
    """

    graph: SkillGraph | None
    added: tuple[Node, ...] = ()
    findings: tuple[Finding, ...] = ()

    def __bool__(self) -> bool:
        """True when there is a graph."""
        return self.graph is not None


def compile_draft(
    draft: Draft,
    scene: Scene,
    state: State | None = None,
    instruction: str = "",
    catalogue: Catalogue | None = None,
    limit: int = EXPANSIONS,
) -> Compiled:
    """Returns the skill graph of ``draft``, or findings.

    The draft's steps keep their order, unless the same calls in another order need fewer additions. Without
    steps, the plan is found from the goal alone.

    Args:
        draft: Goal and steps, as the model said them.
        scene: The scene.
        state: Facts now (default: what the scene file says).
        instruction: The sentence, for the record.
        catalogue: Skills (default: the installed ones).
        limit: Most states that one search opens.
    """
    if draft.question or draft.refusal:
        what = f"The draft is a {'question' if draft.question else 'refusal'}: {draft.question or draft.refusal!r}."
        return Compiled(None, findings=(Finding("no-plan", "draft", what, "Answer it, or ask for something else."),))
    skills = catalogue or load()
    start = scene.initial_state() if state is None else state
    resolved = resolve(draft, scene, skills)
    if not resolved.ok:
        return Compiled(None, findings=resolved.findings)
    problem = Problem(scene, skills, resolved.goal, resolved.steps)
    found = search(problem, start, limit)
    findings = list(resolved.findings)
    if resolved.steps and resolved.goal:
        found, said = _reordered(problem, found, start, limit)
        findings += said
    if found.calls is None:
        return Compiled(None, findings=(*findings, *_failure(resolved, found)))
    findings += _skips(resolved, found.skipped)
    if resolved.goal and not found.calls:
        what = f"{Goal(resolved.goal)} holds already."
        findings.append(Finding("already-true", "goal", what, "There is nothing to do.", "warning"))
    goal = Goal(resolved.goal) if resolved.goal else _net_effect(found.calls, start)
    if not goal.literals:
        what = "Nothing is asked of the final world, so nothing could be judged."
        return Compiled(
            None, findings=(*findings, Finding("empty-goal", "goal", what, "State what must hold in the end."))
        )
    graph = _draw(found.calls, goal, scene, instruction)
    return Compiled(graph, tuple(n for n in graph.nodes if n.added), tuple(findings))


def _reordered(problem: Problem, found: Found, start: State, limit: int) -> tuple[Found, list[Finding]]:
    """Returns the plan from the goal alone instead, where that is no more than the draft's own calls, done better.

    It replaces a plan that keeps the draft's order when it has fewer calls and holds all calls of the draft that are
    still needed; nothing else is ever reordered.
    """
    if found.calls is not None and all(c.step is not None for c in found.calls):
        return found, []
    free = search(Problem(problem.scene, problem.catalogue, problem.goal), start, limit)
    if free.calls is None or (found.calls is not None and len(free.calls) >= len(found.calls)):
        return found, []
    number: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for index, step in enumerate(problem.steps):
        number.setdefault((step.skill, step.args), []).append(index)
    calls = []
    for call in free.calls:
        named = number.get((call.operator.name, call.operator.args))
        calls.append(Call(call.operator, named.pop(0) if named else None))
    left = sorted(i for indices in number.values() for i in indices)
    if found.calls is not None and any(i not in found.skipped for i in left):
        return found, []
    warning = Finding(
        "reordered",
        "steps",
        "The steps cannot be done in this order" + ("." if found.calls is None else " without undoing some of them."),
        "Check the order of the compiled plan.",
        "warning",
    )
    return Found(tuple(calls), tuple(left), expansions=found.expansions + free.expansions), [warning]


def _failure(resolved: Resolved, found: Found) -> list[Finding]:
    remedy = "Ask for something that the skills can bring about in this scene."
    if found.impossible:
        literal, wanted = found.impossible[0]
        where = f"goal[{resolved.goal.index(literal)}]" if literal in resolved.goal else "steps"
        what = f"No skill can {'bring about' if wanted else 'undo'} {literal} from here."
        return [Finding("unreachable-goal", where, what, remedy)]
    if found.exhausted:
        what = f"No order of the skill calls that help reaches {Goal(resolved.goal)}."
        return [Finding("no-plan-found", "goal", what, remedy)]
    what = f"No plan was found among {found.expansions} states; that does not prove that there is none."
    return [Finding("search-limit", "goal", what, "Split the request, or name the steps.")]


def _skips(resolved: Resolved, skipped: Sequence[int]) -> list[Finding]:
    return [
        Finding(
            "already-true",
            f"steps[{index}]",
            f"{resolved.steps[index]} is left out: what it brings about already holds.",
            "Leave the step away.",
            "warning",
        )
        for index in skipped
    ]


def _net_effect(calls: Sequence[Call], start: State) -> Goal:
    """Returns what the calls change for good, as a goal, for a draft that names steps alone."""
    end, changed = start, list[Literal]()
    for call in calls:
        end = call.operator.apply(end)
        changed += [f for f in sorted(call.operator.add) if PREDICATES[f.predicate].goal and f not in changed]
    return Goal(tuple(f for f in changed if f in end and f not in start))


def _draw(calls: Sequence[Call], goal: Goal, scene: Scene, instruction: str) -> SkillGraph:
    operators = [c.operator for c in calls]
    ids = [f"n{i + 1}" for i in range(len(calls))]
    nodes = tuple(
        Node(ids[i], Step(c.operator.name, c.operator.args), None if c.step is not None else reason(i, operators, goal))
        for i, c in enumerate(calls)
    )
    links = causal_links(ids, operators)
    edges = (*links, *resource_orders(ids, operators, links))
    edges = (*edges, *threat_orders(ids, operators, edges))
    return SkillGraph(goal, nodes, edges, scene.sha256, instruction)
