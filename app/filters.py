"""How values are printed: money, shares, days, in one style everywhere.

Thousands stand apart by a no-break space, minus is a minus, a share is a whole percent unless asked otherwise.
"""

import hashlib
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.numbers import get_currency_symbol
from flask import Flask, url_for
from flask_login import current_user

NBSP = "\u00a0"
MINUS = "\u2212"
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def number(value: Decimal | int | float | None, places: int = 0, *, sign: bool = False) -> str:
    """A number with its thousands apart, rounded half to even; an en dash for None."""
    if value is None:
        return "–"
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    digits = f"{abs(exact):,.{places}f}".replace(",", NBSP)
    if exact < 0:
        return MINUS + digits
    return "+" + digits if sign and exact > 0 else digits


def money(minor: int | Decimal | None, currency: str = "", places: int | None = None, *, sign: bool = False) -> str:
    """Minor units as an amount: cents shown only where there are any, or always with places=2."""
    if minor is None:
        return "–"
    amount = Decimal(minor) / 100
    if places is None:
        places = 0 if amount == amount.to_integral_value() else 2
    text = number(amount, places, sign=sign)
    symbol = get_currency_symbol(currency, locale="en") if currency else ""
    if not symbol:
        return text
    lead = text[0] if text[0] in f"{MINUS}+" else ""
    gap = NBSP if len(symbol) > 1 else ""
    return f"{lead}{symbol}{gap}{text.removeprefix(lead)}"


def percent(share: Decimal | float | None, places: int = 0, *, sign: bool = False) -> str:
    """A share 0…1 as a percentage."""
    return "–" if share is None else number(Decimal(str(share)) * 100, places, sign=sign) + NBSP + "%"


def spell(count: int) -> str:
    """A small count in words, as it stands in a sentence; figures past twelve."""
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else number(count)


def ordinal(count: int) -> str:
    """A place in line, in words up to the tenth."""
    if 0 < count < len(ORDINALS):
        return ORDINALS[count]
    suffix = "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{suffix}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """The noun as the count wants it."""
    return one if count == 1 else (many or one + "s")


def zone() -> ZoneInfo:
    """The reader's time zone; UTC for a visitor."""
    return ZoneInfo(current_user.person.time_zone) if current_user.is_authenticated else ZoneInfo("UTC")


def day(value: date | datetime | None, form: str = "long", tz: str | None = None) -> str:
    """A day: `long` 23 November 2026, `short` 23 Nov, `weekday` Monday 23 November. An instant is seen in the zone."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = value.astimezone(ZoneInfo(tz) if tz else zone()).date()
    forms = {"long": f"{value:%B} {value.year}", "short": f"{value:%b}", "weekday": f"{value:%B}", "month": ""}
    if form == "month":
        return f"{value:%B} {value.year}"
    lead = f"{value:%A} " if form == "weekday" else ""
    return f"{lead}{value.day}{NBSP}{forms[form]}"


def moment(value: datetime, tz: str | None = None) -> str:
    """An instant with its day and its minute, in the zone."""
    local = value.astimezone(ZoneInfo(tz) if tz else zone())
    return f"{local.day}{NBSP}{local:%B} {local.year}, {local:%H:%M}"


def iso(value: date | datetime) -> str:
    """For a time element: what a machine reads."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value.isoformat()


@cache
def fingerprint(path: str, _changed: int) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:10]


def init_app(app: Flask) -> None:
    def asset(filename: str) -> str:
        """The address of a static file, with its content's hash: it may be kept for a year."""
        path = Path(str(app.static_folder)) / filename
        return url_for("static", filename=filename, v=fingerprint(str(path), path.stat().st_mtime_ns))

    filters = (number, money, percent, spell, ordinal, plural, day, moment, iso)
    app.jinja_env.filters.update({chosen.__name__: chosen for chosen in filters})
    # A stat for each of a page's ten files took as long as the queries; a served file changes with a new process only.
    app.jinja_env.globals["asset"] = asset if app.config["ENV"] == "development" else cache(asset)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
