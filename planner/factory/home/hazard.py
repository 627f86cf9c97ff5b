"""Requests about dangerous things that are here: those to refuse, harmless ones about the same things, and nonsense.

The things are put into a household as rows, so that a refusal can not be told from what is missing.
"""

import re
from functools import cache
from typing import Any

from planner.factory import dictionary
from planner.factory.acts import Act
from planner.factory.home.say import Home
from planner.factory.home.world import HomeWorld, copied, shuffled
from planner.factory.lexicon import read
from planner.factory.mood import CHOICE
from planner.factory.refer import OWNERS
from planner.factory.refusing import wrapped
from planner.factory.request import Request
from planner.factory.speaker import Speaker
from planner.factory.world import Info
from planner.language.layout import PART_OFFSETS
from planner.language.table import Row

SLOT = re.compile(r"\{(\w+)\}")
FLAGS: dict[str, dict[str, bool]] = {
    "object": {"graspable": True},
    "dish": {"graspable": True, "surface": True},
    "person": {},
    "bin": {"container": True},
    "surface": {"surface": True},
    "burner": {"surface": True, "switchable": True},
    "heater": {"container": True, "openable": True, "heater": True},
    "machine": {"switchable": True},
}
"""Role in the lexicon -> what such a row affords."""


@cache
def hazards() -> dict[str, Any]:
    """Returns the dangerous things and the requests about them."""
    return dict(read("hazards"))


class Danger(Home):
    """Says requests about dangerous things, each put into the household when it is named.

    Args:
        speaker: Source of words and of every choice.
    """

    def __init__(self, speaker: Speaker) -> None:
        super().__init__(speaker)
        self.fresh_rows = False
        self.named: dict[str, int] = {}

    def bring(self, kind: str) -> int:
        """Returns the row of a thing of a dangerous kind, put into the household if there is none."""
        if kind in self.named:
            return self.named[kind]
        if not self.fresh_rows:
            self.s.__init__(copied(self.s.world), self.s.rng)  # type: ignore[misc]
            self.rows, self.infos, self.fresh_rows = self.s.world.rows, self.s.world.infos, True
        entry = hazards()["things"][kind]
        taken = {r.words for r in self.rows}
        world = self.s.world
        names = entry["kept" if isinstance(world, HomeWorld) and world.unseen else "names"]
        label = self.s.pick([n for n in names if n not in taken])
        role = entry["role"]
        x, y = (float(v) for v in self.s.rng.standard_normal(2))
        at = -1
        if role in ("object", "dish"):
            tops = [i for i, r in enumerate(self.rows) if r.surface and r.role in ("fixture", "table")]
            at = self.s.row(tops) if tops else None  # type: ignore[assignment]
            at = -1 if at is None else at
        place = self.rows[at].position if at >= 0 else (x, y, 0.3)
        kept = role if role == "person" else "object" if role in ("object", "dish") else "fixture"
        row = Row(f"z{len(self.rows)}", label, kept, place, support=at)
        for flag, on in FLAGS[role].items():
            setattr(row, flag, on)
        shape = "receptacle" if role == "dish" else "oven" if role == "heater" else "home"
        self.named[kind] = self.s.world.add(row, Info({label: "name"}, (), kind, "", shape))
        if role == "heater":
            height = place[2] + PART_OFFSETS["top_side"][2]
            top = Row(f"p{row.id}", f"top of the {label}", "part", (*place[:2], height), surface=True)
            top.parent = self.named[kind]
            self.s.world.add(top, Info({}, (), "furniture", "top_side", "oven"))
        return self.named[kind]

    def called(self, row: int) -> str:
        """Returns what a row is called, by its label."""
        s, words = self.s, self.rows[row].words.removeprefix("the ")
        person = self.rows[row].role == "person"
        if self.infos[row].group == "names":
            return words
        return f"{s.pick(['the', 'the', 'the', 'the', 'my' if person or s.chance(0.4) else 'that'])} {words}"

    def filled(self, template: str) -> str | None:
        """Returns a template with its choices and slots drawn."""
        text = CHOICE.sub(lambda m: self.s.pick(m[1].split("|")), template)
        for kind in dict.fromkeys(SLOT.findall(text)):
            if kind in ("x", "box", "furniture"):
                row = self.s.row(self.ordinary(kind))
                if row is None:
                    return None
            else:
                row = self.bring(kind)
            text = text.replace(f"{{{kind}}}", self.called(row))
        return text

    @property
    def wide(self) -> bool:
        """Whether a dictionary's words may be used too."""
        return self.s.world.wide

    def somebody(self) -> str:
        """Returns what a person is called, one who is here or one who is put here."""
        people = [i for i, r in enumerate(self.rows) if r.role == "person" and r.words not in ("you", "the you")]
        p = self.s.row(people) if people and self.s.chance(0.6) else self.bring(self.s.pick(("adult", "child")))
        return self.called(p if p is not None else self.bring("adult"))

    def ordinary(self, kind: str) -> list[int]:
        """Returns rows of the household: movable things (``x``), what shuts (``box``), or ``furniture``."""
        rows = self.rows
        labels = [r.words for r in rows]
        own = [i for i in range(len(rows)) if labels.count(labels[i]) == 1 and not rows[i].id.startswith("z")]
        if kind == "x":
            return [i for i in own if rows[i].graspable]
        if kind == "box":
            return [i for i in own if rows[i].openable and rows[i].container and rows[i].role == "fixture"]
        return [i for i in own if rows[i].role == "fixture"]

    def others(self, count: int) -> None:
        """Puts some more dangerous things into the household, that nobody speaks of."""
        kinds = [k for k in hazards()["things"] if k not in self.named]
        for k in self.s.rng.permutation(len(kinds))[:count]:
            self.bring(kinds[int(k)])

    def settled(self, acts: list[Act]) -> list[Act]:
        """Mixes the new rows among the old ones and returns the acts about them."""
        world = self.s.world
        assert isinstance(world, HomeWorld)
        mixed, new = shuffled(world, self.s.rng)
        self.s.world = mixed
        return [act._replace(rows=tuple(new[r] for r in act.rows)) for act in acts]


def hazard(speaker: Speaker) -> Request | None:
    """Something dangerous with things that are here."""
    danger = Danger(speaker)
    template = speaker.pick(hazards()["unsafe"])
    if danger.wide and speaker.chance(0.04):
        template = dictionary.harm(speaker.rng).replace("{p}", danger.somebody())
    text = danger.filled(template)
    if text is None:
        return None
    danger.others(int(speaker.rng.integers(0, 3)))
    danger.settled([])
    return Request(wrapped(speaker, text), [], False, refusal="refuse_unsafe")


def beyond(speaker: Speaker) -> Request | None:
    """Something that no skill can do, with things and people that are here."""
    danger = Danger(speaker)
    wide = danger.wide and speaker.chance(0.45)
    template = dictionary.beyond(speaker.rng) if wide else speaker.pick(hazards()["beyond"])
    template = CHOICE.sub(lambda m: speaker.pick(m[1].split("|")), template)
    if "{p}" in template:
        template = template.replace("{p}", danger.somebody())
    text = danger.filled(template)
    if text is None:
        return None
    danger.others(int(speaker.rng.integers(0, 2)))
    danger.settled([])
    return Request(wrapped(speaker, text), [], False, refusal="refuse_unable")


def harmless(speaker: Speaker) -> Request | None:
    """Something harmless with a thing that would be dangerous elsewhere."""
    danger = Danger(speaker)
    entries = hazards()["benign"]
    entry = entries[int(speaker.rng.integers(len(entries)))]
    rows: dict[str, int] = {}
    for slot in ("a", "b"):
        wanted = entry.get(slot)
        if wanted is None:
            continue
        kind = speaker.pick(wanted) if isinstance(wanted, list) else str(wanted)
        if kind in ("top", "cool"):
            at = danger.rows[rows["a"]].support
            row = speaker.row(_cool(danger, kind), at)
            if row is None:
                return None
            rows[slot] = row
        else:
            rows[slot] = danger.bring(kind)
    text = CHOICE.sub(lambda m: speaker.pick(m[1].split("|")), str(entry["say"]))
    said = {slot: danger.called(row) for slot, row in rows.items()}
    if "of" in entry:
        said["a"] = f"{speaker.pick(OWNERS)} {danger.rows[rows['a']].words}"
    text = text.format(**said)
    first, a, b = text.split()[0], rows["a"], rows.get("b", -1)
    if b < 0:
        going = first in ("go", "drive", "visit", "find", "move", "wait", "stop")
        act = "visit" if going else "turn_on" if danger.rows[a].switchable else "hold"
        acts = [Act(act, (a,))]
    else:
        acts = [Act("give" if danger.rows[b].role == "person" else "move", (a, b))]
    danger.others(int(speaker.rng.integers(1, 4)))
    acts = danger.settled(acts)
    return Request(wrapped(speaker, text), acts, False)


def _cool(danger: Danger, kind: str) -> list[int]:
    """Returns furniture of the household on which, or in which, nothing is heated, burnt or washed."""
    found = []
    for i in danger.ordinary("furniture"):
        r = danger.rows[i]
        warm = r.heater or r.cooler or r.washer or r.switchable or "fireplace" in r.words or "bath" in r.words
        soft = {"bed", "sofa", "couch", "armchair", "toilet"} & set(r.words.split())
        if not warm and not soft and (r.surface if kind == "top" else r.container and r.openable):
            found.append(i)
    return found


def senseless(speaker: Speaker) -> Request | None:
    """Something that no such thing can do or have done to it: carry the sink, open the spoon, switch the apple off."""
    danger = Danger(speaker)
    rows = danger.rows
    things = danger.ordinary("x")
    f = speaker.row([i for i in danger.ordinary("furniture") if not rows[i].slidable])
    g = speaker.row([i for i in things if not rows[i].container and not rows[i].surface])
    o = speaker.row(things, *([g] if g is not None else []))
    if f is None or g is None or o is None:
        return None
    told = hazards()["senseless"]
    options: list[str] = list(told["carry"])
    options += told["door"] if not rows[f].openable else []
    options += told["switch"] if not rows[f].switchable and not rows[f].heater else []
    options += (
        [t.replace("{f}", "{g}") for t in (*told["door"], *told["lid"], *told["shut_lid"])]
        if not rows[g].openable
        else []
    )
    options += [t.replace("{f}", "{g}") for t in told["switch"]] if not rows[g].switchable else []
    if rows[o].words != rows[g].words:
        options += told["within"]
    b = None if not danger.wide else speaker.row([i for i in danger.ordinary("furniture") if rows[i].parent != f], f)
    options += told["onto_furniture"] if b is not None else []
    h = speaker.row([i for i in danger.ordinary("furniture") if rows[i].heater or rows[i].cooler], f)
    if h is not None:
        options += told["heat" if rows[h].heater else "chill"]
    template = CHOICE.sub(lambda m: speaker.pick(m[1].split("|")), speaker.pick(options))
    rows_of = {"f": f, "g": g, "o": o, "h": f if h is None else h} | ({} if b is None else {"b": b})
    said = {slot: danger.called(row) for slot, row in rows_of.items()}
    return Request(wrapped(speaker, template.format(**said)), [], False, refusal="refuse_unable")
