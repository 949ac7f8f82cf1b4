"""A host on loopback that answers as a test tells it to, names that lead to it, and streams made as they are read."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpcore

from onrecord.documents import Web
from onrecord.documents.web import Limits
from onrecord.model import Snapshot

PUBLIC = "93.184.215.14"
Answer = bytes | Callable[[], Iterable[bytes]]


def answer(body: bytes = b"", status: str = "200 OK", *headers: str, length: bool = True) -> bytes:
    """A whole HTTP answer."""
    lines = [f"HTTP/1.1 {status}", *headers, *([f"Content-Length: {len(body)}"] if length else []), "Connection: close"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@dataclass
class Host:
    """What is answered by host and path (``example.org/a``); requests as they came, by host and path."""

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def says(self, url: str, told: Answer) -> None:
        self.answers[url.split("://")[-1]] = told


@contextmanager
def serving() -> Iterator[Host]:
    """A host, until the test is done; what it does not know is 404."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        host = Host(listening.getsockname()[1])
        thread = threading.Thread(target=_serve, args=(listening, host), daemon=True)
        thread.start()
        yield host
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


def _serve(listening: socket.socket, host: Host) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        with connection:
            try:
                _answered(connection, host)
            except OSError:
                continue  # the other side has had enough, which is what many tests are about


def _answered(connection: socket.socket, host: Host) -> None:
    request = b""
    while b"GET ".startswith(request[:4]) and not request.endswith(b"\r\n\r\n"):
        if not (piece := connection.recv(65_536)):
            break
        request += piece
    if not request.startswith(b"GET "):
        return  # it speaks no TLS
    text = request.decode("latin-1")
    path = text.split(" ")[1]
    name = next(line[6:] for line in text.split("\r\n") if line.lower().startswith("host: "))
    host.asked.append(name.split(":")[0] + path)
    host.requests.append(text)
    told = host.answers.get(host.asked[-1], answer(b"", "404 Not Found"))
    for piece in [told] if isinstance(told, bytes) else told():
        connection.sendall(piece)


@dataclass
class Net:
    """Names and addresses as the tests have them: every name is public, and every connection goes to the host."""

    host: Host
    names: dict[str, list[list[str]]] = field(default_factory=dict)
    resolved: list[str] = field(default_factory=list)
    dialled: list[str] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    kept: list[Snapshot] = field(default_factory=list)
    time: float = 0.0

    def resolve(self, name: str, port: int) -> list[str]:
        """The next answer for a name; the last one stays."""
        self.resolved.append(name)
        answers = self.names.get(name, [[PUBLIC]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def dial(self, address: str, port: int, timeout: float) -> httpcore.NetworkStream:
        self.dialled.append(address)
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self.host.port, timeout)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def web(self, limits: Limits | None = None, **other: object) -> Web:
        said: dict[str, object] = {
            "limits": limits or Limits(),
            "resolve": self.resolve,
            "dial": self.dial,
            "sleep": self.sleep,
            "keep": self.kept.append,
        }
        if limits is None:
            said["clock"] = lambda: self.time
        return Web(**(said | other))  # type: ignore[arg-type]


class Pipe(io.RawIOBase):
    """A stream that is made as it is read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._rest:
            self._rest = memoryview(next((piece for piece in self._pieces if piece), b""))
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size
