"""Generated requests in sentence frames that training never sees, about things whose names it never sees."""

from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files

import numpy as np
import yaml

from planner.factory.acts import Act, goal_of, steps_of
from planner.factory.generate import Example
from planner.factory.home.say import Home
from planner.factory.home.world import HomeMaker
from planner.factory.lexicon import Concept, concepts
from planner.factory.speaker import Speaker
from planner.factory.training.evaluate import UNSEEN_SHARE
from planner.factory.world import Maker
from planner.language.grammar import tokens_of

Said = tuple[dict[str, str], list[Act]]
"""What fills a frame, and what the sentence asks for."""
TABLE = ("move", "move", "move", "two_moves", "open", "close", "turn_on", "turn_off")
"""Sorts of request about a made-up table, as often as they are drawn."""
HOME = ("give", "visit", "hold", "move")
"""Sorts of request about a made-up household."""
OFTEN_AT_HOME = 0.35
"""Share of requests about a household."""


@cache
def frames() -> dict[str, list[str]]:
    """Returns the frames by sort."""
    text = files("planner.bench.language").joinpath("frames.yaml").read_text(encoding="utf-8")
    return {str(sort): list(found) for sort, found in yaml.safe_load(text).items()}


def unheard(seed: int) -> Iterator[Example]:
    """Yields requests without end; the family is ``unheard`` and the sort.

    Args:
        seed: Seed of the generator.
    """
    rng = np.random.default_rng(seed)
    words = _words()
    table, home = Maker(rng, words), HomeMaker(rng, words)
    while True:
        at_home = rng.random() < OFTEN_AT_HOME
        speaker = Speaker(home.make() if at_home else table.make(), rng)
        sort = speaker.pick(HOME if at_home else TABLE)
        said = _SORTS[sort](speaker, sort)
        if said is None:
            continue
        slots, acts = said
        world = speaker.world
        tokens = tokens_of(goal_of(world, acts), steps_of(world, acts))
        text = speaker.pick(frames()[sort]).format(**slots)
        yield Example(text, world.table, tokens, f"unheard {sort}", tuple(speaker.modes))


def _words() -> tuple[Concept, ...]:
    """Returns withheld things, and known ones to put them on or in."""
    return concepts(withheld=True) * UNSEEN_SHARE + tuple(c for c in concepts(withheld=False) if c.shape != "plain")


def _move(speaker: Speaker, sort: str) -> Said | None:
    rows = speaker.world.rows
    moves: list[Act] = []
    slots: list[str] = []
    for _ in range(2 if sort == "two_moves" else 1):
        used = [i for act in moves for i in act.rows]
        a = speaker.row(_bare(speaker), *used)
        if a is None:
            return None
        b = speaker.row([i for i in speaker.places if rows[i].support != a and rows[a].support != i], a, *used)
        if b is None:
            return None
        thing, place = speaker.name(a), speaker.where(b)
        if thing is None or place is None:
            return None
        moves.append(Act("move", (a, b)))
        slots += [thing, place]
    return dict(zip(("thing", "place", "other", "elsewhere"), slots, strict=False)), moves


def _bare(speaker: Speaker) -> list[int]:
    """Returns the movable things that carry nothing."""
    carried = {r.support for r in speaker.world.rows}
    return [i for i in speaker.movable if i not in carried]


def _state(speaker: Speaker, sort: str) -> Said | None:
    rows = speaker.world.rows
    if sort in ("open", "close"):
        pool = [i for i in speaker.doors if rows[i].opened == (sort == "close")]
    else:
        pool = [i for i in speaker.switches if rows[i].powered == (sort == "turn_off")]
    row = speaker.row(pool)
    said = None if row is None else speaker.name(row)
    return None if row is None or said is None else ({"thing": said}, [Act(sort, (row,))])


def _give(speaker: Speaker, sort: str) -> Said | None:
    a, person = speaker.row(_bare(speaker)), speaker.row(_role(speaker, "person"))
    if a is None or person is None:
        return None
    thing, (whom, _) = speaker.name(a), Home(speaker).whom(person)
    return None if thing is None else ({"thing": thing, "person": whom}, [Act("give", (a, person))])


def _visit(speaker: Speaker, sort: str) -> Said | None:
    rows = speaker.world.rows
    labels = [r.words for r in rows]
    row = speaker.row([i for i in _role(speaker, "fixture") if labels.count(rows[i].words) == 1])
    return None if row is None else ({"thing": f"the {rows[row].words}"}, [Act("visit", (row,))])


def _hold(speaker: Speaker, sort: str) -> Said | None:
    a = speaker.row(_bare(speaker))
    said = None if a is None else speaker.name(a)
    return None if a is None or said is None else ({"thing": said}, [Act("hold", (a,))])


def _role(speaker: Speaker, role: str) -> list[int]:
    return [i for i, row in enumerate(speaker.world.rows) if row.role == role]


_SORTS: dict[str, Callable[[Speaker, str], Said | None]] = {
    "move": _move,
    "two_moves": _move,
    **dict.fromkeys(("open", "close", "turn_on", "turn_off"), _state),
    "give": _give,
    "visit": _visit,
    "hold": _hold,
}
