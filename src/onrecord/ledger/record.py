"""The ledger as its users know it: open it, add to it, ask it, prove it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from onrecord.errors import DecisionError, DocumentError
from onrecord.ledger import appearing, asking, claiming, deciding, finding, observing
from onrecord.ledger.adding import Added, Entry, add_batch, to_read
from onrecord.ledger.asking import Claimed, Counts, Found, FoundFigure, Listed, Spotted, Where
from onrecord.ledger.asking.querying import SECONDS, Answer, query
from onrecord.ledger.asking.showing import Shown, show
from onrecord.ledger.claiming import Matched
from onrecord.ledger.copies import Copy, copies
from onrecord.ledger.deciding import Decided, Progress, Queued, Reviewed, State
from onrecord.ledger.finding import NewFindings
from onrecord.ledger.growing import growth
from onrecord.ledger.keeping import kept
from onrecord.ledger.opening import Store, open_store
from onrecord.ledger.redacting import Redacted, redact
from onrecord.ledger.sources import newest_snapshot
from onrecord.ledger.stories import Story, readers, story
from onrecord.ledger.verifying import Proof, verify
from onrecord.model import (
    Appearance,
    Claim,
    Decision,
    Document,
    Drift,
    Edge,
    Finding,
    FindingKind,
    FindingState,
    Judgement,
    Kept,
    ReaderInfo,
    Series,
    Snapshot,
)


@dataclass(frozen=True, slots=True)
class Ledger:
    """A record of documents and of what was read in them. Every method raises LedgerError where the store fails."""

    store: Store

    def to_read(self, document: Document, reader: ReaderInfo) -> Document | None:
        """The document as ``reader`` is to read it, on the day that people set or the earliest; None where it has."""
        with self.store.reads() as connection:
            return to_read(connection, document, reader)

    def add(
        self,
        entries: Iterable[Entry],
        snapshots: Iterable[Snapshot] = (),
        tell: Callable[[DocumentError], None] | None = None,
    ) -> Added:
        """Adds documents and readings as one batch: all of it or nothing. What is there already is passed over.

        ``snapshots`` are what URLs gave; texts that stood at one URL after another are kept as revisions. ``tell``
        hears of texts that no store can keep; without it the first of them raises DocumentError. The others are kept.
        """
        refused: list[DocumentError] = []
        with self.store.writes() as connection:
            added = add_batch(connection, entries, snapshots, tell or refused.append)
        if refused:
            raise refused[0]
        return added

    def copies(self, document: str) -> list[Copy]:
        """The texts that are copies of a document (its id), directly or through one another, the most alike first."""
        with self.store.reads() as connection:
            return copies(connection, document)

    def snapshot(self, url: str) -> Snapshot | None:
        """The newest whole answer of a URL whose body was kept."""
        with self.store.reads() as connection:
            return newest_snapshot(connection, url)

    def statements(
        self, where: Where | None = None, *, sort: str = "added", after: int | None = None, limit: int | None = None
    ) -> Iterator[Found]:
        """The statements asked for, few in memory at a time; all without ``where``. In the order of ``sort``: as they
        were "added", by the day they were "said" on or their document was "published", or the other way round with
        "-" before it; those without a day come last.

        Pages go on ``after`` the row of the last one, with at most ``limit``.
        """
        with self.store.reads() as connection:
            yield from asking.statements(connection, where or Where(), sort=sort, after=after, limit=limit)

    def row(self, statement: str) -> int:
        """The row after which a page of statements goes on after this one (its id). Raises LedgerError for none."""
        with self.store.reads() as connection:
            return asking.row_of(connection, statement)

    def figures(
        self, where: Where | None = None, *, after: int | None = None, limit: int | None = None
    ) -> Iterator[FoundFigure]:
        """The figures of the statements asked for, in the order they were added; pages as those of statements."""
        with self.store.reads() as connection:
            yield from asking.figures(connection, where or Where(), after=after, limit=limit)

    def claimants(
        self, where: Where | None = None, *, after: str | None = None, limit: int | None = None
    ) -> Iterator[Claimed]:
        """Who makes the statements asked for, and how many, in the order of the names; pages go on ``after`` a name."""
        with self.store.reads() as connection:
            yield from asking.claimants(connection, where or Where(), after=after, limit=limit)

    def documents(
        self, where: Where | None = None, *, after: str | None = None, offset: int = 0, limit: int | None = None
    ) -> Iterator[Listed]:
        """The documents that hold a statement asked for, in the order they were added; all without ``where``.

        Pages go on ``after`` the id of the last one, or pass over ``offset`` documents, with at most ``limit``.
        """
        with self.store.reads() as connection:
            yield from asking.documents(connection, where or Where(), after=after, offset=offset, limit=limit)

    def counts(self, by: str, where: Where | None = None, *, limit: int = 50) -> Counts:
        """How many of the statements asked for have each value of ``by`` (one of ``COUNTED``), the most first."""
        with self.store.reads() as connection:
            return asking.counts(connection, by, where or Where(), limit)

    def facets(
        self, kinds: Sequence[str], where: Where | None = None, *, limit: int = 50, most: int = asking.MOST
    ) -> dict[str, Counts]:
        """The counts of several kinds at once, of the first ``most`` that meet a condition."""
        with self.store.reads() as connection:
            return asking.facets(connection, kinds, where or Where(), limit, most)

    def places(self, where: Where | None = None, *, limit: int = 2000, known_by: date | None = None) -> list[Spotted]:
        """The places that the statements asked for name, with where they lie, the most named first.

        With ``known_by``, of documents not known by that day only countries and regions count.
        """
        with self.store.reads() as connection:
            return asking.places(connection, where or Where(), limit, known_by=known_by)

    def show(self, id: str) -> Shown:
        """Anything on the record by its id, with all that is known of it. Raises LedgerError where nothing has it."""
        with self.store.reads() as connection:
            return show(connection, id)

    def query(self, sql: str, *, limit: int | None = None, seconds: float = SECONDS) -> Answer:
        """The answer to a SELECT of your own, which can only read: at most ``limit`` rows, for at most ``seconds``.

        To be used in ``with``, or closed. Raises LedgerError for what is no SELECT, is refused or takes too long.
        """
        return query(self.store, sql, limit, seconds)

    def decide(self, decisions: Iterable[Decision], tell: Callable[[DecisionError], None] | None = None) -> Decided:
        """Keeps what people decided, as one batch; what the same person decided so already is passed over.

        Times, ids, and what was seen are filled in. Raises DecisionError for one that cannot be kept, and keeps none;
        with ``tell`` that hears of those, and the others are kept.
        """
        with self.store.writes() as connection:
            return deciding.decide(connection, decisions, tell)

    def undo(self, decision: str, by: str, why: str | None = None) -> Decided:
        """Takes a decision back, which is a decision too: an undo can be undone."""
        return self.decide([Decision(Judgement.UNDO, "decision", decision, by, why=why)])

    def decisions(self, of: str | None = None, target: str | None = None, by: str | None = None) -> Iterator[Decision]:
        """The decisions, the earliest first: on what kind of thing, on which (its id, or a decision's), by whom."""
        with self.store.reads() as connection:
            yield from deciding.decisions(connection, of, target, by)

    def last_decision(self, by: str) -> Decision | None:
        """The newest decision of a person that is no undo, and is not undone."""
        with self.store.reads() as connection:
            return deciding.newest(connection, by)

    def state(self, target: str, of: str = "statement") -> State:
        """What holds of a thing after all that was decided on it. Raises DecisionError where it is not there."""
        with self.store.reads() as connection:
            found = deciding.states(connection, of, [target])
        if target not in found:
            raise DecisionError(f"no {of} {target} in this ledger; see the id")
        return found[target]

    def states(self, of: str = "statement", targets: Iterable[str] | None = None) -> dict[str, State]:
        """What holds of each; without ``targets`` of all that anything was decided on."""
        with self.store.reads() as connection:
            return deciding.states(connection, of, targets)

    def reviewed(self, ids: Iterable[str]) -> dict[str, Reviewed]:
        """Statements by their ids, as they stand after review."""
        with self.store.reads() as connection:
            return deciding.reviewed(connection, ids)

    def effective(self, statement: str) -> dict[str, Any] | None:
        """A statement as its newest reader has it, with what people decided laid over it; None where there is none."""
        found = self.reviewed([statement]).get(statement)
        return found.value if found else None

    def known_as(self) -> dict[str, frozenset[str]]:
        """For every party (its id) that people hold to be one with others, the names of all of them."""
        with self.store.reads() as connection:
            return deciding.known_as(connection)

    def clusters(self, of: str = "party") -> dict[str, str]:
        """For every party (place, claim, statement) that people merged or split, the id of those it is one with."""
        with self.store.reads() as connection:
            return deciding.clusters(connection, of)

    def text(self, document: str) -> str:
        """The text of a document (its id); nothing where its words were taken out. Raises DecisionError for none."""
        with self.store.reads() as connection:
            return deciding.text_of(connection, document)

    def undone(self) -> set[str]:
        """The ids of the decisions that are undone."""
        with self.store.reads() as connection:
            return deciding.undone(connection)

    def place_called(self, name: str) -> str:
        """The id of the place of this name or id. Raises DecisionError where there are several, or none."""
        with self.store.reads() as connection:
            return deciding.place_called(connection, name)

    def queue(self, where: Where | None = None, by: str | None = None) -> Generator[Queued, None, None]:
        """The statements to review, what matters first, each with its reasons, looked up as they are asked for.

        ``by`` is who reviews: what others are unsure of is asked too.
        """
        with self.store.reads() as connection:
            yield from deciding.queue(connection, where or Where(), by)

    def progress(self) -> Progress:
        """How many statements are on the record, and of how many a person's judgement stands."""
        with self.store.reads() as connection:
            return deciding.progress(connection)

    def growth(self, after: int = 0) -> Iterator[tuple[int, frozenset[str]]]:
        """The batches after one of this number, the earliest first, each with the tables it brought rows to."""
        with self.store.reads() as connection:
            yield from growth(connection, after)

    def redact(self, document: str, by: str, why: str) -> Redacted:
        """Takes the words of a document (its id) out of the record for good, and leaves a tombstone."""
        return redact(self.store, document, by, why)

    def kept(self, documents: Collection[str]) -> dict[str, Kept]:
        """Documents as the record keeps them, by their ids (a few hundred at a time); without those whose words were
        taken out."""
        with self.store.reads() as connection:
            return kept(connection, documents)

    def story(self, document: str) -> Story | None:
        """A document with all that was read in it, as it stands; None where it is not there or was redacted."""
        with self.store.reads() as connection:
            return story(connection, document)

    def readers(self) -> list[tuple[str, str, int]]:
        """Who read the documents: name, version, and how many readings, the most first."""
        with self.store.reads() as connection:
            return readers(connection)

    def appearances(self, ids: Sequence[str] | None = None) -> Iterator[Appearance]:
        """Every statement as it stands after review and where it stands, those rejected or lost left out; or those
        of ``ids``."""
        with self.store.reads() as connection:
            yield from appearing.appearances(connection, ids)

    def keep_matching(
        self, matcher: tuple[str, str], edges: Iterable[Edge], claims: Iterable[Claim], drifts: Iterable[Drift]
    ) -> Matched:
        """Keeps what a run of a matcher (its name and version) found, where that is not what stands already."""
        with self.store.writes() as connection:
            return claiming.keep_matching(connection, matcher, edges, claims, drifts)

    def unmatched(self) -> bool:
        """Whether statements were read, or judged, since they were last matched."""
        with self.store.reads() as connection:
            return claiming.unmatched(connection)

    def claims(
        self,
        *,
        ids: Sequence[str] | None = None,
        claimant: str | None = None,
        statement: str | None = None,
        after: str | None = None,
        limit: int | None = None,
    ) -> Iterator[Claim]:
        """The claims that stand, those of most texts first: by a claimant (part of a name), with a statement (its id).

        A page is ``limit`` long and goes on ``after`` the id of the last claim of the one before.
        """
        with self.store.reads() as connection:
            yield from claiming.claims(
                connection, ids=ids, claimant=claimant, statement=statement, after=after, limit=limit
            )

    def edges(self, statement: str | None = None) -> Iterator[Edge]:
        """The pairs of statements taken for one claim, all or those of a statement, the strongest first."""
        with self.store.reads() as connection:
            yield from claiming.edges(connection, statement)

    def drift(self, statement: str | Sequence[str] | None = None, *, limit: int | None = None) -> Iterator[Drift]:
        """What changed between tellings and retellings, everywhere or of one statement or several."""
        with self.store.reads() as connection:
            yield from claiming.drift(connection, statement, limit=limit)

    def add_series(self, series: Iterable[Series]) -> int:
        """Keeps series, and tells how many are new. Another version of a name stands in the place of the one before."""
        with self.store.writes() as connection:
            return observing.add_series(connection, series)

    def series(self, name: str | None = None, *, observed: bool = True) -> Iterator[Series]:
        """The series, newest version of each: all, or the one of a name or id; without their observations on demand."""
        with self.store.reads() as connection:
            yield from observing.series(connection, name, observed=observed)

    def keep_findings(self, found: Iterable[Finding]) -> NewFindings:
        """Keeps the findings of a check of the whole record, where they are not what stands already."""
        with self.store.writes() as connection:
            return finding.keep_findings(connection, found)

    def findings(
        self,
        *,
        kind: FindingKind | str | None = None,
        state: FindingState | str | None = None,
        statement: str | Sequence[str] | None = None,
        series: str | None = None,
        ids: Sequence[str] | None = None,
        after: tuple[str, str] | None = None,
        limit: int | None = None,
    ) -> Iterator[Finding]:
        """The findings by kind and id, each with its state now: of a kind, in a state, with a statement (or one of
        several) or a series, by their ids.

        A page is ``limit`` long and goes on ``after`` the kind and id of the last finding of the one before.
        """
        with self.store.reads() as connection:
            yield from finding.findings(
                connection,
                kind=kind,
                state=state,
                statement=statement,
                series=series,
                ids=ids,
                after=after,
                limit=limit,
            )

    def verify(self, tell: Callable[[str], None] = lambda fault: None, *, held: str | None = None) -> Proof:
        """Proves texts, anchors, rows and chain; ``tell`` hears of everything that was altered.

        ``held`` is the last hash of an earlier proof, kept elsewhere: it must still be in the chain.
        """
        with self.store.reads() as connection:
            return verify(connection, tell, held)

    def close(self) -> None:
        """Lets go of the database."""
        self.store.engine.dispose()


def open_ledger(url_or_path: str | Path, *, new: bool = False) -> Ledger:
    """The ledger at a path (a SQLite file) or a URL (``postgresql://…``); with ``new``, made where there is none.

    Raises LedgerError, with one line, for what is no ledger, a newer version, or a place that cannot be used.
    """
    return Ledger(open_store(url_or_path, new=new))
