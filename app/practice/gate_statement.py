"""A statement as its form holds it, and where two tabs differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.practice.gate_forms import StatementForm
from app.practice.ledger_terms_forms import as_typed
from course.gate_facts import LAW

FIGURES = ("batch", "capacity", "reply", "send", "send_cost", "deal_margin")


@dataclass(frozen=True)
class Difference:
    """One field that another tab has stated otherwise."""

    label: str
    stands: str
    typed: str


def as_stated(terms: Any) -> dict[str, Any]:
    """The fields of a stored statement as somebody would type them; nothing for none."""
    if terms is None:
        return {"seen": ""}
    return {
        "seen": str(terms.id),
        "batch": terms.batch,
        "capacity": stretch(terms.capacity_minutes),
        "reply": stretch(terms.reply_minutes),
        "send": stretch(terms.send_minutes),
        "send_cost": as_typed(terms.send_cost),
        "deal_margin": as_typed(terms.deal_margin),
        **{key: key in terms.law for key in LAW},
    }


def differences(form: StatementForm, stands: Mapping[str, Any]) -> tuple[Difference, ...]:
    """What was typed beside what stands, where they are not the same; nothing where nothing stands."""
    if "batch" not in stands:
        return ()
    typed = as_read(form)
    figures = [Difference(form[name].label.text, str(stands[name]), str(typed[name])) for name in FIGURES]
    law = [Difference(form[key].label.text, yes_no(stands[key]), yes_no(typed[key])) for key in LAW]
    return tuple(each for each in (*figures, *law) if each.stands != each.typed)


def as_read(form: StatementForm) -> dict[str, Any]:
    """What a sound form means, in the words of `as_stated`: "1:30" and "90 min" are the same."""
    terms = form.terms()
    return {
        "batch": terms.batch,
        "capacity": stretch(terms.capacity_minutes),
        "reply": stretch(terms.reply_minutes),
        "send": stretch(terms.send_minutes),
        "send_cost": as_typed(terms.send_cost),
        "deal_margin": as_typed(terms.deal_margin),
        **{key: key in terms.law for key in LAW},
    }


def stretch(minutes: int) -> str:
    """Minutes as they are read back: 12 h, 1 h 30, 45 min."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest}" if rest else f"{hours} h"


def yes_no(ticked: bool) -> str:
    return "ticked" if ticked else "not ticked"
