"""Asks what people decided: the decisions, what holds of a thing after them, statements as reviewed, clusters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from onrecord.errors import DecisionError
from onrecord.ledger import tables as t
from onrecord.ledger.deciding import storing
from onrecord.ledger.deciding.looking import places_called, seen
from onrecord.ledger.deciding.paths import Json
from onrecord.ledger.deciding.shape import JUDGEMENTS
from onrecord.ledger.deciding.states import Seen, State, state
from onrecord.model import Decision, Judgement
from onrecord.model import clusters as joined
from onrecord.model import standing as stood

_AT_ONCE = 500
_FEW = 10


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A statement as it stands after review: the newest reading's value with what holds laid over it, and its state.

    ``found`` is false where a later reading does not find it; ``reader`` and ``version`` read the value.
    """

    id: str
    value: Json
    state: State
    document: str
    found: bool
    reader: str
    version: str


def decisions(
    connection: Connection, of: str | None = None, target: str | None = None, by: str | None = None
) -> Iterator[Decision]:
    """The decisions, the earliest first. With ``target`` (an id, or a decision's) also the undos of what is told."""
    c = t.decisions.c
    query = select(t.decisions).order_by(c.at, c.id)
    if target is None:
        given = ((c.of, of), (c.by, by))
        query = query.where(*(column == value for column, value in given if value is not None))
        yield from storing.decisions(connection.execution_options(yield_per=_AT_ONCE), query)
        return
    kinds = [of] if of else [*JUDGEMENTS, "decision"]
    named = (c.of.in_(kinds) & (c.target == target), c.other == target, c.id == target)  # each has an index of its own
    found = {d.id: d for one in named for d in storing.decisions(connection, select(t.decisions).where(one))}
    told = {id_: d for id_, d in found.items() if of in (None, d.of) and by in (None, d.by)}
    after = (d for d in storing.undos(connection, list(told)) if d.id not in told and by in (None, d.by))
    yield from sorted([*told.values(), *after], key=lambda d: (d.at, d.id))


def newest(connection: Connection, by: str) -> Decision | None:
    """The newest decision of a person that is no undo, and is not undone."""
    c = t.decisions.c
    query = select(t.decisions).where(c.by == by, c.judgement != str(Judgement.UNDO)).order_by(c.at.desc(), c.id.desc())
    for d in storing.decisions(connection.execution_options(yield_per=_FEW), query):
        if d.id not in stood.undone(storing.undos(connection, [d.id])):
            return d
    return None


def states(connection: Connection, of: str, targets: Iterable[str] | None = None) -> dict[str, State]:
    """What holds of each target that is on the record; of all that anything was decided on, without ``targets``."""
    if of not in JUDGEMENTS:
        raise DecisionError(f"{of} has no state; one of {', '.join(JUDGEMENTS)}")
    c = t.decisions.c
    if targets is None:
        targets = connection.execute(select(c.target).where(c.of == of).distinct()).scalars().all()
    wanted = list(dict.fromkeys(targets))
    now = seen(connection, of, wanted) if of != "decision" else dict.fromkeys(wanted, Seen({}))
    about = _by_target(storing.about(connection, of, wanted))
    return {id_: state(of, id_, about[id_], now[id_]) for id_ in wanted if id_ in now}


def _by_target(decisions: Iterable[Decision]) -> Mapping[str, list[Decision]]:
    """Decisions by what they are on: both of two that are merged or split, and of an undo what it undoes."""
    found: dict[str, list[Decision]] = defaultdict(list)
    on: dict[str, list[str]] = {}
    for d in decisions:  # an undo comes after what it names
        named = [d.target, *filter(None, [d.other])]
        on[d.id] = on.get(d.target, named) if d.judgement is Judgement.UNDO else named
        for id_ in on[d.id]:
            found[id_].append(d)
    return found


def reviewed(connection: Connection, ids: Iterable[str]) -> dict[str, Reviewed]:
    """Statements as they stand after review, by their ids; those that are not on the record are left out."""
    wanted = list(dict.fromkeys(ids))
    now = seen(connection, "statement", wanted)
    about = _by_target(storing.about(connection, "statement", wanted))
    return {id_: _reviewed(id_, now[id_], about[id_]) for id_ in wanted if id_ in now}


def _reviewed(id_: str, now: Seen, about: list[Decision]) -> Reviewed:
    held = state("statement", id_, about, now)
    return Reviewed(id_, held.value or {}, held, now.document or "", now.found, now.reader or "", now.version or "")


def clusters(connection: Connection, of: str) -> dict[str, str]:
    """For every party, place, claim or statement that people merged or split, the id it goes under."""
    c = t.decisions.c
    edges = select(t.decisions).where(c.of == of, c.judgement.in_([Judgement.MERGE, Judgement.SPLIT]))
    found = list(storing.decisions(connection, edges))
    return joined.clusters([*found, *storing.undos(connection, [d.id for d in found])])


def known_as(connection: Connection) -> dict[str, frozenset[str]]:
    """For every party that people hold to be one with others, the names of all of them."""
    heads = clusters(connection, "party")
    p, wanted = t.parties.c, sorted(heads)
    found: dict[str, set[str]] = defaultdict(set)
    for start in range(0, len(wanted), _AT_ONCE):
        named = select(p.id, p.name).where(p.id.in_(wanted[start : start + _AT_ONCE]))
        for row in connection.execute(named):
            found[heads[row.id]].add(row.name)
    names = {head: frozenset(called - {""}) for head, called in found.items()}
    return {id_: names.get(head, frozenset()) for id_, head in heads.items()}


def days_set(connection: Connection, documents: Collection[str]) -> dict[str, str]:
    """The day of publication (ISO) that people set for documents, a few hundred at a time; empty where they took it
    away."""
    c = t.decisions.c
    on = select(c.target).where(c.of == "document", c.target.in_(documents)).distinct()
    held = states(connection, "document", connection.execute(on).scalars().all())
    return {id_: (one.value or {}).get("published") or "" for id_, one in held.items() if "published" in one.fields}


def undone(connection: Connection) -> set[str]:
    """The ids of all decisions that are undone."""
    c = t.decisions.c
    undos = select(t.decisions).where(c.of == "decision", c.judgement == str(Judgement.UNDO))
    return stood.undone(storing.decisions(connection, undos))


def place_called(connection: Connection, name: str) -> str:
    """The id of the place that is called so, or has this id. Raises DecisionError where there are several, or none."""
    if seen(connection, "place", [name]):
        return name
    found = places_called(connection, name)
    if len(found) != 1:
        told = f"several places are called {name}: give one of {', '.join(found)}" if found else f"no place {name}"
        raise DecisionError(f"{told} in this ledger")
    return found[0]
