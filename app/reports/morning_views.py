"""The trainer's morning: who needs them, whom they put off, whom they spoke to."""

from datetime import timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import me, trainer_only
from app.content import library
from app.reports import morning_actions
from app.reports.cohort_queries import cohorts_of
from app.reports.inbox_forms import Button
from app.reports.learner_queries import learners_of
from app.reports.morning_forms import ListForm, SnoozeForm, SpokeForm
from app.reports.morning_page import Desk
from app.reports.morning_page import morning as morning_list
from app.reports.morning_queries import facts_of, time_zone_of
from app.reports.views import blueprint

WEEK = timedelta(days=7)


@blueprint.route("/trainer/")
@trainer_only
def morning() -> ResponseReturnValue:
    return shown()


@blueprint.route("/trainer/morning/<int:enrolment_id>/snooze", methods=["POST"])
@trainer_only
def snooze(enrolment_id: int) -> ResponseReturnValue:
    today = clock.today(time_zone_of(me().person, enrolment_id) or abort(404))
    form = SnoozeForm(place=enrolment_id, today=today)
    if not form.validate_on_submit():
        return shown(enrolment_id, form), 422
    morning_actions.snooze(me().person, enrolment_id, today=today, until=form.day)
    flash("Left out until then. They stand below the list, so that you can see whom you put off.")
    return redirect(url_for(".morning"), 303)


@blueprint.route("/trainer/morning/<int:enrolment_id>/spoke", methods=["POST"])
@trainer_only
def spoke(enrolment_id: int) -> ResponseReturnValue:
    today = clock.today(time_zone_of(me().person, enrolment_id) or abort(404))
    form = SpokeForm(place=enrolment_id)
    if not form.validate_on_submit():
        return shown(enrolment_id, form), 422
    morning_actions.spoke(me().person, enrolment_id, today=today, said=form.note.data or "")
    flash("Noted. In two weeks it says here what followed.")
    return redirect(url_for(".morning", _anchor="talks"), 303)


@blueprint.route("/trainer/morning/<int:enrolment_id>/back", methods=["POST"])
@trainer_only
def back(enrolment_id: int) -> ResponseReturnValue:
    today = clock.today(time_zone_of(me().person, enrolment_id) or abort(404))
    if not Button().validate_on_submit():
        abort(400)
    morning_actions.back(me().person, enrolment_id, today=today)
    return redirect(url_for(".morning", _anchor=f"person-{enrolment_id}"), 303)


def shown(enrolment_id: int | None = None, sent: ListForm | None = None) -> str:
    """The list, with the form that was sent about one person and could not be kept."""
    now = clock.now()
    cohorts = cohorts_of(me().person, now)
    if not cohorts:
        return render_template("reports/no_cohort.html", endpoint="reports.morning")
    taking = [cohort for cohort in cohorts if not cohort.page.terms.is_over(now) and not cohort.page.terms.called_off]
    running = [cohort for cohort in taking if cohort.is_running(now)]
    facts = facts_of(
        me().person, running=[cohort.id for cohort in running], taking=[cohort.id for cohort in taking], now=now
    )
    desk = Desk(taking, learners_of(running), facts, library(), now)
    page = morning_list(desk, page=request.args.get("page", 1, type=int))

    def form_of(kind: type[ListForm], place: int, **given: object) -> ListForm:
        if place == enrolment_id and isinstance(sent, kind):
            return sent
        return kind(formdata=None, place=place, **given)

    forms = {
        each.id: {
            "snooze": form_of(SnoozeForm, each.id, today=each.cohort.today(now), data={"until": now.date() + WEEK}),
            "spoke": form_of(SpokeForm, each.id),
        }
        for each in page.needed
    }
    return render_template("reports/morning.html", page=page, forms=forms, sent=sent, cohorts=cohorts, now=now)
