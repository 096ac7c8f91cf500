"""Keys that sign badges: made here, kept sealed, opened only to sign.

RS256 is what Open Badges 3.0 asks of everybody (§ "Create the JOSE Header"). The private half is sealed by a key made
from the installation's SECRET_KEY, so that a copy of the database, a backup or an export signs nothing by itself.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey, RSAKey

BITS = 3072
ALGORITHM = "RS256"
SEAL = {"alg": "dir", "enc": "A256GCM"}


class Sealed(Exception):
    """The private key can't be opened: SECRET_KEY is another one than it was sealed by."""


@dataclass(frozen=True)
class NewKey:
    """A key before it is kept; `kid` is the fingerprint of its public half (RFC 7638)."""

    kid: str
    public: Mapping[str, Any]
    sealed: str


def new_key(secret: str) -> NewKey:
    """A key that nobody has used."""
    key = RSAKey.generate_key(BITS, private=True)
    kid = key.thumbprint()
    public = {**key.as_dict(private=False), "kid": kid, "alg": ALGORITHM, "use": "sig"}
    sealed = jwe.encrypt_compact(SEAL, json.dumps(key.as_dict(private=True)), sealing(secret))
    return NewKey(kid, public, sealed)


def opened(sealed: str, secret: str) -> RSAKey:
    """The private key, ready to sign. Raises Sealed where the secret is another one."""
    try:
        private = jwe.decrypt_compact(sealed, sealing(secret)).plaintext
    except JoseError as error:
        raise Sealed from error
    return RSAKey.import_key(json.loads(private or b""))


def sealing(secret: str) -> OctKey:
    """A key for this one purpose: what SECRET_KEY signs elsewhere says nothing of it."""
    return OctKey.import_key(hmac.digest(secret.encode(), b"seals the keys of badges", hashlib.sha256))
