from dataclasses import replace

import pytest

from skills.body import BodyRequest
from skills.catalogue import load
from skills.errors import VocabularyError
from skills.library import OPEN
from skills.parameter import Parameter, candidates
from skills.skill import name_of
from skills.symbols import Literal
from skills.testing import check_skill
from tests.skills.test_household import home
from tests.worlds import kitchen


@pytest.mark.parametrize("skill", list(load()), ids=name_of)
def test_every_skill_keeps_the_contract(skill):
    possible = all(candidates(p.type, kitchen()) for p in skill.parameters)
    assert check_skill(skill, kitchen({"top_region": 1.0}) if possible else home())


class Broken:
    """A skill like `open`, with one member replaced."""

    def __init__(self, **replaced):
        self.replaced = replaced

    def __getattr__(self, name):
        return self.__dict__["replaced"].get(name, getattr(OPEN, name))

    id = property(lambda self: self.__getattr__("id"))
    words = property(lambda self: self.__getattr__("words"))
    parameters = property(lambda self: self.__getattr__("parameters"))

    def ground(self, *args):
        return self.__getattr__("ground")(*args)

    def suggest(self, *args):
        return self.__getattr__("suggest")(*args)

    def request(self, *args):
        return self.__getattr__("request")(*args)

    def cost(self, *args):
        return self.__getattr__("cost")(*args)


def changed(**fields):
    return lambda args, scene, state: replace(OPEN.ground(args, scene, state), **fields)


def fact(*args):
    return frozenset({Literal(*args)})


class Forgetful:
    calls = 0

    def __call__(self, args, scene, state):
        self.calls += 1
        return replace(OPEN.ground(args, scene, state), duration_s=float(self.calls))


NAN = float("nan")
CLOSED = fact("closed", ("cab_top_region",))


@pytest.mark.parametrize(
    ("member", "value", "clause"),
    [
        ("id", "open", "id"),
        ("id", "Open.v1", "id"),
        ("words", " ", "words"),
        ("parameters", (Parameter("a", "openable"), Parameter("a", "openable")), "parameters"),
        ("parameters", (Parameter("a", "lid"),), "parameters"),
        ("parameters", tuple(Parameter(f"p{i}", "openable") for i in range(9)), "parameters"),
        ("ground", Forgetful(), "ground"),
        ("ground", changed(name="shut"), "ground"),
        ("ground", changed(args=()), "ground"),
        (
            "ground",
            changed(add=CLOSED, delete=CLOSED),
            "effects",
        ),
        ("ground", changed(add=frozenset(), delete=frozenset()), "effects"),
        ("ground", changed(absent=fact("hand_empty")), "preconditions"),
        ("ground", changed(duration_s=NAN), "duration_s"),
        ("ground", changed(duration_s=0.0), "duration_s"),
        ("ground", changed(add=fact("opened", ("cab_top_region",))), "add of open"),
        ("ground", changed(preconditions=fact("open", ())), "preconditions of open"),
        ("ground", changed(preconditions=fact("on", ("mug", "sky"))), "preconditions of open"),
        ("ground", changed(preconditions=fact("in", ("mug", "tray_contain_region"))), "preconditions of open"),
        ("suggest", lambda *a: (), "suggest"),
        ("suggest", lambda *a: ("cab_top_region",), "suggest"),
        ("request", lambda *a: None, "request"),
        ("request", lambda *a: BodyRequest("pull_handle", "sky"), "request"),
        ("request", lambda *a: BodyRequest("pull_handle", "cab_top_region", opening=2.0), "request"),
        ("cost", lambda *a: 0.0, "cost"),
        ("cost", lambda *a: NAN, "cost"),
    ],
)
def test_each_clause_has_teeth(member, value, clause):
    with pytest.raises(VocabularyError) as caught:
        check_skill(Broken(**{member: value}), kitchen())
    assert caught.value.finding.code == "skill-contract"
    assert caught.value.finding.where.startswith(clause)


def test_the_untouched_one_passes():
    assert check_skill(Broken(), kitchen())


def test_no_skill_at_all():
    with pytest.raises(VocabularyError) as caught:
        check_skill(object(), kitchen())
    assert caught.value.finding.where == "port"


def test_a_scene_without_calls_proves_nothing():
    empty = kitchen().model_copy(update={"fixtures": kitchen().fixtures[:1]})
    empty = type(empty).model_validate(empty.model_dump(by_alias=True))
    with pytest.raises(VocabularyError) as caught:
        check_skill(OPEN, empty)
    assert caught.value.finding.where == "parameters"
