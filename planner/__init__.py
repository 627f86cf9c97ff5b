"""Package `planner`: from a sentence to a certified plan, and from there to motion. Part of Rehearse.

Read it in the order of the road:

- `instruction.Instruction`  what was said, and in which world
- `language.EmbeddedModel`   decomposes it into a `Draft`: goal and steps (port: `language.port.LanguageModel`)
- `compile.compile_draft`    makes the draft a `SkillGraph`, adding prerequisites and causal links
- `together.paired`          proposes what two arms could do at once
- `pipeline.plan`            the whole of plan time; ends in `outcome.Planned`, `Refused` or `Question`
- `repair.repair`            mends a draft from the findings of a gate
- `dispatch`                 run time: takes a `CertifiedPlan` and nothing else
- `episode.Episode`          what happened, as a folder of files
- `rehearsal.Rehearsal`      all of it behind three methods
- `faces`, `bench`, `factory`  the ways in, the measuring, the making of the language model

Nothing imports `planner`; `planner` imports `sim_checks`, `skills` and `prompts`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.rehearsal import Rehearsal

__all__ = ["Rehearsal"]


def __getattr__(name: str) -> Any:
    """Loads `Rehearsal` when it is first asked for, so that importing a submodule stays cheap."""
    if name == "Rehearsal":
        from planner.rehearsal import Rehearsal

        return Rehearsal
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
