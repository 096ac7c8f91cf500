"""Passwords guessed at one moment are counted one after the other, on both engines."""

import threading
from typing import Any

from app.access import PER_PAIR
from app.db import db
from tests.cast import Cast


def test_of_many_guesses_at_one_moment_no_more_are_looked_at_than_one_after_the_other(app: Any, cast: Cast) -> None:
    browsers = [app.test_client() for _ in range(PER_PAIR + 4)]
    sent = [
        {"csrf_token": browser.csrf(), "email": "ada@example.org", "password": "a guess that is wrong"}
        for browser in browsers
    ]
    barrier, answers = threading.Barrier(len(browsers)), []
    db.session.commit()

    def guess(browser: Any, data: dict[str, str]) -> None:
        barrier.wait()
        answers.append(browser.post("/sign-in", data=data).status_code)

    threads = [threading.Thread(target=guess, args=pair) for pair in zip(browsers, sent, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [422] * PER_PAIR + [429] * 4
