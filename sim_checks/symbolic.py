"""The symbolic gate: types, preconditions in every legal order, true causal links, and the goal at the end."""

import hashlib
import time
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from sim_checks.orders import clashes
from sim_checks.verdict import Outcome, Verdict
from skills.catalogue import Catalogue, load
from skills.errors import GraphError, VocabularyError
from skills.finding import Finding, Severity
from skills.graph import Node, SkillGraph, Step
from skills.parameter import PREDICATE_TYPES, Parameter, misfits
from skills.scene import Scene
from skills.skill import Operator
from skills.symbols import PREDICATES, Literal, State

MAX_NODES = 1000
"""Largest plan that is checked. Source: the caps of the plan format."""
MAX_FINDINGS = 50
"""Faults of types after which no more are looked for: whoever sends a thousand learns from fewer. Source: our own."""


class _Run(NamedTuple):
    """One legal order, played through.

    Args:
        nodes: Nodes in that order.
        operators: Their operators, as far as the order could be played.
        end: State at the end.
        findings: Why it could not be played to the end.
    """

    nodes: tuple[Node, ...]
    operators: tuple[Operator, ...]
    end: State
    findings: tuple[Finding, ...]


def check(graph: SkillGraph, scene: Scene, state: State | None = None, catalogue: Catalogue | None = None) -> Verdict:
    """Returns PASS when every legal order of the graph can be done and reaches the goal, else FAIL with findings.

    One legal order is played through; `sim_checks.orders` says whether all others, and every parallel schedule, can be
    done too and end in the same state.

    Args:
        graph: The plan.
        scene: The scene.
        state: Facts at the start (default: what the scene file says).
        catalogue: Skills (default: the installed ones).
    """
    started = time.perf_counter()
    skills = catalogue or load()
    start = scene.initial_state() if state is None else state
    scene_sha256 = scene.sha256
    findings = _check(graph, scene, scene_sha256, start, skills)
    failed = any(f.severity == "error" for f in findings)
    evidence = {
        "plan_sha256": graph.sha256,
        "scene_sha256": scene_sha256,
        "skills_sha256": skills.sha256,
        "state_sha256": _state_sha256(start),
        "nodes": len(graph.nodes),
    }
    outcome = Outcome.FAIL if failed else Outcome.PASS
    return Verdict("symbolic", outcome, tuple(findings), evidence, time.perf_counter() - started)


@lru_cache(maxsize=64)
def _state_sha256(state: State) -> str:
    return hashlib.sha256("\n".join(sorted(map(str, state))).encode()).hexdigest()


def _check(graph: SkillGraph, scene: Scene, scene_sha256: str, start: State, skills: Catalogue) -> list[Finding]:
    findings = _bound(graph, scene_sha256)
    if len(graph.nodes) <= MAX_NODES:
        findings += _types(graph, scene, skills)
    if any(f.severity == "error" for f in findings):
        return findings
    try:
        nodes = graph.ordered()
    except GraphError as error:
        return [*findings, error.finding]
    if nodes != graph.nodes:
        index = next(i for i, (a, b) in enumerate(zip(nodes, graph.nodes, strict=True)) if a != b)
        what = f"{graph.nodes[index].id!r} is listed before a node that comes before it."
        return [*findings, Finding("misordered", f"nodes[{index}]", what, "List the nodes in a legal order.")]
    run = _play(graph, nodes, scene, start, skills)
    if run.findings:
        return [*findings, *run.findings]
    findings += _races(graph, run, start)
    findings += _edges(graph, run)
    for index, literal in enumerate(graph.goal.literals):
        if literal not in run.end:
            what = f"{literal} does not hold after the plan."
            findings.append(Finding("goal-missed", f"goal[{index}]", what, "Add the step that brings it about."))
    return findings


def _bound(graph: SkillGraph, scene_sha256: str) -> list[Finding]:
    """Checks that the graph was made for this scene and asks for something."""
    findings = []
    if len(graph.nodes) > MAX_NODES:
        what = f"The plan has {len(graph.nodes)} nodes; the limit is {MAX_NODES}."
        findings.append(Finding("too-large", "nodes", what, "Split the plan."))
    if not graph.goal.literals:
        what = "The plan promises nothing, so nothing can be judged."
        findings.append(Finding("empty-goal", "goal", what, "State what must hold at the end."))
    if not graph.scene_sha256:
        what = "The plan does not say which scene it was made for."
        findings.append(Finding("unbound-scene", "scene_sha256", what, "Give the scene's sha256.", "warning"))
    elif graph.scene_sha256 != scene_sha256:
        what = f"The plan was made for another scene ({graph.scene_sha256[:12]}, not {scene_sha256[:12]})."
        findings.append(Finding("other-scene", "scene_sha256", what, "Plan again for this scene."))
    return findings


def _types(graph: SkillGraph, scene: Scene, skills: Catalogue) -> list[Finding]:
    """Checks skills, arguments and goal literals against their types; ids must be canonical."""
    findings: list[Finding] = []
    sound: set[Step] = set()
    for index, node in enumerate(graph.nodes):
        if node.step in sound:
            continue
        where = f"nodes[{index}]"
        try:
            skill = skills.get(node.step.skill, f"{where}.skill")
        except VocabularyError as error:
            found: tuple[Finding, ...] = (error.finding,)
        else:
            found = misfits(skill.parameters, node.step.args, scene, f"{where}.args", node.step.skill)
            found += _aliases(node.step.args, scene, f"{where}.args")
        findings += found
        if not found:
            sound.add(node.step)
        if len(findings) >= MAX_FINDINGS:
            return findings
    for index, literal in enumerate(graph.goal.literals):
        where = f"goal[{index}]"
        predicate = PREDICATES.get(literal.predicate)
        if predicate is None or not predicate.goal:
            what = f"{literal.predicate!r} cannot be asked of the final world."
            findings.append(Finding("not-a-goal", where, what, "Ask where things are, or how parts stand."))
            continue
        parameters = [Parameter(f"argument {i}", t) for i, t in enumerate(PREDICATE_TYPES[literal.predicate])]
        findings += misfits(parameters, literal.args, scene, f"{where}.args", literal.predicate)
        findings += _aliases(literal.args, scene, f"{where}.args")
    return findings


def _aliases(args: Sequence[str], scene: Scene, where: str) -> tuple[Finding, ...]:
    others = [(i, a, scene.canonical(a)) for i, a in enumerate(args) if scene.canonical(a) != a]
    return tuple(
        Finding("alias", f"{where}[{i}]", f"{a!r} is another name of {name!r}.", "Use the latter.")
        for i, a, name in others
    )


def _play(graph: SkillGraph, nodes: tuple[Node, ...], scene: Scene, start: State, skills: Catalogue) -> _Run:
    """Plays one legal order up to the first node that cannot be done."""
    place = {node.id: index for index, node in enumerate(graph.nodes)}
    known = {name: skills.get(name) for name in {node.step.skill for node in nodes}}
    current, operators = start, list[Operator]()
    for node in nodes:
        operator = known[node.step.skill].ground(node.step.args, scene, current)  # ids are canonical by now
        if not operator.applicable(current):
            where = f"nodes[{place[node.id]}]"
            findings = [
                Finding("unmet-precondition", where, f"{node.step} needs {f}, which does not hold then.", _remedy(f))
                for f in operator.missing(current)
            ] + [
                Finding("blocked", where, f"{node.step} cannot be done while {f}.", _cure(node, f))
                for f in operator.blocking(current)
            ]
            return _Run(nodes, tuple(operators), current, tuple(findings))
        operators.append(operator)
        current = operator.apply(current)
    return _Run(nodes, tuple(operators), current, ())


def _remedy(fact: Literal) -> str:
    first = fact.args[0] if fact.args else ""
    return {
        "hand_empty": "Put down what the hand holds first.",
        "holding": f"Pick {first!r} up first.",
        "open": f"Open {first!r} first.",
        "closed": f"Close {first!r} first.",
    }.get(fact.predicate, f"Bring {fact} about first.")


def _cure(node: Node, fact: Literal) -> str:
    if fact.predicate in ("on", "in") and fact.args[0] not in node.step.args:
        return f"Move {fact.args[0]!r} away first."
    return "Leave the step away."


def _races(graph: SkillGraph, run: _Run, start: State) -> list[Finding]:
    """Finds nodes whose order matters, or that need the same resource, and that have no order."""
    position = {node.id: index for index, node in enumerate(run.nodes)}
    arcs = [(position[e.source], position[e.target]) for e in graph.edges]
    findings = []
    for first, second, why in clashes(run.operators, arcs, start):
        what = f"{run.operators[first]} and {run.operators[second]} have no order, but {why}."
        remedy = f"Add an edge from {run.nodes[first].id!r} to {run.nodes[second].id!r}."
        findings.append(Finding("unordered", f"nodes[{second}]", what, remedy))
    return findings


def _edges(graph: SkillGraph, run: _Run) -> list[Finding]:
    """Checks that each edge says something true, and that the causal links are complete."""
    position = {node.id: index for index, node in enumerate(run.nodes)}
    producers = _producers(run.operators)
    findings: list[Finding] = []
    claimed: set[tuple[int, int, Literal]] = set()
    for index, edge in enumerate(graph.edges):
        first, second = position[edge.source], position[edge.target]
        source, target = run.operators[first], run.operators[second]
        literal, resource = edge.literal, edge.resource
        if literal is not None:
            if (first, second, literal) in claimed:
                what = f"The link {literal} is drawn twice."
                findings.append(Finding("duplicate-edge", f"edges[{index}]", what, "Remove one of them."))
            claimed.add((first, second, literal))
            if producers[second].get(literal) != first:
                what, place = f"{literal} does not lead from {source} to {target}.", f"edges[{index}].literal"
                findings.append(Finding("false-link", place, what, "Remove the link, or correct it."))
        if resource is not None and not (resource in source.resources and resource in target.resources):
            what, place = f"{source} and {target} do not both use {resource!r}.", f"edges[{index}].resource"
            findings.append(Finding("false-resource", place, what, "Remove the order, or correct it."))
    severity: Severity = "error" if claimed else "warning"
    for second, made in enumerate(producers):
        for fact in sorted(made) if len(made) > 1 else made:
            if (made[fact], second, fact) not in claimed:
                first = made[fact]
                what = f"No link says that {run.operators[first]} makes {fact} true for {run.operators[second]}."
                remedy = f"Add an edge from {run.nodes[first].id!r} to {run.nodes[second].id!r} with it."
                findings.append(Finding("missing-link", "edges", what, remedy, severity))
    return findings


def _producers(operators: Sequence[Operator]) -> list[dict[Literal, int]]:
    """Returns for each call which earlier one was the last to make each of its preconditions true."""
    last: dict[Literal, int] = {}
    found = []
    for index, operator in enumerate(operators):
        found.append({f: last[f] for f in operator.preconditions if f in last})
        for fact in operator.add:
            last[fact] = index
    return found
