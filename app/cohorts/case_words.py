"""What somebody agrees to who lets their case be told, word for word."""

from app.cohorts.consents import CASE, Wording


def wording_for(cohort: str) -> Wording:
    """The question for one cohort: its name is part of what is agreed to, and of the hash that is kept."""
    return Wording(
        kind=CASE.kind,
        version=CASE.version,
        sentence=f"My case may stand with my name in my trainer’s report on {cohort}, on the screen and on paper.",
        aside="It shows my hours, how many of my rated conversations connect, how many promises I kept in time, "
        "whether more or less came back than I put in, and my own words. No amount of money, no entry, and nobody I "
        "talk with. It stands in no report for people outside. I can take it back at any time; paper that was printed "
        "before stays printed.",
    )
