"""``onrecord match``, ``claims`` and ``drift``: what is one claim, where it came from, what changed on the way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import closing

from onrecord.cli.faults import say
from onrecord.cli.told import Row, csv_lines, doing, in_parts, looked_up, paragraph, quoted, reference, write
from onrecord.ledger import Ledger, open_ledger
from onrecord.model import Appearance, Claim, Drift, Party
from onrecord.pipeline.comparing import match

_CLAIM = ("id", "claimant", "summary", "statements", "texts", "independent_origins", "origins", "updates")
_DRIFT = ("field", "from_value", "to_value", "class", "from_document", "from_text", "to_document", "to_text")
Found = dict[str, Appearance]


def run_match(place: str) -> None:
    """Matches, and says what is new."""
    with closing(open_ledger(place)) as ledger:
        new = match(ledger, doing)
    if not new:
        say("nothing new: every claim, edge and drift was on the record")
        return
    gone = f", {new.gone:,} no longer found (marked)" if new.gone else ""
    say(f"{new.claims:,} claims, {new.edges:,} edges, {new.drifts:,} drifts new or otherwise than before{gone}")


def print_claims(place: str, format_: str, claimant: str | None, limit: int | None) -> None:
    """The claims, those of most texts first."""
    with closing(open_ledger(place)) as ledger:
        _hint(ledger)
        told = _with_statements(ledger, ledger.claims(claimant=claimant, limit=limit))
        match format_:
            case "jsonl":
                write(json.dumps(_claim(*one), ensure_ascii=False) + "\n" for one in told)
            case "csv":
                write(csv_lines(_CLAIM, (_claim_row(*one) for one in told)))
            case _:
                write(_claim_lines(*one) for one in told)


def print_drift(place: str, format_: str, limit: int | None) -> None:
    """What changed between tellings and retellings."""
    with closing(open_ledger(place)) as ledger:
        _hint(ledger)
        told = _with_both(ledger, ledger.drift(limit=limit))
        match format_:
            case "jsonl":
                write(json.dumps(_drift(*one), ensure_ascii=False) + "\n" for one in told)
            case "csv":
                write(csv_lines(_DRIFT, (_drift_row(*one) for one in told)))
            case _:
                write(_drift_lines(*one) for one in told)


def _hint(ledger: Ledger) -> None:
    if ledger.unmatched():
        say("statements were read or judged since they were last matched; match them with: onrecord match LEDGER")


def _with_statements(ledger: Ledger, claims: Iterable[Claim]) -> Iterator[tuple[Claim, Found]]:
    for some in in_parts(claims):
        found = looked_up(ledger, (id_ for claim in some for id_ in claim.statements))
        yield from ((claim, found) for claim in some)


def _with_both(ledger: Ledger, drifts: Iterable[Drift]) -> Iterator[tuple[Drift, Found]]:
    for some in in_parts(drifts):
        found = looked_up(ledger, (id_ for drift in some for id_ in (drift.from_, drift.to)))
        yield from ((drift, found) for drift in some)


# --- claims ------------------------------------------------------------------------------------------------------


def _claim(claim: Claim, found: Found) -> Row:
    """A claim as DESIGN.md has it."""
    return {
        "id": claim.id,
        "claimant": _claimant(claim.claimant),
        "summary": claim.summary,
        "statements": [reference(id_, found) for id_ in claim.statements],
        "origins": [
            {"party": origin.party, "document": origin.document, "said": origin.said and origin.said.isoformat()}
            for origin in claim.origins
        ],
        "independent_origins": claim.independent_origins,
        "texts": claim.texts,
        "updates": [
            {"from": reference(one.from_, found), "to": reference(one.to, found), "why": one.why}
            for one in claim.updates
        ],
    }


def _claimant(parties: tuple[Party, ...]) -> Row | list[Row] | None:
    """None for the author's own, one party or a list, as in the contract."""
    told = [{"id": p.id, "name": p.name, "kind": str(p.kind), "role": p.role, "side": p.side} for p in parties]
    return told if len(told) > 1 else told[0] if told else None


def _claim_row(claim: Claim, found: Found) -> Row:
    return {
        "id": claim.id,
        "claimant": _names(claim),
        "summary": claim.summary,
        "statements": "; ".join(claim.statements),
        "texts": claim.texts,
        "independent_origins": claim.independent_origins,
        "origins": "; ".join(f"{origin.party} ({origin.document})" for origin in claim.origins),
        "updates": "; ".join(f"{one.from_} to {one.to}: {one.why}" for one in claim.updates),
    }


def _claim_lines(claim: Claim, found: Found) -> str:
    """A claim in words: what, who, how many texts and origins, and how it was revised."""
    sides = ", ".join(dict.fromkeys(party.side for party in claim.claimant if party.side))
    who = f"{_names(claim) or 'the author'}{f' ({sides})' if sides else ''}"
    origins = _many(claim.independent_origins, "independent origin")
    head = f"{claim.id} · {who} · {_many(claim.texts, 'text')}, {origins}"
    lines = [f"“{claim.summary}”"]
    lines += [f"from {origin.party}{f', said {origin.said}' if origin.said else ''}" for origin in claim.origins]
    lines += [f"in {quoted(id_, found, 160)}" for id_ in claim.statements[:6] if len(claim.statements) > 1]
    lines += [f"and in {len(claim.statements) - 6:,} more statements"] if len(claim.statements) > 6 else []
    lines += [f"revised: {quoted(one.to, found, 120)} ({one.why})" for one in claim.updates]
    return paragraph(head, lines)


def _names(claim: Claim) -> str:
    return "; ".join(party.name for party in claim.claimant)


def _many(number: int, one: str) -> str:
    return f"{number:,} {one}{'' if number == 1 else 's'}"


# --- drift -------------------------------------------------------------------------------------------------------


def _drift(drift: Drift, found: Found) -> Row:
    """A drift as DESIGN.md has it, with the spans of both values."""
    return {
        "from": reference(drift.from_, found),
        "to": reference(drift.to, found),
        "field": drift.field,
        "from_value": drift.from_value,
        "to_value": drift.to_value,
        "class": str(drift.class_),
        "from_spans": [[start, end] for start, end in drift.from_spans],
        "to_spans": [[start, end] for start, end in drift.to_spans],
    }


def _drift_row(drift: Drift, found: Found) -> Row:
    told, retold = found.get(drift.from_), found.get(drift.to)
    return {
        "field": drift.field,
        "from_value": drift.from_value,
        "to_value": drift.to_value,
        "class": str(drift.class_),
        "from_document": told and (told.key or told.document),
        "from_text": told and told.statement.content.text,
        "to_document": retold and (retold.key or retold.document),
        "to_text": retold and retold.statement.content.text,
    }


def _drift_lines(drift: Drift, found: Found) -> str:
    """A drift in words: which field, from what to what, and both statements."""
    head = f"{drift.field} ({drift.class_}): {drift.from_value or 'nothing'} → {drift.to_value or 'nothing'}"
    return paragraph(head, [f"told in {quoted(drift.from_, found)}", f"retold in {quoted(drift.to, found)}"])
