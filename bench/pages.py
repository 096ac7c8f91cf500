"""The pages of the bench: how each is asked for, and the goal it must reach as a share of the bare application."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.load import once, request
from bench.servers import Server

ADA, TESS = "ada@example.org", "tess@example.org"
PASSWORD = "connect before you count"


@dataclass(frozen=True)
class Page:
    """What is measured: who asks, for what, and the least share of the baseline's rate that is good enough."""

    name: str
    who: str
    path: str
    goal: float
    body: Callable[[str], str] | None = None


def practice(token: str) -> str:
    """An entry as the phone sends it, with a key of its own."""
    lines = {"personal": 2, "two_way": 2, "about_them": 1, "value": 1, "next_step": 1}
    fields = {"csrf_token": token, "once": secrets.token_urlsafe(12), "alias": "K-07", "channel": "call"}
    return urlencode(
        {**fields, **lines, "minutes": 20, "began": "me", "day": "", "note": "Asked about the night shift"}
    )


PAGES = (
    Page("cohort's public page", "", "/cohorts/winter-evenings", 0.50),
    Page("lesson", ADA, "/course/contact-or-connect", 0.40),
    Page("search", ADA, "/course/search?q=silence", 0.15),
    Page("Today", ADA, "/today", 0.25),
    Page("practice POST", ADA, "/practice/", 0.35, practice),
    Page("trainer's progress", TESS, "", 0.0),
)


def cookie_of(answer: bytes, before: str = "") -> str:
    """The session cookie an answer sets, or the one there was."""
    found = re.search(rb"[Ss]et-[Cc]ookie: (\w+=[^;]+)", answer)
    return found.group(1).decode() if found else before


def token_of(answer: bytes) -> str:
    found = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', answer)
    if found is None:
        raise RuntimeError("the page has no form")
    return found.group(1).decode()


def sign_in(server: Server, who: str) -> str:
    """Sign in through the form; the cookie."""
    _, page = once(server.port, request("GET", "/sign-in", port=server.port))
    fields = {"csrf_token": token_of(page), "email": who, "password": PASSWORD}
    sent = request("POST", "/sign-in", port=server.port, cookie=cookie_of(page), body=urlencode(fields))
    status, answer = once(server.port, sent)
    if status != 303:
        raise RuntimeError(f"signing in answered {status}")
    return cookie_of(answer)
