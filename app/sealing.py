"""Secrets that must be read again, sealed at rest: a copy of the database alone opens none of them."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app


class Unreadable(Exception):
    """It was sealed under another SECRET_KEY, or is damaged."""


def sealer(purpose: str) -> Fernet:
    """AES-128-CBC with HMAC-SHA256 (Fernet), under a key of its own for each purpose: HKDF-SHA256 of SECRET_KEY."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode())
    return Fernet(base64.urlsafe_b64encode(derived.derive(str(current_app.config["SECRET_KEY"]).encode())))


def seal(text: str, *, purpose: str) -> str:
    """The text as it may be kept."""
    return sealer(purpose).encrypt(text.encode()).decode()


def unseal(kept: str, *, purpose: str) -> str:
    """What was sealed for this purpose. Raises Unreadable."""
    try:
        return sealer(purpose).decrypt(kept.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error
