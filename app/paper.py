"""Sheets of paper: what is to be said, set by one of the templates in `app/print`, as a tagged PDF."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path

PRINT = Path(__file__).resolve().parent / "print"


def to_pdf(sheet: str, facts: Mapping[str, object], *, day: date) -> bytes:
    """The facts on the sheet of that name, as PDF/UA-1. The same facts and day give the same bytes.

    Only text and lists go in: a sheet reckons nothing. Raises typst.TypstError for facts that the sheet can't set.
    """
    # A worker that never prints needn't carry it.
    import typst

    made: bytes = typst.compile(
        str(PRINT / f"{sheet}.typ"),
        format="pdf",
        font_paths=[str(PRINT / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={"facts": json.dumps(facts)},
        pdf_standards="ua-1",
        timestamp=int(datetime.combine(day, time(), tzinfo=UTC).timestamp()),
    )
    return made
