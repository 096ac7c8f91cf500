"""A piece of a page that is the same for every reader is printed once, and holds nothing of any of them."""

from itertools import count
from typing import Any

import pytest
from flask import Flask, g
from werkzeug.datastructures import MultiDict
from wtforms import Form, RadioField, StringField
from wtforms.validators import Length

from app import fragments
from app.fragments import Personal

TEMPLATE = '{% call same_for_all("ask", hash) %}<p>{{ words }} {{ turn() }}</p>{% endcall %}'


@pytest.fixture(params=["testing", "production"])
def bare(request: pytest.FixtureRequest) -> Flask:
    return bare_in(request.param)


def bare_in(env: str) -> Flask:
    app = Flask("bare")
    app.config["ENV"] = env
    fragments.init_app(app)
    turns = count(1)
    app.jinja_env.globals["turn"] = lambda: next(turns)
    return app


def printed(app: Flask, **values: Any) -> str:
    with app.app_context():
        return app.jinja_env.from_string(TEMPLATE).render(**values)


def test_a_piece_is_printed_once_for_all_that_it_is_made_of(bare: Flask) -> None:
    assert printed(bare, hash="a", words="First") == "<p>First 1</p>"
    assert printed(bare, hash="a", words="First") == "<p>First 1</p>"
    assert printed(bare, hash="b", words="Second") == "<p>Second 2</p>"


def test_while_somebody_works_on_the_pages_nothing_is_kept() -> None:
    app = bare_in("development")
    assert [printed(app, hash="a", words="First") for _ in range(2)] == ["<p>First 1</p>", "<p>First 2</p>"]


def test_what_is_printed_once_is_not_escaped_twice_and_text_in_it_is(bare: Flask) -> None:
    assert printed(bare, hash="a", words="<b>") == printed(bare, hash="a", words="<b>") == "<p>&lt;b&gt; 1</p>"


def test_a_piece_with_a_readers_token_is_refused(bare: Flask) -> None:
    with bare.app_context():
        g.csrf_token = "signed-for-one"
        with pytest.raises(Personal, match="ask"):
            bare.jinja_env.from_string(TEMPLATE).render(hash="a", words="signed-for-one")
    assert not bare.extensions["fragments"].held


class Asked(Form):
    name = StringField("Name", validators=[Length(max=80)])
    rhythm = RadioField("Rhythm", choices={"core": "Core", "network": "Network"}, default="core")


FIELD = "{% call unfilled(field, hint) %}{{ field() }}{{ hint }} {{ turn() }}{% endcall %}"


def seen(app: Flask, field: Any, hint: str = "") -> str:
    with app.app_context():
        return app.jinja_env.from_string(FIELD).render(field=field, hint=hint)


def test_a_field_that_nobody_has_filled_in_is_printed_once(bare: Flask) -> None:
    first = seen(bare, Asked().name)
    assert 'value=""' in first
    assert seen(bare, Asked().name) == first
    assert seen(bare, Asked().name, "Or an alias") != first


def test_what_somebody_typed_chose_or_got_wrong_is_printed_for_them_alone(bare: Flask) -> None:
    empty = {seen(bare, Asked().name), seen(bare, Asked().rhythm)}
    held = len(bare.extensions["fragments"].held)
    assert 'value="Ada"' in seen(bare, Asked(data={"name": "Ada"}).name)
    wrong = Asked(MultiDict({"name": "x" * 81, "rhythm": "canary"}))
    assert not wrong.validate()
    for field in wrong:
        assert seen(bare, field) not in empty
    assert len(bare.extensions["fragments"].held) == held


def test_a_field_with_another_choice_other_limits_or_another_name_is_another(bare: Flask) -> None:
    class Other(Asked):
        name = StringField("Name", validators=[Length(max=40)])
        rhythm = RadioField("Rhythm", choices={"core": "Heart", "network": "Network"}, default="core")

    fields = [Asked().name, Other().name, Asked(prefix="a-").name, Asked().rhythm, Other().rhythm]
    fields.append(Asked(data={"rhythm": "network"}).rhythm)
    assert len({seen(bare, field).rsplit(" ", 1)[0] for field in fields}) == len(fields)


def test_the_pieces_are_bounded(bare: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fragments, "MOST", 3)
    held = [printed(bare, hash=str(n), words="x") and len(bare.extensions["fragments"].held) for n in range(5)]
    assert held == [1, 2, 3, 1, 2]
