"""The second engine's world answers what predicates ask as the rehearsal's world does."""

import importlib
import sys

import numpy as np
import pytest

pytest.importorskip("mujoco", reason="the extra [transfer] is not installed")

from sim_checks.assets.scenes import path
from sim_checks.bullet.stage import Stage
from sim_checks.errors import EngineError
from sim_checks.mujoco import engine
from sim_checks.mujoco.stage import MujocoStage
from skills.predicates import facts_of
from skills.scene import load_scene


def test_both_worlds_see_the_same_in_the_kitchen():
    scene = load_scene(path("kitchen"))
    ours = MujocoStage(scene).world
    with Stage(scene) as stage:
        theirs = stage.world
        assert facts_of(scene, ours) == facts_of(scene, theirs)
        for entity in (*scene.entities, *(r.id for r in scene.regions)):
            one, other = ours.bounds(entity), theirs.bounds(entity)
            assert np.array([*one.lower, *one.upper]) == pytest.approx([*other.lower, *other.upper], abs=1e-3)
            assert ours.centre(entity) == pytest.approx(theirs.centre(entity), abs=1e-3)
            box, same = ours.region(entity), theirs.region(entity)
            assert (box is None) == (same is None)
            if box is not None and same is not None:
                assert (*box.pose.position, *box.half) == pytest.approx((*same.pose.position, *same.half), abs=1e-3)
            assert ours.opening(entity) == pytest.approx(theirs.opening(entity), abs=1e-3)


def test_without_the_engine_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "mujoco", None)
    try:
        with pytest.raises(EngineError, match="not installed") as caught:
            importlib.reload(engine)
        assert "[transfer]" in caught.value.finding.remedy
    finally:
        monkeypatch.undo()
        importlib.reload(engine)
