"""`Rollout`: a plan played in one world, each step and the end judged by its effects, its goal and the rules."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sim_checks.bullet.perturb import Perturbation
from sim_checks.bullet.sight import Sight
from sim_checks.bullet.stage import Stage
from sim_checks.bullet.touches import strangers
from sim_checks.effects import unmet_all
from sim_checks.incident import Incident
from sim_checks.rules.book import RuleBook, shipped_rules
from sim_checks.rules.watch import Watch
from skills.finding import Finding
from skills.geometry import Quaternion
from skills.graph import Node, SkillGraph
from skills.motion import Motion
from skills.predicates import missing
from skills.scene import Scene
from skills.trace import final_state


@dataclass(frozen=True)
class World:
    """Which world a rollout runs in.

    Args:
        scene: The scene.
        seed: Seed of its perturbation, or None for the nominal world.
        perturbation: The declared distribution.
        finer: How many steps stand for one of the usual step.
        folder: Folder of the scene's meshes.
    """

    scene: Scene
    seed: int | None = None
    perturbation: Perturbation | None = None
    finer: int = 1
    folder: Path | None = None

    def stage(self) -> Stage:
        """Returns this world as a stage that is still to be opened."""
        return Stage(self.scene, self.seed, self.perturbation, self.folder, finer=self.finer)


class Rollout:
    """One rehearsal on an open stage.

    Args:
        graph: The plan.
        stage: The stage; its monitor is set.
        rules: The rules that are watched (default: the shipped ones).
    """

    def __init__(self, graph: SkillGraph, stage: Stage, rules: RuleBook | None = None) -> None:
        self.graph, self.stage, self.sight = graph, stage, Sight(stage)
        self.watch = Watch(rules or shipped_rules(), stage.scene, self.sight)
        stage.monitor = self.watch.look
        self.about: frozenset[str] = frozenset()
        self.began_s = 0.0

    def play(
        self, act: tuple[Node, ...], motion: Motion, on_frame: Callable[[], None] | None = None, frame_s: float = 0.1
    ) -> tuple[Incident, ...]:
        """Plays the motion of the next node; returns what went wrong, empty when its effects hold.

        Args:
            act: The node, or those that are done at once.
            motion: Its motion.
            on_frame: Called every ``frame_s`` of simulated time.
            frame_s: Time between two calls of ``on_frame`` [s].
        """
        stage, self.began_s = self.stage, self.stage.clock_s
        node, args = act[-1], tuple(a for n in act for a in n.step.args)
        self.about |= {stage.world.owner(a.partition(".")[0]) for a in args if stage.scene.knows(a)}
        play = stage.play(motion, on_frame, frame_s)
        found = list(play.incidents)
        if play.valid:
            missed = unmet_all(self.graph, act, stage.world, stage.scene)
            found += [self._at(f, self.graph.node(f.where.removeprefix("nodes.")).step.args) for f in missed]
            strange = strangers(stage.touches, node.id, tuple(self.about))
            found += [self._at(f, args) for f in strange]
            found = found or self.watch.after(node.id, self.about, stage.clock_s)
        return tuple(replace(i, began_s=self.began_s) for i in found)

    def resting(self, entity: str) -> Quaternion:
        """Returns the orientation in which a movable thing rests now (identity for anything else), x y z w."""
        world = self.stage.world
        return world.pose(entity).orientation if entity in world.movable else (0.0, 0.0, 0.0, 1.0)

    def finish(self) -> tuple[Incident, ...]:
        """Returns what is wrong at the end of the plan, empty when the goal holds and the end is safe."""
        stage, last = self.stage, self.graph.nodes[-1]
        wrong = missing(self.graph.goal, stage.world)
        if wrong:
            what = f"At the end {', '.join(map(str, wrong))} does not hold."
            finding = Finding("goal-missed", "goal", what, "Choose another, roomier placement or order.")
            return (replace(self._at(finding, wrong[0].args), began_s=self.began_s),)
        end = final_state(self.graph, stage.scene)
        held = [f.args[0] for f in end if f.predicate == "holding"] if end is not None else [stage.held()]
        found = self.watch.end(last.id, self.about, next(iter(held), None), stage.clock_s)
        return tuple(replace(i, began_s=self.began_s) for i in found)

    def _at(self, finding: Finding, args: Sequence[str]) -> Incident:
        """Returns a finding of this moment, with the contact that presses most on the first thing it is about."""
        world = self.stage.world
        bodies = tuple(dict.fromkeys(world.owner(a.partition(".")[0]) for a in args if world.scene.knows(a)))
        contact = self.sight.contact(bodies[0]) if bodies and bodies[0] in world.things else None
        return Incident(finding, self.stage.clock_s, "", bodies, contact)


def play_through(
    graph: SkillGraph, motions: Sequence[Motion], world: World, rules: RuleBook | None = None
) -> tuple[Incident, ...]:
    """Plays motions in one world, as many nodes as there are motions for; returns what went wrong first.

    The goal and the end are judged where every node has a motion.

    Args:
        graph: The plan.
        motions: One for each act of the plan, or for the first ones.
        world: Where.
        rules: The rules that are watched (default: the shipped ones).
    """
    with world.stage() as stage:
        rollout = Rollout(graph, stage, rules)
        for act, motion in zip(acts := graph.acts(), motions, strict=False):
            found = rollout.play(act, motion)
            if found:
                return found
        return rollout.finish() if len(motions) == len(acts) else ()
