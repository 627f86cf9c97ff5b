"""ALFRED's crowd-written goals: real sentences with formal goals, read from a file argument, never kept here.

Source: askforalfred/alfred (MIT). A trial gives a task type with arguments; a scene of its room is made around them
by a seed: everything that the goal needs, and other furniture and things of that room as distractors. Held out are
the trials that come first by sha256 of their name.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np

from planner.factory.lexicon import read
from skills.errors import SkillsError
from skills.kinds import KINDS
from skills.scene import Fixture, ObjectSpec, Placement, PoseSpec, RobotSpec, Scene
from skills.symbols import Literal

HELD_OUT = 2000
"""Sentences kept out of training. Source: the suite's definition."""
PLACES, THINGS = 8, 10
"""Furniture and movable things in a scene, those of the goal included. Source: our own."""
TREATMENTS = {
    "pick_clean_then_place_in_recep": ("clean", "SinkBasin"),
    "pick_heat_then_place_in_recep": ("hot", "Microwave"),
    "pick_cool_then_place_in_recep": ("cold", "Fridge"),
}
PROCESS = {"clean": "rinse", "hot": "heat", "cold": "chill"}


Steps = tuple[tuple[str, tuple[str, ...]], ...]
"""Skill calls as (skill, arguments)."""


class AlfredError(SkillsError):
    """The file is not ALFRED's list of instructions."""


@dataclass(frozen=True)
class Trial:
    """One trial: what was to be done, and how people put it.

    Args:
        name: Its id.
        task: Task type.
        arguments: ALFRED's arguments by name.
        sentences: What people wrote.
    """

    name: str
    task: str
    arguments: dict[str, Any]
    sentences: tuple[str, ...]

    @property
    def room(self) -> str:
        """``kitchen``, ``living``, ``bedroom`` or ``bathroom``, by the floor plan's number."""
        plan = int(self.name.split("/")[0].rsplit("-", 1)[1])
        return "kitchen" if plan < 200 else "living" if plan < 300 else "bedroom" if plan < 400 else "bathroom"


@dataclass(frozen=True)
class Case:
    """A sentence in a scene, with what it means.

    Args:
        text: What a person wrote.
        scene: The scene.
        goal: The goal in the order of doing.
        accepted: Goals that are right; several where things are exchangeable.
        steps: Skill calls that reach the goal, as (skill, arguments).
        family: Task type, with ``sliced`` where slices are meant.
    """

    text: str
    scene: Scene
    goal: tuple[Literal, ...]
    accepted: tuple[frozenset[Literal], ...]
    steps: Steps
    family: str


@cache
def _types() -> dict[str, Any]:
    return dict(read("alfred_types"))


def read_trials(path: Path) -> list[Trial]:
    """Returns every trial of the file.

    Raises:
        AlfredError: The file cannot be read, or has another form.
    """
    remedy = "Give the path of alfred_train_instructions.json."
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        trials = [
            Trial(
                t["trial"], t["task_type"], dict(t["pddl_params"]), tuple(" ".join(s.split()) for s in t["task_descs"])
            )
            for t in data["trials"]
        ]
    except OSError as error:
        raise AlfredError.at("unreadable", str(path), f"The file cannot be read: {error.strerror}.", remedy) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise AlfredError.at("bad-alfred", str(path), f"This is no list of trials: {error!r}.", remedy) from error
    return sorted(trials, key=lambda t: hashlib.sha256(t.name.encode()).hexdigest())


def split(trials: list[Trial], count: int = HELD_OUT) -> tuple[list[Trial], list[Trial]]:
    """Returns (held out, for training): the first trials with ``count`` sentences, and the others."""
    sentences = 0
    for index, trial in enumerate(trials):
        if sentences >= count:
            return trials[:index], trials[index:]
        sentences += len(trial.sentences)
    return trials, []


def heldout(path: Path, count: int = HELD_OUT) -> Iterator[Case]:
    """Yields the held-out sentences, each in a scene that its trial and sentence alone determine."""
    kept, _ = split(read_trials(path), count)
    done = 0
    for trial in kept:
        for index, sentence in enumerate(trial.sentences):
            if done == count:
                return
            done += 1
            seed = int.from_bytes(hashlib.sha256(f"{trial.name} {index}".encode()).digest()[:8], "big")
            yield case_of(trial, sentence, np.random.default_rng(seed), varied=False)


def case_of(trial: Trial, sentence: str, rng: np.random.Generator, varied: bool) -> Case:
    """Returns a sentence of a trial in a made-up scene.

    Args:
        trial: The trial.
        sentence: One of its sentences.
        rng: Chooses the distractors and places.
        varied: Whether things may bear one of their other names (training).
    """
    maker = _SceneMaker(trial, rng, varied)
    scene = maker.scene()
    goal, accepted, steps = maker.meaning()
    sliced = "_sliced" if trial.arguments.get("object_sliced") else ""
    return Case(sentence, scene, goal, accepted, steps, trial.task + sliced)


class _SceneMaker:
    """Makes one scene, and knows which of its entities the trial is about."""

    def __init__(self, trial: Trial, rng: np.random.Generator, varied: bool) -> None:
        self.trial, self.rng, self.varied = trial, rng, varied
        self.asked = trial.arguments
        self.twice = trial.task == "pick_two_obj_and_place"
        room = _types()["rooms"][trial.room]
        needed = [self.asked["parent_target"]] if self.asked["parent_target"] else []
        if trial.task in TREATMENTS:
            needed.append(TREATMENTS[trial.task][1])
        self.places = self._filled(needed, room["places"], PLACES)
        wanted = [self.asked["object_target"], *([self.asked["mrecep_target"]] if self.asked["mrecep_target"] else [])]
        self.things = self._filled(wanted, room["objects"], THINGS)
        if self.twice:
            self.things.append(self.asked["object_target"])
        self.lamps = [self.asked["toggle_target"]] if self.asked["toggle_target"] else list(room["lamps"])

    def _filled(self, needed: list[str], pool: list[str], count: int) -> list[str]:
        chosen = list(dict.fromkeys(needed))
        others = [t for t in pool if t not in chosen]
        for index in self.rng.permutation(len(others))[: max(0, count - len(chosen))]:
            chosen.append(others[int(index)])
        return chosen

    def _label(self, sort: str, name: str) -> tuple[str, str]:
        kind, *names = _types()[sort][name]
        if self.varied and self.rng.random() < 0.35:
            return kind, names[int(self.rng.integers(len(names)))]
        return kind, names[0]

    def scene(self) -> Scene:
        """Returns the scene; ids are numbered in a shuffled order, so that they tell nothing."""
        fixtures, objects = [], []
        for sort, names in (("places", self.places), ("lamps", self.lamps)):
            for name in names:
                kind, label = self._label(sort, name)
                x, y = (float(v) for v in self.rng.random(2) * 4 - 2)
                fixtures.append(Fixture(id=_id(name), kind=kind, label=label, pose=PoseSpec(position=(x, y, 0.0))))
        surfaces = [_id(p) for p in self.places if _surface(p)] or [_id(self.places[0])]
        target = _id(self.asked["parent_target"]) if self.asked["parent_target"] else ""
        sources = [s for s in surfaces if s != target] or surfaces
        labels = {name: self._label("objects", name) for name in self.things}
        for index, name in enumerate(self.things):
            kind, label = labels[name]
            twin = self.twice and index == len(self.things) - 1
            x, y = (float(v) for v in self.rng.random(2) * 0.6 - 0.3)
            place = Placement(on=sources[int(self.rng.integers(len(sources)))], xy=(x, y))
            objects.append(ObjectSpec(id=_id(name, 2 if twin else 1), kind=kind, label=label, placement=place))
        order, places = self.rng.permutation(len(objects)), self.rng.permutation(len(fixtures))
        return Scene(
            schema="rehearse.scene/1",
            name="alfred",
            robots=(RobotSpec(pose=PoseSpec(position=(0, 0, 0))),),
            fixtures=tuple(fixtures[int(i)] for i in places),
            objects=tuple(objects[int(i)] for i in order),
        )

    def meaning(self) -> tuple[tuple[Literal, ...], tuple[frozenset[Literal], ...], Steps]:
        """Returns the goal, the goals that are right, and steps that reach the first."""
        task, thing = self.trial.task, _id(self.asked["object_target"])
        goal: list[Literal] = []
        steps: list[tuple[str, tuple[str, ...]]] = []
        filled: Steps = ()
        if self.asked.get("object_sliced"):
            goal.append(Literal("sliced", (thing,)))
            steps.append(("cut", (thing,)))
        if task == "look_at_obj_in_light":
            lamp = _id(self.asked["toggle_target"])
            goal += [Literal("turned_on", (lamp,)), Literal("holding", (thing,))]
            steps += [("turn_on", (lamp,)), ("pick", (thing,))]
            return tuple(goal), (frozenset(goal),), tuple(steps)
        parent = self.asked["parent_target"]
        place = _id(parent)
        into = _into(_types()["places"][parent][0])
        if KINDS[_types()["places"][parent][0]].main and _openable(parent):
            steps.insert(0, ("open", (place,)))
        if task in TREATMENTS:
            made, appliance = TREATMENTS[task]
            goal.append(Literal(made, (thing,)))
            steps += [("pick", (thing,)), (PROCESS[made], (thing, _id(appliance)))]
        elif self.asked["mrecep_target"]:
            dish = self.asked["mrecep_target"]
            inner = _into(_types()["objects"][dish][0])
            goal.append(Literal(inner, (thing, _id(dish))))
            filled = (("pick", (thing,)), (f"place_{inner}", (thing, _id(dish))))  # a loaded dish is not picked up
            thing = _id(dish)
            steps.append(("pick", (thing,)))
        else:
            steps.append(("pick", (thing,)))
        goal.append(Literal(into, (thing, place)))
        steps += [(f"place_{into}", (thing, place)), *filled]
        if not self.twice:
            return tuple(goal), (frozenset(goal),), tuple(steps)
        twin = _id(self.asked["object_target"], 2)
        goal.append(Literal(into, (twin, place)))
        steps += [("pick", (twin,)), (f"place_{into}", (twin, place))]
        pair = (thing, twin)
        swapped = [dict(zip(pair, p, strict=True)) for p in permutations(pair)]
        goals = {frozenset(Literal(g.predicate, tuple(s.get(a, a) for a in g.args)) for g in goal) for s in swapped}
        first = frozenset(goal)
        return tuple(goal), (first, *sorted(goals - {first}, key=sorted)), tuple(steps)


def _id(name: str, number: int = 1) -> str:
    return f"{name.lower()}_{number}"


def _main(kind: str) -> Any:
    return KINDS[kind].main


def _into(kind: str) -> str:
    """Returns ``in`` for what holds things inside, else ``on``."""
    main = _main(kind)
    return "in" if main is not None and main.container else "on"


def _surface(name: str) -> bool:
    return _into(_types()["places"][name][0]) == "on"


def _openable(name: str) -> bool:
    main = _main(_types()["places"][name][0])
    return bool(main is not None and main.openable)
