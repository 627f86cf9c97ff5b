"""Picks common things, furniture and verbs out of WordNet's files, for the factory's own word list.

Only words are taken, no gloss and no example. Source: WordNet 3.0 (Princeton University, 2006), whose formats are in
its manual pages wndb(5WN) and lexnames(5WN).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from skills.errors import SkillsError


class WordNetError(SkillsError):
    """A folder is none of WordNet's."""


LICENCE = """\
# Words and their relations out of WordNet 3.0, made by `rehearse factory words`: sort, name, synonyms, and classes (of
# things) or the forms it takes (of verbs). The words are under WordNet's own licence:
#
# This software and database is being provided to you, the LICENSEE, by Princeton University under the following
# license. By obtaining, using and/or copying this software and database, you agree that you have read, understood,
# and will comply with these terms and conditions.: Permission to use, copy, modify and distribute this software and
# database and its documentation for any purpose and without fee or royalty is hereby granted, provided that you agree
# to comply with the following copyright notice and statements, including the disclaimer, and that the same appear on
# ALL copies of the software, database and documentation, including modifications that you make for internal use or
# for distribution. WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. THIS SOFTWARE AND DATABASE
# IS PROVIDED "AS IS" AND PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR IMPLIED. BY WAY OF
# EXAMPLE, BUT NOT LIMITATION, PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES OF MERCHANT- ABILITY OR
# FITNESS FOR ANY PARTICULAR PURPOSE OR THAT THE USE OF THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION WILL NOT
# INFRINGE ANY THIRD PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR OTHER RIGHTS. The name of Princeton University or
# Princeton may not be used in advertising or publicity pertaining to distribution of the software and/or database.
# Title to copyright in this software, database and any associated documentation shall at all times remain with
# Princeton University and LICENSEE agrees to preserve same.
"""
NOUNS = {"06", "13"}
"""Lexicographer files of artefacts and food."""
NOT_THINGS = (
    *("structure", "way", "facility", "conveyance", "weapon", "weaponry", "explosive_device", "drug", "system", "room"),
    *("area", "location", "region", "building", "obstruction", "enclosure", "representation", "art", "line", "track"),
    *("opening", "point", "side", "social_group", "psychological_feature", "shape", "meal", "course", "drug_of_abuse"),
    *("attribute", "communication", "measure", "group", "agent", "body_covering", "excavation", "network", "part"),
    *("establishment", "diet", "army_unit", "memory_device", "person", "land", "passage", "layer"),
)
"""Classes of what nobody carries about, or is none of a household."""
PIECES = ("furniture", "home_appliance", "electronic_equipment", "source_of_illumination", "machine", "furnishing")
"""Classes of what stands where it is, has doors or is switched."""
VAGUE = {
    *("entity", "physical entity", "object", "physical object", "whole", "unit", "artifact", "artefact", "matter"),
    *("instrumentality", "instrumentation", "covering", "commodity", "substance", "solid", "article", "creation"),
    *("trade good", "good", "consumer goods", "abstraction", "abstract entity", "relation", "part", "piece", "thing"),
    *("causal agent", "cause", "causal agency", "product", "production", "natural object", "mechanism", "foodstuff"),
    *("nutriment", "nourishment", "nutrition", "sustenance", "aliment", "alimentation", "victuals", "device", "unit"),
    *("implement", "solid food", "food product", "fluid", "component", "constituent", "element", "attachment"),
    *("support", "restraint", "constraint", "mechanical device", "structure", "construction", "surface", "way"),
    *("nutrient", "flavorer", "flavourer", "fixings", "false fruit", "pome", "green goods", "measure", "quantity"),
    *("small indefinite quantity", "small indefinite amount", "setup", "paraphernalia", "concoction", "mixture"),
    *("ingredient", "produce", "means", "portion", "component part", "material", "stuff", "fixture"),
}
"""Classes too wide to call a thing by."""
MINDS = {"29", "31", "32", "33", "34", "36", "37", "41", "43"}
"""Lexicographer files of verbs of body, mind, speech, contest, eating, creation, feeling, company and weather."""
HARMS = (
    "kill",
    "injure",
    "attack",
    "torture",
    "poison",
    "maim",
    "strangle",
    "beat_up",
    "stab",
    "whip",
    "threaten",
    "rape",
    "molest",
    "abuse",
)
"""Verbs under which stands what must not be done to anybody."""
FORMS = {8: "x", 9: "p", 2: "i"}
"""Sentence frames of WordNet -> with a thing, with a person, alone."""
RUDE = {"shit", "bitch", "fuck", "piss", "crap", "gang-rape", "bugger", "fart", "whore", "slut"}
"""Words that the list goes without."""
WIDEST = 3
"""Levels of classes that are kept of a thing."""


@dataclass(slots=True)
class Synset:
    """One meaning: its lexicographer file, its words, the synsets above it, and a verb's sentence frames."""

    file: str
    words: list[str]
    above: list[str]
    forms: list[tuple[int, int]]


def read_synsets(folder: Path, pos: str) -> dict[str, Synset]:
    """Returns the meanings in ``data.POS`` by their offsets.

    Args:
        folder: WordNet's folder, with ``data.noun`` and ``index.noun``.
        pos: ``noun`` or ``verb``.

    Raises:
        WordNetError: The file is missing or is none of WordNet's.
    """
    found: dict[str, Synset] = {}
    for line in _lines(folder, f"data.{pos}"):
        f = line.partition("|")[0].split()
        try:
            count = int(f[3], 16)
            words = [f[4 + 2 * i] for i in range(count)]
            at = 4 + 2 * count
            pointers = [f[at + 1 + 4 * i : at + 5 + 4 * i] for i in range(int(f[at]))]
            at += 1 + 4 * len(pointers)
            forms: list[tuple[int, int]] = []
            if pos == "verb":
                forms = [(int(f[at + 2 + 3 * i]), int(f[at + 3 + 3 * i], 16)) for i in range(int(f[at]))]
            found[f[0]] = Synset(f[1], words, [p[1] for p in pointers if p[0] == "@"], forms)
        except (IndexError, ValueError) as error:
            raise _bad(folder / f"data.{pos}", f"A line of it is not WordNet's: {line[:60]!r}.") from error
    return found


def first_senses(folder: Path, pos: str) -> dict[str, str]:
    """Returns the offset of the most usual meaning of each word in ``index.POS``."""
    found = {}
    for line in _lines(folder, f"index.{pos}"):
        f = line.split()
        try:
            found[f[0]] = f[-int(f[2])]
        except (IndexError, ValueError) as error:
            raise _bad(folder / f"index.{pos}", f"A line of it is not WordNet's: {line[:60]!r}.") from error
    return found


def _lines(folder: Path, name: str) -> Iterator[str]:
    path = folder / name
    if not path.is_file():
        raise _bad(path, "There is no such file of WordNet.")
    with path.open(encoding="latin-1") as file:
        for line in file:
            if not line.startswith(" "):
                yield line


def _bad(path: Path, what: str) -> WordNetError:
    return WordNetError.at("bad-wordnet", str(path), what, "Give the folder of WordNet 3.0 with data.* and index.*.")


def _above(synsets: dict[str, Synset], offset: str) -> list[str]:
    """Returns the synsets above one, nearest first."""
    found: list[str] = []
    queue = [offset]
    while queue:
        for up in synsets[queue.pop(0)].above:
            if up not in found:
                found.append(up)
                queue.append(up)
    return found


def _said(word: str) -> str:
    return word.replace("_", " ").lower()


def _plain(word: str, knows: Callable[[str], bool]) -> bool:
    parts = re.split(r"[_ -]", word)
    if RUDE & {*parts, word}:
        return False
    return word == word.lower() and len(parts) <= 3 and all(p.isalpha() and len(p) > 1 and knows(p) for p in parts)


def rows(folder: Path, knows: Callable[[str], bool]) -> Iterator[tuple[str, str, str, str]]:
    """Yields sort, name, synonyms and classes of things and furniture, then verbs and the forms they take.

    A word counts only in its most usual meaning, and only if every part of it is a whole word to ``knows``.

    Args:
        folder: WordNet's folder.
        knows: Says whether a word is common.
    """
    synsets, first = read_synsets(folder, "noun"), first_senses(folder, "noun")
    for offset, s in synsets.items():
        names = [w for w in s.words if first.get(w.lower()) == offset and _plain(w, knows)]
        if s.file not in NOUNS or not names:
            continue
        classes = _above(synsets, offset)
        heads = {synsets[c].words[0] for c in classes} | {s.words[0]}
        piece = bool(heads & set(PIECES))
        if heads & set(NOT_THINGS) or not heads & {"instrumentality", "covering", "commodity", "food", "decoration"}:
            if "foodstuff" not in heads and s.file != "13":
                continue
        wider = [_said(w) for c in classes[:WIDEST] for w in synsets[c].words[:2] if w == w.lower()]
        wider = [w for w in dict.fromkeys(wider) if w not in VAGUE]
        sort = "piece" if piece else "food" if s.file == "13" else "thing"
        yield sort, _said(names[0]), "|".join(map(_said, names[1:])), "|".join(wider)
    yield from _verbs(folder, knows)


def _verbs(folder: Path, knows: Callable[[str], bool]) -> Iterator[tuple[str, str, str, str]]:
    synsets, first = read_synsets(folder, "verb"), first_senses(folder, "verb")
    known: dict[str, set[str]] = defaultdict(set)
    harm: set[str] = set()
    for offset, s in synsets.items():
        heads = {synsets[c].words[0] for c in _above(synsets, offset)} | {s.words[0]}
        for k, word in enumerate(s.words, 1):
            if first.get(word.lower()) != offset or not _plain(word, knows):
                continue
            forms = {FORMS[f] for f, of in s.forms if f in FORMS and of in (0, k)}
            if heads & set(HARMS) and "p" in forms:
                harm.add(_said(word))
            elif s.file in MINDS and forms:
                known[_said(word)] |= forms
    for word, forms in known.items():
        yield "verb", word, "".join(sorted(forms)), ""
    for word in sorted(harm):
        yield "harm", word, "p", ""


def write(folder: Path, out: Path, knows: Callable[[str], bool]) -> dict[str, int]:
    """Writes the word list and returns how many rows there are of each sort.

    Raises:
        WordNetError: The folder is none of WordNet's.
    """
    every = list(rows(folder, knows))
    out.write_text(LICENCE + "".join("\t".join(r) + "\n" for r in every), encoding="utf-8")
    return {sort: sum(r[0] == sort for r in every) for sort in dict.fromkeys(r[0] for r in every)}
