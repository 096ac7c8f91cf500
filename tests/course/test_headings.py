from course.headings import Headings, slug


def ids(*texts):
    headings = Headings()
    return [headings.add(text, 2).id for text in texts]


def test_a_heading_is_named_after_its_words():
    assert slug("Where it goes wrong") == "where-it-goes-wrong"
    assert slug("Über 3 % – “so”") == "uber-3-so"


def test_a_heading_in_letters_that_have_no_ascii_still_gets_an_id():
    assert slug("Доверие") == "part"
    assert ids("Доверие", "Trust", "Время") == ["part", "trust", "part-2"]


def test_an_id_that_looks_like_a_numbered_one_is_kept_apart_too():
    assert ids("So 2", "So", "So", "So") == ["so-2", "so", "so-3", "so-4"]
