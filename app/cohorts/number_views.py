"""Your number: a sum anybody can do, with nothing kept."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.access import public
from app.cohorts.number_forms import NumberForm
from app.cohorts.views import blueprint
from course.goal import DEFAULTS


@blueprint.route("/number/")
@public
def number() -> ResponseReturnValue:
    form = NumberForm(request.args)
    asked = bool(request.args)
    sound = form.validate() if asked else True
    reckoning = form.reckoning() if sound else None
    page = render_template("cohorts/number.html", form=form, reckoning=reckoning, defaults=DEFAULTS)
    return page, 200 if sound else 422
