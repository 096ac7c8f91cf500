"""Every route with an example of what stands in its address."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from werkzeug.routing import Rule

from tests.app.scene import Scene

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
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
    "people.confirm_address:token": lambda scene: scene.move,
    "people.address_back:token": lambda scene: scene.back,
    "people.unsubscribe:token": lambda scene: scene.unsubscribe,
    "people.calendar:token": lambda scene: scene.calendar,
    "operator.mail_again:mail_id": lambda scene: scene.mail,
    "cohorts.welcome:token": lambda scene: scene.confirm,
    "cohorts.decline:token": lambda scene: scene.confirm,
    "cohorts.join:token": lambda scene: scene.invite,
    "reports.outside:token": lambda scene: scene.given,
    "reports.outside_report:token": lambda scene: scene.given,
    "link_id": lambda scene: scene.given_id,
    "certificate_id": lambda scene: scene.certificate,
    "certificates.verify:token": lambda scene: scene.certificate_token,
    "certificates.key:kid": lambda scene: scene.badge_key,
    "cohorts.picture:digest": lambda scene: scene.picture,
    "cohorts.code:kind": lambda scene: "svg",
    "person_id": lambda scene: scene.cast.tess.id,
    "meeting_id": lambda scene: scene.meeting,
    "invite_id": lambda scene: scene.invite_id,
    "enrolment_id": lambda scene: scene.cast.ada_enrolled.id,
    "announcement_id": lambda scene: scene.announcement,
    "exception_id": lambda scene: scene.exception,
    "case_id": lambda scene: scene.case,
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
    "certificate_id",
    "case_id",
    "people.confirm_address:token",
    "reports.snooze:enrolment_id",
    "reports.spoke:enrolment_id",
    "reports.back:enrolment_id",
    "cohorts.leave:slug",
    "cohorts.roll_over:slug",
}
# Pages whose example the course does not hold now: they answer 404 to everybody.
ABSENT = {"study.image"}
# What a sound form sends where an empty one is refused before anybody looks whose thing it is about.
BODIES: dict[str, dict[str, str]] = {
    "cohorts.roll_over": {"wanted": "y"},
    "awards.revoke": {"why": "A mistake"},
    "certificates.show": {"agreed": "y"},
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
