"""The doctor finds a sound installation sound, and says what is not."""

import sys
from types import ModuleType

import pytest

from planner.faces import doctor

NAMES = ("python", "packages", "versions", "scenes", "weights", "physics")


def test_this_installation_is_sound(rehearse) -> None:
    said = rehearse("doctor", "--json")
    assert said.code == 0, said.out
    assert {c["name"] for c in said.json["checks"]} == set(NAMES)


def test_a_namesake_from_another_distribution_is_found(monkeypatch, tmp_path) -> None:
    stranger = ModuleType("skills")
    stranger.__file__ = str(tmp_path / "skills" / "__init__.py")
    monkeypatch.setitem(sys.modules, "skills", stranger)
    check = doctor.packages_are_ours()
    assert not check.ok and "'skills'" in check.detail


def test_packages_from_several_places_are_found(monkeypatch, tmp_path) -> None:
    elsewhere = tmp_path / "prompts"
    (elsewhere / "templates").mkdir(parents=True)
    copy = ModuleType("prompts")
    copy.__file__ = str(elsewhere / "__init__.py")
    monkeypatch.setitem(sys.modules, "prompts", copy)
    check = doctor.packages_are_ours()
    assert not check.ok and "several places" in check.detail


@pytest.mark.parametrize("name", NAMES)
def test_whatever_a_check_raises_counts_against_it(rehearse, monkeypatch, name) -> None:
    def broken():
        raise OSError("gone")

    good = {n: (lambda n=n: doctor.Check(n, True, "")) for n in doctor._CHECKS}
    monkeypatch.setattr(doctor, "_CHECKS", {**good, name: broken})
    said = rehearse("doctor", "--json")
    assert said.code == 1
    assert [c["name"] for c in said.json["checks"] if not c["ok"]] == [name]
