"""What a page asks of the ledger, as its address says it: the conditions on statements, and links that change one."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Query, Request

from onrecord.ledger import Near, Where
from onrecord.web.state import address

LONGEST = 300  # characters of a condition
Text = Annotated[str | None, Query(max_length=LONGEST)]
Code = Annotated[str | None, Query(max_length=40)]

NAMES = {
    "claimant": "claimant",
    "relay": "by way of",
    "side": "side",
    "measure": "measure",
    "place": "place like",
    "place_name": "place",
    "act": "act",
    "factuality": "as presented",
    "quotation": "quotation",
    "caveat": "caveat",
    "state": "review",
    "finding": "findings",
    "document": "document",
    "publisher": "publisher",
    "text": "words",
    "said_from": "said from",
    "said_to": "said to",
    "about_from": "about from",
    "about_to": "about to",
    "near": "near",
}
"""What the conditions are called on a page."""


def asked(
    text: Text = None,
    claimant: Text = None,
    relay: Text = None,
    side: Code = None,
    measure: Text = None,
    place: Text = None,
    place_name: Text = None,
    act: Code = None,
    factuality: Code = None,
    quotation: Code = None,
    caveat: Code = None,
    state: Code = None,
    finding: Code = None,
    document: Text = None,
    publisher: Text = None,
    said_from: date | None = None,
    said_to: date | None = None,
    about_from: date | None = None,
    about_to: date | None = None,
    near: Annotated[str | None, Query(max_length=60, pattern=r"^-?[\d.]+,-?[\d.]+,[\d.]+$")] = None,
) -> Where:
    """The conditions in an address; ``near`` is latitude, longitude and kilometres with commas between."""
    given = {name: value or None for name, value in locals().items() if name != "near"}
    return Where(**given, near=_near(near))


Asked = Annotated[Where, Depends(asked)]


def _near(text: str | None) -> Near | None:
    parts = (text or "").split(",")
    try:
        lat, lon, km = (float(part) for part in parts)
    except ValueError:
        return None
    return Near(lat, lon, km) if abs(lat) <= 90 and abs(lon) <= 180 and 0 < km <= 20_040 else None


def chosen(request: Request, where: Where) -> list[tuple[str, str, str]]:
    """The conditions that hold on a page: what each is called, its value, and the address without it."""
    held = ((one.name, getattr(where, one.name)) for one in fields(where))
    return [(NAMES[name], _shown(value), address(request, **{name: None})) for name, value in held if value is not None]


def _shown(value: Any) -> str:
    if isinstance(value, Near):
        return f"{value.km:g} km of {value.lat:g}, {value.lon:g}"
    return str(value)
