"""Files that are not what they say, and files of ours that must run nothing."""

import csv
import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

import pytest
from PIL import Image
from sqlalchemy import select, update

from app.db import Base, db
from app.models import Picture
from app.privacy.declarations import TABLES
from course.csv_cells import ACTIVE
from tests.app.examples import routes
from tests.app.test_permissions import expected
from tests.attacks.corpus import family
from tests.attacks.stage import Stage, browser_of, rows_now

MARK = "PWN"
FORMULAS = ("=1+1+PWN", "+PWN()", "-PWN", "@PWN", "\t=PWN", "\r=PWN", "\u00a0=PWN", '=HYPERLINK("//PWN")')


def drawn(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(out, kind)
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of a few bytes that says it has 900 million points."""

    def part(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    points = zlib.compress(bytes(200_000))
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", points) + part(b"IEND", b"")


def archive() -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as packed:
        packed.writestr("../../evil.py", "pwn")
    return out.getvalue()


def spoofs() -> dict[str, bytes]:
    """Files that are no picture, whatever they are called and however they begin."""
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='pwn()'><script>pwn()</script></svg>"
    png, jpeg = drawn("PNG"), drawn("JPEG")
    return {
        "svg.png": svg,
        "page.jpg": b"<!doctype html><script>pwn()</script>",
        "head-only.png": png[:20] + svg,
        "cut.png": png[:40],
        "cut.jpg": jpeg[:60],
        "bomb.png": bomb(),
        "gif.png": drawn("GIF"),
        "bmp.jpg": drawn("BMP"),
        "tiff.png": drawn("TIFF"),
        "ico.png": b"\x00\x00\x01\x00" + png,
        "archive.png": archive(),
        "script.php.png": b"<?php pwn(); ?>",
        "eps.jpg": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run\n",
        "pdf.png": b"%PDF-1.4\n%pwn",
        "nothing.png": b"",
        "zeros.png": bytes(5_000),
        "flipped.png": png[:30] + bytes(byte ^ 255 for byte in png[30:]),
    }


def upload(asking: Any, url: str, name: str, data: bytes, **more: str) -> Any:
    body = {"csrf_token": asking.csrf(), "alt": "A harbour", **more, "file": (io.BytesIO(data), name)}
    return asking.post(url, data=body, content_type="multipart/form-data")


PICTURE = "/trainer/cohorts/autumn/picture"


def test_what_is_no_picture_is_refused_whatever_it_is_called(app: Any, stage: Stage) -> None:
    before = rows_now()
    answers = {
        name: upload(browser_of(app, "tess"), PICTURE, name, data).status_code for name, data in spoofs().items()
    }
    assert {name: status for name, status in answers.items() if status not in {413, 422}} == {}
    assert rows_now() == before


@pytest.mark.parametrize(
    "name", ["../../x.png", "x.png\x00.html", 'x".png', "x.svg", "\u202egnp.exe", "a" * 300 + ".png"]
)
def test_of_a_picture_that_hides_something_only_the_picture_is_kept(app: Any, stage: Stage, name: str) -> None:
    hidden = drawn("PNG") + b"<script>pwn()</script>" + archive()
    assert upload(browser_of(app, "tess"), PICTURE, name, hidden).status_code == 303
    kept = db.session.scalars(select(Picture)).one()
    assert kept.content.startswith(b"\xff\xd8")
    assert b"pwn" not in kept.content
    served = app.test_client().get(f"/cohorts/autumn/picture-{kept.digest}")
    assert (served.mimetype, served.headers["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")


@pytest.mark.parametrize(("actor", "url"), [("tess", "/trainer/cohorts/autumn/import"), ("ada", "/roi/baseline/file")])
def test_a_table_that_is_none_or_a_trap_takes_nobody_and_breaks_nothing(
    app: Any, stage: Stage, actor: str, url: str
) -> None:
    before, wrong = rows_now(), []
    cells = [
        payload for name in ("scripts", "statements", "letters", "lines", "numbers", "days") for payload in family(name)
    ]
    # Unquoted and quoted by turns, beside a sound address or month.
    rows = [f'2026-01,"{cell}"' if place % 2 else f"ada@visitor.example,{cell}" for place, cell in enumerate(cells)]
    tables = [*spoofs().values(), *(f"a,b\n{row}\n".encode(errors="surrogatepass") for row in rows)]
    for data in tables:
        for answer in [upload(browser_of(app, actor), url, "../table.csv", data)]:
            if answer.status_code >= 500 or answer.status_code in {302, 303} or "<script>pwn" in answer.text:
                wrong.append(f"{data[:60]!r}: {answer.status_code}")
    assert not wrong
    assert rows_now() == before


def say_everywhere(formula: str) -> None:
    """Put a formula into every column of words, and every name, that takes it."""
    for table in Base.metadata.sorted_tables:
        for name in {*TABLES[table.name].of("words"), *({"name"} & set(table.c.keys()) - {"kid"})}:
            db.session.execute(
                update(table).values({name: formula})
                if name != "alias"
                else update(table).values({name: db.func.substr(formula + db.cast(table.c.id, db.String), 1, 40)})
            )
    db.session.commit()


def cells_of(data: bytes) -> Iterator[str]:
    """The cells of a CSV file, or of every CSV file in an archive."""
    if data.startswith(b"PK"):
        with ZipFile(io.BytesIO(data)) as packed:
            for name in packed.namelist():
                if name.endswith(".csv"):
                    yield from cells_of(packed.read(name))
        return
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        yield from row


def formulas_of(data: bytes) -> Iterator[str]:
    """What a workbook would reckon out."""
    with ZipFile(io.BytesIO(data)) as packed:
        for name in packed.namelist():
            yield from (part.split("</f>")[0] for part in packed.read(name).decode(errors="replace").split("<f>")[1:])


def files_for(app: Any, actor: str, stage: Stage) -> Iterator[tuple[str, Any]]:
    """Every file that somebody can take away."""
    with app.test_request_context():
        mine = [route for route in routes(app, stage.shown) if expected(route, actor) == "let in"]
    asking = browser_of(app, actor)
    # A sheet of paper runs nothing, and takes long to set.
    pages = [route.url for route in mine if route.reads and not route.url.endswith((".pdf", ".ics", ".jwt", ".svg"))]
    for page in pages:
        for url in [page] if "." in page else [f"{page}?format=csv", f"{page}?format=xlsx"]:
            answer = asking.get(url)
            if "attachment" in answer.headers.get("Content-Disposition", ""):
                yield url, answer
    yield "the copy of everything", asking.send("/settings/export")


@pytest.mark.parametrize("actor", ["ada", "tess"])
def test_no_file_that_is_taken_away_runs_what_somebody_typed(app: Any, stage: Stage, actor: str) -> None:
    wrong, met = [], 0
    say_everywhere(FORMULAS[0])
    urls = [url for url, _answer in files_for(app, actor, stage)][:-1]
    for formula in FORMULAS:
        stage.enter()
        say_everywhere(formula)
        asking = browser_of(app, actor)
        for url, answer in [*((url, asking.get(url)) for url in urls), ("the copy", asking.send("/settings/export"))]:
            workbook = answer.data.startswith(b"PK") and b"xl/workbook" in answer.data
            if workbook:
                wrong += [f"{url}: {run}" for run in formulas_of(answer.data) if MARK in run]
            elif answer.mimetype in {"text/csv", "application/zip"}:
                cells = [cell for cell in cells_of(answer.data) if MARK in cell]
                met += len(cells)
                wrong += [f"{url}: {cell!a}" for cell in cells if cell.lstrip(" \u00a0\n").startswith(ACTIVE)]
    assert not wrong
    assert len(urls) > 1
    assert met > 20
