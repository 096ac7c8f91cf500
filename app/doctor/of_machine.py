"""The machine: settings, room, clock, lessons."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app import clock, content
from app.doctor.finding import Finding, Findings, look, well, wrong
from app.operator.readiness_queries import data_folder, free_bytes

# Before this release was written no clock was right.
WRITTEN = datetime(2026, 11, 1, tzinfo=UTC)


def settings(config: Mapping[str, Any]) -> Findings:
    """What production refuses has been refused by now; this is what it can't know."""
    if config["ENV"] != "production":
        mend = "On a machine that people reach, set CONNECT_ENV=production; it names what is missing."
        yield look(f"CONNECT_ENV is {config['ENV']}: keys and hosts are a developer's.", mend)
        return
    key = config["SECRET_KEY"]
    if len(set(key)) < 12:
        make = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        yield wrong("SECRET_KEY is long and easily guessed.", f"Make a random one (it signs everybody out): {make}")
    else:
        yield well("SECRET_KEY is long and varied.")
    host = config["BASE_URL"].removeprefix("https://").partition("/")[0].partition(":")[0]
    if host not in config["TRUSTED_HOSTS"] and f".{host.partition('.')[2]}" not in config["TRUSTED_HOSTS"]:
        yield wrong(
            f"Links in mails lead to {host}, and TRUSTED_HOSTS doesn't name it.", f"Add {host} to TRUSTED_HOSTS."
        )
    else:
        yield well(f"Mails lead to {host}, and this installation answers for it.")
    yield proxies(config["PROXIES"])


def proxies(count: int) -> Finding:
    if count:
        return well(f"PROXIES is {count}: the last {count} addresses of X-Forwarded-For are believed.")
    mend = "Behind nginx or Caddy set PROXIES=1: else all visitors share one address and one limit of tries."
    return look("PROXIES is 0: visitors are known by the address that connects.", mend)


def disk(least: int) -> Finding:
    """`least` in MB, as DISK_LIMIT says it."""
    free = free_bytes() // 1_000_000
    if free < least:
        mend = f"Make room: at less than DISK_LIMIT ({least} MB) this installation calls itself not ready."
        return wrong(f"{free} MB are free at {data_folder()}.", mend)
    return well(f"{free} MB are free at {data_folder()}.")


def time() -> Findings:
    try:
        ZoneInfo("Australia/Lord_Howe")
        yield well("The world's time zones are known.")
    except ZoneInfoNotFoundError:
        yield wrong("There is no time zone data.", "pip install -r requirements.txt (it has tzdata)")
    if clock.now() < WRITTEN:
        yield wrong(f"This machine's clock says {clock.now():%Y-%m-%d %H:%M} UTC.", "timedatectl set-ntp true")
    else:
        yield well(f"The clock says {clock.now():%Y-%m-%d %H:%M} UTC.")


def lessons() -> Findings:
    found = content.library()
    for fault in found.faults:
        yield wrong(f"A lesson has a fault; its last good text is served: {fault}", "Mend it: python -m course check")
    if not found.faults:
        yield well(f"{len(found.lessons)} lessons, and nothing wrong with them.")


def instance_folder(folder: Path) -> Findings:
    if folder.is_dir() and not os.access(folder, os.W_OK):
        yield wrong(f"{folder} can't be written to.", f"chown it to whoever runs this: chown -R connect: {folder}")
