"""Fill an empty database in development, and say who can sign in."""

import random

from flask import current_app
from sqlalchemy import select

from app import clock, content
from app.db import db
from app.demo import certificate, cohorts, desk, gate, ledger, log, mail, number, report, study
from app.demo.cohorts import PASSWORD
from app.models import Person

ZONE = "Europe/Amsterdam"


def seed() -> str:
    """Seed the demo; what was made, in a sentence. Refuses outside development, and where somebody is already."""
    if current_app.config["ENV"] != "development":
        return "Nothing was seeded: the demo is for development only."
    if db.session.scalar(select(Person.id).limit(1)) is not None:
        return "Nothing was seeded: somebody is here already."
    chance = random.Random(7)  # noqa: S311  (invented figures, not secrets)
    today = clock.today(ZONE)
    made = cohorts.make(today)
    lessons = content.library().lessons
    for place, enrolment in enumerate(made.running):
        life = log.Life.of(place, start=enrolment.confirmed_at.date(), today=today) if enrolment.confirmed_at else None
        if life is None:
            continue
        study.make(enrolment, life=life, lessons=lessons, chance=chance)
        people = log.make(enrolment.person, life=life, lessons=lessons, chance=chance)
        ledger.make(enrolment.person, life=life, people=people, fee=made.fee)
        number.make(enrolment.person, life=life, people=people)
    gate.make(made.running[0].person, today=today)
    mail.make(made.running[0].person, made.running[1].person)
    desk.make(made.running, today=today)
    certificate.make(made.running, today=today)
    report.make("spring-long-run", today=today)
    db.session.commit()
    return f"Seeded {len(made.running)} learners in a running cohort, and two cohorts to sign up for."


def greeting() -> str:
    """The addresses and who can sign in, for the terminal."""
    url = current_app.config["BASE_URL"]
    lines = [
        f"  {url}/                start page, cohorts, your number",
        f"  {url}/sign-in         sign in, with the password: {PASSWORD}",
        "",
        "  tess@example.org   trainer",
        "  ada@example.org    learner, eight months in",
        "  ben@example.org    learner, just begun",
        "  olga@example.org   operator",
    ]
    return "\n".join(["", *lines, ""])
