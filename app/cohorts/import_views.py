"""A roster brought as a file: looked through first, every fault by row and column, then taken whole or not at all."""

import hashlib
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import me, trainer_only
from app.cohorts import import_actions
from app.cohorts.actions import SignupClosed
from app.cohorts.import_queries import plan_of
from app.cohorts.setup_forms import RosterForm
from app.cohorts.trainer_queries import OwnCohort
from app.cohorts.trainer_views import blueprint, own
from app.forms import new_key
from course.csv_text import Table, read_table
from course.roster_file import RosterFile, roster_in

NOTHING = "Choose a file or paste the rows."
TAKES_NOBODY = "The cohort takes nobody now: the course has begun, is over or was called off."


@blueprint.route("/trainer/cohorts/<slug>/import", methods=["GET", "POST"])
@trainer_only
def roster_import(slug: str) -> ResponseReturnValue:
    cohort, form = own(slug), RosterForm()
    if not form.validate_on_submit():
        return shown(cohort, form), 422 if form.is_submitted() else 200
    data = sent(form)
    if not data.strip():
        form.text.errors = [NOTHING]
        return shown(cohort, form), 422
    table = read_table(data)
    roster = roster_in(table)
    # What is checked next is the text as it was understood, wherever it came from: faults are mended in place.
    form.text.data, form.text.raw_data = table.text or form.text.data, None
    if roster.faults:
        return shown(cohort, form, table=table, roster=roster), 422
    checked, form.checked.data = form.checked.data, fingerprint(table)
    if checked != form.checked.data:
        # Looking through is no use of the form: importing is the first.
        form.once.data = new_key()
        return shown(cohort, form, table=table, roster=roster), 200
    try:
        count = import_actions.put_down(cohort.id, roster.entrants, me().person)
    except SignupClosed:
        form.text.errors = [TAKES_NOBODY]
        return shown(cohort, form, table=table, roster=roster), 409
    flash(f"{count} put down. Each has a mail with the link to take the place.")
    return redirect(url_for("reports.roster", slug=slug), 303)


def sent(form: RosterForm) -> bytes:
    """The bytes of the file, or of the pasted text where no file was chosen."""
    file: Any = form.file.data
    if not file:
        return (form.text.data or "").encode()
    with file.stream:
        return bytes(file.read())


def fingerprint(table: Table) -> str:
    """What tells one text from another: only what was looked through is taken."""
    return hashlib.sha256("\n".join(table.text.splitlines()).encode()).hexdigest()[:32]


def shown(cohort: OwnCohort, form: RosterForm, *, table: Table | None = None, roster: RosterFile | None = None) -> str:
    """The form; with what was understood of the file, its faults, or what taking it would do."""
    sound = table is not None and roster is not None and not roster.faults
    terms = cohort.page.terms
    plan = plan_of(cohort.id, roster.entrants, free=terms.seats_left) if sound and roster else None
    return render_template("desk/import.html", cohort=cohort, form=form, table=table, roster=roster, plan=plan)
