"""Answers to "why did you ...?": from a plan's causal links, never made up."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from planner.language.describing import fact_words, step_words
from planner.language.hearing import Hearing
from planner.links import reason
from skills.graph import Edge, Node, SkillGraph
from skills.scene import Scene
from skills.symbols import Literal, State
from skills.trace import Moment, trace

LEAST = 0.45
"""Least cosine between a question and the step that it is about. Source: our own; unrelated questions stay below."""


@dataclass(frozen=True, eq=False)
class Past:
    """A plan that questions may be about.

    Args:
        graph: The plan.
        scene: The scene that it was made for.
        state: The facts that it started from.
    """

    graph: SkillGraph
    scene: Scene
    state: State


def why(text: str, plans: Sequence[Past], hearing: Hearing) -> str:
    """Returns why a step was planned: what needs it, and so on up to what was asked for.

    Args:
        text: The question.
        plans: The plans that are remembered, oldest first.
        hearing: Says which step the question is about.
    """
    if not plans:
        return "I have planned nothing yet."
    steps = [(past, node) for past in reversed(plans) for node in past.graph.ordered()]
    phrases = [step_words(node.step, past.scene) for past, node in steps]
    near = hearing.likeness(text, [f"why did you {p}" for p in phrases])
    best = max(range(len(steps)), key=lambda k: (round(near[k], 3), -k))
    bare = hearing.likeness(text, phrases)[best]
    if bare < LEAST:
        done = ", then ".join(step_words(n.step, plans[-1].scene) for n in plans[-1].graph.ordered())
        return f"I do not know which step you mean. My last plan was to {done}."
    return explained(*steps[best])


def explained(past: Past, node: Node) -> str:
    """Returns the chain of reasons from a node to the goal.

    Args:
        past: The plan.
        node: One of its nodes.
    """
    graph, scene = past.graph, past.scene
    order = graph.ordered()
    moments = trace([n.step for n in order], scene, past.state)
    position = {n.id: k for k, n in enumerate(order)}
    path = _path(graph, node, moments, position)
    said = []
    for edge in path:
        here, there = order[position[edge.source]], order[position[edge.target]]
        assert edge.literal is not None
        fact = fact_words(edge.literal, scene)
        said.append(f"I {step_words(here.step, scene)} because, to {step_words(there.step, scene)}, {fact}")
    last = order[position[path[-1].target]] if path else node
    asked = _asked(graph, moments, position[last.id])
    step = step_words(last.step, scene)
    if asked:
        said.append(f"I {step} because you asked for it: in the end {fact_words(asked[0], scene)}")
    elif not path:
        operators = [m.operator for m in moments]
        more = reason(position[node.id], operators, graph.goal) if position[node.id] < len(operators) else node.added
        said.append(f"I {step}: it {more}")
    return ". ".join(s[0].upper() + s[1:] for s in said) + "."


def _path(graph: SkillGraph, node: Node, moments: Sequence[Moment], position: dict[str, int]) -> list[Edge]:
    """Returns the shortest way along causal links from a node to one that brings about what was asked."""
    came: dict[str, Edge | None] = {node.id: None}
    queue = deque([node.id])
    while queue:
        here = queue.popleft()
        if _asked(graph, moments, position[here]):
            path: list[Edge] = []
            edge = came[here]
            while edge is not None:
                path.insert(0, edge)
                edge = came[edge.source]
            return path
        for edge in graph.edges:
            if edge.source == here and edge.literal is not None and edge.target not in came:
                came[edge.target] = edge
                queue.append(edge.target)
    return []


def _asked(graph: SkillGraph, moments: Sequence[Moment], index: int) -> list[Literal]:
    """Returns the goal's facts that a call brings about."""
    return [g for g in graph.goal.literals if index < len(moments) and g in moments[index].operator.add]
