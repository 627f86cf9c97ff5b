"""Suite ``saycan``: 99 requests with plans; right when placements, held thing, or visited places are the same."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from planner.bench.language.attempt import Attempt
from planner.bench.language.case import Case
from planner.bench.language.saycan_scene import USER, Kitchen, copies, kitchen_for
from planner.bench.language.saycan_words import canonical, core, meant, plain, spelled
from planner.bench.language.source import malformed, read_json
from skills.symbols import State


class Effects(NamedTuple):
    """What a plan leaves behind.

    Args:
        placed: Objects and where they were put.
        held: What the hand holds at the end.
        visited: Where the robot was.
    """

    placed: tuple[tuple[str, str], ...]
    held: str | None
    visited: frozenset[str]


class Suite(NamedTuple):
    """The cases, and what the file itself says of its rows."""

    cases: list[Case]
    marked: list[dict[str, object]]


def suite(file: Path | None) -> Suite:
    """Returns one case for each row, and the rows that the file marks as faulty.

    Args:
        file: ``saycan_plans.json``.

    Raises:
        BenchmarkError: The file is missing or is another one.
    """
    data = read_json(file, "plans_v0")
    try:
        rows: Sequence[Mapping[str, Any]] = data["plans_v0"]
        labels = spelled(rows)
        given = _given(rows)
        found = [_case(row, labels, given[core(row["instruction"])]) for row in rows]
        marked = [{"row": r["row"], "issue": r["issue"]} for r in rows if r.get("issue")]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise malformed(file, error) from error
    return Suite(found, marked)


def effects(row: Mapping[str, Any]) -> Effects:
    """Returns a row's effects; an object put twice into the same place counts once, unless a number was asked for."""
    said, stated = plain(row["instruction"]), row["derived_effects"]
    counted = Counter((canonical(name), place) for name, place in stated["placed"])
    placed = tuple(pair for pair, n in counted.items() for _ in range(copies(said, n)))
    held = canonical(stated["held_at_end"]) if stated["held_at_end"] else None
    return Effects(placed, held, frozenset(_place(v) for v in stated["visited"]))


def _given(rows: Sequence[Mapping[str, Any]]) -> dict[str, set[str]]:
    """Returns the single objects that the file's own plans use for each request, politeness aside."""
    found: dict[str, set[str]] = {}
    for row in rows:
        said = effects(row)
        names = {name for name, _ in said.placed} | ({said.held} if said.held else set())
        found.setdefault(core(row["instruction"]), set()).update(names if len(names) == 1 else ())
    return found


def _case(row: Mapping[str, Any], labels: Mapping[str, str], given: set[str]) -> Case:
    text, wanted = str(row["instruction"]), effects(row)
    kitchen = kitchen_for(text, wanted.placed, labels)
    family = _family(text, wanted)

    def fits(name: str) -> frozenset[str]:
        return frozenset({name}) if kitchen.source else meant(text, name) | given

    def right(made: Attempt) -> bool:
        return made.end is not None and _same(observed(made.start, made.end, kitchen), wanted, fits)

    return Case(str(row["row"]), text, kitchen.scene, family, _words(wanted, fits), right)


def observed(start: State, end: State, kitchen: Kitchen) -> Effects:
    """Returns what changed between two states, as effects.

    Args:
        start: Facts before.
        end: Facts after.
        kitchen: The scene's names.
    """
    placed, held, visited = [], None, set()
    for fact in sorted(end - start):
        if fact.predicate in ("on", "in", "given") and fact.args[0] in kitchen.name_of:
            placed.append((kitchen.name_of[fact.args[0]], _place(fact.args[1])))
        elif fact.predicate == "holding":
            held = kitchen.name_of.get(fact.args[0], fact.args[0])
        elif fact.predicate == "visited":
            visited.add(_place(fact.args[0]))
    return Effects(tuple(placed), held, frozenset(visited))


def _same(seen: Effects, wanted: Effects, fits: Callable[[str], frozenset[str]]) -> bool:
    if not wanted.placed and not wanted.held:
        return not seen.placed and not seen.held and seen.visited == wanted.visited
    if len(seen.placed) != len(wanted.placed):
        return False
    if seen.held != wanted.held and not (seen.held and wanted.held and seen.held in fits(wanted.held)):
        return False
    return _matched(list(seen.placed), [(fits(name), place) for name, place in wanted.placed])


def _matched(seen: list[tuple[str, str]], wanted: list[tuple[frozenset[str], str]]) -> bool:
    """Says whether each placement can be given a wanted one of its own."""
    if not wanted:
        return not seen
    names, place = wanted[0]
    return any(
        there == _place(place) and name in names and _matched(seen[:k] + seen[k + 1 :], wanted[1:])
        for k, (name, there) in enumerate(seen)
    )


def _place(name: str) -> str:
    """Returns a place as effects compare it: the plans say ``counter`` for the close counter too."""
    return "counter" if name.replace("_", " ") == "close counter" else name


def _family(text: str, wanted: Effects) -> str:
    if not wanted.placed:
        return "hold" if wanted.held else "go"
    if len(wanted.placed) > 1 and {"all", "everything", "clean", "clear"} & set(plain(text).split()):
        return "all of them"
    named = all(meant(text, name) == {name} for name, _ in wanted.placed)
    goal = "bring" if wanted.placed[0][1] == USER else "put"
    return f"{goal}, {'named' if named else 'by kind'}"


def _words(wanted: Effects, fits: Callable[[str], frozenset[str]]) -> str:
    parts = [f"{' or '.join(sorted(fits(name)))} -> {place}" for name, place in wanted.placed]
    parts += [f"holding {' or '.join(sorted(fits(wanted.held)))}"] if wanted.held else []
    return "; ".join(parts) or f"at {', '.join(sorted(wanted.visited))}"
