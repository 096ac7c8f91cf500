from hypothesis import given
from hypothesis import strategies as st

from course.merging import standing_for


def test_an_alias_that_was_merged_is_the_one_it_was_merged_into():
    assert standing_for({2: 1}) == {2: 1}


def test_a_chain_of_mergers_ends_at_the_one_that_stands():
    assert standing_for({3: 2, 2: 1, 5: 4}) == {3: 1, 2: 1, 5: 4}


# Each into one with a lower number, as mergers always go into one that stands.
mergers = st.dictionaries(st.integers(2, 40), st.integers(1, 39)).map(
    lambda found: {alias: into for alias, into in found.items() if into < alias}
)


@given(mergers)
def test_whoever_stands_was_merged_into_nobody(merged):
    one = standing_for(merged)
    assert one.keys() == merged.keys()
    assert not set(one.values()) & merged.keys()


@given(mergers, st.data())
def test_parting_one_alias_leaves_those_beside_it_as_they_were(merged, data):
    if not merged:
        return
    parted = data.draw(st.sampled_from(sorted(merged)))
    before, after = standing_for(merged), standing_for({a: b for a, b in merged.items() if a != parted})
    untouched = [alias for alias in after if parted not in way(alias, merged)]
    assert [after[alias] for alias in untouched] == [before[alias] for alias in untouched]


def way(alias, merged):
    """Every alias on the way up."""
    while alias in merged:
        alias = merged[alias]
        yield alias
