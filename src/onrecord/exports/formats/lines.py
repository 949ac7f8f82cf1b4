"""JSON lines: a statement a line with all that is known of it, in the shape of the contract."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

import msgspec

from onrecord.exports.rows import Row, whole


class Jsonl:
    """One JSON object a line: the contract's statement, with its document, review and reader."""

    name = "jsonl"
    description = "one statement a line with everything in it, for programs"
    media_type = "application/x-ndjson"
    suffix = ".jsonl"
    binary = False

    def write(self, rows: Iterable[Row], out: IO[str]) -> None:
        for row in rows:
            out.write(msgspec.json.encode(whole(row)).decode() + "\n")
