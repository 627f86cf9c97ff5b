"""Robots as description files: what planners and gates need to know of a body, as validated values.

| name | role |
|---|---|
| `description.Description` | one robot: its URDF, arm, hand, gripper, limits, home, frames |
| `parts`, `suction` | the parts of a description; a gripper that is a cup |
| `names` | which descriptions ship with the package |
| `opening.open_robot` | a name or a file -> `OpenedRobot`: the description and where its files are |
| `*.robot.yaml`, `*.urdf` | the robots that ship with the package |

Nothing here touches the physics engine; `sim_checks.bullet.robot` builds a body from a description.
"""
