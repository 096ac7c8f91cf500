"""What a trainer gives to people outside: a paragraph of their own, and links to frozen reports."""

from datetime import timedelta

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import audit, clock, content
from app.access import me, record, trainer_only
from app.forms import Form
from app.reports import sponsor_actions as actions
from app.reports.cohort_queries import OwnCohort
from app.reports.roi_queries import enrolled_in
from app.reports.sponsor_forms import LASTS, LinkForm, ParagraphForm
from app.reports.sponsor_page import Drawn, drawn_up
from app.reports.sponsor_queries import Paragraph, links_of, paragraph_of
from app.reports.views import blueprint, own_cohort

TOO_FEW = "A report goes out from five learners on, once the course has begun."


@blueprint.route("/trainer/cohorts/<slug>/sponsor")
@trainer_only
def sponsor(slug: str) -> ResponseReturnValue:
    return shown(own_cohort(slug), LinkForm(formdata=None)), 200


@blueprint.route("/trainer/cohorts/<slug>/sponsor", methods=["POST"])
@trainer_only
def give_report(slug: str) -> ResponseReturnValue:
    cohort, form, now = own_cohort(slug), LinkForm(), clock.now()
    if not form.validate_on_submit():
        return shown(cohort, form), 422
    drawn = drawn_now(cohort)
    if drawn is None:
        form.label.errors = [TOO_FEW]
        return shown(cohort, form), 422
    try:
        report, held = actions.report_for(cohort, drawn, cohort.today(now))
    except actions.TellsOfFew as few:
        form.label.errors = [f"Beside a report of another cohort this one would tell of fewer than five: {few}."]
        return shown(cohort, form), 422
    until = now + timedelta(days=form.days)
    link = actions.make_link(report, me().person, label=form.label.data or "", expires_at=until)
    audit.note("report given out", by=me().person.id, about=slug)
    return shown(cohort, LinkForm(formdata=None), link=link, held=", ".join(held)), 201


@blueprint.route("/trainer/cohorts/<slug>/sponsor/<int:link_id>/revoke", methods=["POST"])
@trainer_only
def revoke_report(slug: str, link_id: int) -> ResponseReturnValue:
    cohort = own_cohort(slug)
    if not Form().validate_on_submit():
        abort(400)
    if not actions.revoke_link(cohort, link_id):
        abort(404)
    audit.note("report taken back", by=me().person.id, about=slug)
    record("sponsor link taken back", link=link_id, person=me().person.id)
    flash("The link no longer opens.")
    return redirect(url_for("reports.sponsor", slug=slug), 303)


@blueprint.route("/trainer/cohorts/<slug>/sponsor/paragraph", methods=["POST"])
@trainer_only
def save_paragraph(slug: str) -> ResponseReturnValue:
    cohort, form = own_cohort(slug), ParagraphForm()
    if not form.validate_on_submit():
        return shown(cohort, LinkForm(formdata=None), words=form), 422
    try:
        actions.save_paragraph(cohort, me().person, form.text.data or "", over=form.version.data or 0)
    except actions.ChangedMeanwhile as other:
        form.version.data, form.version.raw_data = other.now.version, None
        return shown(cohort, LinkForm(formdata=None), words=form, other=other.now), 409
    flash("Your paragraph is kept. It stands in the report and behind every link.")
    return redirect(url_for("reports.sponsor", slug=slug), 303)


def drawn_now(cohort: OwnCohort) -> Drawn | None:
    """The report as it would be frozen now."""
    library, now = content.library(), clock.now()
    minutes = {lesson.id: lesson.minutes for lesson in (*library.former, *library.lessons)}
    return drawn_up(cohort, enrolled_in(cohort, now, minutes), now)


def shown(
    cohort: OwnCohort,
    form: LinkForm,
    *,
    link: str = "",
    held: str = "",
    words: ParagraphForm | None = None,
    other: Paragraph | None = None,
) -> str:
    """The page around both forms. `held`: for which figures an earlier report went out; `other`: who saved between."""
    kept = other or paragraph_of(cohort.id)
    return render_template(
        "reports/sponsor.html",
        cohort=cohort,
        form=form,
        words=words or ParagraphForm(formdata=None, data={"text": kept.text, "version": kept.version}),
        kept=kept,
        other=other,
        links=links_of(cohort),
        link=link,
        held=held,
        lasts=LASTS,
        button=Form(formdata=None),
        now=clock.now(),
    )
