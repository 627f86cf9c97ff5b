"""Resolving a draft: canonical ids, the one part that is meant, and a finding for what fits nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from skills.catalogue import Catalogue
from skills.errors import VocabularyError
from skills.finding import Finding
from skills.graph import Draft, Step
from skills.parameter import PREDICATE_TYPES, Parameter, misfits
from skills.scene import Scene
from skills.support import region_of
from skills.symbols import OPPOSITE, PREDICATES, Literal

_TWINS = {"place_on": "place_in", "place_in": "place_on", "on": "in", "in": "on"}
"""What can be meant when the target is a surface and not a container, or the other way round."""


@dataclass(frozen=True)
class Resolved:
    """A draft in the scene's own names.

    Args:
        goal: Goal literals, without repetitions.
        steps: Calls that fit their parameters.
        findings: What does not fit (errors), and what was read differently than written (warnings).
    """

    goal: tuple[Literal, ...]
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return all(f.severity != "error" for f in self.findings)


def resolve(draft: Draft, scene: Scene, catalogue: Catalogue) -> Resolved:
    """Returns the draft in canonical names, with findings on everything that does not fit."""
    findings: list[Finding] = []
    goal: dict[Literal, None] = {}
    for index, literal in enumerate(draft.goal.literals):
        name, args, said = _settle(literal.predicate, literal.args, f"goal[{index}].args", scene, _predicate_parameters)
        findings += said
        if not PREDICATES[name].goal:
            what = f"{name!r} cannot be asked of the final world."
            findings.append(Finding("not-a-goal", f"goal[{index}]", what, "Ask where things are, or how parts stand."))
        goal[Literal(name, args)] = None
    findings += contradictions(tuple(goal), scene)
    steps = []
    for index, step in enumerate(draft.steps):
        where = f"steps[{index}]"
        try:
            skill = catalogue.get(step.skill, f"{where}.skill")
        except VocabularyError as error:
            findings.append(error.finding)
            continue
        name, args, said = _settle(
            skill.id.partition(".")[0], step.args, f"{where}.args", scene, lambda n: catalogue.get(n).parameters
        )
        findings += said
        steps.append(Step(name, args))
    return Resolved(tuple(goal), tuple(steps), tuple(findings))


def contradictions(goal: Sequence[Literal], scene: Scene) -> list[Finding]:
    """Returns pairs of goal literals that no world, or no skill, can make true together."""
    found = []
    for second, literal in enumerate(goal):
        for other in goal[:second]:
            what = None
            if OPPOSITE.get(literal.predicate) == other.predicate and literal.args == other.args:
                what = f"{other} and {literal} exclude each other."
            elif literal.predicate == other.predicate == "holding":
                what = f"{other} and {literal} ask one hand to hold two things."
            elif "holding" in (literal.predicate, other.predicate):
                if {literal.predicate, other.predicate} & {"on", "in"} and literal.args[0] == other.args[0]:
                    what = f"{other} and {literal} ask for one thing in the hand and somewhere else."
            elif {literal.predicate, other.predicate} <= {"on", "in"}:
                if literal.args[0] == other.args[0] and _two_places(literal.args[1], other.args[1], scene):
                    what = f"{other} and {literal} ask for one thing in two places."
                elif literal.args == other.args[::-1]:
                    what = f"{other} and {literal} ask for two things that carry each other."
            if what:
                found.append(Finding("contradictory-goal", f"goal[{second}]", what, "Ask for one of them."))
    return found


def _two_places(first: str, second: str, scene: Scene) -> bool:
    """Says whether a thing cannot be at both, by what is known without looking at the world."""
    if first == second or "." in first + second:  # the area beside a thing lies wherever the thing is
        return first == second  # the same place, once as "on" and once as "in"
    supports = []
    for place in (first, second):
        region = region_of(place, scene)
        supports.append(scene.canonical(region.on) if region else place)
    return supports[0] != supports[1]


def _predicate_parameters(name: str) -> tuple[Parameter, ...]:
    return tuple(Parameter(f"argument {i}", t) for i, t in enumerate(PREDICATE_TYPES[name]))


def _settle(
    name: str,
    args: tuple[str, ...],
    where: str,
    scene: Scene,
    parameters_of: Callable[[str], tuple[Parameter, ...]],
) -> tuple[str, tuple[str, ...], list[Finding]]:
    """Returns the name and the canonical arguments that are meant, with findings."""
    canonical = tuple(scene.canonical(a) for a in args)
    faults = misfits(parameters_of(name), args, scene, where, name)
    if not faults:
        return name, canonical, []
    readings = [(name, part) for part in _parts(canonical, scene)]
    if name in _TWINS:
        readings += [(_TWINS[name], canonical), *((_TWINS[name], part) for part in _parts(canonical, scene))]
    fitting = [r for r in readings if not misfits(parameters_of(r[0]), r[1], scene, where, r[0])]
    best = [r for r in fitting if r[0] == fitting[0][0]]
    if len(best) != 1:
        return name, canonical, list(faults)
    other, part = best[0]
    what = f"{name}({', '.join(args)}) is read as {other}({', '.join(part)})."
    return other, part, [Finding("read-as", where, what, "Name it so, to be sure.", "warning")]


def _parts(args: tuple[str, ...], scene: Scene) -> list[tuple[str, ...]]:
    """Returns the arguments with the last one replaced by each of its parts in turn."""
    if not args or args[-1] not in scene.entities:
        return []
    return [(*args[:-1], e.id) for e in scene.entities.values() if e.parent == args[-1]]
