"""Every legal order of a plan, one after the other, as an oracle reads them."""

from collections.abc import Iterator

from skills.graph import SkillGraph, Step


def legal_orders(graph: SkillGraph) -> Iterator[tuple[Step, ...]]:
    """Yields the calls of a small plan in every order that its edges allow; in none, if they go round in a circle.

    Args:
        graph: The plan; ids are unique and edges name them.
    """
    before = {node.id: {e.source for e in graph.edges if e.target == node.id} for node in graph.nodes}
    calls = {node.id: node.step for node in graph.nodes}

    def rest(done: tuple[str, ...]) -> Iterator[tuple[Step, ...]]:
        if len(done) == len(calls):
            yield tuple(calls[name] for name in done)
            return
        for name in calls:
            if name not in done and before[name] <= set(done):
                yield from rest((*done, name))

    return rest(())


def unordered_pairs(graph: SkillGraph) -> list[tuple[Step, Step]]:
    """Returns the calls that have no order between them, each pair once."""
    after: dict[str, set[str]] = {node.id: {node.id} for node in graph.nodes}
    for _ in graph.nodes:
        for edge in graph.edges:
            after[edge.source] |= after[edge.target]
    nodes = graph.nodes
    return [
        (a.step, b.step)
        for i, a in enumerate(nodes)
        for b in nodes[i + 1 :]
        if b.id not in after[a.id] and a.id not in after[b.id]
    ]
