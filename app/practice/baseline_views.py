"""Monthly margins from a file or pasted: read, shown, and kept only once every row was understood and it is said so."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import learner, learner_only
from app.practice import ledger_actions as actions
from app.practice import ledger_queries as queries
from app.practice.baseline_forms import BaselineFileForm
from app.practice.baseline_page import BaselineFilePage, baseline_file_page
from app.practice.ledger_entry_views import limits
from app.practice.views import blueprint
from course.baseline import Margins, months_allowed
from course.wording import counted, sentence


@blueprint.route("/roi/baseline/file", methods=["GET", "POST"])
@learner_only
def baseline_file() -> ResponseReturnValue:
    """A file of months: looked at first, kept second, and never in part."""
    person, _ = learner()
    if person.ledger_start is None:
        return redirect(url_for(".ledger_settings"))
    form = BaselineFileForm()
    if not form.validate_on_submit():
        return file_around(form), 422 if form.is_submitted() else 200
    margins = form.margins(person.currency, months_allowed(person.ledger_start, limits().today))
    if margins.faults or request.form.get("keep") != "yes":
        return file_around(form, margins), 422 if margins.faults else 200
    actions.note_margins(person, margins.months)
    flash(sentence(f"{counted(len(margins.months), 'month')} kept. Nothing else was changed."))
    return redirect(url_for(".baseline"), 303)


def file_around(form: BaselineFileForm, margins: Margins | None = None) -> str:
    """The page with the form, and what was understood of what was sent."""
    person, _ = learner()
    page = BaselineFilePage(None)
    if margins is not None:
        page = baseline_file_page(margins, queries.margins_noted(person), person.currency)
        form.pasted.data = margins.text
    return render_template("practice/ledger/baseline_file.html", form=form, page=page, limits=limits())
