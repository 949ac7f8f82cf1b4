"""The known gaps: what golden files mark as not read, each a strict expected failure of the tests.

usage: python -m evaluation.gaps [--write]

``--write`` puts the list into docs/quality.md.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evaluation import page

GOLDEN = Path(__file__).resolve().parents[1] / "tests" / "golden"


def gaps(folder: Path = GOLDEN) -> Iterator[tuple[str, str]]:
    """(step, why) for every gap that is marked, each once."""
    told = [
        (path.parent.name, why)
        for path in sorted(folder.glob("*/*.toml"))
        for why in marked(tomllib.loads(path.read_text(encoding="utf-8")))
    ]
    yield from dict.fromkeys(told)


def marked(file: dict[str, Any]) -> Iterator[str]:
    """The gaps of one golden file: its own, and those of its tables.

    >>> list(marked({"gap": "a", "expect": [{"gap": "b"}, {}]}))
    ['a', 'b']
    """
    for table in (file, *file.get("expect", ()), *file.get("none", ())):
        if "gap" in table:
            yield table["gap"]


def main(arguments: list[str]) -> None:
    """Prints, and where asked writes, one line a gap."""
    lines = "\n".join(f"- {step}: {why}" for step, why in gaps())
    print(lines)
    if "--write" in arguments:
        page.put("gaps", lines)


if __name__ == "__main__":
    main(sys.argv[1:])
