"""Errors of language models other than the embedded one.

SkillsError
└── LanguageModelError   a model is not to be had, does not answer, or answers with nothing that can be used
"""

from skills.errors import SkillsError


class LanguageModelError(SkillsError):
    """A language model is not to be had, does not answer in time, or answers with nothing that can be used."""
