"""A learner's case: asked for by name of what will be shown, given with their own words, and taken back at any time."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import me, signed_in_only
from app.cohorts import case_actions
from app.cohorts.case_forms import CaseForm
from app.cohorts.case_queries import OwnCase, case_of
from app.cohorts.case_words import wording_for
from app.cohorts.views import blueprint
from app.forms import Form


@blueprint.route("/cases/<int:case_id>", methods=["GET", "POST"])
@signed_in_only
def case(case_id: int) -> ResponseReturnValue:
    found = own(case_id)
    form = CaseForm(words=found.words)
    if not form.is_submitted():
        return shown(found, form), 200
    if not form.validate():
        return shown(found, form), 422
    case_actions.answer_case(me().person, found, agreed=True, words=form.words.data or "")
    flash("Kept. Your case stands in the report until you take it back here.")
    return redirect(url_for(".case", case_id=case_id), 303)


@blueprint.route("/cases/<int:case_id>/no", methods=["POST"])
@signed_in_only
def no_case(case_id: int) -> ResponseReturnValue:
    """Say no, or take a yes back: the case is gone from the report at once, and the words are deleted."""
    found = own(case_id)
    if not Form().validate_on_submit():
        abort(400)
    case_actions.answer_case(me().person, found, agreed=False)
    flash("Kept. Your case is told to nobody, and nobody is told why.")
    return redirect(url_for(".case", case_id=case_id), 303)


def own(case_id: int) -> OwnCase:
    """The case of who is asking; 404 for any other."""
    return case_of(me().person, case_id) or abort(404)


def shown(found: OwnCase, form: CaseForm) -> str:
    wording = wording_for(found.cohort)
    return render_template("cohorts/case.html", case=found, form=form, button=Form(formdata=None), wording=wording)
