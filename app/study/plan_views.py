"""What came of an if-then plan: told on Today or beside the lesson's exercise. What was done is logged next."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.access import learner, learner_only
from app.content import library
from app.study import actions
from app.study.forms import ReportForm
from app.study.lesson_views import shown
from app.study.views import blueprint, shown_today


@blueprint.route("/plans/<int:plan_id>/report", methods=["POST"])
@learner_only
def report_plan(plan_id: int) -> ResponseReturnValue:
    form, lesson = ReportForm(), library().lesson(request.args.get("lesson", ""))
    if not form.validate_on_submit():
        return shown(lesson, form, f"report-{plan_id}") if lesson else shown_today(form, plan_id)
    try:
        actions.report_plan(learner()[1], plan_id, outcome=form.outcome.data, because=form.because.data or "")
    except actions.NotFound:
        abort(404)
    if form.outcome.data == "done":
        return redirect(url_for("practice.log", plan=plan_id), 303)
    if lesson:
        return redirect(url_for("study.lesson", lesson_id=lesson.id, _anchor="plans"), 303)
    return redirect(url_for("study.today"), 303)
