"""`Message`: one turn of a conversation with a large language model."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Message:
    """One turn.

    Args:
        role: Who speaks.
        content: What is said.
    """

    role: Literal["system", "user", "assistant"]
    content: str

    def to_json(self) -> dict[str, str]:
        """Returns the turn as JSON-ready data, in the form that chat interfaces share."""
        return {"role": self.role, "content": self.content}
