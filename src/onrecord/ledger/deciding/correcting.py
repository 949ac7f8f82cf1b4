"""Checks a corrected value: a field of the contract, of the right shape, standing on words of its document.

What a person types may be short: the words for a content, cue or source, a name for a claimant or relay, a day, month
or year for a period. It is kept in the contract's shape, in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import msgspec

from onrecord.contract import statement_from, statement_values
from onrecord.errors import DecisionError
from onrecord.ledger.deciding.meanings import CAVEAT, STATEMENT, several
from onrecord.ledger.deciding.paths import Json, Path, laid, path, spans_of, told
from onrecord.ledger.laying import Spans
from onrecord.model import Act, Document, Factuality, Precision, Quotation, Words, normalised, party_id

_CHOICES = {"act": Act, "quotation": Quotation, "factuality": Factuality}
_ANCHORED = ("content", "cue", "source", "figures", "places")
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_PERIODS = ("said", "period", "against")


@dataclass(frozen=True, slots=True)
class Around:
    """What a correction stands in: the document's id and text, the newest value, the parties named in the document."""

    document: str
    text: str
    value: Json
    parties: Mapping[str, Json] = field(default_factory=dict)


def corrected(of: str, at: str, given: Any, around: Around) -> Any:
    """The value that a person gave for the field ``at``, in the contract's shape.

    Raises DecisionError for a field that is none, or a value of another shape.
    """
    if of == "statement":
        return _of_statement(path(at), given, around)
    if of == "document" and at == "published":
        return _day(given)
    if of == "caveat" and at in CAVEAT and at != "text":
        return _of_caveat(at, given, around)
    raise DecisionError(f"{at} is no field of a {of} that can be corrected")


def _of_statement(at: Path, given: Any, around: Around) -> Any:
    if at.field not in STATEMENT:
        raise DecisionError(f"{at.field} is no field that can be corrected; one of {', '.join(STATEMENT)}")
    _refuse_part(at, told(around.value, Path(at.field, at.words)))
    whole = _in_full(at, given, around)
    try:
        read = statement_from(laid(around.value, at, whole))
        new = told(msgspec.to_builtins(statement_values(read)), at)
    except (ValueError, TypeError, KeyError, AttributeError, msgspec.ValidationError) as error:
        raise DecisionError(f"{at}: {_why(at, error)}") from None
    _refuse_unknown(at, whole, new)
    for spans, text in _anchors(at, new):
        if not _stands(spans, text, around.text):
            raise DecisionError(f"{at}: {_quoted(text)} does not stand on the spans it names; leave the text out")
    return new


def _refuse_part(at: Path, of: Any) -> None:
    whole = Path(at.field, at.words)
    if at.part and of is None:
        raise DecisionError(f"{at}: nothing is read there; give the whole of it as {whole}")
    if at.part and (at.part in ("spans", "text") or at.part not in of):
        can = ", ".join(name for name in of if name not in ("spans", "text"))
        raise DecisionError(f"{at}: {at.part} cannot be corrected; one of {can}, or the whole as {whole}")


def _stands(spans: Spans, text: str, document: str) -> bool:
    inside = bool(spans) and all(0 <= start < end <= len(document) for start, end in spans)
    return inside and Words.of(document, spans).text == text


def _why(at: Path, error: Exception) -> str:
    choices = _CHOICES.get(at.field)
    if choices and not at.words:
        return f"it is one of {', '.join(choices)}"
    return " ".join(str(error).split()) or "it has another shape"


def _refuse_unknown(at: Path, given: Any, new: Any) -> None:
    """A misspelt name of a field must not be passed over."""
    for one, kept in zip(several(given), several(new), strict=False):
        if isinstance(one, dict) and isinstance(kept, dict):
            if unknown := sorted(one.keys() - kept.keys()):
                raise DecisionError(f"{at}: it has no {unknown[0]}; its fields are {', '.join(kept)}")
            for name, value in one.items():
                _refuse_unknown(at, value, kept[name])


def _anchors(at: Path, new: Any) -> Iterator[tuple[Spans, str]]:
    if at.part is None and at.field in _ANCHORED:
        for one in several(new):
            yield spans_of(one), one["text"]


# --- what a person may leave out ---------------------------------------------------------------------------------


def _in_full(at: Path, given: Any, around: Around) -> Any:
    """The value with all that can be told from the document."""
    kind = at.part or at.field
    if isinstance(given, list) and not at.words:
        return [_one(kind, one, at, around) for one in given]
    whole = _one(kind, given, at, around)
    return whole if at.words or at.field not in ("relays", "figures", "places", "caveats") else several(whole)


def _one(kind: str, given: Any, at: Path, around: Around) -> Any:
    if given is None:
        return None
    if kind in _PERIODS:
        return _period(given, told(around.value, at)) if isinstance(given, str) else given
    if at.part:
        return given
    step = _STEPS.get(kind)
    return step(given, around) if step else given


def _party(given: Any, around: Around) -> Any:
    if isinstance(given, str):
        known = around.parties.get(normalised(given))
        if known is None:
            raise DecisionError(
                f"claimant: no party of this document is called {given}; "
                'give it as {"name": …, "kind": "person", "role": …, "side": …}'
            )
        return known
    if isinstance(given, dict) and isinstance(given.get("name"), str) and not given.get("id"):
        return {**given, "id": _party_of(given["name"], around)}
    return given


def _party_of(name: str, around: Around) -> str:
    known = around.parties.get(normalised(name))
    return str(known["id"]) if known else party_id(Document(around.text), name)


def _anchored(given: Any, around: Around) -> Any:
    """Words of the text with their spans: given as either."""
    if isinstance(given, str):
        spans = _found(given, around)
        return {"spans": spans, "text": given}
    if isinstance(given, dict) and "text" not in given and "spans" in given:
        return {**given, "text": _under(given["spans"], around)}
    return given


def _relay(given: Any, around: Around) -> Any:
    return {"name": given, "spans": _found(given, around)} if isinstance(given, str) else given


def _found(words: str, around: Around) -> list[list[int]]:
    """Where the words stand, the nearest to the statement."""
    spans = spans_of(around.value.get("content") or around.value)
    near = spans[0][0] if spans else 0
    at = [found.start() for found in re.finditer(re.escape(words), around.text)] if words else []
    if not at:
        raise DecisionError(f"{_quoted(words)} does not stand in the text; give words as they are printed")
    start = min(at, key=lambda start: (abs(start - near), start))
    return [[start, start + len(words)]]


def _quoted(text: str) -> str:
    return f"“{' '.join(text[:60].split())}”"


def _under(spans: Any, around: Around) -> str:
    try:
        return Words.of(around.text, ((int(start), int(end)) for start, end in spans)).text
    except (TypeError, ValueError):
        raise DecisionError("spans are pairs of numbers: [[start, end], …]") from None


_STEPS: dict[str, Callable[[Any, Around], Any]] = {
    "claimant": _party,
    "content": _anchored,
    "cue": _anchored,
    "source": _anchored,
    "figures": _anchored,
    "places": _anchored,
    "relays": _relay,
}


def _period(given: str, before: Json | None) -> Json:
    """The days of ``2023-03-07``, ``2023-03``, ``2023`` or two of them with a slash between (EDTF), either empty.

    The words stay those that the period was read from.
    """
    first, slash, last = given.strip().partition("/")
    earliest = _bounds(first)[0] if first else None
    latest = _bounds(last or first)[1] if last or not slash else None
    if (earliest is None and latest is None) or (earliest and latest and earliest > latest):
        raise DecisionError(f"{given}: no period; write 2023-03-07, 2023-03, 2023 or 2023-03-01/2023-03-07")
    precision = Precision.RANGE if slash else (Precision.YEAR, Precision.MONTH, Precision.DAY)[first.count("-")]
    if slash and (earliest is None or latest is None):
        precision = Precision.UNKNOWN
    of = before or {}
    return {
        "earliest": earliest and earliest.isoformat(),
        "latest": latest and latest.isoformat(),
        "precision": str(precision),
        "text": of.get("text", ""),
        "spans": of.get("spans", []),
    }


def _bounds(text: str) -> tuple[date, date]:
    """The first and last day of a day, month or year."""
    found = _DAY.fullmatch(text.strip())
    try:
        if found:
            year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
            first = date(year, month, day)
            if found[3]:
                return first, first
            after = date(year + month // 12, month % 12 + 1, 1) if found[2] else date(year + 1, 1, 1)
            return first, after - timedelta(days=1)
    except ValueError:
        pass
    raise DecisionError(f"{text}: no period; write 2023-03-07, 2023-03, 2023 or 2023-03-01/2023-03-07")


def _day(given: Any) -> str:
    try:
        return date.fromisoformat(given).isoformat()
    except (TypeError, ValueError):
        raise DecisionError(f"published: {given} is no day; write 2023-03-07") from None


def _of_caveat(at: str, given: Any, around: Around) -> Any:
    match at, given:
        case ("kind", str()) | ("certain", bool()):
            return given
        case "covers", list() if all(isinstance(one, str) for one in given):
            return given
    kinds = {"kind": "a word", "certain": "true or false", "covers": "a list of statement ids"}
    raise DecisionError(f"{at}: it is {kinds[at]}")
