"""Calibration: the confidence stated before an answer against whether it was right."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.access import learner, learner_only
from app.study.calibration_page import calibration_page
from app.study.calibration_queries import confidence_of
from app.study.views import blueprint
from course.calibration import calibration as calibration_of


@blueprint.route("/review/calibration")
@learner_only
def calibration() -> ResponseReturnValue:
    page = calibration_page(calibration_of(confidence_of(learner()[1])))
    return render_template("study/calibration.html", page=page)
