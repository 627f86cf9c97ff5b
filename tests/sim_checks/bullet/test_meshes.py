import math
import os

import numpy as np
import pytest

from sim_checks.assets.obj_file import Mesh, parse_obj
from sim_checks.assets.urdf_file import read_urdf
from sim_checks.bullet import meshes
from sim_checks.bullet.client import BulletClient
from sim_checks.bullet.world import BulletWorld
from sim_checks.errors import AssetError
from skills.scene import Fixture, ObjectSpec, PoseSpec, RobotSpec, Scene

CUBE = "\n".join(
    [
        *(f"v {x} {y} {z}" for x in (0, 0.06) for y in (0, 0.04) for z in (0, 0.05)),
        *("f 1 2 4 3", "f 5 7 8 6", "f 1 5 6 2", "f 3 4 8 7", "f 1 3 7 5", "f 2 6 8 4"),
        "",
    ]
)
LINK = """<link name="base"><inertial><origin xyz="0 0 0.03"/><mass value="{mass}"/>
<inertia ixx="1e-4" iyy="1e-4" izz="1e-4" ixy="0" ixz="0" iyz="0"/></inertial>
<collision><origin xyz="0 0 0.03"/><geometry>{shape}</geometry></collision></link>"""


def urdf(shape='<box size="0.05 0.05 0.06"/>', mass="0.3", extra=""):
    return f'<robot name="r">{LINK.format(mass=mass, shape=shape)}{extra}</robot>'


def world_of(client, folder, mesh):
    scene = Scene(
        name="test",
        robots=(RobotSpec(pose=PoseSpec(position=(-0.65, 0, 0))),),
        fixtures=(Fixture(id="table", kind="table", pose=PoseSpec(position=(0, 0, 0))),),
        objects=(ObjectSpec(id="gizmo", kind="gizmo", mesh=mesh, placement={"on": "table", "xy": (0.1, 0.0)}),),
    )
    return BulletWorld(client, scene, folder=folder)


def refused(folder, mesh):
    with BulletClient() as client, pytest.raises(AssetError) as caught:
        world_of(client, folder, mesh)
    return caught.value.finding


def test_an_obj_file_becomes_a_thing_that_stands(tmp_path):
    (tmp_path / "gizmo.obj").write_text(CUBE)
    with BulletClient() as client:
        world = world_of(client, tmp_path, "gizmo.obj")
        assert world.pose("gizmo").position == pytest.approx((0.1, 0.0, 0.0), abs=0.003)
        bounds = world.bounds("gizmo")
        assert bounds.upper[2] - bounds.lower[2] == pytest.approx(0.05, abs=1e-3)
        assert world.asset("gizmo").grasps
        assert world.touching("gizmo", "table")


def test_a_urdf_file_with_a_mesh_becomes_a_thing(tmp_path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "cube.obj").write_text(CUBE)
    (tmp_path / "gizmo.urdf").write_text(urdf('<mesh filename="package://parts/cube.obj"/>'))
    with BulletClient() as client:
        world = world_of(client, tmp_path, "gizmo.urdf")
        assert world.asset("gizmo").mass == pytest.approx(0.3)
        assert world.centre("gizmo")[2] > 0.02


@pytest.mark.parametrize(
    "mesh",
    ["../secret.obj", "/etc/passwd.obj", "parts/../../secret.obj", "C:/secret.obj", "..\\secret.obj", "link.obj"],
)
def test_a_path_that_leaves_the_folder_is_refused(tmp_path, mesh):
    folder = tmp_path / "scene"
    (folder / "parts").mkdir(parents=True)
    (tmp_path / "secret.obj").write_text(CUBE)
    os.symlink(tmp_path / "secret.obj", folder / "link.obj")
    assert refused(folder, mesh).code == "path-leaves-folder"


@pytest.mark.parametrize("name", ["package://../cube.obj", "/tmp/cube.obj", "file:///cube.obj", "../cube.obj"])
def test_a_mesh_inside_a_urdf_stays_in_the_folder(tmp_path, name):
    folder = tmp_path / "scene"
    folder.mkdir()
    (tmp_path / "cube.obj").write_text(CUBE)
    (folder / "gizmo.urdf").write_text(urdf(f'<mesh filename="{name}"/>'))
    assert refused(folder, "gizmo.urdf").code == "path-leaves-folder"


def test_a_scene_without_a_folder_has_no_meshes():
    assert refused(None, "gizmo.obj").code == "no-folder"


def test_a_missing_or_unknown_file_is_refused(tmp_path):
    assert refused(tmp_path, "gizmo.obj").code == "no-file"
    (tmp_path / "gizmo.stl").write_text("solid")
    assert refused(tmp_path, "gizmo.stl").code == "bad-mesh"


def test_a_file_that_is_too_large_is_refused(tmp_path, monkeypatch):
    (tmp_path / "gizmo.obj").write_text(CUBE)
    monkeypatch.setattr(meshes, "MAX_OBJ", 10)
    assert refused(tmp_path, "gizmo.obj").code == "too-large"


@pytest.mark.parametrize(
    "text",
    [
        CUBE + "f 1 2 99\n",
        CUBE + "f 1 2 -99\n",
        CUBE + "f 0 1 2\n",
        CUBE + "f 1 2\n",
        CUBE + "f a b c\n",
        CUBE.replace("0.06", "nan"),
        CUBE.replace("0.06", "inf"),
        CUBE.replace("0.06", "1e300"),
        CUBE.replace("0.06", "60"),
        CUBE.replace("0.05", "0"),
        CUBE.replace("v 0 0 0\n", "v 0 0\n"),
        "v 0 0 0\n",
        "",
        "\u00e9\u4e2d",
    ],
)
def test_an_obj_file_that_would_crash_the_loader_is_refused(tmp_path, text):
    (tmp_path / "gizmo.obj").write_text(text)
    assert refused(tmp_path, "gizmo.obj").code == "bad-mesh"


def test_faces_may_count_backwards_and_carry_texture():
    text = CUBE.replace("f 1 2 4 3", "f -8/1/1 -7/1/1 -5/1/1 -6/1/1")
    assert (parse_obj(text.encode(), "m").faces == parse_obj(CUBE.encode(), "m").faces).all()


def test_a_mesh_that_kills_the_engine_costs_a_process_and_not_this_one(tmp_path, monkeypatch):
    """As if the check had missed an index out of range: the trial's process dies, this one refuses the mesh."""
    sound = parse_obj(CUBE.encode(), "m")
    broken = Mesh(sound.vertices * 1.01, np.vstack([sound.faces, [0, 1, 99_999_998]]))
    monkeypatch.setattr(meshes, "parse_obj", lambda content, where: broken)
    (tmp_path / "gizmo.obj").write_text(CUBE)
    finding = refused(tmp_path, "gizmo.obj")
    assert finding.code == "mesh-refused"
    assert "worker-crashed" in finding.what


@pytest.mark.parametrize(
    "text",
    [
        "<robot",
        "<scene/>",
        "<robot name='r'/>",
        '<!DOCTYPE r [<!ENTITY a "b">]><robot name="r">&a;</robot>',
        "<robot>" + "<a>" * 100 + "</a>" * 100 + "</robot>",
        urdf(mass="-1"),
        urdf(mass="0"),
        urdf(mass="nan"),
        urdf(mass="1e300"),
        urdf(mass="heavy"),
        urdf('<box size="nan 1 1"/>'),
        urdf('<box size="-1 1 1"/>'),
        urdf('<box size="1 1"/>'),
        urdf('<cylinder radius="0" length="1"/>'),
        urdf('<sphere radius="1e9"/>'),
        urdf('<mesh filename="cube.stl"/>'),
        urdf(extra='<joint name="j" type="revolute"><parent link="base"/><child link="nobody"/></joint>'),
        urdf(extra='<joint name="j" type="magic"><parent link="base"/><child link="base"/></joint>'),
        urdf(extra='<joint name="j" type="fixed"><parent link="base"/><child link="base"/></joint>'),
        urdf(extra='<link name="base"/>'),
        urdf(extra='<link name="loose"/>'),
        urdf(extra='<joint name="j" type="fixed"/>' * 128),
        urdf().replace('ixx="1e-4"', 'ixx="-1"'),
        urdf().replace("<collision>", "<collusion>").replace("</collision>", "</collusion>"),
    ],
)
def test_a_malformed_urdf_is_refused(tmp_path, text):
    (tmp_path / "gizmo.urdf").write_text(text)
    assert refused(tmp_path, "gizmo.urdf").code == "bad-urdf"


def test_long_lines_are_broken():
    """The engine misreads lines over 8191 bytes."""
    long = urdf(extra="<!-- " + "x" * 9000 + " -->" + " " * 9000)
    text, _, _ = read_urdf(long.encode(), lambda name: b"", "m")
    assert max(map(len, text.splitlines())) < 8191


def test_a_mass_follows_from_the_size(tmp_path):
    (tmp_path / "gizmo.obj").write_text(CUBE)
    with BulletClient() as client:
        mass = world_of(client, tmp_path, "gizmo.obj").asset("gizmo").mass
    assert math.isclose(mass, 300 * 0.06 * 0.04 * 0.05, rel_tol=1e-6)
