"""`sweep`: every step of a plan against every rule, in the state that the step leaves behind."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from sim_checks.rules.book import RuleBook, own_things
from sim_checks.rules.rule import Pattern, Rule
from sim_checks.rules.things import Known, Thing, area, things_of
from sim_checks.rules.words import tokens
from skills.catalogue import Catalogue, load
from skills.finding import Finding
from skills.graph import SkillGraph
from skills.scene import Scene
from skills.symbols import Literal, State
from skills.trace import ground


class Fact(NamedTuple):
    """A fact of a state, or one that follows from it."""

    predicate: str
    args: tuple[str, ...]


class Breach(NamedTuple):
    """A fact that breaks a rule by one of its patterns."""

    rule: Rule
    pattern: Pattern
    fact: Fact


def sweep(
    graph: SkillGraph,
    scene: Scene,
    state: State | None,
    book: RuleBook,
    known: Known | None = None,
    catalogue: Catalogue | None = None,
) -> tuple[Finding, ...]:
    """Returns a finding for every rule that a step of the plan breaks; what held before the plan is not its doing.

    The order of the nodes is the one legal order, up to drives, which no rule is about: all other skills need the arm.

    Args:
        graph: A plan that passed the symbolic gate.
        scene: Its scene.
        state: Facts at the start (default: the scene's own).
        book: The rules.
        known: Further properties of things, by id.
        catalogue: Skills (default: the installed ones).
    """
    skills = catalogue or load()
    things = things_of(scene, known)
    watches = [_Watch(book.shipped, things)]
    if book.own:
        watches.append(_Watch(book.own, own_things(things, book)))
    place = {node.id: index for index, node in enumerate(graph.nodes)}
    now = scene.initial_state() if state is None else state
    found: dict[tuple[str, int], Finding] = {}
    for watch in watches:
        for rule in watch.said(graph.instruction):
            found[rule.id, -1] = _finding(rule, "instruction", "The request says so", "")
    before = [watch.breaches(now) for watch in watches]
    for node in graph.ordered():
        operator = ground(node.step, scene, now, skills)
        now = operator.apply(now)
        for index, watch in enumerate(watches):
            after = watch.breaches(now)
            fresh = [b for b in after if b not in before[index]] + watch.calls(operator.name, operator.args, now)
            before[index] = after
            for breach in fresh:
                where = f"nodes[{place[node.id]}]"
                key = (breach.rule.id, place[node.id])
                found.setdefault(key, _finding(breach.rule, where, str(node.step), watch.because(breach)))
    return tuple(found.values())


def _finding(rule: Rule, where: str, step: str, because: str) -> Finding:
    """Returns a breach as a finding that names the rule, the reason, the source and what is possible instead."""
    what = f"{step} breaks the rule: {rule.words} ({rule.id}); {because}{rule.why}."
    return Finding(rule.code, where, what, f"{rule.instead} Source of the rule: {rule.source}.")


class _Watch:
    """Rules over the things of one scene.

    Args:
        rules: The rules.
        things: What is known of each thing.
    """

    def __init__(self, rules: tuple[Rule, ...], things: Mapping[str, Thing]) -> None:
        self._things = things
        self._facts: dict[str, list[tuple[Rule, Pattern]]] = {}
        self._calls: dict[str, list[tuple[Rule, Pattern]]] = {}
        self._said = [(r, p) for r in rules for p in r.when if p.said]
        for rule in rules:
            for pattern in rule.when:
                for name in pattern.fact:
                    self._facts.setdefault(name, []).append((rule, pattern))
                for name in pattern.skill:
                    self._calls.setdefault(name, []).append((rule, pattern))
        self._fitting: dict[Fact, tuple[tuple[Rule, Pattern], ...]] = {}

    def said(self, text: str) -> Iterator[Rule]:
        """Yields the rules that the request itself breaks."""
        heard = tokens(text)
        for rule, pattern in self._said:
            if any(_within(tokens(phrase), heard) for phrase in pattern.said):
                yield rule

    def breaches(self, state: State) -> frozenset[Breach]:
        """Returns what breaks a rule in ``state``."""
        found = set()
        for fact in consequences(state):
            for rule, pattern in self._fit(fact):
                if self._holds(pattern, fact, state):
                    found.add(Breach(rule, pattern, fact))
        return frozenset(found)

    def calls(self, skill: str, args: tuple[str, ...], state: State) -> list[Breach]:
        """Returns the rules that a call breaks, whatever it brings about."""
        fact = Fact(skill, args)
        fits = [(r, p) for r, p in self._calls.get(skill, ()) if self._static(p, args)]
        return [Breach(r, p, fact) for r, p in fits if self._holds(p, fact, state)]

    def because(self, breach: Breach) -> str:
        """Returns what the things are that makes the rule apply, in words."""
        pattern, parts = breach.pattern, []
        for wanted, name in zip((pattern.thing, pattern.place), breach.fact.args, strict=False):
            thing = area(name, self._things)
            has = [p for p in wanted if thing is not None and p in thing.properties]
            if thing is not None and has:
                parts.append(f"{thing.words!r} counts as {has[0].replace('_', ' ')}")
        return f"{' and '.join(parts)}; " if parts else ""

    def _fit(self, fact: Fact) -> tuple[tuple[Rule, Pattern], ...]:
        if fact not in self._fitting:
            every = self._facts.get(fact.predicate, ())
            self._fitting[fact] = tuple((r, p) for r, p in every if self._static(p, fact.args))
        return self._fitting[fact]

    def _static(self, pattern: Pattern, args: tuple[str, ...]) -> bool:
        """Says whether the things of a fact have the properties, whatever the state is."""
        thing = area(args[0], self._things)
        place = area(args[1], self._things) if len(args) > 1 else None
        if thing is None or not _has(thing, pattern.thing, pattern.unless_thing):
            return False
        if pattern.also and not thing.properties & set(pattern.also):
            return False
        if pattern.size is not None and (thing.size or 0) < pattern.size:
            return False
        if pattern.larger is not None:
            sizes = (thing.size, place.size if place else None)
            if sizes[0] is None or sizes[1] is None or sizes[0] < sizes[1] + pattern.larger:
                return False
        if not (pattern.place or pattern.unless_place):
            return True
        return place is not None and _has(place, pattern.place, pattern.unless_place)

    def _holds(self, pattern: Pattern, fact: Fact, state: State) -> bool:
        """Says whether what the pattern asks of the state holds."""
        for condition in pattern.when:
            predicate, _, which = condition.rstrip(")").partition("(")
            index = 0 if which == "thing" else 1
            if index >= len(fact.args) or Literal(predicate, (fact.args[index],)) not in state:
                return False
        if not pattern.beside:
            return True
        wanted, name = set(pattern.beside), fact.args[1] if len(fact.args) > 1 else fact.args[0]
        others = (f.args[0] for f in state if f.predicate in ("on", "in") and f.args[1] == name)
        return any(o != fact.args[0] and o in self._things and self._things[o].properties & wanted for o in others)


def _has(thing: Thing, wanted: tuple[str, ...], excused: tuple[str, ...]) -> bool:
    return (not wanted or bool(thing.properties & set(wanted))) and not thing.properties & set(excused)


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return bool(part) and any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))


@lru_cache(maxsize=512)
def consequences(state: State) -> frozenset[Fact]:
    """Returns the facts of a state and what follows: what lies in, atop or beside a thing by way of another."""
    holders: dict[str, list[tuple[str, str]]] = {}
    for fact in state:
        if fact.predicate in ("on", "in"):
            holders.setdefault(fact.args[0], []).append((fact.predicate, fact.args[1]))
    found = {Fact(f.predicate, f.args) for f in state}
    for thing, direct in holders.items():
        for predicate, place in direct:
            if predicate == "on":
                found.add(Fact("atop", (thing, place)))
                reference, dot, _ = place.partition(".")
                if dot:
                    found.add(Fact("near", (thing, reference)))
        seen, queue = set[str](), [place for _, place in direct]
        while queue:
            current = queue.pop()
            if current in seen:
                continue
            seen.add(current)
            for predicate, place in holders.get(current, ()):
                found.add(Fact("in" if predicate == "in" else "atop", (thing, place)))
                queue.append(place)
    return frozenset(found)


__all__ = ["Breach", "Fact", "consequences", "sweep"]
