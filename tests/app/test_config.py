"""What the settings are, and what production refuses to start with."""

from typing import Any

import pytest

from app.config import DEVELOPMENT_KEY, Refused, database_url, settings

SOUND = {
    "CONNECT_ENV": "production",
    "SECRET_KEY": "a" * 20 + "long and random" * 2,
    "BASE_URL": "https://course.example.org/",
    "TRUSTED_HOSTS": "course.example.org",
    "SMTP": "mail.example.org:25",
}


def test_production_starts_with_sound_settings() -> None:
    found = settings(SOUND)
    assert found["BASE_URL"] == "https://course.example.org"
    assert found["SESSION_COOKIE_SECURE"] is True
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert found["SECOND_FACTOR"] == "required"


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": DEVELOPMENT_KEY}, "SECRET_KEY"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
        ({"BASE_URL": "http://course.example.org"}, "BASE_URL"),
        ({"BASE_URL": ""}, "BASE_URL"),
        ({"TRUSTED_HOSTS": ""}, "TRUSTED_HOSTS"),
        ({"SMTP": ""}, "SMTP"),
        ({"SMTP": "mail.example.org"}, "names no port"),
        ({"SMTP_SECURITY": "ssl"}, "SMTP_SECURITY"),
        ({"SMTP_USER": "us", "SMTP_SECURITY": "none"}, "SMTP_USER"),
        ({"SECOND_FACTOR": "no"}, "SECOND_FACTOR"),
        ({"CONNECT_ENV": "prod"}, "CONNECT_ENV"),
    ],
)
def test_production_refuses_a_weak_setting_by_name(changed: dict[str, Any], named: str) -> None:
    with pytest.raises(Refused, match=named):
        settings({**SOUND, **changed})


def test_development_needs_no_setting_at_all() -> None:
    found = settings({})
    assert found["SQLALCHEMY_DATABASE_URI"].startswith("sqlite:///")
    assert found["SESSION_COOKIE_SECURE"] is False
    assert found["SECOND_FACTOR"] == "optional"


@pytest.mark.parametrize("url", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"])
def test_postgresql_always_means_the_same_driver(url: str) -> None:
    assert database_url(url) == "postgresql+psycopg://u@h/d"
