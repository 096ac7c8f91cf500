"""Codes of an authenticator app: RFC 6238, six figures, half a minute each, SHA-1, as every such app reads them."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from hmac import compare_digest

import pyotp
import segno

from app.access import digest

ISSUER = "Connect before you count"
STEP_SECONDS = 30
# A clock that is half a minute off still lets its owner in.
DRIFT = 1
CODES = 10
# Without the letters and figures that are taken for one another on paper: 79 random bits in sixteen of them.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
PUT_UNDER = "second factor"
"""What the secrets are sealed for."""


class CodeUsed(Exception):
    """The code fits, but it or a newer one has let somebody in before."""


def new_secret() -> str:
    """A secret of 160 random bits, in base 32."""
    return pyotp.random_base32()


def step_of(secret: str, code: str, *, now: datetime, after: int) -> int | None:
    """The half minute whose code this is, counted since 1970; None if it fits none near now. Raises CodeUsed."""
    present, totp = int(now.timestamp()) // STEP_SECONDS, pyotp.TOTP(secret)
    near = range(present - DRIFT, present + DRIFT + 1)
    fits = [step for step in near if compare_digest(totp.generate_otp(step).encode(), code.encode())]
    if fits and fits[-1] <= after:
        raise CodeUsed
    return fits[-1] if fits else None


def in_fours(secret: str) -> str:
    """A secret as somebody types it: in groups of four."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def picture(secret: str, *, name: str) -> str:
    """The secret as a QR code, in the address of an image: dark on white in either theme, as cameras want it."""
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)
    return segno.make_qr(address, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff")


def new_codes() -> Sequence[str]:
    """Recovery codes, as they are shown."""
    return ["-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4)) for _ in range(CODES)]


def hashed(code: str) -> str:
    """How a recovery code is kept, however it is typed: without blanks and hyphens, in small letters."""
    return digest("".join(char for char in code.lower() if char.isalnum()))
