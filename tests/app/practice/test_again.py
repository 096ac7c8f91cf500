"""The next entry with somebody: it begins as the last one, and rates nothing by itself."""

from datetime import timedelta

from tests import cast as builders
from tests.cast import TODAY


def test_again_begins_as_last_time_and_rates_nothing_but_the_line_that_was_tapped(cast, browser_of):
    known = builders.relationship(cast.ada, "Brouwer")
    builders.entry(cast.ada, known, "22222", day=TODAY - timedelta(days=9), channel="video", began="them", minutes=33)
    page = browser_of(cast.ada).get(f"/practice/?who={known.id}&two_way=1").text
    assert "As last time, on <b>15 November 2026</b>" in page
    for said in ('name="channel" type="radio" value="video"', 'name="began" type="radio" value="them"'):
        assert said in page.partition("checked id=")[2]
    assert 'name="minutes_other" type="text" value="33"' in page or 'value="33"' in page
    rated = [f'checked id="{line}-' in page for line in ("personal", "two_way", "about_them", "value", "next_step")]
    assert rated == [False, True, False, False, False]
    assert 'checked id="two_way-1"' in page


def test_who_is_due_is_one_tap_from_their_next_entry(cast, browser_of):
    known = builders.relationship(cast.ada, "Brouwer")
    builders.entry(cast.ada, known, "22222", day=TODAY - timedelta(days=90))
    for address in ("/today", "/people/", f"/people/{known.id}"):
        page = browser_of(cast.ada).get(address).text
        assert f'href="/practice/?who={known.id}&amp;two_way=0"' in page, address
