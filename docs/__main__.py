"""Writes the parts of README and docs that commands print; `--check` fails when one is out of date.

usage: python -m docs [--check]
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner
from sqlalchemy import Column

from onrecord.cli import main as cli
from onrecord.ledger.tables import GROWING

ROOT = Path(__file__).resolve().parents[1]
EXCERPT = re.compile(r"(<!-- excerpt: .*? -->\n).*?(<!-- end -->)", re.DOTALL)
# The statements the README shows, by how their content begins.
SHOWN = ("Ukrainian deaths had risen", "its troops had killed", "the death toll was")
LEDGER = """# The ledger

<!-- Made by `python -m docs` from src/onrecord/ledger/tables/. -->

`onrecord add LEDGER PATH…` keeps documents and what was read in them in a record that only grows: a SQLite file, or a
PostgreSQL database by its URL (`postgresql://user@host/name`, with `pip install 'onrecord[postgresql]'`), the same
tables in both. `onrecord statements` and `onrecord documents` ask it, `onrecord verify` proves it.

- **Words keep their id.** A new reading is first laid against the statements that are there: the same cue, a figure in
  common, or contents that share at least half of the characters in either make it the same statement, nearest pair
  first, no id twice. Only what is left is new.
- **Nothing is overwritten.** Another reader, another version of one, or an earlier day of publication is another
  reading; its values stand beside those before. What a reading does not find is marked in `unfound`.
- **One text, many sightings.** A text is read under the earliest day it is known to have been published, whatever order
  its copies came in.
- **Nothing is lost in the middle.** A batch is one transaction. Rows are neither changed nor deleted: triggers refuse
  it, but for rows about a document with a row in `redactions`, whose keys and digests stay.
- **It can be proven.** Each row has a digest over its values; each batch a manifest (how many rows came to which table,
  and the hash over their digests), and a hash over that and the hash of the batch before. Write the last hash down
  elsewhere: `onrecord verify LEDGER --held HASH` finds a record that was cut or made anew.

- **People outrank readers.** What they decide is kept beside what was read, laid over it, and reopened where a later
  reading contradicts it. See [reviewing](reviewing.md).

Text is searched without regard to endings. In SQLite the index `statement_words` (FTS5) points to
`statement_values.row`; in PostgreSQL, which passes over words such as “more”, it holds the words of each as a
`tsvector`. `tallies` and `terms` are what statements are looked up by, as they stand after review. None of these is a
part of the record: they are made from it, and can be made anew.

In Python:

```python
with_side = onrecord.open_ledger("record.db").statements(onrecord.Where(side="UA", text="killed"))
```
"""


def printed(*arguments: str) -> str:
    """What the command prints, as a user sees it piped."""
    result = CliRunner().invoke(cli, arguments, env={"COLUMNS": "100"}, prog_name="onrecord")
    if result.exit_code:
        raise SystemExit(f"onrecord {' '.join(arguments)}: {result.output}")
    return result.stdout


def excerpt() -> str:
    """The head of the table and the statements chosen for the README."""
    table = printed("read", str(ROOT / "samples" / "bakhmut.txt"), "--published", "2023-03-07", "--width", "100")
    blocks = table.rstrip().split("\n\n")
    chosen = [block for block in blocks if any(words in block for words in SHOWN)]
    return "\n\n".join(["```text", blocks[0], *chosen, blocks[-1], "```\n"]).replace("```text\n\n", "```text\n")


def helps(command: click.Command, *path: str) -> Iterator[str]:
    """The help of the command and of all that are under it, each under a heading with its whole name."""
    heading = f"{'#' * (len(path) + 1)} {' '.join(('onrecord', *path))}\n\n" if path else ""
    yield f"{heading}```text\n{printed(*path, '--help')}```\n"
    for name, under in sorted(getattr(command, "commands", {}).items()):
        yield from helps(under, *path, name)


def ledger() -> str:
    """The page on the ledger: what it is, written by hand, and every table with its columns."""
    parts = [LEDGER]
    for table in GROWING:
        rows = [f"| `{c.name}` | {_type(c)} | {c.doc} |" for c in table.columns]
        parts += [
            f"## {table.name}\n\n{table.info['doc']}\n",
            "\n".join(["| column | is | what it says |", "|---|---|---|", *rows, ""]),
        ]
    return "\n".join(parts)


def _type(column: Column[Any]) -> str:
    key = ", key" if column.primary_key else ""
    return f"{str(column.type).split('(')[0].lower()}{key}{'' if column.nullable or key else ', always'}"


def pages() -> dict[Path, str]:
    """Each page that is made, with its text."""
    readme = ROOT / "README.md"
    return {
        readme: EXCERPT.sub(lambda m: m[1] + excerpt() + m[2], readme.read_text(encoding="utf-8")),
        ROOT / "docs" / "cli.md": "# The command line\n\n<!-- Made by `python -m docs`. -->\n\n"
        + "\n".join(helps(cli)),
        ROOT / "docs" / "ledger.md": ledger(),
    }


def main(arguments: list[str]) -> int:
    """Writes the pages, or says which are out of date."""
    stale = [p for p, text in pages().items() if not p.exists() or p.read_text(encoding="utf-8") != text]
    if "--check" in arguments:
        for page in stale:
            print(f"out of date: {page.relative_to(ROOT)}; run `python -m docs`")
        return bool(stale)
    for page, text in pages().items():
        page.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
