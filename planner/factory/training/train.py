"""Trains the embedded model on generated examples, resumable to the step."""

import json
import os
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import numpy as np

from planner.factory.generate import Example
from planner.factory.training.mixture import Mixture
from planner.factory.training.parameters import adapted, hidden_matrices
from planner.language.collate import inputs_of, targets_of
from planner.language.embedded import load_network
from planner.language.encoder import SentenceEncoder

if TYPE_CHECKING:
    import torch

    from planner.language.network import Grounder


STOP = "stop"
"""A file of this name in the run's folder ends the call after the present step, with a checkpoint."""


@dataclass(frozen=True)
class Recipe:
    """What fixes a training run.

    Args:
        seed: Seed of the weights and of the data.
        batch: Examples in a step.
        chunk: Batches drawn together and sorted by length.
        rate: Learning rate.
        warmup: Steps until the full rate.
        decay: Steps over which the rate falls to zero at the end of a run with `steps` (0: none).
        average: Decay of the weights' running mean, which is what is evaluated and shipped.
        share: Share of crowd-written examples, where a file of them is given.
        muon: Learning rate of the hidden matrices, which Muon turns towards orthogonal updates (0: AdamW for all).
            Source: Jordan et al. (2024), Muon; over 100 steps from one checkpoint its loss was 0.131, AdamW's running
            mean there 0.139.
        adapted: How many of the encoder's last layers are trained on, as copies.
        tune: Their learning rate, reached over `warmup` steps of theirs.
    """

    seed: int = 0
    batch: int = 48
    chunk: int = 16
    rate: float = 6e-4
    warmup: int = 300
    decay: int = 0
    average: float = 0.995
    share: float = 0.25
    muon: float = 0.0
    adapted: int = 0
    tune: float = 1e-4


@dataclass
class Progress:
    """What a finished call to `train` reports."""

    step: int
    examples: int
    seconds: float
    loss: float


class Run:
    """A training run in a folder.

    Args:
        out: Folder of the checkpoint and the log.
        recipe: What fixes the run.
        size: Sizes of the network (the default ones, if None).
        threads: CPU threads.
        crowd: ALFRED's file of sentences, to mix in.
        start: Folder of promoted weights to start from, instead of random ones.
    """

    def __init__(
        self,
        out: Path,
        recipe: Recipe,
        size: dict[str, Any] | None = None,
        threads: int = 1,
        crowd: Path | None = None,
        start: Path | None = None,
    ) -> None:
        import torch

        from planner.language.network import Grounder, Size

        torch.set_num_threads(threads)
        self.out, self.recipe = out, recipe
        self.half = bool(torch.cpu._is_amx_tile_supported()) if hasattr(torch.cpu, "_is_amx_tile_supported") else False
        self.encoder = SentenceEncoder(half=self.half)
        with torch.random.fork_rng():
            torch.manual_seed(recipe.seed)
            first = load_network(start) if start else Grounder(Size(**(size or {})))
            self.model: Grounder = adapted(first, recipe.adapted).train()
        self.mixture = Mixture(crowd, recipe.share)
        copied = {id(p) for p in self.model.top.parameters()}
        own = [p for p in self.model.parameters() if id(p) not in copied]
        self.optimizer = torch.optim.AdamW(own, lr=recipe.rate, betas=(0.9, 0.98), weight_decay=0.01)
        self.tuner = torch.optim.AdamW(
            [*self.model.top.parameters()] or [torch.zeros(())], lr=recipe.tune, betas=(0.9, 0.98), weight_decay=0.01
        )
        self.hidden = hidden_matrices(self.model)
        self.turner = torch.optim.Muon(self.hidden, lr=recipe.muon, weight_decay=0.01, adjust_lr_fn="match_rms_adamw")
        self.mean = {k: v.detach().clone() for k, v in self.model.state_dict().items()}
        self.step, self.seconds, self.tuned = 0, 0.0, 0
        self._chunk: tuple[int, list[list[Example]]] = (-1, [])

    @property
    def checkpoint(self) -> Path:
        """The checkpoint's path."""
        return self.out / "checkpoint.pt"

    def save(self) -> None:
        """Writes the checkpoint in one move."""
        import torch

        self.out.mkdir(parents=True, exist_ok=True)
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "turner": self.turner.state_dict(),
            "tuner": self.tuner.state_dict(),
            "mean": self.mean,
            "step": self.step,
            "tuned": self.tuned,
            "seconds": self.seconds,
            "size": self.model.shape(),
            "recipe": asdict(self.recipe),
        }
        torch.save(state, self.checkpoint.with_suffix(".tmp"))
        os.replace(self.checkpoint.with_suffix(".tmp"), self.checkpoint)

    def load(self) -> None:
        """Reads the checkpoint and goes on where it stood."""
        import torch

        state: dict[str, Any] = torch.load(self.checkpoint, weights_only=True)
        copies = {k: v for k, v in self.model.state_dict().items() if k.startswith("top.")}
        for weights in (state["model"], state["mean"]):  # a run may go on with more layers than it began with
            weights |= {k: v.clone() for k, v in copies.items() if k not in weights}
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        if "turner" in state:
            self.turner.load_state_dict(state["turner"])
        if "tuner" in state and state["size"]["adapted"] == self.recipe.adapted:
            self.tuner.load_state_dict(state["tuner"])
            self.tuned = state["tuned"]
        self.mean, self.step, self.seconds = state["mean"], state["step"], state["seconds"]

    def batch(self, step: int) -> list[Example]:
        """Returns the examples of a step; the same for a seed, however the run was cut."""
        index, place = divmod(step, self.recipe.chunk)
        if self._chunk[0] != index:
            rng = np.random.default_rng([self.recipe.seed, index])
            drawn = self.mixture.draw(rng, self.recipe.chunk * self.recipe.batch)
            drawn.sort(key=lambda e: len(e.text) + 6 * len(e.tokens) + 4 * len(e.table))
            size = self.recipe.batch
            self.encoder.remember([r.words for e in drawn for r in e.table.rows])
            batches = [drawn[i : i + size] for i in range(0, len(drawn), size)]
            self._chunk = (index, [batches[int(k)] for k in rng.permutation(len(batches))])
        return self._chunk[1][place]

    def share_of_rate(self, until: int | None) -> float:
        """Returns the share of the full learning rates that the present step has."""
        share = min(1.0, (self.step + 1) / self.recipe.warmup)
        if until is not None and self.recipe.decay:
            share *= min(1.0, max(0.02, (until - self.step) / self.recipe.decay))
        return share

    def advance(self, until: int | None) -> float:
        """Takes one step and returns its loss."""
        import torch

        batch = self.batch(self.step)
        share = self.share_of_rate(until)
        tune = self.recipe.tune * min(1.0, (self.tuned + 1) / self.recipe.warmup)
        rates = ((self.optimizer, self.recipe.rate), (self.tuner, tune), (self.turner, self.recipe.muon))
        for optimizer, rate in rates:
            for group in optimizer.param_groups:
                group["lr"] = rate * share
        loss = loss_of(self.model, self.encoder, batch, self.half)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        if self.recipe.muon:
            self.turner.step()  # type: ignore[no-untyped-call]
            for matrix in self.hidden:
                matrix.grad = None  # AdamW skips what has no gradient
        self.optimizer.step()
        self.tuner.step()
        self.tuned += 1
        keep = min(self.recipe.average, (1 + self.step) / (10 + self.step))
        state = self.model.state_dict()
        torch._foreach_lerp_(list(self.mean.values()), [state[k] for k in self.mean], 1 - keep)
        self.step += 1
        return float(loss.detach())


def loss_of(model: "Grounder", encoder: SentenceEncoder, batch: list[Example], half: bool) -> "torch.Tensor":
    """Returns the mean cross entropy of a batch's tokens over what the grammar admits."""
    import torch

    from planner.language.grammar import PAD

    tables = [e.table for e in batch]
    inputs = inputs_of(encoder, encoder.tokens([e.text for e in batch]), tables)
    targets = targets_of([e.tokens for e in batch], tables)
    with torch.autocast("cpu", torch.bfloat16, enabled=half):
        scores = model(inputs, targets.tokens[:, :-1])
    scores = scores.float().masked_fill(~targets.allowed, -1e4)
    return torch.nn.functional.cross_entropy(scores.flatten(0, 1), targets.tokens[:, 1:].flatten(), ignore_index=PAD)


def train(
    out: Path,
    recipe: Recipe,
    *,
    steps: int | None = None,
    minutes: float | None = None,
    resume: bool = False,
    threads: int = 1,
    size: dict[str, Any] | None = None,
    crowd: Path | None = None,
    start: Path | None = None,
    save_every_s: float = 180.0,
    report: Callable[[str], None] = print,
) -> Progress:
    """Trains until a step or for a time, whichever comes first, and leaves a checkpoint and a log.

    Args:
        out: Folder of the run (outside version control).
        recipe: What fixes the run.
        steps: Last step to reach.
        minutes: Longest time of this call.
        resume: Go on from the folder's checkpoint, if there is one.
        threads: CPU threads.
        size: Sizes of the network.
        crowd: ALFRED's file of sentences, to mix in.
        start: Folder of promoted weights to start from.
        save_every_s: Time between checkpoints [s].
        report: Receives a line now and then.
    """
    run = Run(out, recipe, size, threads, crowd, start)
    if resume and run.checkpoint.exists():
        run.load()
    out.mkdir(parents=True, exist_ok=True)
    begun = saved = said = time.monotonic()
    losses: deque[float] = deque(maxlen=200)
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        while steps is None or run.step < steps:
            tick = time.monotonic()
            if (out / STOP).exists() or (minutes is not None and tick - begun > minutes * 60):
                break
            losses.append(run.advance(steps))
            now = time.monotonic()
            run.seconds += now - tick
            if now - said > 15:
                said = now
                report(_logged(log, run, losses))
            if now - saved > save_every_s:
                saved = now
                run.save()
        if losses:
            _logged(log, run, losses)
    run.save()
    return Progress(run.step, run.step * recipe.batch, run.seconds, float(np.mean(losses)) if losses else float("nan"))


def _logged(log: TextIO, run: Run, losses: deque[float]) -> str:
    """Writes a row of the log and returns it."""
    row = {"step": run.step, "loss": round(float(np.mean(losses)), 4), "seconds": round(run.seconds, 1)}
    log.write(json.dumps(row) + "\n")
    log.flush()
    return json.dumps(row)
