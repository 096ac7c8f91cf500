from html.parser import HTMLParser

import pytest

from course.markup import Html, render, render_lesson, render_line
from tests.course.lesson_files import a_lesson, prose


class Seen(HTMLParser):
    """What a browser would find: the names of tags and attributes, and the addresses it would follow or fetch."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.addresses = set(), set(), set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.addresses.update(value for name, value in attrs if name in ("href", "src"))


def test_plain_markdown_becomes_clean_html():
    assert render("It is *so*, and **so**.") == "<p>It is <em>so</em>, and <strong>so</strong>.</p>"


def test_straight_quotes_become_curly_and_dashes_stay_as_typed():
    assert render('"so" -- “so” – it isn\'t ...') == "<p>“so” -- “so” – it isn’t ...</p>"


def test_a_figure_stays_on_one_line_and_code_as_typed():
    assert render("8 000 of 95 % `8 000`, 12 5000") == "<p>8&nbsp;000 of 95&nbsp;% <code>8 000</code>, 12 5000</p>"


def test_a_table_is_aligned_without_inline_style():
    html = render("| a | b |\n|:--|--:|\n| 1 | 2 |\n")
    assert '<td align="right">2</td>' in html
    assert "style" not in html


def test_code_is_shown_as_typed():
    assert "<pre><code>&lt;b&gt;\n</code></pre>" in render("```\n<b>\n```\n")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "<javascript:alert(1)>",
        '<div style="background:url(//e.org)">x</div>',
        "<svg onload=alert(1)><use href=x></svg>",
        "<iframe src=//e.org></iframe>",
        "<style>*{display:none}</style>",
        '<form action="//e.org"><input name=a></form>',
        '<a href="/x" onclick="alert(1)" target="_blank" class="button" id="main">x</a>',
        "![x](https://e.org/pixel.png)",
        "![x](//e.org/pixel.png)",
        "![x](img/../../secret.svg)",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "`<script>alert(1)</script>`\n\n<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    ],
)
def test_nothing_that_acts_styles_or_fetches_survives(hostile):
    seen = Seen()
    seen.feed(render(hostile))
    assert seen.tags <= {"p", "a", "img", "code"}
    assert seen.attributes <= {"href", "src", "alt", "rel", "title"}
    assert seen.addresses <= {"/x"}


def test_a_link_to_a_lesson_leads_into_the_course():
    assert render("[x](lesson:follow-the-money)") == '<p><a href="/course/follow-the-money">x</a></p>'
    assert 'href="/course/follow-the-money#why"' in render("[x](lesson:follow-the-money#why)")


def test_a_link_to_a_page_of_the_learners_own_leads_there_and_to_no_other():
    assert render("[x](page:gate)") == '<p><a href="/gate/">x</a></p>'
    for target in ("page:settings", "page:gate/..", "page:", "page:gate#why"):
        assert "href" not in render(f"[x]({target})")


def test_a_link_that_leaves_the_site_says_so_and_others_do_not():
    assert 'href="https://example.org" rel="noopener"' in render("[x](https://example.org)")
    assert "rel=" not in render("[x](lesson:alpha) [y](#why)")


def test_a_picture_comes_from_the_lessons_own_folder():
    assert render("![Two circles](img/two-circles.svg)") == (
        '<p><img alt="Two circles" src="/course/img/two-circles.svg"></p>'
    )


def test_a_picture_has_its_size_before_it_has_come():
    assert render("![Two circles](img/two.svg){480x320} stay") == (
        '<p><img alt="Two circles" height="320" src="/course/img/two.svg" width="480"> stay</p>'
    )
    assert "{day}" in render("![Two circles](img/two.svg){day}")
    assert "{480x320}" in render("`{480x320}` {480x320}")


def test_headings_begin_at_level_two_and_their_ids_are_unique_through_the_lesson():
    text = "# Top\n\n## Why it is so\n\n### Über *alles*\n\n" + prose(100)
    lesson = render_lesson(a_lesson(text=text, recalls="## Why it is so\n\nEnd.\n"))
    assert [(heading.id, heading.level) for heading in lesson.headings] == [
        ("top", 2),
        ("why-it-is-so", 2),
        ("uber-alles", 3),
        ("why-it-is-so-2", 2),
        ("why-it-is-so-3", 2),
    ]
    assert '<h2 id="why-it-is-so-3">' in lesson.blocks[-1].html["prose"]
    assert "<h1" not in "".join(block.html.get("prose", "") for block in lesson.blocks)


def test_a_heading_keeps_its_words_in_the_outline_whatever_marks_it_bears():
    lesson = render_lesson(a_lesson(text="## `Code` & \\*stars\\*\n\n" + prose(100)))
    assert (lesson.headings[0].id, lesson.headings[0].text) == ("code-stars", "Code & *stars*")


def test_each_block_of_a_lesson_has_the_html_of_its_texts():
    lesson = render_lesson(a_lesson())
    assert [block.kind for block in lesson.blocks] == ["prose", "example", "exercise", "recall", "recall"]
    _, example, exercise, recall, _ = lesson.blocks
    assert example.versions[1].text == "<p>You said it sticks. <em>He:</em> It does.</p>"
    assert example.versions[1].label == "The second"
    assert example.versions[1].scores.total == 7
    assert exercise.html["task"] == "<p>Write to <em>one</em> person.</p>"
    assert set(recall.html) == {"ask", "answer", "why"}


def test_one_paragraph_can_be_printed_within_a_line_and_two_cannot():
    assert render_line("It *is*") == "It <em>is</em>"
    assert render_line("One\n\nTwo") == "<p>One</p>\n<p>Two</p>"


def test_a_template_prints_what_was_cleaned_and_escapes_what_was_joined_to_it():
    html = render("so")
    assert html.__html__() == "<p>so</p>"
    assert not isinstance(html + "<b>", Html)


def test_text_that_would_keep_the_parser_busy_for_seconds_never_reaches_it():
    with pytest.raises(ValueError, match="brackets"):
        render("[" * 20_000)
    with pytest.raises(ValueError, match="larger than 100 kB"):
        render("a " * 60_000)


def test_a_lesson_is_rendered_once_per_content():
    first, again = a_lesson("once"), a_lesson("once")
    assert first is not again
    assert render_lesson(first) is render_lesson(again)
    assert render_lesson(first) is not render_lesson(a_lesson("once", text=prose(900)))
