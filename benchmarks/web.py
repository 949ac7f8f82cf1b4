"""The desk over a large ledger: server time of every page, its weight, and many people at once.

usage: python -m benchmarks.web [--statements N] [--ledger FILE] [--seconds S]

Without --ledger one is made of made-up readings. A desk runs in a process of its own and is asked over loopback; what
is printed is the time until the whole answer is there. Then 50 readers and 5 reviewers work at once for S seconds: no
request may fail, and every decision that was answered must be on the record. Printed, never a test.
"""

from __future__ import annotations

import argparse
import gzip
import multiprocessing
import random
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.ledger.loading import load
from onrecord.ledger import open_ledger

TIMES = 40
PAGES = {
    "ledger": ["/statements", "/statements?side=UA", "/statements?measure=killed", "/statements?act=estimate&side=RU"],
    "ledger, search": ["/statements?text=killed", "/statements?text=bridge", "/statements?text=%22on+Monday%22"],
    "ledger, days": ["/statements?said_from=2023-02-01&said_to=2023-02-28", "/statements?about_from=2023-02-01"],
    "documents": ["/documents"],
    "claims": ["/claims"],
    "findings": ["/findings"],
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
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.ledger or Path(folder) / "record.db"
        if not path.exists():
            with closing(open_ledger(path, new=True)) as ledger:
                load(ledger, asked.statements, lambda line: print(f"\r{line}", end="", file=sys.stderr))
        with desk(path) as port:
            story = _one(port, "/documents.json", "documents")
            pages = {**PAGES, "story": [f"/documents/{story}"]}
            print(f"{'page':<18}{'p50 ms':>8}{'p95 ms':>8}{'KB':>8}{'KB gz':>8}")
            for name, addresses in pages.items():
                measure(port, name, addresses)
            together(port, path, asked.seconds)


@contextmanager
def desk(path: Path) -> Iterator[int]:
    """The port of a desk in a process of its own."""
    hears, tells = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("spawn").Process(target=_serve, args=(str(path), tells), daemon=True)
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
    """Status, body and cookies set."""
    connection.request("GET", address, headers={"Cookie": cookies} if cookies else {})
    answer = connection.getresponse()
    return answer.status, answer.read(), answer.getheader("set-cookie") or ""


def measure(port: int, name: str, addresses: list[str]) -> None:
    """Asks for a kind of page many times, one request after the other."""
    connection = HTTPConnection("127.0.0.1", port)
    spent, weights, zipped, wrong = [], [], [], 0
    for n in range(TIMES):
        start = time.perf_counter()
        status, body, _ = get(connection, addresses[n % len(addresses)])
        spent.append((time.perf_counter() - start) * 1000)
        wrong += status != 200
        weights.append(len(body) / 1024)
        zipped.append(len(gzip.compress(body)) / 1024)
    p95 = statistics.quantiles(spent, n=20)[18]
    failed = f"  {wrong} failed" if wrong else ""
    print(
        f"{name:<18}{statistics.median(spent):>8.0f}{p95:>8.0f}{max(weights):>8.0f}{max(zipped):>8.0f}{failed}",
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
    token = page.decode().partition('name="form_token" value="')[2].partition('"')[0]
    skip = n * 7
    while time.monotonic() < until:
        _, body, _ = get(connection, f"/statements.json?after={skip}", cookies)
        ids = _ids(body)
        skip += 40 * 5
        for id_ in ids[:10]:
            form = urlencode({"form_token": token, "statement": id_, "judgement": "accept"})
            headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", "/review/decide", form, headers)
            answer = connection.getresponse()
            answer.read()
            with lock:
                statuses[answer.status] += 1
                decided += [id_] if answer.status == 303 else []


def _ids(body: bytes) -> list[str]:
    import json

    return [one["id"] for one in json.loads(body)["statements"]]


def _one(port: int, address: str, name: str) -> str:
    import json

    body = get(HTTPConnection("127.0.0.1", port), address)[1]
    return str(json.loads(body)[name][0]["id"])


if __name__ == "__main__":
    main()
