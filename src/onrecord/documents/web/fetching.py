"""Fetches what stands at a URL: asked politely, every redirect checked anew, nothing endless, every answer kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version

import httpcore

from onrecord.documents.inflating import BrokenError, TooLargeError, inflated
from onrecord.documents.web.addresses import Resolve, system_resolve
from onrecord.documents.web.connecting import Deadline, Dial, Guarded, system_dial, trusted
from onrecord.documents.web.robots import MOST_BYTES, NOTHING, Rules, rules_for
from onrecord.documents.web.urls import host_of, origin_of, plain_url, redirected
from onrecord.errors import DocumentError
from onrecord.model import Snapshot

AGENT = "onrecord"
_REDIRECTS = (301, 302, 303, 307, 308)
_UNCHANGED = 304
_TAKEN = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long one waits (in seconds, ``total`` for one answer) and how much is taken (bytes of a body, redirects).

    ``pause`` is between two requests to a host that asks for no other; where it asks for more than ``patience``, it is
    not asked a second time.
    """

    connect: float = 10
    read: float = 20
    total: float = 60
    most_bytes: int = 16_000_000
    redirects: int = 10
    pause: float = 1
    patience: float = 60


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was kept of an answer, and its body: that of the stored snapshot where the host says it is unchanged."""

    snapshot: Snapshot
    body: bytes


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Web:
    """The network, for those who allow it; ``private`` addresses only where they allow those too.

    ``known`` gives the newest kept snapshot of a URL, to ask whether it has changed since; ``keep`` hears of every
    answer. ``follow`` fetches the articles that a feed links to. What opens sockets and tells the time can be replaced.
    """

    private: bool = False
    follow: bool = False
    known: Callable[[str], Snapshot | None] = lambda url: None
    keep: Callable[[Snapshot], None] = lambda snapshot: None
    limits: Limits = field(default_factory=Limits)
    resolve: Resolve = system_resolve
    dial: Dial = system_dial
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _rules: dict[str, Rules] = field(default_factory=dict, repr=False)
    _asked: dict[str, float] = field(default_factory=dict, repr=False)

    def fetch(self, url: str) -> Fetched:
        """What stands at ``url``. The caller hands its snapshot to ``keep``, with the document that was found in it;
        of any answer but a whole or unchanged body this is done here.

        Raises DocumentError: for a URL that is not asked for, a host that may not be or does not allow it, an answer
        that is late, too large, broken, or none (404).
        """
        asked = plain_url(url)
        final, answer, before = self._followed(asked, self._page)
        snapshot = _snapshot(asked, final, answer)
        if answer.status == _UNCHANGED and before is not None and before.body is not None:
            unchanged = replace(snapshot, sha256=before.sha256, body=None, document=before.document)
            return Fetched(unchanged, before.body)
        if answer.status != 200:
            self.keep(snapshot)
            raise DocumentError(f"not fetched: {url}: the host answers {answer.status}{_meaning(answer.status)}")
        return Fetched(snapshot, answer.body)

    def _followed(
        self, url: str, ask: Callable[[str], tuple[_Answer, Snapshot | None]]
    ) -> tuple[str, _Answer, Snapshot | None]:
        """The answer after redirects, and the URL that gave it; the redirects are kept."""
        at = url
        for _ in range(self.limits.redirects + 1):
            answer, before = ask(at)
            location = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not location:
                return at, answer, before
            self.keep(_snapshot(at, at, answer))
            at = redirected(at, location)
        raise DocumentError(f"not fetched: {url}: more than {self.limits.redirects} redirects")

    def _page(self, url: str) -> tuple[_Answer, Snapshot | None]:
        rules = self._rules_of(url)
        if not rules.allow(url):
            if rules is NOTHING:
                raise DocumentError(
                    f"not fetched: {url}: its host does not say what it allows (robots.txt); try again later"
                )
            raise DocumentError(f"not fetched: {url}: its host does not allow it (robots.txt); save the page by hand")
        self._wait(url, rules)
        before = self.known(url)
        return self._ask(url, _validators(before), self.limits.most_bytes), before

    def _rules_of(self, url: str) -> Rules:
        """The rules of a host, asked for once; a host without any allows all, one that fails nothing (RFC 9309)."""
        origin = origin_of(url)
        if origin not in self._rules:
            self._rules[origin] = self._rules_at(f"{origin}/robots.txt")
        return self._rules[origin]

    def _rules_at(self, url: str) -> Rules:
        try:
            final, answer, _ = self._followed(url, lambda at: (self._ask(at, {}, MOST_BYTES), None))
        except _UnreachableError:
            return NOTHING
        self.keep(_snapshot(url, final, answer))
        if answer.status == 200:
            return rules_for(answer.body.decode("utf-8", "replace"), AGENT)
        return Rules() if 400 <= answer.status < 500 and answer.status != 429 else NOTHING

    def _wait(self, url: str, rules: Rules) -> None:
        """Waits until the host may be asked again."""
        host = host_of(url)
        pause = self.limits.pause if rules.delay is None else rules.delay
        if host in self._asked:
            if pause > self.limits.patience:
                raise DocumentError(
                    f"not fetched: {url}: its host asks for {pause:,.0f} seconds between requests; "
                    "add it by itself, later"
                )
            self.sleep(max(0.0, self._asked[host] + pause - self.clock()))
        self._asked[host] = self.clock()

    def _ask(self, url: str, headers: Mapping[str, str], most: int) -> _Answer:
        """One request and its answer. Raises DocumentError."""
        limits = self.limits
        deadline = Deadline(self.clock() + limits.total, self.clock)
        backend = Guarded(deadline, private=self.private, resolve=self.resolve, dial=self.dial)
        timeouts = {"connect": limits.connect, "read": limits.read, "write": limits.read, "pool": limits.connect}
        sent = {
            "User-Agent": f"{AGENT}/{version('onrecord')} (reads reporting and keeps who said what)",
            "Accept": _TAKEN,
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
            **headers,
        }
        try:
            with (
                httpcore.ConnectionPool(ssl_context=trusted(), network_backend=backend) as pool,
                pool.stream("GET", url, headers=list(sent.items()), extensions={"timeout": timeouts}) as response,
            ):
                found = _headers(response.headers)
                body = inflated(response.iter_stream(), found.get("content-encoding"), most)
                return _Answer(response.status, found, body)
        except httpcore.TimeoutException:
            raise _UnreachableError(f"not fetched: {url}: the host takes too long; try again later") from None
        except TooLargeError:
            raise _UnreachableError(
                f"too long: {url}: more than {most:,} bytes; save it as a file and name that"
            ) from None
        except BrokenError as error:
            raise _UnreachableError(f"not fetched: {url}: {error}") from None
        except httpcore.NetworkError as error:
            raise _UnreachableError(
                f"not fetched: {url}: {_plain(error)}; check the address, or try again later"
            ) from None
        except httpcore.ProtocolError as error:
            raise _UnreachableError(f"not fetched: {url}: the answer is no HTTP ({_plain(error)})") from None


class _UnreachableError(DocumentError):
    """No whole answer came."""


def _headers(sent: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """By their names in small letters; values of one name are one list."""
    found: dict[str, str] = {}
    for name, value in sent:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found


def _snapshot(asked: str, final: str, answer: _Answer) -> Snapshot:
    said = answer.headers
    return Snapshot(
        asked,
        final,
        datetime.now(UTC).isoformat(timespec="milliseconds"),
        answer.status,
        sha256(answer.body).hexdigest(),
        said.get("content-type"),
        said.get("etag"),
        said.get("last-modified"),
        answer.body,
    )


def _validators(before: Snapshot | None) -> dict[str, str]:
    """What lets a host say that nothing has changed (RFC 9110, 13.1)."""
    if before is None or before.body is None:
        return {}
    said = {"If-None-Match": before.etag, "If-Modified-Since": before.modified}
    return {name: value for name, value in said.items() if value}


def _meaning(status: int) -> str:
    known = {404: ", not found", 410: ", gone", 401: ", log in first", 403: ", not allowed", 429: ", too many requests"}
    return known.get(status, "; try again later" if status >= 500 else "")


def _plain(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
