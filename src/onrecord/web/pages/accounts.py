"""Accounts: the parties' words side by side, claimed and implied, for every quantity that both speak of."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from onrecord.ledger import Ledger
from onrecord.model import AccountLine, Bounds
from onrecord.web.desk import Desk, desk_of
from onrecord.web.pages.findings import brief
from onrecord.web.remembering import accounted, read
from onrecord.web.rendering import Page, offered
from onrecord.web.state import address, to
from onrecord.web.working import Asked, Told, apart, worked_out

router = APIRouter(tags=["accounts"])
_SHOWN = 200  # quantities on a page
_CONFLICTS = 30  # of those within the account on its page; all of them are in its JSON
_VOICES = 30  # of whom to choose from
_AT_ONCE = 2000  # statements: their accounts take half a second; those of more are worked out beside the desk
_YET_TO_COME = 202
Json = dict[str, Any]
Names = Annotated[list[str] | None, Query(max_length=40)]


@offered(router, "/accounts", "json", "csv")
def accounts(
    request: Request,
    believe: Names = None,
    doubt: Names = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Page:
    """What follows from the word of those one ``believe``s, beside that of those one ``doubt``s; names as printed.

    Where many statements are on the record it is worked out beside the desk, and answered with 202 until it is done.
    """
    desk = desk_of(request)
    believed, doubted = _names(believe), _names(doubt)
    told = _told(desk, (tuple(believed), tuple(doubted))) if believed else Told()
    found = told.account
    lines = found.lines if found else ()
    first = (page - 1) * _SHOWN
    rows = [_line(line) for line in lines[first : first + _SHOWN]]
    last = first + _SHOWN >= len(lines)
    voices = [] if believed else desk.memory.recall(("voices",), lambda: _voices(desk.ledger))
    data = {
        "believed": believed,
        "doubted": doubted,
        "unknown": list(found.unknown) if found else [],
        "quantities": len(lines),
        "lines": rows,
        "next": None if last else page + 1,
        "conflicts": [brief(one) for one in found.conflicts] if found else [],
        "voices": voices,
        "at": told.at,
        "current": told.current,
        "doing": told.doing,
        "fault": told.fault,
    }
    ends = [0, *(bisect_right(lines, n, key=apart) for n in range(3))]
    extra = {
        "tables": [
            ([_line(one) for one in lines[max(first, begins) : min(first + _SHOWN, end)]], end - begins)
            for begins, end in pairwise(ends)
        ],
        "shown": _CONFLICTS,
        "asked": found is not None,
        "here": address(request),
        "before": address(request, page=page - 1) if page > 1 else None,
        "after": None if last else address(request, page=page + 1),
        "believe": ", ".join(believed),
        "doubt": ", ".join(doubted),
        "links": {one["name"]: to("/accounts", {"believe": one["name"]}) for one in voices if "," not in one["name"]},
        "formats": ("json", "csv"),
    }
    status = _YET_TO_COME if told.doing and found is None else 200
    return Page("accounts.html", _title(believed), data, map(_row, map(_line, lines)), extra=extra, status=status)


def _told(desk: Desk, asked: Asked) -> Told:
    """The account, worked out at once where few statements are on the record, else as far as it is known."""
    ledger = desk.ledger
    many = desk.memory.recall(("many",), lambda: ledger.progress().statements, read)
    if many > _AT_ONCE:
        return desk.accounts.ask(asked)
    return Told(desk.pages.recall(("account", asked), lambda: worked_out(ledger, asked), accounted), current=True)


def _voices(ledger: Ledger) -> list[Json]:
    """Whom one may take at their word: the publishers of series, then who is credited with most; unnamed ones apart."""
    publishers = dict.fromkeys(one.publisher for one in ledger.series(observed=False))
    credited = {
        name: n for name, n in ledger.counts("claimant", limit=_VOICES).values if not name.startswith("unnamed")
    }
    names = list({**publishers, **credited})[:_VOICES]
    return [{"name": name, "statements": credited.get(name), "series": name in publishers} for name in names]


def _names(given: list[str] | None) -> list[str]:
    """The names, each given by itself or several with commas between."""
    return [name for one in given or () for part in one.split(",") if (name := " ".join(part.split()))]


def _title(believed: list[str]) -> str:
    return f"As told by {', '.join(believed)}" if believed else "Accounts"


def _line(one: AccountLine) -> Json:
    bounds = {name: _bounds(getattr(one, name)) for name in ("claimed", "implied", "others_claimed", "others_implied")}
    return {"quantity": one.quantity, **bounds, "meets": one.meets, "arithmetic": one.arithmetic}


def _bounds(one: Bounds | None) -> Json | None:
    return {"low": one.low, "high": one.high, "statements": list(one.statements)} if one else None


def _row(line: Json) -> Json:
    flat: Json = {"quantity": line["quantity"], "meets": line["meets"], "arithmetic": line["arithmetic"]}
    for name in ("claimed", "implied", "others_claimed", "others_implied"):
        flat[f"{name}_low"] = line[name] and line[name]["low"]
        flat[f"{name}_high"] = line[name] and line[name]["high"]
    return flat
