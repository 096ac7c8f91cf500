"""What docs/privacy.md says of every column is what is declared."""

from typing import Any

from app.config import ROOT
from app.privacy.declarations import TABLES
from app.privacy.table import markdown, replaced

DOCUMENT = ROOT / "docs" / "privacy.md"


def test_the_document_for_whoever_answers_for_privacy_is_current() -> None:
    text = DOCUMENT.read_text()
    assert replaced(text) == text, "Put what `flask --app wsgi privacy-table` prints between the two marks."


def test_it_tells_of_every_table_and_of_what_is_withheld() -> None:
    text = markdown()
    assert not [name for name in TABLES if f"### `{name}`" not in text]
    assert "| `password_hash` | secret | the password as Argon2id keeps it | no |" in text
    assert "| `note` | words | what was said | no: a trainer's working note" in text


def test_the_command_prints_it(app: Any) -> None:
    assert markdown() in app.test_cli_runner().invoke(args=["privacy-table"]).output
