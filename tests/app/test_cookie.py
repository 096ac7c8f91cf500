"""What signs the cookie."""

from typing import Any

from app import create_app


def test_what_signs_is_made_once_and_for_each_application_by_its_own_key(migrated: Any) -> None:
    kept = {key: value for key, value in migrated.config.items() if key.isupper()}
    one = create_app(kept)
    other = create_app({**kept, "SECRET_KEY": "another key, as long as it has to be"})
    signing = one.session_interface.get_signing_serializer(one)
    assert one.session_interface.get_signing_serializer(one) is signing
    signed = signing.dumps({"who": "ada"})
    assert signing.loads(signed) == {"who": "ada"}
    theirs = other.session_interface.get_signing_serializer(other)
    assert theirs.loads_unsafe(signed)[0] is False
