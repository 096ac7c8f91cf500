"""A certificate in words: the same on its page, on its sheet and in its badge."""

from datetime import date

from app.certificates.queries import Issued
from app.filters import day
from course.share import Share
from course.wording import counted, of, sentence

NAME = "Certificate of evidence"
DESCRIPTION = "For what was practised and shown in Connect before you count, not for attendance."
OWN_LOG = (
    "The figures come from the learner’s own log, practice and recall, rated by the learner with the course’s rubric. "
    "They name nobody the learner spoke with and no money."
)


def title(found: Issued) -> str:
    """The finding: whose conversations, and how many connected."""
    talks = counted(found.conversations, "conversation")
    if found.connecting == found.conversations:
        return f"{found.name} logged {talks}, every one connecting"
    return f"{found.name} logged {talks}, {found.connecting} of them connecting"


def facts(found: Issued) -> tuple[tuple[str, str], ...]:
    """What is certified, line by line."""
    modules = of(Share(len(found.modules), found.modules_of))
    lines = [
        ("Cohort", f"{found.cohort}, {span(found.starts_on, found.ends_on)}"),
        ("Modules", f"{sentence(modules)} read to the end and mastered"),
        ("Conversations", f"{found.conversations} logged and rated from the first day to {day(found.day)}"),
        ("Connecting", f"{found.connecting} of them, by the rubric’s rule"),
    ]
    if found.says_gate:
        lines.append(("Readiness gate", f"Open on {day(found.day)}: all seven tests held"))
    else:
        lines.append(("Readiness gate", "Not part of this certificate; nothing is said of it"))
    return (*lines, ("Issued", f"{day(found.day)}, by {found.issuer}"))


def evidence(found: Issued) -> str:
    """The same in a paragraph, for who reads a badge without its page."""
    told = ". ".join(f"{name}: {words}" for name, words in facts(found))
    return f"{told}. Modules: {'; '.join(found.modules)}. {OWN_LOG}"


def span(first: date, last: date) -> str:
    """Two days, the year once where it is the same."""
    return f"{day(first).rpartition(' ')[0] if first.year == last.year else day(first)} to {day(last)}"
