"""What the tests of a trainer's desk have in common: a sound form of a cohort, the desk's addresses."""

from typing import Any

from app.content import library


def said(**given: Any) -> dict[str, Any]:
    """Everything a trainer says about a cohort, as its form sends it."""
    days = {f"day_{place}": "" for place, _ in enumerate(library().modules, start=1)}
    days |= {
        f"day_{place}_{n}": ""
        for place, module in enumerate(library().modules, start=1)
        for n, _ in enumerate(module.lessons, start=1)
    }
    return {
        "name": "Spring, mornings",
        "slug": "spring-mornings",
        "promise": "You know which ten people your business rests on.",
        "about": "",
        "asked": "",
        "trainer_line": "Tess, who sold compressors",
        "time_zone": "Europe/Amsterdam",
        "starts_on": "2027-01-12",
        "ends_on": "2027-03-16",
        "meetings": "Nine Tuesdays",
        "rhythm": "Three lessons",
        "opens_at": "2026-12-01T09:00",
        "closes_at": "2027-01-10T21:00",
        "capacity": "12",
        "price": "1 200",
        "currency": "EUR",
        "offer_hours": "24",
        "late": "none",
        "pace": "weekly",
        "next_id": "",
        "version": "1",
        **days,
        **given,
    }


def at(slug: str, page: str = "") -> str:
    """An address of a cohort's desk."""
    return f"/trainer/cohorts/{slug}/{page}"
