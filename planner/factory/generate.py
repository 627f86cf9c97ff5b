"""Generates examples: a made-up scene, a request about it, and the draft that it means."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.factory.acts import goal_of, steps_of
from planner.factory.contrast import contrast
from planner.factory.dress import dressed, soiled
from planner.factory.families import FAMILIES
from planner.factory.home.bench import BenchMaker
from planner.factory.home.canteen import CanteenMaker
from planner.factory.home.families import world_of
from planner.factory.home.world import HomeMaker
from planner.factory.lexicon import Concept, speech
from planner.factory.speaker import Choice, Speaker
from planner.factory.world import Maker, World
from planner.language.grammar import MAX_LITERALS, MAX_STEPS, VOCABULARY, WORDS, tokens_of
from planner.language.table import EntityTable


class Example(NamedTuple):
    """One training example.

    Args:
        text: The request.
        table: The scene's entities.
        tokens: The draft in the grammar's tokens, BOS to EOS.
        family: Family of the request.
        modes: How its references single out their rows.
        choices: Words that leave open which of several rows is meant.
    """

    text: str
    table: EntityTable
    tokens: list[int]
    family: str
    modes: tuple[str, ...]
    choices: tuple[Choice, ...] = ()


PER_WORLD = 4
"""Requests drawn from one made-up scene."""
MOST_OWED = 8
"""How many families left over from earlier scenes are tried on a new one."""
WORLD_SHARE = {"table": 0.47, "home": 0.35, "bench": 0.06, "canteen": 0.12}
"""Share of each sort of world; families share their world's part by weight."""
AT_HOME = (
    *("move", "move_twin", "move_side", "door", "switch", "open_and_put", "put_and_close", "both", "two_places"),
    *("absent", "unable", "unsafe", "benign", "ask", "ask_near", "ask_pair", "reply", "stack", "nest"),
    *("push", "two_doors", "put_and_state", "every"),
)
"""Families that suit a household too, where it has a table."""
OFTEN_AT_HOME = 0.18
"""Share of their requests that are made about a household."""


@dataclass(slots=True)
class _Pool:
    """The families of one sort of world, and those that no such world has suited yet."""

    names: list[str]
    weights: NDArray[np.float64]
    owed: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, sort: str, evenly: bool) -> "_Pool":
        names = [n for n in FAMILIES if world_of(n) == sort]
        return cls(names, np.array([1.0 if evenly else FAMILIES[n][0] for n in names], dtype=float))


def examples(
    rng: np.random.Generator, count: int, words: tuple[Concept, ...] | None = None, evenly: bool = False
) -> Iterator[Example]:
    """Yields ``count`` examples drawn from ``rng``.

    Args:
        rng: Source of every choice.
        count: How many.
        words: Things to fill the worlds with, if not all that training may see.
        evenly: Draw every family equally often, instead of by its weight in training.
    """
    makers: dict[str, Maker | HomeMaker | BenchMaker | CanteenMaker] = {
        "table": Maker(rng, words),
        "home": HomeMaker(rng, words),
        "bench": BenchMaker(rng),
        "canteen": CanteenMaker(rng, unseen=words is not None),
    }
    pools = {sort: pool for sort in makers if (pool := _Pool.of(sort, evenly)).names}
    sorts = list(pools)
    shares = np.array([float(len(pools[s].names)) if evenly else WORLD_SHARE[s] for s in sorts])
    made = 0
    while made < count:
        sort = sorts[int(rng.choice(len(sorts), p=shares / shares.sum()))]
        pool = pools[sort]
        away = sort == "table" and rng.random() < OFTEN_AT_HOME
        world = makers["home" if away else sort].make()
        chances = pool.weights / pool.weights.sum()
        drawn = [pool.names[int(k)] for k in rng.choice(len(pool.names), size=PER_WORLD, p=chances)]
        # families that no world has suited yet are tried again, so that rare ones keep their share
        wanted, pool.owed = [*pool.owed[:MOST_OWED], *drawn], pool.owed[MOST_OWED:]
        for family in wanted:
            fits = not away or (family in AT_HOME and _has_table(world))
            found = _examples(world, family, rng) if fits else []
            if not found:
                pool.owed.append(family)
            for example in found:
                yield example
                made += 1
                if made == count:
                    return


def _has_table(world: World) -> bool:
    return any(r.role == "table" and r.words != "floor" for r in world.rows)


def _examples(world: World, family: str, rng: np.random.Generator) -> list[Example]:
    """Returns an example of a family, or a pair of them; none where the world does not suit."""
    if family != "ask_pair":
        example = _example(world, family, rng)
        return [] if example is None else [example]
    found = []
    for told in contrast(Speaker(world, rng)):
        goal, steps = goal_of(told.world, told.request.acts), steps_of(told.world, told.request.acts)
        text = dressed(smoothed(told.request.text), told.request.verbal, rng)
        tokens = tokens_of(goal, steps, None, told.request.ask)
        found.append(Example(text, soiled(told.world.table, rng), tokens, family, told.modes, told.choices))
    return found


def _example(world: World, family: str, rng: np.random.Generator) -> Example | None:
    for _ in range(2):
        speaker = Speaker(world, rng)
        request = FAMILIES[family][1](speaker)
        if request is not None:
            break
    else:
        return None
    text = dressed(smoothed(request.text), request.verbal, rng)
    if family in ("missing", "home_missing"):
        table = without(speaker.world, request.acts[0].rows[0])
        if table is None:
            return None
        return Example(text, table, tokens_of([], [], "refuse_missing"), family, ())
    world = speaker.world  # a family may have told of a world of its own
    goal, steps = goal_of(world, request.acts), steps_of(world, request.acts)
    if len(goal) > MAX_LITERALS or len(steps) > MAX_STEPS:
        return None
    tokens = tokens_of(goal, steps, request.refusal, request.ask)
    said = tuple(c for c in speaker.choices if c.text in request.text)
    return Example(text, soiled(world.table, rng), tokens, family, tuple(speaker.modes), said)


@cache
def _split_verbs() -> re.Pattern[str]:
    verbs = {v for sort in ("put", "put_in", "take") for forms in speech()[sort] for v in forms}
    ends = ("up", "down", "off", "over", "out", "away", "in", "shut", "closed")
    two = [v.split() for v in sorted(verbs) if len(v.split()) == 2 and v.endswith(ends)]
    pairs = "|".join(f"{re.escape(a)} {re.escape(b)}" for a, b in two)
    return re.compile(rf"\b({pairs}) (it|them)\b") if pairs else re.compile(r"(?!)")


def smoothed(text: str) -> str:
    """Returns a sentence with pronouns before particles ("set it down") and single commas."""
    text = _split_verbs().sub(lambda m: f"{m[1].split()[0]} {m[2]} {m[1].split()[1]}", text)
    return text.replace(",,", ",").replace(", ,", ",").replace(",.", ".").rstrip(", ")


def without(world: World, row: int) -> EntityTable | None:
    """Returns the table without a thing and its whole group, or None where too little would be left."""
    group = world.infos[row].group
    gone = {i for i in world.objects() if world.infos[i].group == group}
    if len(gone) > 2 or len(world.objects()) - len(gone) < 1:
        return None
    keep = [i for i in range(len(world.rows)) if i not in gone]
    new = {old: k for k, old in enumerate(keep)}
    rows = []
    for i in keep:
        fields = {f: getattr(world.rows[i], f) for f in world.rows[i].__slots__}
        fields["parent"] = new.get(fields["parent"], -1)
        fields["support"] = new.get(fields["support"], -1)
        fields["was"] = new.get(fields["was"], -1)
        rows.append(type(world.rows[i])(**fields))
    return EntityTable(rows)


def shown(example: Example) -> str:
    """Returns the draft of an example in readable form."""
    rows = example.table.rows
    return " ".join(
        VOCABULARY[t] if t < WORDS else f"<{rows[t - WORDS].words}#{t - WORDS}>" for t in example.tokens[1:-1]
    )


def main_generate(out: Path, n: int, seed: int) -> Counter[str]:
    """Writes ``n`` examples as JSON lines and returns how many there are of each family.

    Args:
        out: File to write.
        n: Number of examples.
        seed: Seed of the generator.
    """
    counts: Counter[str] = Counter()
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8") as file:
        for example in examples(np.random.default_rng(seed), n):
            counts[example.family] += 1
            row = {
                "text": example.text,
                "family": example.family,
                "modes": example.modes,
                "draft": shown(example),
                "tokens": example.tokens,
                "entities": [asdict(r) for r in example.table.rows],
            }
            file.write(json.dumps(row) + "\n")
    return counts
