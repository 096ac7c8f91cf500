"""What people type into a ledger, read without guessing: money, percentages, a stretch of time.

Both decimal marks are understood wherever only one reading is possible. Where two are, the person is asked.
`typed_number` reads for the calculator, where nothing is kept and a guess may be made.
"""

import re
from decimal import Decimal

from course.currency import places_of
from course.wording import sentence, spell

MOST_MINOR = 10**12  # ten thousand million, in cents: beyond it somebody's finger stayed on the nought
MOST_MINUTES = 60_000  # a thousand hours

# Currencies of two decimals that a ledger can be kept in, with the marks people write beside an amount.
MARKS: dict[str, tuple[str, ...]] = {
    "EUR": ("€", "euros", "euro"),
    "USD": ("US$", "$"),
    "GBP": ("£",),
    "CHF": ("SFr.", "Fr.", "Fr"),
    "SEK": ("kr.", "kr"),
    "NOK": ("kr.", "kr"),
    "DKK": ("kr.", "kr"),
    "PLN": ("zł",),
    "CZK": ("Kč",),
    "HUF": ("Ft",),
    "RON": ("lei",),
    "AUD": ("A$", "$"),
    "CAD": ("C$", "$"),
    "NZD": ("NZ$", "$"),
}

# Of currencies that money comes in, though no ledger is kept in them here.
FOREIGN_MARKS = {
    "JPY": ("¥",),
    "CNY": ("¥",),
    "INR": ("₹",),
    "TRY": ("₺",),
    "KRW": ("₩",),
    "ILS": ("₪",),
    "UAH": ("₴",),
}

_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009]+")
_ROUND = re.compile(r"[.,][-–—−]{1,2}$")
_GROUPED = re.compile(r"[0-9]{1,3}([ '.,])[0-9]{3}(?:\1[0-9]{3})*")
_DIGITS = re.compile(r"[0-9]+")
_PERCENT = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{0,6})?|[.,][0-9]{1,6}")
_CLOCK = re.compile(r"([0-9]{1,4}):([0-5][0-9])")
_HOURS = r"(?P<hours>[0-9]{1,4}(?:[.,][0-9]{1,2})?|[.,][0-9]{1,2}) ?(?:hours|hour|hrs|hr|h)"
_MINUTES = r"(?P<minutes>[0-9]{1,5}) ?(?:minutes|minute|mins|min|m)"
_SPAN = re.compile(
    rf"{_HOURS}(?: ?(?:and )?(?:{_MINUTES}|(?P<rest>[0-5]?[0-9])))?|{_MINUTES.replace('minutes>', 'only>')}"
)

IN_FIGURES = "Type the amount in figures, such as 1200 or 1 200.50."


class Unclear(ValueError):
    """What was typed can't be read in one way only. Its words say what to type instead."""


class OtherCurrency(Unclear):
    """An amount carries the mark of another currency than the one it was to be read in."""


def amount_typed(text: str, currency: str, *, signed: bool = False) -> int:
    """An amount in minor units: "1 200", "1.200,50", "€1,200.50", "1200,-". Below nought only if `signed`.

    Unclear, with words for the person, for two possible readings ("1.200"), another currency's mark (OtherCurrency),
    more decimals than the currency has, or more than MOST_MINOR.
    """
    bare = _BLANKS.sub(" ", text).strip().replace("’", "'").replace("−", "-")
    # The sign may stand before the currency's mark or behind it.
    below, bare = _signed(bare)
    again, bare = _signed(_without_mark(bare, currency))
    if below and again:
        raise Unclear(IN_FIGURES)
    minor = _minor(_ROUND.sub("", bare), text.strip(), places=places_of(currency))
    if (below or again) and not signed:
        raise Unclear("An amount here is not below nought. Type it without the minus.")
    if minor > MOST_MINOR:
        raise Unclear("That is more than ten thousand million. Is there a nought too many?")
    return -minor if below or again else minor


def percent_typed(text: str) -> Decimal:
    """A percentage as a share 0…1, to a hundredth of a percent: "60", "60 %", "12,5".

    Unclear for a bare number of 1 or less ("0.6": sixty percent or six tenths of one?), above 100, or finer.
    """
    bare = _BLANKS.sub("", text).lower()
    marked = re.sub(r"(%|percent)$", "", bare)
    if not _PERCENT.fullmatch(marked):
        raise Unclear("Type a percentage from 0 to 100, such as 60 or 12.5.")
    value = Decimal(marked.replace(",", "."))
    if value > 100:
        raise Unclear("A share is at most 100 %.")
    if marked == bare and 0 < value <= 1:
        whole = _short(value * 100)
        raise Unclear(f"{text.strip()}: is that {whole} % or {_short(value)} %? Type it with its % sign.")
    if value != round(value, 2):
        raise Unclear("Two decimals of a percent are enough.")
    return value / 100


def minutes_typed(text: str) -> int:
    """A stretch of time in whole minutes: "45 min", "1 h 30", "1:30", "1.5 h".

    Unclear for a bare number ("90": minutes or hours?), for parts of a minute, or more than MOST_MINUTES.
    """
    bare = _BLANKS.sub(" ", text).strip().lower()
    minutes = _minutes(bare)
    if minutes is None and _DIGITS.fullmatch(bare):
        raise Unclear(f"{bare[:9]}: hours or minutes? Type {bare[:9]} h or {bare[:9]} min.")
    if minutes is None:
        raise Unclear("Type the time with its unit, such as 45 min, 1 h 30 or 1.5 h.")
    if minutes != int(minutes):
        raise Unclear("That is no whole number of minutes. Type hours and minutes, such as 1 h 20.")
    if minutes > MOST_MINUTES:
        raise Unclear("That is more than a thousand hours in one line. Split it by month.")
    return int(minutes)


def _signed(text: str) -> tuple[bool, str]:
    """Whether a minus stands first, and the rest."""
    return text.startswith("-"), text.removeprefix("-").removeprefix("+").strip()


def _without_mark(text: str, currency: str) -> str:
    """The text without the currency's mark or code, which may stand before or behind."""
    known = MARKS | FOREIGN_MARKS
    own = _strip_one(text, (currency, *known.get(currency, ())))
    for code, marks in known.items():
        if _strip_one(own, (code, *marks)) != own:
            raise OtherCurrency(
                f"This ledger is kept in {currency}. Convert at the day’s rate, and type the {currency}."
            )
    return own


def _strip_one(text: str, marks: tuple[str, ...]) -> str:
    """The text without the longest of the marks that it begins or ends with."""
    for mark in sorted(marks, key=len, reverse=True):
        if text[: len(mark)].casefold() == mark.casefold():
            return text[len(mark) :].strip()
        if text[-len(mark) :].casefold() == mark.casefold():
            return text[: -len(mark)].strip()
    return text


def _minor(bare: str, typed: str, *, places: int) -> int:
    """Digits with their marks as minor units."""
    if not places and re.search(r"[.,][0-9]{1,2}$", bare):
        raise Unclear("That currency has no decimals. Type a whole amount.")
    whole, decimals = _parted(bare, typed) if places else (bare.rstrip(".,"), "")
    if not (_DIGITS.fullmatch(whole) or _GROUPED.fullmatch(whole)) or not re.fullmatch("[0-9]*", decimals):
        raise Unclear(IN_FIGURES)
    if len(decimals) > places:
        raise Unclear(f"{sentence(spell(places))} decimals are the most an amount has.")
    digits = re.sub(r"[^0-9]", "", whole)
    if len(digits) > 15:
        return MOST_MINOR + 1
    return int(digits + decimals.ljust(places, "0"))


def _parted(bare: str, typed: str) -> tuple[str, str]:
    """What stands before the decimal mark and behind it. A mark between thousands is left where it is."""
    marks = [char for char in bare if char in ".,"]
    if not marks or (len(marks) > 1 and len(set(marks)) == 1):
        return bare, ""
    whole, _, decimals = bare.rpartition(marks[-1])
    if len(marks) == 1 and len(decimals) == 3 and re.fullmatch("[1-9][0-9]{0,2}", whole):
        small = f"{whole}.{decimals.rstrip('0') or '0'}"
        raise Unclear(f"{typed}: {whole}{decimals} or {small}? Type it without the mark, or with two decimals.")
    return whole or ("0" if decimals else ""), decimals


def _minutes(bare: str) -> Decimal | None:
    clock = _CLOCK.fullmatch(bare)
    if clock:
        return Decimal(clock[1]) * 60 + int(clock[2])
    span = _SPAN.fullmatch(bare)
    if not span:
        return None
    hours = Decimal((span["hours"] or "0").replace(",", "."))
    return hours * 60 + int(span["minutes"] or span["rest"] or span["only"] or 0)


def _short(value: Decimal) -> str:
    return f"{value.normalize():f}"
