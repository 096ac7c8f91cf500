"""Letters to a whole cohort: written and previewed by its trainer, read by whom they are for."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import me, signed_in_only, trainer_only
from app.cohorts import announcement_actions, letters
from app.cohorts.announcement_forms import AUDIENCES, AnnouncementForm
from app.cohorts.announcement_queries import NAMES, PER_PAGE, heard_by, one_sent, recipients_of, sent_to, who_got
from app.cohorts.trainer_queries import OwnCohort
from app.cohorts.trainer_views import blueprint, own
from app.cohorts.views import blueprint as pages
from app.forms import new_key

NOBODY = "Nobody is there to read it: choose another part of the cohort."


def page_number() -> int:
    """The page that the address asks for, 1 without one."""
    return min(max(request.args.get("page", 1, type=int), 1), 10_000)


@blueprint.route("/trainer/cohorts/<slug>/announcements", methods=["GET", "POST"])
@trainer_only
def announcements(slug: str) -> ResponseReturnValue:
    cohort, form = own(slug), AnnouncementForm()
    if not form.validate_on_submit():
        return shown(cohort, form), 422 if form.is_submitted() else 200
    seen, form.seen.data = form.seen.data, form.fingerprint()
    if seen != form.seen.data:
        # A look at it is no use of the form: sending is the first.
        form.once.data = new_key()
        return previewed(cohort, form)
    try:
        made = announcement_actions.announce(cohort.id, me().person, **form.letter())
    except announcement_actions.NobodyThere:
        form.audience.errors = [NOBODY]
        return shown(cohort, form), 409
    flash("It is on its way.")
    return redirect(url_for("desk.announcement", slug=slug, announcement_id=made.id), 303)


def previewed(cohort: OwnCohort, form: AnnouncementForm) -> ResponseReturnValue:
    """The letter as it would go out, and to whom; nothing is sent."""
    people = recipients_of(cohort.id, form.audience.data or "")
    if not people:
        form.audience.errors = [NOBODY]
        return shown(cohort, form), 422
    subject, text = form.subject.data or "", form.text.data or ""
    mail = letters.announcement(subject, text, name=me().person.name, address=me().person.email)
    return shown(cohort, form, mail=mail, people=people), 200


def shown(cohort: OwnCohort, form: AnnouncementForm, **previewed: Any) -> str:
    page = page_number()
    found = sent_to(cohort.id, page)
    return render_template(
        "desk/announcements.html",
        cohort=cohort,
        form=form,
        sent=found[:PER_PAGE],
        page=page,
        more=len(found) > PER_PAGE,
        audiences=AUDIENCES,
        **previewed,
    )


@blueprint.route("/trainer/cohorts/<slug>/announcements/<int:announcement_id>")
@trainer_only
def announcement(slug: str, announcement_id: int) -> ResponseReturnValue:
    cohort, page = own(slug), page_number()
    letter = one_sent(cohort.id, announcement_id) or abort(404)
    got = who_got(letter.id, page)
    return render_template(
        "desk/announcement.html",
        cohort=cohort,
        letter=letter,
        got=got[:NAMES],
        page=page,
        more=len(got) > NAMES,
        audiences=AUDIENCES,
    )


@pages.route("/announcements/")
@signed_in_only
def heard() -> ResponseReturnValue:
    """What trainers wrote to the cohorts of whoever asks."""
    page = page_number()
    found = heard_by(me().person, page)
    return render_template("cohorts/announcements.html", heard=found[:PER_PAGE], page=page, more=len(found) > PER_PAGE)
