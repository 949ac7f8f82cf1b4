"""Connections for httpcore that go to the very address that was checked, and end when their time is up."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import certifi
import httpcore

from onrecord.documents.web.addresses import Resolve, allowed, system_resolve

Dial = Callable[[str, int, float], httpcore.NetworkStream]
"""From a numeric address, a port and the seconds it may take to a connection."""


def system_dial(address: str, port: int, timeout: float) -> httpcore.NetworkStream:
    """A TCP connection; a numeric address leaves nothing to resolve."""
    return httpcore.SyncBackend().connect_tcp(address, port, timeout)


@cache
def trusted() -> ssl.SSLContext:
    """The certificates the system trusts, with those of certifi for systems that have none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment after which nothing is waited for; ``clock`` gives seconds."""

    at: float
    clock: Callable[[], float]

    def within(self, timeout: float | None) -> float:
        """The seconds that may be waited now, at most ``timeout``. Raises ReadTimeout when none are left."""
        left = self.at - self.clock()
        if left <= 0:
            raise httpcore.ReadTimeout("took too long")
        return left if timeout is None else min(left, timeout)


class Guarded(httpcore.NetworkBackend):
    """Resolves a name once, checks every address it stands for, and connects to one of those.

    The name is never looked up again: a host that gives another answer the second time gains nothing. TLS and the Host
    header keep the name, since httpcore takes them from the URL. Proxies of the environment are not asked.
    """

    def __init__(
        self, deadline: Deadline, *, private: bool, resolve: Resolve = system_resolve, dial: Dial = system_dial
    ) -> None:
        self._deadline, self._private, self._resolve, self._dial = deadline, private, resolve, dial

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        trouble: Exception | None = None
        for address in allowed(host, port, self._resolve, private=self._private):
            try:
                return _Timed(self._dial(address, port, self._deadline.within(timeout)), self._deadline)
            except (httpcore.NetworkError, httpcore.ConnectTimeout) as error:
                trouble = error
        raise httpcore.ConnectError(str(trouble)) from trouble


class _Timed(httpcore.NetworkStream):
    """A stream whose every wait ends with the deadline, so that a byte now and then holds nobody up."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        within = self._deadline.within(timeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, within), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
