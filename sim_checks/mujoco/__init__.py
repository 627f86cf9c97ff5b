"""A second physics engine, MuJoCo: certified plans are carried out here, under contacts that no gate has seen.

| name | role | lifetime |
|---|---|---|
| `engine` | the one import of mujoco, and `Physics`: every setting with its reason | - |
| `shapes` | collision shapes of URDF text -> geoms | while a world is built |
| `tree.BodyTree` | one URDF as bodies, joints and shapes of a specification | while a world is built |
| `builder.build` | a placed scene and its robot -> a compiled model | while a world is built |
| `view.SceneView` | what predicates ask, answered from poses and joint positions; no engine | one job |
| `world.MujocoWorld` | a `SceneView` over the engine's state | one job |
| `arm.Arm` | commands to the robot's joints and fingers | one job |
| `stage.MujocoStage` | a settled world with its robot, where motions are played | one job |
| `picture` | pictures of the state, by the first engine's renderer | - |
| `causes` | why a goal was missed, from what the stage saw | a value |
| `transfer.carry_out` | a plan's motions, carried out and judged | one job |

Only where things stand before they settle, and the shapes, come from `sim_checks.bullet`; no state is copied later.
Who may import it: `planner.bench`. The gates do not: a certificate owes nothing to this engine.
"""
