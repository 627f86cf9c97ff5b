"""`rehearse robot`: the bodies that plans can run on, and the contract that each must meet."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from planner.faces.answer import Answer, ExitCode, finding_text
from planner.faces.options import JsonOption, SeedOption
from sim_checks.errors import SimChecksError
from sim_checks.robots.contract import Contract, check_robot
from sim_checks.robots.picture import write_reach
from sim_checks.worker import Fault, run_isolated
from skills.errors import RobotError
from skills.finding import Finding
from skills.robots.description import Description
from skills.robots.names import names
from skills.robots.opening import open_robot
from skills.robots.parts import AnyGripper
from skills.robots.suction import Suction

app = typer.Typer(help="Lists, shows and checks robots: description files beside their URDF.", no_args_is_help=True)
RobotArgument = Annotated[str, typer.Argument(help="A shipped robot's name, or a .robot.yaml file.", metavar="ROBOT")]
CHECK_S = 500.0
"""Longest time of one check [s]."""


@app.command("list")
def list_robots(as_json: JsonOption = False) -> None:
    """Lists the robots that ship with the package."""
    robots = [open_robot(name).description for name in names()]
    data = {"robots": [{"name": r.name, "words": r.words, "sha256": r.sha256} for r in robots]}

    def show(console: Console) -> None:
        for robot in robots:
            console.print(f"[bold]{robot.name}[/]  {escape(robot.words)}")

    Answer(ExitCode.PASS, data, show).give(as_json)


@app.command()
def schema(as_json: JsonOption = True) -> None:
    """Prints the JSON Schema of robot descriptions. Example: rehearse robot schema > robot.schema.json."""
    data = Description.model_json_schema(by_alias=True)
    Answer(ExitCode.PASS, data, lambda console: console.print_json(data=data)).give(as_json)


@app.command("show")
def show_robot(robot: RobotArgument, as_json: JsonOption = False) -> None:
    """Shows a robot's joints, limits and gripper. Example: rehearse robot show xarm6."""
    about = open_robot(robot).description
    data = {"sha256": about.sha256, **about.model_dump(mode="json", by_alias=True)}

    def show(console: Console) -> None:
        console.print(f"[bold]{about.name}[/]  {escape(about.words)}  {about.sha256[:12]}")
        table = Table(box=None, pad_edge=False)
        for column in ("joint", "from", "to [rad]", "rad/s", "rad/s^2", "Nm", "home"):
            table.add_column(column)
        arm = about.arm
        values = (arm.lower, arm.upper, arm.speed, arm.acceleration, arm.effort, arm.home)
        for name, *row in zip(arm.joints, *values, strict=True):
            table.add_row(escape(name), *(f"{value:g}" for value in row))
        console.print(table)
        console.print(f"gripper  {_grip(about.gripper)}")
        console.print(f"can      {', '.join(about.abilities)}")

    Answer(ExitCode.PASS, data, show).give(as_json)


@app.command()
def check(
    robot: RobotArgument,
    samples: Annotated[int, typer.Option("--samples", help="Random poses asked of the solver.", min=1, max=5000)] = 200,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="PNG of the reach (default: ROBOT-reach.png).", metavar="PNG")
    ] = None,
    seed: SeedOption = 0,
    as_json: JsonOption = False,
) -> None:
    """Measures a robot in physics: limits, home, gripper, kinematics, reach, and a block held for two seconds.

    Example: rehearse robot check my_arm.robot.yaml --out reach.png
    """
    opened = open_robot(robot)
    answer = run_isolated(check_robot, (opened, samples, 0.08, seed), CHECK_S)
    if isinstance(answer, Fault):
        remedy = "Check the URDF and its meshes; a malformed mesh can end the engine."
        raise RobotError(answer.finding or Finding(answer.code, robot, answer.what, remedy))
    picture, note = out or Path(f"{answer.name}-reach.png"), None
    try:
        write_reach(picture, answer.reach, f"{answer.name}: reach over the plane of its base")
    except SimChecksError as error:
        if error.finding.code != "no-matplotlib":
            raise
        note = replace(error.finding, severity="warning")

    def show(console: Console) -> None:
        table = Table(title=answer.name, box=None, pad_edge=False, title_justify="left")
        for column in ("", "measured", "found", "asked"):
            table.add_column(column, overflow="fold")
        for row in answer.rows:
            table.add_row("[green]ok[/]" if row.ok else "[red]no[/]", row.name, escape(row.found), escape(row.asked))
        console.print(table)
        console.print(finding_text(note) if note else f"wrote {escape(str(picture))}")

    data = _measured(answer, None if note else picture)
    Answer(ExitCode.PASS if answer else ExitCode.REJECTED, data, show).give(as_json)


def _measured(contract: Contract, picture: Path | None) -> dict[str, object]:
    """Returns a contract as JSON-ready data."""
    solved, held = contract.reached, contract.held
    return {
        "robot": contract.name,
        "holds": bool(contract),
        "description_sha256": contract.description_sha256,
        "model_sha256": contract.model_sha256,
        "rows": [{"name": r.name, "ok": r.ok, "found": r.found, "asked": r.asked} for r in contract.rows],
        "ik": {
            "poses": solved.poses,
            "share": solved.share,
            "residual_m": dict(zip(("p50", "p95"), map(_finite, solved.residual_m), strict=True)),
            "residual_rad": dict(zip(("p50", "p95"), map(_finite, solved.residual_rad), strict=True)),
        },
        "self_contact": {"share": solved.in_contact, "pairs": solved.touching},
        "hold": {"reached": held.reached, "lifted_m": held.lifted, "slip_m": _finite(held.slip), "let_go": held.let_go},
        "picture": str(picture) if picture else None,
    }


def _grip(grip: AnyGripper) -> str:
    """Returns what a gripper is, in one line."""
    if isinstance(grip, Suction):
        return f"{grip.kind}, {2000 * grip.radius:g} mm across, bears {grip.pull:.1f} N"
    return f"{grip.kind}, opens {1000 * grip.opening:g} mm, {grip.force:g} N, {grip.speed:g} m/s"


def _finite(value: float) -> float | None:
    """Returns the number, or None where nothing was measured."""
    return value if math.isfinite(value) else None
