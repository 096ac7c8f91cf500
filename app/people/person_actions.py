"""What an operator does about a person: each act with a line in the audit and one in the log of security events."""

from collections.abc import Sequence

from sqlalchemy import select

from app import audit, clock
from app.access import end_other_sessions, hash_password, record
from app.db import db
from app.mail import enqueue
from app.models import Factor, Person
from app.people import letters
from app.people.factor_actions import drop, tell
from app.second_step import forget_steps

ROLES = {"trainer": "is_trainer", "operator": "is_operator"}


def anybody(email: str) -> Person | None:
    """Whoever has this address, in small letters, disabled or not."""
    return db.session.scalar(select(Person).where(Person.email == email))


def create(email: str, name: str, *, password: str, roles: Sequence[str], why: str) -> Person:
    """A person who can sign in at once."""
    person = Person(email=email, name=name, password_hash=hash_password(password), confirmed_at=clock.now())
    db.session.add(person)
    db.session.flush()
    told("account created", person, why=why)
    for role in roles:
        set_role(person, role, True, why=why)
    return person


def disable(person: Person, *, why: str) -> None:
    """End every session and refuse new ones."""
    person.disabled_at = person.disabled_at or clock.now()
    end_other_sessions(person)
    forget_steps(person.id)
    told("account disabled", person, why=why)


def enable(person: Person, *, why: str) -> None:
    """Let them sign in again."""
    person.disabled_at = None
    told("account enabled", person, why=why)


def set_role(person: Person, role: str, has: bool, *, why: str) -> None:
    """Give or take a role, one of ROLES. One that is so already leaves no line."""
    if getattr(person, ROLES[role]) is has:
        return
    setattr(person, ROLES[role], has)
    told("role given" if has else "role taken", person, why=why, about=role)


def unlock_factor(person: Person, *, why: str) -> bool:
    """Take the second step of signing in away; False if there is none. The owner is told."""
    factor = db.session.get(Factor, person.id)
    if factor is None or factor.confirmed_at is None:
        return False
    drop(person.id)
    tell(person, letters.factor_removed())
    told("second step taken away", person, why=why)
    return True


def break_glass(person: Person, *, parts: Sequence[str], reason: str, by: str) -> None:
    """Note that what is a person's own is about to be read, and tell them, with the reason."""
    what = ", ".join(dict.fromkeys(parts))
    told("read without being shown", person, why=reason, about=f"{what}; {by}")
    letter = letters.glass_broken(what, reason)
    enqueue(letter, key=f"glass:{person.id}:{clock.now().isoformat()}", to=person.email, person=person.id)


def told(what: str, person: Person, *, why: str, about: str = "") -> None:
    """A line in the audit, and one in the log: which person by number, and no reason, which somebody typed."""
    audit.note(what, by=None, whom=person.id, about=about[:200], why=why)
    db.session.flush()
    record(what, person=person.id, **({"about": about} if about else {}))
