"""The declarations as tables for people: what docs/privacy.md holds between its two marks."""

from app.privacy.declarations import TABLES
from app.privacy.declared import CLASSES, Table

BEGIN = "<!-- made by `flask privacy-table`: begin -->"
END = "<!-- made by `flask privacy-table`: end -->"


def markdown() -> str:
    """Everything that is declared, table by table."""
    classes = "\n".join(f"| {name} | {meaning} |" for name, meaning in CLASSES.items())
    tables = "\n\n".join(of(table) for table in TABLES.values())
    return f"{BEGIN}\n### Classes\n\n| Class | Means |\n|---|---|\n{classes}\n\n{tables}\n{END}"


def of(table: Table) -> str:
    """One table: purpose, time, how it goes, and its columns."""
    given = {column.name for column in table.given_out}
    lines = [
        f"| `{name}` | {column.kind} | {column.meaning} | {exported(table, name, given)} |"
        for name, column in table.columns.items()
    ]
    whose = f"Whose: by `{table.mine}`." if table.mine else "Of nobody in particular."
    sooner = "".join(f" `{name}`: {when}." for name, when in table.sooner.items())
    head = f"### `{table.name}`\n\n{table.purpose} {whose} **Kept:** {table.kept}.{sooner} **Erased:** {table.erased}."
    return "\n".join([head, "", "| Column | Class | Means | In the export |", "|---|---|---|---|", *lines])


def exported(table: Table, name: str, given: set[str]) -> str:
    """Whether a column is given out, or why not."""
    if name in given:
        return "yes"
    return f"no: {table.withheld[name]}" if name in table.withheld else "no"


def replaced(document: str) -> str:
    """A document with what stands between the marks made anew. ValueError without the marks."""
    before, rest = document.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    return f"{before}{markdown()}{after}"
