"""Cohorts, who runs them, and the places in them."""

from app.privacy.declared import UNTOUCHED, WITH_COHORT, Table

AUTHOR = "Stays, without its author's number"

TABLES = (
    Table(
        "cohort",
        "One run of the course and its public page.",
        called="Cohorts and what was written for them",
        kept="As long as the installation runs",
        erased=f"{AUTHOR}; the seats of who is erased are free again",
        lines="""
id | technical | the cohort's number
slug | course | its place in the address
name | course | its name
promise | course | what it promises
meetings | course | when it meets, in words
rhythm | course | what a week asks
trainer_line | course | who runs it, as the page says it
time_zone | course | its time zone
opens_at | course | when sign-up opens
closes_at | course | when it closes
starts_on | course | first day
ends_on | course | last day
capacity | course | how many seats
taken | course | how many are held
late_joiners | course | whether one may join late
price | course | the fee, in minor units
currency | course | its currency
about | course | the trainer's text
links | course | addresses in it that lead somewhere
offer_hours | course | how long an offered seat is held
shut_at | course | when sign-up was closed by hand
archived_at | course | when it was put away
pace | course | how lessons open
opens_on | course | the days they open
late_pace | course | how late joiners catch up
next_id | technical | the cohort after it
version | technical | how often it was edited
edited_by_id | somebody | who edited it last
created_at | technical | when it was made
""",
    ),
    Table(
        "cohort_trainer",
        "Who runs a cohort.",
        called="Cohorts you run",
        mine="person_id",
        kept=WITH_COHORT,
        lines="""
cohort_id | technical | which cohort
person_id | technical | who runs it
""",
    ),
    Table(
        "picture",
        "The picture of a cohort's page.",
        kept=WITH_COHORT,
        erased=UNTOUCHED,
        lines="""
cohort_id | technical | whose page
alt | course | what it shows, in words
kind | course | its format
width | course | in pixels
height | course | in pixels
digest | course | SHA-256 of its bytes
content | course | its bytes
saved_at | technical | when it was saved
""",
    ),
    Table(
        "meeting",
        "When a cohort meets.",
        kept=WITH_COHORT,
        erased=UNTOUCHED,
        lines="""
id | technical | the meeting's number
cohort_id | technical | of which cohort
uid | technical | what calendars know it by
starts_at | course | when it begins
minutes | course | how long it takes
where | course | where it is
sequence | technical | how often it changed
changed_at | technical | when it changed last
cancelled_at | course | when it was called off
""",
    ),
    Table(
        "invite",
        "Links that let people into a cohort.",
        kept=WITH_COHORT,
        erased=AUTHOR,
        lines="""
id | technical | the link's number
cohort_id | technical | into which cohort
author_id | somebody | who made it
token_hash | secret | SHA-256 of the link's secret
label | course | what the trainer calls it
domain | course | for addresses of which host
cap | course | how many it lets in
used | course | how many came by it
expires_at | course | when it runs out
revoked_at | course | when it was taken back
created_at | technical | when it was made
""",
    ),
    Table(
        "enrolment",
        "A learner's place in a cohort.",
        called="Your places in cohorts",
        mine="person_id",
        lines="""
id | technical | the place's number
cohort_id | technical | in which cohort
person_id | technical | whose it is
status | study | waiting, offered, confirmed, withdrawn or completed
goal | words | the line about the goal
line | study | place in line
offered_until | study | until when a seat is held
confirmed_at | study | when the seat was taken
ended_at | study | when it ended
ending | study | how it ended
rolls_over | consent | whether to go on to the next cohort
created_at | technical | when it was asked for
""",
    ),
    Table(
        "change",
        "Who changed a learner's place, and why. Rows are only ever added.",
        called="What was changed about your places",
        mine="enrolment_id.person_id",
        lines="""
id | technical | the row's number
enrolment_id | technical | which place
author_id | somebody | who changed it
what | study | what was done
why | words | the reason given
at | technical | when
""",
    ),
    Table(
        "pace_exception",
        "A learner's own days for lessons, and the reason.",
        called="Days of your own for lessons",
        mine="enrolment_id.person_id",
        lines="""
id | technical | the row's number
enrolment_id | technical | whose place
what | study | which module or lesson
opens_on | study | on which day it opens
reason | words | the reason given
author_id | somebody | who allowed it
created_at | technical | when
""",
    ),
    Table(
        "announcement",
        "A letter to a whole cohort.",
        kept=WITH_COHORT,
        erased=AUTHOR,
        lines="""
id | technical | the letter's number
cohort_id | technical | to which cohort
author_id | somebody | who wrote it
audience | course | to which part of it
subject | course | its subject
text | course | its text
sent_at | technical | when it was sent
""",
    ),
    Table(
        "addressee",
        "Who got a letter to the whole cohort.",
        called="Letters to your whole cohort",
        mine="person_id",
        lines="""
announcement_id | technical | which letter
person_id | technical | who
by_mail | technical | whether it went by mail, too
mail_id | technical | the mail
""",
    ),
)
