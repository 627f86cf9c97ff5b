"""`Fixture`: one rehearsal that breaks one watched rule, or none; `judge`: what the monitors say of it."""

from dataclasses import dataclass

from sim_checks.bullet.perturb import Perturbation
from sim_checks.bullet.sight import Sight
from sim_checks.bullet.stage import Stage
from sim_checks.rules.book import RuleBook, shipped_rules
from sim_checks.rules.watch import Watch
from skills.motion import Motion
from skills.scene import Scene


@dataclass(frozen=True, eq=False)
class Fixture:
    """One rehearsal.

    Args:
        rule: Id of the rule that it is about.
        violating: It breaks the rule; else it breaks none.
        scene: The scene.
        motion: What is played.
        seed: Seed of the perturbed world.
        what: What happens, in a few words.
        about: Things that the plan would be about.
        holding: What the hand should hold at the end.
    """

    rule: str
    violating: bool
    scene: Scene
    motion: Motion
    seed: int
    what: str
    about: frozenset[str] = frozenset()
    holding: str | None = None


def judge(fixture: Fixture, book: RuleBook | None = None) -> tuple[str, ...]:
    """Plays a fixture in physics under the monitors; returns the codes of the rules that it broke, in order.

    Args:
        fixture: The rehearsal.
        book: The rules (default: the shipped ones).
    """
    with Stage(fixture.scene, fixture.seed, Perturbation()) as stage:
        watch = Watch(book or shipped_rules(), fixture.scene, Sight(stage))
        stage.monitor = watch.look
        play = stage.play(fixture.motion)
        found = [*play.incidents, *watch.after(fixture.motion.node, fixture.about, stage.clock_s)]
        found += watch.end(fixture.motion.node, fixture.about, fixture.holding, stage.clock_s)
    return tuple(dict.fromkeys(i.finding.code for i in found))
