"""What the log's form refuses, and that everything typed is kept then."""

import pytest

from tests.app.practice.telling import counted, entries, promises, talk

REFUSED = {
    "nobody is named": (talk(alias=""), "Say who it was with"),
    "two people are named": (talk(who="alone"), "Which was it?"),
    "the alias is too long": (talk(alias="x" * 41), "Keep the alias to 40 characters."),
    "the alias is an address": (talk(alias="jan@brouwer.example"), "An alias, not an address"),
    "the alias is a page": (talk(alias="https://example.org/jan"), "An alias, not an address"),
    "the alias is a number to ring": (talk(alias="+31 6 1234-5678"), "An alias, not a phone number"),
    "the alias is nothing that shows": (talk(alias="\u200b\u200d"), "Say who it was with"),
    "minutes are negative": (talk(minutes="-5"), "between 0 and 1440"),
    "other minutes are negative": (talk(minutes="other", minutes_other="-5"), "between 0 and 1440"),
    "minutes exceed a day": (talk(minutes="1441"), "between 0 and 1440"),
    "minutes are words": (talk(minutes="soon"), "whole number"),
    "minutes are huge": (talk(minutes="9" * 5000), "whole number"),
    "minutes are a fraction": (talk(minutes="other", minutes_other="2.5"), "whole number in figures"),
    "minutes are missing": (talk(minutes=None), "how many minutes"),
    "minutes are told twice": (talk(minutes_other="30"), "Which is it?"),
    "the channel is missing": (talk(channel=None), "how you were in touch"),
    "the channel is unheard of": (talk(channel="fax"), "how you were in touch"),
    "who began is missing": (talk(began=None), "who began"),
    "a line is missing": (talk(value=None), "0, 1 or 2"),
    "a line has three points": (talk(value="3"), "0, 1 or 2"),
    "a line is words": (talk(value="much"), "0, 1 or 2"),
    "the day is to come": (talk(day="2026-11-25"), "still to come"),
    "the day is long past": (talk(day="2024-11-20"), "two years"),
    "the day is none": (talk(day="yesterday"), "not a day"),
    "the day was never in any month": (talk(day="2026-02-30"), "not a day"),
    "the note has ten thousand characters": (talk(note="n" * 10_000), "280 characters"),
    "the step is too long": (talk(step="s" * 141), "140 characters"),
    "a day has no step": (talk(step_by="2026-11-27"), "what happens by that day"),
    "the step is due before": (talk(step="s", step_due="2026-11-01"), "before the day of the entry"),
    "the step is due twice": (talk(step="s", step_by="2026-11-27", step_due="2026-12-01"), "Which is it?"),
    "the other day is not written": (talk(step="s", step_by="other"), "the other day"),
    "the step's day is none": (talk(step="s", step_by="soon"), "Choose the day again"),
    "a promise has no day": (talk(promise="The list"), "A promise has a day"),
    "a promise has no words": (talk(promise_due="2026-11-27"), "what you promised"),
    "a promise is too long": (talk(promise="p" * 141, promise_due="2026-11-27"), "140 characters"),
    "a promise is due before it is made": (talk(promise="p", promise_due="2026-11-01"), "before the day of the entry"),
    "a promise is due in a lifetime": (talk(promise="p", promise_due="2099-01-01"), "two years"),
    "a promise is made to nobody": (
        talk(who="alone", alias="", promise="p", promise_due="2026-11-27"),
        "nobody to promise",
    ),
    "a promise kept is not theirs": (talk(kept="999"), "still open"),
    "the sign is unheard of": (talk(sign="smiled"), "Choose one of these, or none."),
    "the exercise is unheard of": (talk(exercise="no-such-lesson"), "from the list"),
    "the person is not a number": (talk(who="x", alias=""), "not on your list"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_an_entry_is_refused_and_everything_typed_is_kept_when(case, cast, browser_of):
    sent, words = REFUSED[case]
    answer = browser_of(cast.ada).send("/practice/", sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Everything you typed is still here" in answer.text
    assert sent["note"][:200] in answer.text
    assert counted() == (0, 0, 0)


def test_a_promise_cannot_be_kept_before_it_was_made(cast, browser_of):
    ada = browser_of(cast.ada)
    ada.send("/practice/", talk(promise="The list", promise_due="2026-11-26"))
    (promise,), (entry,) = promises(), entries()
    sent = talk(who=str(entry.relationship_id), alias="", kept=str(promise.id), day="2026-11-20", note="Sent it.")
    answer = ada.send("/practice/", sent)
    assert answer.status_code == 422
    assert "That promise was made after the day of this entry." in answer.text
    assert "Sent it." in answer.text
    assert promises()[0].kept_on is None
    assert counted() == (1, 1, 1)
