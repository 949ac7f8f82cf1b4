"""Which addresses of the web are asked for, and in which form."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from onrecord.errors import DocumentError

_LOOKS_LIKE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_LONGEST = 4_000
_KEPT = "/:?#[]@!$&'()*+,;=%-._~"  # of a URL, what is no letter and no digit (RFC 3986)


def is_url(place: object) -> bool:
    """Whether a place is meant as a URL, of whatever scheme.

    >>> is_url("https://example.org/a"), is_url("file:///etc/passwd"), is_url("a.html")
    (True, True, False)
    """
    return isinstance(place, str) and _LOOKS_LIKE.match(place) is not None


def plain_url(url: str) -> str:
    """The URL as it is asked for: ASCII, without fragment. Raises DocumentError for what is never asked for.

    >>> plain_url("HTTPS://Example.org:443/a b#top")
    'https://example.org/a%20b'
    """
    where = url[:200]
    try:
        parts = urlsplit(url.strip())
        scheme, port = parts.scheme.lower(), parts.port
        host = _ascii(parts.hostname or "")
    except (ValueError, UnicodeError):
        raise DocumentError(f"not an address: {where}: write it as https://host/path") from None
    if scheme not in ("http", "https"):
        raise DocumentError(f"not fetched: {where}: only http and https are; save it as a file and name that")
    if not host or len(url) > _LONGEST:
        raise DocumentError(f"not an address: {where}: write it as https://host/path")
    if parts.username is not None or parts.password is not None:
        raise DocumentError(f"not fetched: {_hidden(where)}: it holds a user name or password; take it out")
    usual = port is None or port == {"http": 80, "https": 443}[scheme]
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if usual else f"{shown}:{port}"
    return urlunsplit((scheme, netloc, quote(parts.path or "/", _KEPT), quote(parts.query, _KEPT), ""))


def redirected(url: str, location: str) -> str:
    """Where a redirect leads. Raises DocumentError where it may not: another scheme, or from https back to http."""
    try:
        target = plain_url(urljoin(url, location))
    except ValueError:
        raise DocumentError(f"not fetched: {url}: it redirects to what is no address") from None
    if url.startswith("https:") and not target.startswith("https:"):
        raise DocumentError(f"not fetched: {url}: it redirects from https to {target}, which anybody may read or alter")
    return target


def host_of(url: str) -> str:
    """The host of a plain URL.

    >>> host_of("http://[::1]:8080/a")
    '::1'
    """
    return urlsplit(url).hostname or ""


def origin_of(url: str) -> str:
    """Scheme, host and port of a plain URL.

    >>> origin_of("https://example.org:8443/a?b")
    'https://example.org:8443'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _ascii(host: str) -> str:
    plain = host if host.isascii() else host.encode("idna").decode("ascii")
    if re.search(r"[^A-Za-z0-9._:%-]", plain):
        raise ValueError(host)
    return plain.lower()


def _hidden(url: str) -> str:
    return re.sub(r"//[^/@]*@", "//…@", url)
