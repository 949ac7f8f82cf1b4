"""A statement as pages and their JSON show it: who, how, when, in which words, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from onrecord.contract import statement_values
from onrecord.ledger import Ledger
from onrecord.model import Appearance, Figure, Statement

Json = dict[str, Any]
Cards = dict[str, Json]


def cards(ledger: Ledger, ids: Iterable[str]) -> Cards:
    """The statements with these ids by their ids; what was rejected or is no longer found is left out."""
    return {one.statement.id: card(one) for one in ledger.appearances(list(dict.fromkeys(ids)))}


def chosen(found: Cards, ids: Sequence[str]) -> list[Json]:
    """The cards of ``ids`` in that order; of one that is not there, its id alone."""
    return [found.get(id_, {"id": id_, "gone": True}) for id_ in ids]


def card(one: Appearance) -> Json:
    """A statement with its document: DESIGN.md's reference (``id``, ``document``, ``spans``) and what a page shows."""
    s = one.statement
    values = statement_values(s)
    return {
        "id": s.id,
        "document": one.key or one.document,
        "document_id": one.document,
        "spans": values["content"]["spans"],
        "text": s.content.text,
        "claimant": [{"name": p.name, "role": p.role, "side": p.side, "kind": str(p.kind)} for p in s.claimant],
        "relays": [{"name": r.name, "certain": r.certain} for r in s.relays],
        "channel": s.channel,
        "act": str(s.act),
        "quotation": str(s.quotation),
        "factuality": str(s.factuality),
        "said": values["said"],
        "figures": [_figure(f, v) for f, v in zip(s.figures, values["figures"], strict=True)],
        "places": list(dict.fromkeys(p.name for p in s.places)),
        "caveats": list(one.hedged),
        "doubts": list(s.doubts),
        "published": one.published and one.published.isoformat(),
        "publisher": one.publisher,
        "title": one.title,
        "link": link(one.document, s),
        "gone": False,
    }


def link(document: str, statement: Statement) -> str:
    """Where the words of a statement stand in their story."""
    return f"/documents/{document}#s-{statement.id}"


def _figure(figure: Figure, value: Json) -> Json:
    kept = ("text", "kind", "comparator", "measure", "side", "value", "low", "high", "unit", "period", "place")
    return {name: value[name] for name in kept} | {"noun": figure.noun}
