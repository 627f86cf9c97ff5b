"""Pictures of a skill graph as text: Mermaid, Graphviz DOT, and an indented outline for terminals."""

from skills.graph import Edge, SkillGraph


def to_mermaid(graph: SkillGraph) -> str:
    """Returns the graph as a Mermaid flowchart; added nodes are dashed, resource orders are dotted."""
    number = {node.id: f"n{i}" for i, node in enumerate(graph.nodes)}
    lines = ["flowchart TD"]
    for node in graph.nodes:
        lines.append(f'    {number[node.id]}["{_mermaid(str(node.step))}"]{":::added" if node.added else ""}')
    for edge in graph.edges:
        label, arrow = edge_label(edge), "-->" if edge.literal else "-.->"
        between = f'{arrow}|"{_mermaid(label)}"|' if label else arrow
        lines.append(f"    {number[edge.source]} {between} {number[edge.target]}")
    for index, group in enumerate(graph.together):
        inside = [f"        {number[name]}" for name in group.nodes]
        lines += [f'    subgraph together{index}["two arms at once"]', *inside, "    end"]
    lines.append("    classDef added stroke-dasharray: 4 3")
    return "\n".join(lines) + "\n"


def to_dot(graph: SkillGraph) -> str:
    """Returns the graph in Graphviz's DOT language; added nodes are dashed, resource orders are dotted."""
    lines = ["digraph plan {", "  rankdir=TB;", "  node [shape=box];"]
    for node in graph.nodes:
        attributes = [f"label={_dot(str(node.step))}"]
        if node.added:
            attributes += ["style=dashed", f"tooltip={_dot(node.added)}"]
        lines.append(f"  {_dot(node.id)} [{', '.join(attributes)}];")
    for edge in graph.edges:
        style = "solid" if edge.literal else "dotted"
        lines.append(f"  {_dot(edge.source)} -> {_dot(edge.target)} [label={_dot(edge_label(edge))}, style={style}];")
    return "\n".join([*lines, "}"]) + "\n"


def to_outline(graph: SkillGraph) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Returns one entry per node in a legal order: its call, and notes on why it is there and what it feeds.

    A terminal draws it as a tree; no markup is in it.
    """
    calls = {node.id: str(node.step) for node in graph.nodes}
    outline = []
    for node in graph.ordered():
        notes = [f"added: {node.added}"] if node.added else []
        notes += [f"at the same time as {_calls(calls, other)}" for other in _beside(graph, node.id)]
        notes += [f"{e.literal} -> {calls[e.target]}" for e in graph.edges if e.source == node.id and e.literal]
        outline.append((calls[node.id], tuple(notes)))
    return tuple(outline)


def _beside(graph: SkillGraph, node: str) -> list[tuple[str, ...]]:
    """Returns the runs that the other arm does meanwhile, told once, at the first node of the first run."""
    return [group.second for group in graph.together if group.first[0] == node]


def _calls(calls: dict[str, str], run: tuple[str, ...]) -> str:
    return ", then ".join(calls[name] for name in run)


def edge_label(edge: Edge) -> str:
    """Returns what the edge says: its literal, or its resource."""
    return str(edge.literal) if edge.literal else edge.resource or ""


def _mermaid(text: str) -> str:
    return text.replace("#", "#35;").replace('"', "#quot;").replace("\n", " ")


def _dot(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
