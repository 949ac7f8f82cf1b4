"""What two values of a field have to say alike to mean the same: spans and marks aside, names without their dress."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from onrecord.ledger.deciding.paths import Json, Path
from onrecord.ledger.rows import compact
from onrecord.model import normalised

STATEMENT = (
    "content", "cue", "source", "claimant", "relays", "channel", "act", "quotation", "factuality", "said", "within",
    "caveats", "figures", "places",
)  # fmt: skip
"""The fields of a statement that a person decides on."""
CAVEAT = ("text", "kind", "certain", "covers")
"""The fields of a caveat that a person decides on."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that reads otherwise: ``was`` when it was decided, ``now`` in the newest reading."""

    field: str
    was: Any
    now: Any


def same(at: Path, one: Any, other: Any) -> bool:
    """Whether two values mean the same there."""
    field = at.part or (f"one of {at.field}" if at.words else at.field)
    return bool(one == other or meaning(field, one) == meaning(field, other))


def meaning(field: str, value: Any) -> Any:
    """What of the value must be the same: readers may cut the same words a comma longer."""
    of = _MEANINGS.get(field)
    return value if of is None or value is None else of(value)


def several(value: Any) -> list[Any]:
    """None, one value or a list of them, as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _words(value: Any) -> Any:
    return normalised(value["text"] if isinstance(value, dict) else value)


def _content(value: Any) -> Any:
    return _words(value).removeprefix("that ")  # which some readers count to what is said, and some to the cue


def _period(value: Json) -> Any:
    return [value.get(name) for name in ("earliest", "latest", "precision")]


def _parties(value: Any) -> Any:
    return [[normalised(p.get("name") or ""), *(p.get(n) for n in ("kind", "role", "side"))] for p in several(value)]


def _relays(value: Any) -> Any:
    return [[normalised(one.get("name") or ""), one.get("certain")] for one in several(value)]


def _figure(value: Json) -> Any:
    left_out = ("spans", "text", "candidates")
    return {name: meaning(name, one) for name, one in value.items() if name not in left_out}


def _place(value: Json) -> Any:
    return [normalised(value.get("name") or ""), value.get("kind"), value.get("geonameid")]


def _whatever_order(of: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def all_of(values: Iterable[Any]) -> Any:
        return sorted({compact(of(one)) for one in several(values)})

    return all_of


_MEANINGS: dict[str, Callable[[Any], Any]] = {
    "content": _content,
    "cue": _words,
    "source": _words,
    "text": _words,
    "claimant": _parties,
    "relays": _relays,
    "one of relays": _relays,
    "one of figures": _figure,
    "one of places": _place,
    "said": _period,
    "period": _period,
    "against": _period,
    "caveats": _whatever_order(str),
    "covers": _whatever_order(str),
    "figures": _whatever_order(_figure),
    "places": _whatever_order(_place),
}
