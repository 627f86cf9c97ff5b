"""Package `planner.bench`: measures the road; every figure is printed by its command.

- `libero`         the road on a folder of BDDL tasks (`task` judges one task, `tally` adds them up)
- `libero_import`  do all files import and settle?
- `determinism`    same request, same certificate?
- `transfer`       do certified plans reach their goals in a second physics engine?
- `together`       two arms at once, over one after the other
- `rollout`        how much of a rollout is physics?
- `rows`           the frame of the long ones: rows kept and taken up again, of one `version` of the code
- `language`       what the language model understands, suite by suite, up to the symbolic gate
"""
