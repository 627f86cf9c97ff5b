"""Labels are data: a label that reads as an order or a remark is not shown to the network.

In its place stands what the thing's kind is called, so that a person can still name it. Told by the sentence encoder
from reviewed examples (``names.yaml``); a label that is in doubt stays, for it can at most be a name.
"""

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, cast

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
    def _examples(self) -> Examples:
        return Examples(self._encoder, cast("dict[str, list[str]]", read_data("names.yaml")))

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

    def cleaned(self, table: EntityTable, scene: Scene) -> EntityTable:
        """Returns the table with the kind's words for things whose label is no name.

        Args:
            table: The rows as the scene names them.
            scene: The scene, for the kinds.
        """
        rows = []
        for row in table.rows:
            entity = scene.entities[row.id]
            owner = scene.entities[entity.parent] if entity.parent is not None else entity
            own = KINDS[owner.kind].words if owner.kind in KINDS else ("person" if owner.role == "person" else "thing")
            label = row.words
            if entity.parent is not None:
                part, _, whole = label.partition(" of the ")
                row = (
                    row if whole == own or self.is_name(whole or label) else replace(row, words=f"{part} of the {own}")
                )
            elif label != own and not self.is_name(label):
                row = replace(row, words=own)
            rows.append(row)
        return EntityTable(rows)
