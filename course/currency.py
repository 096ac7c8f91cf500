"""Money in another currency: converted once, at the rate of its own day, and frozen. Method §4, rule 11."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from course.exact import EXACT


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


# ISO 4217 as it is in use, without funds, metals and codes for testing.
IN_USE = _codes(
    """AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY
    COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR
    ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK
    MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF
    SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU
    UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG"""
)
WITHOUT_DECIMALS = _codes("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF")
WITH_THREE = _codes("BHD IQD JOD KWD LYD OMR TND")

RATE_PLACES = 10
HIGHEST_RATE = 10**6
_RATE = re.compile(r"[0-9]{1,7}(?:[.,][0-9]{1,20})?|[.,][0-9]{1,20}")


class NoRate(ValueError):
    """What was typed is no rate of exchange. Its words say what to type instead."""


def places_of(currency: str) -> int:
    """How many decimals an amount of it has: 2 for most, 0 for the yen, 3 for the dinar of Kuwait."""
    return 0 if currency in WITHOUT_DECIMALS else 3 if currency in WITH_THREE else 2


def in_units(minor: int, currency: str) -> Decimal:
    """Minor units as an amount: 12050 is 120.50 USD, 12050 JPY, 12.050 KWD."""
    return Decimal(minor).scaleb(-places_of(currency))


def converted(minor: int, currency: str, *, into: str, rate: Decimal) -> int:
    """The amount in minor units of `into`, rounded half to even once. rate: what one unit of `currency` is worth."""
    with localcontext(EXACT):
        worth = (in_units(minor, currency) * rate).scaleb(places_of(into))
        return int(worth.to_integral_value(rounding=ROUND_HALF_EVEN))


def rate_typed(text: str) -> Decimal:
    """A rate of exchange above nought, to ten decimals: "0.92", "1,0850". NoRate, with words, for anything else."""
    bare = re.sub(r"\s", "", text)
    if not _RATE.fullmatch(bare):
        raise NoRate("Type the rate in figures, such as 0.92 or 1.085.")
    rate = Decimal(bare.replace(",", "."))
    if rate == 0:
        raise NoRate("A rate of nought would make the money vanish. Type what one unit was worth that day.")
    if rate > HIGHEST_RATE:
        raise NoRate("No currency is worth a million of another. Is there a nought too many?")
    if rate != round(rate, RATE_PLACES):
        raise NoRate("Ten decimals are the most a rate has here.")
    return rate


@dataclass(frozen=True)
class Original:
    """An amount as it was paid, in its own currency; the rate it was converted at, and where that rate is from."""

    amount: Decimal
    currency: str
    rate: Decimal
    source: str
