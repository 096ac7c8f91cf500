"""The base form: CSRF by Flask-WTF, the once-only key, the error summary.

A form names its fields; only those are bound. `faults` is what the summary above the form lists.
"""

import secrets
from collections.abc import Iterator
from typing import Any

from flask import Flask, g
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from wtforms import Field, HiddenField
from wtforms.validators import Length, ValidationError
from wtforms.widgets import Select

from app.passwords import weakness

STALE = "This page had been open for too long. Everything you typed is still here: press the button again."


def new_key() -> str:
    """A once-only key: it tells a post from one that was sent twice."""
    return secrets.token_urlsafe(12)


def token() -> str:
    """The page's CSRF token, signed once however many forms the page holds."""
    return str(g.csrf_token if "csrf_token" in g else generate_csrf())


class Options(Select):
    """A select that is quick with options which hold a value and words, and nothing else.

    wtforms puts the attributes of each option in order: for five hundred time zones that took longer than all the rest
    of the settings.
    """

    # What is added to marked-up text is escaped.
    plain, chosen = Markup('<option value="'), Markup('<option selected value="')
    between, end = Markup('">'), Markup("</option>")

    @classmethod
    def render_option(cls, choice: Any) -> Markup:  # type: ignore[override]
        if choice.render_kw:
            return super().render_option(choice)  # type: ignore[call-arg]
        opened = cls.chosen if choice.selected else cls.plain
        option: Markup = opened + str(choice.value) + cls.between + (choice.label or choice.value) + cls.end
        return option


OPTIONS: Any = Options()


class Form(FlaskForm):  # type: ignore[misc]
    """A form whose every post can be told from a repeated one."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def render_field(self, field: Field, render_kw: dict[str, Any]) -> Markup:
            if isinstance(field.widget, Select) and not field.widget.multiple:
                field.widget = OPTIONS
            rendered: Markup = super().render_field(field, render_kw)
            return rendered

    once = HiddenField(default=new_key, validators=[Length(max=40)])

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the post is sound. Says so to the transaction, which commits nothing that no form has checked."""
        sound: bool = super().validate(extra_validators)
        g.csrf_checked = not self.csrf_token.errors
        if self.csrf_token.errors:
            self.csrf_token.errors = [STALE]
        return sound

    @property
    def faults(self) -> Iterator[tuple[str, str]]:
        """Each fault as the id of the element to go to, and its words."""
        for field in self:
            for message in field.errors:
                yield anchor(field), str(message)


def anchor(field: Any) -> str:
    """The element a fault leads to: the first choice of a group, or the field itself."""
    grouped = field.type in {"RadioField"}
    return f"{field.id}-0" if grouped else str(field.id)


def plain(value: str | None) -> str | None:
    """What was typed, without the blanks around it and without characters that can't be seen or kept."""
    if value is None:
        return None
    kept = "".join(char for char in value.replace("\r\n", "\n") if char in "\n\t" or ord(char) >= 32)
    return kept.strip()


def one_line(form: FlaskForm, field: Field) -> None:
    """A name or a subject that cannot carry line breaks."""
    if field.data and any(char in field.data for char in "\r\n\t\x0b\x0c\x85\u2028\u2029"):
        raise ValidationError("Keep it to one line.")


def strong_enough(form: FlaskForm, field: Field) -> None:
    """A new password that isn't among the first to be tried. The form tells its owner's `address`."""
    found = weakness(field.data or "", address=str(getattr(form, "address", "")))
    if found:
        raise ValidationError(found)


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(csrf_token=token, once_key=new_key)
