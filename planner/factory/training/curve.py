"""The loss curve of a training run, as a picture."""

import json
from pathlib import Path

from skills.errors import SkillsError


class LogError(SkillsError):
    """A run's log is missing or empty."""


def points(log: Path) -> tuple[list[int], list[float]]:
    """Returns steps and mean losses from a run's ``log.jsonl``.

    Raises:
        LogError: There is no such file, or it holds no row.
    """
    try:
        rows = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line.strip()]
        steps, losses = [int(r["step"]) for r in rows], [float(r["loss"]) for r in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LogError.at("bad-log", str(log), f"The log cannot be read: {error!r}.", "Name a run's folder.") from error
    if not steps:
        raise LogError.at("empty-log", str(log), "The log holds no row.", "Train for more than 15 s.")
    return steps, losses


def draw(log: Path, out: Path, batch: int) -> None:
    """Writes the loss curve of a run as a PNG.

    Args:
        log: The run's ``log.jsonl``.
        out: PNG to write.
        batch: Examples in a step.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    steps, losses = points(log)
    figure = Figure(figsize=(6.4, 3.6), dpi=100)
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    axes.plot([s * batch / 1000 for s in steps], losses, linewidth=1.2)
    axes.set(xlabel="examples seen (thousands)", ylabel="loss per token (nats)", title="Training loss", yscale="log")
    axes.grid(visible=True, which="both", alpha=0.3)
    figure.tight_layout()
    figure.savefig(out)
