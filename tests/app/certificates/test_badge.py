"""The badge: an Open Badges 3.0 credential whose signature a second implementation verifies, after a rotation too."""

import json
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import jwt
import pytest
from pydantic import BaseModel, ConfigDict, Field, HttpUrl, model_validator
from sqlalchemy import select

from app.certificates.keys import Sealed, new_key, opened
from app.commands import badge_key as badge_key_command
from app.db import db
from app.models import BadgeKey
from tests.cast import NOON
from tests.certificates import badge_key, certificate, made_once
from tests.conftest import SECRET_KEY

Types = Annotated[list[str], Field(min_length=1)]


class Described(BaseModel):
    """A part of a credential as the specification's data model has it: only what we use, each field checked."""

    model_config = ConfigDict(extra="forbid")


class Profile(Described):
    id: HttpUrl
    type: Types
    name: str
    url: HttpUrl


class Criteria(Described):
    narrative: Annotated[str, Field(min_length=1)]


class Achievement(Described):
    id: HttpUrl
    type: Types
    achievementType: Literal["Certificate"]
    name: Annotated[str, Field(min_length=1)]
    description: Annotated[str, Field(min_length=1)]
    criteria: Criteria
    creator: Profile


class IdentityObject(Described):
    type: Literal["IdentityObject"]
    hashed: bool
    identityHash: str
    identityType: Literal["name"]


class AchievementSubject(Described):
    id: HttpUrl
    type: Types
    identifier: list[IdentityObject]
    achievement: Achievement


class Evidence(Described):
    id: HttpUrl
    type: Types
    name: str
    narrative: str


class OpenBadgeCredential(Described):
    """Required by the specification: @context, id, type, credentialSubject, issuer, validFrom. The claims of VC-JWT
    stand beside them, and must say the same."""

    context: Annotated[list[str], Field(alias="@context", min_length=2)]
    id: HttpUrl
    type: Types
    name: str
    description: str
    issuer: Profile
    validFrom: datetime
    awardedDate: datetime
    credentialSubject: AchievementSubject
    evidence: list[Evidence]
    iss: HttpUrl
    jti: HttpUrl
    sub: HttpUrl
    nbf: int

    @model_validator(mode="after")
    def says_one_thing(self) -> "OpenBadgeCredential":
        assert self.context[0] == "https://www.w3.org/ns/credentials/v2"
        assert self.context[1].startswith("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.")
        assert {"VerifiableCredential", "OpenBadgeCredential"} <= set(self.type)
        assert "Profile" in self.issuer.type
        assert "AchievementSubject" in self.credentialSubject.type
        assert "Achievement" in self.credentialSubject.achievement.type
        assert (self.iss, self.jti) == (self.issuer.id, self.id)
        assert self.sub == self.credentialSubject.id
        assert datetime.fromtimestamp(self.nbf, UTC) == self.validFrom
        return self


def fetch(client: Any, url: str) -> Any:
    """What a verifier gets at a whole address."""
    answer = client.get(url.removeprefix("http://127.0.0.1:8000"))
    assert answer.status_code == 200, url
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return answer.json


def verified(text: str, client: Any) -> dict[str, Any]:
    """The claims of a badge, verified by PyJWT with the key to which its kid leads. Raises for a wrong signature."""
    header = jwt.get_unverified_header(text)
    assert set(header) == {"alg", "typ", "kid"}
    assert (header["alg"], header["typ"]) == ("RS256", "JWT")
    key = jwt.PyJWK(fetch(client, header["kid"]))
    # The clock of the tests stands; PyJWT's does not.
    return jwt.decode(text, key.key, algorithms=["RS256"], options={"verify_nbf": False})


@pytest.fixture
def hers(cast: Any) -> Any:
    return certificate(cast.ada_enrolled, shown_at=NOON)


def badge(browser: Any, made: Any) -> str:
    answer = browser.get(f"/certificate/{made.id}/badge.jwt")
    assert (answer.status_code, answer.mimetype) == (200, "application/vc+jwt")
    return str(answer.text)


def test_a_second_implementation_verifies_it_with_the_published_key(cast, hers, client, browser_of):
    badge_key()
    text = badge(browser_of(cast.ada), hers)
    claims = verified(text, client)
    assert claims["jti"].endswith(f"/certificates/{hers.token}")
    assert claims["credentialSubject"]["identifier"][0]["identityHash"] == "Ada"
    assert badge(browser_of(cast.ada), hers) == text


def test_it_holds_what_open_badges_3_requires(cast, hers, client, browser_of):
    badge_key()
    claims = verified(badge(browser_of(cast.ada), hers), client)
    found = OpenBadgeCredential.model_validate(claims)
    assert found.credentialSubject.achievement.criteria.narrative == "What was asked for that day."
    assert "24 logged and rated" in found.evidence[0].narrative
    for required in ("@context", "id", "type", "credentialSubject", "issuer", "validFrom", "sub", "iss", "jti", "nbf"):
        with pytest.raises(ValueError, match="Field required"):
            OpenBadgeCredential.model_validate({name: claims[name] for name in claims if name != required})


def test_whatever_it_leads_to_is_there(cast, hers, client, browser_of):
    badge_key()
    claims = verified(badge(browser_of(cast.ada), hers), client)
    assert fetch(client, claims["issuer"]["id"])["id"] == claims["issuer"]["id"]
    achieved = fetch(client, claims["credentialSubject"]["achievement"]["id"])
    assert achieved["type"] == ["Achievement"]
    assert "At least eight of nine modules" in achieved["criteria"]["narrative"]
    page = client.get(claims["id"].removeprefix("http://127.0.0.1:8000"))
    assert page.status_code == 200


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_letter_that_was_changed_is_found_out(cast, hers, client, browser_of, part):
    badge_key()
    pieces = badge(browser_of(cast.ada), hers).split(".")
    middle = len(pieces[part]) // 2
    pieces[part] = pieces[part][:middle] + ("A" if pieces[part][middle] != "A" else "B") + pieces[part][middle + 1 :]
    with pytest.raises((jwt.InvalidTokenError, ValueError, AssertionError)):
        verified(".".join(pieces), client)


def test_after_a_rotation_old_badges_verify_and_new_ones_bear_the_new_key(cast, hers, client, browser_of):
    first = badge_key(1)
    old = badge(browser_of(cast.ada), hers)
    second = badge_key(2)
    new = badge(browser_of(cast.ada), hers)
    assert first in jwt.get_unverified_header(old)["kid"]
    assert second in jwt.get_unverified_header(new)["kid"]
    assert verified(old, client) == verified(new, client)
    keys = client.get("/badges/keys").json["keys"]
    assert [key["kid"] for key in keys] == [second, first]
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(old, jwt.PyJWK(keys[0]).key, algorithms=["RS256"], options={"verify_nbf": False})


def test_no_private_half_is_ever_published_or_kept_open(cast, hers, client, browser_of):
    kid = badge_key()
    kept = db.session.scalars(select(BadgeKey)).one()
    private = opened(kept.sealed, SECRET_KEY).as_dict(private=True)
    shown = [client.get(url).text for url in ("/badges/keys", f"/badges/keys/{kid}", "/badges/issuer")]
    shown += [badge(browser_of(cast.ada), hers), kept.sealed, json.dumps(kept.public)]
    for secret in ("d", "p", "q", "dp", "dq", "qi"):
        assert private[secret] not in "".join(shown)
        assert secret not in kept.public


def test_with_another_secret_key_nothing_is_signed_and_the_public_keys_stay(cast, hers, client, browser_of, app):
    kid = badge_key()
    with pytest.raises(Sealed):
        opened(made_once(1).sealed, "another secret, and long enough to be one")
    app.config["SECRET_KEY"] = "another secret, and long enough to be one"
    try:
        assert browser_of(cast.ada).get(f"/certificate/{hers.id}/badge.jwt").status_code == 503
        assert client.get(f"/badges/keys/{kid}").status_code == 200
    finally:
        app.config["SECRET_KEY"] = SECRET_KEY


@pytest.mark.parametrize("state", [{"shown_at": None}, {"revoked_at": NOON, "shown_at": NOON}])
def test_only_a_valid_certificate_with_a_page_has_a_badge(cast, browser_of, state):
    badge_key()
    made = certificate(cast.ada_enrolled, **state)
    assert browser_of(cast.ada).get(f"/certificate/{made.id}/badge.jwt").status_code == 404


def test_without_a_key_there_is_no_badge_and_no_fault(cast, hers, client, browser_of):
    assert browser_of(cast.ada).get(f"/certificate/{hers.id}/badge.jwt").status_code == 404
    assert client.get("/badges/keys").json == {"keys": []}
    for kid in ("none", "%00", "A" * 43):
        assert client.get(f"/badges/keys/{kid}").status_code == 404


def test_the_operator_makes_a_new_key_and_the_old_ones_stay(app):
    first = badge_key()
    answer = app.test_cli_runner().invoke(badge_key_command)
    assert answer.exit_code == 0, answer.output
    kids = db.session.scalars(select(BadgeKey.kid).order_by(BadgeKey.id)).all()
    assert kids[0] == first
    assert kids[1] in answer.output


def test_two_keys_are_never_the_same_and_are_long_enough():
    made = new_key("a secret of the tests, and long enough to be one")
    assert made.kid != made_once(1).kid
    assert opened(made.sealed, "a secret of the tests, and long enough to be one").raw_value.key_size == 3072
