"""What a trainer writes to a whole cohort, and who got it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Model
from app.models.columns import created, one_of, owner


class Announcement(Model):
    """One letter to a cohort, as it went out. `audience` is whom it was for."""

    __tablename__ = "announcement"
    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = owner("cohort")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    audience: Mapped[str] = mapped_column(String(8))
    subject: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime] = created()
    __table_args__ = (Index(None, "cohort_id", "id"), one_of("audience", "seats", "line", "all"))


class Addressee(Model):
    """Somebody an announcement was for. `mail_id` is None where they want no such mails, or the mail is long gone."""

    __tablename__ = "addressee"
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcement.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    by_mail: Mapped[bool]
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mail.id", ondelete="SET NULL"), index=True)
    __table_args__ = (Index(None, "person_id", "announcement_id"),)
