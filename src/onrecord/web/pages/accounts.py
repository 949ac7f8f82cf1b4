"""Accounts: the parties' words side by side, claimed and implied, for every quantity that both speak of."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from onrecord.ledger import Ledger
from onrecord.model import Account, AccountLine, Bounds
from onrecord.pipeline.comparing import account
from onrecord.web.desk import desk_of
from onrecord.web.pages.findings import told
from onrecord.web.rendering import Page, offered
from onrecord.web.state import to

router = APIRouter(tags=["accounts"])
_SHOWN = 200  # quantities on the page
_VOICES = 30  # of whom to choose from
Json = dict[str, Any]
Names = Annotated[list[str] | None, Query(max_length=40)]


@offered(router, "/accounts", "json", "csv")
def accounts(request: Request, believe: Names = None, doubt: Names = None) -> Page:
    """What follows from the word of those one ``believe``s, beside that of those one ``doubt``s; names as printed."""
    desk = desk_of(request)
    ledger = desk.ledger
    believed, doubted = _names(believe), _names(doubt)
    asked = tuple(believed), tuple(doubted)
    found = desk.accounts.recall(asked, lambda: account(ledger, believed, doubted)) if believed else None
    lines = [_line(line) for line in found.lines] if found else []
    voices = desk.memory.recall(("voices",), lambda: _voices(ledger)) if found is None else []
    data = {
        "believed": list(found.believed) if found else believed,
        "doubted": list(found.doubted) if found else doubted,
        "unknown": list(found.unknown) if found else [],
        "lines": lines,
        "conflicts": told(ledger, list(found.conflicts)) if found else [],
        "voices": voices,
    }
    shown = sorted(lines, key=_apart)[:_SHOWN]
    together, own, others = ([line for line in shown if _apart(line) == n] for n in range(3))
    extra = {
        "together": together,
        "own": own,
        "others": others,
        "asked": found is not None,
        "believe": ", ".join(believed),
        "doubt": ", ".join(doubted),
        "links": {one["name"]: to("/accounts", {"believe": one["name"]}) for one in voices if "," not in one["name"]},
        "formats": ("json", "csv"),
    }
    return Page("accounts.html", _title(found), data, map(_row, lines), extra=extra)


def _voices(ledger: Ledger) -> list[Json]:
    """Whom one may take at their word: the publishers of series, then who is credited with most; unnamed ones apart."""
    publishers = dict.fromkeys(one.publisher for one in ledger.series(observed=False))
    credited = {
        name: n for name, n in ledger.counts("claimant", limit=_VOICES).values if not name.startswith("unnamed")
    }
    names = list({**publishers, **credited})[:_VOICES]
    return [{"name": name, "statements": credited.get(name), "series": name in publishers} for name in names]


def _apart(line: Json) -> int:
    """What both speak of before what the believed alone do, and that before what only others do."""
    ours, theirs = line["claimed"] or line["implied"], line["others_claimed"] or line["others_implied"]
    return 0 if ours and theirs else 1 if ours else 2


def _names(given: list[str] | None) -> list[str]:
    """The names, each given by itself or several with commas between."""
    return [name for one in given or () for part in one.split(",") if (name := " ".join(part.split()))]


def _title(found: Account | None) -> str:
    return f"As told by {', '.join(found.believed)}" if found and found.believed else "Accounts"


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
