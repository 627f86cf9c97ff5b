"""`Monitor`: what the plan promises against what is seen, after every step."""

from planner.dispatch.executors.port import Observation
from skills.finding import Finding
from skills.graph import Node, SkillGraph
from skills.scene import Scene
from skills.skill import Operator
from skills.symbols import State
from skills.trace import ground, trace


class Monitor:
    """Compares the observed world with the facts that the plan relies on.

    A step must have brought about its effects, every step still to come must still be possible, and the
    goal must still follow. Facts that the plan does not touch are the world's own business.

    Args:
        graph: The plan that is carried out.
        scene: The scene it was made for.
    """

    def __init__(self, graph: SkillGraph, scene: Scene) -> None:
        self._nodes = graph.ordered()
        self._goal = graph.goal
        self._scene = scene

    def check_start(self, seen: Observation) -> tuple[Finding, ...]:
        """Returns why the plan does not fit the world before its first step; nothing when it does."""
        return self._check_rest(0, seen.facts, "start")

    def check_step(self, act: tuple[Node, ...], before: State, seen: Observation) -> tuple[Finding, ...]:
        """Returns the deviations after a step, or after several that were done at once.

        Args:
            act: The step that was just carried out; several if they were done at once.
            before: Facts that were seen before it.
            seen: The world after it.
        """
        now, made = before, list[tuple[Node, Operator]]()
        for node in act:
            made.append((node, ground(node.step, self._scene, now)))
            now = made[-1][1].apply(now)
        absent = [(node, fact) for node, operator in made for fact in sorted((operator.add & now) - seen.facts)]
        if absent:
            return tuple(
                Finding(
                    "effect-missing",
                    f"nodes[{node.id}]",
                    f"After {node.step} the world should show {str(fact)!r}, and does not.",
                    "Look at the scene as it is now and plan again from there.",
                )
                for node, fact in absent
            )
        index = next(i for i, n in enumerate(self._nodes) if n.id == act[-1].id)
        return self._check_rest(index + 1, seen.facts, f"nodes[{act[-1].id}]")

    def _check_rest(self, index: int, facts: State, where: str) -> tuple[Finding, ...]:
        """Returns why the steps from ``index`` on would not reach the goal from ``facts``."""
        rest = self._nodes[index:]
        moments = trace([n.step for n in rest], self._scene, facts)
        if moments and not moments[-1].operator.applicable(moments[-1].before):
            last = moments[-1]
            node = rest[len(moments) - 1]
            lacking = [str(f) for f in last.operator.missing(last.before)]
            lacking += [f"not {f}" for f in last.operator.blocking(last.before)]
            return (
                Finding(
                    "world-drifted",
                    where,
                    f"{node.step} at {node.id} is no longer possible: it needs {', '.join(lacking)}.",
                    "Look at the scene as it is now and plan again from there.",
                ),
            )
        final = moments[-1].after if moments else facts
        return tuple(
            Finding(
                "goal-out-of-reach",
                where,
                f"The rest of the plan no longer brings about {str(literal)!r}.",
                "Look at the scene as it is now and plan again from there.",
            )
            for literal in self._goal.missing(final)
        )
