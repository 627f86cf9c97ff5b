"""The symbolic gate: types, preconditions in every legal order, true causal links, and the goal at the end."""

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from sim_checks import together
from sim_checks.orders import clashes
from sim_checks.typed import MAX_NODES, bound, types
from sim_checks.unchanged import unchanged
from sim_checks.verdict import Outcome, Verdict
from skills.catalogue import Catalogue, load
from skills.errors import GraphError
from skills.finding import Finding, Severity
from skills.graph import Node, SkillGraph
from skills.scene import Scene
from skills.skill import Operator
from skills.symbols import Literal, State


@dataclass(frozen=True, eq=False)
class Grounded:
    """A plan that passed, with what each of its calls means; a repair of it need not ask that again everywhere.

    Args:
        graph: The plan.
        operators: One for each node, in their order.
        runs: sha256 of the plan in whose check each was grounded.
        basis: Hashes of scene, skills and start.
    """

    graph: SkillGraph
    operators: tuple[Operator, ...]
    runs: tuple[str, ...]
    basis: tuple[str, str, str]


class Judged(NamedTuple):
    """A verdict, and for a plan that passed what later checks of its repairs may keep."""

    verdict: Verdict
    grounded: Grounded | None


class _Found(NamedTuple):
    """What checking brought.

    Args:
        findings: Faults and warnings.
        operators: The calls as they were grounded, as far as that came.
    """

    findings: list[Finding]
    operators: tuple[Operator, ...] = ()

    @property
    def failed(self) -> bool:
        """Says whether there is a fault."""
        return any(f.severity == "error" for f in self.findings)


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
    return judge(graph, scene, state, catalogue).verdict


def judge(
    graph: SkillGraph,
    scene: Scene,
    state: State | None = None,
    catalogue: Catalogue | None = None,
    earlier: Grounded | None = None,
) -> Judged:
    """Returns what `check` says, without asking again what calls mean whose causal past is that of an earlier plan.

    Their types and their grounding are kept; that they can be done, all orders, links and the goal are checked anew. A
    plan that would fail that way is checked wholly anew, so that only a PASS rests on what was kept. The verdict is
    that of `check` but for ``kept`` in its evidence, which names those nodes and the plan that each was grounded in.

    Args:
        graph: The plan.
        scene: The scene.
        state: Facts at the start (default: what the scene file says).
        catalogue: Skills (default: the installed ones).
        earlier: A plan that passed.
    """
    started = time.perf_counter()
    skills = catalogue or load()
    start = scene.initial_state() if state is None else state
    basis = (scene.sha256, skills.sha256, _state_sha256(start))
    same = unchanged(earlier.graph, graph) if earlier and earlier.basis == basis else {}
    kept = {index: earlier.operators[old] for index, old in same.items()} if earlier else {}
    found = _check(graph, scene, basis[0], start, skills, kept)
    if kept and found.failed:
        kept, found = {}, _check(graph, scene, basis[0], start, skills, {})
    evidence: dict[str, object] = {
        "plan_sha256": graph.sha256,
        "scene_sha256": basis[0],
        "skills_sha256": basis[1],
        "state_sha256": basis[2],
        "nodes": len(graph.nodes),
    }
    runs = [graph.sha256] * len(graph.nodes)
    if earlier and kept:
        for index in kept:
            runs[index] = earlier.runs[same[index]]
        evidence["kept"] = {graph.nodes[index].id: runs[index] for index in sorted(kept)}
    outcome = Outcome.FAIL if found.failed else Outcome.PASS
    grounded = None if found.failed else Grounded(graph, found.operators, tuple(runs), basis)
    return Judged(
        Verdict("symbolic", outcome, tuple(found.findings), evidence, time.perf_counter() - started), grounded
    )


@lru_cache(maxsize=64)
def _state_sha256(state: State) -> str:
    return hashlib.sha256("\n".join(sorted(map(str, state))).encode()).hexdigest()


def _check(
    graph: SkillGraph,
    scene: Scene,
    scene_sha256: str,
    start: State,
    skills: Catalogue,
    kept: Mapping[int, Operator],
) -> _Found:
    """Checks everything but the types and the grounding of the calls that are kept."""
    findings = bound(graph, scene_sha256)
    if len(graph.nodes) <= MAX_NODES:
        findings += types(graph, scene, skills, kept)
    if any(f.severity == "error" for f in findings):
        return _Found(findings)
    try:
        nodes = graph.ordered()
    except GraphError as error:
        return _Found([*findings, error.finding])
    if nodes != graph.nodes:
        index = next(i for i, (a, b) in enumerate(zip(nodes, graph.nodes, strict=True)) if a != b)
        what = f"{graph.nodes[index].id!r} is listed before a node that comes before it."
        return _Found([*findings, Finding("misordered", f"nodes[{index}]", what, "List the nodes in a legal order.")])
    run = _play(graph, nodes, scene, start, skills, kept)
    if run.findings:
        return _Found([*findings, *run.findings])
    findings += _races(graph, run, start)
    findings += _edges(graph, run)
    findings += together.faults(graph, run.operators, scene)
    for index, literal in enumerate(graph.goal.literals):
        if literal not in run.end:
            what = f"{literal} does not hold after the plan."
            findings.append(Finding("goal-missed", f"goal[{index}]", what, "Add the step that brings it about."))
    return _Found(findings, run.operators)


def _play(
    graph: SkillGraph,
    nodes: tuple[Node, ...],
    scene: Scene,
    start: State,
    skills: Catalogue,
    kept: Mapping[int, Operator],
) -> _Run:
    """Plays one legal order up to the first node that cannot be done."""
    place = {node.id: index for index, node in enumerate(graph.nodes)}
    known = {name: skills.get(name) for name in {node.step.skill for node in nodes}}
    current, operators = start, list[Operator]()
    for index, node in enumerate(nodes):
        operator = kept.get(index)
        if operator is None:
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
