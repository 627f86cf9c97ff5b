"""`Proofs`: what the geometric gate has shown of single nodes, by the content that it followed from.

Planning a node is a function of what it reads: the configuration of every body when the node begins, what the hand
holds, the request, what the plan asks of the same thing afterwards, the candidates that are ruled out, shapes, rules
and seed. The `Ledger` hashes all of that into the node's *entry*. Where a repaired plan comes to a node at an entry
that an earlier check of the same request has come to, planning would find what it found then, so it is not planned
again. Nothing else is kept: every rehearsal is played whole, and its motions are those that planning anew would give.

A repair has the seed of the plan that it repairs; else no entry would be met twice.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sim_checks.bullet.snapshot import Snapshot
from sim_checks.geometric import Choices, outlook, plan_node
from sim_checks.motion.memory import Memory
from sim_checks.motion.planning import Planning
from skills.body import BodyRequest
from skills.finding import Finding
from skills.graph import Node
from skills.motion import Motion


@dataclass(frozen=True, eq=False)
class Proof:
    """What came of planning one node from one entry.

    Args:
        found: The motion, or why there is none; of whichever node came there first.
        used: Index of its candidate.
        after: What planning remembered afterwards.
        run: sha256 of the plan in whose check it was found.
        ended: A rehearsal ended with this motion: it is a verdict, not only a try.
    """

    found: Motion | Finding
    used: int | None
    after: Memory
    run: str
    ended: bool = False


@dataclass(frozen=True, eq=False)
class Proofs:
    """What earlier checks of one request have shown.

    Args:
        seed: Seed of the motion planners, of the first plan that was checked.
        seed_of: sha256 of that plan.
        entries: Entry -> what came of it.
    """

    seed: int
    seed_of: str
    entries: Mapping[str, Proof] = field(default_factory=dict)


class Ledger:
    """The entries of one check.

    Args:
        run: sha256 of the plan that is checked.
        earlier: What earlier checks have shown.
    """

    def __init__(self, run: str, earlier: Proofs) -> None:
        self.run, self.earlier = run, earlier
        self.entries: dict[str, Proof] = {}
        self.of: dict[str, str] = {}
        """Node -> the entry from which its present motion was planned."""
        self._basis = ""

    def begin(self, content: Mapping[str, object]) -> None:
        """Begins a rehearsal; what every entry of it depends on is ``content``, JSON-ready."""
        self._basis = json.dumps(content, sort_keys=True)
        self.of.clear()

    def plan(
        self,
        planning: Planning,
        snapshot: Snapshot,
        node: Node,
        asked: Mapping[str, BodyRequest],
        order: tuple[str, ...],
        choices: Choices,
    ) -> Motion | Finding:
        """Returns what `plan_node` returns, from memory where the entry is known.

        Args:
            planning: The planning world, in sync with the rehearsal.
            snapshot: The configuration that it was synchronised with.
            node: What to plan.
            asked: Body request of every node.
            order: Node ids in execution order.
            choices: Candidates in use and ruled out; the choice made is written into it.
        """
        drives = len(planning.robot.driving) > 0
        read = (planning.memory, planning.held, outlook(node.id, asked, order, choices, drives))
        content = f"{self._basis}{sorted(snapshot.poses.items())}{sorted(snapshot.joints.items())}{read}"
        entry = hashlib.sha256(content.encode()).hexdigest()
        known = self.entries.get(entry) or self.earlier.entries.get(entry)
        if known is None:
            found = plan_node(planning, node, asked, order, choices)
            used = choices.used[node.id] if isinstance(found, Motion) else None
            self.entries[entry] = Proof(found, used, planning.memory, self.run)
        else:
            found = _renamed(known.found, node)
            planning.memory = known.after
            if known.used is not None:
                choices.used[node.id] = known.used
        self.of[node.id] = entry
        return found

    def enter(self, node: str, entry: str, proof: Proof) -> None:
        """Writes down a motion that was planned before, unless its entry is known."""
        if entry not in self.earlier.entries:
            self.entries.setdefault(entry, proof)
        self.of[node] = entry

    def changed(self, node: str) -> None:
        """Forgets the entry of a node whose motion is no longer the one that was planned."""
        self.of.pop(node, None)

    def end(self, motions: Sequence[Motion]) -> None:
        """Ends a rehearsal with these motions; those that were planned are verdicts from now on."""
        self.of = {m.node: self.of[m.node] for m in motions if m.node in self.of}
        for entry in self.of.values():
            proof = self.entries.get(entry) or self.earlier.entries[entry]
            self.entries[entry] = replace(proof, ended=True)

    @property
    def kept(self) -> dict[str, str]:
        """Node -> sha256 of the earlier plan whose check has shown its motion."""
        before = {node: self.earlier.entries.get(entry) for node, entry in self.of.items()}
        return {node: proof.run for node, proof in before.items() if proof is not None and proof.ended}

    @property
    def proofs(self) -> Proofs:
        """All that has been shown of the request by now."""
        return replace(self.earlier, entries={**self.earlier.entries, **self.entries})


def _renamed(found: Motion | Finding, node: Node) -> Motion | Finding:
    """Returns the motion as that of ``node``; a finding says of this node what it said of the other."""
    if isinstance(found, Motion):
        return replace(found, node=node.id)
    return replace(found, where=f"nodes.{node.id}")
