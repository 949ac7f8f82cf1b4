"""Keeps what a run of the matcher found, as far as it is new, and asks for claims, edges and drift."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, Select, and_, exists, func, or_, select, tuple_

from onrecord.ledger import tables as t
from onrecord.ledger.adding import Batch
from onrecord.ledger.chain import Row
from onrecord.ledger.changes import Key, changed, next_nth, standing_rows, stands
from onrecord.ledger.growing import growth
from onrecord.ledger.rows import Laid, compact, iso
from onrecord.model import Claim, Drift, DriftClass, Edge, Origin, Party, Span, Update, digest

_EDGE = ("one", "other")
_PAGE = 300
_JUDGED = ("statement", "claim", "party", "document", "decision")


@dataclass(frozen=True, slots=True)
class Matched:
    """What a run brought: how many of each are new or otherwise than before, and how many are no longer found."""

    claims: int = 0
    edges: int = 0
    drifts: int = 0
    gone: int = 0

    def __bool__(self) -> bool:
        return any((self.claims, self.edges, self.drifts, self.gone))


def keep_matching(
    connection: Connection,
    matcher: tuple[str, str],
    edges: Iterable[Edge],
    claims: Iterable[Claim],
    drifts: Iterable[Drift],
) -> Matched:
    """Keeps a run of ``matcher`` (its name and version) as one batch: only what it has otherwise than what stands.

    A run over what was matched already writes nothing at all.
    """
    new_edges = {_edge_key(edge): _edge(edge) for edge in edges}
    new_claims = {(claim.id,): _claim(claim) for claim in claims}
    new_drifts = dict(_drifts(drifts))
    changes = (
        (t.edges, *_changed(connection, new_edges, t.edges, _EDGE)),
        (t.claims, *changed(new_claims, _standing_claims(connection))),
        (t.drifts, *_changed(connection, new_drifts, t.drifts, ("id",))),
    )
    if not any(fresh or lost for _, fresh, lost in changes) and not unmatched(connection):
        return Matched()
    batch = Batch(connection)
    nth = next_nth(connection, t.matchings)
    run = digest(compact([*matcher, batch.n, nth]))[:16]
    told = {"id": run, "nth": nth, "matcher": matcher[0], "version": matcher[1], "upto": batch.n - 1}
    batch.add(None, iter([(t.matchings, told)]))
    new = {t.edges.name: new_edges, t.claims.name: new_claims, t.drifts.name: new_drifts}
    for table, fresh, lost in changes:
        batch.add(None, (one for key in fresh for one in _rows(table.name, run, nth, False, new[table.name][key])))
        batch.add(None, (one for _, row in lost for one in _rows(table.name, run, nth, True, row)))
    batch.close()
    return Matched(len(changes[1][1]), len(changes[0][1]), len(changes[2][1]), sum(len(lost) for _, _, lost in changes))


def unmatched(connection: Connection) -> bool:
    """Whether statements were read, judged by people or taken out after the last run of the matcher."""
    last = connection.execute(select(func.max(t.matchings.c.upto))).scalar() or 0
    grown = {table for _, tables in growth(connection, last) for table in tables}
    r, d = t.readings.c, t.decisions.c
    told = exists().where(t.statement_values.c.document == r.document)
    read = select(r.id).where(r.batch > last, told).limit(1)
    judged = select(d.id).where(d.batch > last, d.of.in_(_JUDGED)).limit(1)
    taken = select(t.redactions.c.document).where(t.redactions.c.batch > last).limit(1)
    queries = {t.readings: read, t.decisions: judged, t.redactions: taken}
    return any(table.name in grown and connection.execute(query).first() for table, query in queries.items())


def claims(
    connection: Connection,
    *,
    ids: Sequence[str] | None = None,
    claimant: str | None = None,
    statement: str | None = None,
    after: str | None = None,
    limit: int | None = None,
) -> Iterator[Claim]:
    """The claims that stand, those of most texts first; narrowed to those by a claimant or with a statement.

    ``claimant`` is a part of a name, in capitals or not. Pages go on ``after`` the id of the last claim.
    """
    c = t.claims.c
    query = select(t.claims).where(stands(t.claims)).order_by(c.texts.desc(), c.id.desc())
    if ids is not None:
        query = query.where(c.id.in_(ids))
    if claimant:
        query = query.where(func.lower(c.claimant).contains(claimant.lower(), autoescape=True))
    if statement:
        member = t.claim_statements.c
        held = connection.execute(select(member.claim, member.matching).where(member.statement == statement)).all()
        query = query.where(c.id.in_([row.claim for row in held]))  # by index, which pairs are not looked up by
        query = query.where(tuple_(c.id, c.matching).in_([(row.claim, row.matching) for row in held]))
    if after:
        last = connection.execute(select(c.texts).where(c.id == after, stands(t.claims))).scalar()
        query = query.where(or_(c.texts < last, and_(c.texts == last, c.id < after))) if last is not None else query
    rows = _in_pages(connection, query.limit(limit) if limit is not None else query)
    for some in rows:
        members = _members(connection, [(row["id"], row["matching"]) for row in some])
        yield from (_claim_of(row, members.get(row["id"], ())) for row in some)


def edges(connection: Connection, statement: str | None = None) -> Iterator[Edge]:
    """The edges that stand, all or those of a statement, the strongest first."""
    e = t.edges.c
    query = select(t.edges).where(stands(t.edges, _EDGE)).order_by(e.score.desc(), e.one, e.other)
    if statement:
        query = query.where(or_(e.one == statement, e.other == statement))
    for some in _in_pages(connection, query):
        for row in some:
            yield Edge(row["one"], row["other"], row["score"], tuple(msgspec.json.decode(row["reasons"])))


def drift(
    connection: Connection,
    statement: str | Sequence[str] | None = None,
    *,
    after: str | None = None,
    limit: int | None = None,
) -> Iterator[Drift]:
    """The drifts that stand, all or those that a statement, or one of several, has a part in.

    Pages go on ``after`` ``drift_id``.
    """
    d = t.drifts.c
    query = select(t.drifts).where(stands(t.drifts)).order_by(d.id)
    if statement:
        ids = [statement] if isinstance(statement, str) else statement
        query = query.where(or_(d.told.in_(ids), d.retold.in_(ids)))
    if after:
        query = query.where(d.id > after)
    for some in _in_pages(connection, query.limit(limit) if limit is not None else query):
        yield from map(_drift_of, some)


def drift_id(drift: Drift, nth: int = 0) -> str:
    """The id of a drift: of its two statements, its field, and which one of those it is."""
    return digest(compact(["drift", drift.from_, drift.to, drift.field, nth]))[:16]


def _in_pages(connection: Connection, query: Select[Any]) -> Iterator[Sequence[RowMapping]]:
    with closing(connection.execute(query.execution_options(yield_per=_PAGE))) as result:
        yield from result.mappings().partitions(_PAGE)


# --- rows --------------------------------------------------------------------------------------------------------


def _changed(
    connection: Connection, new: Mapping[Key, Row], table: Any, key: tuple[str, ...]
) -> tuple[list[Key], list[tuple[Key, Row]]]:
    return changed(new, standing_rows(connection, table, key))


def _rows(table: str, run: str, nth: int, gone: bool, row: Row) -> Laid:
    """The rows of an edge, a drift, or a claim with its statements."""
    kept = {name: value for name, value in row.items() if name != "statements"}
    yield t.metadata.tables[table], {**kept, "matching": run, "nth": nth, "gone": gone}
    if table == t.claims.name and not gone:
        for n, statement in enumerate(row["statements"]):
            yield t.claim_statements, {"claim": row["id"], "matching": run, "n": n, "statement": statement}


def _edge_key(edge: Edge) -> Key:
    return min(edge.one, edge.other), max(edge.one, edge.other)


def _edge(edge: Edge) -> Row:
    one, other = _edge_key(edge)
    return {"one": one, "other": other, "score": float(edge.score), "reasons": compact(edge.reasons)}


def _claim(claim: Claim) -> Row:
    return {
        "id": claim.id,
        "claimant": "; ".join(party.name for party in claim.claimant),
        "parties": compact(claim.claimant),
        "summary": claim.summary,
        "origins": compact([[o.party, o.document, iso(o.said)] for o in claim.origins]),
        "independent": claim.independent_origins,
        "texts": claim.texts,
        "updates": compact([[u.from_, u.to, u.why] for u in claim.updates]),
        "statements": claim.statements,
    }


def _standing_claims(connection: Connection) -> Iterator[tuple[Key, Row]]:
    """The claims that stand, with their statements."""
    c, member = t.claims.c, t.claim_statements.c
    asked = (
        select(member.claim, member.statement)
        .join_from(t.claims, t.claim_statements, and_(member.claim == c.id, member.matching == c.matching))
        .where(stands(t.claims))
        .order_by(member.claim, member.n)
    )
    members: dict[str, list[str]] = {}
    for claim, statement in connection.execute(asked.execution_options(yield_per=_PAGE)):
        members.setdefault(claim, []).append(statement)
    for key, row in standing_rows(connection, t.claims):
        yield key, {**row, "statements": tuple(members.get(row["id"], ()))}


def _members(connection: Connection, claims: Sequence[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    member, wanted = t.claim_statements.c, set(claims)
    asked = select(member.claim, member.matching, member.statement).where(member.claim.in_([id_ for id_, _ in claims]))
    found: dict[str, list[str]] = {}
    for claim, matching, statement in connection.execute(asked.order_by(member.claim, member.matching, member.n)):
        if (claim, matching) in wanted:
            found.setdefault(claim, []).append(statement)
    return {claim: tuple(statements) for claim, statements in found.items()}


def _claim_of(row: RowMapping, statements: tuple[str, ...]) -> Claim:
    return Claim(
        id=row["id"],
        claimant=tuple(msgspec.convert(_decoded(row["parties"]), list[Party])),
        summary=row["summary"],
        statements=statements,
        origins=tuple(Origin(party, document, _day(said)) for party, document, said in _decoded(row["origins"])),
        independent_origins=row["independent"],
        texts=row["texts"],
        updates=tuple(Update(*update) for update in _decoded(row["updates"])),
    )


def _drifts(drifts: Iterable[Drift]) -> Iterator[tuple[Key, Row]]:
    """Each drift under an id of its own; several of one field between two statements are told apart by their order."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for one in sorted(drifts, key=lambda d: (d.from_, d.to, d.field, d.from_spans, d.to_spans, str(d.to_value))):
        between = one.from_, one.to, one.field
        id_ = drift_id(one, seen[between])
        seen[between] += 1
        yield (
            (id_,),
            {
                "id": id_,
                "told": one.from_,
                "retold": one.to,
                "field": one.field,
                "from_value": one.from_value,
                "to_value": one.to_value,
                "class": str(one.class_),
                "from_spans": compact(one.from_spans),
                "to_spans": compact(one.to_spans),
            },
        )


def _drift_of(row: RowMapping) -> Drift:
    return Drift(
        row["told"],
        row["retold"],
        row["field"],
        row["from_value"],
        row["to_value"],
        DriftClass(row["class"]),
        tuple(Span(*span) for span in _decoded(row["from_spans"])),
        tuple(Span(*span) for span in _decoded(row["to_spans"])),
    )


def _decoded(text: str | None) -> Any:
    """JSON text as a value; an empty list where a redaction left nothing."""
    return msgspec.json.decode(text) if text else []


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
