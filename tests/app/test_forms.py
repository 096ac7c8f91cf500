"""What the base form adds to every form."""

from typing import Any

from wtforms import SelectField
from wtforms.fields import SelectChoice
from wtforms.widgets import Select

from app.forms import Form


class Choosing(Form):
    plain = SelectField(choices={"a": "Words", "b": "", "c": '"><script>'}, default="b")
    grouped = SelectField(
        choices=[SelectChoice("Europe/Paris", "Paris & around", optgroup="Europe"), SelectChoice("x")]
    )
    marked = SelectField(choices=[SelectChoice("off", "Not now", render_kw={"disabled": True})])


def test_options_are_what_wtforms_would_write(migrated: Any) -> None:
    with migrated.test_request_context():
        form = Choosing()
        for field in (form.plain, form.grouped, form.marked):
            assert field(**{"aria-describedby": "help"}) == Select()(field, **{"aria-describedby": "help"})
        assert "<option selected" in form.plain()


def test_words_of_an_option_stay_words(migrated: Any) -> None:
    with migrated.test_request_context():
        assert "<script>" not in Choosing().plain()
