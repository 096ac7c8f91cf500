"""What a learner sends about their people: shape and limits."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from app.forms import Form
from app.practice.facts import Tending, alias_among
from app.practice.fields import CountField, DayField, FromTheList, alias_text, only_an_alias
from course.cadence import CADENCES

SEATS = range(1, 11)
LONGEST_RHYTHM = 1000
EARLIEST = date(1930, 1, 1)
LAYERS = {"core": "Core, every 30 days", "active": "Active, every 90", "network": "Network, once a year"}


class TendForm(Form):
    """Somebody to tend: new, or as they are tended now.

    `aliases` are the learner's people by id, `seated` who sits where; `own` is the id of the one who is changed.
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

    def __init__(
        self,
        *args: Any,
        today: date,
        aliases: Mapping[int, str],
        seated: Mapping[int, int],
        own: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.aliases, self.own = today, aliases, own
        free = [seat for seat in SEATS if seated.get(seat, own) == own]
        self.seat.choices = {"": "No seat", **{str(seat): f"Seat {seat}" for seat in free}}

    def validate_alias(self, field: Any) -> None:
        if alias_among(self.aliases, field.data or "") not in (None, self.own):
            raise ValidationError("Somebody on your list has this alias already. Add a mark that tells them apart.")

    def validate_cadence(self, field: Any) -> None:
        if field.data is not None and not 1 <= field.data <= LONGEST_RHYTHM:
            raise ValidationError(f"A rhythm is between 1 and {LONGEST_RHYTHM} days.")

    def validate_known_since(self, field: Any) -> None:
        if field.data and not EARLIEST <= field.data <= self.today:
            raise ValidationError("Give a day in the past, as far as you remember it.")

    @property
    def tending(self) -> Tending:
        """What a sound form says; without a number of days it is the layer's own."""
        return Tending(
            alias=self.alias.data or "",
            layer=self.layer.data,
            tau=self.cadence.data or CADENCES[self.layer.data],
            seat=int(self.seat.data) if self.seat.data else None,
            known_since=self.known_since.data or self.today,
        )


class PromiseForm(Form):
    """What became of a promise."""

    outcome = RadioField("What became of it", choices={"kept": "Kept", "dropped": "Didn’t", "open": "Still open"})
