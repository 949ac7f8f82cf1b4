"""Golden files: a text a journalist can read, a rule in one sentence, what should be read from it by hand.

``tests/golden/<step>/*.toml`` holds ``rule``, ``text``, perhaps ``published``, and ``[[expect]]`` tables of the step's
fields (``[[none]]`` for what must not be read). ``gap = "why"`` on a file or a table marks a known gap: a strict
expected failure, which tells when it is cured.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Case:
    """One expectation of one golden file."""

    text: str
    published: date | None
    expected: dict[str, Any]
    wanted: bool
    file: dict[str, Any]


def cases(step: str) -> list[Any]:
    """The cases of a step as pytest parameters, named by file and number."""
    return list(_cases(step))


def _cases(step: str) -> Iterator[Any]:
    for path in sorted((HERE / step).glob("*.toml")):
        file = tomllib.loads(path.read_text(encoding="utf-8"))
        for kind in ("expect", "none"):
            for n, expected in enumerate(file.get(kind, []), 1):
                gap = expected.get("gap") or file.get("gap")
                yield pytest.param(
                    Case(file["text"], file.get("published"), expected, kind == "expect", file),
                    id=f"{path.stem}-{kind}{n}",
                    marks=[pytest.mark.xfail(reason=gap, strict=True)] if gap else [],
                )


def texts(step: str) -> list[str]:
    """The texts of a step's golden files."""
    return [tomllib.loads(p.read_text(encoding="utf-8"))["text"] for p in sorted((HERE / step).glob("*.toml"))]
