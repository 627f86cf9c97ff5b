"""`Watch`: every rule that sets limits, held against one rehearsal of one plan, step by step and without a record."""

from collections.abc import Iterable, Mapping, Sequence

from sim_checks.incident import Incident
from sim_checks.rules.book import RuleBook, own_things
from sim_checks.rules.limit import Apart, KeepOut, Level, SafeEnd, Shock, SpeedNear, Standing
from sim_checks.rules.monitors.ending import EndsSafely, StaysStanding
from sim_checks.rules.monitors.monitor import Breach, Monitor
from sim_checks.rules.monitors.near_people import KeepsAway, SlowNear
from sim_checks.rules.monitors.things import NoShock, StaysLevel
from sim_checks.rules.monitors.zones import StaysOut
from sim_checks.rules.observed import Observed
from sim_checks.rules.rule import Rule
from sim_checks.rules.things import Thing, things_of
from skills.finding import Finding
from skills.geometry import Box, Pose
from skills.kinds import kind_of
from skills.scene import Scene
from skills.scene_parts import Zone

PERIOD_S = 1 / 120
"""Time between two control steps [s]."""


class Watch:
    """The monitors of one rehearsal; only those that the scene gives something to look at.

    Args:
        book: The rules.
        scene: The scene.
        seen: The rehearsal.
    """

    def __init__(self, book: RuleBook, scene: Scene, seen: Observed) -> None:
        self.seen = seen
        self.monitors: list[tuple[Rule, Monitor]] = []
        things = things_of(scene)
        for rules, known in ((book.shipped, things), (book.own, own_things(things, book))):
            for rule in rules:
                self.monitors += [(rule, m) for limit in rule.watch if (m := _monitor(limit, scene, known))]
        self._each_step = [(r, m) for r, m in self.monitors if type(m).step is not Monitor.step]

    def look(self, node: str, segment: str, time_s: float) -> Iterable[Incident]:
        """Returns what breaks a rule at this control step."""
        return [
            self._incident(rule, breach, node, segment, time_s)
            for rule, monitor in self._each_step
            if (breach := monitor.step(self.seen)) is not None
        ]

    def after(self, node: str, about: frozenset[str], time_s: float) -> list[Incident]:
        """Returns what breaks a rule now that a step of the plan has ended.

        Args:
            node: The step.
            about: The things that the plan was about so far.
            time_s: Time since the rehearsal began to move [s].
        """
        found = ((r, m.after(self.seen, about)) for r, m in self.monitors)
        return [self._incident(rule, breach, node, "", time_s) for rule, breach in found if breach is not None]

    def end(self, node: str, about: frozenset[str], holding: str | None, time_s: float) -> list[Incident]:
        """Returns what breaks a rule now that the plan has ended with ``node``; the hand should hold ``holding``."""
        found = ((r, m.end(self.seen, about, holding)) for r, m in self.monitors)
        return [self._incident(rule, breach, node, "", time_s) for rule, breach in found if breach is not None]

    @property
    def worst(self) -> dict[str, dict[str, float]]:
        """Rule -> the figure nearest to its limit (or beyond it), and the limit; JSON-ready."""
        rows = [(_share(m), rule.id, m) for rule, m in self.monitors if m.worst is not None]
        rows.sort(key=lambda row: row[:2])  # of several limits of one rule, the one nearest to its limit comes last
        return {i: {"worst": round(m.worst or 0.0, 3), "limit": m.limit} for _, i, m in rows}

    def _incident(self, rule: Rule, breach: Breach, node: str, segment: str, time_s: float) -> Incident:
        during = f" during {segment!r}" if segment else ""
        what = f"{breach.what}{during} and breaks the rule: {rule.words} ({rule.id}); {rule.why}."
        remedy = f"{rule.instead} Source of the rule: {rule.source}."
        finding = Finding(rule.code, f"nodes.{node}", what, remedy)
        return Incident(finding, time_s, segment, breach.bodies, breach.contact, breach.measured, breach.limit)


def zones_of(book: RuleBook, scene: Scene) -> dict[str, Box]:
    """Returns every keep-out box, by id, that the rules name and the scene declares."""
    named = [z for rule in book.rules for limit in rule.watch if isinstance(limit, KeepOut) for z in limit.zones]
    own = scene.zones if any(isinstance(x, KeepOut) and not x.zones for r in book.rules for x in r.watch) else ()
    return {z.id: Box(Pose(z.centre), z.half) for z in (*own, *named)}


def _monitor(limit: object, scene: Scene, things: Mapping[str, Thing]) -> Monitor | None:
    """Returns the monitor of a limit, or None where the scene holds nothing that it is about."""
    movable, fixed = [t.id for t in scene.objects], [t.id for t in scene.fixtures]
    match limit:
        case SpeedNear() if scene.people:
            return SlowNear(limit, scene.people)
        case Apart() if scene.people:
            away = KeepsAway(limit, scene.people, things)
            return away if away.about else None
        case KeepOut():
            zones: Sequence[Zone] = limit.zones or scene.zones
            return StaysOut(zones, PERIOD_S) if zones else None
        case Level():
            level = StaysLevel(limit, movable, things)
            return level if level.about else None
        case Shock():
            shock = NoShock(limit, movable, things)
            return shock if shock.about else None
        case Standing():
            return StaysStanding(limit, movable)
        case SafeEnd():
            floors = [t.id for t in scene.fixtures if t.kind == "floor" and kind_of(t.kind).category == "table"]
            return EndsSafely(limit, movable, fixed, floors)
    return None


def _share(monitor: Monitor) -> float:
    """Returns how far a monitor's worst figure has gone towards its limit (1: there)."""
    worst = monitor.worst or 0.0
    return 1.0 + monitor.limit - worst if monitor.low else worst / monitor.limit
