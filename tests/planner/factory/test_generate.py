"""Generated examples: repeatable, spread over the families, and true to the scene they speak of."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
from typer.testing import CliRunner

from planner.factory.acts import Act, goal_of, steps_of
from planner.factory.cli import app
from planner.factory.dress import dressed
from planner.factory.families import FAMILIES
from planner.factory.generate import WORLD_SHARE, examples, main_generate
from planner.factory.home.families import world_of
from planner.factory.lexicon import concepts
from planner.factory.refer import Referrer
from planner.factory.world import Info, World
from planner.language.table import EntityTable, Row


def test_a_seed_gives_the_same_examples() -> None:
    first = list(examples(np.random.default_rng(3), 40))
    second = list(examples(np.random.default_rng(3), 40))
    assert [(e.text, e.tokens) for e in first] == [(e.text, e.tokens) for e in second]
    assert [e.text for e in first] != [e.text for e in examples(np.random.default_rng(4), 40)]


def test_every_family_is_made_near_its_share() -> None:
    counts = Counter(e.family for e in examples(np.random.default_rng(0), 5000))
    for family, (weight, _) in FAMILIES.items():
        sort = world_of(family)
        total = sum(w for name, (w, _) in FAMILIES.items() if world_of(name) == sort)
        assert counts[family] > 0.35 * 5000 * WORLD_SHARE[sort] * weight / total, family


def test_the_lexicon_is_wide_and_each_thing_can_be_called() -> None:
    found = concepts()
    assert len(found) > 300
    assert all(c.names and c.uses and c.rooms for c in found)


def three_cups(*places: tuple[float, float]) -> World:
    rows = [Row("t", "table", "table", surface=True)]
    rows += [Row(f"c{i}", "cup", "object", (x, y, 0.0), support=0, graspable=True) for i, (x, y) in enumerate(places)]
    infos = [Info({"table": "name"}, (), "table"), *(Info({"cup": "name"}, (), "cups") for _ in places)]
    return World(EntityTable(rows), infos)


def test_twins_are_told_apart_by_where_they_stand() -> None:
    world = three_cups((0.0, -0.3), (0.02, 0.0), (0.0, 0.3))
    rng = np.random.default_rng(1)
    said = {i: {r.mode for _ in range(60) if (r := Referrer(world, rng).say(i))} for i in (1, 2, 3)}
    assert said[1] <= {"left", "ordinal"} and "left" in said[1]
    assert "middle" in said[2] and not {"left", "right"} & said[2]
    assert "right" in said[3]


def test_what_cannot_be_told_apart_is_not_said() -> None:
    world = three_cups((0.0, 0.0), (0.01, 0.01))
    assert all(Referrer(world, np.random.default_rng(s)).say(1) is None for s in range(20))


def test_goal_and_steps_follow_from_the_acts() -> None:
    rows = [
        Row("d", "drawer", "part", container=True, openable=True),
        Row("c", "cup", "object", graspable=True),
        Row("s", "stove", "fixture", switchable=True, surface=True, powered=True),
    ]
    world = World(EntityTable(rows), [])
    acts = [Act("open", (0,)), Act("move", (1, 0)), Act("close", (0,)), Act("turn_on", (2,))]
    assert [c.name for c in goal_of(world, acts)] == ["in", "closed", "turned_on"]
    assert [c.name for c in steps_of(world, acts)] == ["open_it", "pick", "place_in", "close_it"]
    assert [c.name for c in steps_of(world, acts[1:2])] == ["open_it", "pick", "place_in"]


def test_dressing_keeps_most_letters() -> None:
    bare = "put the cup on the plate"
    worn = [dressed(bare, True, np.random.default_rng(s)) for s in range(200)]
    assert sum(bare in text for text in worn) > 150
    assert len(set(worn)) > 40


def test_the_command_writes_lines_and_counts(tmp_path: Path) -> None:
    counts = main_generate(tmp_path / "data.jsonl", 20, 0)
    lines = [json.loads(line) for line in (tmp_path / "data.jsonl").read_text().splitlines()]
    assert len(lines) == 20 == sum(counts.values())
    assert all(line["text"] and line["entities"] for line in lines)
    done = CliRunner().invoke(app, ["generate", "--out", str(tmp_path / "more.jsonl"), "--n", "5"])
    assert done.exit_code == 0, done.output
    assert len((tmp_path / "more.jsonl").read_text().splitlines()) == 5
