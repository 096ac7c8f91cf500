"""The shape of a cohort as its trainer writes it, and of the small forms on the desk."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from wtforms import BooleanField, EmailField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.cohorts.cohort_facts import Facts
from app.cohorts.forms import lower, mailable
from app.cohorts.trainer_fields import count, day, line, wall, words, zone
from app.forms import Form, plain
from course.local_time import NoSuchTime, instant, wall_of, zones
from course.own_text import MOST, links_in
from course.signup import OFFER_HOURS
from course.typed import MARKS, Unclear, amount_typed

LATE = {"none": "Nobody new", "onward": "From now on", "shifted": "Catching up"}
PACES = {"open": "All open", "weekly": "Weekly", "dates": "By date"}
WORDS = ("name", "promise", "about", "trainer_line", "meetings", "rhythm")
# Words that stand in the addresses of the desk itself.
TAKEN_WORDS = frozenset({"new"})


class AddressForm(Form):
    """The last part of a cohort's address; it stays, since people share it."""

    slug = StringField(
        "Address",
        filters=[plain, lower],
        validators=[
            DataRequired("The page needs an address."),
            Regexp(r"^[a-z0-9]+(-[a-z0-9]+)*$", message="Use small letters, figures and single hyphens."),
        ],
    )

    def validate_slug(self, field: StringField) -> None:
        if len(field.data or "") > 64 or field.data in TAKEN_WORDS:
            raise ValidationError("Choose another one, of 64 characters at most.")


class CohortForm(Form):
    """Everything said about a cohort.

    `days` maps a module's folder, or a lesson's id, to the name of the field of its day; `outline` has those names in
    the course's order: a module's, and its lessons'.
    """

    days: Mapping[str, str] = {}
    outline: tuple[tuple[str, tuple[str, ...]], ...] = ()

    name = line("Name", most=80, missing="The cohort needs a name.")
    promise = words("What they will have at the end", most=400, missing="Say what people come for.")
    about = words("In your own words", most=MOST)
    asked = HiddenField()
    links = SelectMultipleField(
        "Which of these addresses may be links?",
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    trainer_line = line("Trainer, in one line", most=200, missing="Say who you are.")
    time_zone = zone("Time zone")
    starts_on = day("First day", missing="Choose the first day.")
    ends_on = day("Last day", missing="Choose the last day.")
    meetings = line("Meetings, in words", most=200, missing="Say when you meet.")
    rhythm = line("Each week, in words", most=200, missing="Say what a week asks of people.")
    opens_at = wall("Sign-up opens", missing="Choose when sign-up opens.")
    closes_at = wall("Sign-up closes", missing="Choose when sign-up closes.")
    capacity = count("Seats", least=1, most=1_000)
    price = StringField("Price", filters=[plain])
    currency = SelectField("Currency", choices={code: code for code in MARKS}, validate_choice=False)
    offer_hours = count("Hours that an offered seat is held", least=1, most=336)
    late = RadioField("Late joiners", choices=LATE, default="none", validate_choice=False)
    pace = RadioField("Lessons open", choices=PACES, default="weekly", validate_choice=False)
    next_id = SelectField("Next cohort", validate_choice=False)
    version = HiddenField()

    def __init__(self, *args: Any, after: Mapping[str, tuple[str, date]] | None = None, **given: Any) -> None:
        """`after`: the cohorts that may come next, by id: their names and first days."""
        super().__init__(*args, **given)
        self.after = after or {}
        self.next_id.choices = {"": "None", **{id: name for id, (name, _) in self.after.items()}}
        found = links_in(self.about.data or "")
        self.links.choices = {link: link for link in found}
        self.fresh = digest_of(found)
        self.instants: dict[str, datetime] = {}
        self.minor = 0

    def validate_links(self, field: SelectMultipleField) -> None:
        """Addresses in the text become links only after the trainer has seen them listed."""
        if field.choices and self.asked.data != self.fresh:
            raise ValidationError("Tick those that shall be links; the others stay words. Then save again.")

    def validate_ends_on(self, field: Any) -> None:
        if self.starts_on.data and field.data and field.data < self.starts_on.data:
            raise ValidationError("The last day is before the first one.")

    def validate_opens_at(self, field: Any) -> None:
        self.read_instant(field)

    def validate_closes_at(self, field: Any) -> None:
        self.read_instant(field)
        opens, closes = self.instants.get("opens_at"), self.instants.get("closes_at")
        if opens and closes and closes <= opens:
            raise ValidationError("Sign-up closes before it opens.")

    def read_instant(self, field: Any) -> None:
        if field.data is None or self.time_zone.data not in zones():
            return
        try:
            self.instants[field.short_name] = instant(field.data, self.time_zone.data)
        except NoSuchTime as wrong:
            raise ValidationError(str(wrong)) from None

    def validate_price(self, field: StringField) -> None:
        try:
            self.minor = (
                amount_typed(field.data, self.currency.data) if field.data and self.currency.data in MARKS else 0
            )
        except Unclear as wrong:
            raise ValidationError(str(wrong)) from None

    def validate_currency(self, field: SelectField) -> None:
        if field.data not in MARKS:
            raise ValidationError("Choose a currency from the list.")

    def validate_late(self, field: RadioField) -> None:
        if field.data not in LATE:
            raise ValidationError("Choose one of the three.")

    def validate_pace(self, field: RadioField) -> None:
        if field.data not in PACES:
            raise ValidationError("Choose one of the three.")

    def validate_next_id(self, field: SelectField) -> None:
        if not field.data:
            return
        if field.data not in self.after:
            raise ValidationError("Choose one of your own cohorts.")
        if self.starts_on.data and self.after[field.data][1] <= self.starts_on.data:
            raise ValidationError("The next cohort starts later than this one. Choose one that does.")

    def says_any(self, names: Sequence[str]) -> bool:
        """Whether there is something to see in these fields: a day, or what is wrong with one."""
        return any(self[name].data or self[name].errors for name in names)

    def facts(self) -> Facts:
        """What was typed, once it is sound."""
        days = {what: self[name].data for what, name in self.days.items()}
        typed: dict[str, Any] = {name: self[name].data or "" for name in WORDS}
        typed |= {name: self[name].data for name in ("time_zone", "starts_on", "ends_on", "capacity", "currency")}
        return Facts(
            **typed,
            opens_at=self.instants["opens_at"],
            closes_at=self.instants["closes_at"],
            links=tuple(link for link in links_in(typed["about"]) if link in (self.links.data or ())),
            price=self.minor,
            offer_hours=self.offer_hours.data or OFFER_HOURS,
            late_joiners=self.late.data != "none",
            late_pace="onward" if self.late.data == "none" else self.late.data,
            pace=self.pace.data,
            opens_on={what: opens for what, opens in days.items() if opens},
            next_id=int(self.next_id.data) if self.next_id.data else None,
        )


class NewCohortForm(AddressForm, CohortForm):
    """A cohort that isn't there yet."""


class DuplicateForm(AddressForm):
    """The same cohort from another day on."""

    name = line("Name", most=80, missing="The cohort needs a name.")
    starts_on = day("First day", missing="Choose the first day of the new one.")

    def days_from(self, first: date) -> int:
        """How many days later it begins, once the form is sound."""
        return (self.starts_on.data - first).days if self.starts_on.data else 0


class TrainerForm(Form):
    """A trainer to run the cohort together with."""

    email = EmailField(
        "E-mail of a trainer", filters=[plain, lower], validators=[DataRequired("Write the address."), mailable]
    )


class SureForm(Form):
    """A button whose effect is said beside it, and ticked."""

    sure = BooleanField("I have read what it does", validators=[DataRequired("Tick it if that is what you want.")])


# A module or a lesson: what it is known by, and how it is called.
Part = tuple[str, str]


@cache
def with_days(base: type[CohortForm], modules: tuple[tuple[Part, tuple[Part, ...]], ...]) -> type[CohortForm]:
    """The form with a day for each module of the course, and one for each of its lessons."""
    fields: dict[str, Any] = {}
    days: dict[str, str] = {}
    outline: list[tuple[str, tuple[str, ...]]] = []
    for place, (module, lessons) in enumerate(modules, start=1):
        parts = {f"day_{place}": module, **{f"day_{place}_{n}": lesson for n, lesson in enumerate(lessons, start=1)}}
        fields |= {name: day(title) for name, (_, title) in parts.items()}
        days |= {what: name for name, (what, _) in parts.items()}
        first, *rest = parts
        outline.append((first, tuple(rest)))
    named = {**fields, "days": days, "outline": tuple(outline)}
    made: type[CohortForm] = type(f"{base.__name__}WithDays", (base,), named)
    return made


def as_typed(facts: Facts, form: type[CohortForm]) -> dict[str, Any]:
    """A cohort's facts as its form shows them."""
    return {
        **{name: getattr(facts, name) for name in vars(facts) if name not in {"opens_on", "next_id", "links"}},
        "opens_at": wall_of(facts.opens_at, facts.time_zone),
        "closes_at": wall_of(facts.closes_at, facts.time_zone),
        "price": f"{Decimal(facts.price).scaleb(-2):.2f}".removesuffix(".00") if facts.price else "",
        "late": facts.late_pace if facts.late_joiners else "none",
        "links": list(facts.links),
        "asked": digest_of(links_in(facts.about)),
        "next_id": str(facts.next_id or ""),
        **{form.days[what]: opens for what, opens in facts.opens_on.items() if what in form.days},
    }


def digest_of(links: Sequence[str]) -> str:
    """What tells one list of addresses from another."""
    return hashlib.sha256("\n".join(links).encode()).hexdigest()[:16] if links else ""
