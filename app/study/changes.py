"""What an edited lesson means for somebody who had finished it: which of its parts read otherwise now."""

import re

from course.lesson import Exercise, Lesson, Prose, Recall

_SECTION = re.compile(r"^#{1,6}[ \t]+(?P<title>.+)$", re.M)


def changed_parts(before: Lesson, after: Lesson) -> tuple[str, ...]:
    """The parts of `after` whose words differ from `before`, named in their order as a reader would find them."""
    known = dict(parts(before))
    return tuple(name for name, text in parts(after) if known.get(name) != text)


def parts(lesson: Lesson) -> list[tuple[str, str]]:
    """Each part of a lesson by its name: what comes before the first heading, the sections, and the blocks."""
    found: dict[str, str] = {"the sentence it stands on": lesson.claim}
    name = "the opening"
    for block in lesson.blocks:
        if isinstance(block, Prose):
            pieces = _SECTION.split(block.markdown)
            found[name] = found.get(name, "") + pieces[0]
            for title, text in zip(pieces[1::2], pieces[2::2], strict=True):
                name = f"“{title.strip()}”"
                found[name] = found.get(name, "") + text
        elif isinstance(block, Exercise):
            name = "the closing words"
            found["the exercise"] = block.model_dump_json()
        elif isinstance(block, Recall):
            name = "the closing words"
            found[f"the question “{first_words(block.ask)}”"] = block.model_dump_json()
        else:
            found["the worked example"] = found.get("the worked example", "") + block.model_dump_json()
    return [(name, text.strip()) for name, text in found.items()]


def first_words(text: str, count: int = 6) -> str:
    """The beginning of a question, enough to find it by."""
    words = text.split()
    return " ".join(words[:count]) + ("…" if len(words) > count else "")
