"""Pieces of pages that are the same for every reader: printed once a process, then given again.

Most of a lesson's page depends on the lesson's text alone, its empty forms as well, and printing those took longer than
everything else that the page does. A piece is known by its name and by all that it is made of, such as the hash of a
text. Nothing of a reader may go into one, neither a name nor a token; what a form carries is printed outside.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, g, get_template_attribute, session
from markupsafe import Markup
from wtforms.widgets import Select

MOST = 4_000
"""Pieces kept at most: a field is some 300 bytes, a lesson's piece 2 KB, a cohort's page in one of its states 10 KB.

When there are as many, keeping begins afresh.
"""

# Where a page for all visitors holds what each form carries. Text that somebody typed is escaped, and can't be this.
GAP = Markup("<!-- carried -->")


class Personal(Exception):
    """A piece that every reader would get holds the token of one."""


class Fragments:
    """The pieces that one application has printed. Nothing that a second process must see: each prints its own."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, ...], Markup] = {}

    def unfilled(self, field: Any, *made_of: Any, caller: Callable[[], Markup]) -> Markup:
        """What a template's call block prints for a field, once for all forms in which it stands empty."""
        known = look(field)
        return self.same_for_all(*known, *map(str, made_of), caller=caller) if known else caller()

    def same_for_all(self, name: str, *made_of: str, caller: Callable[[], Markup]) -> Markup:
        """What a template's call block prints, or printed the last time for the same name and parts."""
        known = (name, *made_of)
        piece = self.held.get(known)
        if piece is None:
            piece = caller()
            if (token := g.get("csrf_token")) and token in piece:
                raise Personal(name)
            if len(self.held) >= MOST:
                self.held.clear()
            self.held[known] = piece
        return piece


def look(field: Any) -> tuple[str, ...] | None:
    """All that a form's field looks like while nobody has filled it in; None once somebody has, or where it is long."""
    unfilled = field.data is None or field.data is False or field.data == ""
    choices = getattr(field, "choices", None)
    if field.errors or field.raw_data or isinstance(field.widget, Select) or not (unfilled or choices):
        return None
    chosen = (str(field.data), str(choices)) if choices else ()
    about = (field.name, field.label.text, str(vars(field.flags)), str(field.render_kw))
    return (type(field.widget).__name__, field.id, *about, *chosen)


def printed_once(name: str, *made_of: str, page: Callable[[Markup | None], str]) -> str:
    """A page as all visitors get it, printed once for all that it is made of but for what each form carries.

    `page` prints it with what stands in its forms for that. What was said to one visitor is printed for them alone.
    """
    if "_flashes" in session:
        return page(None)
    same_for_all: Any = current_app.jinja_env.globals["same_for_all"]
    # A template's output.
    whole: str = same_for_all(name, *made_of, caller=lambda: Markup(page(GAP)))  # noqa: S704
    return whole.replace(GAP, get_template_attribute("macros/forms.html", "begin")()) if GAP in whole else whole


def printed_anew(what: Any, *made_of: Any, caller: Callable[[], Markup]) -> Markup:
    """What the call block prints now: its template may have been changed a moment ago."""
    return caller()


def init_app(app: Flask) -> None:
    fragments = app.extensions["fragments"] = Fragments()
    being_worked_on = app.config["ENV"] == "development"
    app.jinja_env.globals["same_for_all"] = printed_anew if being_worked_on else fragments.same_for_all
    app.jinja_env.globals["unfilled"] = printed_anew if being_worked_on else fragments.unfilled
