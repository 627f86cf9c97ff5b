"""`read_name`: what the name of a thing says about it, from the reviewed words alone; no scene, no model.

The last noun that is known is the thing ("bread knife" is a knife, "knife block" a block). What stands before it may
say its state, its material or what it holds ("hot iron", "plastic fork", "bleach bottle"); what stands after it may
say what it holds or how it stands ("bucket of water", "hair dryer that is plugged in").
"""

from dataclasses import dataclass
from functools import lru_cache

from sim_checks.rules.words import Noun, Words, tokens, words

MATERIALS = frozenset("metal plastic paper cloth wood glass ceramic straw rubber foam stone fragile".split())
COLOURS = frozenset("orange lime rose olive peach chocolate cream salmon mint plum lemon cherry coffee coral".split())
_SUBSTANCES = frozenset(
    "food drink liquid water chemical bleach ammonia acid poison medicine fuel explosive pressurised battery firework "
    "ignition adult toxic".split()
)
_BREAKS = frozenset(
    "made of with that which in on for containing from without under full filled before about by at".split()
)
_HOLDING = frozenset(("of", "with", "containing", "full", "filled"))
_PARTS = frozenset("top bottom side edge inside front back end middle area spot space foot corner part rest".split())
_NOT = frozenset(("not", "no", "without", "never", "isnt", "un"))
_SMALL = frozenset(("small", "little", "young", "tiny"))
_YEARS = {
    n: i for i, n in enumerate("one two three four five six seven eight nine ten eleven twelve thirteen".split(), 1)
}
_GROWN = frozenset(("man", "woman", "lady", "gentleman", "adult"))
_SWEET = frozenset("gingerbread chocolate marzipan candy cookie sugar biscuit icing jelly gummy".split())
_STANDS_FOR = frozenset(("toy", "plastic"))


@dataclass(frozen=True)
class Reading:
    """What a name says.

    Args:
        properties: Everything that follows from it; empty when no word of it is known.
        size: From 1 (a coin) to 6 (a car), where it is known.
        noun: The noun that was understood as the thing.
    """

    properties: frozenset[str] = frozenset()
    size: int | None = None
    noun: str = ""

    def __bool__(self) -> bool:
        """True when a word of the name is known."""
        return bool(self.properties)


@lru_cache(maxsize=4096)
def read_name(name: str, fixed: bool = False) -> Reading:
    """Returns what a name says.

    Args:
        name: What people call the thing, for example ``"bottle of bleach"``.
        fixed: It is furniture of the scene, so that a "toy shelf" is a shelf.
    """
    return _read(tokens(name), words(), fixed)


def _read(said: tuple[str, ...], known: Words, fixed: bool) -> Reading:
    cut = next((i for i, t in enumerate(said) if t in _BREAKS and i), len(said))
    head, rest = said[:cut], said[cut:]
    held = _read(_content(rest), known, False) if rest and rest[0] in _HOLDING else Reading()
    start, noun = _noun(head, known, "food" in held.properties)
    before = head[:start]
    if held and rest[0] == "of" and head[-1] in known.sets["portions"]:
        return held
    if noun is None or (head and head[-1] in _PARTS and rest):
        after = _read(rest[1:], known, fixed) if rest else Reading()
        if noun is None and rest and rest[0] in ("of", "with"):
            return after
        if noun is None:
            return Reading()
        return Reading(noun.has | after.properties, noun.size, after.noun)
    found = set(known.closed(noun.has))
    size = noun.size
    found, size = _sort(found, size, head[start:], before, known, fixed)
    made_of = _content(rest) if rest and rest[0] in ("of", "made") else ()
    _material(found, (*before, *made_of) if made_of in known.materials else before, known)
    _state(found, before, rest, known)
    if held and (head[-1] in known.holders or rest[0] == "with") and head[-1] not in known.sets["figures"]:
        watery = "water" in _content(rest) and "dish" not in found
        found |= {"water", "liquid"} if watery else held.properties & known.held
    found |= _substance(found, head[start:], before, known)
    if "exit" in _read(rest[1:], known, True).properties if rest and rest[0] in ("before", "in", "by", "at") else False:
        found.add("exit")
    return Reading(known.closed(found) | {"known"}, size, " ".join(head[start:]))


def _noun(head: tuple[str, ...], known: Words, served: bool = False) -> tuple[int, Noun | None]:
    """Returns where the longest noun at the end of a phrase begins, and the noun; a "hot plate" of food is no stove."""
    for start in range(len(head)):
        noun = known.nouns.get(head[start:])
        if noun is not None and not (served and "hob" in noun.has and start + 1 < len(head)):
            return start, noun
    return len(head), None


def _content(rest: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the words for what is held: those after "of", "with", "full of"."""
    start = 2 if len(rest) > 1 and rest[1] in ("of", "with") else 1
    return rest[start:]


def _sort(
    found: set[str], size: int | None, noun: tuple[str, ...], before: tuple[str, ...], known: Words, fixed: bool
) -> tuple[set[str], int | None]:
    """Returns the properties with what the words before say of its sort: a toy, food, a living thing, a child."""
    sets, said = known.sets, set(before)
    solid = bool(said & set(w for m in known.materials for w in m)) and not said & {"fluffy", "furry", "silver", "gold"}
    figure = solid and "living" in found and not {"person"} & found
    if said & sets["cooked"] and "living" in found and ("person" not in found or said & _SWEET):
        return {"food", "cuttable"}, 2
    if said & {"live", "living", "alive", "pet", "wild", "wounded", "injured", "stray"} and "food" in found:
        return set(known.closed(("animal",))), size
    pretend = said & sets["pretend"] and not (fixed and "furniture" in found and "appliance" not in found)
    only_living = {"stuffed", "painted", "carved", "rocking", "teddy", "inflated"}
    if pretend and (said & sets["pretend"] - only_living or "living" in found) and "food" not in found or figure:
        return set(known.closed(_STANDS_FOR)), min(size or 2, 2)
    if "person" in found:
        months = "month" in said or "week" in said
        years = next((_YEARS[t] for t in before if t in _YEARS), None) if "year" in said else None
        young = bool(said & _SMALL) and not set(noun) & _GROWN
        if months or (years is not None and years <= 3):
            found |= {"baby", "child"}
        elif years is not None or young:
            found.add("child")
    return found, size


def _material(found: set[str], before: tuple[str, ...], known: Words) -> None:
    """Takes a named material for the usual one."""
    if {"food", "toxic", "living", "fuel"} & found:
        return
    for material, has in known.materials.items():
        at = None if "sharp" in found and material == ("paper",) else _where(material, before)
        if at is not None and before[at + len(material) : at + len(material) + 1] not in (("handled",), ("handle",)):
            found -= MATERIALS | {"tinder", "burnable"}
            if {"plastic", "paper", "wood", "rubber", "cloth"} & has:
                found.discard("sharp")
            found |= has


def _state(found: set[str], before: tuple[str, ...], rest: tuple[str, ...], known: Words) -> None:
    """Adds what is said of its state, and takes away what is denied."""
    denied = bool(_NOT & set(rest))
    heats = {"hob", "heater", "oven", "boiler_like"} & found
    for modifier in known.modifiers:
        said = any(_where(m, before) is not None for m in modifier.before)
        after = any(_where(m, rest) is not None for m in modifier.after)
        if not (said or after):
            continue
        if modifier.drops:
            found -= modifier.drops
        if after and denied and not said:
            found -= modifier.adds
            continue
        for name in modifier.adds:
            if name == "water" and not {"basin", "bath", "liquid_holder", "toilet", "water"} & found:
                name = "liquid" if "dish" in found else "known"
            if name == "mains" and not {"electronic", "metal"} & found:
                name = "known"
            if name == "electronic" and "fire" in found:
                found -= {"fire", "heat"}
                found.add("heater")
            found.add(name)
            if name == "hot" and "iron_like" in found:
                found.add("scorching")
            if heats and name in ("hot", "burning", "scorching"):
                found |= {"fire", "heat"}


def _substance(found: set[str], noun: tuple[str, ...], before: tuple[str, ...], known: Words) -> frozenset[str]:
    """Returns what a word before a vessel says of its content, as in "bleach bottle"; a dish stays empty of food."""
    if not before or noun[-1] not in known.holders or before[-1] in COLOURS:
        return frozenset()
    _, inner = _noun(before, known)
    if inner is None:
        return frozenset()
    has = known.closed(inner.has) & _SUBSTANCES
    return has - {"food", "drink", "liquid", "adult"} if "dish" in found or "fixed" in found else has


def _where(part: tuple[str, ...], whole: tuple[str, ...]) -> int | None:
    return next((i for i in range(len(whole) - len(part) + 1) if whole[i : i + len(part)] == part), None)
