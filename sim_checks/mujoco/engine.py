"""The one import of mujoco, and `Physics`: the settings of the second engine, each with its reason."""

from dataclasses import asdict, dataclass

from sim_checks.errors import EngineError

try:
    import mujoco
except ImportError as error:  # an optional extra
    what = "MuJoCo is not installed."
    remedy = "Say: pip install 'robot-rehearse[transfer]'."
    raise EngineError.at("no-mujoco", "mujoco", what, remedy) from error


@dataclass(frozen=True)
class Physics:
    """Settings, chosen on grasp-holding fixtures (a block held for 5 s), on no task's goal.

    Args:
        time_step_s: Integration step [s]; four of them between two motor commands.
        contact_s: Time constant of a contact's spring and damper [s]: the shortest that the step resolves well, since
            things and fingers are hard.
        impratio: Stiffness of friction against that of the normal force. 1 lets what is held creep under gravity.
        noslip_iterations: Further iterations that hold friction against creep.
        torsion_m: Torsional friction of the fingers' pads [m]: 2/3 of the radius of a pad's patch, about 1 cm.
        rolling_m: Rolling friction of round things [m], as in `sim_checks.bullet.loader`.
        ordinary: Friction of an ordinary movable thing. In a pair the rehearsal multiplies two frictions and MuJoCo
            takes the larger one; so each thing's own is multiplied by this beforehand, which gives the rehearsal's
            value wherever one of the two is ordinary and the other no smoother. Pairs with a finger are exact.
        arm_stiffness: Position gain of the arm's joints, base to wrist [Nm/rad]. Source: MuJoCo Menagerie's Panda.
        finger_stiffness: Position gain of a finger [N/m]; its force is limited by what the plan commands.
        bandwidth: Rate at which a joint's error decays [1/s]: the rehearsal's controller takes away a tenth of the
            error in each of its steps of 1/240 s.
        armature: Inertia of an arm joint's motor seen at the joint [kg m^2]. Source: MuJoCo Menagerie's Panda.
        finger_armature: The same of a finger's [kg].
    """

    time_step_s: float = 1 / 480
    contact_s: float = 0.005
    impratio: float = 10.0
    noslip_iterations: int = 5
    torsion_m: float = 0.0067
    rolling_m: float = 0.0005
    ordinary: float = 0.7
    arm_stiffness: tuple[float, ...] = (4500.0, 4500.0, 3500.0, 3500.0, 2000.0, 2000.0, 2000.0)
    finger_stiffness: float = 20000.0
    bandwidth: float = 24.0
    armature: float = 0.1
    finger_armature: float = 0.1

    def to_json(self) -> dict[str, object]:
        """Returns the settings and the engine's version, as JSON data."""
        return {"engine": "mujoco", "version": mujoco.__version__, "cone": "elliptic", **asdict(self)}

    def prepare(self, spec: mujoco.MjSpec) -> None:
        """Sets the options of a specification."""
        option = spec.option
        option.timestep = self.time_step_s
        option.integrator = mujoco.mjtIntegrator.mjINT_IMPLICITFAST
        option.cone = mujoco.mjtCone.mjCONE_ELLIPTIC
        option.impratio = self.impratio
        option.noslip_iterations = self.noslip_iterations
        option.gravity = (0.0, 0.0, -9.81)
        spec.compiler.balanceinertia = True
        spec.compiler.degree = False


__all__ = ["Physics", "mujoco"]
