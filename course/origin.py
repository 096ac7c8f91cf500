"""Where paid invoices really came from: the finding of lesson 1.1, over the last ten."""

from collections.abc import Sequence

from course.wording import sentence, spell

LAST = 10
ORIGINS = {
    "knew": "We knew each other",
    "introduced": "Somebody introduced us",
    "returned": "They came back",
    "found_me": "They found me",
    "outreach": "I wrote or rang them cold",
    "advert": "An advert or a fair",
}
# Through people: known before, brought by somebody, or here a second time.
THROUGH_PEOPLE = frozenset({"knew", "introduced", "returned"})


def origins_found(origins: Sequence[str | None]) -> str:
    """The finding in a sentence; `origins` are of the receipts, the newest first, None where it wasn't said.

    Empty while none of the last ten says where it came from.
    """
    last = origins[:LAST]
    told = [origin for origin in last if origin in ORIGINS]
    if not told:
        return ""
    people = sum(origin in THROUGH_PEOPLE for origin in told)
    whose = "came from people you knew or who were brought to you"
    if len(told) < len(last):
        said = f"Of {spell(len(told))} of your last {spell(len(last))} paid invoices you said where it came from"
        return f"{said}: {spell(people) if people else 'none'} {whose}."
    if len(last) == 1:
        return f"Your one paid invoice {whose}." if people else "Your one paid invoice came from somebody new to you."
    every = f"your last {spell(len(last))} paid invoices"
    return sentence(f"{'all' if people == len(last) else spell(people)} of {every} {whose}.").replace(
        "No of", "None of"
    )
