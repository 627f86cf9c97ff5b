"""`rehearse rules`: what no plan may bring about, and why."""

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from planner.faces.answer import Answer, ExitCode
from planner.faces.options import JsonOption, RulesOption
from sim_checks.rules.book import open_rules
from sim_checks.rules.limit import Strict, properties
from sim_checks.rules.naming import read_name

app = typer.Typer(help="Lists the safety rules that every plan is checked against.")


@app.callback(invoke_without_command=True)
def default(context: typer.Context) -> None:
    """Lists the safety rules that every plan is checked against; no language model can change one."""
    if context.invoked_subcommand is None:
        list_rules()


@app.command("list")
def list_rules(rules: RulesOption = None, as_json: JsonOption = False) -> None:
    """Lists every rule. Example: rehearse rules list --rules my_rules.yaml."""
    book = open_rules(rules)
    data = {"rules": [r.model_dump(mode="json") for r in book.rules], "sha256": book.sha256}

    def show(console: Console) -> None:
        table = Table(box=None, pad_edge=False)
        for column in ("id", "rule"):
            table.add_column(column)
        for rule in book.rules:
            table.add_row(rule.id, escape(rule.words))
        console.print(table)
        console.print(f"{len(book.rules)} rules, sha256 {book.sha256[:12]}")

    Answer(ExitCode.PASS, data, show).give(as_json)


@app.command("show")
def show_rule(
    name: Annotated[str, typer.Argument(help="A rule's id, or the code of a finding.", metavar="RULE")],
    rules: RulesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Shows one rule: why, where it comes from, what breaks it. Example: rehearse rules show metal-in-microwave."""
    rule = open_rules(rules).get(name, "RULE")

    def show(console: Console) -> None:
        console.print(f"[bold]{rule.id}[/]  {escape(rule.words)}")
        for label, text in (("why", rule.why), ("source", rule.source), ("instead", rule.instead)):
            console.print(f"  {label:8} {escape(text)}")
        for pattern in rule.when:
            console.print(f"  breaks it: {escape(_spoken(pattern))}")
        for limit in rule.watch:
            console.print(f"  watched:   {escape(_spoken(limit))}")

    Answer(ExitCode.PASS, rule.model_dump(mode="json"), show).give(as_json)


@app.command("words")
def words(
    name: Annotated[str | None, typer.Argument(help="What a thing is called; without it, every property.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Shows what the rules understand of a name. Example: rehearse rules words "bottle of bleach"."""
    if name is None:
        known = sorted(properties())
        everything: dict[str, object] = {"properties": known}
        Answer(ExitCode.PASS, everything, lambda c: c.print(", ".join(known))).give(as_json)
        return
    reading = read_name(name)
    data = {"name": name, "noun": reading.noun, "size": reading.size, "properties": sorted(reading.properties)}

    def show(console: Console) -> None:
        said = ", ".join(sorted(reading.properties)) or "nothing: no word of it is known"
        console.print(f"{escape(name)}: {said}", markup=False)

    Answer(ExitCode.PASS, data, show).give(as_json)


def _spoken(part: Strict) -> str:
    """Returns a pattern or a limit on one line."""
    stated = part.model_dump(mode="json", exclude_defaults=True)
    return "; ".join(f"{k} {', '.join(v) if isinstance(v, list) else v}" for k, v in stated.items())
