"""`MotionCache`: planned motions by the content that they follow from, so that the same plan is not planned twice.

The key is a hash over everything that planning reads: plan, scene, shapes, robot, seed, rules, engine, candidates that
are ruled out, and the code itself. What is found is played in the nominal world anew before it counts, and leads to the
same certificate as planning would. An entry is signed with this installation's key: whoever can write to the folder
cannot slip in a motion that the geometric gate has not seen.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sim_checks.bullet.client import engine_parameters
from sim_checks.errors import CertificateError
from sim_checks.geometric import Choices
from sim_checks.motion.memory import Memory
from sim_checks.motion_file import load_motions, motions_sha256, save_motions
from sim_checks.proofs import Ledger, Proof, Proofs
from sim_checks.rehearsal import Nominal, rehearse_nominal
from sim_checks.remedy import Remedy
from sim_checks.rollout import Rollout, World
from sim_checks.rules.book import RuleBook, shipped_rules
from sim_checks.signing import own_public_key, public_hex, signed_by, signing_key
from skills.catalogue import load
from skills.graph import SkillGraph
from skills.graph_json import loads
from skills.motion import Motion
from skills.plain_file import read_plain

SCHEMA = "rehearse.motions/2"
MAX_BYTES = 1_000_000
"""Largest description of an entry that is read."""


@dataclass(frozen=True)
class Planned:
    """Motions that passed the nominal rehearsal, and how they were found.

    Args:
        motions: One for each node.
        used: Node id -> index of its candidate.
        excluded: Node id -> candidates that failed on the way.
        attempts: Rehearsals that it took.
        remedies: What was changed on the way.
        entries: Node -> the entry that its motion was planned from, and what planning remembered afterwards; for the
            nodes whose motion is the one that was planned.
    """

    motions: tuple[Motion, ...]
    used: Mapping[str, int]
    excluded: Mapping[str, tuple[int, ...]]
    attempts: int
    remedies: tuple[Remedy, ...]
    entries: Mapping[str, tuple[str, Memory]] = field(default_factory=dict)

    def described(self) -> dict[str, Any]:
        """Returns all but the motions as JSON data, and the motions by their hash."""
        return {
            "motions_sha256": motions_sha256(self.motions),
            "used": dict(self.used),
            "excluded": {node: list(numbers) for node, numbers in self.excluded.items()},
            "attempts": self.attempts,
            "remedies": [asdict(r) for r in self.remedies],
            "entries": {node: [entry, list(after)] for node, (entry, after) in self.entries.items()},
        }


@dataclass(frozen=True)
class MotionCache:
    """A folder of signed entries; it is made when the first one is kept.

    Args:
        folder: The folder.
    """

    folder: Path

    def find(self, key: str) -> Planned | None:
        """Returns the entry of a key; None if there is none, or it is not this installation's."""
        try:
            entry = loads(read_plain(self.folder / f"{key}.json", MAX_BYTES), "motions")
            about = entry["about"]
            if not signed_by(own_public_key(), str(entry["signature"]), _message(key, about)):
                return None
            motions = load_motions(self.folder / f"{key}.npz")
            if motions_sha256(motions) != about["motions_sha256"]:
                return None
            excluded = {node: tuple(numbers) for node, numbers in about["excluded"].items()}
            remedies = tuple(Remedy(**r) for r in about["remedies"])
            entries = {node: (str(entry), _memory(*after)) for node, (entry, after) in about["entries"].items()}
            return Planned(motions, about["used"], excluded, about["attempts"], remedies, entries)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, CertificateError):
            return None

    def keep(self, key: str, planned: Planned) -> None:
        """Keeps an entry; a second one of the same key is the same.

        Raises:
            CertificateError: There is no key to sign with.
        """
        about, signer = planned.described(), signing_key()
        entry = {"about": about, "public_key": public_hex(signer), "signature": signer.sign(_message(key, about)).hex()}
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.folder) as place:
            save_motions(Path(place) / "motions.npz", planned.motions)
            (Path(place) / "about.json").write_text(json.dumps(entry, sort_keys=True) + "\n", encoding="utf-8")
            os.replace(Path(place) / "motions.npz", self.folder / f"{key}.npz")
            os.replace(Path(place) / "about.json", self.folder / f"{key}.json")


def rehearsed(
    graph: SkillGraph,
    world: World,
    seed: int,
    choices: Choices,
    attempts: int,
    rules: RuleBook | None = None,
    known: MotionCache | None = None,
    ledger: Ledger | None = None,
) -> Nominal:
    """Returns the nominal rehearsal: with motions that are known, if they hold, else with motions planned now.

    Args:
        graph: A plan that has passed the symbolic gate.
        world: The nominal world.
        seed: Seed of the motion planners.
        choices: Candidates ruled out so far; updated.
        attempts: Most replays.
        rules: The rules that are watched (default: the shipped ones).
        known: Motions that were planned before.
        ledger: What earlier checks have shown, and where what this one shows is written down.
    """
    book = rules or shipped_rules()
    if known and ledger is None:
        ledger = Ledger(graph.sha256, Proofs(seed, graph.sha256))
    key = _key(graph, world, seed, choices, attempts, book) if known else ""
    found = known.find(key) if known else None
    if found is not None and (replayed := _replayed(graph, world, found, book)) is not None:
        choices.used.update(found.used)
        choices.excluded.clear()
        choices.excluded.update({node: set(numbers) for node, numbers in found.excluded.items()})
        if ledger:
            replayed.kept = _recalled(ledger, found)
        return replayed
    nominal = rehearse_nominal(graph, world.scene, seed, choices, attempts, world.folder, book, ledger)
    if known and ledger and not nominal.geometric and not nominal.physical:
        entries = {node: (entry, ledger.entries[entry].after) for node, entry in ledger.of.items()}
        excluded = {node: tuple(sorted(numbers)) for node, numbers in choices.excluded.items()}
        done = (tuple(nominal.motions), dict(choices.used), excluded, nominal.attempts, tuple(nominal.remedies))
        known.keep(key, Planned(*done, entries))
    return nominal


def _recalled(ledger: Ledger, planned: Planned) -> Mapping[str, str]:
    """Enters known motions as if they had been planned now; returns which of them an earlier check has shown."""
    motions = {m.node: m for m in planned.motions}
    for node, (entry, after) in planned.entries.items():
        ledger.enter(node, entry, Proof(motions[node], planned.used[node], after, ledger.run))
    ledger.end(planned.motions)
    return ledger.kept


def _replayed(graph: SkillGraph, world: World, planned: Planned, book: RuleBook) -> Nominal | None:
    """Plays known motions in the nominal world; returns None if they do not hold there."""
    if len(planned.motions) != len(graph.acts()):
        return None
    with world.stage() as stage:
        rollout = Rollout(graph, stage, book)
        for act, motion in zip(graph.acts(), planned.motions, strict=True):
            if motion.nodes != tuple(n.id for n in act) or rollout.play(act, motion):
                return None
        if rollout.finish():
            return None
        return Nominal(
            list(planned.motions),
            worst=rollout.watch.worst,
            remedies=list(planned.remedies),
            played_s=stage.clock_s,
            attempts=planned.attempts,
        )


def _key(graph: SkillGraph, world: World, seed: int, choices: Choices, attempts: int, book: RuleBook) -> str:
    with world.stage() as stage:
        shapes = stage.assets()
    ruled_out = {node: sorted(numbers) for node, numbers in choices.excluded.items()}
    content = {
        "plan": graph.sha256,
        "scene": world.scene.sha256,
        "shapes": shapes,
        "seed": seed,
        "choices": [dict(choices.used), ruled_out],
        "attempts": attempts,
        "rules": book.sha256,
        "engine": engine_parameters(),
        "skills": load().sha256,
        "code": _code(),
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def _memory(resting: Sequence[float], force: float, preferred: int, active: int) -> Memory:
    x, y, z, w = map(float, resting)
    return Memory((x, y, z, w), float(force), int(preferred), int(active))


@cache
def _code() -> str:
    """Returns the hash over the sources that motions follow from."""
    digest = hashlib.sha256()
    for package in ("sim_checks", "skills"):
        spec = find_spec(package)
        for root in spec.submodule_search_locations or () if spec else ():
            for file in sorted(Path(root).rglob("*.py")):
                digest.update(str(file.relative_to(root)).encode() + file.read_bytes())
    return digest.hexdigest()


def _message(key: str, about: Mapping[str, Any]) -> bytes:
    return f"{SCHEMA}\n{key}\n{json.dumps(about, sort_keys=True, separators=(',', ':'))}".encode()


__all__ = ["MotionCache", "Planned", "rehearsed"]
