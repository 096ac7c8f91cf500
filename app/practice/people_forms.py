"""What a learner sends about their people: shape and limits."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from app.forms import Form
from app.practice.book import People
from app.practice.facts import Tending, alias_among
from app.practice.fields import CountField, DayField, FromTheList, alias_text, only_an_alias
from course.cadence import CADENCES
from course.referral import circle, introducers
from course.wording import dated

SEATS = range(1, 11)
LONGEST_RHYTHM = 1000
EARLIEST = date(1930, 1, 1)
LAYERS = {"core": "Core, every 30 days", "active": "Active, every 90", "network": "Network, once a year"}


class TendForm(Form):
    """Somebody to tend: new, or as they are tended now.

    `around` are the learner's people; `own` is the id of the one who is changed.
    """

    alias = StringField("Alias", filters=[alias_text], validators=[DataRequired("Write an alias."), only_an_alias])
    layer = RadioField("Rhythm", choices=LAYERS, default="core", validators=[InputRequired("Choose how often.")])
    cadence = CountField("Days between touches")
    seat = SelectField(
        "Seat",
        default="",
        validate_choice=False,
        validators=[FromTheList("That seat is not free. Choose another, or none.")],
    )
    known_since = DayField("Known since")
    introduced = StringField("Introduced by", filters=[alias_text])

    def __init__(
        self,
        *args: Any,
        today: date,
        around: People,
        own: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.around, self.own = today, around, own
        free = [seat for seat in SEATS if around.seated.get(seat, own) == own]
        self.seat.choices = {"": "No seat", **{str(seat): f"Seat {seat}" for seat in free}}

    def validate_alias(self, field: Any) -> None:
        found = alias_among(self.around.names, field.data or "")
        if found in (None, self.own):
            return
        if found in self.around.aliases:
            raise ValidationError("Somebody on your list has this alias already. Add a mark that tells them apart.")
        stands = self.around.by_alias_id[found].alias
        raise ValidationError(f"That alias is {stands}, with whom it was merged. Add a mark that tells them apart.")

    def validate_cadence(self, field: Any) -> None:
        if field.data is not None and not 1 <= field.data <= LONGEST_RHYTHM:
            raise ValidationError(f"A rhythm is between 1 and {LONGEST_RHYTHM} days.")

    def validate_known_since(self, field: Any) -> None:
        if field.data and not EARLIEST <= field.data <= self.today:
            raise ValidationError("Give a day in the past, as far as you remember it.")

    def validate_introduced(self, field: Any) -> None:
        if not field.data:
            return
        if self.introduced_by is None:
            raise ValidationError("Nobody on your list has this alias. Put them on the list first, then come back.")
        if self.own is None:
            return
        if self.introduced_by == self.own:
            raise ValidationError("Nobody introduces themselves. Write who brought them, or leave it empty.")
        ring = circle({self.own: self.introduced_by, **without(self.around.brought, self.own)})
        if ring:
            names = ring_in_words([self.around.aliases[id] for id in ring])
            raise ValidationError(f"That would be a circle: {names}. Take one of these out first.")

    @property
    def introduced_by(self) -> int | None:
        """The id of who brought them; None for nobody, or for an alias that is not on the list."""
        found = alias_among(self.around.names, self.introduced.data or "")
        return None if found is None else self.around.by_alias_id[found].id

    @property
    def tending(self) -> Tending:
        """What a sound form says; without a number of days it is the layer's own."""
        return Tending(
            alias=self.alias.data or "",
            layer=self.layer.data,
            tau=self.cadence.data or CADENCES[self.layer.data],
            seat=int(self.seat.data) if self.seat.data else None,
            known_since=self.known_since.data or self.today,
            introduced_by=self.introduced_by,
        )


class PromiseForm(Form):
    """What became of a promise, and on which day; no day is today. `made` is when it was made."""

    outcome = RadioField("What became of it", choices={"kept": "Kept", "dropped": "Didn’t", "open": "Still open"})
    day = DayField("On which day")
    back = HiddenField()

    def __init__(self, *args: Any, today: date, made: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.made = today, made

    def validate_day(self, field: Any) -> None:
        if field.errors or self.outcome.data == "open":
            return
        if self.made and self.on < self.made:
            raise ValidationError(f"You made this promise on {dated(self.made)}. Give that day or a later one.")
        if self.on > self.today:
            raise ValidationError("That day is still to come. Leave it empty for today.")

    @property
    def on(self) -> date:
        """The day it was decided."""
        return self.day.data or self.today


class MergeForm(Form):
    """Somebody under another alias, found by it. `around` are the learner's people, `own` the one who stays."""

    alias = StringField("The other alias", filters=[alias_text], validators=[DataRequired("Write the other alias.")])

    def __init__(self, *args: Any, around: People, own: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.around, self.own = around, own

    def look_up(self) -> None:
        """Say what is wrong with an alias that only the address gives."""
        self.alias.validate(self, (type(self).validate_alias,))

    @property
    def other(self) -> int:
        """The id of the other alias; 0, which is nobody's, if it is on no list."""
        return alias_among(self.around.names, self.alias.data or "") or 0

    def validate_alias(self, field: Any) -> None:
        if not self.other:
            raise ValidationError("Nobody on your list has this alias.")
        if self.around.by_alias_id[self.other].id == self.own:
            raise ValidationError("That is this person already.")
        if self.other not in self.around.aliases:
            stands = self.around.by_alias_id[self.other].alias
            raise ValidationError(f"That alias is part of {stands}. Merge with {stands} instead.")
        one = {self.other: self.own}
        ring = circle(introducers(self.around.brought, one))
        if ring:
            names = ring_in_words([self.around.aliases[id] for id in ring])
            raise ValidationError(f"As one person they would form a circle: {names}. Take an introduction out first.")


def ring_in_words(names: Sequence[str]) -> str:
    """Who would have brought whom: `Mill is brought by K-07, K-07 by Mill`."""
    pairs = list(zip(names, (*names[1:], names[0]), strict=True))
    first, *others = pairs
    return f"{first[0]} is brought by {first[1]}" + "".join(f", {who} by {by}" for who, by in others)


def without(brought: Mapping[int, int], person: int) -> dict[int, int]:
    """Who brought whom, but for this person."""
    return {one: by for one, by in brought.items() if one != person}
