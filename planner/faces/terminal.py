"""How plans, verdicts and progress look in a terminal."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.tree import Tree

from planner.event import Event
from planner.faces.answer import finding_text
from sim_checks.verdict import Outcome, Verdict
from skills.graph import SkillGraph, Step
from skills.scene import Scene

_MARKS = {
    Outcome.PASS: "[green]pass[/]",
    Outcome.FAIL: "[red]fail[/]",
    Outcome.INCONCLUSIVE: "[yellow]inconclusive[/]",
    Outcome.UNKNOWN: "[yellow]unknown[/]",
}


class Progress:
    """Prints each event as one line on stderr; a `planner.event.Listener`.

    Args:
        quiet: Print nothing.
    """

    def __init__(self, quiet: bool = False) -> None:
        self._console = Console(stderr=True, highlight=False, soft_wrap=True, quiet=quiet)

    def __call__(self, event: Event) -> None:
        """Prints the event."""
        spent = f" [dim]{event.seconds:.1f} s[/]" if event.seconds is not None else ""
        detail = f" {escape(event.detail)}" if event.detail else ""
        if event.state == "started":
            if self._console.is_terminal or event.detail:
                self._console.print(f"[dim].. {escape(event.stage)}{detail}[/]")
            return
        mark = {"done": "[green]ok[/]", "failed": "[red]no[/]"}.get(event.state, "[dim]--[/]")
        self._console.print(f"{mark} {escape(event.stage)}{detail}{spent}")


def said(step: Step, scene: Scene) -> str:
    """Returns a step in people's words, for example ``place on: black bowl -> plate``."""
    names = [_words(a, scene) for a in step.args]
    return f"{step.skill.replace('_', ' ')}: {' -> '.join(names)}" if names else step.skill.replace("_", " ")


def _words(identifier: str, scene: Scene) -> str:
    entity = scene.entities.get(scene.canonical(identifier))
    if entity is not None:
        return entity.words
    region = next((r for r in scene.regions if r.id == identifier), None)
    return (region.label or identifier) if region else identifier


def plan_tree(graph: SkillGraph, scene: Scene) -> Tree:
    """Returns the plan as a tree: steps in order, and why the compiler added some of them."""
    tree = Tree(f"[bold]{escape(graph.instruction or 'plan')}[/]  [dim]goal: {escape(str(graph.goal))}[/]")
    for node in graph.nodes:
        branch = tree.add(
            f"{escape(node.id)}  [cyan]{escape(str(node.step))}[/]  [dim]{escape(said(node.step, scene))}[/]"
        )
        if node.added:
            branch.add(f"[yellow]added:[/] {escape(node.added)}")
        for edge in graph.edges:
            if edge.target == node.id:
                why = str(edge.literal or edge.resource or "")
                branch.add(f"[dim]after {escape(edge.source)}{': ' if why else ''}{escape(why)}[/]")
    return tree


def verdict_table(verdicts: Iterable[Verdict]) -> Table:
    """Returns the gates' verdicts as a table."""
    table = Table(title=None, box=None, pad_edge=False)
    for column in ("gate", "verdict", "seconds", "evidence"):
        table.add_column(column, justify="right" if column == "seconds" else "left", overflow="fold")
    for verdict in verdicts:
        evidence = ", ".join(f"{k} {_short(v)}" for k, v in verdict.evidence.items() if not k.endswith("sha256"))
        table.add_row(verdict.gate, _MARKS[verdict.outcome], f"{verdict.seconds:.1f}", escape(evidence))
    return table


def show_findings(console: Console, verdicts: Sequence[Verdict]) -> None:
    """Prints every finding of the verdicts."""
    for verdict in verdicts:
        for finding in verdict.findings:
            console.print(finding_text(finding))


def _short(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3g}"
    text = str(value)
    return text if len(text) <= 40 else text[:37] + "..."
