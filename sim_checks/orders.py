"""All legal orders of a plan at once: whether one that was played through stands for every other one.

A plan is a partial order. Of one legal order it is known that it can be done. All others, and every parallel schedule,
can be done too and end in the same state, if

1. no two calls without an order between them use one resource, or change what the other needs, must not have, reads,
   or changes the other way; and
2. each call can be done after those calls alone that must come before it.

Proof: by 1, whoever changes a fact has an order with everybody whom that can hurt, so the facts that a call needs and
must not have are the same in every legal order as after its own predecessors, where by 2 they are right. And two legal
orders lead to each other by swapping neighbours that have no order between them, which by 1 changes no state; calls
that run at the same time are such neighbours. Conversely, wherever 1 or 2 is broken, a legal order exists in which
something cannot be done, or which ends otherwise (`tests/sim_checks/test_orders.py` compares with brute force).

Source: our own; Mazurkiewicz, Concurrent program schemes (1977), for the swapping of independent neighbours; Chapman,
Planning for conjunctive goals (1987), for what is necessarily true in a partial order.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from skills.skill import Operator
from skills.symbols import Literal, State


class Clash(NamedTuple):
    """Two calls whose order matters and is not said.

    Args:
        first: Number of the call that came first in the order that was played.
        second: Number of the other one.
        why: Why it matters, as the end of a sentence.
    """

    first: int
    second: int
    why: str


def clashes(operators: Sequence[Operator], arcs: Iterable[tuple[int, int]], start: State) -> tuple[Clash, ...]:
    """Returns why some legal order differs from the one that was played; nothing if none does.

    Of several clashes of one call with earlier ones, one is returned. The cost grows in proportion to the number of
    calls times that of lanes (calls one after the other) side by side.

    Args:
        operators: Calls in a legal order in which all of them could be done.
        arcs: Pairs of numbers; the first comes before the second. All lead forwards.
        start: The state before the plan.
    """
    count = len(operators)
    direct = set(arcs)
    if all((i, i + 1) in direct for i in range(count - 1)):
        return ()  # a chain has one legal order
    before = _before(count, direct)
    found: dict[int, Clash] = {}
    contested = _contested(operators, before)
    for clash in _shared(operators, before):
        found.setdefault(clash.second, clash)
    if contested:
        for clash in (*_disturbed(operators, before, contested), *_late(operators, before, start, contested)):
            found.setdefault(clash.second, clash)
    return tuple(found[second] for second in sorted(found))


def _before(count: int, arcs: Iterable[tuple[int, int]]) -> list[int]:
    """Returns for each call the set of calls that come before it in every legal order, as bits."""
    direct: list[list[int]] = [[] for _ in range(count)]
    for source, target in arcs:
        direct[target].append(source)
    before = [0] * count
    for index in range(count):
        for source in direct[index]:
            before[index] |= before[source] | 1 << source
    return before


def _shared(operators: Sequence[Operator], before: Sequence[int]) -> Iterator[Clash]:
    """Yields calls that use a resource of an earlier one without an order between them."""
    users: dict[str, int] = defaultdict(int)
    for index, operator in enumerate(operators):
        for resource in operator.resources:
            loose = users[resource] & ~before[index]
            if loose:
                yield Clash(_last(loose), index, f"both need the {resource}")
            users[resource] |= 1 << index


def _contested(operators: Sequence[Operator], before: Sequence[int]) -> frozenset[Literal]:
    """Returns the facts that are changed, and that several lanes touch; a lane is calls one after the other."""
    lanes: list[list[int]] = []
    for index in range(len(operators)):
        lane = next((lane for lane in lanes if before[index] >> lane[-1] & 1), None)
        if lane is None:
            lanes.append([index])
        else:
            lane.append(index)
    written, touched, twice = set[Literal](), set[Literal](), set[Literal]()
    for lane in lanes:
        calls = [operators[i] for i in lane]
        changed = set[Literal]().union(*(o.add for o in calls), *(o.delete for o in calls))
        here = changed.union(*(o.preconditions for o in calls), *(o.absent for o in calls), *(o.reads for o in calls))
        written |= changed
        twice |= touched & here
        touched |= here
    return frozenset(twice & written)


def _disturbed(operators: Sequence[Operator], before: Sequence[int], contested: State) -> Iterator[Clash]:
    """Yields calls that change what an earlier one relies on, or the other way round, without an order."""
    adders, deleters, hurt_by_adding, hurt_by_deleting = (defaultdict[Literal, int](int) for _ in range(4))
    for index, operator in enumerate(operators):
        loose = 0
        add, delete, bit = operator.add & contested, operator.delete & contested, 1 << index
        hurt_by_add = (operator.absent | operator.reads) & contested | delete
        hurt_by_delete = (operator.preconditions | operator.reads) & contested | add
        for literal in hurt_by_add:
            loose |= adders[literal]
        for literal in hurt_by_delete:
            loose |= deleters[literal]
        for literal in add:
            loose |= hurt_by_adding[literal]
            adders[literal] |= bit
        for literal in delete:
            loose |= hurt_by_deleting[literal]
            deleters[literal] |= bit
        for literal in hurt_by_add:
            hurt_by_adding[literal] |= bit
        for literal in hurt_by_delete:
            hurt_by_deleting[literal] |= bit
        loose &= ~before[index]
        if loose:
            yield Clash(_last(loose), index, "one changes what the other relies on")


def _late(operators: Sequence[Operator], before: Sequence[int], start: State, contested: State) -> Iterator[Clash]:
    """Yields calls that rely on an earlier one which need not come before them."""
    makers, breakers = defaultdict[Literal, int](int), defaultdict[Literal, int](int)  # since it was last otherwise
    added, deleted = set[Literal](), set[Literal]()
    for index, operator in enumerate(operators):
        made = [makers[f] for f in operator.preconditions & contested if f not in start or f in deleted]
        broken = [breakers[f] for f in operator.absent & contested if f in start or f in added]
        for helpers in (*made, *broken):
            if not helpers & before[index]:
                yield Clash(_last(helpers), index, "the one relies on what the other does")
        for literal in operator.delete - operator.add:
            breakers[literal] |= 1 << index
            makers[literal] = 0
            deleted.add(literal)
        for literal in operator.add:
            makers[literal] |= 1 << index
            breakers[literal] = 0
            added.add(literal)


def _last(bits: int) -> int:
    """Returns the highest number in a set of bits."""
    return bits.bit_length() - 1
