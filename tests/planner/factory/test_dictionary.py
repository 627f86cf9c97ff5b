"""A dictionary's words widen the scenes, and none of them is kept from training or a skill's."""

from pathlib import Path

import numpy as np
import pytest

from planner.factory import dictionary
from planner.factory.generate import examples
from planner.factory.lexicon import concepts, withheld
from planner.factory.wordnet import WordNetError, read_synsets, rows, write

NOUN = """\
  1 licence
00000001 06 n 01 artifact 0 000 | a man-made object
00000002 06 n 01 instrumentality 0 001 @ 00000001 n 0000 | an artifact
00000003 06 n 01 tool 0 001 @ 00000002 n 0000 | an implement
00000004 06 n 02 mallet 0 beetle 0 001 @ 00000003 n 0000 | a hammer
00000005 06 n 01 structure 0 001 @ 00000001 n 0000 | a thing built
00000006 06 n 01 tower 0 001 @ 00000005 n 0000 | a tall structure
00000007 06 n 01 furniture 0 001 @ 00000002 n 0000 | furnishings
00000008 06 n 01 bureau 0 001 @ 00000007 n 0000 | a chest
00000009 13 n 01 Chablis 0 001 @ 00000001 n 0000 | a wine
"""
VERB = """\
00000001 31 v 02 ponder 0 mull_over 0 000 01 + 08 00 | reflect
00000002 35 v 01 kill 0 000 01 + 09 00 | cause to die
00000003 41 v 01 murder 0 001 @ 00000002 v 0000 01 + 09 00 | kill on purpose
00000004 38 v 01 carry 0 000 01 + 08 00 | move while holding
"""


def _index(data: str) -> str:
    found = []
    for line in data.splitlines():
        fields = line.split()
        if not line.startswith(" "):
            words = [fields[4 + 2 * i] for i in range(int(fields[3], 16))]
            found += [f"{w.lower()} n 1 0 1 0 {fields[0]}" for w in words if w != "beetle"]
    return "  1 licence\n" + "\n".join([*found, "beetle n 2 0 2 0 00000099 00000004"]) + "\n"


@pytest.fixture
def wordnet(tmp_path: Path) -> Path:
    """A folder in WordNet's own format."""
    for pos, data in (("noun", NOUN), ("verb", VERB)):
        (tmp_path / f"data.{pos}").write_text(data)
        (tmp_path / f"index.{pos}").write_text(_index(data))
    return tmp_path


def test_things_furniture_and_verbs_are_told_from_what_nobody_carries(wordnet: Path) -> None:
    found = list(rows(wordnet, lambda word: True))
    assert ("thing", "mallet", "", "tool") in found  # a beetle is something else first
    assert ("piece", "bureau", "", "furniture") in found
    assert ("verb", "ponder", "x", "") in found and ("verb", "mull over", "x", "") in found
    assert ("harm", "murder", "p", "") in found
    assert not {n for _, n, *_ in found} & {"tower", "artifact", "chablis", "Chablis", "carry"}
    assert not [r for r in rows(wordnet, lambda word: word != "mallet") if r[1] == "mallet"]


def test_the_list_is_written_with_its_licence(wordnet: Path, tmp_path: Path) -> None:
    out = tmp_path / "list.tsv"
    assert write(wordnet, out, lambda word: True)["harm"] == 2
    assert (
        out.read_text().startswith("# Words and their relations out of WordNet 3.0")
        and "WordNet 3.0 Copyright 2006" in out.read_text()
    )


@pytest.mark.parametrize("line", ["nonsense", "00000001 06 n zz", "00000001 06 n 02 only_one 0"])
def test_a_file_that_is_none_of_wordnets_is_refused(wordnet: Path, line: str) -> None:
    (wordnet / "data.noun").write_text(line + "\n")
    with pytest.raises(WordNetError, match="not WordNet's"):
        read_synsets(wordnet, "noun")
    (wordnet / "data.noun").unlink()
    with pytest.raises(WordNetError, match="no such file"):
        read_synsets(wordnet, "noun")


def test_the_shipped_list_is_broad_and_keeps_away_from_what_is_withheld() -> None:
    every = (*dictionary.things(), *dictionary.things(pieces=True))
    names = {n for c in every for n in (*c.names, *c.wider)}
    assert len(every) > 2000 and not names & dictionary.hidden()
    assert not [n for n in names if any(n.endswith(f" {k}") for k in dictionary.hidden())]
    assert not {c.name for c in every} & {n for c in concepts(False) for n in c.names}
    known = dictionary.verbs()
    assert min(len(known.thing), len(known.person), len(known.alone)) > 400 and len(known.harm) > 20
    said = {v.split()[0] for v in (*known.thing, *known.person, *known.alone)}
    assert not said & {"put", "bring", "open", "close", "turn", "pick", "wipe", "push", "clean", "heat", "fetch"}


def test_things_with_like_names_are_found() -> None:
    assert "screw eye" in {c.name for c in dictionary.alike("screwdriver")}
    assert dictionary.alike("screwdriver") == tuple(
        c for c in dictionary.alike("screwdriver") if c.name != "screwdriver"
    )


def test_training_meets_them_and_the_held_out_suite_does_not() -> None:
    def met(words: bool) -> int:
        of_these = concepts(withheld=True) if words else None
        drawn = list(examples(np.random.default_rng(3), 120, of_these))
        labels = {c.name for c in dictionary.things()}
        return sum(any(r.words in labels for r in e.table.rows) for e in drawn)

    assert met(False) > 20 and met(True) == 0
    assert not {c.name for c in dictionary.things()} & withheld()
