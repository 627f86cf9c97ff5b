import ast
from pathlib import Path

import pytest

import sim_checks
from sim_checks.bullet.client import BulletClient, data_path, engine_version
from sim_checks.errors import EngineError

PACKAGE = Path(sim_checks.__file__).parent
CLIENT = PACKAGE / "bullet" / "client.py"
FREE_OF_CLIENTS = {"connect", "getAPIVersion"}
MAY_SET_STATE = {
    "building.py",
    "loader.py",
    "robot.py",
    "fingers.py",
    "snapshot.py",
    "apart.py",
    "collision.py",
    "kinematics.py",
    "ghost.py",
    "lone_arm.py",
}


def calls(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_one_module_owns_the_engine():
    owners = {p for p in PACKAGE.rglob("*.py") if any(n.startswith("pybullet") for n in imported(p))}
    assert owners == {CLIENT}


def test_every_engine_call_names_its_client():
    found = 0
    for node, function in calls(CLIENT):
        if isinstance(function.value, ast.Name) and function.value.id == "pybullet":
            found += 1
            named = any(keyword.arg == "physicsClientId" for keyword in node.keywords)
            assert named or function.attr in FREE_OF_CLIENTS, f"line {node.lineno}: {function.attr}"
    assert found


def test_state_is_set_outright_only_where_worlds_are_built_and_motions_planned():
    for path in (PACKAGE / "bullet").glob("*.py"):
        if path.name not in MAY_SET_STATE:
            used = {f.attr for _, f in calls(path)}
            assert not used & {"resetBasePositionAndOrientation", "resetJointState", "resetBaseVelocity"}, path.name


def test_a_client_is_set_up_the_reproducible_way():
    with BulletClient(solver_iterations=70) as client:
        parameters = client.getPhysicsEngineParameters()
        assert parameters["fixedTimeStep"] == pytest.approx(1 / 240)
        assert parameters["numSubSteps"] == 0
        assert parameters["numSolverIterations"] == 70
        assert parameters["gravityAccelerationZ"] == pytest.approx(-9.81)


def test_clients_do_not_address_one_another():
    with BulletClient() as one, BulletClient() as other:
        one.createMultiBody(1.0, one.createCollisionShape(one.GEOM_SPHERE, radius=0.1))
        assert one.getNumBodies() == 1
        assert other.getNumBodies() == 0


@pytest.mark.parametrize(
    "call",
    [
        lambda c: c.loadURDF("/nowhere.urdf"),
        lambda c: c.getBasePositionAndOrientation(99),
        lambda c: c.getJointInfo(99, 0),
    ],
)
def test_errors_of_the_engine_are_translated(call):
    with BulletClient() as client, pytest.raises(EngineError) as caught:
        call(client)
    assert caught.value.finding.code == "engine-refused"


def test_a_closed_client_stays_closed():
    client = BulletClient()
    assert client.open
    client.getNumBodies()
    client.close()
    client.close()
    assert not client.open
    with pytest.raises(EngineError):
        client.stepSimulation()


def test_unknown_functions_are_attribute_errors():
    with BulletClient() as client:
        with pytest.raises(AttributeError):
            client.makeCoffee()
        with pytest.raises(AttributeError):
            _ = client._private


def test_the_engine_is_named():
    assert engine_version().startswith("pybullet-")
    assert (data_path() / "franka_panda").is_dir()
