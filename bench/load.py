"""A load generator that costs little: raw sockets, kept alive, one thread each, over a fixed number of requests."""

import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

CONNECTIONS = 4


@dataclass(frozen=True)
class Rate:
    """Requests a second, and how many did not answer as expected."""

    per_second: float
    failed: int


def request(method: str, path: str, *, port: int, cookie: str = "", body: str = "") -> bytes:
    """One HTTP request as bytes."""
    head = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: keep-alive"]
    if cookie:
        head.append(f"Cookie: {cookie}")
    if body:
        head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body.encode())}"]
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode()


def answer(connection: socket.socket) -> tuple[int, bytes]:
    """Read one answer: its status and all its bytes."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += received(connection)
    head, _, rest = data.partition(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), 0
    )
    while len(rest) < length:
        rest += received(connection)
    return int(head.split(b" ", 2)[1]), head + b"\r\n\r\n" + rest


def received(connection: socket.socket) -> bytes:
    chunk = connection.recv(65536)
    if not chunk:
        raise ConnectionError("the server closed the connection")
    return chunk


def once(port: int, sent: bytes) -> tuple[int, bytes]:
    """Send one request on a connection of its own."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(sent)
        return answer(connection)


def measure(port: int, requests: Sequence[bytes], *, expected: int) -> Rate:
    """Send all requests over a few connections; how many a second were answered."""
    failures: list[int] = []
    shares = [requests[start::CONNECTIONS] for start in range(CONNECTIONS)]

    def work(share: Sequence[bytes]) -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for sent in share:
                connection.sendall(sent)
                failures.append(int(answer(connection)[0] != expected))

    threads = [threading.Thread(target=work, args=(share,)) for share in shares]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Rate(per_second=len(requests) / (time.perf_counter() - began), failed=sum(failures))
