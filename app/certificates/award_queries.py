"""What a trainer's certificate says of the readiness gate. Reads only."""

from datetime import date

from app.db import db
from app.models import Person
from app.practice.gate_queries import gate_read
from course.gate import State, gate


def gate_is_open(person_id: int, day: date) -> bool:
    """Whether all seven tests of the person's gate hold on the day. It is kept for the learner to say, or not."""
    facts = gate_read(db.session.get_one(Person, person_id)).facts
    return gate(facts, day).state is State.OPEN
