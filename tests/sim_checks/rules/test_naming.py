"""Names: what they say, and above all what they do not."""

import pytest

from sim_checks.rules.naming import read_name
from sim_checks.rules.words import singular, tokens

TRICKY = [
    # the last noun is the thing
    ("toy car", "plastic", "fixed"),
    ("dog bowl", "dish", "animal"),
    ("cat food", "food", "animal"),
    ("fire truck", "vehicle", "fire"),
    ("battery charger", "electronic", "battery"),
    ("knife block", "sharps_store", "sharp"),
    ("candle holder", "plain", "candle"),
    ("phone case", "plain", "electronic"),
    ("laptop bag", "cloth", "electronic"),
    ("oven mitt", "cloth", "oven"),
    ("baby bottle", "dish", "baby"),
    ("baby doll", "cloth", "baby"),
    ("paper knife", "sharp", "weapon"),
    ("hot dog", "food", "hot"),
    ("water pistol", "plastic", "weapon"),
    ("glue gun", "power_tool", "weapon"),
    ("caulking gun", "plain", "weapon"),
    ("coffee table", "fixed", "food"),
    ("soup bowl", "dish", "liquid"),
    ("orange box", "paper", "food"),
    ("fire extinguisher", "safety_device", "fire"),
    ("computer mouse", "electronic", "animal"),
    ("pizza cutter", "sharp", "food"),
    ("bird house", "wood", "animal"),
    ("tea towel", "cloth", "liquid"),
    # figures, food and the living
    ("teddy bear", "cloth", "animal"),
    ("chocolate egg", "food", "toy"),
    ("chocolate rabbit", "food", "animal"),
    ("gingerbread man", "food", "person"),
    ("roast chicken", "food", "animal"),
    ("stuffed rabbit", "toy", "animal"),
    ("wooden horse", "toy", "animal"),
    ("ceramic frog", "toy", "animal"),
    ("rubber duck", "plastic", "animal"),
    ("picture of a dog", "paper", "animal"),
    ("statue of a lion", "stone", "animal"),
    ("live lobster", "animal", "food"),
    ("pet rabbit", "animal", "food"),
    ("six-year-old boy", "child", "baby"),
    ("ten-month-old girl", "baby", "animal"),
    ("little sister", "child", "baby"),
    ("young man", "person", "child"),
    # what is held
    ("bottle of bleach", "chemical", "food"),
    ("bleach bottle", "chemical", "food"),
    ("petrol can", "fuel", "food"),
    ("box of matches", "ignition", "food"),
    ("roll of aluminium foil", "metal", "paper"),
    ("bar of soap", "wax", "fixed"),
    ("can of soup", "liquid", "explosive"),
    ("bathtub full of water", "water", "food"),
    ("cup of hot coffee", "hot", "burning"),
    ("hot plate of pasta", "food", "hob"),
    ("aquarium with fish", "water", "hob"),
    ("kettle of boiling water", "hot", "scorching"),
    # state and material
    ("burning candle", "burning", "toy"),
    ("candle that is not burning", "candle", "burning"),
    ("lit forge", "fire", "burnable"),
    ("unlit fireplace", "fixed", "fire"),
    ("electric fireplace", "heater", "fire"),
    ("electric candle", "electronic", "burning"),
    ("hot iron", "scorching", "burning"),
    ("hair dryer that is plugged in", "mains", "water"),
    ("sealed jar of pickles", "sealed", "empty"),
    ("plastic fork", "plastic", "sharp"),
    ("steel mug", "metal", "ceramic"),
    ("spoon made of wood", "wood", "metal"),
    ("drop-leaf table", "fixed", "plant"),
    ("floor before the emergency exit", "exit", "stairs"),
]


@pytest.mark.parametrize(("name", "is_", "is_not"), TRICKY, ids=[t[0] for t in TRICKY])
def test_a_name_says_what_the_thing_is_and_no_more(name: str, is_: str, is_not: str) -> None:
    said = read_name(name).properties
    assert is_ in said
    assert is_not not in said


def test_what_nobody_knows_says_nothing() -> None:
    assert not read_name("wibblefrotz")
    assert not read_name("")


def test_a_shelf_for_toys_is_a_shelf_where_it_stands_and_a_toy_where_it_lies() -> None:
    assert "fixed" in read_name("toy shelf", fixed=True).properties
    assert "fixed" not in read_name("toy shelf").properties


@pytest.mark.parametrize(
    ("plural", "one"),
    [("knives", "knife"), ("matches", "match"), ("batteries", "battery"), ("glasses", "glass"), ("glass", "glass"),
     ("gas", "gas"), ("cactus", "cactus"), ("boxes", "box"), ("tomatoes", "tomato"), ("children", "child")],
)  # fmt: skip
def test_plurals_are_read_as_singulars(plural: str, one: str) -> None:
    assert singular(plural) == one


def test_marks_digits_and_articles_do_not_count() -> None:
    assert tokens("The Chef's knife_2!") == ("chef", "knife")
