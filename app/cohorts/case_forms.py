"""What somebody sends who lets their case be told."""

from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.forms import Form, plain

WORDS_LIMIT = 600


class CaseForm(Form):
    """The consent, which nothing goes without, and words that may stay empty."""

    words = TextAreaField(
        "In your words, if you like",
        filters=[plain],
        validators=[Length(max=WORDS_LIMIT, message="Keep it to 600 characters.")],
    )
    agreed = BooleanField(validators=[InputRequired("Tick it if your case may be told; nothing is kept without it.")])
