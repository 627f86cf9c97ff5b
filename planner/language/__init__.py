"""From an instruction to a draft: the language model port and the models behind it.

- `LanguageModel` (port): ``draft(instruction) -> Draft``; whoever decomposes implements it.
- `EmbeddedModel`: the default. A sentence encoder reads the words; our network points at the
  scene's entities; decoding is bound to the skill catalogue (`grammar`). Loaded once, kept for a process.
  `asking` puts its questions, `rereading` reads the replies, `refusing` words its refusals, `hearing` tells
  conversational moves apart, `labels` keeps labels from acting.
- `large/`: any chat model behind the same port, in this process (`local`) or behind a server
  (`endpoint`). It is briefed with opaque ids and inert data (`briefing`, `handles`), bound to a schema
  (`answer_schema`), read with suspicion (`answer`), and told what the gates found (`redraft`).
- `ReplayModel`: recorded drafts, for tests and audits.
- `choose.choose`: the one of these that ``--lm`` names.

The road inside the embedded model: `layout.table_of` (scene -> `EntityTable`) -> `collate.inputs_of`
(tensors) -> `network.Grounder` (of `layers`) -> `decode.decode` (beam over `grammar.Writer`) -> `grammar.draft_of`.
torch is imported when a draft is first asked for, never before. `planner.pipeline`, the faces and the
factory may import this package.
"""

from pathlib import Path

from planner.language.embedded import WEIGHTS, EmbeddedModel, weights_folder
from planner.language.port import LanguageModel
from planner.language.replay import ReplayModel


def weights_file() -> Path:
    """Returns the path of the promoted weights."""
    return weights_folder() / WEIGHTS


__all__ = ["EmbeddedModel", "LanguageModel", "ReplayModel", "weights_file"]
