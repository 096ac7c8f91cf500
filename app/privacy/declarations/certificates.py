"""Certificates of evidence, and the keys that sign their badges."""

from app.privacy.declared import UNTOUCHED, Table

TABLES = (
    Table(
        "certificate",
        "What was issued to a learner for what they practised and showed.",
        called="Your certificates",
        mine="enrolment_id.person_id",
        erased="The rows are deleted, and their pages with them; also where the trainer who issued one is erased, "
        "its learner keeps it with the trainer's name",
        lines="""
id | technical | the row's number
enrolment_id | technical | for which place
author_id | somebody | who issued it
token | secret | its address; its learner reads it on their own page
name | identity | whose it is, as it was written that day
issuer | identity | the trainer's name, as it was written that day
cohort | course | the cohort's name
starts_on | course | the cohort's first day
ends_on | course | the cohort's last day
day | study | the day it was issued
rule | course | the rule that it was issued by
modules | study | the modules that count
modules_of | study | of how many
conversations | practice | conversations logged
connecting | practice | how many of them connect
gate_open | practice | whether the readiness gate was open that day
says_gate | consent | whether the learner lets it be said
issued_at | technical | when it was issued
answered_at | consent | when the learner first chose whether it gets a page
shown_at | consent | since when it has a page
revoked_at | study | when it was taken back
revoked_why | words | why, in the trainer's words
""",
    ),
    Table(
        "badge_key",
        "Keys that sign badges.",
        kept="For good: what a key signed must stay verifiable",
        erased=UNTOUCHED,
        lines="""
id | technical | the row's number
kid | technical | the fingerprint of the public half
public | technical | the public half, which is published
sealed | secret | the private half, sealed by the installation's secret key
created_at | technical | when it was made
""",
    ),
)
