"""Settings of mail and calendar, and the link that ends a kind of mails without signing in."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock, mail
from app.access import digest, me, public, record, signed_in_only
from app.forms import Form
from app.people import mail_actions, mail_queries
from app.people.mail_forms import CalendarForm, OneClick, RemindersForm
from app.people.mail_page import mail_page
from app.people.views import blueprint


@blueprint.route("/settings/mail")
@signed_in_only
def mail_settings() -> ResponseReturnValue:
    """When we write, where the calendar is, and what was sent."""
    return page()


@blueprint.route("/settings/mail/reminders", methods=["POST"])
@signed_in_only
def reminders() -> ResponseReturnValue:
    """Keep whether and when to remind, and whether letters come by mail."""
    form = RemindersForm()
    if not form.validate_on_submit():
        return page(reminders=form), 422
    mail_actions.set_reminders(me().person, form.terms, announcements=bool(form.announcements.data))
    flash("Saved.")
    return back()


@blueprint.route("/settings/mail/calendar", methods=["POST"])
@signed_in_only
def make_calendar() -> ResponseReturnValue:
    """Give the calendar a new address, which is shown once."""
    form = CalendarForm()
    if not form.validate_on_submit():
        return page(calendar=form), 422
    token = mail_actions.make_feed(me().person, words=bool(form.words.data))
    record("calendar address made", person=me().person.id)
    address = mail.link(url_for("people.calendar", token=token))
    # In no cookie: a repeated post leads to the page without it.
    return page(address=address), 201, {"Location": url_for("people.mail_settings")}


@blueprint.route("/settings/mail/calendar/end", methods=["POST"])
@signed_in_only
def end_calendar() -> ResponseReturnValue:
    """Take the calendar off the net."""
    form = Form()
    if not form.validate_on_submit():
        return page(button=form), 422
    mail_actions.end_feed(me().person)
    record("calendar address ended", person=me().person.id)
    flash("The address of your calendar leads nowhere now.")
    return back()


@blueprint.route("/unsubscribe/<token>", methods=["GET", "POST"])
@public
def unsubscribe(token: str) -> ResponseReturnValue:
    """End one kind of mails: ask, then do it. A mailbox that asks for its owner posts without having been here."""
    found = mail_queries.ending(digest(token), clock.now())
    if found is None:
        return render_template("people/unsubscribe.html", found=None), 404
    form = Form()
    by_mailbox = form.is_submitted() and OneClick().validate()
    if by_mailbox:
        # Nothing in it could have been forged without the secret of the address.
        g.csrf_checked = True
    if by_mailbox or form.validate_on_submit():
        mail_actions.unsubscribe(found.person_id, found.kind)
        record("unsubscribed", person=found.person_id, kind=found.kind)
        return redirect(url_for("people.unsubscribe", token=token), 303)
    status = 422 if form.is_submitted() else 200
    return render_template("people/unsubscribe.html", found=found, form=form), status


def back() -> ResponseReturnValue:
    return redirect(url_for("people.mail_settings"), 303)


def page(
    *,
    reminders: RemindersForm | None = None,
    calendar: CalendarForm | None = None,
    button: Form | None = None,
    address: str | None = None,
) -> str:
    """The settings with the form that was sent, if one was, and the others as they stand."""
    person = me().person
    wishes = mail_queries.wishes_of(person)
    return render_template(
        "people/mail.html",
        page=mail_page(wishes, mail_queries.posted_to(person)),
        reminders=reminders or RemindersForm.standing(wishes.terms, announcements=wishes.announcements),
        calendar=calendar or CalendarForm(formdata=None, data={"words": wishes.feed_words}),
        button=button or Form(formdata=None),
        address=address,
        is_learner=me().is_learner,
        person=person,
    )
