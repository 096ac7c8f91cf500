"""Tables and constraints; no queries, no rules. One file a subject.

Study rows belong to an enrolment; practice, relationships and the ledger to the person, so that they outlive a
cohort. Every owned row carries its owner's id: it is asked for with it, and could be sharded by it.
"""

from app.models.announcements import Addressee, Announcement
from app.models.certificates import BadgeKey, Certificate
from app.models.cohorts import (
    Change,
    Cohort,
    CohortTrainer,
    Enrolment,
    Invite,
    Meeting,
    PaceException,
    Picture,
)
from app.models.content import LessonVersion, Passage
from app.models.desk import Contact, Feedback, Shared
from app.models.gate import Batch, Delivery, GateTerms
from app.models.ledger import Cost, Intangible, MonthlyMargin, NumberTerms, Opportunity, Receipt
from app.models.people import Attempt, Audit, Consent, Factor, Person, RecoveryCode, Session, Token
from app.models.practice import Entry, Promise, Relationship
from app.models.reports import AskedCase, ReportText, SponsorLink, SponsorOpening, SponsorReport
from app.models.requests import Feed, Mail, MailTerms, Once
from app.models.study import Answer, Assessment, Card, Note, Plan, Reaction, Reading

__all__ = [
    "Addressee",
    "Announcement",
    "Answer",
    "AskedCase",
    "Assessment",
    "Attempt",
    "Audit",
    "BadgeKey",
    "Batch",
    "Card",
    "Certificate",
    "Change",
    "Cohort",
    "CohortTrainer",
    "Consent",
    "Contact",
    "Cost",
    "Delivery",
    "Enrolment",
    "Entry",
    "Factor",
    "Feed",
    "Feedback",
    "GateTerms",
    "Intangible",
    "Invite",
    "LessonVersion",
    "Mail",
    "MailTerms",
    "Meeting",
    "MonthlyMargin",
    "Note",
    "NumberTerms",
    "Once",
    "Opportunity",
    "PaceException",
    "Passage",
    "Person",
    "Picture",
    "Plan",
    "Promise",
    "Reaction",
    "Reading",
    "Receipt",
    "RecoveryCode",
    "Relationship",
    "ReportText",
    "Session",
    "Shared",
    "SponsorLink",
    "SponsorOpening",
    "SponsorReport",
    "Token",
]
