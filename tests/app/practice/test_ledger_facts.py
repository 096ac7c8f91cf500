from hypothesis import given
from hypothesis import strategies as st

from app.practice.ledger_facts import hours_of, hours_together


@given(st.lists(st.integers(1, 1440), max_size=40))
def test_hours_added_up_by_the_database_are_those_of_the_lines_to_the_last_decimal(minutes):
    thirds = [each % 3 for each in minutes]
    together = hours_together(sum(minutes), ones=thirds.count(1), twos=thirds.count(2))
    assert together == sum(map(hours_of, minutes))
