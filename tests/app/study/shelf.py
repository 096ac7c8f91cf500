"""The small course of these tests: two modules with two lessons each, and a self-assessment."""

from pathlib import Path

from course.assessment import CONSTRUCTS

LESSON = """+++
id = "{id}"
title = "{title}"
claim = "The claim of {title}."
skill = "The skill of {title}"
construct = "attending"
minutes = 9
sources = ["Somebody (2020), doi:10.1000/xyz.1: a finding."]
+++

Say you sell pumps. {opening}

## First heading

Some words.

```example
id = "twice"
title = "One person, twice"

[[version]]
label = "First"
text = "Dear Sir, buy."
scores = {{ personal = 2, two_way = 0, about_them = 2, value = 2, next_step = 2 }}
reason = "High, and nobody answered."

[[version]]
label = "Second"
text = "You said the pump was loud."
scores = {{ personal = 2, two_way = 1, about_them = 1, value = 1, next_step = 1 }}
reason = "They answered."
```

## Second heading

More words.

```exercise
id = "ten-sent"
title = "Exercise of {title}"
minutes = 30
task = "Rate ten messages."
plan = "If it is {{day}} at {{time}}, then I open the sent folder."
log = "Ten ratings."
good = "They differ."
```

```recall
id = "polite-no"
ask = "What is a polite no in {title}?"
answer = "One answer."
why = "It opens the exchange."
```

```recall
id = "seven"
ask = "Seven of ten, no answer?"
answer = "Contacting."
why = "Two-way is a condition."
```

**Carry this away:** only the other person can make it a conversation.
"""

COURSE = """title = "A course"
promise = "A promise."
free = "contact-or-connect"
retired = []

[[module]]
folder = "01-first"
title = "The first"
promise = "One thing"

[[module]]
folder = "02-second"
title = "The second"
promise = "Another thing"
"""

LESSONS = {
    "01-first/01-money.md": ("money", "Follow the money"),
    "01-first/02-contact.md": ("contact-or-connect", "Contact or connect?"),
    "02-second/01-proof.md": ("proof", "Proof"),
    "02-second/02-vows.md": ("vows", "Small vows"),
}
IDS = tuple(id for id, _ in LESSONS.values())
SCALE = ("None of the five", "One", "Two", "Three", "Four", "All five")


def write_course(folder: Path) -> Path:
    """Write the course into a new folder."""
    for path, (id, title) in LESSONS.items():
        write_lesson(folder / path, id=id, title=title)
    (folder / "course.toml").write_text(COURSE)
    (folder / "self-assessment.toml").write_text(self_assessment())
    return folder


def write_lesson(file: Path, *, id: str, title: str, opening: str = "They need one.") -> None:
    """Write one lesson; another opening is another version."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(LESSON.format(id=id, title=title, opening=opening))


def self_assessment() -> str:
    """The twelve constructs with three items each."""
    parts = ['window = "The last 14 days."', f"scale = {list(SCALE)}".replace("'", '"')]
    for construct in CONSTRUCTS:
        parts.append(f'[[construct]]\nid = "{construct}"\nname = "{construct.capitalize()}"\nmeaning = "Meaning."')
        parts.extend(
            f'[[construct.item]]\nid = "{construct}-{n}"\ntext = "How often {construct} {n}?"' for n in (1, 2, 3)
        )
    return "\n\n".join(parts)


ITEMS = tuple(f"{construct}-{n}" for construct in CONSTRUCTS for n in (1, 2, 3))
