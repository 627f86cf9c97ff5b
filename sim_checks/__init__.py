"""`sim_checks`: what stands between a plan and a motion. It imports `skills` and nothing else of ours.

Cheap to dear, the first gate that does not pass ends the road:

- `symbolic.check`     preconditions, effects and the goal, in every legal order of the graph
- `geometric`          a collision-free, timed motion for every node, planned from where the rehearsal stands
- `rehearsal`          the nominal rollout that motions are planned along; `halving` repeats it at half of the step,
                       `physics` perturbs it and decides a claim; `rollout` plays one plan in one world, watched
- `together`, `abreast` what two arms may do at once by the symbols, and how it is planned and joined
- `remedy`             the least change after a failure; `counterexample`, `snapshots` tell and show a failure
- `gates.check_plan`   all of them, the dear ones in a killable worker process (`worker.run_isolated`)
- `motion_cache`       motions that were planned before, by the content they follow from
- `unchanged`, `proofs` what a repair leaves alone, and need not be shown again: meanings of calls, motions of nodes
- `verdict.Verdict`    PASS, FAIL, INCONCLUSIVE or UNKNOWN with findings; true only for PASS
- `certificate`        `issue` signs what passed, `verify` checks it offline; `CertifiedPlan` comes from nowhere else
- `motion/`            how hands reach, hold, carry, pull, turn and push
- `engines/`           warm workers for many jobs: a pool of processes, or Ray
- `bullet/`            the physics engine; the only room that imports it
- `mujoco/`            a second engine, in which certified plans are carried out; no gate asks it
- `assets/`            shapes made from parameters, with grasps, regions and mechanisms; the shipped scenes
"""
