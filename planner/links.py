"""Drawing the edges of a plan: causal links, resource orders, and the reason for each added node."""

from collections.abc import Iterator, Sequence

from skills.graph import Edge
from skills.skill import Operator
from skills.symbols import Goal, Literal

_REASONS = {
    "open": "opens {0}",
    "closed": "closes {0}",
    "turned_on": "turns {0} on",
    "turned_off": "turns {0} off",
    "holding": "takes {0}",
    "on": "puts {0} on {1}",
    "in": "puts {0} in {1}",
    "hand_empty": "frees the hand",
}


def causal_links(ids: Sequence[str], operators: Sequence[Operator]) -> tuple[Edge, ...]:
    """Returns which effect feeds which precondition: the last call that made it true before it is needed."""
    edges = []
    for index, operator in enumerate(operators):
        for literal in sorted(operator.preconditions):
            source = next((k for k in reversed(range(index)) if literal in operators[k].add), None)
            if source is not None:
                edges.append(Edge(ids[source], ids[index], literal=literal))
    return tuple(edges)


def resource_orders(ids: Sequence[str], operators: Sequence[Operator], links: Sequence[Edge]) -> tuple[Edge, ...]:
    """Returns the orders that keep two calls from using one resource at once, where no link already does."""
    linked = {(e.source, e.target) for e in links}
    last: dict[str, int] = {}
    edges = []
    for index, operator in enumerate(operators):
        for resource in operator.resources:
            if resource in last:
                pair = (ids[last[resource]], ids[index])
                if pair not in linked:
                    edges.append(Edge(*pair, resource=resource))
                    linked.add(pair)
            last[resource] = index
    return tuple(edges)


def threat_orders(ids: Sequence[str], operators: Sequence[Operator], edges: Sequence[Edge]) -> tuple[Edge, ...]:
    """Returns the orders between calls that share no resource but would disturb each other's facts."""
    position = {name: index for index, name in enumerate(ids)}
    reach = [1 << i for i in range(len(ids))]  # bit k of reach[i]: i is before k
    after: list[list[int]] = [[] for _ in ids]
    for edge in edges:
        after[position[edge.source]].append(position[edge.target])
    added = []
    for index in reversed(range(len(ids))):
        for successor in after[index]:
            reach[index] |= reach[successor]
        for later in range(index + 1, len(ids)):
            if not reach[index] >> later & 1 and operators[index].interferes(operators[later]):
                added.append(Edge(ids[index], ids[later]))
                reach[index] |= reach[later]
    return tuple(reversed(added))


def reason(index: int, operators: Sequence[Operator], goal: Goal) -> str:
    """Returns why the call at ``index`` is in the plan, for example ``frees the hand so that open(d) can be done``."""
    operator = operators[index]
    wanted = [g for g in goal.literals if g in operator.add]
    if wanted:
        return f"{_say(wanted[0])}, as the goal asks"
    for literal, user in _uses(index, operators):
        purpose = "can be done" if literal.predicate != "open" else "can reach it"
        return f"{_say(literal)} so that {user} {purpose}"
    for later in operators[index + 1 :]:
        cleared = sorted(operator.delete & later.absent)
        if cleared:
            return f"takes {cleared[0].args[0]} off {cleared[0].args[-1]} so that {later} can be done"
    return "leaves the world as the next step needs it"


def _uses(index: int, operators: Sequence[Operator]) -> Iterator[tuple[Literal, Operator]]:
    """Yields each effect of a call with the first later call that needs it, while nobody else has made it anew."""
    open_effects = set(operators[index].add)
    for later in operators[index + 1 :]:
        for literal in sorted(open_effects & later.preconditions):
            yield literal, later
        open_effects -= later.add | later.delete


def _say(literal: Literal) -> str:
    return _REASONS.get(literal.predicate, f"makes {literal} true").format(*literal.args)
