"""A layout keeps things apart, leaves the fingers room, and sees what is still to come."""

from itertools import islice

import numpy as np
import pytest

from sim_checks.motion.packing import GAPS, Floor, Item, Place, Rectangle, Room, first_places, layouts

ROOM = Room(0.03, 0.011)
BOTH = frozenset({0, 1})


def everywhere(x: float, y: float) -> bool:
    return True


def floor(half_x: float, half_y: float, *taken: Rectangle, walled: bool = False, reach=everywhere) -> Floor:
    return Floor(half_x, half_y, taken, ROOM, walled, reach)


def box(name: str, length: float, width: float, closings: frozenset[int] = BOTH) -> Item:
    return Item(name, length / 2, width / 2, closings)


def drawn(rng: np.random.Generator) -> list[Item]:
    sizes = rng.uniform(0.02, 0.07, size=(int(rng.integers(2, 6)), 2))
    return [
        box(f"b{k}", a, b, [BOTH, frozenset({0}), frozenset({1})][int(rng.integers(3))])
        for k, (a, b) in enumerate(sizes)
    ]


@pytest.mark.parametrize("seed", range(12))
def test_things_keep_apart_stay_inside_and_can_be_let_go_in_their_order(seed: int) -> None:
    rng = np.random.default_rng(seed)
    items, gap = drawn(rng), float(rng.choice(GAPS))
    ground = floor(0.1, 0.09, Rectangle(0.05, 0.05, 0.02, 0.02), walled=bool(seed % 2))
    for places in islice(layouts(ground, items, gap), 10):
        covered = list(ground.taken)
        for item, place in zip(items, places, strict=True):
            at = item.at(*place)
            assert (
                abs(at.x) + at.half_x + gap <= ground.half_x + 1e-5
                and abs(at.y) + at.half_y + gap <= ground.half_y + 1e-5
            )
            assert not any(at.meets(other, gap - 2e-5) for other in covered)
            free = [
                s for s in item.strips(at, place.turned, ROOM) if not any(r.meets(o, 0.0) for r in s for o in covered)
            ]
            if ground.walled:
                free = [
                    s for s in free if all(abs(r.x) + r.half_x < 0.10001 and abs(r.y) + r.half_y < 0.09001 for r in s)
                ]
            assert free
            covered.append(at)


def test_the_first_thing_makes_room_for_the_second() -> None:
    items = [box("small", 0.03, 0.03), box("long", 0.14, 0.05)]
    places = list(first_places(floor(0.08, 0.06), items, 8))
    assert places
    assert Place(0.0, 0.0, False) not in places, "in the middle it would bar the long one"
    for place in places:
        at = items[0].at(*place)
        assert any(
            not at.meets(items[1].at(x, y, False), 0.003) for x in (0.0,) for y in np.linspace(-0.035, 0.035, 71)
        )


def test_alone_it_may_stand_in_the_middle() -> None:
    assert any(p[:2] == (0.0, 0.0) for p in first_places(floor(0.08, 0.06), [box("small", 0.03, 0.03)], 50))


def test_roomier_layouts_come_first() -> None:
    items = [box("a", 0.06, 0.06), box("b", 0.06, 0.06)]
    gaps = [abs(place.x) + 0.03 for place in first_places(floor(0.12, 0.05), items, 3)]
    assert max(gaps) < 0.12 - 0.01, "it keeps from the wall where it can"


def test_what_fits_only_turned_is_turned() -> None:
    (place, *_) = list(first_places(floor(0.02, 0.08), [box("long", 0.12, 0.03)], 1))
    assert place.turned


def test_nothing_is_promised_where_not_all_of_it_fits() -> None:
    two = [box("a", 0.09, 0.09), box("b", 0.09, 0.09)]
    assert not list(first_places(floor(0.08, 0.06), two, 8))
    assert list(first_places(floor(0.08, 0.06), two[:1], 8))


def test_a_neighbour_without_room_for_fingers_bars_a_place() -> None:
    beside = Rectangle(0.0, 0.0, 0.05, 0.02)
    across = box("long", 0.08, 0.03, frozenset({1}))  # fingers close along y, towards the neighbour
    ground = floor(0.05, 0.056, beside)
    assert not list(first_places(ground, [across], 8))
    assert list(first_places(ground, [box("long", 0.08, 0.03, BOTH)], 8)), "turned fingers fit"


def test_only_what_the_hand_reaches_is_used() -> None:
    items = [box("a", 0.04, 0.04), box("b", 0.04, 0.04)]
    near = floor(0.15, 0.1, reach=lambda x, y: x < 0.0)
    for places in layouts(near, items, 0.01):
        assert all(p.x < 0.0 for p in places)
    assert list(first_places(near, items, 4))
    assert not list(first_places(floor(0.15, 0.1, reach=lambda x, y: False), items, 4))
