"""A new ledger to measure on: a SQLite file in a folder, or a database of its own in PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, make_url

from onrecord.ledger import Ledger, open_ledger

POSTGRESQL = "ONRECORD_TEST_POSTGRESQL"
STORES = ("sqlite", "postgresql")


def there(store: str) -> bool:
    """Whether that store can be measured here: PostgreSQL where a database is named in the environment."""
    return store == "sqlite" or bool(os.environ.get(POSTGRESQL))


@contextmanager
def address(store: str, folder: Path) -> Iterator[str]:
    """The path or URL of a place for a ledger of its own, cleared away at the end."""
    if store == "sqlite":
        path = folder / f"{uuid4().hex}.db"
        yield str(path)
        for file in folder.glob(f"{path.name}*"):
            file.unlink()
        return
    url = make_url(os.environ[POSTGRESQL]).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    name = f"bench_{uuid4().hex}"
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        engine.dispose()


@contextmanager
def new_ledger(store: str, folder: Path) -> Iterator[Ledger]:
    """An empty ledger, cleared away at the end."""
    with address(store, folder) as place:
        ledger = open_ledger(place, new=True)
        try:
            yield ledger
        finally:
            ledger.close()
