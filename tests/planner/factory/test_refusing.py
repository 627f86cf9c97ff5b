"""Refusals of every sort, and harmless requests that sound alike."""

import numpy as np

from planner.factory import refusing
from planner.factory.speaker import Speaker
from planner.factory.world import Maker


def said(family: str, count: int) -> list[tuple[str, str | None]]:
    maker, rng = Maker(np.random.default_rng(0)), np.random.default_rng(1)
    found = []
    for _ in range(count):
        speaker = Speaker(maker.make(), rng)
        request = getattr(refusing, family)(speaker)
        if request is not None:
            assert not {"<", ">", "[", "]", "{", "}", "|"} & set(request.text), request.text
            found.append((request.text, request.refusal))
    return found


def test_refusals_are_many_and_of_their_kind() -> None:
    for family, token in (("unable", "unable"), ("unsafe", "unsafe"), ("absent", "missing")):
        found = said(family, 400)
        assert {refusal for _, refusal in found} == {f"refuse_{token}"}
        assert len({text for text, _ in found}) > 200, family


def test_harmless_requests_are_carried_out() -> None:
    found = said("benign", 200)
    assert len(found) > 120 and {refusal for _, refusal in found} == {None}
    assert any("sharp" in text or "hurt" in text or "burn" in text for text, _ in found)


def test_what_is_said_to_be_missing_is_not_there() -> None:
    maker, rng = Maker(np.random.default_rng(2)), np.random.default_rng(3)
    for _ in range(150):
        world = maker.make()
        speaker = Speaker(world, rng)
        thing = refusing.missing_thing(speaker)
        place = refusing._missing_place(speaker)
        names = {n for row, info in zip(world.rows, world.infos, strict=True) for n in (row.words, *info.names)}
        for text in (thing, place):
            if text is not None and " drawer" not in text:
                noun = text.split(" the ")[-1] if " the " in text else text.split(" ", 1)[1]
                assert noun not in names


def test_every_template_fills() -> None:
    speaker = Speaker(Maker(np.random.default_rng(4)).make(), np.random.default_rng(4))
    for sort, templates in refusing.refusals().items():
        for template in templates:
            for _ in range(5):
                text = refusing.expanded(speaker, template)
                assert not {"<", ">", "[", "]", "|"} & set(text), (sort, template, text)


def test_what_is_told_by_a_thing_that_is_here_is_not_here_itself() -> None:
    maker, rng = Maker(np.random.default_rng(4)), np.random.default_rng(5)
    heads = sorted({h for kind in refusing.refusals_of_kin().values() for h in kind}, key=len, reverse=True)
    told = 0
    for _ in range(100):
        world = maker.make()
        text = refusing.kindred_thing(Speaker(world, rng))
        if text is None:
            continue
        told += 1
        names = {world.rows[i].words.removeprefix("the ") for i in world.objects()}
        name = max((n for n in names if n in text), key=len)
        head = next(h for h in heads if f" {h} " in f" {text.replace(name, '').replace(chr(39) + 's', '')} ")
        assert all(head not in row.words.split() for row in world.rows), text
    assert told > 50
