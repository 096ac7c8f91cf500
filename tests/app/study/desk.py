"""The lesson that these tests work on, and what they look at."""

from typing import Any

from sqlalchemy import select

from app.db import db

URL = "/course/contact-or-connect"
FILE = "01-first/02-contact.md"
SURE = {"text": "Contacting: nobody answered.", "confidence": "certain"}


def text_of(answer: Any) -> str:
    """An answer's page."""
    return str(answer.get_data(as_text=True))


def rows(table: Any) -> list[Any]:
    """What a table holds now, oldest first."""
    db.session.rollback()
    return list(db.session.scalars(select(table).order_by(table.id)))


def answered(browser: Any, recall: str = "polite-no", **given: str) -> Any:
    """The row of an answer that was just sent."""
    from app.models import Answer

    browser.send(f"{URL}/recall/{recall}", {**SURE, **given})
    return rows(Answer)[-1]
