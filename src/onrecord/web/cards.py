"""A statement as pages and their JSON show it: who, how, when, in which words, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from onrecord.contract import statement_values
from onrecord.ledger import Ledger
from onrecord.model import Appearance, Statement

Json = dict[str, Any]
Cards = dict[str, Json]


def cards(ledger: Ledger, ids: Iterable[str]) -> Cards:
    """The statements with these ids by their ids; what was rejected or is no longer found is left out."""
    return {one.statement.id: card(one) for one in ledger.appearances(list(dict.fromkeys(ids)))}


def chosen(found: Cards, ids: Sequence[str]) -> list[Json]:
    """The cards of ``ids`` in that order; of one that is not there, its id alone."""
    return [found.get(id_, {"id": id_, "gone": True}) for id_ in ids]


def card(one: Appearance) -> Json:
    """A statement of the contract with its document: DESIGN.md's reference (``id``, ``document``, ``spans``), where it
    was published, and the texts of the ``caveats`` on it."""
    s = one.statement
    values = statement_values(s)
    return {
        **values,
        "document": one.key or one.document,
        "document_id": one.document,
        "spans": values["content"]["spans"],
        "text": s.content.text,
        "claimant": several(values["claimant"]),
        "caveats": list(one.hedged),
        "published": one.published and one.published.isoformat(),
        "publisher": one.publisher,
        "title": one.title,
        "link": link(one.document, s),
        "gone": False,
    }


def several(value: Json | list[Json] | None) -> list[Json]:
    """None, one or several, as the contract has claimants, as a list.

    >>> several(None), several({"name": "Interfax"})
    ([], [{'name': 'Interfax'}])
    """
    return value if isinstance(value, list) else [value] if value else []


def link(document: str, statement: Statement) -> str:
    """Where the words of a statement stand in their story."""
    return f"/documents/{document}#s-{statement.id}"
