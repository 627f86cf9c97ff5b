"""`unchanged`: which nodes of a repaired plan have the causal past that they had before.

The causal past of a node is all that must come before it, with the orders between those nodes. Two nodes with the same
call and the same causal past mean the same from the same start: in a plan without clashes (`sim_checks.orders`) whoever
changes a fact that a node needs or reads has an order with it, so only its past decides.

Source: our own; after Lamport, Time, clocks and the ordering of events (1978), for what can have caused what.
"""

from collections.abc import Mapping

from skills.graph import SkillGraph


def unchanged(earlier: SkillGraph, graph: SkillGraph) -> Mapping[int, int]:
    """Returns number of a node -> number of the earlier node with the same call and the same causal past.

    Each earlier node is met once, and the orders between the nodes that are met are the same in both plans. A plan
    whose orders do not lead forwards through its nodes, or lead nowhere, has nothing in common with any other.

    Args:
        earlier: The plan as it was.
        graph: The plan as it is now.
    """
    before, now = _before(earlier), _before(graph)
    if before is None or now is None:
        return {}
    found: dict[int, int] = {}
    free = list(range(len(earlier.nodes)))
    for index, node in enumerate(graph.nodes):
        if any(past not in found for past in now[index]):
            continue
        past = frozenset(found[p] for p in now[index])
        same = next((k for k in free if earlier.nodes[k].step == node.step and before[k] == past), None)
        if same is not None:
            found[index] = same
            free.remove(same)
    return found


def _before(graph: SkillGraph) -> list[frozenset[int]] | None:
    """Returns for each node those that an edge says come before it, or None where that is no order of the nodes."""
    position = {node.id: index for index, node in enumerate(graph.nodes)}
    if len(position) < len(graph.nodes):
        return None
    found: list[set[int]] = [set() for _ in graph.nodes]
    for edge in graph.edges:
        source, target = position.get(edge.source), position.get(edge.target)
        if source is None or target is None or source >= target:
            return None
        found[target].add(source)
    return [frozenset(past) for past in found]


__all__ = ["unchanged"]
