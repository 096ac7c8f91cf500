"""What somebody agreed to, as it stands and as it came about; a free one can be given or taken back at any time."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import me, signed_in_only
from app.cohorts import actions, consents
from app.cohorts.forms import ConsentForm
from app.cohorts.page_queries import consents_of
from app.cohorts.views import blueprint


@blueprint.route("/settings/consents", methods=["GET", "POST"])
@signed_in_only
def agreed() -> ResponseReturnValue:
    form = ConsentForm()
    if form.is_submitted():
        if not form.validate():
            abort(400)
        actions.set_news(me().person, wanted=bool(form.wanted.data))
        flash("Kept. What you said before stays in the list, with its day.")
        return redirect(url_for("cohorts.agreed"), 303)
    said = consents_of(me().person)
    news = next((one.given for one in said if one.kind == consents.NEWS.kind), False)
    return render_template("cohorts/consents.html", said=said, news=news, consents=consents, form=form)
