"""People, their sessions and secrets, what they agreed to, and who did what."""

from app.privacy.declared import Table

TABLES = (
    Table(
        "person",
        "To know who signs in, how to address them, and how their ledger counts.",
        called="Your account and settings",
        mine="id",
        lines="""
id | technical | the account's number
stable_id | secret | random number by which an erasure is recognised after a restore
email | contact | address that signs in and gets mail
name | identity | the name somebody goes by
password_hash | secret | the password as Argon2id keeps it
is_trainer | identity | whether they may run cohorts
is_operator | identity | whether they run the installation
time_zone | identity | IANA time zone in which their days begin
theme | identity | colours of the pages
currency | money | ISO code of the ledger's currency
hourly_value | money | what an hour of theirs is worth, in minor units
sales_cycle_months | money | months from a first talk to a sale
discount_rate | money | what a year's wait takes off, 0…1
note_months | identity | after how many months their notes go
ledger_start | money | first day of the ledger's window
confirmed_at | identity | when the address was shown to be theirs
disabled_at | identity | when an operator switched the account off
created_at | technical | when the account was made
""",
    ),
    Table(
        "session",
        "To keep a browser signed in, and to let its owner sign it out.",
        called="Browsers you signed in with",
        mine="person_id",
        kept="60 days at most",
        lines="""
id | technical | the session's number
person_id | technical | whose it is
token_hash | secret | SHA-256 of the cookie's token
browser | identity | what the browser called itself
created_at | technical | when it signed in
expires_at | technical | when it ends by itself
ended_at | technical | when it was signed out
proved_at | technical | when the password was last typed in it
""",
    ),
    Table(
        "factor",
        "To ask for a code of an app at sign-in, beside the password.",
        called="The app that gives you codes",
        mine="person_id",
        kept="Until it is taken away, or the account erased",
        lines="""
person_id | technical | whose it is
secret | secret | what their app makes codes from, sealed
pending | secret | one that is being set up, sealed
confirmed_at | technical | when its first code was typed
last_step | technical | the half minute, counted since 1970, whose code was used last
""",
    ),
    Table(
        "recovery_code",
        "A way in for who has lost the app.",
        called="Your recovery codes",
        mine="person_id",
        kept="Until new ones are made, or the account erased",
        lines="""
id | technical | the code's number
person_id | technical | whose it is
code_hash | secret | SHA-256 of the code
created_at | technical | when it was made
used_at | technical | when it let somebody in
""",
    ),
    Table(
        "token",
        "Links that confirm, reset, unsubscribe or move an address, once, and the step between password and code.",
        called="Links we mailed to you",
        mine="person_id",
        kept="Ten minutes to ninety days as a way in; those of mails and codes go then, others with the account",
        lines="""
id | technical | the link's number
purpose | technical | what it is good for
person_id | technical | whose it is
enrolment_id | technical | the place it confirms
kind | technical | the kind of mails it ends
address | contact | the address that it confirms or gives back
answers | consent | what was ticked when the place was asked for, until the link is used
token_hash | secret | SHA-256 of the link's secret
created_at | technical | when it was written
expires_at | technical | when it runs out
used_at | technical | when it was used
""",
    ),
    Table(
        "attempt",
        "To slow down whoever guesses secrets.",
        kept="A day",
        erased="Gone within a day: it holds fingerprints only",
        lines="""
id | technical | the try's number
kind | technical | what was tried
account | secret | SHA-256 of the account that was tried
address | secret | SHA-256 of the network address it came from
at | technical | when
""",
    ),
    Table(
        "consent",
        "To show what somebody agreed to, to which words, and when they took it back. Rows are only ever added.",
        called="What you agreed to",
        mine="person_id",
        lines="""
id | technical | the line's number
person_id | technical | who was asked
kind | consent | what was asked
given | consent | whether they said yes
version | consent | version of the words
text_hash | consent | SHA-256 of the exact words shown
method | consent | where they were asked
at | consent | when they answered
""",
    ),
    Table(
        "audit",
        "To answer later who did what with somebody's data. Rows are only ever added.",
        called="The list of who did what with whose data",
        mine="person_id or whom_id",
        kept="As long as the installation runs",
        erased="The rows stay, without the person's number: a list of what was done must not have holes",
        withheld={"why": "it may say who asked; the settings show it wherever it does not"},
        lines="""
id | technical | the line's number
at | technical | when
person_id | somebody | who did it
whom_id | somebody | whose data it was done with
what | technical | what was done
about | technical | to what, as the number of a row
why | words | the reason given
""",
    ),
)
