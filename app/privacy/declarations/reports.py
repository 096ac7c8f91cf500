"""The trainer's desk, what learners show, and what people outside read."""

from app.privacy.declarations.cohorts import AUTHOR
from app.privacy.declared import UNTOUCHED, WITH_COHORT, Table

TABLES = (
    Table(
        "contact",
        "That a trainer spoke to a learner or put them off.",
        called="Talks that a trainer noted",
        mine="enrolment_id.person_id",
        sooner={"note": "24 months after the day (`NOTE_MONTHS`)"},
        withheld={"note": "a trainer's working note; whoever runs the installation gives it out on request"},
        lines="""
id | technical | the row's number
trainer_id | somebody | who spoke
enrolment_id | technical | with whose place
kind | study | spoke, or put off
day | study | on which day
until | study | until when nobody comes back to it
note | words | what was said
created_at | technical | when it was written
""",
    ),
    Table(
        "shared",
        "What a learner shows their trainers, until they take it back.",
        called="What you showed",
        mine="enrolment_id.person_id",
        lines="""
id | technical | the row's number
enrolment_id | technical | in which place
entry_id | technical | the entry that is shown
plan_id | technical | the plan that is shown
shared_at | practice | since when
withdrawn_at | practice | when it was taken back
heard_at | practice | when the answer was read
""",
    ),
    Table(
        "feedback",
        "What a trainer answered to what was shown.",
        called="What trainers answered",
        mine="shared_id.enrolment_id.person_id",
        only="answered_at",
        erased="Deleted with what was shown; also where the trainer who answered is erased",
        lines="""
id | technical | the row's number
shared_id | technical | to what
trainer_id | somebody | who answered
opened_at | practice | when it was opened last
personal | practice | rubric: personal, 0…2
two_way | practice | rubric: two-way, 0…2
about_them | practice | rubric: about them, 0…2
value | practice | rubric: value, 0…2
next_step | practice | rubric: next step, 0…2
rated_at | practice | when it was rated
comment | words | the answer
answered_at | practice | when it was sent
""",
    ),
    Table(
        "asked_case",
        "Whose case a report asks for, and what they let it tell.",
        called="What you allowed a report to tell of you",
        mine="enrolment_id.person_id",
        sooner={"words": "Until the learner takes their yes back"},
        lines="""
id | technical | the row's number
enrolment_id | technical | in which place
side | money | whether more or less had come back than was put in when it was asked
asked_at | study | when it was asked
agreed | consent | what was answered; the consents hold to which words
answered_at | study | when it was answered
words | words | what the learner lets the report say in their words
""",
    ),
    Table(
        "report_text",
        "A trainer's own paragraph in a cohort's report.",
        kept=WITH_COHORT,
        erased=AUTHOR,
        lines="""
cohort_id | technical | of which cohort
text | course | the paragraph
version | technical | how often it was saved
author_id | somebody | who wrote it
saved_at | technical | when it was saved last
""",
    ),
    Table(
        "sponsor_report",
        "A cohort's figures as they were given to people outside: groups of five or more.",
        called="Reports of groups for people outside",
        kept=WITH_COHORT,
        erased="Stays: its figures tell of groups only, and its fingerprints keep a later report from telling of one",
        lines="""
id | technical | the report's number
cohort_id | technical | of which cohort
version | technical | which one of the cohort
day | course | on which day it was drawn up
content | course | what it says
contributions | secret | a fingerprint of what each account number adds; no page shows it
created_at | technical | when it was drawn up
""",
    ),
    Table(
        "sponsor_link",
        "Links to such a report.",
        kept=WITH_COHORT,
        erased=AUTHOR,
        lines="""
id | technical | the link's number
report_id | technical | to which report
author_id | somebody | who made it
token_hash | secret | SHA-256 of the link's secret
label | course | for whom, in the trainer's words
expires_at | course | when it runs out
revoked_at | course | when it was taken back
created_at | technical | when it was made
""",
    ),
    Table(
        "sponsor_opening",
        "When such a link was opened.",
        kept=WITH_COHORT,
        erased=UNTOUCHED,
        lines="""
id | technical | the row's number
link_id | technical | which link
at | technical | when
""",
    ),
)
