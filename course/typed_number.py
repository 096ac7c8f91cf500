"""A number as people type it: with a currency's sign, blanks or apostrophes between the thousands, a point or a comma.

Nothing is guessed silently in what matters: of an amount "50.000" is fifty thousand, for nobody names a price to the
tenth of a cent; of a ratio it is fifty.
"""

import re
from decimal import Decimal

_PLAIN = re.compile(r"[0-9]{1,15}([.,][0-9]{1,6})?|[.,][0-9]{1,6}")
# What parts the thousands can't be the decimal sign too.
_GROUPED = {
    ".": re.compile(r"[0-9]{1,3}(\.[0-9]{3}){1,4}(,[0-9]{1,6})?"),
    ",": re.compile(r"[0-9]{1,3}(,[0-9]{3}){1,4}(\.[0-9]{1,6})?"),
}
_ONE_GROUP = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009'’_]")
_CURRENCY = re.compile(r"^([€$£¥]|[A-Za-z]{3})|([€$£¥]|[A-Za-z]{3})$")


class Unreadable(ValueError):
    """This is no number."""


def amount(text: str) -> Decimal:
    """An amount of money, 0 or more: "€ 50.000,00", "50,000", "1 200 EUR". Raises Unreadable."""
    bare = _CURRENCY.sub("", _BLANKS.sub("", text))
    return Decimal(re.sub("[.,]", "", bare)) if _ONE_GROUP.fullmatch(bare) else _number(bare)


def ratio(text: str) -> Decimal:
    """A share or a frequency, 0 or more: ".40", "0,4", "40 %" is 0.4. Raises Unreadable."""
    bare = _BLANKS.sub("", text)
    return _number(bare[:-1]) / 100 if bare.endswith("%") else _number(bare)


def is_negative(text: str) -> bool:
    """Whether this is a number below nought: "-5", "−0,4". Numbers here are 0 or more, and the giver is told so."""
    bare = _CURRENCY.sub("", _BLANKS.sub("", text))
    if bare[:1] not in ("-", "−", "–"):
        return False
    try:
        return ratio(_CURRENCY.sub("", bare[1:])) >= 0
    except Unreadable:
        return False


def _number(bare: str) -> Decimal:
    if _PLAIN.fullmatch(bare):
        return Decimal(bare.replace(",", "."))
    for parting, pattern in _GROUPED.items():
        if pattern.fullmatch(bare):
            return Decimal(bare.replace(parting, "").replace(",", "."))
    raise Unreadable(bare)
