"""The options that several commands share."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from planner.language.port import LanguageModel

SceneOption = Annotated[
    str, typer.Option("--scene", "-s", help="A shipped scene's name, or a .scene.yaml or .bddl file.", metavar="SCENE")
]
SeedOption = Annotated[int, typer.Option("--seed", help="Seed of everything random; the same seed, the same result.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout, and nothing else there.")]
OutOption = Annotated[Path | None, typer.Option("--out", "-o", help="Folder for the episode.", metavar="DIR")]
ReportOption = Annotated[Path, typer.Option("--json", help="File for the figures and details.", metavar="OUT")]
LmOption = Annotated[
    str,
    typer.Option(
        "--lm",
        help="The language model: embedded, local:PATH_OR_ID, endpoint:URL#MODEL or replay:FILE. Hosts other than this "
        "machine must be named in REHEARSE_LM_HOSTS; REHEARSE_LM_KEY and REHEARSE_LM_TIMEOUT_S are read too.",
        metavar="LM",
    ),
]
RobotOption = Annotated[
    str | None,
    typer.Option(
        "--robot",
        help="Another robot in the place of the scene's own: a shipped one's name, or a .robot.yaml file.",
        metavar="NAME_OR_FILE",
    ),
]
RulesOption = Annotated[
    Path | None,
    typer.Option("--rules", help="Your own safety rules (YAML); they are added to the shipped ones.", metavar="FILE"),
]
EngineOption = Annotated[
    str,
    typer.Option("--engine", help="What runs many jobs: pool (processes of this machine) or ray.", metavar="ENGINE"),
]
CacheOption = Annotated[
    Path | None,
    typer.Option("--cache", help="Folder for planned motions, by content: no plan is planned twice.", metavar="DIR"),
]
TogetherOption = Annotated[
    bool, typer.Option("--together/--in-turn", help="Let two arms work at once where the gates allow it.")
]
KITCHEN = "kitchen"
EMBEDDED = "embedded"


def model_of(spec: str) -> "LanguageModel":
    """Returns the language model that ``--lm`` names; nothing is loaded before the first sentence.

    Raises:
        skills.errors.SkillsError: There is no such choice, or the host may not be asked.
    """
    from planner.language.choose import choose

    return choose(spec)
