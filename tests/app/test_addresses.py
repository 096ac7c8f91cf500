"""The addresses that pages print are those of the routes, whether or not they have been built before."""

from typing import Any

from flask import url_for

from app.addresses import address


def test_an_address_in_a_template_is_the_routes_own(app: Any) -> None:
    with app.test_request_context("/today"):
        for _ in range(2):
            assert app.jinja_env.globals["url_for"]("study.today") == url_for("study.today") == "/today"
            assert address("study.lesson", lesson_id="one", _anchor="two") == "/course/one#two"


def test_a_relative_address_follows_the_page_it_stands_on(app: Any) -> None:
    with app.test_request_context("/course/"):
        assert address(".today") == "/today"
    with app.test_request_context("/practice/"):
        assert address(".people") == "/people/"
