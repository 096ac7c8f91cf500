"""The morning list: who needs their trainer today, why, what could be said, and what followed the last talk."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from app.reports.cohort_queries import OwnCohort, day_in
from app.reports.contact_queries import Spoken
from app.reports.morning_queries import Facts, InLine
from course.concerns import (
    Concern,
    Kind,
    Missed,
    in_line,
    no_second_conversation,
    reads_without_practising,
    silent,
    slipping,
    stuck,
    unanswered,
)
from course.library import Library
from course.outcome import Followed, what_followed
from course.report import Learner
from course.wording import counted, sentence, spell

PER_PAGE = 25
LONGEST_QUESTION = 90

HEADS: Mapping[Kind, str] = {
    "waits for an answer": "{} is waiting for your answer",
    "promises slipping": "{} let promised dates pass",
    "stuck on a recall": "{} is stuck on a recall question",
    "no second conversation": "{} practises, and speaks with nobody twice",
    "reads without practising": "{} reads without practising",
    "silent": "{} has gone silent",
    "waits in line": "{} is waiting for a seat",
}
DRAFTS: Mapping[Kind, str] = {
    "promises slipping": "{}, some dates slipped past you. Which of them still matters to the other person?",
    "stuck on a recall": "{}, one question keeps coming back to you. Where did it last matter in a talk of yours?",
    "no second conversation": "{}, you have begun several talks. Which of them would you like to hear the end of?",
    "reads without practising": "{}, you are ahead of your own log. Whom could you ring this week just to hear how "
    "they are?",
    "silent": "{}, I have not seen you for a while, and there may be good reasons. Is there anything in the way that I "
    "could take out of it?",
    "waits in line": "{}, you are still in line, and I have not forgotten you. Shall I keep your place?",
}


@dataclass(frozen=True)
class Needed:
    """Somebody who needs their trainer: the reasons, the one that a message could change most first."""

    id: int
    name: str
    email: str
    cohort: OwnCohort
    concerns: tuple[Concern, ...]
    # None for who waits in line: there is nothing of theirs to look at yet.
    learner: Learner | None = None

    @property
    def days(self) -> int:
        """How long the first of the reasons has lasted."""
        return self.concerns[0].days

    @property
    def head(self) -> str:
        return HEADS[self.concerns[0].kind].format(self.name)

    @property
    def waits(self) -> bool:
        """Whether there is something of theirs to answer."""
        return self.concerns[0].kind == "waits for an answer"

    @property
    def draft(self) -> str:
        """A message to begin from; empty where an answer is what they wait for."""
        return DRAFTS.get(self.concerns[0].kind, "").format(self.name)

    @property
    def mail(self) -> str:
        """The address that opens the trainer's own mail program with the draft in it."""
        asked = "&".join(f"{key}={quote(words)}" for key, words in self.letter.items())
        return f"mailto:{quote(self.email, safe='@')}?{asked}"

    @property
    def letter(self) -> dict[str, str]:
        return {"subject": self.cohort.name, "body": self.draft} if self.draft else {"subject": self.cohort.name}


@dataclass(frozen=True)
class Talk:
    """A talk of the last weeks, and what followed it."""

    spoken: Spoken
    followed: Followed


@dataclass(frozen=True)
class Morning:
    """The list of one day, a page of it. `learners` are all who study in the cohorts that run."""

    needed: tuple[Needed, ...]
    put_off: tuple[Spoken, ...]
    talks: tuple[Talk, ...]
    count: int
    others: int
    learners: int
    running: tuple[OwnCohort, ...]
    page: int = 1

    @property
    def title(self) -> str:
        """The finding in words."""
        if not self.count:
            return "Nobody needs you today"
        return sentence(f"{counted(self.count, 'person', 'people')} {'needs' if self.count == 1 else 'need'} you today")

    @property
    def well(self) -> str:
        """How the others are, in a sentence; empty without others."""
        if not self.others:
            return ""
        if self.others == self.learners > 1:
            return "Both are well." if self.others == 2 else f"All {spell(self.others)} are well."
        return sentence(f"{spell(self.others)} {'is' if self.others == 1 else 'are'} well.")

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.count // PER_PAGE))

    @property
    def before(self) -> int | None:
        """The page before this one; None before the first."""
        return self.page - 1 if self.page > 1 else None

    @property
    def after(self) -> int | None:
        """The page after this one; None after the last."""
        return self.page + 1 if self.page < self.last else None


@dataclass(frozen=True)
class Desk:
    """What the list is made of: the trainer's cohorts, who studies in those that run, what else is known, the hour."""

    cohorts: Sequence[OwnCohort]
    learners: Mapping[int, Sequence[Learner]]
    facts: Facts
    library: Library
    now: datetime

    @property
    def running(self) -> tuple[OwnCohort, ...]:
        return tuple(cohort for cohort in self.cohorts if cohort.is_running(self.now))


def morning(desk: Desk, *, page: int = 1) -> Morning:
    """Everybody with a reason, in the cohorts that run now and in the lines of those to come."""
    own = {cohort.id: cohort for cohort in desk.cohorts}
    quiet = {each.enrolment: each for each in desk.facts.spoken if each.until > own[each.cohort].today(desk.now)}
    everybody = sorted((*studying(desk), *waiting(desk)), key=order)
    needed = [each for each in everybody if each.id not in quiet]
    put_off = tuple(quiet[each.id] for each in everybody if each.id in quiet)
    here = min(max(page, 1), max(1, -(-len(needed) // PER_PAGE)))
    learners = sum(len(desk.learners.get(cohort.id, ())) for cohort in desk.running)
    return Morning(
        needed=tuple(needed[(here - 1) * PER_PAGE : here * PER_PAGE]),
        put_off=put_off,
        talks=talks(desk),
        count=len(needed),
        others=learners - sum(each.learner is not None for each in everybody),
        learners=learners,
        running=desk.running,
        page=here,
    )


def order(each: Needed) -> tuple[int, int, str, int]:
    return (*each.concerns[0].rank, each.name.casefold(), each.id)


def studying(desk: Desk) -> Iterator[Needed]:
    """The learners with a reason."""
    for cohort in desk.running:
        for learner in desk.learners.get(cohort.id, ()):
            concerns = concerns_of(learner, cohort, desk)
            if concerns:
                email = desk.facts.emails.get(learner.id, "")
                yield Needed(learner.id, learner.name, email, cohort, concerns, learner)


def concerns_of(learner: Learner, cohort: OwnCohort, desk: Desk) -> tuple[Concern, ...]:
    """What is known to worry about with one learner, what a message could change most first."""
    facts, today, id = desk.facts, cohort.today(desk.now), learner.id
    found = [
        unanswered(id, (day_in(cohort, at) for at in facts.shown.get(id, ())), today),
        slipping(id, facts.promises.get(id, ()), today),
        stuck(id, missed(id, cohort, desk), today),
        no_second_conversation(id, facts.talks[id], today) if id in facts.talks else None,
        reads_without_practising(learner, today),
        silent(learner, today),
    ]
    return tuple(sorted((concern for concern in found if concern), key=lambda concern: concern.rank))


def missed(enrolment: int, cohort: OwnCohort, desk: Desk) -> Iterator[Missed]:
    """The questions missed, in their words; one that is no longer asked can't be helped any more."""
    for wrong in desk.facts.wrong.get(enrolment, ()):
        found = desk.library.questions.get((wrong.lesson_id, wrong.recall_id))
        if found:
            lesson, recall = found
            asked = " ".join(re.sub(r"[*_`]", "", recall.ask).split())
            if len(asked) > LONGEST_QUESTION:
                asked = asked[:LONGEST_QUESTION].rsplit(" ", 1)[0] + " …"
            number = desk.library.number(lesson.id) or lesson.title
            since, last = (day_in(cohort, at) for at in (wrong.since, wrong.last))
            yield Missed(asked, number, wrong.times, since, last)


def waiting(desk: Desk) -> Iterator[Needed]:
    """Who has waited for a seat for long."""
    own = {cohort.id: cohort for cohort in desk.cohorts}
    for each in desk.facts.line:
        concern = waited(each, own[each.cohort], desk.now)
        if concern:
            yield Needed(each.enrolment, each.name, each.email, own[each.cohort], (concern,))


def waited(each: InLine, cohort: OwnCohort, now: datetime) -> Concern | None:
    return in_line(each.enrolment, each.place, since=day_in(cohort, each.since), today=cohort.today(now))


def talks(desk: Desk) -> tuple[Talk, ...]:
    """What followed each talk of the last weeks, the latest talk first."""
    own = {cohort.id: cohort for cohort in desk.cohorts}
    return tuple(
        Talk(each, followed(each, own[each.cohort], desk.now)) for each in desk.facts.spoken if each.kind == "spoke"
    )


def followed(each: Spoken, cohort: OwnCohort, now: datetime) -> Followed:
    def day_of(at: datetime) -> date:
        return day_in(cohort, at)

    return what_followed(each.day, each.deeds(day_of), cohort.today(now))
