"""`Certificate`: a signed statement of what was rehearsed, as a value and as the one text that stands for it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim_checks.errors import CertificateError
from skills.errors import SkillsError
from skills.graph_json import loads

SCHEMA = "rehearse.certificate/1"
PAYLOAD = (
    "assets",
    "engine",
    "motions_sha256",
    "plan_sha256",
    "scene_sha256",
    "seeds",
    "settings",
    "skills_sha256",
    "verdicts",
)
"""What a certificate binds."""


@dataclass(frozen=True)
class Certificate:
    """A signed statement of what was rehearsed.

    Args:
        payload: What is bound: the keys of `PAYLOAD`, as JSON data.
        public_key: Who signed, 64 hexadecimal digits.
        signature: Ed25519 over the canonical payload, 128 hexadecimal digits.
    """

    payload: Mapping[str, Any]
    public_key: str
    signature: str

    @property
    def message(self) -> bytes:
        """What is signed: the schema's name and the canonical payload."""
        return SCHEMA.encode() + b"\n" + canonical(self.payload).encode()

    @property
    def id(self) -> str:
        """The first 16 hexadecimal digits of the sha256 of what is signed."""
        return hashlib.sha256(self.message).hexdigest()[:16]

    def to_json(self) -> dict[str, Any]:
        """Returns the certificate as JSON data, keys sorted."""
        data = {
            "schema": SCHEMA,
            "id": self.id,
            "payload": dict(self.payload),
            "public_key": self.public_key,
            "signature": self.signature,
        }
        sorted_data: dict[str, Any] = json.loads(canonical(data))
        return sorted_data

    def dumps(self) -> str:
        """Returns the certificate as the one text that `parse` accepts for it."""
        return json.dumps(self.to_json(), indent=2) + "\n"

    @staticmethod
    def parse(source: str | bytes | Mapping[str, Any]) -> "Certificate":
        """Reads a certificate; its signature is not checked here.

        Raises:
            CertificateError: It is not a certificate, or its text is not the one that `dumps` writes.
        """
        try:
            data = loads(source, "certificate") if isinstance(source, str | bytes) else dict(source)
        except SkillsError as error:
            raise CertificateError(error.finding) from error
        where = "certificate"
        if not isinstance(data, dict) or sorted(data) != ["id", "payload", "public_key", "schema", "signature"]:
            raise _malformed(where, "Its fields are not those of a certificate.")
        if data["schema"] != SCHEMA:
            raise _malformed("schema", f"It is not a {SCHEMA!r}.")
        payload = data["payload"]
        if not isinstance(payload, dict) or tuple(sorted(payload)) != PAYLOAD:
            raise _malformed("payload", "What it binds is not complete.")
        for name, digits in (("public_key", 64), ("signature", 128), ("id", 16)):
            value = data[name]
            if not (isinstance(value, str) and len(value) == digits and set(value) <= set("0123456789abcdef")):
                raise _malformed(name, f"It is not {digits} hexadecimal digits in lower case.")
        try:
            found = Certificate(payload, data["public_key"], data["signature"])
            if found.id != data["id"]:
                raise _malformed("id", "The id does not belong to what is signed.")
            text = source.decode() if isinstance(source, bytes) else source
            if isinstance(text, str) and text != found.dumps():
                raise _malformed(where, "The text is not in the form in which certificates are written.")
        except (TypeError, ValueError) as error:
            raise _malformed("payload", f"It is not JSON data: {error}.") from error
        return found


def canonical(data: object) -> str:
    """Returns ``data`` as canonical JSON.

    Raises:
        ValueError: It holds a number that is not finite.
        TypeError: It is not JSON data.
    """
    return json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _malformed(where: str, what: str) -> CertificateError:
    return CertificateError.at("malformed-certificate", where, what, "Use the file as it was issued.")
