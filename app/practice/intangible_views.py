"""What came back and is no money: words with their day, never priced and never added."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import learner, learner_only
from app.forms import Form
from app.practice import ledger_queries
from app.practice import opportunity_actions as actions
from app.practice.evidence_queries import told_by
from app.practice.ledger_entry_views import asked_page, limits
from app.practice.opportunity_forms import LONGEST_WORDS, IntangibleForm
from app.practice.paging import page_of
from app.practice.views import blueprint


@blueprint.route("/roi/in-words", methods=["GET", "POST"])
@learner_only
def intangibles() -> ResponseReturnValue:
    """What was said and noticed, the newest first, and one more."""
    person, _ = learner()
    if person.ledger_start is None:
        return redirect(url_for(".ledger_settings"))
    begun = None if request.method == "POST" else {"day": limits().today}
    form = IntangibleForm(limits(), ledger_queries.aliases_of(person), data=begun)
    if form.validate_on_submit():
        assert form.day.data is not None
        actions.add_intangible(person, form.day.data, form.text.data or "", relationship_id=form.whose)
        flash("Written down, as words.")
        return redirect(url_for(".intangibles"), 303)
    return intangibles_around(form), 422 if form.is_submitted() else 200


@blueprint.route("/roi/in-words/<int:row_id>/remove", methods=["POST"])
@learner_only
def remove_intangible(row_id: int) -> ResponseReturnValue:
    """Take one line of words out."""
    person, _ = learner()
    button = Form()
    if not button.validate_on_submit():
        form = IntangibleForm(limits(), ledger_queries.aliases_of(person), formdata=None)
        return intangibles_around(form, button), 422
    if not actions.remove_intangible(person, row_id, now=clock.now()):
        abort(404)
    flash("Taken out. It stands nowhere any more.")
    return redirect(url_for(".intangibles"), 303)


def intangibles_around(form: IntangibleForm, button: Form | None = None) -> str:
    """The page of words with the form as it stands."""
    person, _ = learner()
    words = sorted(told_by(person).intangibles, key=lambda each: (each.day, each.id or 0), reverse=True)
    return render_template(
        "practice/ledger/intangibles.html",
        page=page_of(words, asked_page()),
        form=form,
        button=button or Form(formdata=None),
        limits=limits(),
        longest=LONGEST_WORDS,
    )
