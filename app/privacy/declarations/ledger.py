"""The ledger: what was put in and what came back. Belongs to the person. Amounts are in minor units."""

from app.privacy.declared import Table

ABROAD = """
original_amount | money | what was paid, in minor units of its own currency
original_currency | money | ISO code of that currency
rate | money | what one unit of it was worth
rate_source | words | where the rate was read
"""

TABLES = (
    Table(
        "opportunity",
        "Money that may come.",
        called="Opportunities",
        mine="person_id",
        lines="""
id | technical | the row's number
person_id | technical | whose it is
relationship_id | technical | with which alias
day | money | from which day it is known
what | words | what it is for
state | money | open, signed, paid or lost
amount | money | how much, in minor units
margin | money | share of it that is margin, 0…1
probability | money | how likely, 0…1
expected_on | money | by when
replaces_id | technical | the row that this one replaces
removed_at | technical | when the learner took it out
created_at | technical | when it was written
""",
    ),
    Table(
        "intangible",
        "What came back and is no money.",
        called="What came back and is no money",
        mine="person_id",
        lines="""
id | technical | the row's number
person_id | technical | whose it is
relationship_id | technical | from which alias
day | practice | when
text | words | what came back
removed_at | technical | when the learner took it out
created_at | technical | when it was written
""",
    ),
    Table(
        "receipt",
        "Money that came.",
        called="Receipts",
        mine="person_id",
        lines="""
id | technical | the receipt's number
person_id | technical | whose it is
relationship_id | technical | from which alias
day | money | when it came
what | words | what it was for
amount | money | how much, in minor units of the ledger's currency
margin | money | share of it that is margin, 0…1
attribution | money | share that the training brought, 0…1
confidence | money | how sure of that share, 0…1
origin | money | where the client came from
opportunity_id | technical | the opportunity it pays
removed_at | technical | when the learner took it out
created_at | technical | when it was written
"""
        + ABROAD.strip(),
    ),
    Table(
        "cost",
        "What the training took.",
        called="Costs",
        mine="person_id",
        lines="""
id | technical | the row's number
person_id | technical | whose it is
day | money | when
kind | money | fee, cash or time
what | words | what it was for
amount | money | how much, in minor units of the ledger's currency
minutes | money | how long
removed_at | technical | when the learner took it out
created_at | technical | when it was written
"""
        + ABROAD.strip(),
    ),
    Table(
        "monthly_margin",
        "The margin of each month of business.",
        called="Monthly margins",
        mine="person_id",
        lines="""
id | technical | the row's number
person_id | technical | whose it is
month | money | first day of the month
amount | money | margin, in minor units; nothing where it is unknown
""",
    ),
    Table(
        "number_terms",
        "The terms of the learner's own number.",
        called="The terms of your number",
        mine="person_id",
        lines="""
id | technical | the row's number
person_id | technical | whose it is
income | money | what a year should bring, in minor units
deal | money | what a deal brings, in minor units
margin | money | share of it that is margin, 0…1
frequency | money | deals a client and year
introductions | money | introductions a client and year
wins | money | clients won a year
version | technical | how often it was saved
saved_at | technical | when it was saved last
""",
    ),
)
