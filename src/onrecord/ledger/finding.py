"""Keeps findings as far as they are new, and asks for them with the state that people's decisions give them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, select, tuple_

from onrecord.contract import statement_values
from onrecord.ledger import tables as t
from onrecord.ledger.adding import Batch
from onrecord.ledger.appearing import appearances
from onrecord.ledger.chain import Row
from onrecord.ledger.changes import changed, newest, next_nth, standing_rows
from onrecord.ledger.deciding import Status, states
from onrecord.ledger.rows import Json, Laid, compact, iso
from onrecord.model import Appearance, Finding, FindingKind, FindingState, digest

_PAGE = 200
_BY_STATUS = {
    Status.CONFIRMED: FindingState.CONFIRMED,
    Status.DISMISSED: FindingState.DISMISSED,
    Status.REOPENED: FindingState.STALE,
}
_RESTS_ON = ("id", "claimant", "factuality", "said", "figures", "within")


@dataclass(frozen=True, slots=True)
class NewFindings:
    """What a check brought: how many findings are new or rest on other values now, and how many no longer hold."""

    new: int = 0
    gone: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.gone)


def keep_findings(connection: Connection, found: Iterable[Finding]) -> NewFindings:
    """Keeps the findings of a check as one batch: only those that it has otherwise than they stand.

    A check that finds what is there already writes nothing at all.
    """
    every = list({one.id: one for one in found}.values())
    rests = _inputs(connection, every)
    new = {(one.id,): _row(one, rests[one.id]) for one in every}
    fresh, lost = changed(new, standing_rows(connection, t.findings))
    if not fresh and not lost:
        return NewFindings()
    batch = Batch(connection)
    nth = next_nth(connection, t.findings)
    there = _with_statements(connection, [key[0] for key in fresh])
    by_id = {one.id: one for one in every}
    for (id_,) in fresh:
        batch.add(None, _rows(new[(id_,)], nth, () if (id_, rests[id_]) in there else by_id[id_].statements))
    for _, row in lost:
        batch.add(None, iter([(t.findings, {**row, "nth": nth, "gone": True})]))
    batch.close()
    return NewFindings(len(fresh), len(lost))


def findings(
    connection: Connection,
    *,
    kind: FindingKind | str | None = None,
    state: FindingState | str | None = None,
    statement: str | Sequence[str] | None = None,
    series: str | None = None,
    ids: Sequence[str] | None = None,
    after: tuple[str, str] | None = None,
    limit: int | None = None,
) -> Iterator[Finding]:
    """The findings in their newest form, by kind and id, each with its state.

    A finding is stale where a person decided on it and it rests on other values now, or where it rests on values that
    the record no longer has: check again. Pages go on ``after`` the kind and id of the last one.
    """
    f = t.findings.c
    query = select(t.findings).where(newest(t.findings)).order_by(f.kind, f.id)
    if kind:
        query = query.where(f.kind == str(kind))
    if ids is not None:
        query = query.where(f.id.in_(ids))
    if statement:
        s = t.finding_statements.c
        of = [statement] if isinstance(statement, str) else statement
        held = connection.execute(select(s.finding, s.inputs).where(s.statement.in_(of)).distinct()).all()
        query = query.where(f.id.in_([row.finding for row in held]))  # by index, which pairs are not looked up by
        query = query.where(tuple_(f.id, f.inputs).in_([(row.finding, row.inputs) for row in held]))
    if series:
        query = query.where(f.series.contains(compact(series), autoescape=True))
    if after:
        query = query.where((f.kind > after[0]) | ((f.kind == after[0]) & (f.id > after[1])))
    if state in (FindingState.CONFIRMED, FindingState.DISMISSED):
        query = query.where(f.id.in_(select(t.decisions.c.target).where(t.decisions.c.of == "finding")))
    if state is None and limit is not None:
        query = query.limit(limit)
    told = 0
    size = _PAGE if limit is None else max(1, min(_PAGE, limit))
    with closing(connection.execute(query.execution_options(yield_per=size))) as result:
        for rows in result.mappings().partitions(size):
            for one in _stated(connection, rows):
                if state is None or one.state == state:
                    if told == limit:
                        return
                    told += 1
                    yield one


def _stated(connection: Connection, rows: Sequence[RowMapping]) -> Iterator[Finding]:
    """The findings of a page, each with its state."""
    members = _members(connection, rows)
    told = [_finding(row, members.get((row["id"], row["inputs"]), ())) for row in rows]
    now = _inputs(connection, told)
    held = states(connection, "finding", [row["id"] for row in rows])
    for one, row in zip(told, rows, strict=True):
        decided = _BY_STATUS.get(held[one.id].status, FindingState.OPEN)
        stale = row["gone"] or now[one.id] != row["inputs"]
        yield replace(one, state=FindingState.STALE if stale else decided)


def _inputs(connection: Connection, found: Iterable[Finding]) -> dict[str, str]:
    """For every finding the hash of what it rests on, as the record has it now."""
    every = list(found)
    wanted = dict.fromkeys(statement for one in every for statement in one.statements)
    values = {appearance.statement.id: _value(appearance) for appearance in appearances(connection, list(wanted))}
    return {one.id: digest(compact([[values.get(s) for s in one.statements], one.series]))[:16] for one in every}


def _value(appearance: Appearance) -> Json:
    """Of a statement, what findings rest on."""
    told = statement_values(appearance.statement)
    parties = [(party.name, party.side) for party in appearance.statement.claimant]
    return {
        **{name: told[name] for name in _RESTS_ON},
        "claimant": parties,
        "published": iso(appearance.published),
        "hedged": appearance.hedged,
    }


# --- rows --------------------------------------------------------------------------------------------------------


def _row(one: Finding, inputs: str) -> Row:
    return {
        "id": one.id,
        "inputs": inputs,
        "kind": str(one.kind),
        "assumptions": compact(one.assumptions),
        "arithmetic": one.arithmetic,
        "text": one.text,
        "series": compact(one.series),
        "hedges": compact(one.hedges),
        "asks": one.asks,
        "fits": one.fits,
    }


def _rows(row: Row, nth: int, statements: Sequence[str]) -> Laid:
    yield t.findings, {**row, "nth": nth, "gone": False}
    for n, statement in enumerate(statements):
        yield t.finding_statements, {"finding": row["id"], "inputs": row["inputs"], "n": n, "statement": statement}


def _with_statements(connection: Connection, ids: Sequence[str]) -> set[tuple[str, str]]:
    """The findings, by id and inputs, that the record has the statements of: they may come back as they were."""
    s = t.finding_statements.c
    found: set[tuple[str, str]] = set()
    for at in range(0, len(ids), _PAGE):
        asked = select(s.finding, s.inputs).where(s.finding.in_(ids[at : at + _PAGE])).distinct()
        found |= {(finding, inputs) for finding, inputs in connection.execute(asked)}
    return found


def _members(connection: Connection, rows: Sequence[RowMapping]) -> dict[tuple[str, str], tuple[str, ...]]:
    s = t.finding_statements.c
    asked = select(s.finding, s.inputs, s.statement).where(s.finding.in_([row["id"] for row in rows]))
    found: dict[tuple[str, str], list[str]] = {}
    for finding, inputs, statement in connection.execute(asked.order_by(s.finding, s.inputs, s.n)):
        found.setdefault((finding, inputs), []).append(statement)
    return {key: tuple(statements) for key, statements in found.items()}


def _finding(row: RowMapping, statements: tuple[str, ...]) -> Finding:
    return Finding(
        row["id"],
        FindingKind(row["kind"]),
        statements,
        tuple(_decoded(row["assumptions"])),
        row["arithmetic"],
        row["text"],
        tuple(_decoded(row["series"])),
        tuple(_decoded(row["hedges"])),
        row["asks"],
        fits=row["fits"],
    )


def _decoded(text: str | None) -> Any:
    """JSON text as a value; an empty list where a redaction left nothing."""
    return msgspec.json.decode(text) if text else []
