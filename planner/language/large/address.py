"""`Address`: where a language model server is, checked against the hosts that may be asked."""

import ipaddress
from collections.abc import Collection
from typing import NamedTuple
from urllib.parse import urlsplit

from planner.language.large.errors import LanguageModelError

FORM = "Write endpoint:http://HOST:PORT/v1#MODEL."


class Address(NamedTuple):
    """A server that may be asked.

    Args:
        url: Base URL, without the model's name.
        host: Host name or address, lower case.
        model: The model's name on the server, if the address says it.
    """

    url: str
    host: str
    model: str | None

    @staticmethod
    def parse(text: str, hosts: Collection[str] = ()) -> "Address":
        """Returns the address that ``text`` names.

        Args:
            text: For example ``"http://127.0.0.1:8000/v1#qwen"``.
            hosts: Host names that may be asked besides this machine.

        Raises:
            LanguageModelError: It is no such URL, it holds a password, or its host is not on the list.
        """
        try:
            parts = urlsplit(text)
            host, port = (parts.hostname or "").lower(), parts.port
        except ValueError as error:
            raise LanguageModelError.at("lm-bad-url", "--lm", f"{text!r} is no URL: {error}.", FORM) from error
        if parts.scheme not in ("http", "https") or not host or port == 0 or parts.query:
            raise LanguageModelError.at("lm-bad-url", "--lm", f"{text!r} is no http or https URL.", FORM)
        if "@" in parts.netloc:
            what = "The URL holds a user name or a password."
            raise LanguageModelError.at("lm-bad-url", "--lm", what, "Leave it out; a key goes into REHEARSE_LM_KEY.")
        if not may_ask(host, hosts):
            listed = ", ".join(sorted(hosts)) or "none besides this machine"
            what = f"The host {host!r} is not on the list of hosts that may be asked ({listed})."
            remedy = f"Set REHEARSE_LM_HOSTS={host} if scenes and requests may be sent there."
            raise LanguageModelError.at("lm-host", "--lm", what, remedy)
        url = parts._replace(fragment="").geturl().rstrip("/")
        return Address(url, host, parts.fragment or None)


def may_ask(host: str, hosts: Collection[str]) -> bool:
    """Says whether a host is this machine or on the list.

    Args:
        host: Host name or address, lower case.
        hosts: The list.
    """
    if host == "localhost" or host in {h.strip().lower() for h in hosts}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
