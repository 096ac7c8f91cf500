import pytest

KELLY = "/number/?income=100000&deal=100&margin=1&frequency=1"
CONSULTANT = "/number/?income=100+000&deal=50.000&margin=40+%25&frequency=0,5"


def test_the_page_opens_with_a_sum_done(client, app):
    page = client.get("/number/").text
    assert "Ten people you know well would do" in page
    assert "100\u00a0000 ÷ (50\u00a0000 × 0.4 × 0.5)" in page


def test_kellys_thousand_is_found(client, app):
    page = client.get(KELLY).text
    assert ">1\u00a0000</output>" in page
    assert "100\u00a0000 ÷ (100 × 1 × 1)" in page


def test_figures_are_read_as_people_write_them_and_shown_as_they_were_typed(client, app):
    page = client.get(CONSULTANT).text
    assert "Ten people you know well would do" in page
    for typed in ("100 000", "50.000", "40 %", "0,5"):
        assert f'value="{typed}"' in page


def test_a_number_that_is_not_whole_is_rounded_up_and_shown_as_it_is(client, app):
    page = client.get("/number/?income=75000&deal=50000&margin=.4&frequency=.5").text
    assert ">8</output>" in page
    assert '<span class="fig">7.5</span>, in whole people eight' in page


def test_what_follows_by_the_default_rates_is_said_with_where_they_come_from(client, app):
    page = client.get("/number/").text
    assert "you replace <b>1.6</b> of yours every year" in page
    assert "each client makes 0.64 introductions a year" in page
    assert "6\u00a0250" in page
    assert "275" in page
    assert "A rule of this course, not a finding." in page


WRONG = [
    ("income", "", "“Margin you want in a year” is missing."),
    ("income", "ten", "“ten” is not a figure we can read."),
    ("deal", "-5", "“-5” is not a figure we can read."),
    ("deal", "0", "“One deal brings in” must be more than nothing"),
    ("margin", "40", "Write a share from 0 to 1, or a percentage"),
    ("margin", "NaN", "“NaN” is not a figure we can read."),
    ("frequency", "1001", "Write how often a client buys in a year"),
    ("frequency", "1e9", "is not a figure we can read."),
    ("income", "9" * 14, "Write an amount such as 100 000."),
    ("income", "<script>x</script>", "is not a figure we can read."),
]


@pytest.mark.parametrize(("field", "typed", "words"), WRONG)
def test_a_figure_that_can_not_be_used_is_marked_and_the_others_are_kept(client, app, field, typed, words):
    figures = {"income": "81 000", "deal": "7 000", "margin": ".3", "frequency": "2", field: typed}
    answer = client.get("/number/", query_string=figures)
    assert answer.status_code == 422
    assert answer.text.count(words) == 2
    assert "The sum needs four figures" in answer.text
    for name, value in figures.items():
        assert name == field or f'value="{value}"' in answer.text
    assert "<script>x" not in answer.text


def test_the_most_that_can_be_asked_has_an_answer(client, app):
    answer = client.get("/number/?income=1000000000000&deal=.0001&margin=.0001&frequency=.0001")
    assert answer.status_code == 200
    assert "1" + "\u00a0000" * 8 + "</output>" in answer.text


def test_the_least_that_can_be_asked_has_an_answer(client, app):
    page = client.get("/number/?income=1&deal=1000000000000&margin=1&frequency=1000").text
    assert "less than 0.1" in page
    assert "One person you know well would do" in page


def test_nothing_is_asked_of_the_database_and_no_cookie_is_set(client, app, queries):
    queries.clear()
    answer = client.get(KELLY)
    assert queries == []
    assert "Set-Cookie" not in answer.headers
