"""An address that mail can go to, and a name that people can read: the same rules wherever either is typed or brought.

Look-alike letters and characters that can't be seen are refused and named, since nobody finds them by looking.
"""

import unicodedata

from email_validator import EmailNotValidError, validate_email

# Joiners that some scripts write names with; every other invisible character only disguises.
JOINERS = "\u200c\u200d"
BREAKS = "\r\n\t\x0b\x0c\x85\u2028\u2029"
LONGEST_NAME, LONGEST_ADDRESS, LONGEST_GOAL = 80, 254, 200


def fault_of_address(text: str) -> str | None:
    """Why no mail can be trusted to reach it; None for a sound one. Whether it exists, the mail will tell."""
    strange = next((char for char in text if ord(char) > 126), None)
    if strange:
        return foreign(strange)
    if "@" not in text:
        return f"“{text}” has no @. It should look like name@company.com."
    if "." not in text.rpartition("@")[2]:
        return f"“{text}” has no ending such as .com or .nl."
    try:
        validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return f"No mail can go to “{text}”. It should look like name@company.com."
    return None


def foreign(char: str) -> str:
    """Which character is not plain Latin, for somebody who can't tell by looking."""
    name = unicodedata.name(char, "an unnamed one").lower()
    shown = f"“{char}”, " if char.isprintable() else ""
    return f"It has a character that mail can’t be trusted with: {shown}{name}. It may only look right: type it anew."


def fault_of_words(text: str) -> str | None:
    """Why words on one line can't be kept as they are: a line break, or a character that can't be seen."""
    if any(char in text for char in BREAKS):
        return "Keep it to one line."
    if any(unicodedata.category(char) == "Cf" and char not in JOINERS for char in text):
        return "There is an invisible character in it, perhaps from copying. Type it once more."
    return None


def fault_of_domain(text: str) -> str | None:
    """Why it is not the part of an address behind the @; None for a sound one."""
    return None if fault_of_address(f"name@{text}") is None else "Write what stands behind the @, such as company.com."
