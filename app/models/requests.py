"""What a request leaves behind beside its facts: once-only keys, the outbox, and how people want to be reached."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Model, UTCDateTime
from app.models.columns import between, created, now, one_of


class Once(Model):
    """A form's once-only key and the answer its first post got."""

    __tablename__ = "once"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    location: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now, index=True)


class Mail(Model):
    """The outbox: a mail is written in the transaction of the fact that it tells of, and sent later.

    `leased_by` is the worker that has it; `began_at` is set while its text is on its way; `doubts` counts the times
    that nobody knew whether it had arrived. What was sent keeps no text: it may have held a secret.
    """

    __tablename__ = "mail"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(16), default="notice")
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    # The address that ends mails of this kind.
    unsubscribe: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime] = created()
    due_at: Mapped[datetime] = created()
    attempts: Mapped[int] = mapped_column(default=0)
    doubts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    leased_by: Mapped[str | None] = mapped_column(String(16))
    began_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    failure: Mapped[str | None] = mapped_column(String(500))
    __table_args__ = (
        Index(
            "ix_mail_waiting",
            "due_at",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(None, "state", "id"),
        Index(None, "created_at"),
        Index(None, "person_id", "id"),
        one_of("state", "waiting", "sent", "dead", "ambiguous"),
        one_of("kind", "confirm", "offer", "welcome", "reset", "digest", "announcement", "notice"),
    )


class MailTerms(Model):
    """What somebody wants to be mailed of their own accord, and when; without a row the defaults hold.

    Hours are of the person's own clock. It is quiet from `quiet_from` up to `quiet_until`, over midnight if need be;
    never where both are the same. `digest_on` is the last local day that was looked at for a digest.
    """

    __tablename__ = "mail_terms"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[bool] = mapped_column(default=True)
    announcements: Mapped[bool] = mapped_column(default=True)
    digest_hour: Mapped[int] = mapped_column(default=7)
    quiet_from: Mapped[int] = mapped_column(default=21)
    quiet_until: Mapped[int] = mapped_column(default=7)
    digest_on: Mapped[date | None]
    __table_args__ = (between("digest_hour", 0, 23), between("quiet_from", 0, 23), between("quiet_until", 0, 23))


class Feed(Model):
    """Somebody's calendar at a secret address, of which only the hash is kept. Made anew, the old one is gone."""

    __tablename__ = "feed"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    # Whether the words of promises go along; a calendar's keeper reads them.
    words: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = created()
