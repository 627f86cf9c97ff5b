"""The commands behind ``rehearse factory``: generate, train, evaluate, promote."""

import json
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Make training data, train the embedded language model, promote it.", no_args_is_help=True)
Out = Annotated[Path, typer.Option("--out", help="Folder of the run, outside version control.")]
JsonOut = Annotated[Path | None, typer.Option("--json", help="Write the figures to this file.")]


@app.command("generate")
def generate(
    out: Annotated[Path, typer.Option("--out", help="JSON lines file to write.")],
    n: Annotated[int, typer.Option("--n", min=1, help="Number of examples.")] = 1000,
    seed: Annotated[int, typer.Option("--seed")] = 0,
) -> None:
    """Write generated examples and print how many there are of each family."""
    from planner.factory.generate import main_generate

    for family, count in main_generate(out, n, seed).most_common():
        typer.echo(f"{family:16} {count}")


@app.command("words")
def words(
    wordnet: Annotated[Path, typer.Option("--wordnet", help="Folder with WordNet 3.0's data.* and index.* files.")],
    out: Annotated[Path, typer.Option("--out", help="Word list to write.")] = Path(
        "planner/factory/lexicon/wordnet.tsv"
    ),
) -> None:
    """Make the list of dictionary words that widen the made-up scenes (Debian: apt install wordnet-base)."""
    from planner.factory.wordnet import write
    from planner.language.encoder import SentenceEncoder

    for sort, count in write(wordnet, out, SentenceEncoder().knows).items():
        typer.echo(f"{sort:8} {count}")


@app.command("train")
def train(
    out: Out = Path("out/language"),
    seed: Annotated[int, typer.Option("--seed")] = 0,
    steps: Annotated[int | None, typer.Option("--steps", min=1, help="Last step to reach.")] = None,
    minutes: Annotated[float | None, typer.Option("--minutes", help="Longest time of this call.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on from the checkpoint.")] = False,
    threads: Annotated[int, typer.Option("--threads", min=1)] = 1,
    decay: Annotated[int, typer.Option("--decay", min=0, help="Steps over which the rate falls at the end.")] = 0,
    rate: Annotated[float, typer.Option("--rate", help="Learning rate.")] = 6e-4,
    muon: Annotated[
        float, typer.Option("--muon", help="Learning rate of hidden matrices under Muon; 0: AdamW for all.")
    ] = 0.0,
    adapt: Annotated[
        int, typer.Option("--adapt", min=0, max=6, help="Train copies of so many of the encoder's last layers on.")
    ] = 0,
    tune: Annotated[float, typer.Option("--tune", help="Learning rate of those copies.")] = 1e-4,
    batch: Annotated[int, typer.Option("--batch", min=1, help="Examples in a step.")] = 48,
    alfred: Annotated[
        Path | None, typer.Option("--alfred", help="ALFRED's alfred_train_instructions.json, to mix in.")
    ] = None,
    share: Annotated[float, typer.Option("--share", min=0, max=1, help="Share of ALFRED's sentences.")] = 0.25,
    start: Annotated[Path | None, typer.Option("--start", help="Folder of promoted weights to start from.")] = None,
) -> None:
    """Train the embedded model on generated examples; needs --steps or --minutes."""
    from planner.factory.training.train import Recipe
    from planner.factory.training.train import train as run

    if steps is None and minutes is None:
        raise typer.BadParameter("Give --steps, --minutes, or both.")
    done = run(
        out,
        Recipe(seed=seed, batch=batch, decay=decay, rate=rate, share=share, muon=muon, adapted=adapt, tune=tune),
        steps=steps,
        minutes=minutes,
        resume=resume,
        threads=threads,
        crowd=alfred,
        start=start,
        report=_say,
    )
    typer.echo(f"step {done.step}, {done.examples} examples, {done.seconds:.0f} s, loss {done.loss:.3f}")


@app.command("evaluate")
def evaluate(
    out: Out = Path("out/language"),
    n: Annotated[int, typer.Option("--n", min=1)] = 1000,
    misses: Annotated[int, typer.Option("--misses", min=0, help="Wrong answers to print.")] = 0,
    json_out: JsonOut = None,
) -> None:
    """Score a run on held-out examples, family by family."""
    from planner.factory.training.evaluate import evaluate as score
    from planner.factory.training.evaluate import held_out
    from planner.factory.training.promote import load_run
    from planner.language.encoder import SentenceEncoder

    scores = score(load_run(out / "checkpoint.pt")[0], SentenceEncoder(), held_out(n), misses)
    typer.echo(f"goal exact {scores.goal:.3f}, goal and steps exact {scores.draft:.3f}, n {n}")
    for name, (share, count) in (*scores.families.items(), *scores.modes.items()):
        typer.echo(f"{name:16} {share:.3f} {count}")
    for miss in scores.misses:
        typer.echo(miss)
    if json_out is not None:
        figures = {"n": n, "goal_exact": scores.goal, "draft_exact": scores.draft, "families": scores.families}
        json_out.write_text(json.dumps(figures, indent=1), encoding="utf-8")


@app.command("designs")
def designs(
    out: Annotated[Path, typer.Option("--out", help="JSON file; what it holds already is not trained again.")] = Path(
        "out/designs.json"
    ),
    cpu_s: Annotated[float, typer.Option("--cpu-s", min=1, help="Processor time of each training [s].")] = 240,
    n: Annotated[int, typer.Option("--n", min=1, help="Validation requests.")] = 600,
    alfred: Annotated[Path | None, typer.Option("--alfred", help="ALFRED's file, to mix in.")] = None,
    ablate: Annotated[bool, typer.Option("--ablate", help="Leave out groups of families, one at a time.")] = False,
) -> None:
    """Compare designs of the network, and what families of data bring, at equal processor time."""
    from planner.factory.training.designs import DESIGNS, GROUPS, compare

    for row in compare(DESIGNS, tuple(GROUPS) if ablate else (), cpu_s, out, alfred, n, _say):
        groups = "  ".join(f"{k} {v:.3f}" for k, v in row.by_group.items() if k != "all")
        typer.echo(
            f"{row.name:32} {row.parameters / 1e6:5.2f} M {row.examples:7} examples  goal {row.goal:.3f}  {groups}"
        )


@app.command("promote")
def promote(
    out: Out = Path("out/language"),
    to: Annotated[Path | None, typer.Option("--to", help="Folder to write (default: the shipped one).")] = None,
    n: Annotated[int, typer.Option("--n", min=1, help="Held-out examples to score for the card.")] = 1000,
    command: Annotated[str, typer.Option("--command", help="What trained the run, for the card.")] = "",
    designs_json: Annotated[
        Path | None, typer.Option("--designs", help="JSON of `rehearse factory designs`, for the card.")
    ] = None,
    note: Annotated[str, typer.Option("--note", help="What else a reader of the card should know.")] = "",
) -> None:
    """Export a run's weights and model card into the package."""
    from planner.factory.training.promote import promote as export
    from planner.language.embedded import weights_folder

    folder = to or weights_folder()
    trained = command or f"rehearse factory train --out {out}"
    card = export(out / "checkpoint.pt", folder, command=trained, count=n, note=note, designs=designs_json)
    typer.echo(f"{folder}: {card['bytes'] / 1e6:.1f} MB, goal exact {card['held_out']['goal']:.3f}")


@app.command("mean")
def mean(
    folders: Annotated[list[Path], typer.Argument(help="Folders of promoted weights; the last one's card is kept.")],
    to: Annotated[Path, typer.Option("--to", help="Folder to write.")],
    shares: Annotated[list[float] | None, typer.Option("--share", help="Share of each (default: equal).")] = None,
    n: Annotated[int, typer.Option("--n", min=1, help="Held-out examples to score for the card.")] = 400,
) -> None:
    """Take the mean of promoted weights, such as those of two legs of one training; then calibrate it."""
    from planner.factory.training.mean import mean as averaged

    card = averaged(folders, shares or [1.0] * len(folders), to, n)
    typer.echo(
        f"goal exact {card['held_out']['goal']:.3f}, goal and steps exact {card['held_out']['draft']:.3f}, n {n}"
    )


@app.command("calibrate")
def calibrate(
    folder: Annotated[Path | None, typer.Option("--weights", help="Folder of weights (default: the shipped).")] = None,
    n: Annotated[int, typer.Option("--n", min=3, help="Ambiguous requests, near misses and plain ones, each.")] = 600,
    alpha: Annotated[
        float, typer.Option("--alpha", min=0, max=1, help="Ambiguous requests that may go unasked.")
    ] = 0.05,
    needless: Annotated[
        float, typer.Option("--needless", min=0, max=1, help="Other requests that may be asked about; it comes first.")
    ] = 0.10,
) -> None:
    """Set when the model asks back, into the card: signals weighed and a threshold set on generated requests.

    Example: rehearse factory calibrate --weights planner/language/weights
    """
    from planner.factory.training.calibrate import LEVELS, calibrate_card
    from planner.language.embedded import weights_folder

    done = calibrate_card(folder or weights_folder(), n, alpha, needless)
    typer.echo(f"threshold {done.rule.threshold:.4f}, set by the promise of {done.bound}; asked of unseen requests:")
    for sort, asked in done.asked.items():
        typer.echo(f"  {sort:34} {asked:.3f} of {done.counts[sort] // 3}")
    typer.echo(f"refused as missing, from a probability of {done.missing_threshold:.4f} on:")
    for sort, refused in done.refused.items():
        typer.echo(f"  {sort:34} {refused:.3f}")
    typer.echo(f"coverage at {' / '.join(f'{level:.0%}' for level in LEVELS)} needless, by signals:")
    for names, shares in done.table.items():
        typer.echo(f"  {names:34} {' / '.join(f'{share:.3f}' for share in shares)}")


@app.command("curve")
def curve(
    out: Out = Path("out/language"),
    png: Annotated[Path, typer.Option("--png", help="Picture to write.")] = Path("out/loss.png"),
) -> None:
    """Draw the loss curve of a run."""
    from planner.factory.training.curve import draw
    from planner.factory.training.train import Recipe

    draw(out / "log.jsonl", png, Recipe().batch)
    typer.echo(str(png))


def _say(line: str) -> None:
    typer.echo(line, err=True)
