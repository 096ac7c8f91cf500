"""What an account says in words: its finding, its grade, and how sure one may be of it. It is never proof of cause."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from babel.numbers import get_currency_name
from markupsafe import Markup, escape

from app.filters import money, number, percent
from app.practice.ledger_facts import UNNAMED, Gathered
from course.exact import fixed
from course.roi import WINDOW_MONTHS, Account, Receipt, ReceiptLine, Sensitivity
from course.wording import MONTHS, counted, dated, sentence, spell

SCALED = "Every month is scaled down to what may be claimed."
# Figures in a serif text stand on the line: they are set apart as wholes, with what belongs to them.
_FIGURE = re.compile(r"[+−]?(?:[€$£]|[A-Z]{3}\u00a0)?\d(?:[\d.,]|\u00a0(?=\d))*(?:\u00a0%)?")


@dataclass(frozen=True)
class Unit:
    """The currency that an account is printed in."""

    currency: str

    def short(self, amount: Decimal, *, sign: bool = False) -> str:
        """An amount with the currency's mark, rounded to the cent: €4 926, €1 200.50."""
        return money(int(Decimal(fixed(amount, 2) or 0).scaleb(2)), self.currency, sign=sign)

    def long(self, amount: Decimal) -> str:
        """An amount in whole units with the currency's name: 126 euros."""
        whole = round(amount)
        return f"{number(whole)} {get_currency_name(self.currency, count=whole, locale='en')}"

    @property
    def name(self) -> str:
        """The currency as people call it: euros."""
        return str(get_currency_name(self.currency, count=2, locale="en"))


def figured(text: str) -> Markup:
    """The text as HTML, each figure in a span of its own."""
    parts, end = [], 0
    for found in _FIGURE.finditer(text):
        parts += [escape(text[end : found.start()]), Markup('<span class="fig">{}</span>').format(found[0])]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def duration(minutes: int) -> str:
    """A stretch of time: 45 min, 31 h, 31 h 20 min."""
    hours, rest = divmod(minutes, 60)
    parts = ([f"{number(hours)}\u00a0h"] if hours else []) + ([f"{rest}\u00a0min"] if rest or not hours else [])
    return "\u00a0".join(parts)


def title(gathered: Gathered, account: Account) -> str:
    """The finding, before everything else."""
    unit = Unit(account.ledger.currency)
    if account.too_early:
        so_far = (
            unit.short(account.investment)
            if account.investment
            else "nothing but time"
            if gathered.minutes
            else "nothing"
        )
        return f"Too early to say: invested so far {so_far}"
    if unpriced(gathered):
        return f"No result yet: {duration(gathered.minutes)} have no price"
    if not account.investment:
        return "Nothing put in, so there is nothing to compare"
    if not account.benefit_claimed:
        return f"{unit.long(account.investment)} put in, and nothing to claim against it"
    return sentence(compared(account, unit)) + ("" if account.grade == "B" else ", by your own count")


def compared(account: Account, unit: Unit) -> str:
    """What came back beside what it cost."""
    if round(account.net) == 0:
        exactly = "exactly " if account.net == 0 else "almost exactly "
        return f"it brought back {exactly}what it cost"
    return f"{unit.long(abs(account.net))} {'more' if account.net > 0 else 'less'} than it cost"


def unpriced(gathered: Gathered) -> bool:
    """Whether time stands in the ledger that nobody has put a value on."""
    return not gathered.priced and gathered.minutes > 0


def lede(gathered: Gathered, account: Account, hangs: Sensitivity | None) -> list[str]:
    """The finding with its figures, and what must be known before it is believed."""
    unit = Unit(account.ledger.currency)
    if account.too_early:
        told = [*account.too_early_reasons, so_far(account, unit)]
    else:
        told = [*put_in(account, unit), *came_back(account, unit, hangs)]
    if unpriced(gathered):
        told.append(
            f"{duration(gathered.minutes)} of your time count as nothing, for your hour has no value yet: "
            "the investment is larger than it looks."
        )
    return told


def so_far(account: Account, unit: Unit) -> str:
    """What came back before anything may be said of it."""
    if not account.benefit_attributed:
        return "Nothing you tie to the practice has come back yet."
    return f"So far {unit.short(account.benefit_attributed)} came back that you tie to the practice."


def put_in(account: Account, unit: Unit) -> list[str]:
    """The investment, and what it consists of; nothing where nothing has a price."""
    if not account.investment:
        return []
    names = {"time": "time", "fee": "fees", "cash": "other cash"}
    found = {line.cost.kind for line in account.cost_lines if line.counts}
    kinds = [name for kind, name in names.items() if kind in found]
    return [f"You put in {unit.short(account.investment)} of {listed(kinds)}."]


def came_back(account: Account, unit: Unit, hangs: Sensitivity | None) -> list[str]:
    """The claim, where it comes from, and the return."""
    attributed, above = account.benefit_attributed, account.benefit_trend
    if not attributed:
        return ["No receipt that you tie to the practice has come back."]
    if above is not None and above < attributed:
        told = [
            f"Receipts you tie to the practice come to {unit.short(attributed)}, but your margin came out at "
            f"{unit.short(above, sign=True)} against its best forecast: only the lower may be claimed."
        ]
    else:
        told = [f"Receipts you tie to the practice brought back {unit.short(attributed)}."]
    if account.roi_percent is not None:
        turns = hangs is not None and account.net >= 0 > hangs.net
        told.append(f"That is {ratio(account.roi_percent, 1)}{', and the sign hangs on one receipt' if turns else ''}.")
    return told


def grade(account: Account) -> str:
    """How well the claim is supported."""
    if account.grade == "C":
        return "Grade C: a ledger without a baseline, so unsupported. An account, not proof of cause."
    known = sum(margin is not None for margin in account.ledger.baseline)
    months = f"{spell(known)} {'month' if known == 1 else 'months'}"
    return f"Grade B: a ledger and a baseline of {months}, without a comparison group. An account, not proof of cause."


def curve_title(account: Account) -> str:
    """What the curve shows."""
    even = account.break_even_month
    if not account.investment:
        return "Nothing with a price was put in, so there is nothing to pass"
    if even is None:
        return "Returned has not passed invested" + (" yet" if account.t < WINDOW_MONTHS else "")
    if even == 0:
        return "Returned has stood at or above invested from the start"
    name = MONTHS[month_number(account, even) - 1]
    if even == account.t:
        return f"Returned passed invested in {name}"
    return f"Returned passed invested in {name}, and has stayed above since"


def month_number(account: Account, t: int) -> int:
    """The calendar month, 1…12, that month t begins in: t = 1 is the one that holds the start."""
    return (account.ledger.start.month - 2 + t) % 12 + 1


def month_name(account: Account, t: int) -> str:
    """Month t as it stands in a list: Month 3, June; the start for 0."""
    return f"Month {t}, {MONTHS[month_number(account, t) - 1]}" if t else "Start"


def sure(account: Account, hangs: Sensitivity | None) -> list[str]:
    """How much hangs on one receipt, in words: a year of one person carries no honest interval."""
    told = doubts(account)
    if hangs is None:
        return ["No receipt counts yet, so nothing hangs on one.", *told]
    unit, receipt = Unit(account.ledger.currency), hangs.receipt
    lost = ", and have no break-even" if account.break_even_month is not None and hangs.break_even_month is None else ""
    given = [
        f"Without {receipt_name(receipt)} you would stand at {unit.short(hangs.net, sign=True)}{lost}.",
        f"You gave the training {percent(receipt.attribution)} of it, and were {percent(receipt.confidence)} sure of "
        "that share.",
    ]
    least = tipping_share(account, hangs)
    if least is not None:
        given.append(f"The account stays above nought while the training’s share of it is {percent(least)} or more.")
    return [*given, *told]


def tipping_share(account: Account, hangs: Sensitivity) -> Decimal | None:
    """The share of that receipt, rounded up to a percent, from which the account is above nought; None if it has none.

    Only said where the receipts are what is claimed: where the margin is lower, a share changes less than it seems.
    """
    share, brought = hangs.receipt.attribution, account.net - hangs.net
    if not share or account.benefit_claimed != account.benefit_attributed or not 0 < account.net < brought:
        return None
    least = (share * (1 - account.net / brought)).quantize(Decimal(".01"), rounding=ROUND_CEILING)
    return least if least < share else None


def doubts(account: Account) -> list[str]:
    """What else the account can't know."""
    told = []
    unknown = sum("unknown" in line.left_out for line in account.receipt_lines)
    if unknown:
        what = "receipt counts" if unknown == 1 else "receipts count"
        told.append(f"{sentence(spell(unknown))} {what} nothing, because a share is unknown.")
    missing = sum(margin is None for margin in account.ledger.margins)
    if account.grade == "B" and missing:
        told.append(months_missing(missing))
    if account.grade == "C" and account.benefit_attributed:
        told.append("Without a baseline nothing here says what would have come anyway.")
    return told


def months_missing(count: int) -> str:
    """What months without a margin do to the claim."""
    months = f"{sentence(counted(count, 'month'))} since the start {'has' if count == 1 else 'have'} no margin"
    return f"{months}: such a month counts as if nothing had changed, which keeps the claim low."


def baseline_so_far(known: int) -> str:
    """How far the baseline has come."""
    return f"{sentence(counted(known, 'month'))} of it {'is' if known == 1 else 'are'} known."


def claim_formula(account: Account) -> str:
    """The claim, with its rule."""
    attributed, above = number(account.benefit_attributed, 2), account.benefit_trend
    if above is None:
        return f"Without a baseline there is nothing to compare with: the claim is what you attributed, {attributed}."
    rule = f"The higher of the two would flatter: min({attributed}, {number(above, 2)})"
    floor = ", and never below 0" if above < 0 else ""
    return f"{rule}{floor} = {number(account.benefit_claimed, 2)}."


def even_formula(account: Account) -> str:
    """When the account passes nought for good, with the months on either side of it."""
    even, nets = account.break_even_month, account.cumulative
    if not account.investment:
        return "Nothing was invested, so there is nothing to break even with."
    if even is None:
        return f"Added up, month {account.t} stands at {number(nets[-1], 2, sign=True)}, which is below nought."
    if even == 0:
        return "Added up, no month has stood below nought."
    before, here = number(nets[even - 1], 2, sign=True), number(nets[even], 2, sign=True)
    return f"Added up, month {even - 1} stood at {before} and month {even} at {here}; no later month is below nought."


def no_ratio(account: Account) -> str:
    """Why there is no return in percent."""
    if account.too_early:
        return " ".join([*account.too_early_reasons, "A ratio would promise more than so few months can carry."])
    return "Nothing was invested, so there is nothing to divide by."


def receipt_name(receipt: Receipt) -> str:
    """A receipt as it stands in a sentence."""
    if receipt.person == UNNAMED:
        return f"the receipt of {dated(receipt.date)}" + (f" ({receipt.what})" if receipt.what else "")
    return f"{receipt.person}’s receipt of {dated(receipt.date)}"


def receipts_counted(lines: Sequence[ReceiptLine]) -> str:
    """How many receipts make up the benefit."""
    counting = sum(bool(line.counts) for line in lines)
    return sentence(counted(counting, "receipt"))


def ratio(value: Decimal, places: int) -> str:
    """A percentage with its sign: +2.6 %."""
    return number(value, places, sign=True) + "\u00a0%"


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
