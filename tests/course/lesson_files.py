"""Lesson files for tests: one good lesson, and folders made of it."""

from pathlib import Path

from course.assessment import CONSTRUCTS
from course.lesson import Lesson, parse

EXAMPLE = """```example
id = "two-notes"
title = "One buyer, two notes"

[[version]]
label = "The first"
text = "Dear Sir, we sell valves."
scores = { personal = 0, two_way = 0, about_them = 0, value = 0, next_step = 1 }
reason = "1 of 10: contacting."

[[version]]
label = "The second"
text = "You said it sticks. *He:* It does."
scores = { personal = 2, two_way = 2, about_them = 1, value = 1, next_step = 1 }
reason = "7 of 10: connecting."
```
"""

EXERCISE = """```exercise
id = "try-it"
title = "Try it once"
minutes = 20
task = "Write to *one* person."
plan = "If it is {day} at {time}, then I open the list."
log = "One entry."
good = "They answered."
```
"""


def recall(recall_id: str) -> str:
    return f'```recall\nid = "{recall_id}"\nask = "Which is it?"\nanswer = "Contacting."\nwhy = "No answer yet."\n```\n'


RECALLS = recall("first") + "\n" + recall("second")


def front_matter(lesson_id: str = "follow-the-money", title: str = "Follow the money") -> str:
    return f'''+++
id = "{lesson_id}"
title = "{title}"
claim = "Reach alone does not pay."
skill = "Trace a payment"
construct = "focus"
minutes = 7
sources = ["A rule of this course, not a finding."]
+++
'''


def prose(words: int = 800) -> str:
    return "Say a pump maker begins.\n\n## Why it is so\n\n" + "word " * (words - 9) + "\n"


def lesson_text(lesson_id: str = "follow-the-money", *, text: str | None = None, **parts: str) -> str:
    """A lesson without a fault; any part can be replaced: head, example, exercise, recalls."""
    return "\n".join(
        [
            parts.get("head", front_matter(lesson_id)),
            prose() if text is None else text,
            parts.get("example", EXAMPLE),
            parts.get("exercise", EXERCISE),
            parts.get("recalls", RECALLS),
        ]
    )


def a_lesson(lesson_id: str = "follow-the-money", **parts: str) -> Lesson:
    lesson = parse(lesson_text(lesson_id, **parts), path=f"01-one/01-{lesson_id}.md")
    assert isinstance(lesson, Lesson), lesson
    return lesson


def self_assessment_text() -> str:
    items = "\n".join(
        f'[[construct]]\nid = "{name}"\nname = "{name.title()}"\nmeaning = "What it means."\n'
        + "".join(f'[[construct.item]]\nid = "{name}-{n}"\ntext = "How often, {n}?"\n' for n in (1, 2, 3))
        for name in CONSTRUCTS
    )
    return f'scale = ["None", "One", "Two", "Three", "Four", "All"]\nwindow = "Think of the last 14 days."\n{items}'


def outline_text(*folders: str, retired: tuple[str, ...] = ()) -> str:
    modules = "".join(f'\n[[module]]\nfolder = "{name}"\ntitle = "{name}"\npromise = "It helps."\n' for name in folders)
    quoted = ", ".join(f'"{lesson_id}"' for lesson_id in retired)
    return f'title = "A course"\npromise = "It teaches."\nretired = [{quoted}]\n{modules}'


def library_folder(root: Path) -> Path:
    """Two modules of two and one lessons, without a fault."""
    write(root, "course.toml", outline_text("01-one", "02-two"))
    write(root, "self-assessment.toml", self_assessment_text())
    write(root, "01-one/01-alpha.md", lesson_text("alpha"))
    write(root, "01-one/02-beta.md", lesson_text("beta"))
    write(root, "02-two/01-gamma.md", lesson_text("gamma"))
    return root


def write(root: Path, path: str, content: str | bytes) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
