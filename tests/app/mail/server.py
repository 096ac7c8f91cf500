"""A real mail server in a thread, whose manners a test decides: slow, refusing, or dropping the line."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

DROP = "drop the line"
Manner = Callable[[str], str | None]


class Server:
    """What arrived, and how the server answers: each step is asked with the recipient; None means welcome."""

    def __init__(self) -> None:
        self.arrived: list[Message] = []
        self.sender: Manner = lambda to: None
        self.recipient: Manner = lambda to: None
        self.before_text: Manner = lambda to: None
        self.text: Manner = lambda to: None
        # Cleared, the server takes a text and keeps silent until it is set again.
        self.answers = threading.Event()
        self.answers.set()
        self.took_text = threading.Event()
        self.logins: list[tuple[bytes, bytes]] = []
        self.port = 0

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def recipients(self) -> list[str]:
        return [str(message["To"]) for message in self.arrived]

    async def handle_MAIL(self, server: Any, _session: Any, envelope: Envelope, address: str, options: Any) -> str:
        envelope.mail_from = address
        return obey(server, self.sender(address)) or "250 OK"

    async def handle_RCPT(self, server: Any, _session: Any, envelope: Envelope, address: str, options: Any) -> str:
        answer = obey(server, self.recipient(address))
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Envelope) -> str:
        self.took_text.set()
        await asyncio.get_running_loop().run_in_executor(None, self.answers.wait, 30)
        answer = self.text(envelope.rcpt_tos[0])
        if answer is None or answer == DROP:
            content = envelope.content
            self.arrived.append(message_from_bytes(content if isinstance(content, bytes) else b""))
        return obey(server, answer) or "250 OK"

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"sesame", handled=False)


def obey(server: Any, answer: str | None) -> str | None:
    """The answer to give; the line is cut where that is the answer."""
    if answer == DROP:
        server.transport.abort()
    return answer


@contextmanager
def serving(**options: Any) -> Iterator[Server]:
    """A mail server on a free port, until the end of the block."""
    handler, loop = Server(), asyncio.new_event_loop()
    made = loop.create_server(lambda: SMTP(handler, loop=loop, hostname="mail", **options), "127.0.0.1", 0)
    listening = loop.run_until_complete(made)
    handler.port = listening.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield handler
    finally:
        handler.answers.set()
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        listening.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
