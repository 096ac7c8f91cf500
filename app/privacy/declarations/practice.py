"""Practice: who is tended under which alias, what happened, what was promised. Belongs to the person."""

from app.privacy.declared import BY_AGE, Table

TABLES = (
    Table(
        "relationship",
        "Whom the learner tends, under an alias: no name, no number, no address.",
        called="The people you tend, by alias",
        mine="person_id",
        lines="""
id | technical | the alias's number
person_id | technical | whose it is
alias | words | the alias the learner chose
layer | practice | core, active or network
cadence_days | practice | how many days may pass between two talks
seat | practice | seat 1…10
known_since | practice | since when they know each other
introduced_by_id | technical | the alias that brought them
merged_into_id | technical | the alias that is the same person
merged_at | technical | when the two were merged
merged_seat | practice | the seat it had until then
created_at | technical | when it was written
""",
    ),
    Table(
        "entry",
        "The practice log: what happened with whom, rated on five lines. Corrected by new rows only.",
        called="Your practice log",
        mine="person_id",
        sooner={"note": BY_AGE, "step": BY_AGE},
        lines="""
id | technical | the entry's number
person_id | technical | whose it is
relationship_id | technical | with which alias
day | practice | on which day
channel | practice | met, call, video, mail or message
minutes | practice | how long
began | practice | who began
lesson_id | practice | for which exercise
personal | practice | rubric: personal, 0…2
two_way | practice | rubric: two-way, 0…2
about_them | practice | rubric: about them, 0…2
value | practice | rubric: value, 0…2
next_step | practice | rubric: next step, 0…2
step | words | what happens next
step_due | practice | by when
sign | practice | what they did that shows trust
note | words | the note
words_removed_on | practice | on which day its words went by their age
replaces_id | technical | the entry that this one corrects
void | practice | whether it takes that entry back
created_at | technical | when it was written
""",
    ),
    Table(
        "promise",
        "What the learner said they would do by a date.",
        called="Your promises",
        mine="person_id",
        sooner={"text": f"Once settled, {BY_AGE}"},
        lines="""
id | technical | the promise's number
person_id | technical | whose it is
relationship_id | technical | to which alias
entry_id | technical | the entry it was made in
text | words | what was promised
made_on | practice | when
due_on | practice | by when
kept_on | practice | when it was done
dropped_on | practice | when it was given up
sequence | technical | how often it changed, for calendars
changed_at | technical | when it changed last
""",
    ),
)
