"""How long the words in somebody's log stay: the installation's time, or a shorter one of their own."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import me, signed_in_only
from app.people import privacy_actions
from app.people.privacy_forms import NotesForm
from app.people.views import blueprint
from app.privacy import notes


@blueprint.route("/settings/notes", methods=["GET", "POST"])
@signed_in_only
def note_age() -> ResponseReturnValue:
    """Say when notes go, and keep a shorter time."""
    person, longest = me().person, notes.months_of(None)
    standing = notes.months_of(person)
    form = NotesForm(longest=longest, data={"months": str(standing)})
    if not form.is_submitted():
        return render_template("people/notes.html", form=form, months=standing, longest=longest)
    if not form.validate():
        return render_template("people/notes.html", form=form, months=standing, longest=longest), 422
    privacy_actions.keep_notes_for(person, int(form.months.data))
    flash("Saved. What is older goes within a day.")
    return redirect(url_for("people.note_age"), 303)
