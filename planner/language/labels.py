"""Labels are data: a label that reads as an order or a remark is not shown to the network.

In its place stands what the thing's kind is called, so that a person can still name it. Told by the sentence encoder
from reviewed examples (``names.yaml``); a label that is in doubt stays, for it can at most be a name. Of a label with
several clauses only the first is read; where that is a mark of who speaks ("system: ..."), it is no name either.
"""

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, cast

from planner.language.layout import clauses, plain_label
from planner.language.phrases import Examples, read_data
from planner.language.table import EntityTable
from skills.kinds import KINDS
from skills.scene import Scene

if TYPE_CHECKING:
    from planner.language.encoder import SentenceEncoder

FEW_WORDS = 2
"""Labels of up to this many words are taken for names. Source: our own; such an order names no thing."""


class Labels:
    """Keeps orders out of names.

    Args:
        encoder: The sentence encoder.
    """

    def __init__(self, encoder: "SentenceEncoder") -> None:
        self._encoder = encoder
        self._known: dict[str, bool] = {}

    @cached_property
    def _data(self) -> dict[str, list[str]]:
        return cast("dict[str, list[str]]", read_data("names.yaml"))

    @cached_property
    def _examples(self) -> Examples:
        return Examples(self._encoder, {sort: self._data[sort] for sort in ("name", "order")})

    def is_name(self, label: str) -> bool:
        """Says whether a label reads as the name of a thing.

        Args:
            label: A label as `planner.language.layout.plain_label` leaves it.
        """
        if len(label.split()) <= FEW_WORDS:
            return True
        if label not in self._known:
            self._known[label] = self._examples.near(label).name == "name"
        return self._known[label]

    def called(self, label: str, kind: str) -> str:
        """Returns what a thing is called before the network: its label as a short name, or its kind's own words.

        Args:
            label: The label, as the scene file has it.
            kind: What things of its kind are called.
        """
        said = clauses(label)
        if not said.first or (said.more and said.first in self._data["mark"]):
            return kind
        name = plain_label(label)
        return name if name == kind or self.is_name(name) else kind

    def cleaned(self, table: EntityTable, scene: Scene) -> EntityTable:
        """Returns the table with the kind's words for things whose label is no name.

        Args:
            table: The rows as the scene names them.
            scene: The scene, for labels and kinds.
        """
        rows = []
        for row in table.rows:
            entity = scene.entities[row.id]
            owner = scene.entities[entity.parent] if entity.parent is not None else entity
            own = KINDS[owner.kind].words if owner.kind in KINDS else ("person" if owner.role == "person" else "thing")
            words = self.called(owner.words, own)
            if entity.parent is not None:
                words = plain_label(f"{entity.words.removesuffix(f' of the {owner.words}')} of the {words}")
            rows.append(row if words == row.words else replace(row, words=words))
        return EntityTable(rows)
