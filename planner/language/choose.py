"""`choose`: the language model that ``--lm`` names. Nothing is loaded or asked before the first sentence."""

import os
from pathlib import Path

from planner.language.embedded import EmbeddedModel
from planner.language.large.address import Address
from planner.language.large.endpoint import EndpointCompleter
from planner.language.large.errors import LanguageModelError
from planner.language.large.local import LocalCompleter
from planner.language.large.model import DEADLINE_S, LargeModel
from planner.language.port import LanguageModel
from planner.language.replay import load_replay

CHOICES = ("embedded", "local:PATH_OR_ID", "endpoint:URL", "replay:FILE")
"""What ``--lm`` takes. ``endpoint:URL`` may end in ``#MODEL``."""
HOSTS, MODEL, KEY, TIMEOUT = "REHEARSE_LM_HOSTS", "REHEARSE_LM_MODEL", "REHEARSE_LM_KEY", "REHEARSE_LM_TIMEOUT_S"
"""Environment variables: hosts that may be asked (comma-separated), the model's name, a key, the deadline [s]."""


def choose(spec: str = "embedded") -> LanguageModel:
    """Returns the language model that ``spec`` names.

    Args:
        spec: One of `CHOICES`.

    Raises:
        LanguageModelError: There is no such choice, the host may not be asked, or a setting is wrong.
        ReplayError: The file of recorded drafts cannot be read.
    """
    kind, _, rest = spec.partition(":")
    match kind:
        case "embedded" if not rest:
            return EmbeddedModel()
        case "replay" if rest:
            return load_replay(Path(rest))
        case "local" if rest:
            return LargeModel(f"local:{Path(rest).name}", LocalCompleter(rest), deadline_s=_deadline())
        case "endpoint" if rest:
            hosts = [h.strip() for h in os.environ.get(HOSTS, "").split(",") if h.strip()]
            address = Address.parse(rest, hosts)
            model = address.model or os.environ.get(MODEL) or "default"
            completer = EndpointCompleter(address, model, os.environ.get(KEY))
            return LargeModel(f"endpoint:{model}", completer, deadline_s=_deadline())
    what = f"There is no language model {spec!r}."
    raise LanguageModelError.at("unknown-lm", "--lm", what, f"Use one of: {', '.join(CHOICES)}.")


def _deadline() -> float:
    """Returns how long one draft may take [s].

    Raises:
        LanguageModelError: The environment says something that is no such time.
    """
    text = os.environ.get(TIMEOUT, str(DEADLINE_S))
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.0 < seconds <= 3600.0:
        what = f"{TIMEOUT} is {text!r}."
        raise LanguageModelError.at("lm-bad-timeout", TIMEOUT, what, "Give seconds, more than 0 and at most 3600.")
    return seconds
