"""The rows that the addresses of all pages name: Ada's own, so that others can be shown not to reach them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.access import digest, new_token
from app.clock import DAY
from app.content import library
from app.models import (
    Addressee,
    Announcement,
    Answer,
    AskedCase,
    Assessment,
    Batch,
    Delivery,
    Feed,
    Intangible,
    Invite,
    Mail,
    Meeting,
    Note,
    PaceException,
    Person,
    Picture,
    Plan,
    Promise,
    Reading,
    Session,
    Shared,
    SponsorLink,
    SponsorReport,
    Token,
)
from tests.cast import (
    NOON,
    TODAY,
    Cast,
    at_once,
    cost,
    enrol,
    entry,
    margin,
    number_terms,
    open_cohort,
    opportunity,
    person,
    receipt,
    relationship,
    save,
)
from tests.certificates import badge_key, certificate

# Ada's own words: nobody but her may ever read them, unless she shows them.
CANARY = "canary-of-ada"


@dataclass(frozen=True)
class Scene:
    """What Ada, who learns with Tess in `autumn`, has; and a link of Dora's, who has not confirmed yet."""

    cast: Cast
    lesson: str
    recall: str
    relationship: int
    entry: int
    promise: int
    receipt: int
    cost: int
    delivery: int
    batch: int
    opportunity: int
    intangible: int
    plan: int
    session: int
    reset: str
    confirm: str
    move: str
    back: str
    unsubscribe: str
    calendar: str
    mail: int
    invite: str
    invite_id: int
    picture: str
    meeting: int
    exception: int
    announcement: int
    given: str
    given_id: int
    shared: int
    certificate: int
    certificate_token: str
    badge_key: str
    case: int


def scene(cast: Cast) -> Scene:
    """Everything that an address can name, written by Ada in her own words."""
    with at_once():
        return written_by_ada(cast)


def written_by_ada(cast: Cast) -> Scene:
    ada, enrolled = cast.ada, cast.ada_enrolled
    lesson = next(lesson for lesson in library().lessons if lesson.recalls)
    tended = relationship(ada, CANARY, seat=1)
    logged = entry(ada, tended, note=CANARY, step=CANARY)
    dora = person("dora@example.org", confirmed_at=None, password_hash=None)
    place = enrol(dora, open_cohort("winter"), "offered", offered_until=NOON + DAY)
    reset, confirm = new_token(), new_token()
    soon = NOON + timedelta(hours=1)
    save(Token(purpose="reset", person_id=cast.ben.id, token_hash=digest(reset), expires_at=soon))
    held = {"person_id": dora.id, "enrolment_id": place.id}
    save(Token(purpose="confirm", **held, token_hash=digest(confirm), expires_at=soon))
    written = {"enrolment_id": enrolled.id, "lesson_id": lesson.id}
    save(Reading(**written, content_hash=lesson.content_hash, completed_at=NOON))
    save(Note(**written, text=CANARY))
    save(
        Answer(
            **written,
            recall_id=lesson.recalls[0].id,
            content_hash=lesson.content_hash,
            text=CANARY,
            confidence="unsure",
        )
    )
    save(Assessment(enrolment_id=enrolled.id, moment="before", answers={}))
    margin(ada, date(2026, 9, 1), 123_456)
    number_terms(ada)
    invite, picture = new_token(), digest("a picture")
    autumn = cast.autumn.id
    made = save(Invite(cohort_id=autumn, token_hash=digest("autumn's"), expires_at=NOON + DAY))
    save(Invite(cohort_id=place.cohort_id, token_hash=digest(invite), expires_at=NOON + DAY))
    save(Picture(cohort_id=autumn, alt="A harbour", kind="image/jpeg", width=4, height=3, digest=picture, content=b"x"))
    hers = certificate(enrolled, shown_at=NOON)
    given = new_token()
    frozen = {"title": "A report", "levels": [], "figures": []}
    drawn = save(SponsorReport(cohort_id=autumn, version=1, day=TODAY, content=frozen, contributions={}))
    link = save(SponsorLink(report_id=drawn.id, token_hash=digest(given), expires_at=NOON + DAY))
    owner = {"person_id": ada.id, "relationship_id": tended.id}
    return Scene(
        cast=cast,
        lesson=lesson.id,
        recall=lesson.recalls[0].id,
        relationship=tended.id,
        entry=logged.id,
        promise=save(Promise(**owner, entry_id=logged.id, text=CANARY, made_on=TODAY, due_on=TODAY + DAY)).id,
        receipt=receipt(ada, what=CANARY, relationship_id=tended.id).id,
        cost=cost(ada, what=CANARY).id,
        delivery=save(Delivery(person_id=ada.id, day=TODAY, what=CANARY, as_promised=True)).id,
        batch=save(Batch(person_id=ada.id, day=TODAY, size=50)).id,
        opportunity=opportunity(ada, what=CANARY, relationship_id=tended.id).id,
        intangible=save(Intangible(person_id=ada.id, day=TODAY, text=CANARY)).id,
        plan=save(Plan(**written, if_text=CANARY, then_text=CANARY, due_on=TODAY)).id,
        session=save(Session(person_id=ada.id, token_hash=digest(CANARY), expires_at=NOON + DAY)).id,
        reset=reset,
        confirm=confirm,
        **letters(ada, soon),
        invite=invite,
        invite_id=made.id,
        picture=picture,
        meeting=save(Meeting(cohort_id=autumn, uid="a-meeting", starts_at=soon, minutes=75)).id,
        given=given,
        given_id=link.id,
        announcement=announced(cast, autumn),
        exception=save(PaceException(enrolment_id=enrolled.id, opens_on=TODAY, reason="Away")).id,
        case=save(AskedCase(enrolment_id=enrolled.id, side="above", agreed=False)).id,
        shared=save(Shared(enrolment_id=enrolled.id, entry_id=logged.id)).id,
        certificate=hers.id,
        certificate_token=hers.token,
        badge_key=badge_key(),
    )


def announced(cast: Cast, cohort_id: int) -> int:
    """A letter of Tess's to everybody in a cohort; Ada got it by mail, Ben reads it here."""
    letter = Announcement(cohort_id=cohort_id, author_id=cast.tess.id, audience="seats", subject="Another room")
    letter.text = "We meet in the blue room on Tuesday."
    save(letter)
    for who, by_mail in ((cast.ada, True), (cast.ben, False)):
        save(Addressee(announcement_id=letter.id, person_id=who.id, by_mail=by_mail))
    return int(letter.id)


def letters(ada: Person, soon: datetime) -> dict[str, Any]:
    """Ada's mail that did not arrive, her link to get no more of them, and her calendar."""
    move, back, unsubscribe, calendar = (new_token() for _ in range(4))
    for purpose, token in (("address", move), ("address back", back)):
        address = f"{token[:20]}@example.org".lower()
        save(Token(purpose=purpose, address=address, person_id=ada.id, token_hash=digest(token), expires_at=soon))
    save(Token(purpose="unsubscribe", kind="digest", person_id=ada.id, token_hash=digest(unsubscribe), expires_at=soon))
    save(Feed(person_id=ada.id, token_hash=digest(calendar)))
    refused = Mail(key="refused", kind="digest", state="dead", person_id=ada.id, recipient=ada.email)
    refused.subject, refused.body, refused.failure = "Today: two plans", "Two plans wait.", "550 No such mailbox"
    return {"move": move, "back": back, "unsubscribe": unsubscribe, "calendar": calendar, "mail": save(refused).id}
