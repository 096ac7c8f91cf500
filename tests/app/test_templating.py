"""Templates and the globals that they all share."""

from typing import Any

from flask import render_template_string


def test_a_template_reads_the_globals_as_they_are_and_sees_what_is_added_later(app: Any) -> None:
    template = app.jinja_env.get_template("macros/icons.html")
    assert template.globals is app.jinja_env.globals


def test_what_a_page_is_given_reaches_no_other_page(app: Any) -> None:
    with app.test_request_context():
        assert render_template_string("{% set once_key = 'mine' %}{{ once_key }} {{ own }}", own="own") == "mine own"
        assert render_template_string("{{ own }}{{ once_key is callable }}") == "True"
    assert "own" not in app.jinja_env.globals


def test_globals_of_one_template_alone_are_not_those_of_all(app: Any) -> None:
    alone = app.jinja_env.from_string("{{ only_here }}", globals={"only_here": "here"})
    assert alone.render() == "here"
    assert "only_here" not in app.jinja_env.globals
