from importlib.metadata import EntryPoint

import pytest

from skills import catalogue
from skills.catalogue import Catalogue, load
from skills.errors import VocabularyError
from skills.library import PICK
from skills.library.pick import Pick


@pytest.fixture
def offered(monkeypatch):
    """Sets what installed packages offer."""

    def offer(*values):
        points = [EntryPoint(f"p{i}", v, catalogue.ENTRY_POINT_GROUP) for i, v in enumerate(values)]
        monkeypatch.setattr(catalogue, "entry_points", lambda group: points)
        load.cache_clear()

    yield offer
    load.cache_clear()


def test_shipped_skills():
    physical = ("pick", "place_on", "place_in", "open", "close", "turn_on", "turn_off", "push")
    assert load().names[:8] == physical
    assert load().names[8:] == (
        *("navigate_to", "hand_over", "heat", "chill", "rinse", "cut"),
        *("rotate_left", "rotate_right", "slide_left", "slide_right"),
        *("press", "pull", "inspect", "wipe", "stack", "insert"),
        *("wait_until", "pour", "convey"),
    )
    assert [s.id for s in load()] == [f"{n}.v1" for n in load().names]
    assert "pick" in load() and "grab" not in load()


def test_get_with_and_without_version():
    assert catalogue.get("pick") is PICK
    assert catalogue.get("pick.v1") is PICK


@pytest.mark.parametrize(
    ("name", "remedy"), [("plce_on", "'place_on'"), ("pick.v2", "'pick.v1'"), ("zzz", "Use one of")]
)
def test_unknown_names_say_what_is_near(name, remedy):
    with pytest.raises(VocabularyError) as caught:
        catalogue.get(name, "nodes[0].skill")
    assert caught.value.finding.code == "unknown-skill"
    assert caught.value.finding.where == "nodes[0].skill"
    assert remedy in caught.value.finding.remedy


def test_hash_changes_with_what_a_skill_is():
    base = Catalogue({"pick": PICK}).sha256
    assert base == Catalogue({"pick": Pick()}).sha256
    assert base != Catalogue({"pick": Pick(words="another")}).sha256
    assert base != load().sha256

    class Pick2(Pick):
        def cost(self, args, scene):
            return 2.0

    assert base != Catalogue({"pick": Pick2()}).sha256


def test_third_parties_add_skills(offered, monkeypatch):
    import skills.library.pick as module

    monkeypatch.setattr(module, "SCOOP", Pick(id="scoop.v1"), raising=False)
    offered("skills.library.pick:SCOOP")
    assert catalogue.get("scoop").id == "scoop.v1"
    assert len(load().names) == 28


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("no.such.module:SKILL", "bad-skill"),
        ("skills.symbols:SIDES", "bad-skill"),
        ("skills.library.pick:PICK", "duplicate-skill"),
    ],
)
def test_bad_third_party_skills_are_refused(offered, value, code):
    offered(value)
    with pytest.raises(VocabularyError) as caught:
        load()
    assert caught.value.finding.code == code
