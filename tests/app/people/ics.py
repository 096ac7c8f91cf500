"""A reader of calendar files of the tests' own, by RFC 5545: it shares no line with what writes them."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any


@dataclass
class Part:
    """A component: its properties, each with its parameters, and the components in it."""

    name: str
    values: dict[str, list[tuple[dict[str, str], str]]] = field(default_factory=dict)
    parts: list["Part"] = field(default_factory=list)

    def text(self, name: str) -> str:
        """The one value of a property, unescaped."""
        ((_, value),) = self.values[name]
        return unescaped(value)

    def when(self, name: str) -> Any:
        """The one value of a property that is a day, or an instant in UTC."""
        ((given, value),) = self.values[name]
        if given.get("VALUE") == "DATE":
            return date(int(value[:4]), int(value[4:6]), int(value[6:]))
        assert "TZID" not in given
        assert value.endswith("Z"), "an instant floats"
        return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def unescaped(value: str) -> str:
    made, characters = "", iter(value)
    for character in characters:
        if character == "\\":
            character = next(characters)
            made += "\n" if character in "nN" else character
        else:
            assert character not in ",;", f"not escaped: {value}"
            made += character
    return made


def read(content: bytes) -> Part:
    """The calendar in a file. Fails for bare line ends, long lines and open components."""
    assert content.endswith(b"\r\n")
    lines: list[bytes] = []
    for raw in content[:-2].split(b"\r\n"):
        assert len(raw) <= 75, raw
        assert b"\n" not in raw
        if raw[:1] in {b" ", b"\t"}:
            lines[-1] += raw[1:]
        else:
            lines.append(raw)
    root = Part("")
    under = [root]
    for line in (each.decode() for each in lines):
        head, value = line.split(":", 1)
        name, *given = head.split(";")
        if name == "BEGIN":
            under[-1].parts.append(Part(value))
            under.append(under[-1].parts[-1])
        elif name == "END":
            assert under.pop().name == value
        else:
            parameters = dict(each.split("=", 1) for each in given)
            under[-1].values.setdefault(name, []).append((parameters, value))
    assert under == [root]
    (calendar,) = root.parts
    assert calendar.name == "VCALENDAR"
    return calendar
