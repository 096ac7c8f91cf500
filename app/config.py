"""Every setting, its default, and what production refuses.

A setting is read from the environment variable of its name. CONNECT_ENV is `development` (the default),
`testing` or `production`.
"""

import ipaddress
import os
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT_KEY = "known to everybody: for development only"
KNOWN_KEYS = {DEVELOPMENT_KEY, "dev", "secret", "changeme", "change me"}


class Refused(click.ClickException):
    """The settings are not safe to start with; the message says which and how to mend it.

    A flask command prints it as a sentence instead of a traceback.
    """


# What one request may bring, and how long a browser may keep what it got.
LIMITS: dict[str, Any] = {
    "MAX_CONTENT_LENGTH": 1_000_000,
    "MAX_FORM_MEMORY_SIZE": 500_000,
    "MAX_FORM_PARTS": 500,
    # Idle limit: the signed cookie's own age, so that reading a page need not write a row.
    "PERMANENT_SESSION_LIFETIME": timedelta(days=14),
    # Absolute limit: the session row's.
    "SESSION_DAYS": 60,
    # A form left open overnight is still good in the morning; the session is what expires.
    "WTF_CSRF_TIME_LIMIT": None,
    # Static files carry their content's hash in the address.
    "SEND_FILE_MAX_AGE_DEFAULT": timedelta(days=365),
}


def settings(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The application's settings. Raises Refused in production for a weak key, debug or a missing address."""
    env = environ.get("CONNECT_ENV", "development")
    if env not in {"development", "testing", "production"}:
        raise Refused(f"CONNECT_ENV is {env!r}: use development, testing or production.")
    production = env == "production"
    # Links in mails are made from this, never from what a request calls itself.
    base_url = environ.get("BASE_URL", "" if production else "http://127.0.0.1:8000").rstrip("/")
    found = {
        "ENV": env,
        "BASE_URL": base_url,
        **of_machine(environ, production),
        **of_watch(environ, production),
        **of_cookies(production),
        **LIMITS,
    }
    if not 1 <= found["PROCESSES"] <= 64:
        raise Refused("PROCESSES is a number of processes from 1 to 64.")
    if found["SECOND_FACTOR"] not in {"required", "optional"}:
        raise Refused("SECOND_FACTOR is required or optional.")
    if production:
        refuse_weak(found)
    return found


def usual_processes() -> int:
    """One for each processor that we may use, four at most. One where forking isn't sure to work."""
    return min(4, len(os.sched_getaffinity(0))) if sys.platform == "linux" else 1


def of_machine(environ: Mapping[str, str], production: bool) -> dict[str, Any]:
    """Where things are on this machine, and what it is called."""
    return {
        "DEBUG": environ.get("FLASK_DEBUG", "") not in {"", "0"},
        "SECRET_KEY": environ.get("SECRET_KEY", "" if production else DEVELOPMENT_KEY),
        "SQLALCHEMY_DATABASE_URI": database_url(environ.get("DATABASE_URL", f"sqlite:///{ROOT}/instance/connect.db")),
        "TRUSTED_HOSTS": environ.get("TRUSTED_HOSTS", "" if production else "127.0.0.1,localhost,[::1]").split(","),
        # How many reverse proxies stand in front and may say who the visitor is.
        "PROXIES": int(environ.get("PROXIES", "0")),
        # How many processes answer; 0: as many as suit the machine.
        "PROCESSES": int(environ.get("PROCESSES", "0")) or usual_processes(),
        # Where `flask backup` saves; better on another disk.
        "BACKUPS": Path(environ.get("BACKUPS", ROOT / "instance" / "backups")),
        "LESSONS": Path(environ.get("LESSONS", ROOT / "lessons")),
        "MAIL_FROM": environ.get("MAIL_FROM", "course@example.org"),
        "MAIL_FOLDER": Path(environ.get("MAIL_FOLDER", ROOT / "instance" / "mail")),
        # Who was erased: a list outside the database, to be kept apart from its backups.
        "TOMBSTONES": Path(environ.get("TOMBSTONES", ROOT / "instance" / "tombstones")),
        # After how many months the words of an entry go; somebody may choose a shorter time.
        "NOTE_MONTHS": int(environ.get("NOTE_MONTHS", "24")),
        # host:port of the mail server; empty: mails become files in MAIL_FOLDER (development only).
        "SMTP": environ.get("SMTP", ""),
        # How the line to it is kept private: starttls, tls (from the first byte, often port 465), or none.
        "SMTP_SECURITY": environ.get("SMTP_SECURITY", "starttls" if production else "none"),
        # Empty where the server lets this machine in without.
        "SMTP_USER": environ.get("SMTP_USER", ""),
        "SMTP_PASSWORD": environ.get("SMTP_PASSWORD", ""),
        # Whether trainers and operators need a second factor before their pages open: required or optional.
        "SECOND_FACTOR": environ.get("SECOND_FACTOR", "required" if production else "optional"),
    }


def of_watch(environ: Mapping[str, str], production: bool) -> dict[str, Any]:
    """What an operator's watch reads, and when it is told that something is wrong."""
    return {
        # json: one object a line, for a machine to read. plain: for a developer's terminal.
        "LOGS": environ.get("LOGS", "json" if production else "plain"),
        # host:port where Prometheus may ask for figures: a closed address, never the public one. Empty: nowhere.
        "METRICS_ADDRESS": environ.get("METRICS_ADDRESS", ""),
        # When /readyz says no: a mail that has been due for so many seconds, less than so many MB free.
        "OUTBOX_LIMIT": int(environ.get("OUTBOX_LIMIT", "900")),
        "DISK_LIMIT": int(environ.get("DISK_LIMIT", "500")),
    }


def of_cookies(production: bool) -> dict[str, Any]:
    """The one cookie. Its name's prefix binds it to this host and to TLS."""
    return {
        "SESSION_COOKIE_NAME": "__Host-connect" if production else "connect",
        "SESSION_COOKIE_SECURE": production,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_SSL_STRICT": production,
    }


def refuse_weak(found: Mapping[str, Any]) -> None:
    """Raise Refused for a setting that production must not start with."""
    key = found["SECRET_KEY"]
    if len(key) < 32 or key.lower() in KNOWN_KEYS:
        raise Refused("SECRET_KEY is missing, short or known: set one of 32 characters or more, kept secret.")
    if not 1 <= found["NOTE_MONTHS"] <= 120:
        raise Refused("NOTE_MONTHS is a number of months from 1 to 120.")
    if found["DEBUG"]:
        raise Refused("FLASK_DEBUG is on: turn it off in production.")
    if not found["BASE_URL"].startswith("https://"):
        raise Refused("BASE_URL must be the public https:// address: links in mails are made from it.")
    if not any(found["TRUSTED_HOSTS"]):
        raise Refused("TRUSTED_HOSTS is empty: name the hosts that this installation answers for.")
    refuse_weak_mail(found)
    refuse_open_metrics(found["METRICS_ADDRESS"])


def refuse_open_metrics(address: str) -> None:
    """Raise Refused for an address that strangers could reach: figures tell who is attacked, and how well."""
    host, _, port = address.rpartition(":")
    try:
        named = ipaddress.ip_address(host.strip("[]")) if address else None
    except ValueError:
        named = ipaddress.IPv4Address(0)
    # An IPv4 address may be written as one of IPv6.
    where = getattr(named, "ipv4_mapped", None) or named
    if where is not None and (where.is_unspecified or not where.is_private or not port.isdecimal()):
        raise Refused("METRICS_ADDRESS must be a closed address and a port, for instance 127.0.0.1:9100.")


def refuse_weak_mail(found: Mapping[str, Any]) -> None:
    """Raise Refused for settings by which no mail would leave, or its password in the clear."""
    if not found["SMTP"]:
        raise Refused("SMTP is empty: name the mail server as host:port, or nobody can confirm an address.")
    if not found["SMTP"].rpartition(":")[2].isdecimal():
        raise Refused("SMTP names no port: write host:port, for instance mail.example.org:587.")
    if found["SMTP_SECURITY"] not in {"starttls", "tls", "none"}:
        raise Refused("SMTP_SECURITY is starttls, tls or none.")
    if found["SMTP_USER"] and found["SMTP_SECURITY"] == "none":
        raise Refused("SMTP_USER would send its password in the clear: set SMTP_SECURITY to starttls or tls.")


def database_url(url: str) -> str:
    """One driver for each engine: bare postgresql:// means different drivers in different SQLAlchemy versions."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url
