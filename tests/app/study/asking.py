"""A glossary to be found in, and what people type that is anything but a word."""

GLOSSARY = """[[term]]
word = "Referral"
meaning = "Somebody brings you somebody."

[[term]]
word = "Promise"
meaning = "Something said to be done by a date."
"""

HOSTILE = [
    "",
    " ",
    "\0",
    "pro\0mise",
    '"',
    '"promise',
    "promise*",
    "* * *",
    "NEAR(promise day, 5)",
    "promise AND",
    "OR",
    "NOT promise",
    "promise NOT day",
    "text_words : promise",
    "^promise",
    "{heading_words text_words} : promise",
    "promise & | ! <-> :*",
    "'promise'); DROP TABLE passage; --",
    "\\",
    "%_%",
    "[promise]",
    "😀",
    "プロミス ошибка דוגמה",
    "a" * 10_000,
    "promise " * 2_000,
    "\ufdfa" * 500,
    "\u202e\u2028\ud7ff\U0010ffff",
    "e\u0301" * 300,
    "1e999 0x10 -1 ½ ²",
]
