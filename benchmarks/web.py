"""The desk over a large ledger: server time of every page, its weight, and many people at once.

usage: python -m benchmarks.web [--statements N] [--ledger FILE] [--seconds S] [--patience S]

Without --ledger one is made of made-up readings; one without claims is given claims, findings, series and decisions. A
desk runs in a process of its own and is asked over loopback, every page first where it remembers nothing of it; what is
printed is the time until the whole answer is there. Then 50 readers and 5 reviewers work at once for S seconds: no
request may fail, and every decision that was answered must be on the record. An account is worked out beside the desk:
for PATIENCE seconds at most it is waited for. Printed, never a test.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import random
import re
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.ledger.furnishing import Furniture, furnish
from benchmarks.ledger.loading import load
from onrecord.ledger import open_ledger

TIMES = 40
PAGES = {
    "first": ["/"],
    "ledger": ["/statements", "/statements?side=UA", "/statements?measure=killed", "/statements?act=estimate&side=RU"],
    "ledger, search": ["/statements?text=killed", "/statements?text=bridge", "/statements?text=%22on+Monday%22"],
    "ledger, in order": ["/statements?sort=-said", "/statements?sort=-published", "/statements?sort=said&side=UA"],
    "ledger, days": ["/statements?said_from=2023-02-01&said_to=2023-02-28", "/statements?about_from=2023-02-01"],
    "documents": ["/documents", "/documents?page=700"],
    "claims": ["/claims", "/claims?claimant=Novak"],
    "findings": ["/findings", "/findings?kind=conflict", "/findings?state=confirmed"],
    "accounts": ["/accounts"],
    "series": ["/series"],
    "map": ["/map", "/map?side=UA"],
    "timeline": ["/timeline", "/timeline?side=RU"],
    "review": ["/review"],
    "quality": ["/quality"],
}


def main() -> None:
    """Makes the ledger where there is none, and measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--patience", type=float, default=900)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.ledger or Path(folder) / "record.db"
        if not path.exists():
            with closing(open_ledger(path, new=True)) as ledger:
                load(ledger, asked.statements, _tell)
        with closing(open_ledger(path)) as ledger:
            if next(ledger.claims(limit=1), None) is None:
                furnish(ledger, Furniture(), _tell)
        with desk(path) as port:
            pages = {**PAGES, **_some(port)}
            print(f"{'page':<18}{'first ms':>9}{'p50 ms':>8}{'p95 ms':>8}{'KB':>8}{'KB sent':>8}")
            for name, addresses in pages.items():
                measure(port, name, addresses)
                if name not in ("first", "map"):
                    measure(port, f"{name}, JSON", [_json(one) for one in addresses])
            believed(port, asked.patience)
            print(f"what every page loads once: {_loaded(port):.0f} KB sent")
            together(port, path, asked.seconds)


def _tell(line: str) -> None:
    print(f"\r{line:<60}", end="", file=sys.stderr, flush=True)


def _json(address: str) -> str:
    path, _, query = address.partition("?")
    return f"{path}.json?{query}"


def _some(port: int) -> dict[str, list[str]]:
    """The pages of some stories, claims, findings and series: the first that a list has, and others of it; of some
    statements, and of the parties and places they lead to."""
    lists = {"story": "documents", "claim": "claims", "finding": "findings", "one series": "series"}
    found = {name: [f"/{of}/{id_}" for id_ in _ids(port, f"/{of}.json", of)[:4]] for name, of in lists.items()}
    found["one series, on"] = [f"{one}?page=3" for one in found["one series"]]
    found["claim, on"] = [f"{one}?page=2" for one in found["claim"]]
    found["statement"] = [f"/statements/{id_}" for id_ in _ids(port, "/statements.json?after=5000", "statements")[:12]]
    links = " ".join(unpacked(get(HTTPConnection("127.0.0.1", port), one)[1]).decode() for one in found["statement"])
    for name, of in (("party", "parties"), ("place", "places")):
        found[name] = list(dict.fromkeys(re.findall(rf'href="(/{of}/[^"]+)"', links)))[:8]
    return found


def believed(port: int, seconds: float) -> None:
    """The account of whom most is credited to: while it is worked out beside the desk, and when it is there."""
    connection = HTTPConnection("127.0.0.1", port)
    voices = json.loads(unpacked(get(connection, "/accounts.json")[1]))["voices"]
    if not voices:
        return
    asked = f"/accounts?{urlencode({'believe': voices[-1]['name']})}"
    start = time.monotonic()
    measure(port, "account, awaited", [asked], well=(200, 202))
    while (status := get(connection, _json(asked))[0]) == 202 and time.monotonic() - start < seconds:
        time.sleep(1)
    print(f"the account took {time.monotonic() - start:.0f} s{'' if status == 200 else ' and is not done'}")
    if status == 200:
        measure(port, "account", [asked])
        measure(port, "account, JSON", [_json(asked)])


def _loaded(port: int) -> float:
    """KB of the styles and scripts that a browser loads with its first page and keeps."""
    connection = HTTPConnection("127.0.0.1", port)
    page = unpacked(get(connection, "/statements")[1]).decode()
    files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    return sum(len(get(connection, file)[1]) for file in files) / 1024


@contextmanager
def desk(path: Path) -> Iterator[int]:
    """The port of a desk in a process of its own."""
    hears, tells = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("spawn").Process(target=_serve, args=(str(path), tells))
    child.start()
    try:
        yield int(hears.recv().rstrip("/").rpartition(":")[2])
    finally:
        child.kill()
        child.join()


def _serve(path: str, tells: object) -> None:
    from onrecord.web import Desk
    from onrecord.web.serving import serve

    with closing(open_ledger(path)) as ledger:
        made = Desk(ledger, "record.db", reads=1e9, writes=1e9)
        serve(made, "127.0.0.1", 0, tells.send)  # type: ignore[attr-defined]


def get(connection: HTTPConnection, address: str, cookies: str = "") -> tuple[int, bytes, str]:
    """Status, body as it was sent, and cookies set; goes on where it is sent on."""
    connection.request("GET", address, headers={"Cookie": cookies, "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status in (303, 307):
        return get(connection, answer.getheader("location") or "/", cookies)
    return answer.status, body, answer.getheader("set-cookie") or ""


def unpacked(body: bytes) -> bytes:
    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body


def measure(port: int, name: str, addresses: list[str], well: Collection[int] = (200,)) -> None:
    """Asks for a kind of page many times, one request after the other."""
    connection = HTTPConnection("127.0.0.1", port)
    spent, weights, sent, wrong = [], [], [], 0
    for n in range(len(addresses) + TIMES):
        start = time.perf_counter()
        status, body, _ = get(connection, addresses[n % len(addresses)], "reviewer=Ana%20Lind")
        spent.append((time.perf_counter() - start) * 1000)
        wrong += status not in well
        weights.append(len(unpacked(body)) / 1024)
        sent.append(len(body) / 1024)
    first, again = max(spent[: len(addresses)]), spent[len(addresses) :]
    p95 = statistics.quantiles(again, n=20)[18]
    failed = f"  {wrong} failed" if wrong else ""
    print(
        f"{name:<18}{first:>9.0f}{statistics.median(again):>8.0f}{p95:>8.0f}{max(weights):>8.0f}{max(sent):>8.0f}{failed}",
        flush=True,
    )


def together(port: int, path: Path, seconds: float, readers: int = 50, reviewers: int = 5) -> None:
    """Readers and reviewers at once; prints how many requests were answered, failed, and which decisions are lost."""
    until = time.monotonic() + seconds
    statuses: Counter[int] = Counter()
    decided: list[str] = []
    lock = threading.Lock()
    work = [threading.Thread(target=_reads, args=(port, until, n, statuses, lock)) for n in range(readers)]
    work += [
        threading.Thread(target=_reviews, args=(port, until, n, statuses, decided, lock)) for n in range(reviewers)
    ]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    with sqlite3.connect(path) as record:
        kept = {row[0] for row in record.execute("SELECT target FROM decisions WHERE of = 'statement'")}
    failed = sum(n for status, n in statuses.items() if status >= 400 or status == 0)
    lost = len(set(decided) - kept)
    total = sum(statuses.values())
    print(f"{readers} readers and {reviewers} reviewers for {seconds:.0f} s: {total:,} answers, {failed} failed; "
          f"{len(decided):,} decisions, {lost} lost")  # fmt: skip


def _reads(port: int, until: float, n: int, statuses: Counter[int], lock: threading.Lock) -> None:
    chance = random.Random(n)  # noqa: S311 - which page comes next is no secret
    every = [address for addresses in PAGES.values() for address in addresses]
    connection = HTTPConnection("127.0.0.1", port)
    while time.monotonic() < until:
        status = get(connection, chance.choice(every))[0]
        with lock:
            statuses[status] += 1


def _reviews(port: int, until: float, n: int, statuses: Counter[int], decided: list[str], lock: threading.Lock) -> None:
    connection = HTTPConnection("127.0.0.1", port)
    _, page, set_cookie = get(connection, "/enter")
    cookies = f"{set_cookie.partition(';')[0]}; reviewer=Reviewer%20{n}"
    token = unpacked(page).decode().partition('name="form_token" value="')[2].partition('"')[0]
    skip = n * 7
    while time.monotonic() < until:
        ids = _ids(port, f"/statements.json?after={skip}", "statements")
        skip += 40 * 5
        connection = HTTPConnection("127.0.0.1", port)  # the one before may have been idle for too long
        for id_ in ids[:10]:
            form = urlencode({"form_token": token, "statement": id_, "judgement": "accept"})
            headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", "/review/decide", form, headers)
            answer = connection.getresponse()
            answer.read()
            with lock:
                statuses[answer.status] += 1
                decided += [id_] if answer.status == 303 else []
        status = get(connection, "/review", cookies)[0]
        with lock:
            statuses[status] += 1


def _ids(port: int, address: str, of: str) -> list[str]:
    """The ids of what a list holds."""
    body = get(HTTPConnection("127.0.0.1", port), address)[1]
    return [one["id"] for one in json.loads(unpacked(body))[of]]


if __name__ == "__main__":
    main()
