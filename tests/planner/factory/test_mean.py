"""The mean of promoted weights is their mean, loads, and says what it was made of."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from planner.factory.training.mean import mean
from planner.language.embedded import CARD, WEIGHTS, WeightsError, load_network, weights_folder


def test_a_mean_lies_between_its_parts_and_names_them(tmp_path: Path) -> None:
    from safetensors.torch import load, save

    shipped, other, out = weights_folder(), tmp_path / "other", tmp_path / "out"
    shutil.copytree(shipped, other)
    data = save({k: v * 0 for k, v in load((shipped / WEIGHTS).read_bytes()).items()})
    (other / WEIGHTS).write_bytes(data)
    card = json.loads((other / CARD).read_text()) | {"sha256": hashlib.sha256(data).hexdigest()}
    (other / CARD).write_text(json.dumps(card))
    made = mean([other, shipped], [1.0, 3.0], out, count=2)
    whole, part = load_network(shipped).state_dict(), load_network(out).state_dict()
    assert all((part[k] - 0.75 * whole[k]).abs().max() < 2e-3 * (1 + whole[k].abs().max()) for k in whole)
    assert [p["share"] for p in made["mean_of"]] == [0.25, 0.75]
    assert "`rehearse factory mean`" in (out / "CARD.md").read_text()


def test_shares_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    folder = weights_folder()
    for shares in ([1.0], [1.0, 0.0], [1.0, 1.0, 1.0]):
        with pytest.raises(WeightsError, match="do not go together"):
            mean([folder, folder], shares, tmp_path)
    with pytest.raises(WeightsError, match="cannot be read"):
        mean([folder, tmp_path / "none"], [1.0, 1.0], tmp_path / "out")
