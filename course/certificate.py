"""The certificate of evidence: issued by rule for what was practised and shown, never for attendance.

Two kinds of evidence are asked for, and no money: modules that were read to the end and mastered, and conversations in
the log of the cohort's time. The thresholds are rules of this course, not findings.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

from course.catalogue import Module
from course.progress import Mastery, mastery
from course.share import Share
from course.wording import counted, of, sentence, spell

MODULES = Fraction(4, 5)
"""The share of the course's modules that must be proven, rounded up to whole ones."""

CONVERSATIONS = 20
"""Rated entries that stand, dated from the cohort's first day on. An exercise done alone is with nobody."""

CONNECTING = 5
"""How many of these must connect, by the rubric's own rule."""


@dataclass(frozen=True)
class ModuleMerit:
    """One module: `read` of `of` lessons finished, and its mastery by method §6."""

    number: int
    title: str
    read: int
    of: int
    mastery: Mastery

    @property
    def proven(self) -> bool:
        """Every lesson read to the end, and mastered."""
        return 0 < self.of == self.read and self.mastery.mastered

    @property
    def missing(self) -> str:
        """What it still wants, in a sentence; "" once it is proven."""
        if self.proven:
            return ""
        unread, recall = self.of - self.read, self.mastery.recall
        wants = [f"{counted(unread, 'lesson')} to finish"] if unread else []
        if not Mastery(recall, practised=True).mastered:
            wants.append(f"{of(recall)} recall questions right")
        if not self.mastery.practised:
            wants.append("no entry in the field yet")
        return sentence(", ".join(wants)) + "."


@dataclass(frozen=True)
class Merits:
    """What a learner can show: each module, and `conversations` in the cohort's time, `connecting` of them.

    ValueError unless 0 ≤ connecting ≤ conversations.
    """

    modules: tuple[ModuleMerit, ...]
    conversations: int
    connecting: int

    def __post_init__(self) -> None:
        Share(self.connecting, self.conversations)

    @property
    def proven(self) -> tuple[ModuleMerit, ...]:
        """The modules that count, in their order."""
        return tuple(module for module in self.modules if module.proven)

    @property
    def needed(self) -> int:
        """How many modules must be proven: four fifths of them, rounded up."""
        return modules_needed(len(self.modules))

    @property
    def missing(self) -> tuple[str, ...]:
        """What the certificate still wants, a sentence each; empty once it is earned."""
        return tuple(_missing(self))

    @property
    def to_go(self) -> str:
        """The first of what is missing, counted: `two modules`, `eight conversations`; "" once it is earned."""
        short = (
            (self.needed - len(self.proven), "module"),
            (CONVERSATIONS - self.conversations, "conversation"),
            (CONNECTING - self.connecting, "connecting conversation"),
        )
        return next((counted(count, one) for count, one in short if count > 0), "")

    @property
    def earned(self) -> bool:
        """Whether the certificate can be issued: nothing is missing."""
        return not self.missing


def modules_needed(count: int) -> int:
    """Of so many modules, how many must be proven."""
    return -int(-MODULES * count // 1)


def merits(
    modules: Iterable[Module],
    *,
    finished: Collection[str],
    right: Collection[tuple[str, str]],
    practised: Collection[str],
    log: Share,
) -> Merits:
    """The merits of a learner in these modules.

    `finished` holds ids of lessons read to the end, `right` the (lesson id, recall id) of questions whose latest answer
    was right, `practised` ids of lessons with an entry; `log` is the connecting of all rated entries that count.
    """
    return Merits(
        modules=tuple(
            ModuleMerit(
                number=module.number,
                title=module.title,
                read=sum(lesson.id in finished for lesson in module.lessons),
                of=len(module.lessons),
                mastery=mastery(module.lessons, right, practised),
            )
            for module in modules
        ),
        conversations=log.n,
        connecting=log.successes,
    )


def rule(modules: int) -> str:
    """What the certificate asks for in a course of so many modules, in words: it is frozen on each certificate."""
    return (
        f"At least {spell(modules_needed(modules))} of {counted(modules, 'module')} read to the end and mastered: "
        "four fifths of the recall questions right, and an exercise practised in the field. At least "
        f"{CONVERSATIONS} conversations with people logged and rated during the course, {spell(CONNECTING)} or more of "
        "them connecting: the other person answered, it was at least partly about them, and it scored six of ten or "
        "more. Attendance counts for nothing."
    )


def _missing(has: Merits) -> Iterable[str]:
    if not has.modules:
        yield "The lessons can’t be read at the moment, so nothing can be said of the modules."
    elif len(has.proven) < has.needed:
        so_far = of(Share(len(has.proven), len(has.modules)))
        are = "are" if len(has.proven) > 1 else "is"
        what = "module" if len(has.modules) == 1 else "modules"
        yield sentence(f"{so_far} {what} {are} read to the end and mastered; {spell(has.needed)} must be.")
    if has.conversations < CONVERSATIONS:
        logged = counted(has.conversations, "conversation")
        yield sentence(f"{logged} logged since the course began; {CONVERSATIONS} are needed.")
    if has.connecting < CONNECTING:
        few = spell(has.connecting) if has.connecting else "none"
        connect = "connect" if has.connecting > 1 else "connects"
        yield sentence(f"{few} of the conversations {connect}; {spell(CONNECTING)} must.")
