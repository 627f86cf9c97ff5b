"""The options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

SceneOption = Annotated[
    str, typer.Option("--scene", "-s", help="A shipped scene's name, or a .scene.yaml or .bddl file.", metavar="SCENE")
]
SeedOption = Annotated[int, typer.Option("--seed", help="Seed of everything random; the same seed, the same result.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout, and nothing else there.")]
OutOption = Annotated[Path | None, typer.Option("--out", "-o", help="Folder for the episode.", metavar="DIR")]
ReportOption = Annotated[Path, typer.Option("--json", help="File for the figures and details.", metavar="OUT")]
KITCHEN = "kitchen"
