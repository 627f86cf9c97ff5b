"""Reading skill graphs from JSON (format ``rehearse.plan/1``): caps, typed errors with JSON paths, JSON Schema."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Any
from typing import Literal as Choice

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from skills.catalogue import load
from skills.errors import GraphError, SkillsError, did_you_mean
from skills.finding import Finding
from skills.graph import SCHEMA, Edge, Node, SkillGraph, Step, Together
from skills.parameter import PREDICATE_TYPES, Parameter, misfits
from skills.scene import Scene
from skills.symbols import Goal, Literal

MAX_BYTES = 1_000_000
MAX_DEPTH = 64
MAX_NODES = 1000

NodeId = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,63}$")]
EntityId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}(\.(left|right|front|back))?$")]
LiteralText = Annotated[str, Field(min_length=1, max_length=300)]
Run = Annotated[list[NodeId], Field(min_length=1, max_length=MAX_NODES)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class NodeModel(_Strict):
    """A skill call."""

    id: NodeId
    skill: Annotated[str, Field(min_length=1, max_length=64, description="Skill name without version.")]
    args: Annotated[list[EntityId], Field(max_length=8, description="Entity ids in the order of the parameters.")]
    added: Annotated[str, Field(max_length=300, description="Why the compiler added it.")] | None = None


class EdgeModel(_Strict):
    """An order: a causal link when it has a literal, a resource order when it names a resource."""

    source: NodeId
    target: NodeId
    literal: LiteralText | None = None
    resource: Annotated[str, Field(max_length=64)] | None = None


class PlanModel(_Strict):
    """A plan for one scene. Without `edges`, the nodes are done in the order in which they are listed."""

    schema_id: Choice["rehearse.plan/1"] = Field(alias="schema")
    instruction: Annotated[str, Field(max_length=2000)] = ""
    scene_sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    goal: Annotated[list[LiteralText], Field(max_length=200)] = []
    nodes: Annotated[list[NodeModel], Field(max_length=MAX_NODES)]
    edges: Annotated[list[EdgeModel], Field(max_length=20 * MAX_NODES)] | None = None
    together: Annotated[
        list[Annotated[list[Run], Field(min_length=2, max_length=2)]],
        Field(max_length=MAX_NODES, description="Pairs of runs of nodes that two arms do at once, each arm one run."),
    ] = []


def plan_schema() -> dict[str, Any]:
    """Returns the JSON Schema of the plan format."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **PlanModel.model_json_schema(by_alias=True)}


def loads(text: str | bytes, where: str = "plan") -> Any:
    """Returns JSON data, read strictly.

    Args:
        text: The JSON, as text or UTF-8.
        where: What is read, for messages.

    Raises:
        GraphError: It is over 1 MB, nested deeper than 64, not JSON, gives a key twice, or holds NaN.
    """
    size = len(text) if isinstance(text, bytes) else len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise GraphError.at("too-large", where, f"It has {size} bytes; the limit is 1 MB.", "Split the plan.")
    try:
        decoded = text.decode("utf-8") if isinstance(text, bytes) else text
        depth = _depth(decoded)
        if depth > MAX_DEPTH:
            what = f"It is nested {depth} deep; the limit is {MAX_DEPTH}."
            raise GraphError.at("too-deep", where, what, "Flatten the document.")
        return json.loads(decoded, object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise GraphError.at("bad-json", where, f"This is not JSON: {error}.", "Correct the JSON.") from error


def _depth(text: str) -> int:
    depth = deepest = 0
    quoted = escaped = False
    for character in text:
        if quoted:
            quoted = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            quoted = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise ValueError(f"the key {twice!r} is given twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number that JSON knows")


def parse_graph(text: str | bytes, scene: Scene | None = None) -> SkillGraph:
    """Reads a plan from JSON text.

    Args:
        text: The JSON.
        scene: When given, every name is checked against it and made canonical.

    Raises:
        GraphError: The text is not a plan; `where` is the JSON path of the fault.
    """
    return graph_from_data(loads(text), scene)


def graph_from_data(data: object, scene: Scene | None = None) -> SkillGraph:
    """Reads a plan from plain data, for example of `SkillGraph.to_json`; its nodes come out in a legal order.

    Args:
        data: JSON data.
        scene: When given, every name is checked against it and made canonical.

    Raises:
        GraphError: The data is not a plan; `where` is the JSON path of the fault.
    """
    try:
        model = PlanModel.model_validate(data)
    except ValidationError as error:
        raise _first_fault(error) from error
    try:
        goal = Goal(tuple(Literal.parse(t, f"goal[{i}]") for i, t in enumerate(model.goal)))
        nodes = tuple(
            Node(n.id, Step(load().get(n.skill, f"nodes[{i}].skill").id.partition(".")[0], tuple(n.args)), n.added)
            for i, n in enumerate(model.nodes)
        )
        together = tuple(Together(tuple(first), tuple(second)) for first, second in model.together)
        graph = SkillGraph(goal, nodes, _edges(model, nodes), model.scene_sha256, model.instruction, together)
        graph = graph if scene is None else _bind(graph, scene)
        return replace(graph, nodes=graph.ordered())
    except GraphError:
        raise
    except SkillsError as error:
        raise GraphError(error.finding) from error


def _edges(model: PlanModel, nodes: tuple[Node, ...]) -> tuple[Edge, ...]:
    if model.edges is None:
        return tuple(Edge(a.id, b.id) for a, b in zip(nodes, nodes[1:], strict=False))
    return tuple(
        Edge(e.source, e.target, Literal.parse(e.literal, f"edges[{i}].literal") if e.literal else None, e.resource)
        for i, e in enumerate(model.edges)
    )


def _bind(graph: SkillGraph, scene: Scene) -> SkillGraph:
    """Returns the graph with canonical ids.

    Raises:
        GraphError: A call or a goal literal does not fit the scene.
    """
    for index, node in enumerate(graph.nodes):
        skill = load().get(node.step.skill)
        _refuse(misfits(skill.parameters, node.step.args, scene, f"nodes[{index}].args", node.step.skill))
    for index, literal in enumerate(graph.goal.literals):
        parameters = [Parameter(f"argument {i}", t) for i, t in enumerate(PREDICATE_TYPES[literal.predicate])]
        _refuse(misfits(parameters, literal.args, scene, f"goal[{index}].args", literal.predicate))
    return SkillGraph(
        Goal(tuple(_canonical(g, scene) for g in graph.goal.literals)),
        tuple(Node(n.id, Step(n.step.skill, tuple(map(scene.canonical, n.step.args))), n.added) for n in graph.nodes),
        tuple(
            Edge(e.source, e.target, _canonical(e.literal, scene) if e.literal else None, e.resource)
            for e in graph.edges
        ),
        graph.scene_sha256,
        graph.instruction,
        graph.together,
    )


def _canonical(literal: Literal, scene: Scene) -> Literal:
    return Literal(literal.predicate, tuple(scene.canonical(a) for a in literal.args))


def _refuse(findings: Iterable[Finding]) -> None:
    for finding in findings:
        raise GraphError(finding)


def _first_fault(error: ValidationError) -> SkillsError:
    """Returns the first fault with its JSON path and a remedy that lists what is allowed."""
    fault = error.errors(include_url=False)[0]
    path = ""
    for part in fault["loc"]:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    kind = fault["type"]
    remedy = "See the plan's JSON Schema."
    if kind == "extra_forbidden":
        valid = {1: PlanModel, 3: NodeModel if fault["loc"][0] == "nodes" else EdgeModel}.get(len(fault["loc"]))
        fields = [f.alias or n for n, f in valid.model_fields.items()] if valid else []
        remedy = did_you_mean(str(fault["loc"][-1]), fields)
    elif kind == "literal_error":
        remedy = f"Write {SCHEMA!r}."
    elif kind == "missing":
        remedy = "Add it."
    given = "" if kind in ("missing", "extra_forbidden") else f" It is {str(fault['input'])[:80]!r}."
    return GraphError.at("bad-plan", path or "plan", f"{fault['msg']}.{given}", remedy)
