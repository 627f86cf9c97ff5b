"""`generate`: arrangements from one seed until one is proved valid."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from pydantic import ValidationError

from sim_checks.errors import EngineError
from sim_checks.scenes.cell import arrange_cell
from sim_checks.scenes.layout import lay_out
from sim_checks.scenes.line import arrange_line
from sim_checks.scenes.proof import prove
from sim_checks.scenes.theme import THEMES
from skills.errors import SceneError, did_you_mean
from skills.finding import Finding
from skills.scene import PoseSpec, RobotSpec, Scene

TRIES = 30
"""Arrangements tried for one seed."""
MOST_CLUTTER = 12
PANDA = "franka_panda"
HOME = "home"
"""The theme for a robot that drives, and that robot; its clutter is drawn with it."""
CELL, CELL_STREAM = "cell", 101
"""The theme for the arm of a factory cell, and that robot; the number stands for it in seeds."""
LINE, LINE_STREAM = "line", 102
"""The theme for such a cell with a conveyor, and the number that stands for it in seeds."""


@dataclass(frozen=True)
class Generated:
    """A scene that has been proved valid, and what it took.

    Args:
        scene: The scene.
        tries: Arrangements that were made, the valid one included.
        faults: Why the others were dropped, counted by finding code.
    """

    scene: Scene
    tries: int
    faults: Mapping[str, int] = field(default_factory=dict)


def generate(
    seed: int,
    theme: str = "kitchen",
    clutter: int = 3,
    robot: str = PANDA,
    suits: Callable[[Scene], bool] | None = None,
) -> Generated:
    """Returns the scene of a seed: the same arguments, the same scene.

    Args:
        seed: Seed of every choice.
        theme: A name in `THEMES`, ``cell``, ``line`` or ``home``.
        clutter: Number of distractors, 0 to `MOST_CLUTTER`.
        robot: Kind of the robot that stands at the table.
        suits: Says of an arrangement whether it holds what is needed; others are dropped unproved.

    Raises:
        SceneError: There is no such theme or robot, the clutter is out of range, or nothing valid was found.
    """
    if theme == HOME:
        from sim_checks.scenes.home import generate_home

        return generate_home(seed, HOME if robot == PANDA else robot)
    known = (*THEMES, CELL, LINE, HOME)
    if theme not in known:
        raise SceneError.at("unknown-theme", "--theme", f"There is no theme {theme!r}.", did_you_mean(theme, known))
    if theme in (CELL, LINE) and robot == PANDA:
        robot = CELL
    if not 0 <= clutter <= MOST_CLUTTER:
        what = f"A clutter of {clutter} is not between 0 and {MOST_CLUTTER}."
        raise SceneError.at("bad-clutter", "--clutter", what, "Ask for fewer distractors.")
    try:
        RobotSpec.model_validate({"kind": robot, "pose": PoseSpec(position=(0.0, 0.0, 0.0))})
    except ValidationError as error:
        what = str(error.errors()[0]["msg"])
        raise SceneError.at("unknown-robot", "--robot", what, "Name a shipped robot or a description file.") from error
    faults: Counter[str] = Counter()
    name = f"{theme}_{seed}_{clutter}"
    cells = {CELL: (CELL_STREAM, arrange_cell), LINE: (LINE_STREAM, arrange_line)}
    if theme in cells:
        stream, arrange = cells[theme]
    else:
        stream, arrange = sorted(THEMES).index(theme), partial(lay_out, THEMES[theme])
    for attempt in range(TRIES):
        rng = np.random.default_rng([seed, clutter, stream, attempt])
        scene = arrange(clutter, robot, name, rng)
        if scene is not None and suits is not None and not suits(scene):
            faults["unsuitable"] += 1
            continue
        wrong = _wrong(scene)
        if scene is not None and not wrong:
            return Generated(scene, attempt + 1, dict(faults))
        faults.update({f.code for f in wrong})
    why = ", ".join(f"{code} ({n}x)" for code, n in faults.most_common(3))
    what = f"None of {TRIES} arrangements is valid: {why}."
    raise SceneError.at("no-scene", f"--seed {seed}", what, "Ask for less clutter, or another seed.")


def _wrong(scene: Scene | None) -> tuple[Finding, ...]:
    """Returns what is wrong with an arrangement."""
    if scene is None:
        return (Finding("no-room", "layout", "Something found no room.", "Ask for less clutter."),)
    try:
        return prove(scene)
    except (SceneError, EngineError) as error:
        return (error.finding,)
