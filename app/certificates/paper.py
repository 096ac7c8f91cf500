"""A certificate on one sheet of paper, tagged, with a code that leads to its page where it has one."""

import io

import segno

from app.certificates.queries import Issued
from app.certificates.words import DESCRIPTION, NAME, OWN_LOG, facts, title
from app.filters import day
from app.paper import to_pdf


def certificate_to_pdf(found: Issued, address: str) -> bytes:
    """The sheet; `address` is the certificate's page, "" while its learner shows it to nobody."""
    told = {
        "kind": NAME,
        "description": DESCRIPTION,
        "title": title(found),
        "name": found.name,
        "issuer": found.issuer,
        "day": day(found.day),
        "facts": [{"name": name, "words": words} for name, words in facts(found)],
        "modules": list(found.modules),
        "rule": found.rule,
        "own_log": OWN_LOG,
        "address": address,
        "code": code_of(address) if address else "",
    }
    return to_pdf("certificate", told, day=found.day)


def code_of(address: str) -> str:
    """The address as a QR code in SVG: cameras need the white around it."""
    out = io.BytesIO()
    segno.make_qr(address, error="m").save(out, kind="svg", scale=4, border=4, light="#fff")
    return out.getvalue().decode()
