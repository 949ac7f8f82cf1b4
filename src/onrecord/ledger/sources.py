"""Where texts came from, as rows: what URLs gave and when, and what stood at a URL before what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from onrecord.ledger import tables as t
from onrecord.ledger.copies import in_parts
from onrecord.ledger.recorded import Recorded, recorded
from onrecord.ledger.rows import Laid, compact
from onrecord.model import Document, Snapshot, digest

_EXCERPT = 0.5

# --- snapshots ---------------------------------------------------------------------------------------------------


def snapshot_row(snapshot: Snapshot) -> dict[str, Any]:
    """The row of a snapshot; the same answer has the same id."""
    said = (snapshot.url, snapshot.final, snapshot.at, snapshot.status, snapshot.sha256)
    return {
        "id": digest(compact(said))[:16],
        "url": snapshot.url,
        "final": snapshot.final,
        "at": snapshot.at,
        "status": snapshot.status,
        "media_type": snapshot.media_type,
        "etag": snapshot.etag,
        "modified": snapshot.modified,
        "sha256": snapshot.sha256,
        "body": snapshot.body,
    }


def newest_snapshot(connection: Connection, url: str) -> Snapshot | None:
    """The newest whole answer of ``url`` whose body was kept."""
    s = t.snapshots.c
    asked = (
        select(s.url, s.final, s.at, s.status, s.sha256, s.media_type, s.etag, s.modified, s.body, s.document)
        .where(s.final == url, s.status == 200, s.body.is_not(None))
        .order_by(s.at.desc())
        .limit(1)
    )
    row = connection.execute(asked).first()
    return Snapshot(*row[:8], bytes(row.body), row.document) if row else None


def snapshot_rows(
    connection: Connection, snapshots: Sequence[Snapshot], known: Mapping[str, Recorded]
) -> Iterator[tuple[Snapshot, Laid]]:
    """The snapshots that are not on the record, each about its document where that is there (``known``, or looked up).

    Where that document's words were taken out of the record, the body is not kept; nor are those about no document (a
    feed, which has the words of many) where such a document came with them.
    """
    gone = any(one.redacted for one in known.values())
    rows = {row["id"]: (snapshot, row) for snapshot in snapshots for row in [snapshot_row(snapshot)]}
    there = _there(connection, [*rows])
    asked = {snapshot.document for snapshot in snapshots if snapshot.document} - known.keys()
    found = {**known, **recorded(connection, asked)}
    for id_, (snapshot, row) in rows.items():
        about = found.get(snapshot.document or "", Recorded())
        if id_ not in there:
            kept = replace(snapshot, document=snapshot.document if about.text else None)
            bodiless = about.redacted or (gone and kept.document is None)
            yield kept, iter([(t.snapshots, row | {"body": None} if bodiless else row)])


def _there(connection: Connection, ids: Sequence[str]) -> set[str]:
    s = t.snapshots.c
    found: set[str] = set()
    for some in in_parts(ids):
        found.update(connection.execute(select(s.id).where(s.id.in_(some))).scalars())
    return found


# --- revisions ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """A text that stood at a URL at a moment (ISO, UTC), ``fetched`` where a snapshot says so.

    ``characters`` is 0 where it is known from the record.
    """

    document: str
    url: str
    at: str
    characters: int
    fetched: bool = False


def now() -> str:
    """This moment, as snapshots have it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


@dataclass(slots=True)
class Arrivals:
    """What came in with a batch: texts that are new, and which text was seen at which URL when."""

    texts: dict[str, Document] = field(default_factory=dict)
    _sighted: dict[tuple[str, str], Standing] = field(default_factory=dict)
    _fetched: list[Standing] = field(default_factory=list)

    def text(self, document: Document) -> None:
        """A text that is not on the record yet."""
        self.texts[document.id] = document

    def sighting(self, document: Document, url: str | None) -> None:
        """A sighting that is not on the record yet, at the address that the record has it under."""
        if url and url.startswith(("http://", "https://")):
            self._sighted[document.id, url] = Standing(document.id, url, now(), len(document.text))

    def snapshot(self, snapshot: Snapshot) -> None:
        """A snapshot that is not on the record yet: it tells better when a text was seen than its being added does."""
        if snapshot.document is not None:
            sighted = self._sighted.pop((snapshot.document, snapshot.final), None)
            characters = sighted.characters if sighted else 0
            self._fetched.append(Standing(snapshot.document, snapshot.final, snapshot.at, characters, fetched=True))

    def taken(self) -> list[Document]:
        """The texts since this was last asked."""
        texts, self.texts = [*self.texts.values()], {}
        return texts

    def standings(self) -> list[Standing]:
        """Which text was seen where, the earliest first."""
        return sorted([*self._sighted.values(), *self._fetched], key=lambda one: one.at)


def revision_rows(connection: Connection, came: Sequence[Standing]) -> Iterator[tuple[str, Laid]]:
    """What is a revision of what, by the texts that stood at the same URLs before and after those that ``came``.

    A text is a revision of the one that stood there last before it, whatever order they were added in. An excerpt, of
    less than half the length, is none of the whole text, nor that of it, unless both were fetched from there.
    """
    urls = sorted({standing.url for standing in came})
    there = _standing(connection, urls)
    written = _written(connection, [url for url in urls if url in there])
    lengths = {one.document: one.characters for line in there.values() for one in line}
    for one in came:
        standing = replace(one, characters=one.characters or lengths.get(one.document, 0))
        line = there[standing.url]
        for later, former in _beside(standing, line):
            if (later, former, standing.url) not in written:
                written.add((later, former, standing.url))
                yield later, iter([(t.revisions, {"former": former, "url": standing.url})])
        line.append(standing)


def _standing(connection: Connection, urls: Sequence[str]) -> dict[str, list[Standing]]:
    """The texts on the record by the URLs they stood at: when it was fetched, else when it was added."""
    s, n, d = t.sightings.c, t.snapshots.c, t.documents.c
    found: dict[str, list[Standing]] = defaultdict(list)
    for some in in_parts(urls):
        fetched = select(n.document, n.final, n.at, d.characters, n.id).join_from(
            t.snapshots, t.documents, n.document == d.id
        )
        added = (
            select(s.document, s.url, t.batches.c.at, d.characters, s.id)
            .join_from(t.sightings, t.documents, s.document == d.id)
            .join(t.batches, t.batches.c.n == s.batch)
        )
        for row in connection.execute(fetched.where(n.final.in_(some))):
            found[row.final].append(Standing(row.document, row.final, row.at, row.characters, fetched=True))
        seen = {(one.document, one.url) for line in found.values() for one in line}
        for row in connection.execute(added.where(s.url.in_(some))):
            if (row.document, row.url) not in seen:
                found[row.url].append(Standing(row.document, row.url, row.at, row.characters))
    return found


def _written(connection: Connection, urls: Sequence[str]) -> set[tuple[str, str, str]]:
    r = t.revisions.c
    found: set[tuple[str, str, str]] = set()
    for some in in_parts(urls):
        asked = select(r.document, r.former, r.url).where(r.url.in_(some))
        found.update((row.document, row.former, row.url) for row in connection.execute(asked))
    return found


def _beside(standing: Standing, line: Iterable[Standing]) -> Iterator[tuple[str, str]]:
    """The later and the former text, of the one that came and its neighbours in time."""
    like = [one for one in line if one.document == standing.document or _comparable(one, standing)]
    before = max((one for one in reversed(like) if one.at <= standing.at), key=lambda one: one.at, default=None)
    after = min((one for one in like if one.at > standing.at), key=lambda one: one.at, default=None)
    if before is not None and before.document != standing.document:
        yield standing.document, before.document
    if after is not None and after.document != standing.document:
        yield after.document, standing.document


def _comparable(one: Standing, other: Standing) -> bool:
    if one.fetched and other.fetched:
        return True
    shorter, longer = sorted((one.characters, other.characters))
    return shorter >= _EXCERPT * longer
