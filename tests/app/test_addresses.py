"""The addresses that pages print are those of the routes, whether or not they have been built before."""

from typing import Any

from flask import url_for

from app.addresses import address, fixed


def test_an_address_in_a_template_is_the_routes_own(app: Any) -> None:
    with app.test_request_context("/today"):
        for _ in range(2):
            assert app.jinja_env.globals["url_for"]("study.today") == url_for("study.today") == "/today"
            assert address("study.lesson", lesson_id="one") == "/course/one"
            assert address("study.lesson", lesson_id="two") == "/course/two"
            assert address("study.lesson", lesson_id="one", _anchor="two") == "/course/one#two"


def test_an_address_of_numbers_is_the_routes_own_for_each_of_them(app: Any) -> None:
    with app.test_request_context("/today"):
        for number in (1, 7, 2**31 - 1):
            for values in ({"relationship_id": number}, {"relationship_id": number, "page": 3, "t": number}):
                built = url_for("practice.relationship", **values)
                assert address("practice.relationship", **values) == built
        assert address("practice.log", who=7, page=2) == "/practice/?who=7&page=2"
        assert address("practice.log", page=2, who=7) == "/practice/?page=2&who=7"
        assert address("practice.log", who=7, page=None) == "/practice/?who=7"
        assert address("practice.log", who=True) == url_for("practice.log", who=True)


def test_an_address_with_a_readers_part_is_not_kept(app: Any) -> None:
    fixed.cache_clear()
    with app.test_request_context("/today"):
        assert address("people.reset", token="secret") == url_for("people.reset", token="secret")
        assert address("study.report_plan", plan_id=7) == "/plans/7/report"
    assert fixed.cache_info().currsize == 0


def test_a_relative_address_follows_the_page_it_stands_on(app: Any) -> None:
    with app.test_request_context("/course/"):
        assert address(".today") == "/today"
    with app.test_request_context("/practice/"):
        assert address(".people") == "/people/"
