"""A learner's own number: terms kept once, rates counted from the log, the path and the attention that follow."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.db import db
from app.models import NumberTerms
from app.practice.number_queries import basis_of
from tests.cast import TODAY, entry, number_terms, receipt, relationship, save

OWN = "/number/own"
TYPED = {"income": "100 000", "deal": "5.000,00", "margin": "40 %", "frequency": "5", "introductions": ".3", "wins": ""}


def ago(days):
    return TODAY - timedelta(days=days)


def kept(who):
    db.session.expire_all()
    return db.session.scalar(select(NumberTerms).where(NumberTerms.person_id == who.id))


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.replace("\u00a0", " ")))


@pytest.fixture
def ada(cast, browser_of):
    return browser_of(cast.ada)


def introduced(who, count, *, bought=0, spoke=True):
    """People somebody brought a year ago, some of whom bought since."""
    first = relationship(who, "The introducer", known_since=ago(2000))
    for place in range(count):
        brought = relationship(who, f"Brought {place}", known_since=ago(365 + place), introduced_by_id=first.id)
        entry(who, brought, "11111" if spoke else "10111", day=ago(300), minutes=30)
        if place < bought:
            receipt(who, day=ago(100), relationship_id=brought.id)


def test_before_any_term_is_saved_the_page_says_what_it_takes(ada):
    page = ada.get(OWN).text
    assert "Four figures, and your log does the rest" in page
    assert "The rates are defaults so far" in page
    assert page.count("nothing to count yet") == 5
    assert "Nobody is on your list, so nobody asks for an hour" in page
    assert 'id="growth"' not in page


def test_terms_are_kept_and_shown_as_a_number(ada, cast):
    answer = ada.send(OWN, data=TYPED)
    assert (answer.status_code, answer.location) == (303, OWN)
    row = kept(cast.ada)
    assert (row.income, row.deal, row.margin, row.frequency) == (10_000_000, 500_000, Decimal(".4"), 5)
    assert (row.introductions, row.wins, row.version) == (Decimal(".3"), None, 1)
    page = ada.get(OWN).text
    assert "Ten clients would do, and you have none yet" in page
    assert "100\u00a0000 ÷ (5\u00a0000 × 0.4 × 5)" in page
    for value in ("100 000", "5 000", "40 %", "5", "0.3"):
        assert f'value="{value}"' in page


def test_what_the_page_shows_of_the_terms_can_be_sent_back_as_it_stands(ada, cast):
    number_terms(cast.ada, income=123_456_789, deal=50, margin=Decimal(".1234"), frequency=Decimal(".0001"))
    page = ada.get(OWN).text
    fields = dict(
        re.findall(r'name="(income|deal|margin|frequency|introductions|wins|version)"[^>]*value="([^"]*)"', page)
    )
    assert fields["version"] == "1"
    assert ada.send(OWN, data=fields).status_code == 303
    row = kept(cast.ada)
    assert (row.income, row.deal, row.margin, row.frequency) == (123_456_789, 50, Decimal(".1234"), Decimal(".0001"))
    assert row.version == 2


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("income", "", "Type what a year should leave you"),
        ("income", "0", "Type what a year should leave you"),
        ("income", "-5", "An amount here is not below nought."),
        ("income", "1.000", "1.000: 1000 or 1.0? Type it without the mark"),
        ("deal", "$ 5", "This ledger is kept in EUR."),
        ("deal", "9" * 14, "Is there a nought too many?"),
        ("margin", "", "Type the part that stays with you"),
        ("margin", "0 %", "Type the part that stays with you"),
        ("margin", "0.4", "0.4: is that 40 % or 0.4 %?"),
        ("margin", "140", "A share is at most 100 %."),
        ("frequency", "", "Type how often a client buys in a year"),
        ("frequency", "0", "Type how often a client buys in a year"),
        ("frequency", "often", "“often” is not a figure we can read. Type how often"),
        ("frequency", "1001", "That is too much."),
        ("frequency", ".00001", "Four decimals are enough."),
        ("introductions", "-1", "That can’t be less than nothing. Type how many in a year"),
        ("introductions", "21", "That is too much."),
        ("wins", "1" * 41, "That is too long for a figure."),
    ],
)
def test_a_term_that_can_not_be_used_is_marked_and_nothing_is_lost_or_saved(ada, cast, field, typed, words):
    answer = ada.send(OWN, data={**TYPED, field: typed})
    assert answer.status_code == 422
    assert answer.text.count(words) == 2
    for name, value in {**TYPED, field: typed}.items():
        assert re.search(rf'name="{name}"[^>]*value="{re.escape(value)}"', answer.text)
    assert kept(cast.ada) is None


def test_of_two_tabs_the_second_is_shown_both_and_decides(ada, cast):
    assert ada.send(OWN, data={**TYPED, "version": "0"}).status_code == 303
    late = ada.send(OWN, data={**TYPED, "income": "70 000", "version": "0"})
    assert late.status_code == 409
    assert "Your terms were changed in the meantime" in late.text
    assert '<td class="num">100 000</td><td class="num">70 000</td>' in late.text
    assert 'name="version" type="hidden" value="1"' in late.text
    assert kept(cast.ada).income == 10_000_000
    assert ada.send(OWN, data={**TYPED, "income": "70 000", "version": "1"}).status_code == 303
    assert (kept(cast.ada).income, kept(cast.ada).version) == (7_000_000, 2)


@pytest.mark.parametrize("version", ["", "-1", "nonsense", "9" * 30, "²"])
def test_a_version_no_page_of_ours_sends_overwrites_nothing(ada, cast, version):
    number_terms(cast.ada)
    assert ada.send(OWN, data={**TYPED, "version": version}).status_code == 409
    assert kept(cast.ada).version == 1


def test_a_doubled_send_saves_once(ada, cast):
    data = {**TYPED, "once": "the same key"}
    assert [ada.send(OWN, data=data).status_code for _ in range(2)] == [303, 303]
    assert kept(cast.ada).version == 1


def test_one_s_own_number_is_nobody_else_s(ada, cast, browser_of):
    number_terms(cast.ada)
    introduced(cast.ada, 10, bought=3)
    page = browser_of(cast.ben).get(OWN).text
    assert "Four figures, and your log does the rest" in page
    assert page.count("nothing to count yet") == 5


def test_a_rate_of_nine_waits_and_of_ten_counts_with_its_interval(ada, cast):
    number_terms(cast.ada)
    introduced(cast.ada, 9, bought=3)
    page = text_of(ada.get(OWN).text)
    assert "Introductions that become clients 25 % three of nine; until ten, the default" in page
    assert "no range is drawn" in page
    tenth = relationship(cast.ada, "The tenth", known_since=ago(365), introduced_by_id=None)
    tenth.introduced_by_id = relationship(cast.ada, "Another").id
    save(tenth)
    entry(cast.ada, tenth, "11111", day=ago(300))
    page = text_of(ada.get(OWN).text)
    assert "Introductions that become clients 30 % three of ten 30 %, likely between 11 and 60 % Your own" in page
    assert "0.84 + 0.3 × 0.3) + 1" in page
    assert "Hatched: as far as your own" in page
    assert "Three of five rates are your own" in page


def test_an_own_rate_of_nought_is_said_and_divides_nothing(ada, cast):
    number_terms(cast.ada)
    introduced(cast.ada, 10)
    answer = ada.get(OWN)
    assert answer.status_code == 200
    assert "As long as no introduction becomes a client, no number of them holds it." in answer.text
    assert "no number</td>" in answer.text


def test_who_buys_less_than_once_a_year_is_not_lost_by_a_year_without(ada, cast):
    for place in range(10):
        receipt(cast.ada, day=ago(400), relationship_id=relationship(cast.ada, f"Client {place}").id)
    number_terms(cast.ada)
    page = text_of(ada.get(OWN).text)
    assert "Clients who stay a year 0 % none of ten" in page
    assert "you have none yet" in page
    row = kept(cast.ada)
    row.frequency = Decimal(".5")
    save(row)
    page = text_of(ada.get(OWN).text)
    assert "Clients who stay a year 84 % none of ten" in page
    assert "a year without a purchase is no client lost" in page
    assert "100 clients would do, and you have ten" in page


def test_what_was_taken_out_or_paid_by_nobody_on_the_list_makes_no_client(ada, cast):
    number_terms(cast.ada)
    tended = relationship(cast.ada, "K-07")
    receipt(cast.ada, relationship_id=None)
    receipt(cast.ada, relationship_id=tended.id, removed_at=cast.ada.confirmed_at)
    assert "you have none yet" in ada.get(OWN).text
    receipt(cast.ada, relationship_id=tended.id)
    assert "you have one" in ada.get(OWN).text


def test_two_aliases_of_one_person_count_once(app, cast):
    first = relationship(cast.ada, "Kees", known_since=ago(500))
    brought_by = relationship(cast.ada, "Mill")
    second = relationship(
        cast.ada, "K-07", known_since=ago(900), merged_into_id=first.id, introduced_by_id=brought_by.id, seat=None
    )
    relationship(cast.ada, "K", merged_into_id=second.id)
    entry(cast.ada, second, minutes=30)
    receipt(cast.ada, relationship_id=second.id)
    found = basis_of(cast.ada)
    assert [known.id for known in found.known] == [person.id for person in found.tended] == [first.id, brought_by.id]
    kees = found.known[0]
    assert (kees.since, kees.introduced_by, kees.paid) == (ago(900), brought_by.id, (TODAY,))
    assert [line.person for line in found.entries] == [first.id]


def test_attention_is_held_against_the_rhythms_that_are_set(ada, cast):
    one = relationship(cast.ada, "K-07", seat=1, cadence_days=73)
    relationship(cast.ada, "Mill", layer="network", cadence_days=365)
    entry(cast.ada, one, minutes=120, day=ago(10))
    entry(cast.ada, one, minutes=60, day=ago(200))
    page = text_of(ada.get(OWN).text)
    assert "Your one seat and one other ask for 5.2 hours a year; you gave 2 in the last 90 days" in page
    assert "Ninety days of these rhythms ask for 1.3 hours: you gave 0.7 more." in page
    assert "Hours 2 12.2 5.2 2.0 3.0" in page


def test_the_page_asks_the_database_four_times_however_much_there_is(ada, cast, queries):
    number_terms(cast.ada)
    introduced(cast.ada, 12, bought=6)
    queries.clear()
    assert ada.get(OWN).status_code == 200
    assert len(queries) == 4


def test_the_account_and_the_people_lead_to_the_number(ada, cast):
    cast.ada.hourly_value = 5000
    save(cast.ada)
    receipt(cast.ada)
    assert f'href="{OWN}"' in ada.get("/roi/").text
    assert f'href="{OWN}"' in ada.get("/people/").text
