"""Fields of the practice forms, and what an alias may be."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import DateField, IntegerField
from wtforms.validators import StopValidation, ValidationError

from app.forms import plain

ALIAS_LIMIT = 40
LONGEST = 24 * 60

ADDRESS = re.compile(r"\S@\S|://|\bwww\.", re.IGNORECASE)
# Seven digits or more with nothing but the marks of a phone number between them.
PHONE = re.compile(r"\d(?:[\s()./+–-]*\d){6,}")


class DayField(DateField):
    """A calendar day; nothing typed is None."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        typed = "".join(valuelist).strip()
        self.data = None
        if not typed:
            return
        try:
            self.data = date.fromisoformat(typed)
        except ValueError:
            raise ValueError("That is not a day. Write it as year-month-day, 2026-11-24.") from None


class CountField(IntegerField):
    """A whole number; nothing typed is None."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        typed = "".join(valuelist).strip()
        self.data = None
        if not typed:
            return
        if not re.fullmatch(r"[-+−]?[0-9]{1,9}", typed):
            raise ValueError("Write a whole number in figures.")
        self.data = int(typed.replace("−", "-"))


class Needed:
    """Asked of every entry with a person; of one done alone whatever was sent is passed over."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        if form.alone:
            field.errors = []
            raise StopValidation()
        # A choice that isn't offered counts as none.
        if field.data not in field.choices:
            raise StopValidation(self.message)


class FromTheList:
    """One of the choices. The field itself would list them all to look, and its words are nobody's."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        if field.data not in field.choices:
            raise StopValidation(self.message)


def alias_text(value: str | None) -> str | None:
    """An alias in one line, without what can't be seen: two that look alike are alike."""
    if value is None:
        return None
    seen = "".join(char for char in unicodedata.normalize("NFC", plain(value) or "") if seen_as_text(char))
    return " ".join(seen.split()) if any(unicodedata.category(char)[0] not in "CZ" for char in seen) else ""


def seen_as_text(char: str) -> bool:
    """Whether a character shows, or joins two that do."""
    return char in "\n\t\u200d" or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}


def only_an_alias(form: Any, field: Any) -> None:
    """Initials or a nickname, nothing by which a stranger could reach them."""
    typed = field.data or ""
    if len(typed) > ALIAS_LIMIT:
        raise ValidationError(f"Keep the alias to {ALIAS_LIMIT} characters.")
    if ADDRESS.search(typed):
        raise ValidationError("An alias, not an address: initials or a nickname only you understand.")
    if PHONE.search(typed):
        raise ValidationError("An alias, not a phone number: initials or a nickname only you understand.")


def whole(typed: str) -> int | None:
    """A whole number of a few digits; None for anything else."""
    sign, digits = ("-", typed[1:]) if typed[:1] == "-" else ("", typed)
    return int(sign + digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def a_day(typed: str) -> date | None:
    """A calendar day; None for anything else."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def within_a_day(minutes: int | None) -> None:
    if minutes is None:
        raise ValidationError("Write the minutes as a whole number.")
    if not 0 <= minutes <= LONGEST:
        raise ValidationError(f"An entry takes between 0 and {LONGEST} minutes.")
