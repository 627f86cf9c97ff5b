"""`--lm endpoint:URL`: a model behind an OpenAI-compatible server, through langchain's chat model interface."""

import asyncio
import importlib
import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from planner.language.large.address import Address
from planner.language.large.errors import LanguageModelError
from planner.language.large.model import Completion
from prompts import Message
from skills.errors import SkillsError

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

MOST_BYTES = 2_000_000
"""Largest response that is read. Source: our own; an answer has some 10 kB."""
MOST_TOKENS = 4096
"""Longest answer that is asked for, in tokens."""
GRACE_S = 1.0
"""How long a call that was told to stop may take to stop [s]."""


class EndpointCompleter:
    """Asks a server over HTTP. One host, no redirects, no proxies, a size cap and a total deadline.

    The schema is asked for (``response_format``), and once more without it if the server refuses that; no answer is
    believed to follow it.

    Args:
        address: The server.
        model: The model's name on the server.
        key: The server's key, if it wants one.
        most_bytes: Largest response that is read.
    """

    def __init__(self, address: Address, model: str, key: str | None = None, most_bytes: int = MOST_BYTES) -> None:
        self._address, self._model, self._key, self._most_bytes = address, model, key, most_bytes
        self._binds = True

    def ready(self) -> None:
        """Loads the client library; the server is not asked.

        Raises:
            LanguageModelError: The library is not installed.
        """
        try:
            importlib.import_module("langchain_openai")
        except ModuleNotFoundError as error:
            what = f"An endpoint needs langchain-openai, which is not installed whole: {error}."
            remedy = "Install the extra: pip install 'robot-rehearse[openai]'."
            raise _fault("lm-missing-library", what, remedy) from error

    def complete(self, messages: Sequence[Message], schema: Mapping[str, Any], deadline_s: float) -> Completion:
        """Returns the server's answer.

        Raises:
            LanguageModelError: The server cannot be reached, did not answer in time, or answered something else.
        """
        done: list[Completion | BaseException] = []

        def work() -> None:
            try:
                done.append(asyncio.run(asyncio.wait_for(self._ask(messages, schema), deadline_s)))
            except BaseException as error:  # handed to the caller's thread, where it is raised
                done.append(error)

        thread = threading.Thread(target=work, name="rehearse-lm", daemon=True)  # the caller may have a loop of its own
        thread.start()
        thread.join(deadline_s + GRACE_S)
        said = done[0] if done else TimeoutError()
        if isinstance(said, BaseException):
            raise self._translated(said, deadline_s) from said
        return said

    async def _ask(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> Completion:
        import httpx2
        import openai
        from langchain_openai import ChatOpenAI
        from langsmith import tracing_context
        from pydantic import SecretStr

        from planner.language.large.guarded_http import GuardedTransport

        transport = GuardedTransport(self._address.host, self._most_bytes)
        async with httpx2.AsyncClient(transport=transport, follow_redirects=False, trust_env=False) as http:
            chat = ChatOpenAI(
                model=self._model,
                base_url=self._address.url,
                api_key=SecretStr(self._key or "none"),  # never the one that the environment holds for another server
                http_async_client=http,
                openai_proxy="",
                max_retries=0,
                temperature=0,
                max_completion_tokens=MOST_TOKENS,
                use_responses_api=False,
            )
            with tracing_context(enabled=False):  # nothing goes anywhere else, whatever the environment asks for
                try:
                    return await self._said(chat, messages, schema if self._binds else None)
                except (openai.BadRequestError, openai.UnprocessableEntityError):
                    if not self._binds:
                        raise
                    self._binds = False
                    return await self._said(chat, messages, None)

    async def _said(
        self, chat: "ChatOpenAI", messages: Sequence[Message], schema: Mapping[str, Any] | None
    ) -> Completion:
        import openai

        form = {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": schema}}
        asked: dict[str, Any] = {"response_format": form} if schema is not None else {}
        try:
            said = await chat.ainvoke([m.to_json() for m in messages], **asked)
        except openai.LengthFinishReasonError as error:
            return Completion(error.completion.choices[0].message.content or "", cut=True)
        return Completion(str(said.text), said.response_metadata.get("finish_reason") == "length")

    def _translated(self, error: BaseException, deadline_s: float) -> SkillsError:
        """Returns what went wrong as a typed error; the one border to HTTP, the client and the server's JSON."""
        import httpx2
        import openai

        where = self._address.url
        chain: list[BaseException] = []
        link: BaseException | None = error
        while link is not None and link not in chain:
            chain.append(link)
            link = link.__cause__ or link.__context__
        for link in chain:
            if isinstance(link, SkillsError):
                return link
            if isinstance(link, TimeoutError | httpx2.TimeoutException | openai.APITimeoutError):
                what = f"The server at {where!r} did not answer within {deadline_s:.3g} s."
                return _fault("lm-timeout", what, "Raise REHEARSE_LM_TIMEOUT_S, or use a faster model.")
            if isinstance(link, httpx2.ConnectError):
                what = f"Nothing answers at {where!r}."
                return _fault("lm-unreachable", what, "Start the server, or correct the address.")
            if isinstance(link, httpx2.TransportError):
                what = f"The connection to {where!r} broke: {_line(link)}."
                return _fault("lm-cut-off", what, "Try again; look at the server's log if it stays.")
            if isinstance(link, openai.APIStatusError):
                what = f"The server at {where!r} answered {link.status_code}: {_line(link)}."
                return _fault("lm-status", what, _REMEDIES.get(link.status_code, "Look at the server's log."))
        what = f"The server at {where!r} answered with what is no chat completion: {_line(error)}."
        return _fault("lm-bad-response", what, "Check that the address is that of an OpenAI-compatible server.")


_REMEDIES = {
    401: "Set REHEARSE_LM_KEY to a valid key.",
    403: "Set REHEARSE_LM_KEY to a key that may use this model.",
    404: "Correct the path or the model's name: endpoint:http://HOST:PORT/v1#MODEL.",
    429: "Wait, or ask a server that is less busy.",
}


def _line(error: BaseException) -> str:
    """Returns an error as one short printable line."""
    text = "".join(c if c.isprintable() else " " for c in f"{type(error).__name__}: {error}")
    return " ".join(text.split())[:200]


def _fault(code: str, what: str, remedy: str) -> LanguageModelError:
    return LanguageModelError.at(code, "--lm", what, remedy)
