"""A certificate as an Open Badges 3.0 credential, signed as a VC-JWT, and what its verifiers fetch.

Field by field after the data model of Open Badges 3.0 (AchievementCredential, AchievementSubject, Achievement, Profile,
IdentityObject, Evidence) and its "JSON Web Token Proof Format": the payload is the credential itself beside iss, jti,
nbf and sub; the header holds alg, typ and a kid that leads to the public key, and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from joserfc import jwt

from app.certificates.keys import ALGORITHM, opened
from app.certificates.queries import Issued, Key
from app.certificates.words import DESCRIPTION, NAME, evidence

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
ISSUER_NAME = "Connect before you count"


@dataclass(frozen=True)
class Addresses:
    """Where things of a badge are found: whole addresses, made from the settings."""

    site: str
    issuer: str
    achievement: str
    page: str
    key: str


def profile(at: Addresses) -> dict[str, Any]:
    """Who issues."""
    return {"id": at.issuer, "type": ["Profile"], "name": ISSUER_NAME, "url": at.site}


def achievement(at: Addresses, rule: str) -> dict[str, Any]:
    """What is achieved, and by which rule."""
    return {
        "id": at.achievement,
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "name": NAME,
        "description": DESCRIPTION,
        "criteria": {"narrative": rule},
        "creator": profile(at),
    }


def credential(found: Issued, at: Addresses) -> dict[str, Any]:
    """The certificate as a credential. Its id is the page that says whether it still holds."""
    since = instant(found.issued_at)
    return {
        "@context": list(CONTEXTS),
        "id": at.page,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": NAME,
        "description": f"{found.cohort}: {DESCRIPTION}",
        "issuer": profile(at),
        "validFrom": since,
        "awardedDate": since,
        "credentialSubject": {
            "id": subject(at),
            "type": ["AchievementSubject"],
            # The name and no address: a hash of one can be guessed.
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityHash": found.name, "identityType": "name"}
            ],
            "achievement": achievement(at, found.rule),
        },
        "evidence": [{"id": at.page, "type": ["Evidence"], "name": "What it rests on", "narrative": evidence(found)}],
    }


def signed(found: Issued, at: Addresses, *, key: Key, secret: str) -> str:
    """The credential as a compact JWS. The same certificate and key give the same text. Raises keys.Sealed."""
    claims: dict[str, Any] = {
        **credential(found, at),
        "iss": at.issuer,
        "jti": at.page,
        "nbf": int(found.issued_at.timestamp()),
        "sub": subject(at),
    }
    header = {"alg": ALGORITHM, "typ": "JWT", "kid": at.key}
    return jwt.encode(header, claims, opened(key.sealed, secret), algorithms=[ALGORITHM])


def subject(at: Addresses) -> str:
    """The learner as this one certificate knows them: no two certificates are tied to one another by it."""
    return f"{at.page}#learner"


def instant(moment: datetime) -> str:
    """An instant to the second, in UTC: nbf counts whole seconds and must equal it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def published(document: Mapping[str, Any]) -> dict[str, Any]:
    """A profile or an achievement that stands alone, with what its words mean."""
    return {"@context": list(CONTEXTS), **document}
