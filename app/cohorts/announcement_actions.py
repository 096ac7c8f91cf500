"""Writing to a whole cohort: one letter, a mail each, in the transaction that keeps who got it."""

from zoneinfo import ZoneInfo

from sqlalchemy import select

from app import clock
from app.cohorts import letters
from app.cohorts.announcement_queries import Recipient, recipients_of
from app.db import db
from app.mail import enqueue
from app.mail.ending import unsubscribe_link
from app.models import Addressee, Announcement, Mail, Person
from course.digest import quiet_until


class NobodyThere(Exception):
    """The letter is for nobody: it is not kept."""


def announce(cohort_id: int, author: Person, *, audience: str, subject: str, text: str) -> Announcement:
    """Write to that part of the cohort. In somebody's quiet hours their mail waits. Raises NobodyThere."""
    people = recipients_of(cohort_id, audience)
    if not people:
        raise NobodyThere
    made = Announcement(cohort_id=cohort_id, author_id=author.id, audience=audience, subject=subject, text=text)
    db.session.add(made)
    db.session.flush()
    keys = {post(made, each, author): each.person_id for each in people if each.by_mail}
    mails = db.session.execute(select(Mail.key, Mail.id).where(Mail.key.in_(keys)))
    mailed = {keys[key]: id for key, id in mails}
    db.session.add_all(
        Addressee(
            announcement_id=made.id, person_id=each.person_id, by_mail=each.by_mail, mail_id=mailed.get(each.person_id)
        )
        for each in people
    )
    db.session.flush()
    return made


def post(made: Announcement, to: Recipient, author: Person) -> str:
    """Put one mail into the outbox; its key."""
    key = f"announcement:{made.id}:{to.person_id}"
    enqueue(
        letters.announcement(made.subject, made.text, name=author.name, address=author.email),
        key=key,
        to=to.email,
        person=to.person_id,
        unsubscribe=unsubscribe_link(to.person_id, "announcement"),
        due_at=quiet_until(to.terms, clock.now().astimezone(ZoneInfo(to.time_zone))),
    )
    return key
