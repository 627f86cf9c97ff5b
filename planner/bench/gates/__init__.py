"""The checker is checked: generated plans and their mutants, judged by the symbolic gate and by a foreign validator.

| module | what |
|---|---|
| `worlds` | made-up scenes from a seed |
| `walks` | calls that fit a scene, walks that can be done, and the plans that they are |
| `encoding` | a scene and calls as a unified-planning problem, written without the skills' operators |
| `orders` | every legal order of a plan |
| `mutants` | plans with one fault each, and whether the gate lets one live |
| `harsher` | verdicts of the physics gate against a harsher simulation |
| `differential` | plans, valid and not, and whether gate and validator agree |

Only `planner.bench` imports it; unified-planning is a dependency of the bench alone (extra `bench`).
"""
