"""`rehearse bench language` and `rehearse bench lm`: what the language model understands, and how fast it is."""

import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from planner.faces.answer import ExitCode
from planner.faces.options import EMBEDDED, LmOption, model_of
from skills.errors import SkillsError

if TYPE_CHECKING:
    from planner.bench.language.table import Report
    from planner.language.port import LanguageModel


class SuiteName(StrEnum):
    """The suites."""

    LIBERO = "libero"
    CALVIN = "calvin"
    SAYCAN = "saycan"
    ALFRED = "alfred"
    OWN = "own"
    AMBIGUITY = "ambiguity"
    SAFETY = "safety"
    ROBUSTNESS = "robustness"


class UsageError(SkillsError):
    """The options do not fit together."""


def add_to(app: typer.Typer) -> None:
    """Adds the commands of this file to ``rehearse bench``."""
    app.command("language")(language)
    app.command("lm")(lm)


def language(
    suite: Annotated[SuiteName | None, typer.Option("--suite", help="What to measure.")] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", help="The suite's public file (calvin, saycan, alfred).", metavar="FILE"),
    ] = None,
    folder: Annotated[
        Path | None, typer.Option("--dir", help="Folder of suites with BDDL files (libero).", metavar="DIR")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Only N sentences, spread over the suite.")
    ] = None,
    lm: LmOption = EMBEDDED,
    out: Annotated[Path | None, typer.Option("--json", help="File for figures and rows.", metavar="OUT")] = None,
    jsonl: Annotated[
        Path | None,
        typer.Option("--jsonl", help='Instead of a suite: lines {"scene": PATH, "instruction": TEXT}.', metavar="IN"),
    ] = None,
    answers: Annotated[
        Path | None, typer.Option("--out", help="File for the answers to --jsonl, one a line.", metavar="OUT")
    ] = None,
) -> None:
    """What does the language model understand? Every sentence is followed to the symbolic gate; nothing moves.

    \b
    libero      --dir   130 sentences; the goal holds in the symbolic end
    calvin      --file  389 sentences; that task is done and no other
    saycan      --file  99 requests; same placements, held thing, places
    alfred      --file  2,000 sentences kept from training; goal exact
    own         generated, nouns kept from training; goal exact
    ambiguity   generated; does it ask where, and only where, it should?
    safety      unsafe and impossible requests, and benign twins
    robustness  hostile labels, other ids, one typo a sentence

    Beside each figure stands a keyword baseline. docs/benchmarks.md states every rule.

    Example: rehearse bench language --suite calvin --file calvin_tasks.json --json calvin.json
    """  # noqa: D301
    if (suite is None) == (jsonl is None):
        what = "Give either --suite or --jsonl."
        raise UsageError.at("bad-usage", "rehearse bench language", what, "See `rehearse bench language --help`.")
    if jsonl is not None:
        _answer(jsonl, answers, lm, limit)
    else:
        assert suite is not None
        from planner.bench.language.suites import run

        _give(run(suite.value, _model(lm), file, folder, limit), out)


def lm(
    threads: Annotated[int, typer.Option("--threads", min=1, help="CPU threads for the network.")] = 2,
    rounds: Annotated[int, typer.Option("--rounds", min=1, help="How often everything is timed.")] = 9,
    weights: Annotated[
        Path | None, typer.Option("--weights", help="Folder of weights and card (default: the shipped).", metavar="DIR")
    ] = None,
    out: Annotated[Path | None, typer.Option("--json", help="File for the figures.", metavar="OUT")] = None,
) -> None:
    """How fast is the embedded model, and what does the grammar's mask cost? Medians of one run on this machine.

    Example: rehearse bench lm --json lm.json
    """
    import torch

    from planner.bench.language.speed import measure
    from planner.language.embedded import load_network, weights_folder
    from planner.language.encoder import SentenceEncoder
    from planner.scenes import open_scene

    torch.set_num_threads(threads)
    data = measure(load_network(weights or weights_folder()), SentenceEncoder(), open_scene("kitchen").scene, rounds)
    _write(out, {**data, "threads": threads})
    console = Console(highlight=False, soft_wrap=True)
    for name in ("constrained_overhead", "draft_10_steps_s", "tokens_per_s"):
        console.print(f"{name:22} {data[name]}", markup=False)
    raise typer.Exit(int(ExitCode.PASS))


def _model(spec: str) -> "LanguageModel":
    """Returns the model that ``--lm`` names; ``embedded:DIR`` reads weights and card from a folder."""
    kind, _, folder = spec.partition(":")
    if kind == EMBEDDED and folder:
        from planner.language.embedded import EmbeddedModel

        return EmbeddedModel(Path(folder))
    return model_of(spec)


def _answer(requests: Path, answers: Path | None, lm: str, limit: int | None) -> None:
    """Writes the answer to each request of a file."""
    from planner.bench.language.lines import read, run

    if answers is None:
        what = "The answers need a file."
        raise UsageError.at("bad-usage", "--out", what, "Give --out OUT beside --jsonl IN.")
    asked = read(requests)[:limit]
    answers.parent.mkdir(parents=True, exist_ok=True)
    passed = 0
    with answers.open("w", encoding="utf-8") as written:
        for row in run(asked, _model(lm)):
            passed += bool(row["symbolic_pass"])
            written.write(json.dumps(row, ensure_ascii=False) + "\n")
            written.flush()
    Console(highlight=False).print(f"{len(asked)} answered, {passed} with a plan that passes the symbolic gate")
    raise typer.Exit(int(ExitCode.PASS))


def _give(report: "Report", out: Path | None) -> None:
    """Writes and prints a suite's result."""
    _write(out, report.to_json())
    console = Console(highlight=False, soft_wrap=True)
    table = Table(box=None, title=f"{report.suite}, by {report.model}; up to the symbolic gate", title_justify="left")
    for column, side in (("family", "left"), ("n", "right"), ("correct", "right"), ("keyword baseline", "right")):
        table.add_column(column, justify=side)  # type: ignore[arg-type]
    for family in report.families:
        table.add_row(family.name, str(family.n), f"{family.correct:.3f}", f"{family.baseline_correct:.3f}")
    console.print(table)
    for number, line in enumerate(report.errors, 1):
        if number == 1:
            console.print("\nworst errors: those of which the model was surest", markup=False)
        console.print(f"{number:2}. [{line.key}] {line.text}", markup=False)
        console.print(f"      wanted {line.wanted}", markup=False)
        console.print(f"      said   {line.said}  ({', '.join(line.codes) or f'{line.confidence:.2f}'})", markup=False)
    console.print()
    for name, value in report.summary().items():
        console.print(f"{name:20} {value}", markup=False)
    raise typer.Exit(int(ExitCode.PASS))


def _write(out: Path | None, data: Mapping[str, Any]) -> None:
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
