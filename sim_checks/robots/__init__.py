"""The contract of a robot description: what is measured before plans may rely on it.

| name | role |
|---|---|
| `contract.check_robot` | the door: every measurement, as rows of one table |
| `holding.hold_a_block` | grips a block, lifts it, holds it against gravity, lets it go |
| `reaching` | inverse kinematics over the workspace, and the map of reach over a plane |
| `base.drive_a_square` | a base driven around a square and stopped |
| `picture.write_reach` | that map as a PNG |

`rehearse robot check` runs it in a worker process; `check_robot` itself opens and closes engine clients.
"""
