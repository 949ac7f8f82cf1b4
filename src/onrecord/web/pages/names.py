"""A party or a place: under which names it is printed, what may be the same, and what people merged and split."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException

from onrecord.contract import statement_from
from onrecord.errors import DecisionError, LedgerError
from onrecord.ledger import Found, Ledger, Where
from onrecord.model import normalised, place_id
from onrecord.web.deciding import history
from onrecord.web.desk import desk_of
from onrecord.web.remembering import reviewed
from onrecord.web.rendering import Page, offered
from onrecord.web.state import to

router = APIRouter(tags=["names"])
Json = dict[str, Any]
_LOOKED_AT = 300  # statements
_OFFERED = 40
_SHORTEST, _LONGEST = 3, 200  # letters of a part of a name that others are looked for by
Like = Annotated[str | None, Query(max_length=_LONGEST)]


@dataclass(frozen=True, slots=True)
class _Kind:
    """Parties or places: where their pages are, and under which condition the ledger narrows by one."""

    of: str
    path: str
    condition: str


_PARTY, _PLACE = _Kind("party", "parties", "claimant"), _Kind("place", "places", "place_name")


@offered(router, "/parties/{id}", "json")
def party(request: Request, id: str, like: Like = None) -> Page:
    """A party of one document, the parties of others that people hold to be the same, and those that may be."""
    try:
        shown = desk_of(request).ledger.show(id)
    except LedgerError:
        shown = None
    if shown is None or shown.of != "party":
        raise HTTPException(404, "There is no party by that id.")
    forms = [{name: form[name] for name in ("name", "kind", "role", "side")} for form in shown.value["forms"]]
    document = {name: shown.value[name] for name in ("document", "document_id")}
    return _page(request, _PARTY, id, shown.value["name"], like, {"forms": forms, **document})


@offered(router, "/places/{id}", "json")
def place(request: Request, id: str, like: Like = None) -> Page:
    """A place over all documents, those that people hold to be the same, and those that may be."""
    name = _name(desk_of(request).ledger, "place", id)
    if name is None:
        raise HTTPException(404, "There is no place by that id.")
    return _page(request, _PLACE, id, name, like, {"forms": []})


def _page(request: Request, kind: _Kind, id_: str, name: str, like: str | None, about: Json) -> Page:
    desk = desk_of(request)
    ledger = desk.ledger
    together = _together(ledger, kind.of, id_)
    sought = like or _telling(name)[:_LONGEST]
    known = desk.memory.recall(("called", kind.of, sought), lambda: _offered(ledger, kind, sought), reviewed)
    others = [one for one in known if one["id"] != id_ and one["id"] not in together]
    data = {
        "id": id_,
        "of": kind.of,
        "name": name,
        **about,
        "one_with": [{"id": other, "name": _name(ledger, kind.of, other) or other} for other in together],
        "may_be": others[:_OFFERED],
        "decisions": history(ledger, kind.of, id_),
    }
    extra = {
        "path_of": f"/{kind.path}",
        "here": f"/{kind.path}/{id_}",
        "like": sought,
        "stated": to("/statements", {kind.condition: name}),
        "formats": ("json",),
    }
    return Page("named.html", name, data, extra=extra)


def _together(ledger: Ledger, of: str, id_: str) -> list[str]:
    """The others that people hold to be one with it."""
    heads = ledger.clusters(of)
    return [other for other, head in heads.items() if head == heads.get(id_) and other != id_]


def _name(ledger: Ledger, of: str, id_: str) -> str | None:
    try:
        return str((ledger.state(id_, of).value or {}).get("name") or "") or None
    except DecisionError:
        return None


def _telling(name: str) -> str:
    """The part of a name by which others are looked for: its last long word.

    >>> _telling("Gen. Sergei Shoigu"), _telling("UN")
    ('Shoigu', 'UN')
    """
    return next((word for word in reversed(name.split()) if len(word) >= _SHORTEST), name)


def _offered(ledger: Ledger, kind: _Kind, like: str) -> list[Json]:
    """Those whose name holds ``like``, in the newest readings, each once; the same name comes first."""
    if not like.strip():
        return []
    where = Where(claimant=like.strip()) if kind is _PARTY else Where(place=like.strip())
    found: dict[str, Json] = {}
    for one in ledger.statements(where, limit=_LOOKED_AT):
        for named in _parties(one) if kind is _PARTY else _places(one):
            if normalised(like) in normalised(named["name"]):
                found.setdefault(named["id"], named)
    return sorted(found.values(), key=lambda one: (normalised(one["name"]), one["id"]))


def _parties(one: Found) -> Iterator[Json]:
    for p in statement_from(one.value).claimant:
        in_ = {"document": one.key or one.document, "document_id": one.document}
        yield {"id": p.id, "name": p.name, "role": p.role, "side": p.side, **in_}


def _places(one: Found) -> Iterator[Json]:
    for p in statement_from(one.value).places:
        in_ = {"document": one.key or one.document, "document_id": one.document}
        yield {"id": place_id(p), "name": p.name, "role": str(p.kind), "side": None, **in_}
