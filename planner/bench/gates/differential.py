"""Plans, valid and not: do the symbolic gate and unified-planning's validator agree on every one?"""

import random
from collections.abc import Iterator
from typing import NamedTuple

from planner.bench.gates.encoding import Encoding
from planner.bench.gates.walks import Walks, chained
from planner.bench.gates.worlds import made_up
from sim_checks.symbolic import check
from skills.graph import Step
from skills.symbols import Goal

LONGEST = 10
"""Most steps of a plan."""
IN_A_SCENE = 20
"""Plans in each scene."""
FAULTS = ("none", "none", "none", "insert", "drop", "swap", "replace", "goal")
"""What is done to a walk before both are asked; half or so of the plans stay valid."""


class Pair(NamedTuple):
    """A plan in a scene, judged twice.

    Args:
        ours: Whether the symbolic gate passes it.
        theirs: Whether unified-planning finds it valid.
        plan: Scene's number, calls and goal, said in one line.
    """

    ours: bool
    theirs: bool
    plan: str


def pairs(seed: int) -> Iterator[Pair]:
    """Yields judged plans in made-up scenes, without end.

    Args:
        seed: Seed of scenes, plans and faults.
    """
    number = 0
    while True:
        chance = random.Random(f"{seed}/pairs/{number}")
        walks = Walks(made_up(chance), chance)
        plans = [p for p in (_plan(walks, chance) for _ in range(IN_A_SCENE)) if p[0] and p[1].literals]
        encoding = Encoding(walks.scene, walks.start, (step for steps, _ in plans for step in steps))
        for steps, goal in plans:
            ours = bool(check(chained(steps, goal, walks.scene), walks.scene))
            plan = f"scene {number}: {'; '.join(map(str, steps))} | {goal}"
            yield Pair(ours, encoding.valid(steps, goal), plan)
        number += 1


def _plan(walks: Walks, chance: random.Random) -> tuple[list[Step], Goal]:
    """Returns a walk, perhaps with a fault, and a goal that the walk would fulfil, or some other one."""
    operators, end = walks.walk(chance.randint(1, LONGEST))
    steps = [Step(o.name, o.args) for o in operators]
    fault = chance.choice(FAULTS)
    if fault == "insert":
        steps.insert(chance.randint(0, len(steps)), walks.any_call())
    elif fault == "drop":
        steps.pop(chance.randrange(len(steps)))
    elif fault == "swap" and len(steps) > 1:
        i = chance.randrange(len(steps) - 1)
        steps[i], steps[i + 1] = steps[i + 1], steps[i]
    elif fault == "replace":
        steps[chance.randrange(len(steps))] = walks.any_call()
    return steps, walks.asked(walks.walk(2)[1] if fault == "goal" else end)
