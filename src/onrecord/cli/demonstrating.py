"""``onrecord demo``: a ledger of the samples with findings, and the desk on it."""

from __future__ import annotations

import tempfile
import tomllib
from contextlib import closing
from importlib.resources import files
from pathlib import Path

from onrecord.cli.faults import say
from onrecord.cli.serving import Job
from onrecord.cli.serving import run as serve
from onrecord.documents import Ask
from onrecord.errors import DataError, OnrecordError, Remark
from onrecord.ledger import Ledger, open_ledger
from onrecord.pipeline import add
from onrecord.pipeline.comparing import add_series, check

_CHECKOUT = Path(__file__).parents[3] / "samples"


def run(path: Path | None, port: int, no_serve: bool) -> None:
    """Makes the ledger where there is none, and serves it until it is stopped."""
    ledger = path or Path(tempfile.mkdtemp(prefix="onrecord-demo-")) / "demo.db"
    if not ledger.exists():
        with closing(open_ledger(ledger, new=True)) as opened:
            fill(opened, samples())
    say(f"the ledger is {ledger}")
    if not no_serve:
        serve(Job(str(ledger), port, "127.0.0.1", (), None, read_only=False))


def samples() -> Path:
    """The folder of samples: in the package, or in a checkout beside it."""
    inside = Path(str(files("onrecord") / "samples"))
    found = next((folder for folder in (inside, _CHECKOUT) if (folder / "demo.toml").is_file()), None)
    if found is None:
        raise DataError("the samples are not installed with this onrecord; add texts of your own with: onrecord add")
    return found


def fill(ledger: Ledger, folder: Path) -> None:
    """Adds the samples and their series, and works out the findings."""
    demo = tomllib.loads((folder / "demo.toml").read_text(encoding="utf-8"))
    for text in demo["text"]:
        say(f"reading {text['file']} …")
        for _ in add(ledger, [folder / text["file"]], Ask(text.get("published")), _tell):
            pass
    for name in demo["series"]:
        add_series(ledger, folder / name)
    check(ledger, lambda doing: say(f"{doing} …"))


def _tell(of: OnrecordError | Remark) -> None:
    say(of)
