"""Designs of the network, compared at equal cost: the same examples in the same order, the same processor time.

`pointer` points at entities by attention alone; `biased` is the shipped one, with encoder similarity and relations as
attention biases; `adapted` trains a copy of the encoder's last layer as well; `candidates` scores every literal that
the scene admits, instead of writing.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.factory.generate import Example
from planner.factory.training.candidates import CandidateScorer, literal_sets, scored_goals
from planner.factory.training.evaluate import goal_runs, greedy, same_goal
from planner.factory.training.mixture import Mixture
from planner.language.collate import Inputs, inputs_of, targets_of
from planner.language.encoder import SentenceEncoder
from planner.language.grammar import PAD

if TYPE_CHECKING:
    import torch


DESIGNS = ("pointer", "biased", "adapted", "candidates")
GROUPS: dict[str, Callable[[str], bool]] = {
    "crowd-written": lambda f: f.startswith("alfred"),
    "twins and relations": lambda f: f in ("move_twin", "move_from", "ask_near"),
    "several places": lambda f: f in ("both", "every", "two_places", "stack", "nest", "each_own", "everything"),
    "questions and refusals": lambda f: f in ("ask", "ask_near", "missing", "absent", "unable", "unsafe", "benign"),
}
"""Groups of families that an ablation leaves out."""


@dataclass(frozen=True)
class Trained:
    """What a short training came to.

    Args:
        name: Design, or what was left out.
        parameters: Trained parameters.
        examples: Examples seen.
        cpu_s: Processor time spent in training [s].
        loss: Mean loss of the last fifty steps.
        goal: Share of validation requests whose goal is exact.
        by_group: The same by group of families.
    """

    name: str
    parameters: int
    examples: int
    cpu_s: float
    loss: float
    goal: float
    by_group: dict[str, float]


class _Runner:
    """One design: a loss to train by, and goals to judge by."""

    def __init__(self, name: str, encoder: SentenceEncoder, half: bool) -> None:
        import torch

        from planner.language.network import Grounder, Size

        self.name, self.encoder, self.half = name, encoder, half
        torch.manual_seed(0)
        size = Size(biased=name != "pointer", adapted=int(name == "adapted"))
        grounder = Grounder(size)
        grounder.adapt(encoder.top_layers(size.adapted))
        self.model: Any = CandidateScorer() if name == "candidates" else grounder
        self.weights = [*self.model.parameters()]

    def inputs(self, batch: list[Example]) -> Inputs:
        """Returns what the network reads of a batch."""
        ids = self.encoder.tokens([e.text for e in batch])
        return inputs_of(self.encoder, ids, [e.table for e in batch])

    def loss(self, batch: list[Example]) -> "torch.Tensor":
        """Returns the loss of a batch."""
        import torch

        inputs = self.inputs(batch)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.half):
            if self.name == "candidates":
                return self.model.loss(inputs, [e.table for e in batch], literal_sets(batch))  # type: ignore[no-any-return]
            targets = targets_of([e.tokens for e in batch], [e.table for e in batch])
            scores = self.model(inputs, targets.tokens[:, :-1])
        scores = scores.float().masked_fill(~targets.allowed, -1e4)
        return torch.nn.functional.cross_entropy(
            scores.flatten(0, 1), targets.tokens[:, 1:].flatten(), ignore_index=PAD
        )

    def right(self, batch: list[Example]) -> list[bool]:
        """Says for each example whether its goal is exact."""
        import torch

        with torch.inference_mode():
            if self.name == "candidates":
                said = scored_goals(self.model, self.inputs(batch), [e.table for e in batch])
            else:
                memory = self.model.remember(self.inputs(batch))
                said = [goal_runs(t) for t in greedy(self.model, self.encoder, batch, memory)]
        return [same_goal(goal, goal_runs(e.tokens)) for goal, e in zip(said, batch, strict=True)]


def compare(
    names: tuple[str, ...],
    without: tuple[str, ...],
    cpu_s: float,
    out: Path,
    crowd: Path | None = None,
    count: int = 600,
    report: Callable[[str], None] = print,
) -> list[Trained]:
    """Trains each design, and the shipped design without each group of families, for the same processor time.

    Args:
        names: Designs out of `DESIGNS`.
        without: Groups out of `GROUPS`, each left out once.
        cpu_s: Processor time of one training [s].
        out: JSON file; what it holds already is not trained again.
        crowd: ALFRED's file, to mix in.
        count: Validation requests.
        report: Receives a line for each result.
    """
    import torch

    torch.set_num_threads(1)
    half = bool(torch.cpu._is_amx_tile_supported()) if hasattr(torch.cpu, "_is_amx_tile_supported") else False
    encoder = SentenceEncoder(half=half)
    mixture = Mixture(crowd)
    tests = mixture.draw(np.random.default_rng(990_002), count)
    done = [Trained(**row) for row in json.loads(out.read_text(encoding="utf-8"))] if out.exists() else []
    jobs = [(n, n, "") for n in names] + [(f"without {g}", "biased", g) for g in without]
    for label, design, group in jobs:
        if any(t.name == label for t in done):
            continue
        trained = _train(label, _Runner(design, encoder, half), mixture, tests, cpu_s, group)
        done.append(trained)
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps([vars(t) for t in done], indent=1), encoding="utf-8")
        report(f"{label}: goal exact {trained.goal:.3f} after {trained.examples} examples, loss {trained.loss:.3f}")
    return done


def _train(label: str, runner: _Runner, mixture: Mixture, tests: list[Example], cpu_s: float, without: str) -> Trained:
    import torch

    optimizer = torch.optim.AdamW(runner.weights, lr=6e-4, betas=(0.9, 0.98), weight_decay=0.01)
    spent, seen, step = 0.0, 0, 0
    losses: list[float] = []
    while spent < cpu_s:
        drawn = mixture.draw(np.random.default_rng([77, step]), 48 * 8)
        if without:
            drawn = [e for e in drawn if not GROUPS[without](e.family)]
        drawn.sort(key=lambda e: len(e.text) + 6 * len(e.tokens) + 4 * len(e.table))
        for start in np.random.default_rng(step).permutation(range(0, len(drawn), 48)):
            began = time.process_time()
            left = max(0.05, 1 - spent / cpu_s)
            for group in optimizer.param_groups:
                group["lr"] = 6e-4 * min(1.0, (len(losses) + 1) / 60) * min(1.0, left / 0.4)
            loss = runner.loss(drawn[start : start + 48])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(runner.weights, 1.0)
            optimizer.step()
            losses.append(float(loss.detach()))
            seen += len(drawn[start : start + 48])
            spent += time.process_time() - began
        step += 1
    right: dict[str, list[bool]] = {}
    order = sorted(tests, key=lambda e: (len(e.text), len(e.table)))
    for start in range(0, len(order), 24):
        batch = order[start : start + 24]
        for example, good in zip(batch, runner.right(batch), strict=True):
            groups = [g for g, belongs in GROUPS.items() if belongs(example.family)] or ["others"]
            for name in ("all", *groups):
                right.setdefault(name, []).append(good)
    shares = {name: round(float(np.mean(found)), 4) for name, found in sorted(right.items())}
    weights = sum(w.numel() for w in runner.weights)
    return Trained(label, weights, seen, round(spent, 1), round(float(np.mean(losses[-50:])), 4), shares["all"], shares)


__all__ = ["DESIGNS", "GROUPS", "Trained", "compare"]
