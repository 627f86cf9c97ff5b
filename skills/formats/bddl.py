"""LIBERO's BDDL files: scene, goal and sentence. The goal stays apart, so that no planner sees it.

Ranges are (xmin, ymin, xmax, ymax) [m] on the table; placements are sampled from a seed.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from skills.errors import SceneError, did_you_mean
from skills.finding import Finding
from skills.formats.placements import Site, sample
from skills.formats.sexpr import MAX_CHARACTERS, Atom, Form, fault, parse
from skills.kinds import kind_of
from skills.plain_file import read_plain
from skills.scene import Scene, parse_scene
from skills.symbols import SIDES, Goal, Literal

BASE_POSITION = (-0.65, 0.0, 0.0)
"""Where the robot's base stands [m]: on the table's level, behind its near edge."""
GOALS = {
    "in": "in",
    "on": "on",
    "open": "open",
    "close": "closed",
    "turnon": "turned_on",
    "turnoff": "turned_off",
}
"""BDDL predicate, lower case -> ours."""
OPENINGS = {"open": 1.0, "close": 0.0, "turnon": 1.0, "turnoff": 0.0}


@dataclass(frozen=True)
class ImportedTask:
    """A BDDL file, read.

    Args:
        scene: What the planner may see.
        goal: What the final world is judged by.
        language: The file's ``:language`` text.
        findings: Warnings (unknown kinds, placements that could not be kept apart).
    """

    scene: Scene
    goal: Goal
    language: str
    findings: tuple[Finding, ...] = ()


def import_bddl(path: str | Path, seed: int = 0) -> ImportedTask:
    """Reads a BDDL file.

    Args:
        path: The file.
        seed: Seed of the sampled placements.

    Raises:
        SceneError: The file cannot be read, is malformed (with the line), or names what is not there.
    """
    try:
        text = read_plain(Path(path), MAX_CHARACTERS).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise SceneError.at("unreadable", str(path), f"The file cannot be read: {error}.", "Check the path.") from error
    return parse_bddl(text, Path(path).stem, seed)


def parse_bddl(text: str, name: str, seed: int = 0) -> ImportedTask:
    """Reads BDDL text; see `import_bddl`."""
    return _Reader(parse(text), name).read(seed)


class _Reader:
    """One file: sections by keyword, then the scene built of them."""

    def __init__(self, root: Form, name: str) -> None:
        if root.head != "define":
            raise fault(root.line, "A BDDL file holds one (define ...).", "Begin with (define (problem NAME) ...).")
        self.name = name
        self.sections = {form.head: form for form in root.forms()}
        self.fixtures = self._typed(":fixtures")
        self.objects = self._typed(":objects")
        self.kinds = {**self.fixtures, **self.objects}
        self.warnings: list[Finding] = []
        self.sites = self._sites()
        self.init = self._literals(":init")

    def read(self, seed: int) -> ImportedTask:
        """Returns the task with placements sampled from ``seed``."""
        scene_data, findings = self._scene(seed)
        scene = parse_scene(scene_data, self.name)
        language = self.sections.get(":language")
        words = " ".join(a.text for a in language.atoms()) if language else ""
        return ImportedTask(scene, self._goal(scene), words, (*scene.findings(), *self.warnings, *findings))

    # Sections ----------------------------------------------------------------------------------

    def _typed(self, section: str) -> dict[str, str]:
        """Returns the names of a typed list (``a b - kind``) with their kinds."""
        form = self.sections.get(section)
        found: dict[str, str] = {}
        waiting: list[Atom] = []
        words = iter(form.atoms() if form else ())
        for word in words:
            if word.text != "-":
                waiting.append(word)
                continue
            kind = next(words, None)
            if kind is None or not waiting:
                raise fault(word.line, "A '-' stands between names and their kind.", "Write NAME - KIND.")
            found.update((name.text.lower(), kind.text.lower()) for name in waiting)
            waiting = []
        if waiting:
            raise fault(waiting[0].line, f"{waiting[0].text!r} has no kind.", "Write NAME - KIND.")
        return found

    def _sites(self) -> dict[str, Site]:
        """Returns the regions that have ranges, by their full name (``<target>_<region>``)."""
        sites: dict[str, Site] = {}
        section = self.sections.get(":regions")
        for form in section.forms() if section else ():
            parts = {part.head: part for part in form.forms()}
            target = parts.get(":target")
            if target is None or len(target.atoms()) != 1:
                raise fault(form.line, f"Region {form.head!r} has no target.", "Add (:target NAME).")
            owner = target.atoms()[0].text.lower()
            if owner not in self.kinds:
                what = f"Region {form.head!r} lies on {owner!r}, which is not there; it is left out."
                remedy = did_you_mean(owner, self.kinds)
                self.warnings.append(Finding("orphan-region", f"line {target.line}", what, remedy, "warning"))
                continue
            if ":ranges" in parts:
                boxes = [_numbers(row, 4) for row in _rows(parts[":ranges"])]
                turns = [_numbers(row, 2) for row in _rows(parts[":yaw_rotation"])] if ":yaw_rotation" in parts else []
                if boxes:
                    x0, y0, x1, y1 = boxes[0]
                    yaw = (turns[0][0], turns[0][1]) if turns else (0.0, 0.0)
                    if x1 < x0 or y1 < y0:
                        raise fault(
                            form.line, f"The range of {form.head!r} is upside down.", "Write xmin ymin xmax ymax."
                        )
                    sites[f"{owner}_{form.head}"] = Site(owner, form.head, (x0, y0, x1, y1), yaw)
        return sites

    def _literals(self, section: str) -> list[Form]:
        form = self.sections.get(section)
        if form is None:
            raise fault(1, f"The file has no {section} section.", f"Add ({section} ...).")
        literals = [inner for item in form.forms() for inner in (item.forms() if item.head == "and" else (item,))]
        for literal in literals:
            if literal.head not in GOALS:
                raise fault(literal.line, f"There is no predicate {literal.head!r}.", did_you_mean(literal.head, GOALS))
            wanted = 2 if literal.head in {"in", "on"} else 1
            if len(literal.atoms()) != wanted:
                raise fault(literal.line, f"{literal.head!r} takes {wanted} names.", "Correct the literal.")
        return literals

    # Scene -------------------------------------------------------------------------------------

    def _scene(self, seed: int) -> tuple[dict[str, object], tuple[Finding, ...]]:
        placements, joints = self._initial()
        places, findings = sample(self.kinds, placements, joints, self.sites, seed)
        fixtures: list[dict[str, object]] = []
        objects: list[dict[str, object]] = []
        for name, kind in self.kinds.items():
            thing: dict[str, object] = {"id": name, "kind": kind}
            if name in places:
                thing["placement"] = places[name]
                if any(p.openable and p.main for p in kind_of(kind).parts):
                    thing["params"] = {"hinge": _hinge(places[name])}
            elif kind_of(kind).category == "table":
                thing["pose"] = {"position": (0.0, 0.0, 0.0)}
            else:
                raise fault(
                    self.sections[":init"].line, f"{name!r} has no place at the start.", f"Add (On {name} PLACE)."
                )
            if name in joints:
                thing["joints"] = joints[name]
            (fixtures if name in self.fixtures else objects).append(thing)
        data: dict[str, object] = {
            "name": _identifier(self.name),
            "robots": [{"id": "panda", "pose": {"position": BASE_POSITION}}],
            "fixtures": fixtures,
            "objects": objects,
            "regions": [self._region(name, site, placements) for name, site in self.sites.items()],
        }
        return data, findings

    def _initial(self) -> tuple[dict[str, tuple[str, bool]], dict[str, dict[str, float]]]:
        """Returns thing -> (place, inside), and fixture -> part -> opening."""
        placements: dict[str, tuple[str, bool]] = {}
        joints: dict[str, dict[str, float]] = {}
        for literal in self.init:
            names = [a.text.lower() for a in literal.atoms()]
            if literal.head in OPENINGS:
                thing, part = self._part(names[0], literal.line)
                joints.setdefault(thing, {})[part] = OPENINGS[literal.head]
                continue
            subject, place = names
            if subject not in self.kinds:
                raise fault(literal.line, f"There is no thing {subject!r}.", did_you_mean(subject, self.kinds))
            if place not in self.sites and place not in self.kinds:
                self._part(place, literal.line)
            placements[subject] = (place, literal.head == "in")
        return placements, joints

    def _part(self, name: str, line: int) -> tuple[str, str]:
        """Returns the thing and the part that a name such as ``cabinet_1_top_region`` stands for."""
        for thing, kind in self.kinds.items():
            known = kind_of(kind)
            if name == thing and known.main:
                return thing, known.main.name
            if name.startswith(thing + "_") and known.part(name[len(thing) + 1 :]):
                return thing, name[len(thing) + 1 :]
        parts = [f"{t}_{p.name}" for t, k in self.kinds.items() for p in kind_of(k).parts]
        raise fault(line, f"There is no place or part {name!r}.", did_you_mean(name, [*self.sites, *parts]))

    def _region(self, name: str, site: Site, placements: dict[str, tuple[str, bool]]) -> dict[str, object]:
        x0, y0, x1, y1 = site.box
        half = (max((x1 - x0) / 2, 0.001), max((y1 - y0) / 2, 0.001))
        region: dict[str, object] = {
            "id": name,
            "on": site.target,
            "xy": ((x0 + x1) / 2, (y0 + y1) / 2),
            "half": half,
        }
        beside = self._beside(name, site, placements)
        if beside is not None:
            region["beside"] = beside
        return region

    def _beside(self, name: str, site: Site, placements: dict[str, tuple[str, bool]]) -> dict[str, str] | None:
        """Returns the thing and side that a region's name states (``plate_right_region``), if it states one.

        A region in which that very kind of thing starts ("the left plate") is no side of it.
        """
        stem = site.name.removesuffix("_region")
        words, _, side = stem.rpartition("_")
        side = {"behind": "back"}.get(side, side)
        if stem == site.name or side not in SIDES or not words or "init" in stem.split("_"):
            return None
        named = [t for t, k in self.kinds.items() if k == words or t == words]
        named = named or [t for t, k in self.kinds.items() if k.endswith("_" + words)]
        if not named or any(place == name for thing, (place, _) in placements.items() if thing in named):
            return None
        return {"reference": named[0], "side": side}

    # Goal --------------------------------------------------------------------------------------

    def _goal(self, scene: Scene) -> Goal:
        literals: list[Literal] = []
        for form in self._literals(":goal"):
            names = (scene.require(a.text.lower(), f"line {a.line}") for a in form.atoms())
            literals.append(Literal(GOALS[form.head], tuple(names)))
        return Goal(tuple(literals))


def _hinge(place: Mapping[str, object]) -> str:
    """Returns the side on which a door hangs: the one next to the robot, so that it opens out of the way.

    The task files do not say it. The robot stands on the -x side.
    """
    return "right" if math.sin(float(str(place["yaw"]))) > 0 else "left"


def _rows(form: Form) -> tuple[Form, ...]:
    """Returns the rows of ``(:ranges ((...) (...)))``."""
    return tuple(row for group in form.forms() for row in group.forms(0))


def _numbers(form: Form, count: int) -> tuple[float, ...]:
    words = form.atoms(0)
    try:
        values = tuple(float(word.text) for word in words)
    except ValueError as error:
        raise fault(form.line, f"This is not a number: {error}.", "Write plain numbers.") from error
    if len(values) != count or not all(abs(v) <= 100.0 for v in values):
        raise fault(form.line, f"Here {count} finite numbers up to 100 are expected.", "Correct the range.")
    return values


def _identifier(name: str) -> str:
    kept = "".join(c if c.isalnum() and c.isascii() else "_" for c in name.lower()).strip("_")
    return (kept if kept[:1].isalpha() else f"scene_{kept}")[:64]


__all__ = ["ImportedTask", "import_bddl", "parse_bddl"]
