"""What a learner sends to the log: shape and limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from app.forms import Form, one_line, plain
from app.practice.facts import Facts, alias_among
from app.practice.fields import (
    CountField,
    DayField,
    FromTheList,
    Needed,
    a_day,
    alias_text,
    only_an_alias,
    whole,
    within_a_day,
)
from course.practice import CHANNELS, LINES, SIGNS, Promise, Rubric
from course.wording import WEEKDAYS

FURTHEST_BACK = timedelta(days=731)
FURTHEST_AHEAD = timedelta(days=731)
USUAL_MINUTES = (5, 10, 20, 40, 60)
SOMEONE_ELSE, ALONE, OTHER = "other", "alone", "other"
Choices = Mapping[str, str]


class LastTime(NamedTuple):
    """How the last entry with somebody was: the channel, who began, the minutes, and its day in words."""

    channel: str
    began: str
    minutes: int
    day: str


@dataclass(frozen=True)
class Offered:
    """What the form offers one learner on a day: their people, the few on the strip, open promises, exercises.

    `last` is how it was the last time with those on the strip.
    """

    today: date
    people: Mapping[int, str] = field(default_factory=dict)
    strip: Sequence[int] = ()
    promises: Sequence[Promise] = ()
    exercises: Mapping[str, Choices] = field(default_factory=dict)
    last: Mapping[int, LastTime] = field(default_factory=dict)


def coming_days(today: date) -> Choices:
    """Tomorrow, and the first Friday and Monday after it, the soonest first."""
    tomorrow = today + timedelta(days=1)
    friday, monday = (tomorrow + timedelta(days=1 + (weekday - tomorrow.weekday() - 1) % 7) for weekday in (4, 0))
    later = sorted((friday, monday))
    named = {day.isoformat(): f"{WEEKDAYS[day.weekday()][:3]}\u00a0{day.day}" for day in later}
    return {tomorrow.isoformat(): "Tomorrow", **named}


def rated(line: int) -> RadioField:
    anchors = {str(points): words for points, words in enumerate(LINES[line].anchors)}
    needed = Needed(f"{LINES[line].name}: choose 0, 1 or 2.")
    return RadioField(LINES[line].name, choices=anchors, validate_choice=False, validators=[needed])


class Button(Form):
    """Nothing but a press."""


class EntryForm(Form):
    """One entry of the log, new or as a correction."""

    who = RadioField("Who", validate_choice=False)
    alias = StringField("Someone else", filters=[alias_text], validators=[only_an_alias])
    channel = RadioField(
        "How", choices=dict(CHANNELS), validate_choice=False, validators=[Needed("Choose how you were in touch.")]
    )
    began = RadioField(
        "Who began",
        choices={"me": "I did", "them": "They did"},
        validate_choice=False,
        validators=[Needed("Choose who began.")],
    )
    minutes = RadioField("Minutes", validate_choice=False)
    minutes_other = CountField("How many minutes")
    personal, two_way, about_them, value, next_step = map(rated, range(5))
    step = StringField(
        "What happens next, and who does it",
        filters=[plain],
        validators=[one_line, Length(max=140, message="Keep the next step to 140 characters.")],
    )
    step_by = RadioField("By", validate_choice=False)
    step_due = DayField("By which day")
    day = DayField("Day")
    exercise = SelectField("For an exercise", default="", validate_choice=False)
    promise = StringField(
        "Something you said you would do",
        filters=[plain],
        validators=[one_line, Length(max=140, message="Keep the promise to 140 characters.")],
    )
    promise_due = DayField("By which day")
    kept = SelectMultipleField("Promises you kept with this", validate_choice=False)
    sign = RadioField(
        "They",
        choices={"": "None of these", **SIGNS},
        default="",
        validate_choice=False,
        validators=[FromTheList("Choose one of these, or none.")],
    )
    note = TextAreaField(
        "Note", filters=[plain], validators=[Length(max=280, message="A note holds 280 characters; shorten it to fit.")]
    )

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered

    def lay_out(self) -> None:
        """Set out for a page what is offered: a post is checked without it."""
        offered = self.offered
        # Whoever was picked stays in sight, though the strip has changed since.
        picked = (self.person,) if self.who.data and self.person else ()
        ids = tuple(dict.fromkeys((*offered.strip, *picked)))
        strip = {str(id): offered.people[id] for id in ids}
        named = "Someone else" if strip else "Somebody"
        if not strip:
            self.alias.label.text = "Alias"
        self.who.choices = {**strip, SOMEONE_ELSE: named, ALONE: "On my own"}
        self.minutes.choices = {**{str(n): str(n) for n in USUAL_MINUTES}, OTHER: "Other"}
        self.step_by.choices = {**coming_days(offered.today), OTHER: "Other"}
        self.exercise.choices = {"": "None", **offered.exercises}
        self.kept.choices = {str(promise.id): promise.text for promise in offered.promises if promise.person in ids}

    @property
    def alone(self) -> bool:
        """Whether it was an exercise at the desk, with nobody."""
        return bool(self.who.data == ALONE)

    @property
    def person(self) -> int | None:
        """The id of whom it was with, picked or typed; None for somebody new, or nobody."""
        if self.who.data in (None, "", SOMEONE_ELSE):
            return alias_among(self.offered.people, self.alias.data or "")
        return next((id for id in self.offered.people if str(id) == self.who.data), None)

    @property
    def named(self) -> str:
        """The alias of whom it was with; empty for nobody."""
        return "" if self.alone else self.offered.people.get(self.person or 0, self.alias.data or "")

    @property
    def spent(self) -> int | None:
        """The minutes that were picked or typed."""
        if self.minutes.data in (None, "", OTHER):
            return self.minutes_other.data
        return whole(self.minutes.data)

    @property
    def as_last(self) -> str:
        """The day whose entry the form begins like; empty where it says otherwise by now."""
        last = self.offered.last.get(self.person or 0)
        same = last and (self.channel.data, self.began.data, self.spent) == (last.channel, last.began, last.minutes)
        return last.day if last and same else ""

    @property
    def step_on(self) -> date | None:
        """The day by which the next step happens."""
        if self.step_by.data in (None, "", OTHER):
            return self.step_due.data
        return a_day(self.step_by.data)

    @property
    def on(self) -> date:
        """The day it happened: today unless another was given."""
        return self.day.data or self.offered.today

    def validate_who(self, field: Any) -> None:
        if self.alone:
            if self.alias.data:
                raise ValidationError("You chose “On my own” and named somebody. Which was it?")
        elif field.data in (None, "", SOMEONE_ELSE):
            if not self.alias.data:
                raise ValidationError("Say who it was with: pick somebody, or write an alias.")
        elif self.person is None:
            raise ValidationError("That person is not on your list. Pick another, or write an alias.")
        elif self.alias.data and self.alias.data.casefold() != self.offered.people[self.person].casefold():
            raise ValidationError(
                f"You picked {self.offered.people[self.person]} and wrote another alias. Which is it?"
            )

    def validate_minutes(self, field: Any) -> None:
        if field.data in (None, "", OTHER):
            if self.minutes_other.data is None and not self.minutes_other.process_errors:
                raise ValidationError("Say how many minutes it took. 0 is an answer too.")
        else:
            within_a_day(whole(field.data))

    def validate_minutes_other(self, field: Any) -> None:
        if field.data is None:
            return
        within_a_day(field.data)
        if self.minutes.data not in (None, "", OTHER, str(field.data)):
            raise ValidationError(f"You picked {self.minutes.data} minutes and wrote {field.data}. Which is it?")

    def validate_step_by(self, field: Any) -> None:
        if field.data not in (None, "", OTHER) and a_day(field.data) is None:
            raise ValidationError("Choose the day again.")
        if field.data not in (None, "", OTHER) and self.step_due.data not in (None, a_day(field.data)):
            raise ValidationError("You picked one day and wrote another. Which is it?")
        if field.data == OTHER and self.step_due.data is None and not self.step_due.process_errors:
            raise ValidationError("Write the other day, or pick one.")

    def validate_step_due(self, field: Any) -> None:
        self.ahead(field.data or self.step_on)

    def validate_step(self, field: Any) -> None:
        if not field.data and self.step_on:
            raise ValidationError("Say what happens by that day, or take the day away.")

    def validate_day(self, field: Any) -> None:
        if field.data is None:
            return
        if field.data > self.offered.today:
            raise ValidationError("That day is still to come. An entry tells what has happened.")
        if field.data < self.offered.today - FURTHEST_BACK:
            raise ValidationError("The log goes back two years, and no further.")

    def validate_exercise(self, field: Any) -> None:
        if field.data and not any(field.data in lessons for lessons in self.offered.exercises.values()):
            raise ValidationError("Choose an exercise from the list, or none.")

    def validate_promise(self, field: Any) -> None:
        if field.data and self.alone:
            raise ValidationError("On your own there is nobody to promise it to. Pick who it was with, or clear it.")
        if self.promise_due.data and not field.data:
            raise ValidationError("Say what you promised for that day, or take the day away.")

    def validate_promise_due(self, field: Any) -> None:
        if self.promise.data and field.data is None and not field.errors:
            raise ValidationError("A promise has a day. By when will it be done?")
        self.ahead(field.data)

    def validate_kept(self, field: Any) -> None:
        theirs = {str(p.id): p for p in self.offered.promises if p.person == self.person}
        if any(id not in theirs for id in field.data or ()):
            raise ValidationError("Tick only promises to the person of this entry that are still open.")
        if any(theirs[id].made > self.on for id in field.data or ()):
            raise ValidationError("That promise was made after the day of this entry.")

    def ahead(self, day: date | None) -> None:
        """A day that can be promised for."""
        if day is not None and day < self.on:
            raise ValidationError("That is before the day of the entry. Choose that day or a later one.")
        if day is not None and day > self.offered.today + FURTHEST_AHEAD:
            raise ValidationError("Choose a day within the coming two years; sooner is better.")

    @property
    def rubric(self) -> Rubric | None:
        """The five lines; None for what was done alone."""
        return None if self.alone else Rubric(*(int(self[line.key].data) for line in LINES))

    @property
    def facts(self) -> Facts:
        """What a sound form says."""
        assert self.spent is not None
        with_someone = not self.alone
        return Facts(
            day=self.on,
            minutes=self.spent,
            person=self.person if with_someone else None,
            alias=(self.alias.data or "") if with_someone and self.person is None else "",
            exercise=self.exercise.data or None,
            channel=self.channel.data if with_someone else None,
            began=self.began.data if with_someone else None,
            rubric=self.rubric,
            step=self.step.data or "",
            step_due=self.step_on,
            sign=(self.sign.data or None) if with_someone else None,
            note=self.note.data or "",
            promise=self.promise.data or "",
            promise_due=self.promise_due.data,
            kept=tuple(int(id) for id in self.kept.data or ()),
        )
