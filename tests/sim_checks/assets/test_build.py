from xml.etree import ElementTree

import numpy as np
import pytest

from sim_checks.assets.build import RECIPES, build_asset
from sim_checks.assets.colours import darker
from sim_checks.assets.outline import outline_of
from sim_checks.assets.primitives import Link, box, cylinder, turn_x, turn_y, turn_z
from sim_checks.assets.urdf import urdf_text
from sim_checks.bullet.processes import TAP
from sim_checks.errors import AssetError
from skills.formats.footprints import FOOTPRINTS, footprint
from skills.kinds import KINDS

SHAPED = sorted(name for name, kind in KINDS.items() if kind.shaped)


@pytest.mark.parametrize("kind", SHAPED)
def test_every_kind_has_a_shape_that_fits_its_symbols(kind):
    asset, known = build_asset(kind), KINDS[kind]
    assert set(asset.regions) - {TAP} == {p.name for p in known.parts if p.container or p.surface}
    assert (TAP in asset.regions) == (kind == "sink")
    assert set(asset.mechanisms) == {p.name for p in known.parts if p.openable or p.switchable or p.pressable}
    assert bool(asset.grasps) == (known.category == "object" and known.graspable)
    assert asset.mass > 0 and 0 < asset.shapes < 300


@pytest.mark.parametrize("kind", SHAPED)
def test_every_link_has_a_physical_inertia(kind):
    root = ElementTree.fromstring(build_asset(kind).urdf)
    for inertia in root.iter("inertia"):
        xx, yy, zz, xy, xz, yz = (float(inertia.get(n)) for n in ("ixx", "iyy", "izz", "ixy", "ixz", "iyz"))
        principal = np.linalg.eigvalsh(np.array([[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]]))
        assert principal[0] > 0
        assert principal[0] + principal[1] >= principal[2] * (1 - 1e-6)


@pytest.mark.parametrize("kind", [k for k in SHAPED if KINDS[k].category == "object"])
def test_objects_stand_on_the_origin_and_suit_a_hand(kind):
    asset = build_asset(kind)
    cloud = outline_of(ElementTree.fromstring(asset.urdf))["base"]
    assert -0.0015 <= cloud[:, 2].min() <= 1e-6
    assert 0.02 <= cloud[:, 2].max() <= 0.2
    assert asset.mass <= 1.0
    for grasp in asset.grasps:
        assert grasp.width <= 0.066
    assert [g.cost for g in asset.grasps] == sorted(g.cost for g in asset.grasps)


@pytest.mark.parametrize("kind", sorted(FOOTPRINTS))
def test_the_footprint_covers_the_shape(kind):
    asset = build_asset(kind)
    points = np.vstack(list(_shut(asset).values()))
    slices = [s for s in footprint(kind) if not s.sweep]
    outside = [p for p in points if not any(_covers(s, p) for s in slices)]
    assert not outside, outside[:3]


def _shut(asset):
    root = ElementTree.fromstring(asset.urdf)
    clouds = outline_of(root)
    for joint in root.findall("joint"):
        at = np.array([float(v) for v in joint.find("origin").get("xyz").split()])
        clouds[joint.find("child").get("link")] += at
    return clouds


def _covers(part, point, slack=0.003):
    if not part.low - slack <= point[2] <= part.high + slack:
        return False
    corners = np.array(part.corners)
    edges = np.roll(corners, -1, axis=0) - corners
    normals = np.column_stack([edges[:, 1], -edges[:, 0]])
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    return bool((((point[:2] - corners) * normals).sum(axis=1) <= slack).all())


def test_an_unknown_kind_becomes_a_box():
    asset = build_asset("gizmo", {"length": 0.05, "width": 0.04, "height": 0.03})
    assert np.allclose(asset.half, (0.025, 0.02, 0.015))
    assert asset.grasps


def test_parameters_change_the_shape_and_its_hash():
    assert build_asset("can", {"radius": 0.028}).sha256 != build_asset("can").sha256
    assert build_asset("can", {}).sha256 == build_asset("can").sha256


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"radios": 0.03}, "unknown-param"),
        ({"radius": "red"}, "bad-param"),
        ({"radius": -0.03}, "bad-param"),
        ({"radius": float("nan")}, "bad-param"),
        ({"radius": 0.0}, "bad-param"),
        ({"radius": 50.0}, "bad-param"),
        ({"mark": 3.0}, "bad-param"),
        ({"mark": "redd"}, "unknown-colour"),
    ],
)
def test_wrong_parameters_are_refused(params, code):
    with pytest.raises(AssetError) as caught:
        build_asset("can", params)
    assert caught.value.finding.code == code


def test_did_you_mean_a_parameter():
    with pytest.raises(AssetError, match="Did you mean 'radius'"):
        build_asset("can", {"radios": 0.03})


def test_urdf_orientation_survives_the_round_trip():
    rng = np.random.default_rng(0)
    turns = [turn_z(a) @ turn_y(b) @ turn_x(c) for a, b, c in rng.uniform(-3, 3, (20, 3))]
    turns += [turn_z(0.3) @ turn_y(np.pi / 2), turn_z(0.3) @ turn_y(-np.pi / 2)]
    for rotation in turns:
        shape = box((0.1, 0.2, 0.3), (1.0, 2.0, 3.0), (1, 1, 1, 1), rotation)
        outline = outline_of(ElementTree.fromstring(urdf_text("thing", (Link("base", (shape,), 1.0),), ())))
        assert np.allclose(np.sort(outline["base"], axis=0), np.sort(shape.corners(), axis=0), atol=1e-6)


def test_inertia_of_a_split_box_is_that_of_the_whole():
    halves = (box((0.1, 0.2, 0.15), (0, 0, 0.075), (1, 1, 1, 1)), box((0.1, 0.2, 0.15), (0, 0, 0.225), (1, 1, 1, 1)))
    whole = (box((0.1, 0.2, 0.3), (0, 0, 0.15), (1, 1, 1, 1)),)

    def moments(shapes):
        root = ElementTree.fromstring(urdf_text("thing", (Link("base", shapes, 2.0),), ()))
        return [float(root.find("link/inertial/inertia").get(n)) for n in ("ixx", "iyy", "izz")]

    assert moments(halves) == pytest.approx(moments(whole), rel=1e-6)
    assert moments(whole) == pytest.approx([2 / 12 * (0.04 + 0.09), 2 / 12 * (0.01 + 0.09), 2 / 12 * 0.05], rel=1e-6)


def test_a_link_with_too_many_shapes_is_refused():
    shapes = tuple(cylinder(0.01, 0.01, (0, 0, 0.1 * i), (1, 1, 1, 1)) for i in range(301))
    with pytest.raises(ValueError, match="301"):
        urdf_text("thing", (Link("base", shapes, 1.0),), ())


def test_lighter_colours_stay_colours():
    assert darker((0.9, 0.5, 0.1, 1.0), 1.5) == pytest.approx((1.0, 0.75, 0.15, 1.0))


def test_recipes_and_kinds_are_the_same_names():
    assert set(RECIPES) == set(SHAPED)
