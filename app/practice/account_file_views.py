"""The account to take away: a workbook that reckons, and one page of paper."""

import hashlib

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import learner, learner_only
from app.practice import evidence_queries
from app.practice.account_xlsx import Told, account_to_xlsx
from app.practice.ledger_views import attachment, gathered, ledger_text
from app.practice.views import blueprint
from course.evidence import evidence
from course.ledger import Ledger
from course.roi import account

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.route("/roi/account.xlsx")
@learner_only
def workbook() -> ResponseReturnValue:
    """The account as a workbook whose figures are formulas over the entries."""
    found = told()
    if found is None:
        return redirect(url_for(".roi"))
    return attachment(account_to_xlsx(found), XLSX, f"account-{found.account.ledger.as_of}.xlsx")


def told() -> Told | None:
    """The account of who is asking, entry by entry, and what stands beside it; None while it has no beginning."""
    person, _ = learner()
    found = gathered()
    if found is None:
        return None
    drawn_up = account(found.ledger)
    beside = evidence_queries.evidence_of(person, clock.today(person.time_zone))
    return Told(drawn_up, evidence(drawn_up.receipt_lines, beside), hash_of(found.ledger))


def hash_of(ledger: Ledger) -> str:
    """What tells one ledger file from another: the SHA-256 of its text."""
    return hashlib.sha256(ledger_text(ledger).encode()).hexdigest()
