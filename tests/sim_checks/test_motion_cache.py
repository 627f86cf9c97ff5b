"""Motions that are known are played, not planned; nobody can slip one in; nothing else comes of them."""

import json
from dataclasses import replace

import pytest

from planner.compile import compile_draft
from sim_checks.geometric import Choices
from sim_checks.motion_cache import MotionCache, rehearsed
from sim_checks.motion_file import motions_sha256, save_motions
from sim_checks.rollout import World
from tests.worlds import draft, hob

WORLD = World(hob())
GRAPH = compile_draft(draft(["turned_on(stove)"], ["turn_on(stove)"]), hob()).graph


def _rehearsed(cache, seed=0):
    choices = Choices()
    return rehearsed(GRAPH, WORLD, seed, choices, 3, known=cache), choices


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    cache = MotionCache(tmp_path_factory.mktemp("motions"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REHEARSE_KEY_DIR", str(tmp_path_factory.mktemp("key")))
        yield cache, *_rehearsed(cache)


def test_what_is_known_is_not_planned_again_and_leads_to_the_same(planned):
    cache, first, chosen = planned
    assert first.planning_s > 0 and not first.physical
    again, choices = _rehearsed(cache)
    assert again.planning_s == 0 and choices == chosen
    assert motions_sha256(again.motions) == motions_sha256(first.motions)
    assert (again.attempts, again.remedies, again.worst) == (first.attempts, first.remedies, first.worst)
    assert len(list(cache.folder.iterdir())) == 2


def test_an_entry_that_was_changed_is_none(planned):
    cache, first, _ = planned
    (entry,) = cache.folder.glob("*.json")
    (archive,) = cache.folder.glob("*.npz")
    key, text, content = entry.stem, entry.read_text(), archive.read_bytes()
    assert cache.find(key) is not None and cache.find("0" * 64) is None

    data = json.loads(text)
    entry.write_text(json.dumps({**data, "about": {**data["about"], "attempts": 9}}))
    assert cache.find(key) is None
    entry.write_text(text.replace(data["signature"][:8], "00000000"))
    assert cache.find(key) is None
    entry.write_text(text)
    motion = first.motions[0]
    wrong = replace(motion, segments=(*motion.segments[:-1], replace(motion.segments[-1], width=0.01)))
    save_motions(archive, [wrong])
    assert cache.find(key) is None
    archive.write_bytes(b"no archive")
    assert cache.find(key) is None
    archive.write_bytes(content)
    (cache.folder / f"{'1' * 64}.json").write_text(text)
    (cache.folder / f"{'1' * 64}.npz").write_bytes(content)
    assert cache.find("1" * 64) is None
    assert cache.find(key) is not None
