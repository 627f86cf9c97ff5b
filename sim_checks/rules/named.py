"""`left_out`: things that the request names in full and that the plan does nothing with.

A plan that is about other things than the request is not what was asked for, however harmless it looks: "tip the
candle onto the newspaper" is no request to hold the candle. Nothing is planned from the words; they are only compared
with the labels of the scene, and a plan is vetoed, never made.
"""

import re
from collections.abc import Iterator, Sequence

from sim_checks.rules.words import singular, words
from skills.finding import Finding
from skills.graph import SkillGraph
from skills.scene import Scene
from skills.support import carriers, places
from skills.symbols import State

_BEFORE = frozenset("the my your his her our their this that both".split())
_PLACING = frozenset(
    "beside near nearest closest by behind between from off above below under underneath opposite past of against "
    "around across through over-there".split()
)
_PAIRS = frozenset((("next", "to"), ("close", "to"), ("adjacent", "to"), ("nearest", "to"), ("closest", "to")))
_ASIDE = frozenset(
    "not don dont doesn isn except without never instead ignore but unless if when while until once after before "
    "than that which who where because since so as is are was were".split()
)
_BODY = frozenset("face head hand finger foot eye arm leg mouth neck hair chest ear nose throat body".split())


def left_out(graph: SkillGraph, scene: Scene, state: State) -> tuple[Finding, ...]:
    """Returns a finding for every thing that the request names by its whole label and the plan leaves out.

    Landmarks ("next to the plate", "from the shelf"), conditions and exceptions do not count as named, and neither does
    what the plan's things lie on or in.

    Args:
        graph: The plan, with the request that it was made for.
        scene: Its scene.
        state: Facts at the start.
    """
    said = _words(graph.instruction)
    used = _used(graph, scene, state)
    labels = {e.id: _words(e.words) for e in scene.entities.values() if e.role != "part"}
    spoken = {labels[i] for i in used if i in labels}
    found: dict[tuple[str, ...], Finding] = {}
    longest = sorted({v for v in labels.values() if v}, key=len, reverse=True)
    taken: set[int] = set()
    for label in longest:
        people = any(scene.entities[i].role == "person" for i, v in labels.items() if v == label)
        for at in _places(label, said):
            if taken & set(range(at, at + len(label))):
                continue
            taken |= set(range(at, at + len(label)))
            if label not in spoken and _asked(said, at, len(label), people):
                name = " ".join(label)
                what = f"The request names the {name}, and the plan does nothing with it."
                found[label] = Finding("named-not-used", "instruction", what, "Say it in another way.")
    return tuple(found.values())


def _words(text: str) -> tuple[str, ...]:
    """Returns the words of a text, singular, with articles; a possessive keeps its noun."""
    plain = re.sub(r"[’']s\b|[’']", " ", text.casefold().replace("_", " "))
    return tuple(singular(t) for t in re.findall(r"[^\W\d_]+", plain))


def _used(graph: SkillGraph, scene: Scene, state: State) -> set[str]:
    """Returns every entity that the plan is about: arguments, what they are parts of, and what carries them."""
    queue = [a for node in graph.nodes for a in node.step.args]
    queue += [a for literal in graph.goal.literals for a in literal.args]
    used: set[str] = set()
    while queue:
        name = queue.pop()
        if name in used:
            continue
        used.add(name)
        entity = scene.entities.get(name)
        queue += [entity.parent] if entity and entity.parent else []
        queue += [f.args[1] for f in places(name, state)]
        queue += [*carriers(name, scene, state)] if entity is None else []
        queue += [name.partition(".")[0]] if "." in name else []
    return used


def _places(label: Sequence[str], said: Sequence[str]) -> Iterator[int]:
    for at in range(len(said) - len(label) + 1):
        if tuple(said[at : at + len(label)]) == tuple(label):
            yield at


def _asked(said: Sequence[str], at: int, length: int, person: bool) -> bool:
    """Says whether the label at this place is something that the request wants to happen to, and no landmark."""
    after = said[at + length] if at + length < len(said) else ""
    if (after,) in words().nouns and after not in _BODY:
        return False
    before = list(said[:at])
    if before and before[-1] in _BEFORE:
        before.pop()
    elif not person:
        return False
    if _ASIDE & set(before):
        return False
    if not before:
        return True
    if before[-1] in _PLACING or tuple(before[-2:]) in _PAIRS:
        return False
    return not (before[-1] == "and" and "between" in before)
