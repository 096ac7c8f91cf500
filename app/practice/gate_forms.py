"""What a learner sends to the gate: shape and limits."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import ValidationError

from app.forms import Form
from app.practice.fields import CountField, DayField, whole
from app.practice.gate_facts import Counts, NewDelivery, NewTerms
from app.practice.ledger_forms import LedgerForm, Limits, figure, needed, read, words
from course.gate_facts import LAW
from course.typed import minutes_typed

MOST_LETTERS = 100_000
NOBODY = "Nobody on your list"
AS_PROMISED = {"yes": "Yes", "no": "Not quite"}
SAID = {
    "consent": "I may write to these people in this way. They asked for it, or the rules where they live allow it, and "
    "I have read them.",
    "opt_out": "Every letter says how to stop me in one word, and whoever does is never asked why.",
    "sender": "Every letter has my name and an address at which somebody answers.",
    "objections": "I keep a list of who said no, and look at it before every batch.",
}


class StatementForm(LedgerForm):
    """What the gate can't find in the log: how many, in which hours, at what cost, by which right.

    `seen` is the id of the statement it was filled with.
    """

    seen = HiddenField()
    batch = CountField("Letters in one batch")
    capacity = figure("Hours you keep free for one batch")
    reply = figure("Time for one answer")
    send = figure("Time for one letter")
    send_cost = figure("Cash for one letter")
    deal_margin = figure("Margin of one deal")
    consent = BooleanField(SAID["consent"])
    opt_out = BooleanField(SAID["opt_out"])
    sender = BooleanField(SAID["sender"])
    objections = BooleanField(SAID["objections"])

    def validate_batch(self, field: CountField) -> None:
        letters(field, "Type how many you mean to write to at once.")

    def validate_capacity(self, field: StringField) -> None:
        self.time(field, "Type the hours, such as 12 h.")

    def validate_reply(self, field: StringField) -> None:
        self.time(field, "Type how long one answer takes, such as 45 min.")

    def validate_send(self, field: StringField) -> None:
        self.time(field, "Type how long one letter takes, such as 6 min.")

    def validate_send_cost(self, field: StringField) -> None:
        self.meant[field.short_name] = self.money(field, missing="Type the cash that a letter takes, 0 for none.")

    def validate_deal_margin(self, field: StringField) -> None:
        self.meant[field.short_name] = self.money(field, missing="Type what stays of one deal after direct costs.")
        if self.meant[field.short_name] == 0:
            raise ValidationError("A deal that leaves nothing pays for no letter. Type what stays of it.")

    def time(self, field: StringField, missing: str) -> None:
        """A stretch of time of at least a minute."""
        minutes = read(field, minutes_typed)
        if not minutes:
            raise ValidationError(missing)
        self.meant[field.short_name] = minutes

    @property
    def seen_id(self) -> int | None:
        """The statement that was before the learner's eyes; None for none."""
        return whole(self.seen.data or "")

    def terms(self) -> NewTerms:
        """What was typed, once it is sound."""
        assert self.batch.data is not None
        return NewTerms(
            batch=self.batch.data,
            capacity_minutes=self.meant["capacity"],
            reply_minutes=self.meant["reply"],
            send_minutes=self.meant["send"],
            send_cost=self.meant["send_cost"],
            deal_margin=self.meant["deal_margin"],
            law=tuple(key for key in LAW if self[key].data),
        )


class DeliveryForm(LedgerForm):
    """Something promised that was delivered."""

    day = DayField("Day it was delivered")
    who = SelectField("To whom", validate_choice=False)
    what = words("What was delivered", "Say what it was, so that the line can be traced.")
    as_promised = RadioField("As promised, on its day", choices=AS_PROMISED, validate_choice=False)

    def __init__(self, limits: Limits, people: Sequence[tuple[int, str]], **given: Any) -> None:
        super().__init__(limits, **given)
        self.aliases = {"": NOBODY, **{str(id): alias for id, alias in people}}
        self.who.choices = self.aliases

    def validate_day(self, field: DayField) -> None:
        self.happened(field)

    def validate_who(self, field: SelectField) -> None:
        if (field.data or "") not in self.aliases:
            raise ValidationError("Choose somebody from your list, or nobody.")

    def validate_as_promised(self, field: RadioField) -> None:
        if field.data not in AS_PROMISED:
            raise ValidationError("Say whether it was what you had promised, by the day you had promised.")

    def delivery(self) -> NewDelivery:
        """What was typed, once it is sound."""
        assert self.day.data is not None
        return NewDelivery(
            day=self.day.data,
            what=self.what.data or "",
            as_promised=self.as_promised.data == "yes",
            relationship_id=int(self.who.data) if self.who.data else None,
        )


class BatchForm(LedgerForm):
    """A batch, written down before it goes. Whether it may go is the gate's to say."""

    day = DayField("Day the first letter goes")
    size = CountField("Letters")

    def validate_day(self, field: DayField) -> None:
        self.happened(field)

    def validate_size(self, field: CountField) -> None:
        letters(field, "Type how many letters go out.")


class CountsForm(Form):
    """What came back of a batch of so many letters."""

    replies = CountField("Replies of any kind", validators=[needed("Type how many replied, 0 for none.")])
    two_way = CountField("Of these, people who took part", validators=[needed("Type how many took part.")])
    answered_in_time = CountField(
        "Replies you answered within two working days", validators=[needed("Type how many heard from you in time.")]
    )
    complaints = CountField("Complaints", validators=[needed("Type how many complained, 0 for none.")])

    def __init__(self, size: int, **given: Any) -> None:
        self.batch_size = size
        super().__init__(**given)

    def validate_replies(self, field: CountField) -> None:
        self.at_most(field, self.batch_size, f"More replies than letters: {self.batch_size} went out.")

    def validate_two_way(self, field: CountField) -> None:
        self.at_most(field, self.replies.data, "More took part than replied.")

    def validate_answered_in_time(self, field: CountField) -> None:
        self.at_most(field, self.replies.data, "More were answered than replied.")

    def validate_complaints(self, field: CountField) -> None:
        self.at_most(field, self.batch_size, f"More complaints than letters: {self.batch_size} went out.")

    def at_most(self, field: CountField, most: int | None, message: str) -> None:
        if field.data is None:
            return
        if field.data < 0:
            raise ValidationError("A count is not below nought.")
        if most is not None and field.data > most:
            raise ValidationError(message)

    def counts(self) -> Counts:
        """What was typed, once it is sound."""
        return Counts(**{name: self[name].data for name in Counts.__dataclass_fields__})


def letters(field: CountField, missing: str) -> None:
    """A number of letters: one at least, and no more than anybody should send."""
    if field.data is None:
        if not field.errors:
            raise ValidationError(missing)
    elif not 1 <= field.data <= MOST_LETTERS:
        raise ValidationError(f"Type a number from 1 to {MOST_LETTERS:,}.".replace(",", "\u00a0"))
