"""Cells of a table for a spreadsheet: text that is shown as it is, and never run."""

# A cell that begins with one of these is run by a spreadsheet instead of shown.
ACTIVE = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """Text that a spreadsheet shows as it is: what would be run gets an apostrophe before it."""
    return f"'{text}" if text.lstrip(" \u00a0\n").startswith(ACTIVE) else text
