"""What somebody can do with everything kept about them: take a copy of it, and see who read or changed what."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from app import audit, clock
from app.access import me, record, signed_in_only, too_many
from app.forms import Form
from app.people import privacy_queries
from app.people.privacy_page import export_holds, readings_page
from app.people.views import blueprint
from app.privacy import export
from app.transaction import keep_writes

OFTEN = "Five copies in a quarter of an hour are enough. Wait a little, then make the next."


@blueprint.route("/settings/export", methods=["GET", "POST"])
@signed_in_only
def take_copy() -> ResponseReturnValue:
    """Say what a copy holds; a post makes it and sends it as it is read."""
    form, person = Form(), me().person
    if not form.is_submitted():
        return copy_page(form)
    if not form.validate():
        return copy_page(form), 422
    if too_many("export", person.email):
        keep_writes()
        form.once.errors = [OFTEN]
        return copy_page(form), 429
    audit.note("exported", by=person.id, whom=person.id)
    record("copy taken", person=person.id)
    now = clock.now()
    name = f"connect-{now:%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    # Read once this request's writing is over, so that nobody waits for a long log.
    return Response(export.copy_of(person.id, made_at=now), mimetype="application/zip", headers=headers)


def copy_page(form: Form) -> str:
    return render_template("people/export.html", form=form, holds=export_holds())


@blueprint.route("/settings/readings")
@signed_in_only
def readings() -> ResponseReturnValue:
    """Who read, changed or took away something of this person's; page by page."""
    before = request.args.get("before", type=int)
    lines = privacy_queries.lines_about(me().person, before=before)
    return render_template("people/readings.html", page=readings_page(lines, me().person.id))
