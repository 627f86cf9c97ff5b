"""`SkillGraph`: typed skill calls and the order between them, as a value with a hash."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from skills.errors import GraphError, did_you_mean
from skills.finding import Finding
from skills.symbols import Goal, Literal

if TYPE_CHECKING:
    import networkx as nx

SCHEMA = "rehearse.plan/1"


@dataclass(frozen=True)
class Step:
    """One skill call, as the model drafts it.

    Args:
        skill: Skill id without version, for example ``"place_on"``.
        args: Entity ids (canonical), in the order of the skill's parameters.
    """

    skill: str
    args: tuple[str, ...]

    def __str__(self) -> str:
        """Returns the call as ``skill(a, b)``."""
        return f"{self.skill}({', '.join(self.args)})"


@dataclass(frozen=True)
class Draft:
    """What a language model says of an instruction: a goal and the steps it named.

    Args:
        goal: The goal literals.
        steps: Skill calls in order; prerequisites may be missing.
        question: A question to the person, instead of a plan.
        refusal: Why there is no plan, instead of one.
        confidence: The model's own probability of the draft, 0 to 1.
        options: The readings that the question is about, where they are known.
        why: The refusal as a finding, where its sort is known.
    """

    goal: Goal
    steps: tuple[Step, ...] = ()
    question: str | None = None
    refusal: str | None = None
    confidence: float = 1.0
    options: tuple["Option", ...] = ()
    why: Finding | None = None


@dataclass(frozen=True)
class Option:
    """One reading of an under-specified request.

    Args:
        words: What tells it apart from the others, for example ``"the red mug on the table"``.
        draft: The reading.
    """

    words: str
    draft: Draft


@dataclass(frozen=True)
class Node:
    """A skill call in a graph.

    Args:
        id: Node id, for example ``"n2"``.
        step: The call.
        added: Why the compiler added it (None: the draft named it).
    """

    id: str
    step: Step
    added: str | None = None


@dataclass(frozen=True)
class Edge:
    """An order between two nodes: a causal link (with its literal) or a resource order."""

    source: str
    target: str
    literal: Literal | None = None
    resource: str | None = None


@dataclass(frozen=True)
class Together:
    """Two runs of nodes that two arms do at once, each arm its own run in order, while the base stands still.

    In the list of nodes the second run follows the first; done in that order, one after the other, they would bring
    about the same.

    Args:
        first: Node ids of one arm.
        second: Node ids of the other arm.
    """

    first: tuple[str, ...]
    second: tuple[str, ...]

    @property
    def nodes(self) -> tuple[str, ...]:
        """Node ids of both, in the order of the plan."""
        return (*self.first, *self.second)


@dataclass(frozen=True)
class SkillGraph:
    """A plan. Canonical JSON and sha256 identify it.

    Args:
        goal: What the final world must satisfy.
        nodes: Skill calls, in one legal order.
        edges: Causal links and resource orders; together a DAG.
        scene_sha256: Hash of the scene that it was made for.
        together: What two arms do at once; nothing by default.
    """

    goal: Goal
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...] = ()
    scene_sha256: str = ""
    instruction: str = field(default="", compare=False)
    together: tuple[Together, ...] = ()

    @cached_property
    def sha256(self) -> str:
        """The sha256 of the canonical JSON, as hex."""
        return hashlib.sha256(self.canonical_json().encode()).hexdigest()

    def canonical_json(self) -> str:
        """Returns the graph as canonical JSON (sorted keys, no spaces)."""
        return json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"))

    def to_json(self) -> dict[str, object]:
        """Returns the graph as JSON-ready data (format ``rehearse.plan/1``)."""
        return {
            "schema": SCHEMA,
            "instruction": self.instruction,
            "scene_sha256": self.scene_sha256,
            "goal": [str(literal) for literal in self.goal.literals],
            "nodes": [
                {"id": n.id, "skill": n.step.skill, "args": list(n.step.args), "added": n.added} for n in self.nodes
            ],
            "edges": [
                {
                    "source": e.source,
                    "target": e.target,
                    "literal": str(e.literal) if e.literal else None,
                    "resource": e.resource,
                }
                for e in self.edges
            ],
            **({"together": [[list(t.first), list(t.second)] for t in self.together]} if self.together else {}),
        }

    def acts(self) -> tuple[tuple[Node, ...], ...]:
        """Returns the nodes in order, those together that one motion carries out: single ones but for `together`."""
        if not self.together:
            return tuple((node,) for node in self.nodes)
        known = {node.id: node for node in self.nodes}
        groups = {group.nodes[0]: group.nodes for group in self.together}
        joined = {i for ids in groups.values() for i in ids}
        single = {node.id: (node.id,) for node in self.nodes if node.id not in joined}
        return tuple(
            tuple(known[i] for i in groups.get(node.id, single.get(node.id, ())))
            for node in self.nodes
            if node.id in groups or node.id in single
        )

    def node(self, identifier: str, where: str = "node") -> Node:
        """Returns the node with this id.

        Raises:
            GraphError: There is none.
        """
        for node in self.nodes:
            if node.id == identifier:
                return node
        what = f"There is no node {identifier!r} in the graph."
        raise GraphError.at("unknown-node", where, what, did_you_mean(identifier, [n.id for n in self.nodes]))

    def dag(self) -> "nx.DiGraph[str]":
        """Returns the order of the nodes as a networkx graph.

        Raises:
            GraphError: Two nodes share an id, an edge names an unknown node, or the order is cyclic.
        """
        import networkx as nx  # 80 ms to import; only whoever orders a graph pays for it

        dag: nx.DiGraph[str] = nx.DiGraph()
        for index, node in enumerate(self.nodes):
            if node.id in dag:
                what = f"The id {node.id!r} is used more than once."
                raise GraphError.at("duplicate-node", f"nodes[{index}].id", what, "Give each node its own id.")
            dag.add_node(node.id, index=index)
        for index, edge in enumerate(self.edges):
            for end, name in (("source", edge.source), ("target", edge.target)):
                if name not in dag:
                    what = f"There is no node {name!r}."
                    remedy = did_you_mean(name, [n.id for n in self.nodes])
                    raise GraphError.at("unknown-node", f"edges[{index}].{end}", what, remedy)
            dag.add_edge(edge.source, edge.target)
        if not nx.is_directed_acyclic_graph(dag):
            ring = [source for source, _ in nx.find_cycle(dag)]
            what = f"The order is cyclic: {' -> '.join([*ring, ring[0]])}."
            raise GraphError.at("cyclic", "edges", what, "Remove one of these edges.")
        return dag

    def ordered(self) -> tuple[Node, ...]:
        """Returns the nodes in a legal order; among several, the one closest to the order of `nodes`.

        Raises:
            GraphError: See `dag`.
        """
        position = {node.id: index for index, node in enumerate(self.nodes)}
        if len(position) < len(self.nodes) or any(
            e.source not in position or e.target not in position for e in self.edges
        ):
            self.dag()  # says what is wrong
        arcs = [(position[e.source], position[e.target]) for e in self.edges]
        if all([source < target for source, target in arcs]):
            return self.nodes  # legal as listed, and nothing is closer to that
        after: list[list[int]] = [[] for _ in self.nodes]
        waits = [0] * len(self.nodes)
        for source, target in arcs:
            after[source].append(target)
            waits[target] += 1
        ready = [index for index, count in enumerate(waits) if not count]  # ascending, so a heap
        order = []
        while ready:
            first = heappop(ready)
            order.append(self.nodes[first])
            for later in after[first]:
                waits[later] -= 1
                if not waits[later]:
                    heappush(ready, later)
        if len(order) < len(self.nodes):
            self.dag()  # says which ring
        return tuple(order)
