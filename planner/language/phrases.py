"""Comparing phrases with the frozen sentence encoder, whatever they are about.

What phrases are about (a mug, a drawer) is not what is compared, but how they are put. So each example may hold slots,
``{x}``, which are filled with several nouns; the directions in which the fillings differ are shrunk before cosines are
taken. Source: within-class covariance normalisation, Hatch and Stolcke (2006).
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

from skills.strict_yaml import StrictLoader

if TYPE_CHECKING:
    import torch

    from planner.language.encoder import SentenceEncoder

NOUNS = ("mug", "drawer", "lamp")
"""What the slots of examples are filled with."""
NEIGHBOURS = 3
"""How many of a class's nearest examples count. Source: the least errors of 1, 2 and 3 on the examples left out."""
SHRINK = 10.0
"""How much of the mean variance is added to each direction's. Source: flat from 3 to 10 on examples left out."""


class Near(NamedTuple):
    """The class that a phrase is nearest to.

    Args:
        name: The class.
        likeness: Mean cosine to its nearest examples.
        margin: By how much that is more than the next class's.
    """

    name: str
    likeness: float
    margin: float


def plain(text: str) -> str:
    """Returns a text in lower case, without punctuation, in single spaces."""
    kept = "".join(c if c.isalnum() or c == "'" else " " for c in text.lower())
    return " ".join(kept.split())


def read_data(name: str) -> object:
    """Returns the content of one of this package's YAML files."""
    path = Path(__file__).parent / name
    return yaml.load(path.read_text(encoding="utf-8"), Loader=StrictLoader)  # noqa: S506


def meanings(encoder: "SentenceEncoder", texts: Sequence[str]) -> "torch.Tensor":
    """Returns the direction of each text's meaning, as (texts, 384)."""
    return encoder.phrases([list(texts)], len(texts)).pooled[0].clone()


class Examples:
    """Classes of phrases by example.

    Args:
        encoder: The sentence encoder.
        classes: Class -> examples.
        nouns: What slots are filled with.
    """

    def __init__(
        self, encoder: "SentenceEncoder", classes: Mapping[str, Sequence[str]], nouns: Sequence[str] = NOUNS
    ) -> None:
        self._encoder = encoder
        self._nouns = nouns
        self.examples = [(name, text) for name, texts in classes.items() for text in texts]

    @cached_property
    def _space(self) -> "tuple[torch.Tensor, torch.Tensor, torch.Tensor]":
        """Mean, transform, and the examples in the transformed space."""
        import torch

        filled = [self._filled(text) for _, text in self.examples]
        group = torch.tensor([i for i, texts in enumerate(filled) for _ in texts])
        every = meanings(self._encoder, [t for texts in filled for t in texts])
        means = torch.stack([every[group == i].mean(0) for i in range(len(filled))])
        off = every - means[group]
        spread = off.T @ off / len(off)
        size = spread.shape[0]
        level = float(spread.trace()) / size
        if level < 1e-9:
            change = torch.eye(size)
        else:
            values, axes = torch.linalg.eigh(spread / level + SHRINK * torch.eye(size))
            change = axes @ torch.diag(values**-0.5) @ axes.T
        centre = means.mean(0)
        return centre, change, torch.nn.functional.normalize((means - centre) @ change, dim=1)

    def _filled(self, text: str) -> list[str]:
        count = len(self._nouns)
        if "{" not in text:
            return [plain(text)]
        turns = [{s: self._nouns[(k + j) % count] for j, s in enumerate("xyz")} for k in range(count)]
        return [plain(text.format(**turn)) for turn in turns]

    def near(self, text: str, among: Sequence[str] | None = None, without: int | None = None) -> Near:
        """Returns the class that a text is nearest to.

        Args:
            text: What was said.
            among: The classes that come into question (default: all).
            without: Index of an example that is left out, to test the rest.
        """
        import torch

        centre, change, kept = self._space
        said = meanings(self._encoder, [plain(text)])[0]
        cosines = (kept @ torch.nn.functional.normalize((said - centre) @ change, dim=0)).tolist()
        found: dict[str, list[float]] = {}
        for index, (name, _) in enumerate(self.examples):
            if index != without and (among is None or name in among):
                found.setdefault(name, []).append(cosines[index])
        means = {n: sum(sorted(c)[-NEIGHBOURS:]) / min(NEIGHBOURS, len(c)) for n, c in found.items()}
        order = sorted(means, key=lambda n: -means[n])
        best = means[order[0]]
        return Near(order[0], best, best - means[order[1]] if len(order) > 1 else best + 1.0)
