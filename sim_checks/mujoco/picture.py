"""Pictures of the second engine's state, drawn by the first one's software renderer: it needs no graphics library."""

from sim_checks.bullet.client import BulletClient
from sim_checks.bullet.render import Picture
from sim_checks.bullet.render import picture as draw
from sim_checks.bullet.robot import Robot
from sim_checks.bullet.snapshot import Snapshot
from sim_checks.bullet.world import BulletWorld
from sim_checks.mujoco.stage import MujocoStage


def picture(stage: MujocoStage, width: int = 480, height: int = 360) -> Picture:
    """Returns what stands where now, shape (height, width, 3), red green blue; nothing is simulated for it."""
    with BulletClient() as client:
        robot = Robot(client, stage.opened, stage.scene.robots[0].pose.pose())
        shown = BulletWorld(client, stage.scene, stage.folder, settle=False)
        poses, joints = {}, {}
        for name, thing in shown.things.items():
            at = stage.world.pose(name) @ thing.frame_from_inertial
            poses[thing.body] = (at.position, at.orientation)
            for joint, index in thing.joints.items():
                if (name, joint) in stage.world.at:
                    joints[thing.body, index] = stage.world.position(name, joint)
        Snapshot(poses, joints).restore_for_planning(client)
        robot.place(stage.arm.joints(), stage.arm.width())
        return draw(shown, width, height)
