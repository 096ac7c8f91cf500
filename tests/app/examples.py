"""Every route with an example of what stands in its address: Ada's own, so that others can be shown not to reach it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from werkzeug.routing import Rule

from app.access import digest, new_token
from app.clock import DAY
from app.content import library
from app.models import (
    Answer,
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

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
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
    unsubscribe: str
    calendar: str
    mail: int
    invite: str
    invite_id: int
    picture: str
    meeting: int
    exception: int
    given: str
    given_id: int
    shared: int


# The example of a parameter, by its name, or by the route's and its own where the name means different things.
EXAMPLES: dict[str, Callable[[Scene], Any]] = {
    "slug": lambda scene: scene.cast.autumn.slug,
    "lesson_id": lambda scene: scene.lesson,
    "recall_id": lambda scene: scene.recall,
    "relationship_id": lambda scene: scene.relationship,
    "entry_id": lambda scene: scene.entry,
    "promise_id": lambda scene: scene.promise,
    "delivery_id": lambda scene: scene.delivery,
    "batch_id": lambda scene: scene.batch,
    "plan_id": lambda scene: scene.plan,
    "session_id": lambda scene: scene.session,
    "practice.remove_receipt:row_id": lambda scene: scene.receipt,
    "practice.remove_cost:row_id": lambda scene: scene.cost,
    "practice.opportunity:row_id": lambda scene: scene.opportunity,
    "practice.remove_opportunity:row_id": lambda scene: scene.opportunity,
    "practice.remove_intangible:row_id": lambda scene: scene.intangible,
    "people.reset:token": lambda scene: scene.reset,
    "people.unsubscribe:token": lambda scene: scene.unsubscribe,
    "people.calendar:token": lambda scene: scene.calendar,
    "operator.mail_again:mail_id": lambda scene: scene.mail,
    "cohorts.welcome:token": lambda scene: scene.confirm,
    "cohorts.decline:token": lambda scene: scene.confirm,
    "cohorts.join:token": lambda scene: scene.invite,
    "reports.outside:token": lambda scene: scene.given,
    "reports.outside_report:token": lambda scene: scene.given,
    "link_id": lambda scene: scene.given_id,
    "cohorts.picture:digest": lambda scene: scene.picture,
    "cohorts.code:kind": lambda scene: "svg",
    "person_id": lambda scene: scene.cast.tess.id,
    "meeting_id": lambda scene: scene.meeting,
    "invite_id": lambda scene: scene.invite_id,
    "enrolment_id": lambda scene: scene.cast.ada_enrolled.id,
    "exception_id": lambda scene: scene.exception,
    "shared_id": lambda scene: scene.shared,
    "study.image:name": lambda scene: "a-drawing.svg",
    "study.module_summary:number": lambda scene: 1,
    "practice.month:t": lambda scene: 1,
}
# Parameters that name something of somebody's: for others it is not there. A cohort is its trainer's, on their pages.
OWNED = {
    "relationship_id",
    "entry_id",
    "promise_id",
    "row_id",
    "delivery_id",
    "batch_id",
    "plan_id",
    "session_id",
    "shared_id",
    "reports.snooze:enrolment_id",
    "reports.spoke:enrolment_id",
    "cohorts.leave:slug",
    "cohorts.roll_over:slug",
}
# Pages whose example the course does not hold now: they answer 404 to everybody.
ABSENT = {"study.image"}
# What a sound form sends where an empty one is refused before anybody looks whose thing it is about.
BODIES: dict[str, dict[str, str]] = {
    "cohorts.roll_over": {"wanted": "y"},
    "practice.promise": {"outcome": "kept"},
    "study.report_plan": {"outcome": "done"},
    "people.password": {"current": "connect before you count", "new": "tiny gravel kettles"},
}


@dataclass(frozen=True)
class Route:
    """One route, ready to be asked. `owner`: whose thing its address names, None for nobody's."""

    endpoint: str
    audience: str | None
    methods: frozenset[str]
    url: str
    numbered: str | None
    owner: str | None

    @property
    def unsafe(self) -> list[str]:
        return sorted(self.methods - SAFE)

    @property
    def reads(self) -> bool:
        return "GET" in self.methods


def scene(cast: Cast) -> Scene:
    """Everything that an address can name, written by Ada in her own words."""
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
        exception=save(PaceException(enrolment_id=enrolled.id, opens_on=TODAY, reason="Away")).id,
        shared=save(Shared(enrolment_id=enrolled.id, entry_id=logged.id)).id,
    )


def letters(ada: Person, soon: datetime) -> dict[str, Any]:
    """Ada's mail that did not arrive, her link to get no more of them, and her calendar."""
    unsubscribe, calendar = new_token(), new_token()
    save(Token(purpose="unsubscribe", kind="digest", person_id=ada.id, token_hash=digest(unsubscribe), expires_at=soon))
    save(Feed(person_id=ada.id, token_hash=digest(calendar)))
    refused = Mail(key="refused", kind="digest", state="dead", person_id=ada.id, recipient=ada.email)
    refused.subject, refused.body, refused.failure = "Today: two plans", "Two plans wait.", "550 No such mailbox"
    return {"unsubscribe": unsubscribe, "calendar": calendar, "mail": save(refused).id}


def routes(app: Any, shown: Scene) -> Iterator[Route]:
    """Every route but the static files'. Fails where an address holds what nobody has given an example of."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: str(rule.rule)):
        if rule.endpoint != "static":
            yield route(app, rule, shown)


def route(app: Any, rule: Rule, shown: Scene) -> Route:
    values = {name: example(rule, name)(shown) for name in rule.arguments}
    audience = getattr(app.view_functions[rule.endpoint], "audience", None)
    hers = any(name in OWNED or f"{rule.endpoint}:{name}" in OWNED for name in rule.arguments)
    theirs = audience == "trainer" and "slug" in rule.arguments
    owner = "tess" if audience == "trainer" else "ada"
    numbers = {name: 10**30 if isinstance(value, int) else value for name, value in values.items()}
    return Route(
        endpoint=rule.endpoint,
        audience=audience,
        methods=frozenset(rule.methods or ()),
        url=address(rule, values),
        numbered=address(rule, numbers) if numbers != values else None,
        owner=owner if hers or theirs else None,
    )


def address(rule: Rule, values: dict[str, Any]) -> str:
    """The rule's path with these values, also with those that its own converter would not make."""
    return re.sub(r"<(?:[^<>:]*:)?(\w+)>", lambda part: str(values[part[1]]), str(rule.rule))


def example(rule: Rule, name: str) -> Callable[[Scene], Any]:
    found = EXAMPLES.get(f"{rule.endpoint}:{name}") or EXAMPLES.get(name)
    if found is None:
        pytest.fail(
            f"The address {rule.rule} of {rule.endpoint} has a part “{name}” that tests/app/examples.py doesn't know: "
            "give EXAMPLES one that belongs to Ada, and name it in OWNED if it is hers alone."
        )
    return found
