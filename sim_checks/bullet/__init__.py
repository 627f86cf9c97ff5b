"""The physics engine's room: nothing outside of it imports pybullet, and in it only `client` does.

| name | role | lifetime |
|---|---|---|
| `client.BulletClient` | owns one engine client, set up the one reproducible way | one job |
| `loader.Loader` | brings assets in through content-addressed files, counts what was read | while a world is built |
| `building.Builder` | puts things on their supports; the only placing outright | while a world is built |
| `world.BulletWorld` | a scene in a client: poses, regions, openings, contacts, facts, state hash | one job |
| `perturb.Perturbation` | the declared distribution of worlds | a value |
| `meshes.load_mesh` | files of the user, tried in a process of their own | while a world is built |
| `render`, `marks` | pictures, and what is drawn into them | - |
| `sight.Sight` | answers monitors about a stage, and changes nothing | one rollout |
| `zones.add_zones` | keep-out boxes as obstacles of a planning client | while planning |
| `robot_model.robot_model` | a description's URDF made ready for the engine, and its hash | a process |
| `robot.Robot`, `fingers.Fingers` | any arm and its gripper, from a description | one job |
| `limb.Limb`, `lone_arm.LoneArm` | one arm of a robot; the same without its base, for kinematics | one job |
| `visits.visited` | what a robot that drives stands before | - |
| `recording.Recording`, `apart.Apart` | where everything was while an arm worked; do two such keep apart? | one plan |
| `kinematics, collision, snapshot, ghost, stage` | the arm's motions and its rollouts | one job |

Who may import it: the gates of `sim_checks`, and `planner` for executing and picturing.
"""
