"""What people agree to, word for word, at sign-up and later. The form shows these words and the row keeps their hash.

A changed text gets a new version and stands beside the old one, which somebody agreed to.
"""

import hashlib
from dataclasses import dataclass

SIGNUP, WELCOME, COHORT_PAGE, SETTINGS = "signup form", "welcome page", "cohort page", "settings"
CERTIFICATES = "certificate page"
CASE_PAGE = "page of a case"
"""Where people are asked."""


@dataclass(frozen=True)
class Wording:
    """A question of consent as it is shown: the sentence and what stands beside it."""

    kind: str
    version: str
    sentence: str
    aside: str

    @property
    def text_hash(self) -> str:
        """SHA-256 of the exact text shown, in hex."""
        return hashlib.sha256(f"{self.sentence} {self.aside}".encode()).hexdigest()


PROCESS = Wording(
    kind="process",
    version="2026-11",
    sentence="You may process my name and address to run this cohort.",
    aside="What happens to them",
)
NEWS = Wording(
    kind="news",
    version="2026-11",
    sentence="Tell me about later cohorts, at most twice a year.",
    aside="Not needed for a seat.",
)
ROLL_OVER = Wording(
    kind="roll-over",
    version="2026-11",
    sentence="If no seat falls free, take my name and my place to the next cohort.",
    aside="You can say no again at any time.",
)
CERTIFICATE = Wording(
    kind="certificate",
    version="2026-11",
    sentence="Whoever has the address of my certificate may read it there, with my name.",
    aside="You can take it off again at any time.",
)
# Without the name of the cohort; what somebody agrees to has it, see `case_words`.
CASE = Wording(
    kind="case",
    version="2026-11",
    sentence="My case may stand with my name in my trainer’s report on the cohort.",
    aside="You can take it back at any time.",
)
WORDINGS = {wording.text_hash: wording for wording in (PROCESS, NEWS, ROLL_OVER, CERTIFICATE, CASE)}
"""Every text that was ever asked, by its hash: a changed one is added, and the old one stays."""


def answers(*, news: bool, rolls_over: bool) -> dict[str, bool]:
    """What somebody answers who signs up, by the hash of the words they read; of going on only a yes is an answer."""
    said = {PROCESS.text_hash: True, NEWS.text_hash: news}
    return {**said, ROLL_OVER.text_hash: True} if rolls_over else said
