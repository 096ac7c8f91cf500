from course.glossary import Term
from course.passages import Passage, passage_of, passages_of, vocabulary
from course.search import words_of
from tests.course.lesson_files import a_lesson

TEXT = """Say a *pump maker* begins, and "ends".

## Why it is so

First words.

- one
- two

| a | b |
|---|---|
| c | d |

### Further *down*

More words.
"""
CARRY = "\n**Carry this away:** only they can answer.\n"


def places(lesson):
    return [(passage.anchor, passage.heading) for passage in passages_of(lesson)]


def test_a_lesson_is_cut_at_its_headings_and_blocks():
    assert places(a_lesson(text=TEXT)) == [
        ("", "Follow the money"),
        ("why-it-is-so", "Why it is so"),
        ("further-down", "Further down"),
        ("example-two-notes", "One buyer, two notes"),
        ("exercise-try-it", "Try it once"),
        ("recall-first", ""),
        ("recall-second", ""),
    ]


def test_the_opening_holds_the_case_and_the_claim():
    opening = passages_of(a_lesson(text=TEXT))[0]
    assert opening.text == "Say a pump maker begins, and “ends”. Reach alone does not pay."


def test_a_passage_is_plain_text_on_one_line_with_its_words_apart():
    assert passages_of(a_lesson(text=TEXT))[1].text == "First words. one two a b c d"


def test_an_example_holds_both_versions_and_an_exercise_what_good_looks_like():
    found = {passage.anchor: passage.text for passage in passages_of(a_lesson(text=TEXT))}
    assert "Dear Sir, we sell valves." in found["example-two-notes"]
    assert "You said it sticks. He: It does." in found["example-two-notes"]
    assert found["exercise-try-it"] == "Write to one person. One entry. They answered."


def test_a_question_is_found_and_its_answer_is_not():
    lesson = a_lesson(text=TEXT)
    found = [passage.text for passage in passages_of(lesson) if passage.anchor.startswith("recall-")]
    assert found == ["Which is it?", "Which is it?"]
    assert "contacting" in vocabulary((lesson,), ())  # the example's reason says it
    assert "yet" not in vocabulary((lesson,), ())


def test_the_last_line_stands_where_what_comes_before_it_stands():
    lesson = a_lesson(text=TEXT, recalls=CARRY)
    assert passages_of(lesson)[-1] == Passage(
        "exercise-try-it", "Follow the money", "Carry this away: only they can answer."
    )


def test_a_lesson_that_begins_with_a_heading_has_its_claim_on_top():
    assert passages_of(a_lesson(text="## At once\n\nWords.\n"))[:2] == (
        Passage("", "Follow the money", "Reach alone does not pay."),
        Passage("at-once", "At once", "Words."),
    )


def test_a_term_is_found_by_its_word_and_its_meaning():
    term = Term(word="Two-way", meaning="They took part.")
    assert passage_of(term) == Passage("two-way", "Two-way", "They took part.")
    assert vocabulary((), (term,)) == {"two": 1, "way": 1, "they": 1, "took": 1, "part": 1}


def test_the_vocabulary_counts_every_word_that_can_be_found():
    lesson = a_lesson(text=TEXT)
    counts = vocabulary((lesson,), ())
    assert (counts["pump"], counts["words"]) == (1, 2)
    assert {word for passage in passages_of(lesson) for word in words_of(passage.text)} <= set(counts)
