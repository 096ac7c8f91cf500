"""Fields of a trainer's forms: days, times on the wall, counts and words, each with its own words for a fault."""

from datetime import date, datetime
from functools import cache
from typing import Any

from wtforms import DateField, DateTimeLocalField, Field, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from app.cohorts.forms import fitting
from app.forms import Form, plain
from course.local_time import zones

REGIONS = frozenset({"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"})
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


class DayField(DateField):
    """A day, as browsers send it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Write the day as year, month and day: 2026-12-31.") from None


class WallField(DateTimeLocalField):
    """A time on the wall; which clocks hang there, the form knows."""

    def __init__(self, label: str, **given: Any) -> None:
        super().__init__(label, format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **given)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Write day and time: 2026-12-31 19:00.") from None


class WholeField(IntegerField):
    """A whole number."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Type a whole number in figures.") from None


def line(label: str, *, most: int, missing: str = "") -> StringField:
    """One line of words; `missing` is said where there are none, and "" where there may be none."""
    needed = [DataRequired(missing)] if missing else []
    limit = Length(max=most, message=f"Keep it to {most} characters.")
    return StringField(label, filters=[plain], validators=[*needed, limit, fitting])


def words(label: str, *, most: int, missing: str = "") -> TextAreaField:
    """Words of several lines."""
    needed = [DataRequired(missing)] if missing else []
    return TextAreaField(
        label, filters=[plain], validators=[*needed, Length(max=most, message=f"Keep it to {most} characters.")]
    )


def count(label: str, *, least: int, most: int) -> WholeField:
    """A whole number within bounds."""
    said = f"Type a number from {least} to {most}."
    return WholeField(label, validators=[InputRequired(said), NumberRange(least, most, message=said)])


def in_our_time(form: Form, field: Field) -> None:
    """A day that calendars reach."""
    day = field.data.date() if isinstance(field.data, datetime) else field.data
    if day is not None and not EARLIEST <= day <= LATEST:
        raise ValidationError("Choose a day of this century.")


def day(label: str, *, missing: str = "") -> DayField:
    return DayField(label, validators=[InputRequired(missing) if missing else Optional(), in_our_time])


def wall(label: str, *, missing: str) -> WallField:
    return WallField(label, validators=[InputRequired(missing), in_our_time])


def zone(label: str) -> SelectField:
    """A time zone. One that doesn't exist is told of, though no list offers it."""
    return SelectField(label, choices=by_region(), validate_choice=False, validators=[exists])


def exists(form: Form, field: Field) -> None:
    if field.data not in zones():
        raise ValidationError(f"There is no time zone “{str(field.data)[:40]}”. Choose one from the list.")


@cache
def by_region() -> dict[str, dict[str, str]]:
    """The zones that are named after a place, by region, each with its words."""
    grouped: dict[str, dict[str, str]] = {region: {} for region in sorted(REGIONS)}
    for name in sorted(zones()):
        region, _, place = name.partition("/")
        if region in grouped:
            grouped[region][name] = place.replace("_", " ").replace("/", ", ")
    return {**grouped, "No place": {"UTC": "UTC"}}
