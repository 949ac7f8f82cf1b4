"""Fetching: which addresses are connected to, what hosts allow, what is sent and kept, what never ends."""

from __future__ import annotations

import gzip
import itertools
import zlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from onrecord.documents import Web
from onrecord.documents.web import Limits, plain_url
from onrecord.documents.web.addresses import refusal
from onrecord.documents.web.robots import matches, rules_for
from onrecord.errors import DocumentError
from tests.documents.hosts import PUBLIC, Host, Net, answer

HTML = ("Content-Type: text/html",)
SHORT = Limits(connect=2, read=1, total=1.5, most_bytes=1_000_000, pause=0)


def refused(web: Web, url: str) -> str:
    with pytest.raises(DocumentError) as told:
        web.fetch(url)
    assert "\n" not in str(told.value)
    return str(told.value)


# --- addresses ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_public_addresses_may_be_connected_to(address: str) -> None:
    assert refusal(address, private=False) is None


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1",
        "fd00:ec2::254", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "100.100.100.200",
    ],
)  # fmt: skip
def test_private_addresses_only_where_they_are_allowed(address: str) -> None:
    assert refusal(address, private=False)
    assert refusal(address, private=True) is None


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "::", "0.1.2.3", "169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "fe80::1",
        "fe80::1%eth0", "224.0.0.1", "ff02::1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
        "2001:db8::1", "168.63.129.16", "::169.254.169.254", "2002:a9fe:a9fe::", "64:ff9b:1::1", "no address",
    ],
)  # fmt: skip
def test_others_never(address: str) -> None:
    assert refusal(address, private=True)


def test_a_name_that_leads_inside_is_refused_before_a_socket_is_opened(net: Net) -> None:
    for inside in (["127.0.0.1"], ["169.254.169.254"], [PUBLIC, "10.0.0.8"], ["::ffff:192.168.0.1"], ["fd00:ec2::254"]):
        net.names["inside.example"] = [inside]
        assert "it stands for" in refused(net.web(), "http://inside.example/")
    assert net.dialled == []
    net.names["inside.example"] = [[]]
    assert refused(net.web(), "http://inside.example/").startswith("no such host")


def test_a_name_that_changes_between_check_and_connect_gains_nothing(net: Net, host: Host) -> None:
    host.says("turning.example/a", answer(b"text"))
    net.names["turning.example"] = [[PUBLIC], ["1.1.1.1"], ["127.0.0.1"]]
    net.web().fetch("http://turning.example/a")
    assert net.resolved == ["turning.example"] * 2  # robots.txt and the page, once each
    assert net.dialled == [PUBLIC, "1.1.1.1"]  # the very addresses that were checked
    assert "it stands for 127.0.0.1" in refused(net.web(), "http://turning.example/a")


def test_the_host_is_asked_by_its_name(net: Net, host: Host) -> None:
    host.says("example.org/a", answer(b"text"))
    net.web().fetch("http://example.org/a#part")
    request = host.requests[-1]
    assert "Host: example.org\r\n" in request
    assert "User-Agent: onrecord/" in request
    assert "cookie" not in request.lower()
    assert "referer" not in request.lower()


def test_proxies_of_the_environment_are_not_asked(net: Net, host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    host.says("example.org/a", answer(b"text"))
    assert net.web().fetch("http://example.org/a").body == b"text"


# --- URLs --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("ftp://example.org/", "only http and https"),
        ("javascript://example.org/%0aalert(1)", "only http and https"),
        ("http://user:secret@example.org/", "user name or password"),
        ("http://example.org:99999/", "not an address"),
        ("http:///a", "not an address"),
        ("http://exa mple.org/", "not an address"),
        ("http://[::1/", "not an address"),
        ("http://example.org/" + "a" * 5_000, "not an address"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url: str, says: str, net: Net) -> None:
    line = refused(net.web(), url)
    assert says in line
    assert "secret" not in line
    assert net.resolved == []


def test_urls_are_asked_for_in_one_form() -> None:
    assert plain_url("http://EXAMPLE.org:80") == "http://example.org/"
    assert plain_url("https://münchen.example/ü?q=ü") == "https://xn--mnchen-3ya.example/%C3%BC?q=%C3%BC"
    assert plain_url("http://example.org/a\r\nX: y") == "http://example.org/aX:%20y"


# --- redirects ---------------------------------------------------------------------------------------------------


def moved(to: str, status: str = "302 Found") -> bytes:
    return answer(b"", status, f"Location: {to}")


def test_redirects_are_followed_by_hand_and_kept(net: Net, host: Host) -> None:
    host.says("example.org/a", moved("/b", "301 Moved Permanently"))
    host.says("example.org/b", moved("http://other.example/c", "307 Temporary Redirect"))
    host.says("other.example/c", answer(b"text", "200 OK", "ETag: x"))
    fetched = net.web().fetch("http://example.org/a")
    assert (fetched.snapshot.url, fetched.snapshot.final) == ("http://example.org/a", "http://other.example/c")
    assert [(one.final, one.status) for one in net.kept if not one.url.endswith("robots.txt")] == [
        ("http://example.org/a", 301),
        ("http://example.org/b", 307),
    ]
    assert host.asked.count("other.example/robots.txt") == 1


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("http://inside.example/", "it stands for 127.0.0.1"),
        ("http://cloud.example/latest/meta-data/", "it stands for 169.254.169.254"),
        ("http://127.0.0.1/", "it stands for 127.0.0.1"),
        ("http://2130706433/", "it stands for 127.0.0.1"),
        ("//inside.example/a", "it stands for 127.0.0.1"),
        ("file:///etc/passwd", "only http and https"),
        ("gopher://example.org/", "only http and https"),
        ("http://user:word@example.org/", "user name or password"),
        ("http://[", "no address"),
    ],
)
def test_a_redirect_is_checked_like_any_address(to: str, says: str, net: Net, host: Host) -> None:
    inside = {"inside.example": "127.0.0.1", "cloud.example": "169.254.169.254", "127.0.0.1": "127.0.0.1"}
    net.names.update({name: [[address]] for name, address in inside.items()} | {"2130706433": [["127.0.0.1"]]})
    host.says("example.org/a", moved(to))
    assert says in refused(net.web(), "http://example.org/a")
    assert set(net.dialled) == {PUBLIC}


def test_from_https_there_is_no_way_back_to_http(net: Net) -> None:
    from onrecord.documents.web.urls import redirected

    assert redirected("https://example.org/a", "/b") == "https://example.org/b"
    with pytest.raises(DocumentError, match="redirects from https"):
        redirected("https://example.org/a", "http://example.org/b")


def test_redirects_end(net: Net, host: Host) -> None:
    host.says("example.org/a", moved("/a"))
    assert "more than 10 redirects" in refused(net.web(), "http://example.org/a")
    assert host.asked.count("example.org/a") == 11


# --- what hosts allow --------------------------------------------------------------------------------------------


def robots(*lines: str) -> bytes:
    return answer("\n".join(lines).encode(), "200 OK", "Content-Type: text/plain")


def test_robots_are_asked_once_and_obeyed(net: Net, host: Host) -> None:
    host.says("example.org/robots.txt", robots("User-agent: *", "Disallow: /private", "Allow: /private/press"))
    for path in ("a", "private/press"):
        host.says(f"example.org/{path}", answer(b"text"))
    web = net.web()
    web.fetch("http://example.org/a")
    web.fetch("http://example.org/private/press")
    assert "does not allow it" in refused(web, "http://example.org/private/b")
    assert host.asked == ["example.org/robots.txt", "example.org/a", "example.org/private/press"]
    assert [one.url for one in net.kept] == ["http://example.org/robots.txt"]


def test_a_redirect_into_what_is_not_allowed_is_not_followed(net: Net, host: Host) -> None:
    host.says("other.example/robots.txt", robots("User-agent: onrecord", "Disallow: /"))
    host.says("example.org/a", moved("http://other.example/b"))
    assert "does not allow it" in refused(net.web(), "http://example.org/a")


@pytest.mark.parametrize("status", ["500 Oops", "503 Busy", "429 Slow down"])
def test_a_host_that_cannot_say_what_it_allows_is_left_alone(status: str, net: Net, host: Host) -> None:
    host.says("example.org/robots.txt", answer(b"", status))
    host.says("example.org/a", answer(b"text"))
    assert "does not say what it allows" in refused(net.web(), "http://example.org/a")


def test_hosts_are_given_the_time_they_ask_for(net: Net, host: Host) -> None:
    host.says("example.org/robots.txt", robots("User-agent: *", "Crawl-delay: 7"))
    for name in ("example.org/a", "example.org/b", "other.example/a", "other.example/b"):
        host.says(name, answer(b"text"))
    web = net.web()
    for url in ("example.org/a", "other.example/a", "example.org/b", "other.example/b"):
        web.fetch(f"http://{url}")
    assert net.slept == [7, 0]  # the other host's second was over by then


def test_a_host_that_asks_for_hours_is_asked_once(net: Net, host: Host) -> None:
    host.says("example.org/robots.txt", robots("User-agent: *", "Crawl-delay: 86400"))
    host.says("example.org/a", answer(b"text"))
    web = net.web()
    web.fetch("http://example.org/a")
    assert "86,400 seconds between requests" in refused(web, "http://example.org/a")


def test_rules_are_those_of_rfc_9309() -> None:
    text = (
        "\ufeffUser-agent: one\nUser-agent: OnRecord/2\nDisallow: /x\n\nUser-agent: *\nDisallow: /\n"
        "User-agent: onrecord\nAllow: /x/y # why not\nDisallow: /*.pdf$\nDisallow:\nnonsense\nDisallow: /%7Eann"
    )
    rules = rules_for(text, "onrecord")
    allowed = {
        path: rules.allow(f"https://example.org{path}") for path in ("/", "/x", "/x/y", "/a.pdf", "/a.pdf?b", "/~ann")
    }
    assert allowed == {"/": True, "/x": False, "/x/y": True, "/a.pdf": False, "/a.pdf?b": True, "/~ann": False}
    assert not rules_for("User-agent: *\nDisallow: /", "onrecord").allow("https://example.org/")


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    assert not matches("/" + "*a" * 900 + "b", "/" + "a" * 3_900)
    assert matches("/*a*b$", "/xaxxb")
    assert not matches("/*ab$", "/a")


# --- what is kept, and asked again -------------------------------------------------------------------------------


def test_what_is_unchanged_is_not_sent_again(net: Net, host: Host) -> None:
    host.says("example.org/a", answer(b"text", "200 OK", 'ETag: "1"', "Last-Modified: Mon, 06 Mar 2023 10:00:00 GMT"))
    first = net.web().fetch("http://example.org/a").snapshot
    before = replace(first, document="d")
    host.says("example.org/a", answer(b"", "304 Not Modified"))
    again = net.web(known={"http://example.org/a": before}.get).fetch("http://example.org/a")
    assert 'If-None-Match: "1"\r\n' in host.requests[-1]
    assert "If-Modified-Since: Mon, 06 Mar 2023 10:00:00 GMT\r\n" in host.requests[-1]
    assert again.body == b"text"
    snapshot = again.snapshot
    assert (snapshot.status, snapshot.body, snapshot.sha256, snapshot.document) == (304, None, first.sha256, "d")


@pytest.mark.parametrize("status", ["404 Not Found", "403 No", "500 Oops", "304 Not Modified", "204 Nothing"])
def test_an_answer_without_a_page_is_told_and_kept(status: str, net: Net, host: Host) -> None:
    host.says("example.org/a", answer(b"", status))
    assert f"the host answers {status[:3]}" in refused(net.web(), "http://example.org/a")
    assert net.kept[-1].status == int(status[:3])


# --- what never ends ---------------------------------------------------------------------------------------------


def endless(head: bytes, piece: bytes) -> Iterator[bytes]:
    yield head
    yield from itertools.repeat(piece)


def bomb(size: int) -> bytes:
    return gzip.compress(b"\0" * size)


@pytest.mark.parametrize(
    ("body", "coding", "says"),
    [
        (bomb(50_000_000), "gzip", "more than 1,000,000 bytes"),
        (gzip.compress(bomb(50_000_000)), "gzip, gzip", "more than 1,000,000 bytes"),
        (zlib.compress(b"\0" * 50_000_000), "deflate", "more than 1,000,000 bytes"),
        (gzip.compress(b"x" * 5_000_000), "gzip, gzip, gzip", "content coding"),
        (b"text", "br", "content coding"),
        (b"text", "gzip", "compression is broken"),
        (gzip.compress(b"some text")[:-9], "gzip", "ends too early"),
    ],
    ids=["gzip", "gzip in gzip", "deflate", "three deep", "unknown", "no gzip", "cut short"],
)
def test_bodies_that_unpack_to_too_much(body: bytes, coding: str, says: str, net: Net, host: Host) -> None:
    host.says("example.org/a", answer(body, "200 OK", f"Content-Encoding: {coding}"))
    assert says in refused(net.web(SHORT), "http://example.org/a")


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "deflate", "identity", "gzip, gzip"])
def test_bodies_are_unpacked(coding: str, net: Net, host: Host) -> None:
    body = b"some text " * 10_000
    for one in coding.split(", "):
        body = body if one == "identity" else zlib.compress(body) if one == "deflate" else gzip.compress(body)
    host.says("example.org/a", answer(body, "200 OK", f"Content-Encoding: {coding}"))
    assert net.web().fetch("http://example.org/a").body == b"some text " * 10_000


def test_a_body_without_end(net: Net, host: Host) -> None:
    head = answer(b"", "200 OK", length=False)
    host.says("example.org/a", lambda: endless(head, b"x" * 65_536))
    assert "more than 1,000,000 bytes" in refused(net.web(SHORT), "http://example.org/a")


@pytest.mark.parametrize(
    "head",
    [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 10, b"HTTP/1.1 100 Continue\r\n\r\n"],
    ids=["a header", "headers", "promises"],
)
def test_headers_without_end(head: bytes, net: Net, host: Host) -> None:
    piece = (
        b"HTTP/1.1 100 Continue\r\n\r\n"
        if b"100" in head
        else b"X" * 1000
        if head.endswith(b": ")
        else b"X: y\r\n" * 200
    )
    host.says("example.org/a", lambda: endless(head, piece))
    assert refused(net.web(SHORT), "http://example.org/a").startswith("not fetched")


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\n", answer(b"", "200 OK", length=False)])
def test_a_host_that_sends_a_byte_now_and_then(head: bytes, net: Net, host: Host) -> None:
    from threading import Event

    done = Event()

    def drops() -> Iterator[bytes]:
        yield head
        while not done.wait(0.05):
            yield b"x" if head.endswith(b"\r\n\r\n") else b"X"

    host.says("example.org/a", drops)
    limits = replace(SHORT, total=0.5)
    try:
        assert refused(net.web(limits), "http://example.org/a").startswith("not fetched")
    finally:
        done.set()


@pytest.mark.parametrize("told", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort"])
def test_what_is_no_answer(told: bytes, net: Net, host: Host) -> None:
    host.says("example.org/a", told)
    assert refused(net.web(SHORT), "http://example.org/a").startswith("not fetched: http://example.org/a: ")


def test_a_host_that_is_not_there(host: Host) -> None:
    web = Web(private=True, limits=SHORT, resolve=lambda name, port: ["127.0.0.1"])
    assert "does not say what it allows" in refused(web, "http://127.0.0.1:1/a")


def test_loopback_where_it_is_allowed(host: Host) -> None:
    host.says("127.0.0.1/a", answer(b"text"))
    url = f"http://127.0.0.1:{host.port}/a"
    assert "--allow-private permits it" in refused(Web(), url)
    assert Web(private=True).fetch(url).body == b"text"
