"""The account to take away: a workbook that reckons, and one page of paper."""

import hashlib

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from app.access import learner, learner_only
from app.practice import evidence_queries
from app.practice.account_xlsx import Told, account_to_xlsx
from app.practice.ledger_page import roi_page
from app.practice.ledger_views import attachment, gathered, ledger_text, titles
from app.practice.paper import Paper, account_to_pdf
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


@blueprint.route("/roi/account.pdf")
@learner_only
def paper() -> ResponseReturnValue:
    """The account on one sheet of paper."""
    person, _ = learner()
    found = gathered()
    if found is None:
        return redirect(url_for(".roi"))
    beside = evidence_queries.evidence_of(person, found.ledger.as_of)
    sheet = Paper(roi_page(found, beside, titles()), person.name, hash_of(found.ledger))
    return attachment(account_to_pdf(sheet), "application/pdf", f"account-{found.ledger.as_of}.pdf")


def told() -> Told | None:
    """The account of who is asking, entry by entry, and what stands beside it; None while it has no beginning."""
    person, _ = learner()
    found = gathered()
    if found is None:
        return None
    drawn_up = account(found.ledger)
    beside = evidence_queries.evidence_of(person, found.ledger.as_of)
    return Told(drawn_up, evidence(drawn_up.receipt_lines, beside), hash_of(found.ledger))


def hash_of(ledger: Ledger) -> str:
    """What tells one ledger file from another: the SHA-256 of its text."""
    return hashlib.sha256(ledger_text(ledger).encode()).hexdigest()
