"""The five places of a learner and of a trainer: the rail, or the bar at the foot of a phone."""

from dataclasses import dataclass

from flask import Flask, request
from flask_login import current_user

from app.addresses import fixed


@dataclass(frozen=True)
class Place:
    """One entry of the navigation. `pages` are the endpoints that count as being there."""

    name: str
    icon: str
    endpoint: str
    pages: frozenset[str]

    @property
    def url(self) -> str:
        return fixed(self.endpoint)

    @property
    def current(self) -> bool:
        return request.endpoint in self.pages or request.endpoint == self.endpoint


def place(name: str, endpoint: str, *pages: str, icon: str = "") -> Place:
    return Place(name=name, icon=icon or name.lower(), endpoint=endpoint, pages=frozenset(pages))


LEARNER = (
    place("Today", "study.today", "study.review", "study.calibration"),
    place(
        "Course",
        "study.course",
        *("study.lesson", "study.self_assessment", "study.search", "study.glossary", "study.module_summary"),
        *("certificates.own", "certificates.show"),
    ),
    place(
        "Practice",
        "practice.log",
        *("practice.entry", "practice.shown", "practice.gate", "practice.gate_statement", "practice.gate_deliveries"),
        *("practice.gate_batches", "practice.gate_batch"),
    ),
    place(
        "People",
        "practice.people",
        *("practice.relationship", "practice.promises", "practice.promise", "practice.introductions"),
        *("practice.merge", "practice.add_person", "practice.tend"),
    ),
    place(
        "ROI",
        "practice.roi",
        *("practice.receipts", "practice.costs", "practice.baseline", "practice.ledger_settings"),
        *("practice.own_number", "cohorts.number"),
        *("practice.month", "practice.beginning", "practice.what_if", "practice.beside"),
        *("practice.baseline_file", "practice.study_time"),
        *("practice.opportunities", "practice.opportunity", "practice.intangibles"),
    ),
)
# The pages about one cohort.
DESK = ("new", "edit", "duplicate", "preview", "setup", "meeting", "invites", "place", "move", "roster_import")
TRAINER = (
    place("Morning", "reports.morning"),
    place("Inbox", "reports.inbox", "reports.received"),
    place(
        "Cohorts",
        "reports.cohorts",
        "reports.roster",
        "awards.awards",
        "awards.issue",
        "awards.revoke",
        *(f"desk.{page}" for page in DESK),
    ),
    place("Progress", "reports.latest_progress", "reports.progress", "reports.learner"),
    place(
        "ROI", "reports.latest_roi", "reports.roi", "reports.sponsor", "reports.save_paragraph", "reports.give_report"
    ),
)


def navigation() -> tuple[Place, ...]:
    """Where this reader can go; nothing for a visitor. A trainer who also learns has both, by where they are."""
    if not current_user.is_authenticated:
        return ()
    in_reports = (request.endpoint or "").startswith(("reports.", "desk.", "awards."))
    if current_user.person.is_trainer and (in_reports or not current_user.is_learner):
        return TRAINER
    return LEARNER if current_user.is_learner else ()


def init_app(app: Flask) -> None:
    app.jinja_env.globals["navigation"] = navigation
