"""The demo's study: lessons read, recall answered and coming back, plans, and a first self-assessment."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from app import content
from app.db import db
from app.demo.cohorts import instant
from app.demo.log import Life
from app.models import Answer, Assessment, Card, Enrolment, Note, Plan, Reaction, Reading
from course import review
from course.lesson import Lesson, Recall
from course.review import Confidence

LINES = (
    "The summary, and waiting for the correction: I use it every day.",
    "",
    "Fewer lessons a week in spring, please: that is when we install.",
    "I ring again. That is all, and it is a lot.",
    "",
    "The account was work. I would not have believed the figure without it.",
    "Too long before the first visit. Begin with that.",
)
# How often an answer given with each confidence is right. Most people say certain too easily, and guess too modestly.
RIGHT = {Confidence.GUESSING: 0.2, Confidence.UNSURE: 0.35, Confidence.FAIRLY: 0.5, Confidence.CERTAIN: 0.6}


def make(enrolment: Enrolment, *, life: Life, lessons: Sequence[Lesson], chance: random.Random) -> None:
    """What a learner has read and answered since they began."""
    # Recall has luck of its own: one question more must not change everybody's log.
    luck = random.Random(chance.random())  # noqa: S311  (invented figures, not secrets)
    read = lessons[: max(1, round(len(lessons) * life.reads))]
    span = (life.read_until - life.start).days
    # Ada has let her recall lie for some days, so that something is due.
    until = instant(life.today - timedelta(days=4 if life.full else 0), 0)
    for place, lesson in enumerate(read):
        when = instant(life.start + timedelta(days=round(span * (place + 1) / len(read))), 9)
        finish(enrolment, lesson, when)
        for recall in lesson.recalls:
            answer(enrolment, lesson, recall, when=when, until=until, chance=luck)
    begin_next(enrolment, lessons[len(read) :], life)
    assess(enrolment, life, chance)
    if len(read) == len(lessons):
        look_back(enrolment, life)
    if life.full:
        plans(enrolment, read, life)


def finish(enrolment: Enrolment, lesson: Lesson, when: datetime) -> None:
    made = Reading(enrolment_id=enrolment.id, lesson_id=lesson.id, content_hash=lesson.content_hash)
    made.began_at, made.completed_at = when, when + timedelta(minutes=lesson.minutes)
    db.session.add(made)


def begin_next(enrolment: Enrolment, unread: Sequence[Lesson], life: Life) -> None:
    """Ada has opened the next lesson and left it half-way."""
    if unread and life.full:
        made = Reading(enrolment_id=enrolment.id, lesson_id=unread[0].id, content_hash=unread[0].content_hash)
        made.began_at = instant(life.today - timedelta(days=1), 19)
        db.session.add(made)
        text = "Try this with Brouwer on Thursday. Ask which night."
        db.session.add(Note(enrolment_id=enrolment.id, lesson_id=unread[0].id, text=text))


def answer(
    enrolment: Enrolment, lesson: Lesson, recall: Recall, *, when: datetime, until: datetime, chance: random.Random
) -> None:
    """An answer each time the question came back, and the card they leave; the last weeks' are still due."""
    card, missed = review.first(when), 0
    while True:
        moment = card.due + timedelta(days=chance.choice((0, 2, 7, 16)))
        if moment > until:
            break
        confidence = chance.choice(tuple(Confidence))
        # Whoever was wrong twice looks it up; Dov, who is stuck, is made in `desk`.
        correct = chance.random() < RIGHT[confidence] or missed == 2
        missed = 0 if correct else missed + 1
        given = Answer(
            enrolment_id=enrolment.id, lesson_id=lesson.id, recall_id=recall.id, text="From memory, in two sentences."
        )
        given.content_hash, given.confidence, given.correct = lesson.content_hash, confidence.value, correct
        given.answered_at = given.graded_at = moment
        db.session.add(given)
        card = review.graded(card, review.grade(correct, confidence.sure), moment)
    kept = Card(enrolment_id=enrolment.id, lesson_id=lesson.id, recall_id=recall.id, due_at=card.due)
    kept.stability, kept.difficulty, kept.state, kept.reviewed_at = (
        card.stability,
        card.difficulty,
        card.state,
        card.last_review,
    )
    db.session.add(kept)


def assess(enrolment: Enrolment, life: Life, chance: random.Random) -> None:
    """The self-assessment before the start; Ada left one item open."""
    questions = content.self_assessment()
    if questions is None or life.days < 7:
        return
    level = 1 + round(life.skill * 3)
    answers: dict[str, int | None] = {
        item.id: max(0, min(5, level + chance.choice((-1, 0, 0, 1)))) for item in questions.items
    }
    if life.full:
        answers[questions.items[-1].id] = None
    taken = Assessment(enrolment_id=enrolment.id, moment="before", answers=answers)
    taken.taken_at = instant(life.start, 10)
    db.session.add(taken)


def look_back(enrolment: Enrolment, life: Life) -> None:
    """Whoever has read everything says what it is worth to them: most of them well, one in doubt."""
    place = enrolment.id % len(LINES)
    made = Reaction(enrolment_id=enrolment.id, line=LINES[place])
    made.relevance, made.intent, made.recommend = 5 - place % 3, 5 - place % 2, 3 + place % 3
    made.said_at = instant(life.read_until, 20) + timedelta(minutes=enrolment.id)
    db.session.add(made)
    before = db.session.scalars(select(Assessment).where(Assessment.enrolment_id == enrolment.id)).one()
    for moment, moved in (("after", 1), ("then", -1)):
        answers = {
            id: None if step is None else max(0, min(5, step + moved * ((number + place) % 3 > 0)))
            for number, (id, step) in enumerate(before.answers.items())
        }
        taken = Assessment(enrolment_id=enrolment.id, moment=moment, answers=answers)
        taken.taken_at = made.said_at + timedelta(minutes=10)
        db.session.add(taken)


def plans(enrolment: Enrolment, read: Sequence[Lesson], life: Life) -> None:
    """One plan that was kept, one that wasn't, one that is due."""
    outcomes = (("done", ""), ("didnt", "The visit was called off; I rang instead."), (None, ""))
    for back, (lesson, (outcome, because)) in enumerate(zip(read[-3:], outcomes, strict=False)):
        due = life.today - timedelta(days=20 - 9 * back if outcome else 1)
        made = Plan(enrolment_id=enrolment.id, lesson_id=lesson.id, due_on=due, outcome=outcome, because=because)
        made.if_text, made.then_text = "the site visit at K-07 ends early", "ask what changed since spring"
        made.reported_at = instant(due + timedelta(days=1)) if outcome else None
        made.created_at = instant(due - timedelta(days=4))
        db.session.add(made)
