"""What a query of the user's own gave."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """The names of the columns, each once, and the rows as they come. To be closed, or used in ``with``."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]
    close: Callable[[], None]

    def __enter__(self) -> Answer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def each_once(names: Sequence[str]) -> tuple[str, ...]:
    """The names, those that come again with a number.

    >>> each_once(["id", "text", "id"])
    ('id', 'text', 'id_2')
    """
    seen: list[str] = []
    for name in names:
        told, n = name, 1
        while told in seen:
            n += 1
            told = f"{name}_{n}"
        seen.append(told)
    return tuple(seen)
