"""The signing key: Ed25519, made on first use, readable by its owner alone."""

import os
import stat
import tempfile
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sim_checks.errors import CertificateError

KEY_DIR_VARIABLE = "REHEARSE_KEY_DIR"
"""Environment variable that names another folder for the key."""


def key_folder() -> Path:
    """Returns the folder of the key: ``$REHEARSE_KEY_DIR``, else ``~/.config/rehearse``."""
    named = os.environ.get(KEY_DIR_VARIABLE)
    return Path(named) if named else Path.home() / ".config" / "rehearse"


def signing_key() -> Ed25519PrivateKey:
    """Returns this installation's private key; it is made, with mode 0600, when there is none yet.

    Raises:
        CertificateError: The key cannot be read or made, is malformed, or others may read it.
    """
    path = key_folder() / "key"
    try:
        if not path.exists():
            _make(path)
        mode = path.stat().st_mode
        if stat.S_IMODE(mode) & 0o077:
            what = f"Others may read the signing key (mode {stat.S_IMODE(mode):04o})."
            raise CertificateError.at("exposed-key", str(path), what, "Run chmod 600 on it, or delete it.")
        seed = bytes.fromhex(path.read_text(encoding="ascii").strip())
        return Ed25519PrivateKey.from_private_bytes(seed)
    except OSError as error:
        what = f"The signing key cannot be read or made: {error.strerror}."
        raise CertificateError.at("no-key", str(path), what, f"Set {KEY_DIR_VARIABLE} to a folder of yours.") from error
    except ValueError as error:
        what = "The signing key is not 32 bytes in hexadecimal."
        raise CertificateError.at("bad-key", str(path), what, "Restore it, or delete it to make a new one.") from error


def own_public_key() -> str:
    """Returns the public half of this installation's key, without making a key.

    Raises:
        CertificateError: There is no key yet, or it cannot be used.
    """
    path = key_folder() / "key"
    if not path.exists():
        what = "This installation has no signing key, so it trusts nobody yet."
        raise CertificateError.at("no-key", str(path), what, "Give the public key of the certificate's issuer.")
    return public_hex(signing_key())


def _make(path: Path) -> None:
    """Writes a new key beside `path` and links it into place, so that of two first users one wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent)  # mode 0600
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex() + "\n")
        try:
            os.link(name, path)
        except FileExistsError:
            pass
    finally:
        os.unlink(name)


def public_hex(key: Ed25519PrivateKey) -> str:
    """Returns the public half of ``key``, 64 hexadecimal digits."""
    return key.public_key().public_bytes_raw().hex()


def signed_by(public_key: str, signature: str, message: bytes) -> bool:
    """Says whether ``signature`` over ``message`` was made with the private half of ``public_key``.

    Args:
        public_key: 64 hexadecimal digits.
        signature: 128 hexadecimal digits.
        message: What was signed.
    """
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True
