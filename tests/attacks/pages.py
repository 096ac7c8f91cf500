"""The forms that pages print, read as a browser would, with something sound in every field."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin

from tests.cast import PASSWORD, TODAY

# What a person types; the rest of the controls is chosen from, and a page can't know that.
TYPED = frozenset({"text", "search", "email", "tel", "url", "number", "date", "datetime-local", "password", "textarea"})
DULL = frozenset({"csrf_token", "once"})
SOUND = {
    "email": "new@visitor.example",
    "number": "1",
    "date": TODAY.isoformat(),
    "datetime-local": f"{TODAY.isoformat()}T12:00",
    "password": PASSWORD,
    "url": "https://visitor.example/",
}


@dataclass
class Control:
    """One field of a form: what it holds, and what may be chosen in it."""

    name: str
    kind: str
    value: str = ""
    marked: bool = True
    options: list[tuple[str, bool]] = field(default_factory=list)
    figures: bool = False
    needed: bool = False

    @property
    def sent(self) -> str | None:
        """What a browser would send of it once somebody has filled it; None for nothing."""
        if self.kind in {"checkbox", "radio"}:
            return (self.value or "on") if self.marked else None
        if self.kind == "select":
            chosen = [value for value, marked in self.options if marked and value]
            return next(iter(chosen or [value for value, _marked in self.options if value]), "")
        if self.kind in TYPED:
            return self.value or ("1" if self.figures else SOUND.get(self.kind, "Plain words"))
        return self.value


@dataclass
class FormSeen:
    """One form of a page: where it goes and what it holds."""

    page: str
    action: str
    post: bool
    files: bool
    controls: list[Control] = field(default_factory=list)

    @property
    def typed(self) -> list[str]:
        """The names of the fields that one may type anything into."""
        return list(dict.fromkeys(each.name for each in self.controls if each.kind in TYPED))

    @property
    def names(self) -> list[str]:
        """The names of all its fields, but for the token's and the key's."""
        return [name for name in dict.fromkeys(each.name for each in self.controls) if name not in DULL]

    @property
    def shape(self) -> tuple[str, ...]:
        """What it is known by beside its address."""
        return (*sorted(set(self.names)), *sorted(each.value for each in self.controls if each.kind == "submit"))

    def body(self) -> dict[str, str]:
        """What is sent when everything is filled soundly: of a group the first choice, of buttons the first."""
        sent: dict[str, str] = {}
        for each in self.controls:
            if each.name in DULL or each.name in sent:
                continue
            if each.kind == "radio":
                each = Control(each.name, "hidden", self.choice(each.name))
            value = each.sent
            if value is not None:
                sent[each.name] = value
        return sent

    def choice(self, name: str) -> str:
        group = [each for each in self.controls if each.name == name]
        return next((each.value for each in group if each.marked), group[0].value)


class Reader(HTMLParser):
    """Reads the forms of one page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.forms: list[FormSeen] = []
        self.within: FormSeen | None = None
        self.writing: Control | None = None
        self.choosing: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urldefrag(urljoin(self.page, given.get("action") or self.page)).url
            post = given.get("method", "get").lower() == "post"
            self.within = FormSeen(self.page, action, post, "multipart" in given.get("enctype", ""))
            self.forms.append(self.within)
        elif tag == "option" and self.choosing is not None:
            self.choosing.options.append((given.get("value", ""), "selected" in given))
        elif tag in {"input", "textarea", "select", "button"} and self.within is not None and given.get("name"):
            self.control(tag, given)

    def control(self, tag: str, given: dict[str, str]) -> None:
        assert self.within is not None
        kind = {"input": given.get("type", "text"), "button": "submit"}.get(tag, tag)
        marked = kind not in {"checkbox", "radio"} or "checked" in given or "required" in given
        seen = Control(given["name"], kind, given.get("value", ""), marked, needed="required" in given)
        seen.figures = given.get("inputmode") in {"numeric", "decimal"}
        self.within.controls.append(seen)
        self.writing = seen if tag == "textarea" else self.writing
        self.choosing = seen if tag == "select" else self.choosing

    def handle_data(self, data: str) -> None:
        if self.writing is not None:
            self.writing.value += data.removeprefix("\n") if not self.writing.value else data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.within = None
        elif tag == "textarea":
            self.writing = None
        elif tag == "select":
            self.choosing = None


def forms_of(page: str, text: str) -> Iterator[FormSeen]:
    """The forms of a page that post somewhere."""
    reader = Reader(page)
    reader.feed(text)
    reader.close()
    yield from (form for form in reader.forms if form.post)


def forms_met(asking: Any, addresses: list[str]) -> list[FormSeen]:
    """Every form that somebody is shown on these pages, each address and set of fields once."""
    met: dict[tuple[str, ...], FormSeen] = {}
    for address in addresses:
        answer = asking.get(address)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            for form in forms_of(address, answer.text):
                met.setdefault((form.action, *form.shape), form)
    return list(met.values())
