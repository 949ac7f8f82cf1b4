"""The peer of a load: the same rows of the record, put into the same tables and indexes by the driver alone.

What it leaves out is what a ledger adds: rows made of readings, hashes, copies found, references held, the index of
words and the terms that statements are looked up by.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Table, select

from onrecord.ledger import Ledger
from onrecord.ledger import tables as t

_AT_ONCE = 5000  # rows


def put(source: Ledger, target: Ledger, tell: Callable[[str], None]) -> float:
    """Puts every batch of ``source`` into the empty ``target``, a transaction each; the rows a second of that alone."""
    number, spent = 0, 0.0
    with source.store.reads() as connection:
        coming = {table: _batches(connection, table) for table in t.GROWING}
        waiting = {table: next(batches, None) for table, batches in coming.items()}
        while numbers := [batch[0] for batch in waiting.values() if batch]:
            now = {table: batch[1] for table, batch in waiting.items() if batch and batch[0] == min(numbers)}
            start = time.perf_counter()
            with target.store.writes() as writing:
                for table, rows in now.items():
                    _insert(writing, table, rows)
            spent += time.perf_counter() - start
            number += sum(map(len, now.values()))
            waiting |= {table: next(coming[table], None) for table in now}
            tell(f"{number:,} rows by the driver alone in {spent:,.0f} s")
    return number / spent


def _batches(connection: Connection, table: Table) -> Iterator[tuple[int, list[Sequence[Any]]]]:
    """The rows of a table as they lie, which is as they came, batch by batch."""
    of = [column.name for column in table.columns].index("n" if table is t.batches else "batch")
    rows = connection.execution_options(yield_per=_AT_ONCE).execute(select(table))
    for batch, some in groupby(map(tuple, rows), key=lambda row: row[of]):
        yield batch, list(some)


def _insert(connection: Connection, table: Table, rows: Sequence[Sequence[Any]]) -> None:
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        driver.executemany(f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})", rows)  # noqa: S608 - our names
        return
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {table.name} ({', '.join(table.columns.keys())}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)
