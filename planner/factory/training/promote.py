"""Promotes a trained run: weights as float16 safetensors beside their model card."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from planner.factory.training import curve
from planner.factory.training.evaluate import evaluate, held_out
from planner.language.embedded import CARD, WEIGHTS
from planner.language.encoder import PACKAGE, WEIGHTS_SHA256, SentenceEncoder

NOTE = "CARD.md"
CURVE = "loss.png"


def load_run(checkpoint: Path) -> tuple[Any, dict[str, Any]]:
    """Returns the network with the run's averaged weights, and the run's state.

    Args:
        checkpoint: A checkpoint that `planner.factory.training.train` wrote.
    """
    import torch

    from planner.language.network import Grounder, Size

    state: dict[str, Any] = torch.load(checkpoint, weights_only=True)
    model = Grounder(Size(**state["size"]))
    model.load_state_dict(state["mean"])
    return model.eval(), state


def promote(
    checkpoint: Path,
    folder: Path,
    *,
    command: str,
    count: int = 1000,
    floor: float = 0.0,
    note: str = "",
    designs: Path | None = None,
    ask_threshold: float = 0.5,
) -> dict[str, Any]:
    """Writes weights, card data and card text into a folder and returns the card.

    Args:
        checkpoint: The run's checkpoint.
        folder: Where to write, usually ``planner/language/weights``.
        command: The command that trained the run, for the card.
        count: Held-out examples to score.
        floor: Probability below which a draft becomes a refusal.
        note: What else a reader of the card should know of this run.
        designs: JSON of `planner.factory.training.designs.compare`, for the card's table.
        ask_threshold: Probability of a question from which one is asked, until it is calibrated.
    """
    import torch
    from safetensors.torch import save

    model, state = load_run(checkpoint)
    half = {k: v.to(torch.float16).contiguous() for k, v in state["mean"].items()}
    model.load_state_dict({k: v.to(torch.float32) for k, v in half.items()})
    scores = evaluate(model, SentenceEncoder(), held_out(count), most_misses=0)
    data = save(half)
    recipe = state["recipe"]
    card = {
        "name": "embedded.v1",
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "parameters": sum(v.numel() for v in half.values()),
        "size": state["size"],
        "encoder": {"package": PACKAGE, "sha256": WEIGHTS_SHA256},
        "recipe": recipe,
        "steps": state["step"],
        "examples": state["step"] * recipe["batch"],
        "seconds": round(state["seconds"]),
        "command": command,
        "floor": floor,
        "ask_threshold": ask_threshold,
        "designs": json.loads(designs.read_text(encoding="utf-8")) if designs else [],
        "note": note,
        "held_out": {"n": count, **asdict(scores)},
    }
    card["held_out"].pop("misses")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / WEIGHTS).write_bytes(data)
    (folder / CARD).write_text(json.dumps(card, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    (folder / NOTE).write_text(card_text(card), encoding="utf-8")
    curve.draw(checkpoint.parent / "log.jsonl", folder / CURVE, recipe["batch"])
    return card


def card_text(card: dict[str, Any]) -> str:
    """Returns the model card as Markdown."""
    held = card["held_out"]
    note = f"- {card['note']}\n" if card["note"] else ""
    parts = [f"{p['share']:.2f} of `{p['sha256'][:16]}...`" for p in card.get("mean_of", [])]
    note += (
        f"- The mean of weights promoted on the way: {', '.join(parts)} (`rehearse factory mean`).\n" if parts else ""
    )
    rows = "\n".join(f"| {name} | {share:.3f} | {n} |" for name, (share, n) in held["families"].items())
    adapted = card["size"].get("adapted", 0)
    encoder = f"frozen; copies of its last {adapted} layers are trained on for the request" if adapted else "frozen"
    crowd = (
        f"About {card['recipe']['share']:.0%} of them are ALFRED's crowd-written sentences (MIT) in made-up rooms;\n"
        "  the 2,000 of the suite are held out by trial. No other public benchmark's scene or sentence is among them."
    )
    return f"""# Model card: {card["name"]}

A pointer network over a sentence encoder: reads a request and the entities of a scene, writes goal
literals and skill calls. Decoding is bound to the skill catalogue and to the entities of the scene.

- Encoder: all-MiniLM-L6-v2 from `{card["encoder"]["package"]}` ({encoder}; entities and similarities are the
  frozen one's; sha256 `{card["encoder"]["sha256"][:16]}...`).
- Trained here: {card["parameters"]:,} parameters, {card["bytes"] / 1e6:.1f} MB as float16 safetensors
  (sha256 `{card["sha256"][:16]}...`).
- Data: made-up scenes and requests by `rehearse factory generate`; {card["examples"]:,} examples, drawn from seed
  {card["recipe"]["seed"]}. {crowd}
- Command: `{card["command"]}`; {card["steps"]:,} steps, {card["seconds"]:,} s of wall time.
{note}- Language: English. Limits: conditions are read as what holds now, times and durations are not understood, and a
  draft is only as sure as its confidence says.
- The loss curve is `loss.png`.

Held-out requests from the same factory ({held["n"]}, another seed): goal exact {held["goal"]:.3f}, goal and steps
exact {held["draft"]:.3f}.

| family | goal exact | n |
|---|---|---|
{rows}
{_designs(card["designs"])}"""


def _designs(rows: list[dict[str, Any]]) -> str:
    """Returns the comparison of designs as Markdown, or nothing."""
    if not rows:
        return ""
    groups = [g for g in rows[0]["by_group"] if g != "all"]
    head = ["design", "trained (M)", "examples", "loss", "goal exact", *groups]
    lines = [
        [
            r["name"],
            f"{r['parameters'] / 1e6:.2f}",
            f"{r['examples']:,}",
            f"{r['loss']:.3f}",
            f"{r['goal']:.3f}",
            *(f"{r['by_group'].get(g, float('nan')):.3f}" for g in groups),
        ]
        for r in rows
    ]
    table = "\n".join("| " + " | ".join(line) + " |" for line in (head, ["---"] * len(head), *lines))
    return f"""
Designs at equal cost, trained from nothing on the same stream of examples for {rows[0]["cpu_s"]:.0f} s of processor
time each, judged on one validation set (`rehearse factory designs`): short runs, so the figures rank designs and
are far under those of the shipped weights, which are `biased` with more layers adapted. Candidate scoring writes no
steps.

{table}
"""
