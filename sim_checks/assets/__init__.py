"""Shapes: parametric generators of collision-true URDF, and the checks on shapes that users bring.

| name | role |
|---|---|
| `build.build_asset` | the door: kind and parameters -> `Asset` (cached; the same bytes every time) |
| `asset.Asset` | URDF text, grasps, regions, mechanisms: all that hands and predicates need to know |
| `model.Model` | what a generator composes of `primitives` (links, joints, boxes, cylinders) |
| `boxes, rounds, vessels, flats, containers, cabinet, hinged, stove, shelf, table` | one family each |
| `grasps` | tool frames of the candidates |
| `outline` | exact corner points, for bounds |
| `scene_folder, obj_file, urdf_file` | files of the user: confined, checked, rewritten |
| `robot_tree` | what a robot's URDF says of links and joints |
| `scenes` | the scenes that ship with the package |

Nothing here touches the physics engine; `sim_checks.bullet` loads what is made here.
"""
