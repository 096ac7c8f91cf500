"""The mail as it goes out: its words as plain text and, the same words, as simple HTML.

No picture, no script, nothing that is fetched: reading a mail tells nobody that it was read.
"""

import hashlib
import re
from email.message import EmailMessage
from email.utils import formatdate

from flask import current_app
from markupsafe import Markup, escape

from app.mail.outbox import Leased

FOOT = "No more mails like this one:"

PAGE = Markup("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{subject}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0; padding: 24px 16px; background: #f8f3e9; color: #211c17; }}
div {{ max-width: 36em; margin: 0 auto; font: 17px/1.55 Georgia, "Times New Roman", serif; }}
p {{ margin: 0 0 1em; overflow-wrap: anywhere; }}
a {{ color: #a33f24; }}
.foot {{ margin-top: 2em; padding-top: 1em; border-top: 1px solid #d8cdba; font-size: 15px; }}
@media (prefers-color-scheme: dark) {{
body {{ background: #191613; color: #ede5d8; }}
a {{ color: #e88e6d; }}
.foot {{ border-color: #3d362e; }}
}}
</style>
</head>
<body>
<div>
{paragraphs}
</div>
</body>
</html>
""")


def message_of(mail: Leased) -> EmailMessage:
    """The mail with its headers. EmailMessage refuses a header with a line break."""
    message = EmailMessage()
    sender = current_app.config["MAIL_FROM"]
    message["From"] = sender
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message["Date"] = formatdate(mail.written_at.timestamp())
    message["Message-ID"] = message_id(mail.key, domain=sender.rpartition("@")[2])
    # So that nobody's holiday notice answers it.
    message["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    body = mail.body.rstrip("\n")
    if mail.unsubscribe:
        body += f"\n\n{FOOT}\n\n{mail.unsubscribe}"
    message.set_content(body + "\n")
    message.add_alternative(html_of(mail.subject, body), subtype="html")
    return message


def message_id(key: str, *, domain: str) -> str:
    """The same for every try at one key: a mailbox that got it twice can tell. The key itself is not told."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def html_of(subject: str, body: str) -> str:
    """The words of a mail as a page: the same paragraphs, escaped; an address that is one by itself leads there."""
    paragraphs = [part for part in re.split(r"\n{2,}", body.strip()) if part]
    made = [paragraph(part, foot=part == FOOT) for part in paragraphs]
    return str(PAGE.format(subject=subject, paragraphs=Markup("\n").join(made)))


def paragraph(text: str, *, foot: bool) -> Markup:
    """One paragraph with its line breaks."""
    if re.fullmatch(r"https?://\S+", text):
        return Markup('<p><a href="{0}">{0}</a></p>').format(text)
    lines = Markup("<br>\n").join(escape(line) for line in text.split("\n"))
    made = Markup('<p class="foot">{}</p>') if foot else Markup("<p>{}</p>")
    return made.format(lines)
