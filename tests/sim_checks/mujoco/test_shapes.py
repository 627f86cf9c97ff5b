"""Every generated kind has the same shapes, mass and size in both engines."""

from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

pytest.importorskip("mujoco", reason="the extra [transfer] is not installed")

from sim_checks.assets.build import RECIPES, build_asset
from sim_checks.assets.outline import outline_of
from sim_checks.errors import AssetError
from sim_checks.mujoco.engine import Physics, mujoco
from sim_checks.mujoco.shapes import STL_FACET, vertices_of
from sim_checks.mujoco.tree import BodyTree
from skills.geometry import Pose

TETRAHEDRON = b"v 0 0 0\nv 0.1 0 0\nv 0 0.1 0\nv 0 0 0.1\nf 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n"


def compiled(urdf: str, files=None, root="free"):
    spec = mujoco.MjSpec()
    Physics().prepare(spec)
    tree = BodyTree(spec, "thing", ElementTree.fromstring(urdf), lambda n: vertices_of((files or {})[n]), root)
    tree.add(Pose())
    return spec.compile(), tree


def test_the_same_shape_is_read_from_obj_and_from_both_kinds_of_stl() -> None:
    corners = vertices_of(TETRAHEDRON)[[[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]]]
    facets = np.zeros(4, STL_FACET)
    facets["corners"] = corners
    binary = b"solid, says the title".ljust(80) + (4).to_bytes(4, "little") + facets.tobytes()
    text = "\n".join(["solid a", *(f"  vertex {x} {y} {z}" for x, y, z in corners.reshape(-1, 3)), "endsolid a"])
    wanted = np.unique(vertices_of(TETRAHEDRON), axis=0)
    assert np.allclose(np.unique(vertices_of(binary), axis=0), wanted)
    assert np.allclose(np.unique(vertices_of(text.encode()), axis=0), wanted)


@pytest.mark.parametrize("content", [b"", b"v 1 2\n", b"v 1 2 x\n", b"v nan 0 0\n", b"\x00" * 90, b"solid\nendsolid\n"])
def test_a_mesh_that_cannot_be_read_is_a_typed_error(content: bytes) -> None:
    with pytest.raises(AssetError, match="no vertices"):
        vertices_of(content)


def extent(model):
    """Returns the corners of the box around a model's geoms in its initial state, shape (2, 3)."""
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    points = []
    for geom in range(model.ngeom):
        rotation, middle = data.geom_xmat[geom].reshape(3, 3), data.geom_xpos[geom]
        half = model.geom_aabb[geom][3:]
        if model.geom_type[geom] == mujoco.mjtGeom.mjGEOM_CYLINDER:
            turns = np.arange(64) * (2 * np.pi / 64)
            around = np.array(
                [(half[0] * np.cos(t), half[0] * np.sin(t), z) for t in turns for z in (-half[2], half[2])]
            )
        else:
            around = np.array([(a, b, c) for a in (-1, 1) for b in (-1, 1) for c in (-1, 1)]) * half
        points.append((around + model.geom_aabb[geom][:3]) @ rotation.T + middle)
    cloud = np.vstack(points)
    return np.array([cloud.min(axis=0), cloud.max(axis=0)])


@pytest.mark.parametrize("kind", sorted(RECIPES))
def test_a_kind_is_exported_whole(kind):
    asset = build_asset(kind, {})
    model, tree = compiled(asset.urdf)
    assert model.ngeom == asset.shapes
    assert model.body_mass.sum() == pytest.approx(asset.mass, rel=1e-6)
    assert set(tree.joints) >= {m.joint for m in asset.mechanisms.values()}
    if not tree.joints:
        points = np.vstack(list(outline_of(ElementTree.fromstring(asset.urdf)).values()))
        assert extent(model) == pytest.approx(np.array([points.min(axis=0), points.max(axis=0)]), abs=2e-4)


def test_a_mesh_keeps_its_place():
    urdf = (
        '<robot name="m"><link name="base"><inertial><mass value="0.1"/>'
        '<inertia ixx="1e-4" iyy="1e-4" izz="1e-4" ixy="0" ixz="0" iyz="0"/></inertial>'
        '<collision><geometry><mesh filename="a.obj"/></geometry></collision></link></robot>'
    )
    model, _ = compiled(urdf, {"a.obj": TETRAHEDRON})
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    corners = model.mesh_vert.reshape(-1, 3) @ data.geom_xmat[0].reshape(3, 3).T + data.geom_xpos[0]
    assert sorted(map(tuple, np.round(corners, 6))) == [(0, 0, 0), (0, 0, 0.1), (0, 0.1, 0), (0.1, 0, 0)]


def test_a_shape_of_no_known_kind_is_refused():
    urdf = '<robot name="m"><link name="base"><collision><geometry><cone/></geometry></collision></link></robot>'
    with pytest.raises(AssetError, match="'cone'"):
        compiled(urdf)


def test_the_step_divides_the_time_between_two_commands():
    from sim_checks.mujoco.stage import TICK_S

    steps = TICK_S / Physics().time_step_s
    assert steps == pytest.approx(round(steps))
    assert replace(Physics(), time_step_s=0.001).to_json()["time_step_s"] == 0.001
