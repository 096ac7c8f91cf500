"""What the page of the introductions shows: who brought whom, and how receipts read up the chain."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.practice.book import People, Tended
from app.practice.paging import Page, page_of
from app.practice.queries import Paid
from course.referral import chain_of, tree, whole_credits
from course.wording import counted, sentence, spell

DEEPEST = 6
"""So far the drawing goes to the right; who stands below stands there too, and is told by words."""


@dataclass(frozen=True)
class Credit:
    """What a person's own receipts come to, and how they read: their own part, and what they have for others.

    Minor units. Over everybody `paid` and `together` have the same sum: nothing is added, it is only split.
    """

    paid: int = 0
    own: int = 0
    for_others: int = 0

    @property
    def together(self) -> int:
        """All that reads as theirs."""
        return self.own + self.for_others


@dataclass(frozen=True)
class Branch:
    """Somebody in the tree; `generation` counts from nought at its root, `depth` is how far it is drawn in."""

    person: Tended
    generation: int
    brought: int
    credit: Credit
    by: Tended | None

    @property
    def depth(self) -> int:
        """How far to the right it stands."""
        return min(self.generation, DEEPEST)

    @property
    def words(self) -> str:
        """Whom they brought: `brought two`."""
        return f"brought {spell(self.brought)}" if self.brought else ""


@dataclass(frozen=True)
class Share:
    """One person's part of one receipt."""

    person: Tended
    amount: int


@dataclass(frozen=True)
class Split:
    """A receipt from somebody who was introduced: the parts of the payer, of who brought them, and so on up."""

    receipt: Paid
    shares: tuple[Share, ...]

    @property
    def generations(self) -> int:
        """How many stand behind the payer."""
        return len(self.shares) - 1


@dataclass(frozen=True)
class IntroductionsPage:
    """The finding, the tree, the credit of everybody in it with its sum, and the receipts that were split."""

    title: str
    branches: tuple[Branch, ...]
    total: Credit
    splits: Page[Split]


def introductions_page(people: People, paid: Mapping[int, Sequence[Paid]], *, number: int) -> IntroductionsPage:
    """The page, with the receipts newest first. paid: receipts by the id of who paid."""
    placed = tree(people.brought, (person.id for person in people.people))
    splits = [split(people, receipt) for place in placed for receipt in paid.get(place.person, ())]
    credits = credits_among(splits)
    branches = tuple(
        Branch(
            person=people.by_alias_id[place.person],
            generation=place.generation,
            brought=place.brought,
            credit=credits[place.person],
            by=people.by_alias_id.get(people.brought.get(place.person, 0)),
        )
        for place in placed
    )
    through = [one for one in splits if one.generations]
    newest = sorted(through, key=lambda one: (one.receipt.day, one.receipt.id), reverse=True)
    return IntroductionsPage(
        title=title(branches), branches=branches, total=sum_of(branches), splits=page_of(newest, number)
    )


def split(people: People, receipt: Paid) -> Split:
    """One receipt, split up its chain in whole minor units."""
    chain = (receipt.person, *chain_of(receipt.person, people.brought))
    parts = whole_credits(receipt.amount, len(chain) - 1)
    shares = zip(chain, parts, strict=True)
    return Split(receipt, tuple(Share(people.by_alias_id[person], part) for person, part in shares))


def credits_among(splits: Sequence[Split]) -> Mapping[int, Credit]:
    """What reads as whose."""
    found: dict[int, Credit] = defaultdict(Credit)
    for one in splits:
        payer, *others = one.shares
        before = found[payer.person.id]
        found[payer.person.id] = Credit(before.paid + one.receipt.amount, before.own + payer.amount, before.for_others)
        for share in others:
            before = found[share.person.id]
            found[share.person.id] = Credit(before.paid, before.own, before.for_others + share.amount)
    return found


def sum_of(branches: Sequence[Branch]) -> Credit:
    """The credits of everybody in the tree."""
    credits = [branch.credit for branch in branches]
    return Credit(
        sum(one.paid for one in credits), sum(one.own for one in credits), sum(one.for_others for one in credits)
    )


def title(branches: Sequence[Branch]) -> str:
    """How many came through how many: `Three people came by introduction, through two`."""
    came = sum(branch.by is not None for branch in branches)
    through = sum(branch.brought > 0 for branch in branches)
    if came == 0:
        return "Nobody came by introduction yet"
    return sentence(f"{counted(came, 'person', 'people')} came by introduction, through {spell(through)}")
