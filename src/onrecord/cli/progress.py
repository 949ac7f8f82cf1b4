"""How much is done, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """Something that is told of every document done; shown or not."""

    step: Callable[[], None] = lambda: None


@contextmanager
def progress(done: str = "read", of: str = "documents") -> Iterator[Progress]:
    """A line that counts what is done, gone when all is."""
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn(f"{{task.completed:.0f}} {of} {done}"), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield Progress(lambda: bar.advance(task))


@contextmanager
def share(of: str) -> Iterator[Callable[[int, int], None]]:
    """A bar that is told how much of how much is done; nothing where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield lambda done, all_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(of, total=None)
        yield lambda done, all_: bar.update(task, completed=done, total=all_)
