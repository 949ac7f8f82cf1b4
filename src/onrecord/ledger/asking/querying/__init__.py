"""Any question in SQL, on a connection of its own that can only read, for so long and of so many rows."""

from __future__ import annotations

from onrecord.errors import LedgerError
from onrecord.ledger.asking.querying.answer import Answer
from onrecord.ledger.opening import Store

__all__ = ["SECONDS", "Answer", "query"]

SECONDS = 60.0


def query(store: Store, sql: str, limit: int | None = None, seconds: float = SECONDS) -> Answer:
    """The answer to one SELECT, its rows as they come: at most ``limit``, for at most ``seconds``.

    Raises LedgerError for what is no question (several statements, or one that would change or reach for anything
    beside the tables), and where the database complains.
    """
    asked = sql.strip().rstrip(";").strip()
    if not asked or "\0" in asked:
        raise LedgerError("there is no query; write SELECT …")
    if store.engine.dialect.name == "sqlite":
        from onrecord.ledger.asking.querying.in_sqlite import ask

        return ask(store, asked, limit, seconds)
    from onrecord.ledger.asking.querying.in_postgresql import ask as ask_there

    return ask_there(store, asked, limit, seconds)
