"""Writes the parts of README and docs that commands print; `--check` fails when one is out of date.

usage: python -m docs [--check]
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from click.testing import CliRunner

from onrecord.cli import main as cli

ROOT = Path(__file__).resolve().parents[1]
EXCERPT = re.compile(r"(<!-- excerpt: .*? -->\n).*?(<!-- end -->)", re.DOTALL)
# The statements the README shows, by how their content begins.
SHOWN = ("Ukrainian deaths had risen", "its troops had killed", "the death toll was")


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


def pages() -> dict[Path, str]:
    """Each page that is made, with its text."""
    readme = ROOT / "README.md"
    return {
        readme: EXCERPT.sub(lambda m: m[1] + excerpt() + m[2], readme.read_text(encoding="utf-8")),
        ROOT / "docs" / "cli.md": "# The command line\n\n<!-- Made by `python -m docs`. -->\n\n"
        + "\n".join(helps(cli)),
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
