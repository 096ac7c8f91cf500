"""What somebody decides about the data that is kept about them."""

from app.db import db
from app.models import Person


def keep_notes_for(person: Person, months: int) -> None:
    """Keep the words of the person's entries for so many months; never longer than the installation does."""
    person.note_months = months
    db.session.flush()
