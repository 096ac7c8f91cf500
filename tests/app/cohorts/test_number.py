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
    assert "you replace <b>1.6</b> of your ten every year" in page
    assert "A figure often quoted, from a weak source" in page
    assert "each client makes 0.64 introductions a year" in page
    assert "6\u00a0250" in page
    assert "275" in page
    assert "A rule of this course, not a finding." in page


WRONG = [
    ("income", "", "“Margin you want in a year” is missing."),
    ("income", "ten", "“ten” is not a figure we can read."),
    ("deal", "-5", "“One deal brings in” can’t be less than nothing."),
    ("deal", "− 5 €", "“One deal brings in” can’t be less than nothing."),
    ("retention", "84", "“Clients who stay a year” is too much. Write a share from 0 to 1"),
    ("win_rate", "0", "“Meetings that bring a client” must be more than nothing"),
    ("core", "2.5", "“Core: an hour, twelve times a year” are people: a whole number of them."),
    ("clients", "1000001", "“Clients you have today” is too much."),
    ("introductions", "21", "“Introductions a client makes in a year” is too much."),
    ("wins", "x" * 60, "“" + "x" * 40 + "” is not a figure we can read."),
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
    assert "The sum can’t be done with these figures" in answer.text
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


def test_growth_settles_where_the_method_says(client, app):
    page = client.get("/number/?clients=0").text
    assert "It settles at 1 ÷ (1 − 0.84 − 0.3 × 0.25) = 11.8." in page
    assert "From no clients to 6.9 in ten years; ten clients would take longer" in page
    without = client.get("/number/?introductions=0").text
    assert "It never gets to ten clients: it settles at 6.2" in without
    assert "has no ceiling" in client.get("/number/?introductions=.64").text


def test_the_path_is_drawn_and_stands_in_a_table_as_well(client, app):
    page = client.get("/number/").text
    assert 'id="growth-wide-title">From four clients to 8.6 in ten years' in page
    assert '<th scope="row">Year 10</th>' in page
    assert "Settles at</text>" in page
    assert "likely" not in page


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ("clients=9", "From nine clients to ten in year six"),
        ("clients=12&wins=0", "From twelve clients to fewer than ten in year three"),
        ("clients=10&retention=1", "Ten clients today, and ten or more at the end of every year"),
        ("clients=0&wins=0", "Nobody today and nobody won: nothing begins"),
        ("clients=1&wins=0&introductions=0", "From one client to 0.2 in ten years, with nobody won from elsewhere"),
        ("clients=1&wins=0&introductions=20", "From one client to ten in year two"),
    ],
)
def test_where_a_path_leads_is_said_above_it(client, app, figures, words):
    assert words in client.get(f"/number/?{figures}").text


def test_a_figure_of_one_s_own_takes_the_default_s_place_and_an_emptied_one_gives_it_back(client, app):
    own = client.get("/number/?meeting_rate=2+%25&win_rate=.5&referral_rate=10%25&close_rate=.5&retention=.9").text
    assert "900" not in own
    assert ">100</td>" in own
    assert own.count("Your own figure. The default is") == 5
    assert "each client makes 0.2 introductions" in own
    emptied = client.get("/number/?meeting_rate=&win_rate=&referral_rate=&retention=&close_rate=").text
    assert ">625</td>" in emptied
    assert "27.5</td>" in emptied
    assert "Your own figure." not in emptied


def test_the_hours_of_ten_thirty_and_a_hundred_people_are_two_hundred_and_five(client, app):
    page = client.get("/number/").text
    assert '10 × 12 + 30 × 2 + 100 × 0.25</span> is <span class="fig">205</span> hours a year, 3.9 a week' in page
    assert ">24.25</output>" in client.get("/number/?core=2&active=0&network=1").text


def test_figures_that_lead_beyond_all_measure_are_answered_in_words(client, app):
    page = client.get(
        "/number/?income=1000000000000&deal=.0001&margin=.0001&frequency=.0001&meeting_rate=.0001&win_rate=.0001"
        "&introductions=20&close_rate=1&wins=100000&clients=1000000"
    )
    assert page.status_code == 200
    assert "more than there are people" in page.text
    assert "Beyond a million clients nothing is drawn" in page.text


def test_a_learner_is_led_to_the_number_that_is_kept_and_may_still_try_others(cast, browser_of):
    ada = browser_of(cast.ada)
    assert ada.get("/number/").location == "/number/own"
    assert "your own is kept elsewhere" in ada.get("/number/?income=90000").text
    assert browser_of(cast.tess).get("/number/").status_code == 200


def test_nothing_is_asked_of_the_database_and_no_cookie_is_set(client, app, queries):
    queries.clear()
    answer = client.get(KELLY)
    assert queries == []
    assert "Set-Cookie" not in answer.headers
