"""Takes the mean of promoted weights: legs of one training agree better than the last of them alone.

Source: Wortsman et al., Model soups (2022): weights that were tuned from one start can be averaged.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from planner.factory.training.evaluate import evaluate, held_out
from planner.factory.training.promote import CURVE, NOTE, card_text
from planner.language.embedded import CARD, WEIGHTS, WeightsError, load_network
from planner.language.encoder import SentenceEncoder


def mean(folders: Sequence[Path], shares: Sequence[float], to: Path, count: int = 400) -> dict[str, Any]:
    """Writes the weighted mean of promoted weights with the card of the last of them, and returns the card.

    The thresholds in the card are that folder's; `rehearse factory calibrate` gives the mean its own.

    Args:
        folders: Folders of promoted weights of one size.
        shares: Share of each, positive.
        to: Folder to write.
        count: Held-out examples to score.

    Raises:
        WeightsError: Weights are missing or wrong, or differ in size, or the shares are no shares.
    """
    import torch
    from safetensors.torch import save

    if len(folders) != len(shares) or len(folders) < 2 or min(shares) <= 0:
        raise _bad(to, f"{len(folders)} folders and the shares {list(shares)} do not go together.")
    models = [load_network(folder) for folder in folders]
    if len({m.size for m in models}) > 1:
        raise _bad(to, "The networks differ in size.")
    states = [m.state_dict() for m in models]
    whole = sum(shares)
    half = {
        name: sum(s[name] * (w / whole) for s, w in zip(states, shares, strict=True)).to(torch.float16).contiguous()
        for name in states[0]
    }
    models[-1].load_state_dict({k: v.to(torch.float32) for k, v in half.items()})
    data = save(half)
    card: dict[str, Any] = json.loads((folders[-1] / CARD).read_text(encoding="utf-8"))
    card["sha256"], card["bytes"] = hashlib.sha256(data).hexdigest(), len(data)
    card["mean_of"] = [
        {"sha256": json.loads((f / CARD).read_text(encoding="utf-8"))["sha256"], "share": round(w / whole, 4)}
        for f, w in zip(folders, shares, strict=True)
    ]
    card["held_out"] = {"n": count, **asdict(evaluate(models[-1], SentenceEncoder(), held_out(count), most_misses=0))}
    card["held_out"].pop("misses")
    to.mkdir(parents=True, exist_ok=True)
    (to / WEIGHTS).write_bytes(data)
    (to / CARD).write_text(json.dumps(card, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    (to / NOTE).write_text(card_text(card), encoding="utf-8")
    (to / CURVE).write_bytes((folders[-1] / CURVE).read_bytes())
    return card


def _bad(to: Path, what: str) -> WeightsError:
    return WeightsError.at("no-mean", str(to), what, "Give two or more folders of one size, and a share for each.")
