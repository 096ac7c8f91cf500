"""Moving an account to another address, for the tests of both ways."""

import re
from typing import Any

from sqlalchemy import select

from app.db import db
from app.models import Mail, Person
from tests.browsing import Browser
from tests.cast import PASSWORD

OLD, NEW = "ada@example.org", "ada@elsewhere.example"


def ask(browser: Browser, email: str = NEW, current: str = PASSWORD) -> Any:
    return browser.send("/settings/address", {"email": email, "current": current})


def mails() -> list[Mail]:
    return list(db.session.scalars(select(Mail).order_by(Mail.id)))


def path_in(mail: Mail) -> str:
    found = re.search(r"http\S+(/(?:settings/address|address-back)/\S+)", mail.body)
    assert found
    return found[1]


def link(browser: Browser, email: str = NEW) -> str:
    """Ask, and the path in the mail to the new address."""
    assert ask(browser, email).status_code == 303
    return path_in(mails()[-1])


def moved(browser: Browser) -> str:
    """Move, and the path of the way back in the mail to the old address."""
    assert browser.send(link(browser)).status_code == 303
    return path_in(mails()[-1])


def address_of(who: Person) -> str | None:
    db.session.rollback()
    return db.session.scalar(select(Person.email).where(Person.id == who.id))
