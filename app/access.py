"""Who is asking: sessions as rows, the audience of each route, and the limits on guessing.

Every view declares its audience with one of the decorators below; the app answers no view without one.
"""

import hashlib
import json
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any, TypeVar
from urllib.parse import urlsplit

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask, abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import and_, bindparam, case, delete, func, literal_column, or_, select, update

from app import clock
from app.allocator import reuse_freed_memory
from app.db import UTCDateTime, db, in_turn
from app.models import Attempt, Cohort, Enrolment, Factor, Person, Session

View = TypeVar("View", bound=Callable[..., Any])

security = logging.getLogger("connect.security")
login_manager = LoginManager()

# Where Flask-Login keeps the token in the signed cookie.
SESSION_KEY = "_user_id"

# OWASP's parameters: 24 ms here, where the library's defaults take 173 ms and 64 MB a sign-in.
hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
# Verified when nobody has the address, so that an unknown account takes the same time.
NOBODY = hasher.hash("nobody has this password")


@dataclass(frozen=True, eq=False)
class SignedIn(UserMixin):  # type: ignore[misc]
    """A person with the session that speaks for them and, for a learner, the enrolment they study in."""

    person: Person
    session_id: int
    token: str
    enrolment: Enrolment | None
    cohort: Cohort | None
    has_factor: bool = False
    # When the password was last typed in this browser.
    proved_at: datetime | None = None

    @property
    def needs_factor(self) -> bool:
        """Whether they may not do without a second factor: a trainer and an operator reach what others wrote."""
        trusted = self.person.is_trainer or self.person.is_operator
        return trusted and current_app.config["SECOND_FACTOR"] == "required"

    @property
    def is_learner(self) -> bool:
        return self.enrolment is not None

    def get_id(self) -> str:
        return self.token


def me() -> SignedIn:
    """Who is asking, on a route that is not public."""
    asking: SignedIn = current_user._get_current_object()
    return asking


def learner() -> tuple[Person, Enrolment]:
    """The learner who is asking and the enrolment they study in, on a learner's route."""
    asking = me()
    assert asking.enrolment is not None
    return asking.person, asking.enrolment


# Audiences


def audience(name: str) -> Callable[[View], View]:
    """Declare whom a view answers. Checked before the view runs, and by a test over all routes."""

    def declare(view: View) -> View:
        view.audience = name  # type: ignore[attr-defined]
        return view

    return declare


public = audience("public")
signed_in_only = audience("signed in")
learner_only = audience("learner")
trainer_only = audience("trainer")
operator_only = audience("operator")

ADMITS: dict[str, Callable[[SignedIn], bool]] = {
    "signed in": lambda asking: True,
    "learner": lambda asking: asking.is_learner,
    "trainer": lambda asking: asking.person.is_trainer,
    "operator": lambda asking: asking.person.is_operator,
}


def guard() -> ResponseReturnValue | None:
    """Let the request through to its view, or not: visitors are asked to sign in, others find nothing."""
    # Nothing is called that, and PostgreSQL can't even be asked for it.
    if "\0" in request.path:
        abort(404)
    if request.endpoint is None:
        return None
    view = current_app.view_functions[request.endpoint]
    name = getattr(view, "audience", None)
    if name == "public":
        return None
    if name is None:
        abort(404)
    if not current_user.is_authenticated:
        way_back = same_origin(request.full_path) if request.method == "GET" else None
        return redirect(url_for("people.sign_in", next=way_back))
    if not ADMITS[name](me()):
        abort(404)
    if name in {"trainer", "operator"} and me().needs_factor and not me().has_factor:
        return redirect(url_for("people.factor"), 303)
    return None


def same_origin(target: str | None) -> str | None:
    """The target if it is a path on this site, else None: nobody is sent elsewhere after signing in."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or "\\" in target:
        return None
    if any(ord(char) < 33 for char in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target.rstrip("?")


# Secrets


def new_token() -> str:
    """A secret of 256 random bits for a link or a cookie."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """How a token is kept: its SHA-256, in hex. It is random, so it needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def hash_password(password: str) -> str:
    """The password as Argon2id keeps it."""
    return hasher.hash(password)


def password_fits(kept: str | None, password: str) -> bool:
    """Whether the password is the kept one. Takes as long when there is none."""
    try:
        return hasher.verify(kept or NOBODY, password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


# Sessions


def start_session(person: Person) -> None:
    """Sign the person in here: a new row and a new cookie; what the old one held is dropped."""
    token, browser = new_token(), (request.user_agent.string or "")[:120]
    # Whoever is let in has just typed a password, or set one by a link.
    lasts = {"proved_at": clock.now(), "expires_at": clock.now() + timedelta(days=current_app.config["SESSION_DAYS"])}
    row = Session(person_id=person.id, token_hash=digest(token), browser=browser, **lasts)
    db.session.add(row)
    db.session.flush()
    session.clear()
    session.permanent = True
    # Pages that are opened at once share it from the start: else the last answer's cookie makes the others stale.
    session["csrf_token"] = new_token()
    login_user(SignedIn(person=person, session_id=row.id, token=token, enrolment=None, cohort=None))
    record("signed in", person=person.id)


def end_session() -> None:
    """Sign out here: the row ends, so an old cookie brings nothing back."""
    db.session.execute(update(Session).where(Session.id == me().session_id).values(ended_at=clock.now()))
    record("signed out", person=me().person.id)
    logout_user()
    session.clear()


def end_other_sessions(person: Person, *, but: int | None = None) -> None:
    """End every session of the person except one."""
    live = update(Session).where(Session.person_id == person.id, Session.ended_at.is_(None))
    db.session.execute((live if but is None else live.where(Session.id != but)).values(ended_at=clock.now()))


# Who had a confirmed seat may read on after leaving, also while asking for another; a place in line opens nothing.
STUDYING = or_(Enrolment.status == "confirmed", Enrolment.status == "completed", Enrolment.confirmed_at.is_not(None))
FIRST = case((Enrolment.status == "confirmed", 0), (Enrolment.status == "completed", 1), else_=2)
# Built once: putting the statement together took seven times as long as running it.
WHO_IS_ASKING = (
    select(Session.id, Session.proved_at, Person, Factor.confirmed_at, Enrolment, Cohort)
    .join(Person, Person.id == Session.person_id)
    .outerjoin(Factor, Factor.person_id == Person.id)
    .outerjoin(Enrolment, and_(Enrolment.person_id == Person.id, STUDYING))
    .outerjoin(Cohort, Cohort.id == Enrolment.cohort_id)
    .where(
        Session.token_hash == bindparam("token"),
        Session.ended_at.is_(None),
        Session.expires_at > bindparam("now", type_=UTCDateTime),
        Person.disabled_at.is_(None),
    )
    # Confirmed before completed before withdrawn; of several, the one that started last.
    .order_by(FIRST, Cohort.starts_on.desc())
    # In the text, not beside it: SQLite plans for a limit that it knows, and answers in a fifth of the time.
    .limit(literal_column("1"))
)


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load(token: str) -> SignedIn | None:
    """Whoever the cookie's token speaks for, with the enrolment they study in: one query."""
    row = db.session.execute(WHO_IS_ASKING, {"token": digest(token), "now": clock.now()}).first()
    if row is None:
        return None
    session_id, proved_at, person, confirmed_at, enrolment, cohort = row
    return SignedIn(
        person=person,
        session_id=session_id,
        token=token,
        enrolment=enrolment,
        cohort=cohort,
        has_factor=confirmed_at is not None,
        proved_at=proved_at,
    )


# Limits on guessing: kept in the database, so that a restart or a second worker forgives nothing.

WINDOW = timedelta(minutes=15)
# Tries in a window: by one address for one account, by one address, for one account from anywhere.
PER_PAIR, PER_ADDRESS, PER_ACCOUNT = 5, 30, 50


def here() -> str:
    """The fingerprint of whence the request comes, as limits count it: of IPv6 the /64, which one holder has whole."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return digest(request.remote_addr or "")
    return digest(str(getattr(address, "ipv4_mapped", address) or f"{int(address) >> 64:x}::/64"))


def too_many(kind: str, account: str, *, over: timedelta = WINDOW) -> bool:
    """Count a try of this kind, and say whether there have been too many; `over` is for those from anywhere.

    The owner is never locked out: the limit that strangers can reach is lifted by the link in a mail.
    """
    network, whose = here(), digest(account.lower())
    by_here, for_account = Attempt.address == network, Attempt.account == whose
    # Whoever waits for an address holds an account already, so no two wait for each other.
    in_turn(f"{kind} {whose}")
    in_turn(f"{kind} {network}")
    lately = and_(by_here, Attempt.at > clock.now() - WINDOW)
    count = func.count().filter
    tries = select(count(lately, for_account), count(lately), count(for_account))
    counted = tries.where(Attempt.kind == kind, Attempt.at > clock.now() - over, or_(by_here, for_account))
    pair, address, anywhere = db.session.execute(counted).one()
    db.session.add(Attempt(kind=kind, account=whose, address=network))
    exceeded: bool = pair >= PER_PAIR or address >= PER_ADDRESS or anywhere >= PER_ACCOUNT
    if exceeded:
        record("too many tries", kind=kind)
    return exceeded


def forgive(kind: str, account: str, *, anywhere: bool = False) -> None:
    """Forget the tries for this account, from here or anywhere: it was its owner. A classroom shares one address."""
    tries = delete(Attempt).where(Attempt.kind == kind, Attempt.account == digest(account.lower()))
    db.session.execute(tries if anywhere else tries.where(Attempt.address == here()))


def record(event: str, **about: Any) -> None:
    """Write a security event to the log: one JSON object a line, no secrets, no text that people typed."""
    told = {"event": event, **about}
    security.info(json.dumps({"at": clock.now().isoformat(), **told}), extra={"about": told})


def init_app(app: Flask) -> None:
    reuse_freed_memory()
    login_manager.init_app(app)
    # The row is what counts: a changed browser version must not sign anybody out, nor be hashed for each request.
    login_manager.session_protection = None
    login_manager._session_identifier_generator = str
    app.before_request(guard)
    public(app.view_functions["static"])
