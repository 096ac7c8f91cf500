"""What a request leaves behind beside its facts: once-only keys, the outbox, and how people want to be reached."""

from app.privacy.declared import Table

TABLES = (
    Table(
        "once",
        "To tell a form that was sent twice from two forms.",
        kept="Two days",
        erased="Gone within two days: it holds a fingerprint and an address of ours",
        lines="""
key | secret | SHA-256 of who sent which form
location | technical | where its answer led
created_at | technical | when
""",
    ),
    Table(
        "mail",
        "The outbox: what is to be sent, and what was.",
        called="Mails to you",
        mine="person_id",
        kept="Half a year; the text until it was sent, or thirty days where it did not arrive",
        withheld={
            "key": "it may hold part of a link's secret",
            "body": "it may hold a link with a secret",
            "unsubscribe": "a link with a secret",
            "leased_by": "which worker had it",
        },
        lines="""
id | technical | the mail's number
key | technical | what keeps it from being written twice
kind | technical | what it is about
state | technical | waiting, sent, given up, or unknown
person_id | technical | to whom
recipient | contact | to which address
subject | technical | its subject
body | technical | its text, until it was sent
unsubscribe | technical | the link that ends its kind
created_at | technical | when it was written
due_at | technical | when it is to be sent
attempts | technical | how often it was tried
doubts | technical | how often nobody knew whether it arrived
leased_until | technical | until when a worker has it
leased_by | technical | which worker
began_at | technical | when its text was on its way
sent_at | technical | when it was sent
failure | technical | what the mail server said
""",
    ),
    Table(
        "mail_terms",
        "How somebody wants to be mailed.",
        called="How you want to be mailed",
        mine="person_id",
        lines="""
person_id | technical | who
digest | identity | whether to remind
announcements | identity | whether to announce
digest_hour | identity | at which hour
quiet_from | identity | from which hour it is quiet
quiet_until | identity | until which hour
digest_on | technical | the last day that was looked at
""",
    ),
    Table(
        "feed",
        "A calendar at a secret address.",
        called="Your calendar’s address",
        mine="person_id",
        lines="""
person_id | technical | whose
token_hash | secret | SHA-256 of the address's secret
words | identity | whether the words of promises go along
created_at | technical | when it was made
""",
    ),
)
