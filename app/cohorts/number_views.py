"""Your number: a sum anybody can do, with nothing kept."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.access import public
from app.cohorts.number_forms import NumberForm
from app.cohorts.views import blueprint
from course.goal import DEFAULTS


@blueprint.route("/number/")
@public
def number() -> ResponseReturnValue:
    """The calculator; a learner who brings no figures is led to the page where theirs are kept."""
    asked = bool(request.args)
    if not asked and current_user.is_authenticated and current_user.is_learner:
        return redirect(url_for("practice.own_number"))
    form = NumberForm(request.args)
    sound = form.validate() if asked else True
    page = render_template(
        "cohorts/number.html",
        form=form,
        reckoning=form.reckoning() if sound else None,
        hours=form.hours if sound else None,
        defaults=DEFAULTS,
    )
    return page, 200 if sound else 422
