"""Readiness for outreach at volume. Belongs to the person."""

from app.privacy.declared import Table

TABLES = (
    Table(
        "gate_terms",
        "What the learner states for the gate.",
        called="What you stated for the gate",
        mine="person_id",
        lines="""
id | technical | the row's number
person_id | technical | whose it is
day | practice | from which day it holds
batch | practice | how many they mean to write to
capacity_minutes | practice | minutes a week for answering
reply_minutes | practice | minutes for a reply
send_minutes | practice | minutes for a send
send_cost | money | cost of a send, in minor units
deal_margin | money | margin of a deal, in minor units
law | practice | which points of law they ticked
created_at | technical | when it was written
""",
    ),
    Table(
        "delivery",
        "What was promised to a client and delivered.",
        called="What you delivered",
        mine="person_id",
        lines="""
id | technical | the row's number
person_id | technical | whose it is
relationship_id | technical | to which alias
day | practice | when
what | words | what was delivered
as_promised | practice | whether it was as promised
removed_at | technical | when the learner took it out
created_at | technical | when it was written
""",
    ),
    Table(
        "batch",
        "Batches of outreach and what came of them: counts, and nobody's address.",
        called="Your batches of outreach",
        mine="person_id",
        lines="""
id | technical | the batch's number
person_id | technical | whose it is
day | practice | when it was sent
size | practice | to how many
replies | practice | how many answered
two_way | practice | how many of them went on
answered_in_time | practice | how many were answered in time
complaints | practice | how many complained
replaces_id | technical | the row that this one corrects
removed_at | technical | when the learner took it out
created_at | technical | when it was written
""",
    ),
)
