"""Study: belongs to the enrolment. And the lessons themselves, which belong to nobody."""

from app.privacy.declared import BY_AGE, UNTOUCHED, Table

MINE = "enrolment_id.person_id"

TABLES = (
    Table(
        "lesson_version",
        "The lessons as they were served, so that an edit loses nothing.",
        kept="As long as the installation runs",
        erased=UNTOUCHED,
        lines="""
id | technical | the version's number
lesson_id | course | which lesson
path | course | its file
content_hash | course | SHA-256 of its text
source | course | its text
published_at | course | when it was first served
""",
    ),
    Table(
        "passage",
        "What search finds in lessons and glossary.",
        kept="Until the lesson is served anew",
        erased=UNTOUCHED,
        lines="""
id | technical | the passage's number
lesson_id | course | which lesson
place | course | its place in the lesson
content_hash | course | SHA-256 of the lesson's text
anchor | course | where on the page it stands
heading | course | its heading
text | course | its text
heading_words | course | the heading as it is indexed
text_words | course | the text as it is indexed
""",
    ),
    Table(
        "reading",
        "A learner's way through the lessons.",
        called="Your way through the lessons",
        mine=MINE,
        lines="""
id | technical | the row's number
enrolment_id | technical | in which place it was read
lesson_id | study | which lesson
content_hash | study | SHA-256 of the version that was completed
heading | study | how far it was read
began_at | study | when it was opened first
completed_at | study | when it was completed
minutes | study | how long it took, where the learner said
""",
    ),
    Table(
        "note",
        "A learner's own words beside a lesson.",
        called="Your notes beside lessons",
        mine=MINE,
        lines="""
id | technical | the row's number
enrolment_id | technical | in which place it was written
lesson_id | study | beside which lesson
text | words | the note
version | technical | how often it was saved
saved_at | technical | when it was saved last
""",
    ),
    Table(
        "answer",
        "Answers to recall questions, with how sure the learner was.",
        called="Your answers to questions",
        mine=MINE,
        lines="""
id | technical | the answer's number
enrolment_id | technical | in which place it was given
lesson_id | study | of which lesson
recall_id | study | which question
content_hash | study | SHA-256 of the question's wording
text | words | the answer
confidence | study | how sure, before the model answer was seen
correct | study | whether the learner graded it as right
answered_at | study | when it was given
graded_at | study | when it was graded
""",
    ),
    Table(
        "card",
        "When a recall question returns.",
        called="When questions return",
        mine=MINE,
        lines="""
id | technical | the card's number
enrolment_id | technical | in which place
lesson_id | study | of which lesson
recall_id | study | which question
due_at | study | when it returns
stability | study | FSRS: days until it is likely forgotten
difficulty | study | FSRS: 1 easy … 10 hard
state | study | FSRS: learning, review, relearning
reviewed_at | study | when it was asked last
""",
    ),
    Table(
        "plan",
        "If-then plans for the exercises, and what came of them.",
        called="Your plans",
        mine=MINE,
        sooner=dict.fromkeys(("if_text", "then_text", "because"), f"Once reported, {BY_AGE}"),
        lines="""
id | technical | the plan's number
enrolment_id | technical | in which place it was made
lesson_id | study | for which exercise
if_text | words | when it is to happen
then_text | words | what is to be done
due_on | study | on which day it comes back
outcome | study | done or not
because | words | why not
entry_id | technical | the entry that was logged from it
created_at | technical | when it was made
reported_at | study | when it was reported on
""",
    ),
    Table(
        "assessment",
        "What somebody says of themselves, at four moments.",
        called="Your self-assessments",
        mine=MINE,
        lines="""
id | technical | the row's number
enrolment_id | technical | in which place
moment | study | before, after, later, or then as seen now
answers | study | each item with 0…5, or nothing where it was left open
taken_at | study | when
""",
    ),
    Table(
        "reaction",
        "What somebody says of the course, asked once; a report counts it without names, from five on.",
        called="What you said of the course",
        mine=MINE,
        lines="""
id | technical | the row's number
enrolment_id | technical | in which place
relevance | study | how much of it is of use, 1…5; nothing where they rather did not say
intent | study | whether they will use it within 30 days, 1…5
recommend | study | what they would tell a colleague, 1…5
line | words | a line of their own
said_at | study | when
""",
    ),
)
