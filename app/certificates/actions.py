"""Issue, take back, show and hide a certificate. No request, no commit."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app import audit, clock, mail
from app.access import new_token
from app.certificates import letters
from app.certificates.keys import NewKey
from app.certificates.queries import Holder
from app.cohorts.consents import CERTIFICATE, CERTIFICATES
from app.db import db
from app.models import BadgeKey, Certificate, Cohort, Consent, Enrolment, Person
from course.certificate import Merits, rule


class NotEarned(Exception):
    """Something is missing; the message says what, a sentence each."""


class AlreadyIssued(Exception):
    """A valid certificate is there: it is taken back before another is issued."""


class NotTheirs(Exception):
    """Nothing of the kind is theirs."""


def issue(holder: Holder, has: Merits, *, trainer: Person, day: date, gate_open: bool) -> int:
    """Issue it, with its figures frozen; its id. Raises NotEarned and AlreadyIssued."""
    if not has.earned:
        raise NotEarned(" ".join(has.missing))
    enrolled = db.session.get_one(Enrolment, holder.enrolment_id)
    cohort = db.session.get_one(Cohort, enrolled.cohort_id)
    made = Certificate(
        enrolment_id=enrolled.id,
        author_id=trainer.id,
        token=new_token(),
        name=holder.name,
        issuer=trainer.name,
        cohort=cohort.name,
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        day=day,
        gate_open=gate_open,
        **figures(has),
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        raise AlreadyIssued from None
    audit.note("issued a certificate", by=trainer.id, whom=enrolled.person_id, about=about(made))
    tell(db.session.get_one(Person, enrolled.person_id), cohort, made)
    return made.id


def figures(has: Merits) -> dict[str, Any]:
    """What a certificate says of what was practised, and by which rule, as it was on its day."""
    return {
        "rule": rule(len(has.modules)),
        "modules": [module.title for module in has.proven],
        "modules_of": len(has.modules),
        "conversations": has.conversations,
        "connecting": has.connecting,
    }


def tell(learner: Person, cohort: Cohort, made: Certificate) -> None:
    """The learner gets a mail. Its key is of this certificate alone, without the secret of its page."""
    key = f"certificate:{made.id}:{clock.now().isoformat()}"
    mail.enqueue(letters.issued(cohort), key=key, to=learner.email, person=learner.id)
    db.session.flush()


def revoke(cohort_id: int, certificate_id: int, *, trainer: Person, why: str) -> bool:
    """Take it back for good, and say why. False if it had been; raises NotTheirs if it is none of this cohort's."""
    here = select(Enrolment.id).where(Enrolment.cohort_id == cohort_id)
    found = db.session.scalar(
        select(Certificate)
        .where(Certificate.id == certificate_id, Certificate.enrolment_id.in_(here))
        .with_for_update(of=Certificate)
    )
    if found is None:
        raise NotTheirs
    if found.revoked_at:
        return False
    found.revoked_at, found.revoked_why = clock.now(), why
    whom = db.session.get_one(Enrolment, found.enrolment_id).person_id
    audit.note("took a certificate back", by=trainer.id, whom=whom, about=about(found), why=why)
    db.session.flush()
    return True


def show(person: Person, certificate_id: int, *, says_gate: bool) -> bool:
    """Show it at its address, by the learner's consent. False if it was taken back. Raises NotTheirs."""
    found = own(person, certificate_id)
    if found.revoked_at:
        return False
    found.shown_at = clock.now()
    found.answered_at = found.answered_at or found.shown_at
    found.says_gate = says_gate and found.gate_open
    agreed(person, given=True)
    audit.note("showed a certificate", by=person.id, whom=person.id, about=about(found))
    db.session.flush()
    return True


def hide(person: Person, certificate_id: int) -> None:
    """Show it to nobody, or no longer; also one that was taken back. Raises NotTheirs."""
    found = own(person, certificate_id)
    found.answered_at = found.answered_at or clock.now()
    if found.shown_at:
        found.shown_at = None
        agreed(person, given=False)
        audit.note("hid a certificate", by=person.id, whom=person.id, about=about(found))
    db.session.flush()


def own(person: Person, certificate_id: int) -> Certificate:
    """The person's certificate, held until the end of the transaction."""
    hers = select(Enrolment.id).where(Enrolment.person_id == person.id)
    found = db.session.scalar(
        select(Certificate)
        .where(Certificate.id == certificate_id, Certificate.enrolment_id.in_(hers))
        .with_for_update(of=Certificate)
    )
    if found is None:
        raise NotTheirs
    return found


def keep_key(made: NewKey) -> None:
    """From now on this key signs."""
    db.session.add(BadgeKey(kid=made.kid, public=dict(made.public), sealed=made.sealed))
    db.session.flush()


def agreed(person: Person, *, given: bool) -> None:
    """The line of consent: what was asked, in which words, and what was said."""
    db.session.add(
        Consent(
            person_id=person.id,
            kind=CERTIFICATE.kind,
            given=given,
            version=CERTIFICATE.version,
            text_hash=CERTIFICATE.text_hash,
            method=CERTIFICATES,
        )
    )


def about(certificate: Certificate) -> str:
    """How a line of the audit names it."""
    return f"certificate {certificate.id}"
