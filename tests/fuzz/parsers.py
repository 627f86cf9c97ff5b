"""Every reader of files, as a function of the bytes that it is given; and files that are right, to be spoilt."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from planner.bench.instructions_file import read_instructions
from planner.bench.rows_file import RowsFile
from planner.language.replay import load_replay
from prompts.template import TemplateError, parse_template
from sim_checks.assets.obj_file import parse_obj
from sim_checks.assets.urdf_file import read_urdf
from sim_checks.certificate import load
from sim_checks.motion_file import load_motions, save_motions
from sim_checks.rules.book import open_rules
from sim_checks.signed import Certificate
from sim_checks.symbolic import check
from skills.errors import SkillsError
from skills.finding import Finding
from skills.formats.bddl import import_bddl
from skills.graph_json import parse_graph
from skills.motion import Motion, Segment
from skills.robots.description import load_description
from skills.scene import load_scene
from tests.worlds import kitchen

SCENE = kitchen()


class Parser(NamedTuple):
    """A reader of files.

    Args:
        read: Reads the file of this path.
        name: Name of the file.
        right: A file that it can read.
    """

    read: Callable[[Path], object]
    name: str
    right: bytes


def template(path: Path) -> object:
    """Reads a template; its error has no finding, since prompts stand below everything else."""
    try:
        return parse_template("fuzz.v1", path.read_bytes().decode())
    except (TemplateError, UnicodeDecodeError) as error:
        raise SkillsError(Finding("bad-template", "template", str(error), "Correct it.")) from error


def plan(path: Path) -> object:
    """Reads a plan with and without its scene, and takes it to the symbolic gate."""
    graph = parse_graph(path.read_bytes())
    assert graph.sha256
    bound = parse_graph(path.read_bytes(), SCENE)
    return check(bound, SCENE)


def bddl(path: Path) -> object:
    """Reads a task, and what is made of it."""
    return import_bddl(path).scene.sha256


def scene(path: Path) -> object:
    """Reads a scene, its hash and its first state."""
    found = load_scene(path)
    return found.sha256, found.initial_state(), found.findings()


def episode(path: Path) -> object:
    """Reads a folder of a certified plan in which one file is spoilt."""
    for name in ("plan.json", "scene.json", "certificate.json"):
        if not (path.parent / name).exists():
            (path.parent / name).write_bytes(PLAN if name == "plan.json" else SCENE.canonical_json().encode())
    return load(path.parent)


PLAN = json.dumps(
    {
        "schema": "rehearse.plan/1",
        "instruction": "put the bowl on the plate",
        "goal": ["on(bowl, plate)"],
        "nodes": [
            {"id": "n1", "skill": "pick", "args": ["bowl"]},
            {"id": "n2", "skill": "place_on", "args": ["bowl", "plate"]},
        ],
        "edges": [{"source": "n1", "target": "n2", "literal": "holding(bowl)"}],
    }
).encode()
SCENE_YAML = b"""\
schema: rehearse.scene/1
name: bench_top
robots:
- pose: {position: [-0.6, 0.0, 0.0]}
fixtures:
- {id: table, kind: table, pose: {position: [0.0, 0.0, 0.0]}}
objects:
- {id: bowl, kind: akita_black_bowl, placement: {on: table, xy: [-0.1, -0.15]}}
regions:
- {id: front, on: table, xy: [0.1, 0.0], half: [0.1, 0.1]}
"""
BDDL = b"""\
(define (problem put_it) (:domain robosuite) (:language put the plate on the table)
 (:regions (spot (:target table) (:ranges ((-0.1 -0.1 0.1 0.1))) (:yaw_rotation ((0.0 0.0)))))
 (:fixtures table - table) (:objects plate_1 - plate)
 (:obj_of_interest plate_1) (:init (On plate_1 table_spot)) (:goal (And (On plate_1 table_spot))))
"""
RULES = b"""\
schema: rehearse.rules/1
rules: []
words: {}
"""
ROBOT = (Path(__file__).parents[2] / "skills/robots/panda.robot.yaml").read_bytes()
TEMPLATE = b"## system\nYou plan for {{robot}}.\n## user\n{{request}}\n"
OBJ = b"v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 3 2\nf 1 2 4\nf 2 3 4\nf 3 1 4\n"
URDF = (
    b'<robot name="x"><link name="a"><inertial><mass value="1"/><inertia ixx="1" iyy="1" izz="1" ixy="0" ixz="0" '
    b'iyz="0"/></inertial><collision><geometry><box size="0.1 0.1 0.1"/></geometry></collision></link></robot>'
)
INSTRUCTIONS = b'{"task": "suite/put_it.bddl", "instruction": "put it there"}\n'
REPLAY = b'{"instruction": "put it there", "draft": {"goal": ["on(bowl, plate)"], "steps": ["pick(bowl)"]}}\n'
ROWS = b'{"asked": "x", "task": "a", "seed": 0}\n'


def _motions() -> bytes:
    archive = io.BytesIO()
    motion = Motion("n1", (Segment("go", np.array([0.0, 1.0]), np.zeros((2, 7)), 0.04, 20.0),), "bowl")
    save_motions(archive, [motion])  # type: ignore[arg-type]
    return archive.getvalue()


PARSERS: dict[str, Parser] = {
    "plan": Parser(plan, "plan.json", PLAN),
    "scene": Parser(scene, "x.scene.yaml", SCENE_YAML),
    "bddl": Parser(bddl, "x.bddl", BDDL),
    "motions": Parser(load_motions, "motions.npz", _motions()),
    "certificate": Parser(lambda p: Certificate.parse(p.read_bytes()), "certificate.json", PLAN),
    "episode": Parser(episode, "certificate.json", PLAN),
    "rules": Parser(open_rules, "own.rules.yaml", RULES),
    "robot": Parser(load_description, "x.robot.yaml", ROBOT),
    "template": Parser(template, "fuzz.v1.md", TEMPLATE),
    "obj": Parser(lambda p: parse_obj(p.read_bytes(), "mesh"), "mesh.obj", OBJ),
    "urdf": Parser(lambda p: read_urdf(p.read_bytes(), lambda name: OBJ, "mesh"), "x.urdf", URDF),
    "instructions": Parser(lambda p: read_instructions(p, ["suite/put_it.bddl"]), "said.jsonl", INSTRUCTIONS),
    "replay": Parser(load_replay, "said.jsonl", REPLAY),
    "rows": Parser(lambda p: RowsFile(p, "x", fresh=False).rows, "rows.jsonl", ROWS),
}
"""Every reader, by name."""
